"""The words of the field, read once from the tables of ``docs/glossary.md``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.md"
MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[`*]+")  # a link keeps its words, emphasis and code keep theirs
COLUMNS = ("term", "urdu", "meaning")


@dataclass(frozen=True)
class Entry:
    """One word, its Urdu, and what it means here."""

    term: str
    urdu: str
    meaning: str


@cache
def read_glossary(path: Path = GLOSSARY) -> tuple[Entry, ...]:
    """The entries in the order of the file; none when there is no file."""
    return tuple(_entries(path)) if path.exists() else ()


def _entries(path: Path) -> Iterator[Entry]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [MARKS.sub(r"\1", cell).strip() for cell in line.strip().strip("|").split("|")]
        is_row = line.startswith("|") and len(cells) == len(COLUMNS) and not cells[0].startswith("--")
        if is_row and tuple(cell.lower() for cell in cells) != COLUMNS:
            yield Entry(*cells)
