"""Pages of rows that are all at hand."""

import pytest

from talent.foundation.paging import Page, slice_of

LETTERS = "abcdefg"


@pytest.mark.parametrize(
    ("number", "rows", "shown", "first"),
    [(0, "abc", 1, 1), (1, "abc", 1, 1), (2, "def", 2, 4), (3, "g", 3, 7), (4, "g", 3, 7)],
)
def test_a_page_holds_its_rows_and_beyond_the_end_stands_the_last(number, rows, shown, first):
    page = slice_of(LETTERS, number=number, size=3)
    assert page == Page(rows, shown, 7, 3)
    assert (page.first, page.last) == (first, 3)


def test_nothing_has_one_empty_page():
    page = slice_of([], number=2, size=3)
    assert (page.rows, page.number, page.last) == ([], 1, 1)
