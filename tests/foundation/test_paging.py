"""Pages of long lists: of rows that are all at hand, and of a query."""

import pytest
from sqlalchemy import event, func, select

from talent.foundation.paging import Page, page_of, slice_of

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


@pytest.mark.parametrize(
    ("number", "rows", "shown", "queries"),
    [
        (0, [1, 2, 3], 1, 2),
        (1, [1, 2, 3], 1, 2),
        (2, [4, 5, 6], 2, 2),
        (3, [7], 3, 1),  # nothing comes after it: its end is seen, and nobody counts
        (4, [7], 3, 3),
    ],
)
def test_a_page_of_a_query_counts_only_where_the_end_is_not_seen(session, number, rows, shown, queries):
    seven = select(func.generate_series(1, 7).label("n")).subquery()
    seen = []
    event.listen(session.bind, "before_cursor_execute", lambda *given: seen.append(given[2]))
    page = page_of(session, select(seven.c.n).order_by(seven.c.n), number=number, size=3)
    asked = [one for one in seen if "generate_series" in one]
    assert (page, len(asked)) == (Page(rows, shown, 7, 3), queries)


@pytest.mark.parametrize("number", [1, 5])
def test_a_query_without_rows_has_one_empty_page(session, number):
    nobody = select(func.generate_series(1, 0).label("n")).subquery()
    assert page_of(session, select(nobody.c.n), number=number, size=3) == Page([], 1, 0, 3)


def test_a_page_that_is_just_full_is_the_last(session):
    three = select(func.generate_series(1, 3).label("n")).subquery()
    assert page_of(session, select(three.c.n), number=1, size=3) == Page([1, 2, 3], 1, 3, 3)
