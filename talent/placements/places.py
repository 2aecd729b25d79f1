"""Which places a placement holds in which state, and whether more was promised than there is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.row_context import SystemContext, within
from talent.pathways.catalogue import Quota, catalogue
from talent.placements.ledger import Counter, hold
from talent.placements.ledger_models import BookKind, Pocket, SeatBook
from talent.placements.models import Placement
from talent.placements.policy import visible_books
from talent.placements.states import AT_WORK, SIDE_OF, ExitReason, PlacementState, Side
from talent.training.models import Cohort, Enrolment
from talent.vacancies.models import Vacancy

S = PlacementState
FEWEST_CASES = 10
"""Below so many decided cases a share of refusals is not known."""
BEFORE_PERMIT = frozenset({S.OFFERED, S.ACCEPTED, S.TRAINING})
DONE_WORK = frozenset({*AT_WORK, S.SETTLED})
DECIDED_AGAINST = tuple(reason for reason in ExitReason if SIDE_OF[reason] is Side.AUTHORITY)


def pocket_of(kind: BookKind, state: PlacementState, last_active: PlacementState | None) -> Pocket | None:
    """Where the place of a placement is in this state: a seat is used by work, a permit's place by the permit."""
    if state in (S.RETURNED, S.ENDED):
        was = pocket_of(kind, last_active, None) if last_active else None
        return Pocket.USED if was is Pocket.USED else None
    if kind is BookKind.VACANCY:
        return Pocket.USED if state in DONE_WORK else Pocket.RESERVED
    if state in BEFORE_PERMIT:
        return None
    return Pocket.RESERVED if state is S.PERMIT else Pocket.USED


def quotas_of(placement: Placement, year: int) -> list[Quota]:
    """Every source's counter of the quota in which the way of this placement takes a place."""
    way = catalogue().pathway(placement.pathway_id)
    named = way.quotas if way else ()
    rows = catalogue().quotas
    return [row for row in rows if row.country == placement.country and row.category in named and row.year == year]


def quota_counter(quota: Quota) -> Counter:
    """The counter of a country's quota as one source says it."""
    return Counter(f"quota:{quota.id}", BookKind.QUOTA, quota.places)


def seat_counter(vacancy: Vacancy) -> Counter:
    """The counter of a vacancy's seats."""
    return Counter(f"vacancy:{vacancy.id}", BookKind.VACANCY, vacancy.seats, vacancy.id, vacancy.organisation_id)


def follow(session: Session, placement: Placement) -> None:
    """Let the places of a placement follow its state; a move that fails takes no place."""
    state = placement.state or S.OFFERED
    with within(session, SystemContext.PLACES):
        vacancy = session.get_one(Vacancy, placement.vacancy_id)
        counters = [seat_counter(vacancy), *map(quota_counter, quotas_of(placement, today().year))]
    hold(session, placement.id, {one: pocket_of(one.kind, state, placement.last_active) for one in counters})


@dataclass(frozen=True)
class Promise:
    """One counter as a page shows it: ``expected`` are the places that will be taken at the known share of refusals."""

    book: SeatBook
    expected: int

    @property
    def is_full(self) -> bool:
        """Whether one more promise would be more than there are places."""
        return self.expected >= self.book.capacity

    @property
    def too_many(self) -> int:
        """How many more are expected than there are places."""
        return max(0, self.expected - self.book.capacity)


def expected_places(reserved: int, used: int, refused_share: float | None) -> int:
    """Places that will be taken: the used and, of the reserved, all but the refused; an unknown share spares none."""
    return used + ceil(reserved * (1 - (refused_share or 0.0)))


def refused_shares(session: Session, countries: Collection[str]) -> dict[str, float]:
    """Which part of the decided placements into a country an authority refused; none for one below ten decided ones."""
    decided = Placement.state.in_([S.VISA, S.EXIT_CLEARANCE, S.TRAVELLED, S.ARRIVED, *AT_WORK, S.SETTLED, S.RETURNED])
    refused = Placement.exit_reason.in_(DECIDED_AGAINST)
    with within(session, SystemContext.FIGURES):
        counts = select(Placement.country, func.count().filter(decided), func.count().filter(refused))
        rows = session.execute(counts.where(Placement.country.in_(countries)).group_by(Placement.country)).all()
    return {
        country: against / (granted + against)
        for country, granted, against in rows
        if granted + against >= FEWEST_CASES
    }


def seats_promised(session: Session, vacancy: Vacancy) -> Promise:
    """The seats of a vacancy before one more is promised."""
    book = session.scalar(select(SeatBook).where(SeatBook.vacancy_id == vacancy.id))
    book = book or SeatBook(capacity=vacancy.seats, free=vacancy.seats, reserved=0, used=0, kind=BookKind.VACANCY)
    share = refused_shares(session, {vacancy.country}).get(vacancy.country)
    return Promise(book, expected_places(book.reserved, book.used, share))


def promises(session: Session, actor: Actor) -> Sequence[tuple[Promise, Vacancy]]:
    """The seats of every vacancy that the actor knows and in which somebody is placed, over-promised ones on top.

    Raises:
        NotPermitted: the actor places nobody.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    query = select(SeatBook, Vacancy).join(Vacancy, Vacancy.id == SeatBook.vacancy_id)
    known = visible_books(actor).with_only_columns(SeatBook.id)
    rows = session.execute(query.where(SeatBook.id.in_(known)).order_by(Vacancy.title, SeatBook.key)).all()
    shares = refused_shares(session, {vacancy.country for _, vacancy in rows})
    found = [
        (Promise(book, expected_places(book.reserved, book.used, shares.get(vacancy.country))), vacancy)
        for book, vacancy in rows
    ]
    return sorted(found, key=lambda one: -one[0].too_many)


def quotas(session: Session, actor: Actor) -> list[tuple[Quota, Promise]]:
    """Every counter of every quota as its source says it, with what is taken here; those of one quota together."""
    books = {row.key: row for row in session.scalars(visible_books(actor).where(SeatBook.kind == BookKind.QUOTA))}
    shares = refused_shares(session, {row.country for row in catalogue().quotas})
    found = []
    for row in catalogue().quotas:
        empty = SeatBook(capacity=row.places, free=row.places, reserved=0, used=0, kind=BookKind.QUOTA)
        book = books.get(f"quota:{row.id}", empty)
        found.append((row, Promise(book, expected_places(book.reserved, book.used, shares.get(row.country)))))
    return sorted(found, key=lambda one: (one[0].country, one[0].category, -one[0].year))


def expected_from_courses(session: Session, vacancies: Sequence[Vacancy]) -> dict[UUID, int]:
    """How many of the people enrolled in the courses for each of these vacancies are expected there.

    Of them as many as the known share of refusals of its country leaves; an unknown share spares none.
    """
    counted = select(Cohort.vacancy_id, func.count()).join(Enrolment, Enrolment.cohort_id == Cohort.id)
    counted = counted.where(Cohort.vacancy_id.in_([row.id for row in vacancies]), Enrolment.seat.is_not(None))
    with within(session, SystemContext.TRAINING):
        enrolled = dict(session.execute(counted.group_by(Cohort.vacancy_id)).all())
    shares = refused_shares(session, {row.country for row in vacancies if row.id in enrolled})
    return {
        row.id: expected_places(enrolled[row.id], 0, shares.get(row.country)) for row in vacancies if row.id in enrolled
    }
