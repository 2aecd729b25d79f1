"""A file of vacancies as rows with named columns, whichever of the three kinds it is."""

from typing import Literal

from talent.foundation.errors import Unprocessable
from talent.foundation.sniff import KIND_WORDS, Kind, kind_of
from talent.foundation.tables import Row, Table, read_table
from talent.foundation.unreadable import EmptyFile, FileTooLarge, WrongType
from talent.foundation.words import N_, Sentence
from talent.vacancies.columns import COLUMNS, EXPECTED
from talent.vacancies.job_posting import postings, row_of

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_ROWS = 2_000
ACCEPTED = N_("an Excel workbook (XLSX), a CSV file, or schema.org JobPosting in JSON-LD")
TOO_MANY = N_("The file has more than {limit} vacancies. Split it into smaller files.")
GIVEN_BACK: dict[Kind, Literal["csv", "xlsx"]] = {Kind.XLSX: "xlsx"}
"""The kind of file in which rejected rows are given back, where it is not CSV."""


class UnusableTable(Unprocessable):
    """The file can be read, and its columns or rows are not those of vacancies; each problem is a sentence."""

    def __init__(self, problems: list[Sentence]) -> None:
        super().__init__(problems[0])
        self.problems = tuple(problems)


def read_source(content: bytes) -> Table:
    """The vacancies of this file, one per row.

    Raises:
        Unreadable: it is no such file, broken, unsafe or too large.
        UnusableTable: a column is missing, there is no row, or there are too many.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge.because(megabytes=MOST_BYTES // MEGABYTE)
    kind = kind_of(content)
    if kind is Kind.EMPTY:
        raise EmptyFile
    if kind not in {Kind.XLSX, Kind.TEXT, Kind.JSON}:
        raise WrongType.because(found=Sentence(KIND_WORDS[kind]), accepted=Sentence(ACCEPTED))
    if kind is Kind.JSON or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _table_of_postings(content)
    table = read_table(content, expected=EXPECTED, max_rows=MOST_ROWS, max_bytes=MOST_BYTES)
    if table.problems:
        raise UnusableTable(table.problems)
    return table


def _table_of_postings(content: bytes) -> Table:
    found = postings(content)
    if len(found) > MOST_ROWS:
        raise UnusableTable([Sentence(TOO_MANY, {"limit": MOST_ROWS})])
    names = tuple(column.name for column in COLUMNS)
    rows = []
    for number, posting in enumerate(found, start=1):
        values = row_of(posting)
        rows.append(Row(number, values, tuple(values.get(name, "") for name in names)))
    return Table(names, rows, [], frozenset(names))


def said_in(table: Table, row: Row) -> dict[str, str]:
    """What the row says, without the columns that the file does not have."""
    return {name: text for name, text in row.values.items() if name in table.columns}
