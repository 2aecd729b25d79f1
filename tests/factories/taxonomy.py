"""The starter in the database, a few concepts of one's own, and small ESCO packages with the official headers."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from talent.taxonomy.esco import read_release
from talent.taxonomy.loading import concept_id, load_release
from talent.taxonomy.models import TaxonomyRelease
from talent.taxonomy.release import Concept, Relation, ReleaseData
from talent.taxonomy.starter_release import OCCUPATION_URI, SKILL_URI, read_starter

COMMON_HEADER = ["altLabels", "hiddenLabels", "status", "modifiedDate", "scopeNote", "definition", "inScheme"]
OCCUPATION_HEADER = ["conceptType", "conceptUri", "iscoGroup", "preferredLabel", *COMMON_HEADER, "description", "code"]
SKILL_HEADER = [
    *("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel"),
    *COMMON_HEADER,
    "description",
]
RELATION_HEADER = ["occupationUri", "relationType", "skillType", "skillUri"]
RELATION_HEADER_1_2 = ["occupationUri", "occupationLabel", "relationType", "skillType", "skillUri", "skillLabel"]

ESCO = "http://data.europa.eu/esco"
WELDER, NURSE, OFFICER = (f"{ESCO}/occupation/{name}" for name in ("w", "n", "o"))
WELDING, DRAWINGS, TEAMWORK = (f"{ESCO}/skill/{name}" for name in ("weld", "draw", "team"))

OCCUPATIONS: list[dict[str, str]] = [
    {"conceptUri": WELDER, "iscoGroup": "7212", "preferredLabel": "welder", "altLabels": "arc welder\nmetal welder"},
    {"conceptUri": NURSE, "iscoGroup": "2221", "preferredLabel": "nurse responsible for general care"},
    {"conceptUri": OFFICER, "iscoGroup": "0110", "preferredLabel": "air force officer"},
]
SKILLS: list[dict[str, str]] = [
    {"conceptUri": WELDING, "skillType": "skill/competence", "preferredLabel": "apply arc welding techniques"},
    {"conceptUri": DRAWINGS, "skillType": "knowledge", "preferredLabel": "technical drawings"},
    {
        "conceptUri": TEAMWORK,
        "skillType": "skill/competence",
        "reuseLevel": "transversal",
        "preferredLabel": "work in teams",
    },
]
RELATIONS: list[dict[str, str]] = [
    {"occupationUri": WELDER, "relationType": "essential", "skillType": "skill/competence", "skillUri": WELDING},
    {"occupationUri": WELDER, "relationType": "optional", "skillType": "knowledge", "skillUri": DRAWINGS},
    {"occupationUri": NURSE, "relationType": "essential", "skillType": "skill/competence", "skillUri": TEAMWORK},
]


REAL = Path(__file__).parents[3] / "shared" / "benchmarks" / "data" / "esco_v1.1.1"
needs_official_release = pytest.mark.skipif(
    not REAL.is_dir(), reason="the official ESCO 1.1.1 packages are not beside the checkout"
)


@cache
def official_release() -> ReleaseData:
    """The official release 1.1.1, read once."""
    return read_release(REAL)


def load_starter(session: Session) -> TaxonomyRelease:
    """The shipped taxonomy, as the active release."""
    return load_release(session, read_starter())


def starter_occupation(key: str):
    """The id of an occupation of the starter, such as 7212 or 7411-solar."""
    return concept_id(read_starter().name, read_starter().version, OCCUPATION_URI + key)


def starter_skill(slug: str):
    """The id of a skill of the starter, such as tig-welding."""
    return concept_id(read_starter().name, read_starter().version, SKILL_URI + slug)


def small_release(version: str = "1", *, welder: tuple[str, ...] = ("welder",)) -> ReleaseData:
    """A release of one occupation with one skill."""
    return ReleaseData(
        name="small",
        version=version,
        languages=("en",),
        occupations=(Concept("urn:small:welder", "occupation", "7212", {"en": welder}),),
        skills=(Concept("urn:small:welding", "skill", None, {"en": ("welding",)}, skill_type="skill"),),
        relations=(Relation("urn:small:welder", "urn:small:welding", essential=True),),
        attribution="Made for a test.",
    )


def table(header: Sequence[str], rows: Iterable[Mapping[str, str]], *, bom: bool = True) -> bytes:
    """A CSV file as the portal writes it: quoted where needed, with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({"status": "released", "modifiedDate": "2024-05-13T10:00:00Z", **row} for row in rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def esco_package(**other: bytes | None) -> dict[str, bytes]:
    """The files of a tiny release by name; keyword arguments (without ".csv") add, change or remove some."""
    files = {
        "occupations_en": table(OCCUPATION_HEADER, OCCUPATIONS),
        "skills_en": table(SKILL_HEADER, SKILLS),
        "occupationSkillRelations": table(RELATION_HEADER, RELATIONS, bom=False),
    }
    return {f"{name}.csv": content for name, content in {**files, **other}.items() if content is not None}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The folder with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
