"""The register of days: planned once, kept day by day, added up per trainee."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.training.cards import opened
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.records import Attendance, TrainingDay
from talent.training.risk import count_at_risk
from talent.training.states import COHORT, CohortState
from talent.training.terms import MOST_MINUTES_A_DAY, CoursePart

NOT_YET = N_("This day is still to come.")
TOO_LONG = N_("{name}: more minutes than the day has.")
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
    """Plan the days of these parts anew; how many days the cohort then has.

    A day whose register is kept stays as it is, and so does every day of a part that is not planned now.

    Raises:
        Conflict: the cohort has ended.
        Unprocessable: it has no first and last day, or no day is left for the plan.
    """
    actor.require(Permission.TRAINING_KEEP)
    if cohort.state in COHORT.final:
        raise Conflict(N_("This cohort has ended. It can be read and no longer changed."))
    if cohort.starts_on is None or cohort.ends_on is None:
        raise Unprocessable(N_("Enter the first and the last day of the cohort."))
    anew = [plan.part for plan in plans]
    held = days(session, cohort)
    stays = {one.day for one in held if one.kept_at is not None or one.part not in anew}
    span = (cohort.ends_on - cohort.starts_on).days + 1
    wanted = {
        day: plan
        for plan in plans
        for day in (cohort.starts_on + timedelta(days=number) for number in range(span))
        if day.weekday() in plan.weekdays and day not in stays
    }
    if not wanted:
        raise Unprocessable(N_("No free day of the cohort falls on these weekdays."))
    for one in held:
        if one.day not in stays:
            session.delete(one)
    session.flush()
    session.add_all(
        TrainingDay(cohort_id=cohort.id, day=day, part=plan.part, minutes=plan.minutes) for day, plan in wanted.items()
    )
    session.flush()
    return len(stays | wanted.keys())


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
            raise Unprocessable(Sentence(TOO_LONG, {"name": _name(session, own.get(enrolment_id))}))
    write_minutes(session, [(enrolment_id, day, held) for enrolment_id, held in minutes.items()])
    planned.kept_at = planned.kept_at or now()
    session.flush()
    count_at_risk(session, [cohort])


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


def _attending(session: Session, cohort: Cohort, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of these enrolments that are the cohort's, with their trainees."""
    own = select(Enrolment.id, Enrolment.trainee_id).where(Enrolment.cohort_id == cohort.id, Enrolment.id.in_(ids))
    return dict(session.execute(own).all())


def _name(session: Session, trainee_id: UUID | None) -> str:
    if trainee_id is None:
        return "?"
    return opened(session, [session.get_one(Trainee, trainee_id)])[trainee_id].full_name


def minutes_on(session: Session, cohort: Cohort, day: date) -> dict[UUID, int]:
    """What is written down for one day, by enrolment."""
    rows = session.execute(
        select(Attendance.enrolment_id, Attendance.minutes)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id, Attendance.day == day)
    )
    return {row.enrolment_id: row.minutes for row in rows}
