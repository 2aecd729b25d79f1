"""Giving and freeing places, as double entry: every transfer leaves one pocket of a book and enters another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
        for counter in sorted(wanted, key=lambda one: one.key):
            _put(session, locked_book(session, counter), placement_id, wanted[counter])
        session.flush()


def locked_book(session: Session, counter: Counter) -> SeatBook:
    """The book of a counter, made when there is none, with as many places as its source says today."""
    fresh = {"free": 0, "reserved": 0, "used": 0, "capacity": 0, "id": uuid4()}
    values = {"key": counter.key, "kind": counter.kind, "vacancy_id": counter.vacancy_id}
    owned = {**values, **fresh, "organisation_id": counter.organisation_id}
    session.execute(insert(SeatBook).values(owned).on_conflict_do_nothing(index_elements=["key"]))
    query = select(SeatBook).where(SeatBook.key == counter.key).with_for_update()
    book = session.scalars(query.execution_options(populate_existing=True)).one()
    more = counter.capacity - book.capacity
    if more > 0:
        _transfer(session, book, Pocket.SUPPLY, Pocket.FREE, more)
    elif more < 0:
        _transfer(session, book, Pocket.FREE, Pocket.SUPPLY, -more)
    return book


def _put(session: Session, book: SeatBook, placement_id: UUID, pocket: Pocket | None) -> None:
    own = select(SeatHold).where(SeatHold.book_id == book.id, SeatHold.held_for == placement_id)
    held = session.scalars(own).one_or_none()
    source, target = held.pocket if held else Pocket.FREE, pocket or Pocket.FREE
    if source is target:
        return
    _transfer(session, book, source, target, 1)
    if pocket is None:
        session.delete(held)
    elif held is None:
        session.add(SeatHold(book_id=book.id, held_for=placement_id, pocket=pocket))
    else:
        held.pocket = pocket


def _transfer(session: Session, book: SeatBook, source: Pocket, target: Pocket, places: int) -> None:
    for pocket, change in ((source, -places), (target, places)):
        if pocket is Pocket.SUPPLY:
            book.capacity -= change
        else:
            setattr(book, BALANCES[pocket], getattr(book, BALANCES[pocket]) + change)
    session.add(SeatTransfer(book_id=book.id, from_pocket=source, to_pocket=target, places=places, at=now()))
    session.flush()


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
