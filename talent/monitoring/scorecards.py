"""Employers and institutes side by side, seats promised against seats held, and demand that no pathway is open to.

For project staff, who may read every case behind these counts; they are exact, of this moment, and never published.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.row_context import SystemContext, within
from talent.placements.cost_models import Cost
from talent.placements.cost_terms import CostParty
from talent.placements.models import Placement
from talent.placements.service import open_ways
from talent.placements.states import AT_WORK, FINAL, SIDE_OF, PlacementState, Side
from talent.taxonomy.models import Occupation
from talent.training.models import Cohort, Enrolment
from talent.training.states import EnrolmentState
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

SHOWN = 50
OF_EMPLOYER = tuple(reason for reason, side in SIDE_OF.items() if side is Side.EMPLOYER)


@dataclass(frozen=True)
class EmployerCard:
    """One employer in one country: seats in published vacancies, and what became of its placements."""

    employer: str
    country: str
    seats: int
    placements: int
    at_work: int
    ended: int
    """Ended before their time, for any reason."""
    by_employer: int
    """Of those, for a reason on the employer's side."""


@dataclass(frozen=True)
class InstituteCard:
    """One institute: seats of its cohorts, people enrolled, who completed and who left."""

    institute: str
    seats: int
    enrolled: int
    completed: int
    left: int
    failed: int


@dataclass(frozen=True)
class Seats:
    """One country: seats promised in published vacancies, and placements that hold one, under way or at work."""

    country: str
    promised: int
    under_way: int
    at_work: int


@dataclass(frozen=True)
class Unmet:
    """Vacancies of one occupation in one country to which no way of the catalogue is open."""

    country: str
    isco_group: str
    vacancies: int
    seats: int


@dataclass(frozen=True)
class CostCard:
    """What was paid around placements by one pathway, in one currency; whole cents."""

    pathway_id: str
    currency: str
    placements: int
    """Placements of which at least one paid amount is written down: the others are not known, and not counted."""
    total_cents: int
    by_worker_cents: int

    @property
    def each_cents(self) -> int:
        """The sum by placement."""
        return self.total_cents // self.placements


def costs(session: Session, actor: Actor) -> list[CostCard]:
    """Costs per placement where any are recorded, by pathway and currency, the most placements first."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    by = (Placement.pathway_id, Cost.currency)
    placements = func.count(func.distinct(Placement.id))
    by_worker = func.coalesce(func.sum(Cost.amount_cents).filter(Cost.payer == CostParty.WORKER), 0)
    query = (
        select(*by, placements, func.sum(Cost.amount_cents), by_worker)
        .join(Cost, Cost.placement_id == Placement.id)
        .where(Cost.paid_on.is_not(None), Cost.amount_cents.is_not(None))
        .group_by(*by)
        .order_by(placements.desc(), *by)
    )
    return [CostCard(row[0], row[1], row[2], row[3] or 0, row[4] or 0) for row in session.execute(query)]


def employers(session: Session, actor: Actor) -> list[EmployerCard]:
    """The employers with the most placements.

    Raises:
        NotPermitted: the actor may not read every placement.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    published = select(Vacancy.employer, Vacancy.country, func.sum(Vacancy.seats)).where(
        Vacancy.state == VacancyState.PUBLISHED
    )
    seats = {(row[0], row[1]): row[2] for row in session.execute(published.group_by(Vacancy.employer, Vacancy.country))}
    by = (Placement.employer, Placement.country)
    query = (
        select(
            *by,
            func.count(),
            func.count().filter(Placement.state.in_(AT_WORK)),
            func.count().filter(Placement.state == PlacementState.ENDED),
            func.count().filter(Placement.exit_reason.in_(OF_EMPLOYER)),
        )
        .group_by(*by)
        .order_by(func.count().desc(), *by)
        .limit(SHOWN)
    )
    return [
        EmployerCard(row[0], row[1], seats.get((row[0], row[1]), 0), row[2], row[3], row[4], row[5])
        for row in session.execute(query)
    ]


def institutes(session: Session, actor: Actor) -> list[InstituteCard]:
    """The institutes with the most people enrolled."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    S = EnrolmentState  # noqa: N806 - as the tables of states write it
    seated = select(Cohort.organisation_id, func.sum(Cohort.seats)).group_by(Cohort.organisation_id)
    query = (
        select(
            Organisation.id,
            Organisation.name,
            func.count().filter(Enrolment.state != S.APPLIED),
            *(func.count().filter(Enrolment.state == state) for state in (S.COMPLETED, S.DROPPED_OUT, S.FAILED)),
        )
        .join(Cohort, Cohort.organisation_id == Organisation.id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .group_by(Organisation.id)
        .order_by(func.count().desc(), Organisation.name)
        .limit(SHOWN)
    )
    with within(session, SystemContext.FIGURES):
        seats = {row[0]: row[1] for row in session.execute(seated)}
        return [
            InstituteCard(row[1], seats.get(row[0], 0), row[2], row[3], row[4], row[5])
            for row in session.execute(query)
        ]


def seats_held(session: Session, actor: Actor) -> list[Seats]:
    """Seats promised against held, by country."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    promised = select(Vacancy.country, func.sum(Vacancy.seats)).where(Vacancy.state == VacancyState.PUBLISHED)
    seats = {row[0]: row[1] for row in session.execute(promised.group_by(Vacancy.country))}
    at_work = func.count().filter(Placement.state.in_(AT_WORK))
    query = select(Placement.country, func.count() - at_work, at_work).where(Placement.state.not_in(FINAL))
    held = {row[0]: (row[1], row[2]) for row in session.execute(query.group_by(Placement.country))}
    return [
        Seats(country, seats.get(country, 0), *held.get(country, (0, 0)))
        for country in sorted(seats.keys() | held.keys())
    ]


def unmet_demand(session: Session, actor: Actor) -> list[Unmet]:
    """Vacancies, open or closed, whose occupation has no open way into their country: lost for lack of a pathway."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    by = (Vacancy.country, Occupation.isco_group)
    query = (
        select(*by, func.count(), func.sum(Vacancy.seats))
        .join(Occupation, Occupation.id == Vacancy.occupation_id)
        .where(Vacancy.state.in_([VacancyState.PUBLISHED, VacancyState.CLOSED]))
        .group_by(*by)
        .order_by(func.sum(Vacancy.seats).desc(), *by)
    )
    found = [Unmet(row[0], row[1], row[2], row[3]) for row in session.execute(query)]
    return [row for row in found if not open_ways(row.country, row.isco_group, on=today())]
