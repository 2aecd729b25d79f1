"""The words of the demonstration, and the identities that come out the same each time it is loaded."""

import hashlib
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

CONTENT = Path(__file__).parent / "content"
NAMESPACE = UUID("5b0e9c52-6a5c-4d55-9c0b-2d6f5d1a7e10")
DOMAIN = "demo.example"  # .example belongs to nobody (RFC 2606)


@dataclass(frozen=True)
class Trade:
    """What people of one trade call their work, do and hold, and what is offered to them."""

    isco: str  # ISCO-08 unit group
    people: int
    vacancies: tuple[str, ...]  # the country of each vacancy
    titles: tuple[str, ...]
    urdu_title: str
    tasks: tuple[str, ...]
    urdu_tasks: tuple[str, ...]
    about: str
    urdu_about: str
    papers: tuple[tuple[str, str, int, int | None], ...]  # kind, title, full-time months, NVQF level
    field: str  # ISCED-F 2013
    licences: tuple[str, ...]
    job_title: str
    job_text: str
    monthly_pay: int  # euros, invented


@cache
def read(name: str) -> Any:
    """One content file as plain values."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def trades() -> tuple[Trade, ...]:
    """Every trade of the demonstration, in the file's order."""
    return tuple(
        Trade(
            isco=row["isco"],
            people=row["people"],
            vacancies=tuple(row["vacancies"]),
            titles=tuple(row["titles"]),
            urdu_title=row["urdu_title"],
            tasks=tuple(row["tasks"]),
            urdu_tasks=tuple(row["urdu_tasks"]),
            about=row["about"],
            urdu_about=row["urdu_about"],
            papers=tuple((kind, title, months, level) for kind, title, months, level in row["papers"]),
            field=row["field"],
            licences=tuple(row["licences"]),
            job_title=row["job"]["title"],
            job_text=row["job"]["text"],
            monthly_pay=row["job"]["pay"],
        )
        for row in read("trades")
    )


def content_hash() -> str:
    """SHA-256 over the content files in hexadecimal: another demonstration has another one."""
    digest = hashlib.sha256()
    for file in sorted(CONTENT.glob("*.yaml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def identity(*parts: object) -> UUID:
    """The same UUID for the same parts, each time."""
    return uuid5(NAMESPACE, ":".join(str(part) for part in parts))


def chance(*parts: object) -> random.Random:
    """A source of choices that makes the same ones for the same parts, each time."""
    return random.Random(":".join(str(part) for part in parts))  # noqa: S311 - choices of a demonstration, no secret
