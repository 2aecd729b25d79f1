"""Rows of an ESCO table by the names of their columns, and a sentence for each thing that can be wrong with one."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from talent.foundation.words import N_
from talent.taxonomy.esco_files import CsvFile, fault

LONGEST_CELL = 4 * 1024 * 1024  # characters

NO_COLUMN = N_("{file} has no column “{column}”. Use the files as downloaded from the ESCO portal.")
NO_TEXT = N_("{file} is not readable text. Use the files as downloaded from the ESCO portal.")
NO_TABLE = N_("{file} cannot be read as a table (line {line}). Use the files as downloaded from the ESCO portal.")

Row = Mapping[str, str]


def rows(file: CsvFile, needed: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Each row with the number of its last line; cells that a short row lacks are empty.

    Raises:
        EscoFault: a needed column is missing, or the file is not a table in UTF-8.
    """
    csv.field_size_limit(LONGEST_CELL)
    with file.open() as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        table = csv.DictReader(text, restval="", strict=True)
        try:
            headers = table.fieldnames or ()
            for column in needed:
                if column not in headers:
                    raise fault(NO_COLUMN, file=file.name, column=column)
            for row in table:
                yield table.line_num, row
        except UnicodeDecodeError as undecodable:
            raise fault(NO_TEXT, file=file.name) from undecodable
        except csv.Error as broken:
            raise fault(NO_TABLE, file=file.name, line=table.line_num) from broken
