"""Reads an official release of ESCO, any 1.x, as downloaded: columns by their header, languages as many as are there.

Source: S-ESCO. Releases differ in columns (`code` since 1.1, labels in the relations since 1.2), so nothing is read by
position.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from talent.foundation.text import fold
from talent.foundation.words import N_
from talent.taxonomy.bridge import with_urdu_names
from talent.taxonomy.esco_files import CsvFile, csv_files, fault
from talent.taxonomy.esco_tables import Row, rows
from talent.taxonomy.release import ENGLISH, OCCUPATION, SKILL, Concept, Relation, ReleaseData
from talent.taxonomy.sectors import sector_of

NAME = "ESCO"
ATTRIBUTION = (
    "This service uses the ESCO classification of the European Commission. "
    "Urdu names were added by this service; they are not part of ESCO."
)

OCCUPATIONS = re.compile(r"occupations_([a-z]{2})\.csv", re.IGNORECASE)
SKILLS = re.compile(r"skills_([a-z]{2})\.csv", re.IGNORECASE)
RELATIONS = re.compile(r"occupationSkillRelations(?:_[a-z]{2})?\.csv", re.IGNORECASE)
VERSION = re.compile(r"v(1\.\d+(?:\.\d+)?)", re.IGNORECASE)
ISCO_GROUP = re.compile(r"C?(\d{4})")

OCCUPATION_COLUMNS = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels")
SKILL_COLUMNS = ("conceptUri", "skillType", "preferredLabel", "altLabels")
RELATION_COLUMNS = ("occupationUri", "relationType", "skillUri")
SKILL_TYPE = {"skill/competence": "skill", "knowledge": "knowledge"}

NO_FILE = N_("“{path}” holds no {file}. Download the package “classification” in English, with the relations.")
NO_GROUP = N_(
    "{file}, line {line}: the ISCO group “{group}” does not have four digits. A spreadsheet may have saved the file; "
    "use it as downloaded."
)
NO_NAME = N_("{file}, line {line}: the address or the name is missing.")
NO_RELATIONS = N_("{file} does not belong to these occupations and skills: no row names two of them.")

Labels = dict[str, dict[str, tuple[str, ...]]]
Make = Callable[[CsvFile, int, Row, Mapping[str, tuple[str, ...]]], Concept]


def read_release(path: Path, *, version: str | None = None) -> ReleaseData:
    """The release that lies here: a folder, a zip, or a folder or zip of zips; its version from the file names.

    Concepts that plainly are the starter's, too, get its Urdu names.

    Raises:
        EscoFault: with the sentence that says what is wrong with the files.
    """
    with csv_files(path) as files:
        occupation_files = _by_language(files, OCCUPATIONS, path, "occupations_en.csv")
        skill_files = _by_language(files, SKILLS, path, "skills_en.csv")
        relation_file = _relation_file(files, path)
        occupations = _concepts(occupation_files, OCCUPATION_COLUMNS, _occupation)
        skills = _concepts(skill_files, SKILL_COLUMNS, _skill)
        places = [path.name, occupation_files[ENGLISH].where, relation_file.where]
        data = ReleaseData(
            name=NAME,
            version=version or _version_in(places) or f"1.x of {_newest_change(occupation_files[ENGLISH])}",
            languages=tuple(occupation_files),
            occupations=tuple(occupations.values()),
            skills=tuple(skills.values()),
            relations=_relations(relation_file, occupations, skills),
            attribution=ATTRIBUTION,
        )
    return with_urdu_names(data)


def _by_language(files: Iterable[CsvFile], name: re.Pattern[str], path: Path, english: str) -> dict[str, CsvFile]:
    """The file of each language, English first; of two files of one language the first counts."""
    held: dict[str, CsvFile] = {}
    for file in files:
        if match := name.fullmatch(file.name):
            held.setdefault(match.group(1).lower(), file)
    if ENGLISH not in held:
        raise fault(NO_FILE, path=path.name, file=english)
    return {language: held[language] for language in sorted(held, key=lambda tag: (tag != ENGLISH, tag))}


def _relation_file(files: Iterable[CsvFile], path: Path) -> CsvFile:
    """The relations; every language has the same ones, so that any file will do."""
    for file in files:
        if RELATIONS.fullmatch(file.name):
            return file
    raise fault(NO_FILE, path=path.name, file="occupationSkillRelations.csv")


def _version_in(places: Iterable[str]) -> str | None:
    return next((match.group(1) for place in places if (match := VERSION.search(place))), None)


def _newest_change(file: CsvFile) -> str:
    days = [row.get("modifiedDate", "")[:10] for _, row in rows(file, ("conceptUri",))]
    return max(days, default="") or "unknown date"


def _concepts(files: Mapping[str, CsvFile], columns: Sequence[str], make: Make) -> dict[str, Concept]:
    """The released concepts of the English file by their address, with the names that the other files add."""
    labels: Labels = defaultdict(dict)
    for language, file in files.items():
        for _, row in rows(file, ("conceptUri", "preferredLabel", "altLabels")):
            if row["preferredLabel"].strip():
                labels[row["conceptUri"].strip()][language] = _names(row)
    concepts = {}
    for line, row in rows(files[ENGLISH], columns):
        uri = row["conceptUri"].strip()
        if row.get("status", "").strip() not in ("", "released"):
            continue
        if not uri or ENGLISH not in labels[uri]:
            raise fault(NO_NAME, file=files[ENGLISH].name, line=line)
        concepts[uri] = make(files[ENGLISH], line, row, labels[uri])
    return concepts


def _names(row: Row) -> tuple[str, ...]:
    """The preferred label, then the alternatives, one to a line in their cell; each once."""
    held: dict[str, str] = {}
    for text in (row["preferredLabel"], *row["altLabels"].splitlines()):
        if text.strip():
            held.setdefault(fold(text), text.strip())
    return tuple(held.values())


def _occupation(file: CsvFile, line: int, row: Row, labels: Mapping[str, tuple[str, ...]]) -> Concept:
    group = ISCO_GROUP.fullmatch(row["iscoGroup"].strip())
    if group is None:
        raise fault(NO_GROUP, file=file.name, line=line, group=row["iscoGroup"])
    code = group.group(1)
    return Concept(row["conceptUri"].strip(), OCCUPATION, code, labels, sector_of(code))


def _skill(_file: CsvFile, _line: int, row: Row, labels: Mapping[str, tuple[str, ...]]) -> Concept:
    transversal = row.get("reuseLevel", "").strip() == "transversal"
    skill_type = "transversal" if transversal else SKILL_TYPE.get(row["skillType"].strip(), "skill")
    return Concept(row["conceptUri"].strip(), SKILL, None, labels, None, skill_type)


def _relations(
    file: CsvFile, occupations: Mapping[str, Concept], skills: Mapping[str, Concept]
) -> tuple[Relation, ...]:
    """Each pair once; essential when any row says so; rows that name what is not in this release are left out."""
    essential: dict[tuple[str, str], bool] = {}
    for _, row in rows(file, RELATION_COLUMNS):
        pair = row["occupationUri"].strip(), row["skillUri"].strip()
        if pair[0] in occupations and pair[1] in skills:
            essential[pair] = essential.get(pair, False) or row["relationType"].strip() == "essential"
    if not essential:
        raise fault(NO_RELATIONS, file=file.name)
    return tuple(Relation(occupation, skill, always) for (occupation, skill), always in essential.items())
