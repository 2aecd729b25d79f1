"""The taxonomy that ships with the service: occupations of the corridor and the skills that each uses.

Two folders of YAML, one file for each sector in each: `starter/skills` names every skill once, `starter/occupations`
says which occupation uses which skills. A line of labels is "preferred | alternative | alternative".
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from talent.taxonomy.release import OCCUPATION, SKILL, Concept, Relation, ReleaseData
from talent.taxonomy.starter_checks import starter_faults

FOLDER = Path(__file__).parent / "starter"
LANGUAGES = ("en", "ur", "ur-Latn", "de", "it", "fi", "es")
OCCUPATION_URI = "urn:talent:starter:occupation:"
SKILL_URI = "urn:talent:starter:skill:"
SHARED = "shared"  # the file of skills that belong to no sector

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times faster where the wheel has it


class StarterFault(ValueError):
    """The files of the starter contradict each other: a mistake of ours, not of a person who uses the service."""


@cache
def read_starter() -> ReleaseData:
    """The starter as shipped, checked.

    Raises:
        StarterFault: a relation leads nowhere, a label stands twice, a translation is missing.
    """
    about = _read(FOLDER / "release.yaml")
    skills = {slug: _skill(slug, entry, sector) for slug, entry, sector in _entries("skills")}
    occupations: list[Concept] = []
    relations: list[Relation] = []
    for key, entry, sector in _entries("occupations"):
        occupation = _occupation(key, entry, sector)
        occupations.append(occupation)
        relations += _relations(occupation.uri, entry)
    data = ReleaseData(
        name=about["name"],
        version=about["version"],
        languages=LANGUAGES,
        occupations=tuple(occupations),
        skills=tuple(skills.values()),
        relations=tuple(relations),
        attribution=about["attribution"],
    )
    faults = starter_faults(data)
    if faults:
        raise StarterFault("\n".join(faults))
    return data


def stated_hash() -> str:
    """The content hash that the starter's version was given; another one needs another version."""
    return str(_read(FOLDER / "release.yaml")["content_hash"])


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        # The loader is PyYAML's safe one: it builds plain values only.
        return dict(yaml.load(file, Loader=LOADER))  # noqa: S506 - LOADER is CSafeLoader or SafeLoader


def _entries(folder: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for path in sorted((FOLDER / folder).glob("*.yaml")):
        for key, entry in _read(path)[folder].items():
            yield str(key), entry, path.stem


def _labels(entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        language: tuple(label.strip() for label in entry[language].split("|"))
        for language in LANGUAGES
        if language in entry
    }


def _skill(slug: str, entry: Mapping[str, Any], file: str) -> Concept:
    sector = None if file == SHARED else file
    return Concept(SKILL_URI + slug, SKILL, None, _labels(entry), sector, entry.get("type", "skill"))


def _occupation(key: str, entry: Mapping[str, Any], file: str) -> Concept:
    return Concept(OCCUPATION_URI + key, OCCUPATION, key[:4], _labels(entry), entry.get("sector", file))


def _relations(occupation_uri: str, entry: Mapping[str, Any]) -> Iterator[Relation]:
    for field, essential in (("essential", True), ("optional", False)):
        for slug in entry[field]:
            yield Relation(occupation_uri, SKILL_URI + slug, essential)
