"""What would move a candidate in a list, in the words of the candidate's page, with the courses that teach it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.words import N_, Sentence
from talent.matching.counterfactuals import SKILL, Change, Outcome
from talent.matching.explain import name_of
from talent.matching.prospects import Prospect, prospect
from talent.readiness.teaching import Taught, taught
from talent.taxonomy.levels import CEFR
from web.parts import Link

NAMES: dict[str, str] = {
    "language": N_("{name} at level {least}"),
    "availability": N_("Being free to start on {least}"),
    "place": N_("Being ready to work in {name}"),
    "regulated": N_("Having begun a case of recognition for {name}"),
    SKILL: N_("The skill “{least}”, shown by a certificate"),
}
LONG_ENOUGH = N_("{name}, at least {least} months of full-time training")
TOGETHER = N_("{one} – together with – {other}")


@dataclass(frozen=True)
class Move:
    """One change, or two together: the place that they would lead to, or None for one beyond what is known."""

    what: Sentence
    place: int | None
    score: float
    courses: Sequence[str]
    link: Link | None


@dataclass(frozen=True)
class ProspectView:
    """Where the candidate stands, or None beyond the first ``length``, and what would change it."""

    place: int | None
    score: float
    seats: int
    length: int
    moves: Sequence[Move]
    raises: Sequence[Move]


def prospect_view(session: Session, actor: Actor, vacancy_id: UUID, *, language: str) -> ProspectView | None:
    """The candidate's prospect on one vacancy's list, in words; None while the pair is being compared anew."""
    found = prospect(session, actor, vacancy_id)
    if found is None:
        return None
    courses = _courses(session, actor, found)
    moves, raises = ([_move(one, courses, language) for one in some] for some in (found.moves, found.raises))
    before = found.before
    return ProspectView(before.place, before.score, found.seats, found.length, moves, raises)


def _courses(session: Session, actor: Actor, found: Prospect) -> Taught:
    changes = {change for one in (*found.moves, *found.raises) for change in one.changes}
    skills = [UUID(change.which) for change in changes if change.kind == SKILL]
    languages = {change.which: CEFR(change.least) for change in changes if change.kind == "language"}
    return taught(session, actor, skills=skills, languages=languages)


def _move(one: Outcome, courses: Taught, language: str) -> Move:
    names = [what(change, language) for change in one.changes]
    said = names[0] if len(names) == 1 else Sentence(TOGETHER, {"one": names[0], "other": names[1]})
    titles = [title for change in one.changes for title in _taught_by(change, courses)]
    links = [link for link in map(next_step, one.changes) if link is not None]
    return Move(said, one.place, one.score, tuple(dict.fromkeys(titles)), links[0] if links else None)


def _taught_by(change: Change, courses: Taught) -> Sequence[str]:
    if change.kind == SKILL:
        return courses.skills.get(UUID(change.which), ())
    return courses.languages.get(change.which, ()) if change.kind == "language" else ()


def what(change: Change, language: str) -> Sentence:
    """What is added, in the reader's language."""
    name = name_of(change.kind, change.which, language)
    words = LONG_ENOUGH if change.kind == "qualification" and change.least else NAMES.get(change.kind)
    if words is None and isinstance(name, Sentence):
        return name
    least: Any = date.fromisoformat(change.least) if change.kind == "availability" else change.least
    return Sentence(words or str(name), {"name": name, "least": least})


def next_step(change: Change) -> Link | None:
    """Where a recognition is begun; nothing else has one address."""
    if change.kind != "regulated":
        return None
    country, _, isco_group = change.which.partition("-")
    address = f"/recognition/finder?country={country}&occupation={isco_group}"
    return Link(N_("Which recognition do I need?"), address)
