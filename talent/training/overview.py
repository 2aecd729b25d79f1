"""What an institute sees first, and project staff across institutes: figures, and one page of the cohorts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.paging import Page, page_of
from talent.training.models import Cohort, Course, Enrolment, Programme
from talent.training.policy import visible_cohorts, visible_courses, visible_programmes
from talent.training.seats import WITH_COURSE
from talent.training.states import COHORT, SEATED, CohortState, EnrolmentState


@dataclass(frozen=True)
class Figures:
    """Cohorts under way with their seats and people, of one institute."""

    organisation_id: UUID
    cohorts: int
    seated: int
    waiting: int
    at_risk: int


def figures(session: Session, actor: Actor) -> list[Figures]:
    """The figures of each institute that the actor may know and that has a cohort under way, in one query."""
    going = visible_cohorts(actor).where(Cohort.state.not_in(COHORT.final)).subquery()
    people = (
        select(
            Enrolment.cohort_id,
            func.count().filter(Enrolment.state.in_(SEATED)).label("seated"),
            func.count().filter(Enrolment.state == EnrolmentState.APPLIED).label("waiting"),
        )
        .join(going, going.c.id == Enrolment.cohort_id)
        .group_by(Enrolment.cohort_id)
        .subquery()
    )
    rows = session.execute(
        select(
            going.c.organisation_id,
            func.count(),
            func.coalesce(func.sum(people.c.seated), 0),
            func.coalesce(func.sum(people.c.waiting), 0),
            func.coalesce(func.sum(going.c.at_risk).filter(going.c.state == CohortState.RUNNING), 0),
        )
        .outerjoin(people, people.c.cohort_id == going.c.id)
        .group_by(going.c.organisation_id)
    )
    return [Figures(key, *(int(one) for one in counts)) for key, *counts in rows]


def page_of_cohorts(
    session: Session,
    actor: Actor,
    *,
    number: int,
    organisation_id: UUID | None = None,
    state: CohortState | None = None,
) -> Page[Cohort]:
    """One page of the cohorts that the actor may know, with their courses, those under way first, then the latest."""
    query = visible_cohorts(actor).options(*WITH_COURSE)
    if organisation_id is not None:
        query = query.where(Cohort.organisation_id == organisation_id)
    if state is not None:
        query = query.where(Cohort.state == state)
    over = Cohort.state.in_(COHORT.final)
    return page_of(
        session,
        query.order_by(over, Cohort.starts_on.desc().nulls_first(), Cohort.reference, Cohort.id),
        number=number,
    )


def courses_by_programme(
    session: Session, actor: Actor, *, organisation_id: UUID | None = None
) -> list[tuple[Programme, Sequence[tuple[UUID, str]]]]:
    """The programmes that the actor may know by title, each with the ids and titles of its courses."""
    programmes, courses = visible_programmes(actor), visible_courses(actor)
    if organisation_id is not None:
        programmes = programmes.where(Programme.organisation_id == organisation_id)
        courses = courses.where(Course.organisation_id == organisation_id)
    taught: dict[UUID, list[tuple[UUID, str]]] = {}
    columns = courses.with_only_columns(Course.programme_id, Course.id, Course.title)
    for programme_id, key, title in session.execute(columns.order_by(Course.title)):
        taught.setdefault(programme_id, []).append((key, title))
    return [(one, taught.get(one.id, ())) for one in session.scalars(programmes.order_by(Programme.title))]
