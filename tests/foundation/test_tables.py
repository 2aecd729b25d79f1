"""Tables are read by the names of their columns; bad rows come back with reasons and can be brought again."""

import csv
import io
import os
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from talent.foundation.tables import Column, Row, read_table, rejected_file
from talent.foundation.unreadable import BrokenFile, EmptyFile, FileTooLarge, UnpacksTooLarge, WrongType
from tests.factories import files

COLUMNS = (
    Column("title", ("job title", "عہدہ")),
    Column("isco", ("ISCO-08",)),
    Column("seats", required=False),
)
WELDER = {"title": "Pipe welder", "isco": "7212", "seats": "4"}


def read(content, *, expected=COLUMNS, max_rows=100):
    return read_table(content, expected=expected, max_rows=max_rows)


def sentences(table):
    return [problem.english() for problem in table.problems]


LAYOUTS = {
    "commas": b"title,isco,seats\nPipe welder,7212,4\n",
    "semicolons": b"title;isco;seats\nPipe welder;7212;4\n",
    "tabs": b"title\tisco\tseats\nPipe welder\t7212\t4\n",
    "bars": b"title|isco|seats\nPipe welder|7212|4\n",
    "a byte order mark": b"\xef\xbb\xbftitle,isco,seats\r\nPipe welder,7212,4\r\n",
    "UTF-16 as Excel saves it": "title\tisco\tseats\r\nPipe welder\t7212\t4\r\n".encode("utf-16"),
    "the delimiter named first": b"sep=;\ntitle;isco;seats\nPipe welder;7212;4\n",
    "more commas than semicolons": b"title;isco;seats;notes, remarks, and so on\nPipe welder;7212;4;a, b\n",
    "columns in another order": b"seats,title,isco\n4,Pipe welder,7212\n",
    "names in capitals with underlines": b"JOB_TITLE,Isco 08,SEATS\nPipe welder,7212,4\n",
    "an Urdu name": "عہدہ,isco,seats\nPipe welder,7212,4\n".encode(),
    "an Urdu name in Windows-1256": "عهده,isco,seats\nPipe welder,7212,4\n".encode("cp1256"),
    "spaces around cells": b" title , isco , seats \n  Pipe welder , 7212 ,4 \n",
    "blank lines": b"\n\ntitle,isco,seats\n,,\n\nPipe welder,7212,4\n\n",
    "quoted cells": b'"title","isco","seats"\n"Pipe welder","7212","4"\n',
    "a workbook": files.xlsx([["title", "isco", "seats"], ["Pipe welder", 7212, 4.0]]),
    "a workbook with rows above": files.xlsx([[], [None], ["title", "isco", "seats"], ["Pipe welder", "7212", 4]]),
}


@pytest.mark.parametrize("content", LAYOUTS.values(), ids=LAYOUTS)
def test_the_same_row_is_read_from_a_file_with(content):
    table = read(content)
    assert ([row.values for row in table.rows], table.problems) == ([WELDER], [])


def test_rows_are_numbered_as_the_spreadsheet_program_does():
    content = b'title,isco\n\nPipe welder,7212\n"Mason,\nbricklayer",7112\nNurse,2221\n'
    assert [row.number for row in read(content).rows] == [3, 4, 5]
    assert [row.number for row in read(files.xlsx([[], ["title", "isco"], [], ["Nurse", 2221]])).rows] == [4]


def test_a_missing_column_is_named_with_the_columns_that_are_there():
    table = read(b"title,occupation,pay\nPipe welder,7212,900\n")
    assert sentences(table) == ["The column “isco” is missing. The file has these columns: title, occupation, pay."]


def test_a_missing_column_that_is_not_required_is_empty():
    assert read(b"title,isco\nPipe welder,7212\n").rows[0].values["seats"] == ""


def test_a_column_that_is_there_twice_is_a_problem():
    assert "“title”" in sentences(read(b"title,job title,isco\na,b,7212\n"))[0]


def test_a_table_without_rows_is_a_problem():
    assert len(sentences(read(b"title,isco\n"))) == 1


def test_more_rows_than_allowed_are_a_problem():
    content = b"title,isco\n" + b"Nurse,2221\n" * 4
    assert read(content, max_rows=4).problems == []
    assert "3" in sentences(read(content, max_rows=3))[0]
    assert len(read(content, max_rows=3).rows) == 3
    assert "3" in sentences(read(files.xlsx([["title", "isco"], *[["Nurse", 1]] * 4]), max_rows=3))[0]


def test_a_row_with_too_many_cells_is_not_trusted():
    table = read(b"title,isco\nWelder, pipe,7212\nNurse,2221\n")
    assert table.rows[0].problem is not None
    assert table.rows[1].problem is None


def test_a_missing_quotation_mark_is_named_with_its_row():
    table = read(b'title,isco\nNurse,2221\n"Welder,7212\n')
    assert "Row 3" in sentences(table)[0]
    assert len(table.rows) == 1


REFUSED = {
    "an empty file": (b"", EmptyFile),
    "a PDF": (files.pdf(), WrongType),
    "a Word document": (files.docx(), WrongType),
    "a list in JSON": (b'[{"title": "welder"}]', WrongType),
    "more than 10 MB": (b"a" * (10 * 1024 * 1024 + 1), FileTooLarge),
    "a workbook cut off": (files.truncated(files.xlsx([["title"]])), BrokenFile),
    "a zip bomb in a workbook": (files.zipped({"xl/workbook.xml": b" " * 40_000_000}), UnpacksTooLarge),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_sentence_says_what_to_do_instead_of(content, reason):
    with pytest.raises(reason):
        read(content)


def test_a_cell_in_the_last_corner_of_a_sheet_does_no_harm():
    content = files.xlsx([["title", "isco"], ["Nurse", 2221]])
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with pytest.raises(Exception, match="takes too long"):
        read(files.rezipped(content, "xl/worksheets/sheet1.xml", b"</sheetData>", far))


CELLS = [("3.0", "3.0"), (3.0, "3"), (2.5, "2.5"), (True, "true"), (None, ""), (-7, "-7"), ("  x ", "x")]


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_a_cell_of_a_workbook_reads_as_a_person_would_type_it(cell, text):
    assert read(files.xlsx([["title", "isco"], ["Nurse", cell]])).rows[0].values["isco"] == text


def test_dates_of_a_workbook_read_as_iso_dates():
    moment = datetime.fromisoformat("2026-11-30T08:15:00")
    content = files.xlsx([["title", "isco"], [moment.date(), moment]])
    assert read(content).rows[0].cells == ("2026-11-30", "2026-11-30 08:15:00")


def test_bad_rows_come_back_with_all_their_cells_and_the_reason():
    table = read(b"title,isco,pay\nNurse,2221,2000\nWelder,nine,1800\n")
    back = rejected_file(table, {3: ["“nine” is no ISCO code."]}, "csv")
    assert list(csv.reader(io.StringIO(back.decode("utf-8-sig")))) == [
        ["title", "isco", "pay", "reason"],
        ["Welder", "nine", "1800", "“nine” is no ISCO code."],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_that_a_spreadsheet_would_calculate_is_escaped(kind, start):
    table = read(b"title,isco\n" + f'{start}cmd|calc,"{start}1"\n'.encode())
    back = rejected_file(table, {2: [f"{start}bad"]}, kind)
    if kind == "csv":
        cells = list(csv.reader(io.StringIO(back.decode("utf-8-sig"))))[1]
    else:
        cells = [cell.value for cell in load_workbook(io.BytesIO(back)).active[2]]
        assert {cell.data_type for cell in load_workbook(io.BytesIO(back)).active[2]} == {"s"}
    assert cells == [f"'{start}cmd|calc", f"'{start}1", f"'{start}bad"]


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\xa0\u2028\u2029"), max_size=20
)


def survives(kind, rows):
    """Bring these rows, get them all back as rejected, bring that file again: the values are the same."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["title", "isco", "seats"], *rows])
    table = read(out.getvalue().encode("utf-8-sig"))
    back = rejected_file(table, {row.number: ["why"] for row in table.rows}, kind)
    if table.rows:
        again = read(back)
        assert [row.values for row in again.rows] == [row.values for row in table.rows]
        assert all(row.problem is None for row in again.rows)


AWKWARD = [("=1+1", "+92 301", "-5"), ("'@x", '"', ";"), ("، اردو", "a\u200cb", "'")]


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6))
@example(rows=AWKWARD)
def test_what_was_given_back_as_csv_can_be_brought_again(rows):
    survives("csv", rows)


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20))
@example(rows=AWKWARD)
def test_what_was_given_back_as_a_workbook_can_be_brought_again(rows):
    survives("xlsx", rows)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='title,isco;"\n\t\r=x|، ', max_size=80))
def test_any_text_gives_a_table_or_problems(text):
    table = read(("title,isco\n" + text).encode())
    assert all(isinstance(row, Row) and set(row.values) == {"title", "isco", "seats"} for row in table.rows)
    assert table.rows or table.problems


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_twenty_thousand_rows_take_little_processor_time(kind):
    rows = [["title", "isco", "seats", "notes"], *[[f"Welder {at}", "7212", "4", "کام"] for at in range(20_000)]]
    if kind == "xlsx":
        content = files.xlsx(rows)
    else:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        content = out.getvalue().encode()
    before = sum(os.times()[:4])  # The child's time is counted too.
    table = read(content, max_rows=20_000)
    assert (len(table.rows), table.problems) == (20_000, [])
    assert sum(os.times()[:4]) - before < 1.5
