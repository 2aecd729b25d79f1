"""A file of attendance: one row for one person on one day; the same file twice writes the same minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from talent.foundation.clock import now, today
from talent.foundation.copying import copy_rows
from talent.foundation.tables import Column, Table
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.people import Person, PersonKeys, checked, folded_name
from talent.training.people_file import NO_COHORT, Outcome
from talent.training.records import Attendance, TrainingDay
from talent.training.risk import count_at_risk
from talent.training.seats import WITH_COURSE
from talent.training.states import CohortState

COLUMNS = (
    Column("cohort", ("cohort reference", "batch", "class", "گروپ")),
    Column("name", ("full name", "trainee", "نام")),
    Column("cnic", ("cnic number", "id card", "شناختی کارڈ"), required=False),
    Column("phone", ("mobile", "mobile number", "فون"), required=False),
    Column("date", ("day", "تاریخ")),
    Column("minutes", ("minutes present", "منٹ")),
)
EXAMPLE = ("C-001", "Ayesha Khan", "35202-1234567-1", "0301 2345678", "2026-11-20", "360")

NOT_HERE = N_("This person is not on the course of this cohort.")
BAD_DATE = N_("Write the day as year-month-day, such as 2026-11-20.")
TO_COME = N_("This day is still to come.")
NO_LESSON = N_("Nothing is planned for this day.")
BAD_MINUTES = N_("Write whole minutes, from 0 to the {most} of this day.")
NOT_RUNNING = N_("The cohort {reference} is not running.")
TWICE = N_("Row {row} has the same person and day.")


NO_NUMBER = "without a number: "
"""Before the contact's key of somebody whose identity number the institute does not know."""


@dataclass(slots=True)
class Mark:
    """One row: who, which day, how many minutes, and why it cannot be taken."""

    number: int
    name: str
    problems: list[tuple[str, Sentence]] = field(default_factory=list)
    enrolment_id: UUID | None = None
    cohort_id: UUID | None = None
    day: date | None = None
    minutes: int = 0
    outcome: Outcome = Outcome.NEW


@dataclass(frozen=True)
class Known:
    """What the institute has: its cohorts by folded reference, people by key, planned minutes by day."""

    cohorts: Mapping[str, Cohort]
    people: Mapping[tuple[UUID, str], UUID]
    planned: Mapping[tuple[UUID, date], int]
    written: Mapping[tuple[UUID, date], int]


def _known(session: Session, institute: UUID) -> Known:
    cohorts = session.scalars(select(Cohort).where(Cohort.organisation_id == institute)).all()
    running = [one.id for one in cohorts if one.state is CohortState.RUNNING]
    people: dict[tuple[UUID, str], UUID] = {}
    rows = session.execute(
        select(Enrolment.id, Enrolment.cohort_id, Trainee.person_key, Trainee.contact_key)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id.in_(running), Enrolment.state == "active")
    )
    for row in rows:
        people[row.cohort_id, row.contact_key] = row.id
        people[row.cohort_id, row.person_key or f"{NO_NUMBER}{row.contact_key}"] = row.id
    planned = session.execute(
        select(TrainingDay.cohort_id, TrainingDay.day, TrainingDay.minutes).where(TrainingDay.cohort_id.in_(running))
    )
    written = session.execute(
        select(Attendance.enrolment_id, Attendance.day, Attendance.minutes)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.cohort_id.in_(running))
    )
    return Known(
        {fold(one.reference): one for one in cohorts},
        people,
        {(row.cohort_id, row.day): row.minutes for row in planned},
        {(row.enrolment_id, row.day): row.minutes for row in written},
    )


def examine(session: Session, institute: UUID, table: Table, keys: PersonKeys) -> list[Mark]:
    """Every row of the file, in four queries."""
    known = _known(session, institute)
    first: dict[tuple[UUID, date], int] = {}
    marks = []
    for row in table.rows:
        mark = _mark(row.number, row.values, known, keys)
        if row.problem:
            mark.problems.insert(0, ("", row.problem))
        if not mark.problems and mark.enrolment_id and mark.day:
            place = (mark.enrolment_id, mark.day)
            seen = first.setdefault(place, mark.number)
            if seen != mark.number:
                mark.problems.append(("date", Sentence(TWICE, {"row": seen})))
            elif known.written.get(place) == mark.minutes:
                mark.outcome = Outcome.SAME
        if mark.problems:
            mark.outcome = Outcome.REFUSED
        marks.append(mark)
    return marks


def _mark(number: int, values: Mapping[str, str], known: Known, keys: PersonKeys) -> Mark:
    person, problems = checked(Person(values["name"], values["cnic"], values["phone"]))
    mark = Mark(number, person.full_name, problems)
    cohort = known.cohorts.get(fold(values["cohort"]))
    if cohort is None:
        problems.append(("cohort", Sentence(NO_COHORT, {"reference": values["cohort"]})))
        return mark
    if cohort.state is not CohortState.RUNNING:
        problems.append(("cohort", Sentence(NOT_RUNNING, {"reference": cohort.reference})))
        return mark
    if not problems:
        contact = keys.of_contact(folded_name(person.full_name), person.phone)
        number_key = keys.of_number(person.cnic)
        places = (number_key, f"{NO_NUMBER}{contact}") if number_key else (contact,)
        mark.enrolment_id = next(
            (known.people[cohort.id, one] for one in places if (cohort.id, one) in known.people), None
        )
        if mark.enrolment_id is None:
            problems.append(("name", Sentence(NOT_HERE)))
    mark.cohort_id = cohort.id
    mark.day = _day(values["date"], problems)
    if mark.day is not None:
        most = known.planned.get((cohort.id, mark.day))
        if most is None:
            problems.append(("date", Sentence(NO_LESSON)))
        else:
            mark.minutes = _minutes(values["minutes"], most, problems)
    return mark


def _day(typed: str, problems: list[tuple[str, Sentence]]) -> date | None:
    try:
        day = date.fromisoformat(typed[:10])
    except ValueError:
        problems.append(("date", Sentence(BAD_DATE)))
        return None
    if day > today():
        problems.append(("date", Sentence(TO_COME)))
        return None
    return day


def _minutes(typed: str, most: int, problems: list[tuple[str, Sentence]]) -> int:
    whole = typed.removesuffix(".0")
    if whole.isascii() and whole.isdigit() and len(whole) < 5 and int(whole) <= most:
        return int(whole)
    problems.append(("minutes", Sentence(BAD_MINUTES, {"most": most})))
    return 0


def take(session: Session, institute: UUID, table: Table, keys: PersonKeys) -> list[Mark]:
    """Write the good rows over what was written before, and mark their days as kept."""
    running = select(Cohort).where(Cohort.organisation_id == institute, Cohort.state == CohortState.RUNNING)
    locked = session.scalars(
        running.order_by(Cohort.id)
        .options(*WITH_COURSE)
        .with_for_update(of=Cohort)
        .execution_options(populate_existing=True)
    ).all()
    marks = examine(session, institute, table, keys)
    new = [mark for mark in marks if mark.outcome is Outcome.NEW]
    written = {(mark.enrolment_id, mark.day): mark.minutes for mark in new}
    _forget(session, list(written))
    copy_rows(
        session, Attendance, ("enrolment_id", "day", "minutes"), ((*key, minutes) for key, minutes in written.items())
    )
    moment = now()
    for cohort_id, day in sorted({(mark.cohort_id, mark.day) for mark in new if mark.cohort_id and mark.day}):
        kept = session.get(TrainingDay, (cohort_id, day))
        if kept is not None:
            kept.kept_at = kept.kept_at or moment
    session.flush()
    touched = {mark.cohort_id for mark in new}
    count_at_risk(session, [one for one in locked if one.id in touched])
    return marks


def _forget(session: Session, places: Sequence[tuple[UUID | None, date | None]]) -> None:
    """Remove what was written of these people and days, so that it can be written anew."""
    if not places:
        return
    wanted = text("select unnest(cast(:ids as uuid[])) as enrolment_id, unnest(cast(:days as date[])) as day").columns(
        Attendance.enrolment_id, Attendance.day
    )
    pairs = wanted.bindparams(ids=[one for one, _ in places], days=[day for _, day in places]).subquery("pairs")
    session.execute(
        delete(Attendance).where(Attendance.enrolment_id == pairs.c.enrolment_id, Attendance.day == pairs.c.day)
    )
