"""The active release in memory: its names in every language and its search indexes, read once for each release."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.foundation.errors import TalentError
from talent.foundation.words import N_
from talent.taxonomy.models import Label, Occupation, Skill, TaxonomyRelease
from talent.taxonomy.release import ENGLISH
from talent.taxonomy.search import Entry, LabelIndex

RELEASES_KEPT = 2  # the active one and the one before it, for requests under way while another is loaded


class NoRelease(TalentError):
    """No occupations are loaded, so nothing can be looked for."""

    http_status: ClassVar[int] = 503
    default: ClassVar[str] = N_("The list of occupations is not loaded yet. Please come back later.")


@dataclass(frozen=True)
class OccupationFacts:
    """What is shown of an occupation beside its name."""

    isco_group: str
    sector: str | None
    uri: str


@dataclass(frozen=True)
class Catalogue:
    """One release as searches need it; names are preferred labels by language."""

    release_name: str
    names: Mapping[UUID, Mapping[str, str]]
    occupations: Mapping[UUID, OccupationFacts]
    occupation_index: LabelIndex
    skill_index: LabelIndex

    def name(self, concept: UUID, language: str) -> str:
        """The concept's name in this language, else in English, else in any."""
        return name_in(self.names[concept], language)


def name_in(names: Mapping[str, str], language: str) -> str:
    """The name in this language, else in English, else the first by language tag."""
    for wanted in (language, ENGLISH, *sorted(names)):
        if wanted in names:
            return names[wanted]
    return ""


def active_release(session: Session) -> TaxonomyRelease:
    """The release that searches use.

    Raises:
        NoRelease: none is loaded.
    """
    release = session.scalar(select(TaxonomyRelease).where(TaxonomyRelease.is_active))
    if release is None:
        raise NoRelease
    return release


_kept: dict[str, Catalogue] = {}
_reading = threading.Lock()


def catalogue(session: Session) -> Catalogue:
    """The active release in memory; the same content is read once in the life of a process.

    Raises:
        NoRelease: none is loaded.
    """
    release = active_release(session)
    key = release.content_hash  # ids follow from the content, so the same content has the same ids everywhere
    with _reading:
        if key not in _kept:
            while len(_kept) >= RELEASES_KEPT:
                del _kept[next(iter(_kept))]
            _kept[key] = _read(session, release.id, release.name)
        return _kept[key]


def _read(session: Session, release_id: UUID, release_name: str) -> Catalogue:
    facts = {
        key: OccupationFacts(isco_group, sector, uri)
        for key, isco_group, sector, uri in session.execute(
            select(Occupation.id, Occupation.isco_group, Occupation.sector, Occupation.uri).where(
                Occupation.release_id == release_id
            )
        )
    }
    columns = (Label.language, Label.text, Label.folded, Label.is_preferred)
    of_occupations = session.execute(
        select(Label.occupation_id, *columns).join(Occupation).where(Occupation.release_id == release_id)
    )
    of_skills = session.execute(select(Label.skill_id, *columns).join(Skill).where(Skill.release_id == release_id))
    names: dict[UUID, dict[str, str]] = {}
    occupation_entries = _entries(of_occupations, names)
    skill_entries = _entries(of_skills, names)
    return Catalogue(release_name, names, facts, LabelIndex(occupation_entries), LabelIndex(skill_entries))


def _entries(rows: Iterable[tuple[UUID | None, str, str, str, bool]], names: dict[UUID, dict[str, str]]) -> list[Entry]:
    entries = []
    for concept, language, label, folded, preferred in rows:
        assert concept is not None
        entries.append(Entry(concept, label, folded, preferred))
        if preferred:
            names.setdefault(concept, {})[language] = label
    return entries
