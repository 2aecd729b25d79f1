"""The register of days: planned once, kept day by day, added up per trainee."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.records import Attendance, TrainingDay
from talent.training.standing import Standing
from talent.training.states import COHORT, CohortState, EnrolmentState
from talent.training.terms import MOST_MINUTES_A_DAY, CoursePart

NOT_YET = N_("This day is still to come.")
TOO_LONG = N_("{name}: more minutes than the day has.")
ATTENDS = frozenset({EnrolmentState.ACTIVE, EnrolmentState.COMPLETED, EnrolmentState.FAILED})
LEAST_MINUTES = 15


@dataclass(frozen=True)
class DayPlan:
    """The same lesson on these weekdays (0 is Monday) from the first to the last day of the cohort."""

    weekdays: frozenset[int]
    minutes: int
    part: CoursePart = CoursePart.VOCATIONAL


def days(session: Session, cohort: Cohort) -> list[TrainingDay]:
    """The days of the cohort in order."""
    query = select(TrainingDay).where(TrainingDay.cohort_id == cohort.id)
    return list(session.scalars(query.order_by(TrainingDay.day)))


def plan_days(session: Session, actor: Actor, cohort: Cohort, plans: Sequence[DayPlan]) -> int:
    """Plan the days anew; days whose register is kept stay as they are. How many days there are.

    Raises:
        Conflict: the cohort has ended.
        Unprocessable: it has no first and last day, or no day is left by the plan.
    """
    actor.require(Permission.TRAINING_KEEP)
    if cohort.state in COHORT.final:
        raise Conflict(N_("This cohort has ended. It can be read and no longer changed."))
    if cohort.starts_on is None or cohort.ends_on is None:
        raise Unprocessable(N_("Enter the first and the last day of the cohort."))
    span = (cohort.ends_on - cohort.starts_on).days + 1
    wanted = {
        day: plan
        for plan in plans
        for day in (cohort.starts_on + timedelta(days=number) for number in range(span))
        if day.weekday() in plan.weekdays
    }
    if not wanted:
        raise Unprocessable(N_("No day of the cohort falls on these weekdays."))
    session.execute(delete(TrainingDay).where(TrainingDay.cohort_id == cohort.id, TrainingDay.kept_at.is_(None)))
    kept = {one.day for one in days(session, cohort)}
    session.add_all(
        TrainingDay(cohort_id=cohort.id, day=day, part=plan.part, minutes=plan.minutes)
        for day, plan in wanted.items()
        if day not in kept
    )
    session.flush()
    return len(kept | wanted.keys())


def get_day(session: Session, cohort: Cohort, day: date) -> TrainingDay:
    """One planned day.

    Raises:
        NotFound: nothing is taught on it.
    """
    found = session.get(TrainingDay, (cohort.id, day))
    if found is None:
        raise NotFound(N_("Nothing is planned for this day."))
    return found


def keep_day(
    session: Session, actor: Actor, cohort: Cohort, day: date, minutes: Mapping[UUID, int], *, add_day: bool = False
) -> None:
    """Write down how long each was there; who is not named keeps what was written before.

    ``add_day`` plans a day that was not planned, as long as the longest presence.

    Raises:
        Conflict: the cohort is not running.
        NotFound: nothing is planned on this day.
        Unprocessable: the day is still to come, a number is impossible, or somebody is not of this cohort.
    """
    actor.require(Permission.TRAINING_KEEP)
    if cohort.state is not CohortState.RUNNING:
        raise Conflict(N_("The register is kept while the cohort is running."))
    if day > today():
        raise Unprocessable(NOT_YET)
    planned = session.get(TrainingDay, (cohort.id, day))
    if planned is None and add_day:
        longest = max([LEAST_MINUTES, *minutes.values()])
        planned = TrainingDay(cohort_id=cohort.id, day=day, minutes=min(longest, MOST_MINUTES_A_DAY))
        session.add(planned)
    if planned is None:
        raise NotFound(N_("Nothing is planned for this day."))
    own = _attending(session, cohort, minutes.keys())
    for enrolment_id, held in minutes.items():
        if enrolment_id not in own or not 0 <= held <= planned.minutes:
            raise Unprocessable(Sentence(TOO_LONG, {"name": own.get(enrolment_id, "?")}))
    write_minutes(session, [(enrolment_id, day, held) for enrolment_id, held in minutes.items()])
    planned.kept_at = planned.kept_at or now()
    session.flush()


def write_minutes(session: Session, rows: Sequence[tuple[UUID, date, int]]) -> None:
    """Write these minutes, over what was written before."""
    if not rows:
        return
    made = insert(Attendance).values(
        [{"enrolment_id": enrolment, "day": day, "minutes": minutes} for enrolment, day, minutes in rows]
    )
    session.execute(
        made.on_conflict_do_update(index_elements=["enrolment_id", "day"], set_={"minutes": made.excluded.minutes})
    )


def _attending(session: Session, cohort: Cohort, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(Enrolment.id, Trainee.full_name)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.id.in_(ids))
    )
    return dict(rows.all())


def minutes_on(session: Session, cohort: Cohort, day: date) -> dict[UUID, int]:
    """What is written down for one day, by enrolment."""
    rows = session.execute(
        select(Attendance.enrolment_id, Attendance.minutes)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id, Attendance.day == day)
    )
    return {row.enrolment_id: row.minutes for row in rows}


def standings(
    session: Session, cohort: Cohort, *, since: date | None = None, until: date | None = None
) -> dict[UUID, Standing]:
    """How each who takes or took part stands, by enrolment, in two queries.

    The past is every day with a register; a day on which nothing is written for somebody counts as missed. Only days
    from ``since`` on and before ``until`` are looked at.
    """
    first, end = since or date.min, until or date.max
    planned, past = session.execute(
        select(
            func.coalesce(func.sum(TrainingDay.minutes), 0),
            func.coalesce(func.sum(TrainingDay.minutes).filter(TrainingDay.kept_at.is_not(None)), 0),
        ).where(TrainingDay.cohort_id == cohort.id, TrainingDay.day >= first, TrainingDay.day < end)
    ).one()
    rows = session.execute(
        select(Enrolment.id, func.coalesce(func.sum(Attendance.minutes), 0))
        .outerjoin(
            Attendance,
            (Attendance.enrolment_id == Enrolment.id) & (Attendance.day >= first) & (Attendance.day < end),
        )
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(ATTENDS))
        .group_by(Enrolment.id)
    )
    return {key: Standing(int(planned), int(past), int(attended)) for key, attended in rows}
