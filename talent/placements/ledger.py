"""Giving and freeing places, as double entry: every transfer leaves one pocket of a book and enters another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.row_context import SystemContext, within
from talent.placements.ledger_models import BookKind, Pocket, SeatBook, SeatHold, SeatTransfer

BALANCES = {Pocket.FREE: "free", Pocket.RESERVED: "reserved", Pocket.USED: "used"}


@dataclass(frozen=True)
class Counter:
    """What a book counts and how many places there are by its source today."""

    key: str
    kind: BookKind
    capacity: int
    vacancy_id: UUID | None = None
    organisation_id: UUID | None = None


Wanted = Mapping[Counter, Pocket | None]
"""In which pocket of each counter a placement's place is to be; None: it holds none."""


def hold(session: Session, placement_id: UUID, wanted: Wanted) -> None:
    """Bring the places of a placement into these pockets: all of them or, when the transaction fails, none.

    Asked twice it does nothing the second time. Books are locked in the order of their keys, so that two placements
    never wait for each other.
    """
    with within(session, SystemContext.PLACES):
        books = locked_books(session, wanted)
        own = select(SeatHold).where(SeatHold.held_for == placement_id, SeatHold.book_id.in_(book.id for book in books))
        held = {row.book_id: row for row in session.scalars(own)}
        for counter, book in zip(in_order(wanted), books, strict=True):
            _follow_the_source(session, book, counter.capacity)
            _put(session, book, held.get(book.id), placement_id, wanted[counter])
        session.flush()


def in_order(counters: Iterable[Counter]) -> list[Counter]:
    """The counters in the one order in which books are locked."""
    return sorted(counters, key=lambda one: one.key)


def locked_books(session: Session, counters: Iterable[Counter]) -> list[SeatBook]:
    """The books of these counters in their order, made where there are none."""
    ordered = in_order(counters)
    query = select(SeatBook).where(SeatBook.key.in_(one.key for one in ordered)).order_by(SeatBook.key)
    query = query.with_for_update().execution_options(populate_existing=True)
    books = session.scalars(query).all()
    if len(books) < len(ordered):
        session.execute(
            insert(SeatBook).on_conflict_do_nothing(index_elements=["key"]), [_fresh(one) for one in ordered]
        )
        books = session.scalars(query).all()
    known = {book.key: book for book in books}
    return [known[one.key] for one in ordered]


def _fresh(counter: Counter) -> dict[str, Any]:
    empty = {"id": uuid4(), "capacity": 0, "free": 0, "reserved": 0, "used": 0}
    return {**empty, **{name: value for name, value in vars(counter).items() if name != "capacity"}}


def _follow_the_source(session: Session, book: SeatBook, capacity: int) -> None:
    more = capacity - book.capacity
    if more > 0:
        _transfer(session, book, Pocket.SUPPLY, Pocket.FREE, more)
    elif more < 0:
        _transfer(session, book, Pocket.FREE, Pocket.SUPPLY, -more)


def _put(session: Session, book: SeatBook, held: SeatHold | None, placement_id: UUID, pocket: Pocket | None) -> None:
    source, target = held.pocket if held else Pocket.FREE, pocket or Pocket.FREE
    if source is target:
        return
    _transfer(session, book, source, target, 1)
    if held is None:
        session.add(SeatHold(book_id=book.id, held_for=placement_id, pocket=target))
    elif pocket is None:
        session.delete(held)
    else:
        held.pocket = pocket


def _transfer(session: Session, book: SeatBook, source: Pocket, target: Pocket, places: int) -> None:
    for pocket, change in ((source, -places), (target, places)):
        if pocket is Pocket.SUPPLY:
            book.capacity -= change
        else:
            setattr(book, BALANCES[pocket], getattr(book, BALANCES[pocket]) + change)
    session.add(SeatTransfer(book_id=book.id, from_pocket=source, to_pocket=target, places=places, at=now()))


def free_what_nobody_holds(session: Session) -> int:
    """Free every reserved place whose placement was erased; how many there were. The night calls this."""
    with within(session, SystemContext.PLACES):
        orphans = select(SeatHold).where(SeatHold.held_for.is_(None), SeatHold.pocket == Pocket.RESERVED)
        books = select(SeatBook).where(SeatBook.id.in_(orphans.with_only_columns(SeatHold.book_id)))
        locked = {row.id: row for row in session.scalars(books.order_by(SeatBook.key).with_for_update())}
        freed = [row for row in session.scalars(orphans) if row.book_id in locked]
        for row in freed:
            _transfer(session, locked[row.book_id], Pocket.RESERVED, Pocket.FREE, 1)
            session.delete(row)
        session.flush()
    return len(freed)


def faults(session: Session) -> Iterator[str]:
    """What is wrong in the books; nothing when they balance.

    The balances are added up anew from the transfers, and every place in a pocket has somebody who holds it.
    """
    for book in session.scalars(select(SeatBook).order_by(SeatBook.key)):
        moved = dict.fromkeys(Pocket, 0)
        own = select(SeatTransfer.from_pocket, SeatTransfer.to_pocket, func.sum(SeatTransfer.places))
        rows = session.execute(
            own.where(SeatTransfer.book_id == book.id).group_by(SeatTransfer.from_pocket, SeatTransfer.to_pocket)
        )
        for source, target, places in rows:
            moved[source] -= places
            moved[target] += places
        held = select(SeatHold.pocket, func.count().label("places")).where(SeatHold.book_id == book.id)
        holds = {row.pocket: row.places for row in session.execute(held.group_by(SeatHold.pocket))}
        said = {Pocket.SUPPLY: -book.capacity, **{pocket: getattr(book, name) for pocket, name in BALANCES.items()}}
        if moved != said:
            yield f"{book.key}: the transfers make {moved}, the book says {said}"
        if any(holds.get(pocket, 0) != said[pocket] for pocket in (Pocket.RESERVED, Pocket.USED)):
            yield f"{book.key}: {holds} are held, the book says {said}"
