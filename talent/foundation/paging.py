"""One page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

PAGE_SIZE = 25
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """The rows of one page, its number from 1 and how many there are in all."""

    rows: Sequence[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place in the whole list, from 1, of the first row of this page."""
        return (self.number - 1) * self.size + 1


def page_of(session: Session, query: Select[Any], *, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """The rows of page ``number`` (from 1; beyond the end, the last one) in the query's own order.

    One row more than is shown is asked for: where there is none, the end is seen and nothing has to be counted.
    """
    wanted = max(1, number)
    before = (wanted - 1) * size
    rows = session.scalars(query.limit(size + 1).offset(before)).all()
    if len(rows) <= size and (rows or wanted == 1):
        return Page(rows, wanted, before + len(rows), size)
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    last = max(1, -(-total // size))
    if wanted > last:
        return page_of(session, query, number=last, size=size)
    return Page(rows[:size], wanted, total, size)


def slice_of(rows: Sequence[T], *, number: int, size: int = PAGE_SIZE) -> Page[T]:
    """Page ``number`` (from 1; beyond the end, the last one) of rows that are all at hand."""
    wanted = min(max(1, number), max(1, -(-len(rows) // size)))
    return Page(rows[(wanted - 1) * size : wanted * size], wanted, len(rows), size)
