"""Minutes planned, past and attended, added up by the database for everybody who takes or took part."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.training.models import Cohort, Enrolment
from talent.training.records import Attendance, TrainingDay
from talent.training.standing import Standing
from talent.training.states import EnrolmentState

ATTENDS = frozenset({EnrolmentState.ACTIVE, EnrolmentState.COMPLETED, EnrolmentState.FAILED})


def standings(
    session: Session, cohort: Cohort, *, since: date | None = None, until: date | None = None
) -> dict[UUID, Standing]:
    """How each who takes or took part stands, by enrolment.

    The past is every day with a register; a day on which nothing is written for somebody counts as missed. Only days
    from ``since`` on and before ``until`` are looked at.
    """
    return standings_of(session, [cohort.id], since=since, until=until).get(cohort.id, {})


def standings_of(
    session: Session,
    cohort_ids: Collection[UUID],
    *,
    only: Collection[UUID] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> dict[UUID, dict[UUID, Standing]]:
    """By cohort and enrolment, in one query: as ``standings``; ``only`` leaves out all other enrolments."""
    first, end = since or date.min, until or date.max
    in_days = (TrainingDay.cohort_id.in_(cohort_ids), TrainingDay.day >= first, TrainingDay.day < end)
    planned = func.sum(TrainingDay.minutes)
    past = planned.filter(TrainingDay.kept_at.is_not(None))
    plan = (
        select(TrainingDay.cohort_id, planned.label("planned"), func.coalesce(past, 0).label("past"))
        .where(*in_days)
        .group_by(TrainingDay.cohort_id)
        .subquery()
    )
    there = (Attendance.enrolment_id == Enrolment.id) & (Attendance.day >= first) & (Attendance.day < end)
    query = (
        select(Enrolment.cohort_id, Enrolment.id, plan.c.planned, plan.c.past, func.sum(Attendance.minutes))
        .outerjoin(plan, plan.c.cohort_id == Enrolment.cohort_id)
        .outerjoin(Attendance, there)
        .where(Enrolment.cohort_id.in_(cohort_ids), Enrolment.state.in_(ATTENDS))
        .group_by(Enrolment.id, plan.c.planned, plan.c.past)
    )
    if only is not None:
        query = query.where(Enrolment.id.in_(only))
    found: dict[UUID, dict[UUID, Standing]] = defaultdict(dict)
    for cohort_id, key, *minutes in session.execute(query):
        found[cohort_id][key] = Standing(*(int(one or 0) for one in minutes))
    return found
