"""The days of a cohort: planned, kept on a phone, printed to sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import TalentError
from talent.training import attendance, seats, service
from talent.training.attendance import DayPlan
from talent.training.models import Cohort, Enrolment
from talent.training.records import TrainingDay
from talent.training.schemas import DayPlanDraft
from talent.training.states import EnrolmentState
from talent.training.terms import MINUTES_AN_HOUR, PART_NAMES
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, FormDep, blank
from web.parts import Choice
from web.policy import holds
from web.routes.training import kept, reader
from web.routes.training_words import WEEKDAYS

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP, Permission.TRAINING_READ_ALL)])
FULL, HALF, ABSENT = "full", "half", "absent"


@dataclass(frozen=True)
class DayView:
    """The register of one day: who is on the course, and what is written down."""

    cohort: Cohort
    day: TrainingDay
    people: Sequence[Enrolment]
    names: Mapping[UUID, str]
    marks: Mapping[UUID, str]
    days: Sequence[TrainingDay]
    before: date | None
    after: date | None


def plan_view(cohort: Cohort) -> dict[str, Any]:
    """The form of the plan of days."""
    return {
        "cohort": cohort,
        "weekdays": [Choice(str(number), name) for number, name in enumerate(WEEKDAYS)],
        "parts": [Choice(part.value, name) for part, name in PART_NAMES.items()],
    }


@router.get("/cohorts/{cohort_id}/days", dependencies=kept)
def plan(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form of the plan of days."""
    service.own_institute(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    form = blank(weekdays=["0", "1", "2", "3", "4"], hours=6, part="vocational")
    return page.show("training/days.html", plan_view(cohort), form=form)


@router.post("/cohorts/{cohort_id}/days", dependencies=kept)
def save_plan(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Plan the days; those with a register stay."""
    cohort = service.get_cohort(session, actor, cohort_id, to_change=True)
    answer = form.read(DayPlanDraft)
    if answer.value is None:
        return page.again("training/days.html", plan_view(cohort), answer)
    wanted = DayPlan(frozenset(answer.value.weekdays), answer.value.hours * MINUTES_AN_HOUR, answer.value.part)
    try:
        with session.begin_nested():
            form.once(session, actor, then=f"/training/cohorts/{cohort_id}")
            attendance.plan_days(session, actor, cohort, [wanted])
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        return page.again("training/days.html", plan_view(cohort), answer.refuse("weekdays", refused.message))
    return form.done(session, f"/training/cohorts/{cohort_id}")


def day_view(session: SessionDep, cohort: Cohort, day: date) -> DayView:
    """The register of this day."""
    planned = attendance.get_day(session, cohort, day)
    written = attendance.minutes_on(session, cohort, day)
    half = planned.minutes // 2
    marks = {
        key: FULL if minutes >= planned.minutes else (HALF if minutes >= half and minutes else ABSENT)
        for key, minutes in written.items()
    }
    people = [one for one in seats.people_in(session, cohort) if one.state is EnrolmentState.ACTIVE]
    days = attendance.days(session, cohort)
    past = [one.day for one in days if one.day < day]
    later = [one.day for one in days if one.day > day]
    names = seats.names_of(session, people)
    return DayView(cohort, planned, people, names, marks, days, past[-1] if past else None, later[0] if later else None)


@router.get("/cohorts/{cohort_id}/register/{day}")
def day(cohort_id: UUID, day: date, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The register of one day, for a phone."""
    reader(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    return page.show("training/register.html", day_view(session, cohort, day))


@router.get("/cohorts/{cohort_id}/sheet/{day}")
def sheet(cohort_id: UUID, day: date, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The same register to print and sign."""
    reader(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    return page.show("training/sheet.html", day_view(session, cohort, day))


@router.post("/cohorts/{cohort_id}/register/{day}", dependencies=kept)
def keep(cohort_id: UUID, day: date, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the register of one day; somebody who is not marked keeps what was written before."""
    here = f"/training/cohorts/{cohort_id}"
    cohort = service.get_cohort(session, actor, cohort_id, to_change=True)
    view = day_view(session, cohort, day)
    minutes = {FULL: view.day.minutes, HALF: view.day.minutes // 2, ABSENT: 0}
    sent: Answer[Any] = Answer(fields=form.fields)
    marked = {one.id: minutes[mark] for one in view.people if (mark := sent.text(f"mark-{one.id}")) in minutes}
    try:
        with session.begin_nested():
            form.once(session, actor, then=here)
            attendance.keep_day(session, actor, cohort, day, marked)
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        return page.again("training/register.html", view, sent.refuse("form", refused.message))
    return form.done(session, here)
