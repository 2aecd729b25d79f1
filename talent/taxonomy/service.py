"""What the rest of the service asks of the taxonomy: find, name, list, resolve a code."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from talent.foundation.errors import Unprocessable
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.taxonomy.bridge import bridge
from talent.taxonomy.catalogue import Catalogue, catalogue, name_in
from talent.taxonomy.catalogue import active_release as active_release
from talent.taxonomy.loading import load_release as load_release
from talent.taxonomy.models import Label, Occupation, OccupationSkill, TaxonomyRelease
from talent.taxonomy.release import ENGLISH, OCCUPATION, SKILL, Kind
from talent.taxonomy.search import Match
from talent.taxonomy.sectors import SECTORS, sector_name
from talent.taxonomy.starter_release import OCCUPATION_URI, read_starter

SAME_NAME = 0.9  # score from which a job title is taken for the name of an occupation
ISCO_CODE = re.compile(r"(?:http://data\.europa\.eu/esco/isco/)?C?(\d{4})(?:\.\d+)*", re.IGNORECASE)
UNKNOWN_CODE = N_(
    "There is no occupation with the code “{code}” in the list in use. "
    "Write the four digits of ISCO-08, such as 7212, or the address of an ESCO occupation."
)


class UnknownCode(Unprocessable):
    """No loaded occupation has this code or address."""

    default: ClassVar[str] = N_("There is no occupation with this code.")


@dataclass(frozen=True)
class Hit:
    """A concept found; ``code`` is the ISCO-08 unit group of an occupation and empty for a skill."""

    id: UUID
    label: str
    code: str
    matched_label: str
    score: float


@dataclass(frozen=True)
class OccupationChoice:
    """One occupation to choose."""

    id: UUID
    label: str
    code: str


@dataclass(frozen=True)
class SectorChoices:
    """The occupations of one sector; ``name`` is a msgid."""

    key: str
    name: str
    occupations: tuple[OccupationChoice, ...]


@dataclass(frozen=True)
class SkillChoice:
    """One skill of an occupation."""

    id: UUID
    label: str
    essential: bool


def find_occupations(session: Session, words: str, *, language: str = ENGLISH, limit: int = 10) -> list[Hit]:
    """Occupations of the active release that these words may mean, best first, named in the reader's language."""
    held = catalogue(session)
    return [
        Hit(
            one.concept, held.name(one.concept, language), held.occupations[one.concept].isco_group, one.text, one.score
        )
        for one in _found(held, OCCUPATION, words, limit)
    ]


def find_skills(session: Session, words: str, *, language: str = ENGLISH, limit: int = 10) -> list[Hit]:
    """Skills of the active release that these words may mean, best first, named in the reader's language."""
    held = catalogue(session)
    return [
        Hit(one.concept, held.name(one.concept, language), "", one.text, one.score)
        for one in _found(held, SKILL, words, limit)
    ]


def _found(held: Catalogue, kind: Kind, words: str, limit: int) -> list[Match]:
    index = held.occupation_index if kind == OCCUPATION else held.skill_index
    if limit < 1:
        return []
    if held.release_name == read_starter().name:
        return index.find(words, limit=limit)
    return bridge(kind).find(index, words, limit=limit)


def occupation_named(session: Session, title: str) -> UUID | None:
    """The occupation that a job title names as good as exactly; None when it names none."""
    best = find_occupations(session, title, limit=1)
    return best[0].id if best and best[0].score >= SAME_NAME else None


def occupation_exists(session: Session, occupation_id: UUID) -> bool:
    """Whether this is an occupation of any loaded release."""
    return session.scalar(select(Occupation.id).where(Occupation.id == occupation_id)) is not None


def occupation_choices(session: Session, *, language: str = ENGLISH) -> list[SectorChoices]:
    """All occupations of the active release by sector, in the order of SECTORS; sectors of nobody are left out."""
    held = catalogue(session)
    by_sector: dict[str, list[OccupationChoice]] = defaultdict(list)
    for key, facts in held.occupations.items():
        by_sector[facts.sector or ""].append(OccupationChoice(key, held.name(key, language), facts.isco_group))
    return [
        SectorChoices(key, sector_name(key), tuple(sorted(by_sector[key], key=lambda one: (fold(one.label), one.id))))
        for key in (*(sector.key for sector in SECTORS), "")
        if by_sector[key]
    ]


def skills_of(session: Session, occupation_id: UUID, *, language: str = ENGLISH) -> list[SkillChoice]:
    """The skills that an occupation uses, those it always uses first, each part by name."""
    rows = select(OccupationSkill.skill_id, OccupationSkill.essential)
    essential = dict(session.execute(rows.where(OccupationSkill.occupation_id == occupation_id)).all())
    names = skill_labels(session, list(essential), language)
    choices = [SkillChoice(key, names.get(key, ""), always) for key, always in essential.items()]
    return sorted(choices, key=lambda one: (not one.essential, fold(one.label), one.id))


def labels(session: Session, ids: Collection[UUID], language: str = ENGLISH) -> dict[UUID, str]:
    """The name of each occupation or skill, of any loaded release; ids of nothing are left out."""
    return _names(session, ids, language, or_(Label.occupation_id.in_(ids), Label.skill_id.in_(ids)))


def skill_labels(session: Session, ids: Collection[UUID], language: str = ENGLISH) -> dict[UUID, str]:
    """The name of each skill, of any loaded release; ids that are of no skill are left out."""
    return _names(session, ids, language, Label.skill_id.in_(ids))


def _names(session: Session, ids: Collection[UUID], language: str, wanted: ColumnElement[bool]) -> dict[UUID, str]:
    if not ids:
        return {}
    held: dict[UUID, dict[str, str]] = defaultdict(dict)
    concept = func.coalesce(Label.occupation_id, Label.skill_id)
    rows = select(concept, Label.language, Label.text).where(wanted, Label.is_preferred)
    for key, tag, name in session.execute(rows):
        held[key][tag] = name
    return {key: name_in(names, language) for key, names in held.items()}


def isco_groups(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The ISCO-08 unit group of each occupation, four digits as text; ids of nothing are left out."""
    rows = select(Occupation.id, Occupation.isco_group).where(Occupation.id.in_(ids))
    return dict(session.execute(rows).all()) if ids else {}


def occupation_by_code(session: Session, code: str) -> Occupation:
    """The occupation of an ISCO-08 code of four digits, or of the address (URI) of an occupation.

    Of several occupations in one unit group it is the one that gives the group its common name: the welder of 7212.

    Raises:
        UnknownCode: no loaded occupation has it.
        NoRelease: no occupations are loaded.
    """
    wanted = code.strip()
    digits = ISCO_CODE.fullmatch(wanted)
    found = _of_group(session, digits.group(1)) if digits else _of_uri(session, wanted)
    if found is None:
        raise UnknownCode(Sentence(UNKNOWN_CODE, {"code": wanted[:100]}))
    return found


def _of_uri(session: Session, uri: str) -> Occupation | None:
    newest_first = (TaxonomyRelease.is_active.desc(), TaxonomyRelease.loaded_at.desc())
    active_release(session)
    return session.scalar(
        select(Occupation).join(TaxonomyRelease).where(Occupation.uri == uri).order_by(*newest_first).limit(1)
    )


def _of_group(session: Session, isco_group: str) -> Occupation | None:
    release = active_release(session)
    members = session.scalars(
        select(Occupation)
        .where(Occupation.release_id == release.id, Occupation.isco_group == isco_group)
        .order_by(Occupation.uri)
    ).all()
    return _common(session, members, isco_group) if members else None


def _common(session: Session, members: Sequence[Occupation], isco_group: str) -> Occupation:
    """The member of a unit group that people mean by the group: ours, or one that has the same name as ours."""
    ours = next((one for one in read_starter().occupations if one.uri == OCCUPATION_URI + isco_group), None)
    if ours is None:
        return members[0]
    rank = {fold(name): place for place, name in enumerate(ours.labels[ENGLISH])}
    names = labels(session, [one.id for one in members])
    return min(
        members, key=lambda one: (one.uri != ours.uri, rank.get(fold(names.get(one.id, "")), len(rank)), one.uri)
    )
