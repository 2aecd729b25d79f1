"""Readers of the third-party collections that matching is measured on; none of them is part of the project."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

csv.field_size_limit(10**8)

ESCO_CLASSIFICATION = "esco_v1.1.1/esco_v1.1.1_classification_en_csv.zip"
ESCO_RELATIONS = "esco_v1.1.1/esco_v1.1.1_relations_csv.zip"


@dataclass(frozen=True)
class EscoConcept:
    """One occupation or skill of an ESCO release: its labels, description and, for occupations, ISCO group."""

    uri: str
    preferred: str
    alternatives: tuple[str, ...]
    description: str
    isco_group: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The preferred label first, then every alternative."""
        return (self.preferred, *self.alternatives)


@dataclass(frozen=True)
class EscoRelease:
    """Occupations, skills and what each occupation needs (2 = essential, 1 = optional), by skill URI."""

    occupations: tuple[EscoConcept, ...]
    skills: tuple[EscoConcept, ...]
    needs: dict[str, dict[str, int]] = field(repr=False)

    def split(self, part: str) -> list[EscoConcept]:
        """Occupations of the train, dev or test part; sibling occupations never straddle two parts."""
        return [o for o in self.occupations if split_of(o.isco_group) == part]


def default_root() -> Path:
    """Where the collections usually lie: `shared/benchmarks` beside the repository."""
    return Path(__file__).resolve().parents[2] / "shared" / "benchmarks"


def split_of(isco_group: str) -> str:
    """Train, dev or test (60/20/20) by the ISCO unit group, the same for everybody who uses these sets."""
    return _part(f"isco4:{isco_group[:4]}")


def skill_split_of(uri: str) -> str:
    """Train, dev or test (60/20/20) of a skill by its URI."""
    return _part(uri)


def normal(label: str) -> str:
    """Lower case with single blanks: how labels of two files are compared."""
    return re.sub(r"\s+", " ", label.strip().lower())


def _part(key: str) -> str:
    # SHA-1 is the split's published definition, not a protection of anything.
    bucket = int(hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(), 16) % 10
    return "train" if bucket < 6 else "dev" if bucket < 8 else "test"


def _zip_rows(archive: Path, name: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(archive) as opened, opened.open(name) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8"))


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Every row of a UTF-8 CSV file by column name."""
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _alternatives(row: dict[str, str]) -> tuple[str, ...]:
    seen = {normal(row["preferredLabel"])}
    kept: list[str] = []
    for line in (row.get("altLabels") or "").split("\n"):
        label = line.strip()
        if label and normal(label) not in seen:
            seen.add(normal(label))
            kept.append(label)
    return tuple(kept)


def _concepts(archive: Path, name: str) -> tuple[EscoConcept, ...]:
    return tuple(
        EscoConcept(
            uri=row["conceptUri"],
            preferred=row["preferredLabel"],
            alternatives=_alternatives(row),
            description=row.get("description") or "",
            isco_group=row.get("iscoGroup") or "",
        )
        for row in _zip_rows(archive, name)
    )


def read_esco(root: Path) -> EscoRelease:
    """The English ESCO 1.1.1 release under `root/data`, from the official CSV archives."""
    data = root / "data"
    occupations = _concepts(data / ESCO_CLASSIFICATION, "occupations_en.csv")
    skills = _concepts(data / ESCO_CLASSIFICATION, "skills_en.csv")
    known = {s.uri for s in skills}
    needs: dict[str, dict[str, int]] = {o.uri: {} for o in occupations}
    for row in _zip_rows(data / ESCO_RELATIONS, "occupationSkillRelations.csv"):
        if row["occupationUri"] in needs and row["skillUri"] in known:
            grade = 2 if row["relationType"] == "essential" else 1
            needs[row["occupationUri"]][row["skillUri"]] = grade
    return EscoRelease(occupations, skills, needs)
