"""One release of a taxonomy as plain values: what the starter and the ESCO reader both hand over."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

Kind = Literal["occupation", "skill"]

OCCUPATION: Final = "occupation"
SKILL: Final = "skill"

# What a skill may be. ESCO's "skill/competence" is read as "skill"; its reuse level "transversal" wins over both.
SKILL_TYPES: Final = ("skill", "knowledge", "transversal")

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Concept:
    """One occupation or one skill, with its labels in every language the release has.

    code: ISCO-08 unit group, four digits as text, for occupations; None for skills.
    labels: language tag (BCP 47) to (preferred, *alternatives), never empty.
    sector: key of a sector in `sectors.SECTORS`, where the release knows one.
    skill_type: one of SKILL_TYPES for skills; None for occupations.
    """

    uri: str
    kind: Kind
    code: str | None
    labels: Mapping[str, tuple[str, ...]]
    sector: str | None = None
    skill_type: str | None = None

    def preferred(self, language: str = ENGLISH) -> str:
        """The preferred label in this language, else in English, else in whichever language comes first."""
        for candidate in (language, ENGLISH, *sorted(self.labels)):
            if self.labels.get(candidate):
                return self.labels[candidate][0]
        return self.uri


@dataclass(frozen=True, slots=True)
class Relation:
    """An occupation uses a skill: always (essential) or sometimes."""

    occupation_uri: str
    skill_uri: str
    essential: bool


@dataclass(frozen=True)
class ReleaseData:
    """A whole release: its occupations, its skills, and which occupation uses which skill."""

    name: str
    version: str
    languages: tuple[str, ...]
    occupations: tuple[Concept, ...]
    skills: tuple[Concept, ...]
    relations: tuple[Relation, ...]
    attribution: str

    def concepts(self) -> Iterator[Concept]:
        """Every occupation, then every skill."""
        yield from self.occupations
        yield from self.skills

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 in hexadecimal of the content in canonical order: the order of rows in a file does not change it."""
        digest = hashlib.sha256()
        for line in sorted(self._canonical_lines()):
            digest.update(line.encode())
            digest.update(b"\n")
        return digest.hexdigest()

    def _canonical_lines(self) -> Iterator[str]:
        yield _canonical("release", self.name, self.version, self.attribution)
        for concept in self.concepts():
            labels = {language: list(texts) for language, texts in concept.labels.items()}
            yield _canonical(concept.kind, concept.uri, concept.code, concept.sector, concept.skill_type, labels)
        for relation in self.relations:
            yield _canonical("relation", relation.occupation_uri, relation.skill_uri, relation.essential)


def _canonical(*values: object) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
