"""Sheets to print: a title, facts and one table as PDF, in Latin letters or in Urdu from right to left."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
SHEET = HERE / "printed.typ"
FONTS = HERE / "fonts"


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet, in the reader's words already; each row is as long as the header."""

    language: str  # en or ur
    title: str
    facts: Sequence[tuple[str, str]]
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    footer: str


def as_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF with its letters inside, so that it prints the same everywhere."""
    import typst  # only who asks for a file waits for it

    return typst.compile(
        SHEET,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(asdict(sheet), ensure_ascii=False)},
    )


def as_lines(sheet: Sheet) -> list[list[str]]:
    """The same as lines of cells, for a spreadsheet."""
    return [
        [sheet.title],
        *([name, value] for name, value in sheet.facts),
        [],
        [*sheet.header],
        *([*row] for row in sheet.rows),
        [],
        [sheet.footer],
    ]
