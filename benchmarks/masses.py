"""Made-up people by the hundred thousand, written straight into the tables: rows like one real person's, and entries.

They are those of ``benchmarks.crowd``: each has a trade, skills, papers and a text's vector of their own, which the
worker finds as an entry of the pool. Only whoever is changed afterwards is assembled from rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import numpy as np
import psycopg
from numpy.typing import NDArray

from benchmarks.crowd import crowd
from benchmarks.populate import SPACE, account
from talent.accounts.permissions import Role
from talent.foundation.database import Base, engine_at, session_factory
from talent.foundation.row_context import SystemContext
from talent.matching.assemble import Assembler
from talent.matching.embedding import load_concepts
from talent.matching.encoder import Encoder
from talent.matching.inputs import canonical
from talent.matching.pool import Pool
from talent.matching.reading import setup_of
from talent.matching.similarity import Concepts
from talent.matching.snapshot import SIGNATURE, TRAILER, framed
from talent.taxonomy.loading import concept_id
from talent.taxonomy.release import Concept
from talent.taxonomy.starter_release import read_starter

AT_ONCE: Final = 50_000
CHANGES_EACH: Final = 2
"""Changes that each made-up person has made."""
QUICK: Final = ("fsync", "full_page_writes", "synchronous_commit")
"""What is off while people are written, which nobody measures."""


def durable(owner: str, word: str) -> None:
    """Whether the server waits for the disk, ``on`` or ``off``, for connections that begin from now on."""
    with psycopg.connect(owner, autocommit=True) as connection:
        for setting in QUICK:
            connection.execute(f"alter system set {setting} = {word}")
        connection.execute("select pg_reload_conf()")


def add_masses(url: str, owner: str, encoder: Encoder, candidates: int) -> None:
    """Add so many made-up people to a database with the starter taxonomy and at least one real person."""
    with engine_at(url) as engine, session_factory(engine, SystemContext.OPERATOR).begin() as session:
        pool = Pool(*load_concepts(session, encoder), encoder.dimensions)
        made = numbered_as(pool, crowd(candidates, 1).pool)
        setup = setup_of(pool, encoder.model_hash, Assembler(session))
        view = next(iter(Assembler(session).candidates()))
    owner_id = account("candidate-0", Role.CANDIDATE)["id"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("create table made_up (id uuid, number bigint generated always as identity)")
        with connection.cursor() as cursor, cursor.copy("copy made_up (id) from stdin") as copy:
            for one in made.ids[:candidates]:
                copy.write_row((one.tobytes().hex(),))
        clone(connection, "account", owner_id, {"id": "made_up.id", "login": "'s' || made_up.number"})
        people = {"id": "made_up.id", "account_id": "made_up.id", "reference": "'S' || made_up.number"}
        clone(connection, "profile", uuid5(SPACE, "profile 0"), people)
        consents = {"id": "gen_random_uuid()", "account_id": "made_up.id"}
        clone(connection, "consent", owner_id, consents, key="account_id")
        for _ in range(CHANGES_EACH):
            connection.execute("insert into profile_change (profile_id, at) select id, now() from made_up")
        enter(connection, made, canonical(view), setup)
        connection.execute(
            "insert into match_input (input_hash, subject_kind, subject_id, view, vector, at)"
            " select encode(substring(record from 17 for 32), 'hex'), 'profile', profile_id, '{}', '[0]', now()"
            " from pool_entry join made_up on made_up.id = profile_id"
        )
        connection.execute("vacuum analyze")


def numbered_as(pool: Pool, made: Pool) -> Pool:
    """The made-up people with the concepts' numbers of a pool that was loaded from the database."""
    release = read_starter()

    def numbers(concepts: Concepts, all_: Sequence[Concept]) -> NDArray[np.int64]:
        known = (concepts.index[concept_id(release.name, release.version, one.uri)] for one in all_)
        return np.array([*known, len(concepts.ids)])

    grade, skill = np.divmod(made.skills.astype(np.int64), len(release.skills))
    of_grade = grade * len(release.skills) + numbers(pool.skill_concepts, release.skills)[skill]
    made.skills[:] = np.where(made.skills == made.no_skill, made.no_skill, of_grade)
    made.occupations[:] = numbers(pool.occupation_concepts, release.occupations)[made.occupations]
    return made


def clone(
    connection: psycopg.Connection, table: str, template: UUID, changed: Mapping[str, str], *, key: str = "id"
) -> None:
    """A row like the template's for each made-up person, but for what is changed."""
    names = [column.name for column in Base.metadata.tables[table].columns if column.computed is None]
    values = ", ".join(changed.get(name, f"like_this.{name}") for name in names)
    connection.execute(
        f"insert into {table} ({', '.join(names)}) select {values} from made_up"
        f" cross join (select * from {table} where {key} = %s limit 1) as like_this",
        (template,),
    )


def enter(connection: psycopg.Connection, pool: Pool, view: str, setup: str) -> None:
    """An entry for everybody of the pool, copied in as PostgreSQL's binary format."""
    told, made = np.frombuffer(b"\1" + view.encode(), np.uint8), np.frombuffer(setup.encode(), np.uint8)
    (followed,) = connection.execute("select max(number) from profile_change").fetchone() or (0,)
    fields: dict[str, Any] = {
        "id": ("u1", 16),
        "record": pool.layout,
        "view": ("u1", told.shape),
        "setup": ("u1", made.shape),
        "version": ">i4",
        "followed": ">i8",
    }
    row = framed(fields)
    columns = "profile_id, record, view, setup, version, followed"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy pool_entry ({columns}) from stdin (format binary)") as copy,
    ):
        copy.write(SIGNATURE + bytes(8))
        for start in range(0, len(pool), AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, len(pool)), dtype=np.int32)
            block = np.zeros(len(rows), row)
            for name in row.names or ():
                if name.endswith("_bytes"):
                    block[name] = row[name.removesuffix("_bytes")].itemsize
            block["fields"], block["id"], block["record"] = len(fields), pool.ids[rows], pool.records(rows)
            block["view"], block["setup"], block["version"], block["followed"] = told, made, 1, followed
            copy.write(block.tobytes())
        copy.write(TRAILER)
