"""Tables that people bring (CSV, XLSX): read by the names of their columns, given back with reasons beside bad rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from talent.foundation.child_reader import MIB, ReadingLimits, read_in_child
from talent.foundation.decoding import decode
from talent.foundation.sniff import KIND_WORDS, Kind, kind_of
from talent.foundation.text import fold
from talent.foundation.unreadable import EmptyFile, FileTooLarge, WrongType
from talent.foundation.words import N_, Sentence

TABLE_BYTES = 10 * MIB
DELIMITERS = ",;\t|"
TABLE_WORDS = N_("an Excel workbook (XLSX) or a CSV file")
FORMULA_STARTS = ("=", "+", "-", "@")
"""First letters that make a spreadsheet program calculate a cell instead of showing it."""
ESCAPE = "'"
LONGEST_LIST = 400  # characters of column names in one sentence
LONGEST_CELL = 32_767  # characters; what one cell of Excel holds

MISSING_COLUMN = N_("The column “{column}” is missing. The file has these columns: {found}.")
TWICE = N_("The column “{column}” is there more than once. Keep one of them.")
NO_ROWS = N_("There is no row below the column names. Add at least one row.")
TOO_MANY_ROWS = N_("The file has more than {limit} rows. Split it into smaller files.")
BROKEN_QUOTES = N_("Row {row} cannot be read: a quotation mark is missing, or a cell is very long.")
TOO_MANY_CELLS = N_("This row has more cells than there are columns. Put quotation marks around cells with commas.")


@dataclass(frozen=True)
class Column:
    """A column that a table is expected to have, by any of its names; case, spaces and underlines do not matter."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Row:
    """One row that holds anything."""

    number: int
    """As the spreadsheet program counts: the first line of the file is 1."""
    values: Mapping[str, str]
    """What each expected column holds, stripped; empty where the cell or the column is missing."""
    cells: tuple[str, ...] = ()
    """Every cell as it came, unknown columns included."""
    problem: Sentence | None = None
    """Why the cells of this row cannot be trusted to stand below their columns."""


@dataclass(frozen=True)
class Table:
    """A table as far as it could be read; with a problem, its rows must not be taken."""

    header: tuple[str, ...]
    rows: list[Row]
    problems: list[Sentence]
    columns: frozenset[str] = frozenset()
    """The expected columns that the file has."""


def read_table(content: bytes, *, expected: Sequence[Column], max_rows: int, max_bytes: int = TABLE_BYTES) -> Table:
    """The rows of a CSV file (any usual delimiter and encoding) or of the first sheet of a workbook.

    Raises:
        Unreadable: not a table at all, broken, unsafe or too large; a table with the wrong columns is a Table
            with ``problems``.
    """
    if len(content) > max_bytes:
        raise FileTooLarge.because(megabytes=max_bytes // MIB)
    kind = kind_of(content)
    if kind is Kind.EMPTY:
        raise EmptyFile
    if kind not in (Kind.XLSX, Kind.TEXT):
        raise WrongType.because(found=Sentence(KIND_WORDS[kind]), accepted=Sentence(TABLE_WORDS))
    problems: list[Sentence] = []
    most = max_rows + 2  # The column names, and one row more than allowed to know that there is one.
    lines = _lines_of_workbook(content, most) if kind is Kind.XLSX else _lines_of_csv(content, expected, problems)
    return _table(lines, expected, max_rows, problems)


def _lines_of_workbook(content: bytes, most: int) -> Iterator[tuple[int, list[str]]]:
    limits = ReadingLimits(file_bytes=TABLE_BYTES, rows=most)
    return ((number, cells) for number, cells in read_in_child("xlsx", content, limits)["rows"])


def _lines_of_csv(
    content: bytes, expected: Sequence[Column], problems: list[Sentence]
) -> Iterator[tuple[int, list[str]]]:
    text = decode(content).replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    start = 1
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own way to name the delimiter.
        delimiter, start = first[4], 2
        text = text.lstrip()[len(first) :].lstrip("\r\n")
    else:
        delimiter = max(DELIMITERS, key=lambda each: _columns_found(first, each, expected))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = start - 1
    try:
        for number, cells in enumerate(reader, start):
            yield number, cells
    except csv.Error:
        problems.append(Sentence(BROKEN_QUOTES, {"row": number + 1}))


def _columns_found(line: str, delimiter: str, expected: Sequence[Column]) -> tuple[int, int]:
    """How many expected columns, then how many cells, this line has when it is cut here."""
    cells = next(iter(csv.reader([line], delimiter=delimiter)), [])
    known = _names_of(expected)
    return len({known[key] for cell in cells if (key := _key(cell)) in known}), len(cells)


def _table(
    lines: Iterator[tuple[int, list[str]]], expected: Sequence[Column], max_rows: int, problems: list[Sentence]
) -> Table:
    filled = ((number, tuple(map(_stripped, cells))) for number, cells in lines)
    filled = ((number, cells) for number, cells in filled if any(cells))
    _, header = next(filled, (0, ()))
    while header and not header[-1]:
        header = header[:-1]
    places = _places(header, expected, problems)
    rows: list[Row] = []
    for number, cells in filled:
        if len(rows) == max_rows:
            problems.append(Sentence(TOO_MANY_ROWS, {"limit": max_rows}))
            break
        rows.append(_row(number, cells, len(header), places))
    if not rows and not problems:
        problems.append(Sentence(NO_ROWS))
    return Table(header, rows, problems, frozenset(name for name, at in places.items() if at is not None))


def _row(number: int, cells: tuple[str, ...], width: int, places: Mapping[str, int | None]) -> Row:
    values = {name: cells[at] if at is not None and at < len(cells) else "" for name, at in places.items()}
    return Row(number, values, cells, Sentence(TOO_MANY_CELLS) if any(cells[width:]) else None)


def _places(header: Sequence[str], expected: Sequence[Column], problems: list[Sentence]) -> dict[str, int | None]:
    """Where each expected column stands; what is missing or there twice becomes a problem."""
    known = _names_of(expected)
    found: dict[str, list[int]] = {column.name: [] for column in expected}
    for at, cell in enumerate(header):
        if (key := _key(cell)) in known:
            found[known[key]].append(at)
    for column in expected:
        if column.required and not found[column.name]:
            columns = ", ".join(cell for cell in header if cell)[:LONGEST_LIST] or "–"
            problems.append(Sentence(MISSING_COLUMN, {"column": column.name, "found": columns}))
        if len(found[column.name]) > 1:
            problems.append(Sentence(TWICE, {"column": column.name}))
    return {name: places[0] if places else None for name, places in found.items()}


def _names_of(expected: Sequence[Column]) -> dict[str, str]:
    return {_key(name): column.name for column in expected for name in (column.name, *column.aliases)}


def _key(name: str) -> str:
    return fold(name).replace("_", "").replace("-", "").replace(" ", "").strip("*:")


def _stripped(cell: str) -> str:
    """The cell without outer spaces, and without the escape that ``rejected_file`` put before a formula's sign."""
    cell = cell.replace("\xa0", " ").strip()
    return cell[1:] if cell.startswith(ESCAPE) and cell[1:].startswith(FORMULA_STARTS) else cell


def rejected_file(
    table: Table, reasons: Mapping[int, Iterable[str]], kind: Literal["csv", "xlsx"], *, reason_column: str = "reason"
) -> bytes:
    """The rows named in ``reasons`` (by number) with all their cells and why each was not taken.

    Reasons come rendered in the reader's language. Cells that a spreadsheet would calculate are escaped with an
    apostrophe, which ``read_table`` takes off again. Cells beyond the last column follow the reason.
    """
    width = len(table.header)
    lines = [[*table.header, reason_column]]
    for row in table.rows:
        if row.number in reasons:
            cells = [*row.cells, *[""] * (width - len(row.cells))]
            lines.append([*cells[:width], " ".join(reasons[row.number]), *cells[width:]])
    return table_file(lines, kind)


def table_file(lines: Sequence[Sequence[str]], kind: Literal["csv", "xlsx"]) -> bytes:
    """These lines of cells as a file that a spreadsheet program opens without calculating anything."""
    escaped = [[_escaped(cell) for cell in line] for line in lines]
    return _workbook_of(escaped) if kind == "xlsx" else _csv_of(escaped)


def _escaped(cell: str) -> str:
    return ESCAPE + cell if cell.lstrip().startswith(FORMULA_STARTS) else cell


def _csv_of(lines: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(lines)
    return out.getvalue().encode("utf-8-sig")  # With the mark, Excel shows Urdu letters.


def _workbook_of(lines: list[list[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub(" ", cell)[:LONGEST_CELL] for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
