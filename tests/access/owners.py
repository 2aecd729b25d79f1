"""Whose each row of the scene is, by name: the agency's, the silent candidate's, the other side's teacher's."""

from uuid import UUID

from sqlalchemy import text

from talent.registry import METADATA
from talent.row_security import ALL_RULES

PEOPLE = ("officer", "colleague", "institute", "teacher", "office", "candidate", "silent")
HOUSES = {"officer": "agency", "institute": "school", "office": "authority"}
"""For whom these people of a side work."""
FIRST = ("id", "account_id", "subject_id", "owner_id", "profile_id", "actor_id")
"""Columns that say first whose a row is; after them any other that names something."""
DEPTH = 5
"""How far a row may lie from its owner: a person, their case, its paper, the paper's file."""
NOBODY = "nobody"


def named_ones(world):
    """The name of each person and organisation of the scene, by their ids."""
    names: dict[str, str] = {}
    for letter, side in world.sides.items():
        of = "" if letter == "A" else f"{letter} "
        for one in PEOPLE:
            actor = getattr(side, one)
            names[str(actor.id)] = f"{of}{one}"
            if one in HOUSES:
                names[str(actor.organisation_id)] = f"{of}{HOUSES[one]}"
    for role, actor in world.others.items():
        names[str(actor.id)] = str(role)
        names.setdefault(str(actor.organisation_id), f"house of {role}")
    return names


def owners(world):
    """By table and place: whose the row there is; it is whose the first thing is that it names and that is somebody's.

    A row belongs to whom the thing does that it is a part of, so what is found out about one says it of the next.
    """
    names = named_ones(world)
    rows = {table: rows_in(world.session, table) for table in ALL_RULES}
    found: dict[str, dict[str, str]] = {table: {} for table in rows}
    for _ in range(DEPTH):
        for table, held in rows.items():
            for place, row in held.items():
                owner = next((names[value] for value in row if value in names), None)
                if owner is not None and place not in found[table]:
                    found[table][place] = owner
                    if row[0]:
                        names.setdefault(row[0], owner)
    return {table: {place: found[table].get(place, NOBODY) for place in held} for table, held in rows.items()}


def rows_in(session, table):
    """By place: the ids that each row of this table holds, its own first, where it has one, then those of people."""
    columns = METADATA.tables[table].columns if table in METADATA.tables else ()
    kept = [column.name for column in columns if column.type.python_type is UUID]
    kept.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    listed = ", ".join(["null::text"] * ("id" not in kept) + [f"{name}::text" for name in kept])
    return {place: tuple(ids) for place, *ids in session.execute(text(f"select ctid::text, {listed} from {table}"))}


def share(found, names):
    """How much of these rows was found: ``none``, ``all``, or whose; of whom not all, how many of how many."""
    if not found:
        return "none"
    if len(found) == len(names):
        return "all"
    by_name: dict[str, list[bool]] = {}
    for place, name in names.items():
        by_name.setdefault(name, []).append(place in found)
    parts = [
        name if all(held) else f"{name} {sum(held)}/{len(held)}" for name, held in sorted(by_name.items()) if any(held)
    ]
    return ", ".join(parts)
