"""What stands in each report about a cohort, in the reader's words: the plan, the people, a month, the end, work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.foundation.clock import today
from talent.foundation.printed import Sheet
from talent.foundation.words import N_, Sentence
from talent.training import attendance, minutes, results, seats
from talent.training.minutes import ATTENDS
from talent.training.models import Cohort, CourseSkill, Enrolment
from talent.training.reports import next_month
from talent.training.standing import Standing
from talent.training.states import EnrolmentState
from talent.training.terms import MINUTES_AN_HOUR, PART_NAMES, REPORT_NAMES, STATE_NAMES, ReportKind

Say = Callable[[object], str]
"""Any message, day or number in the reader's language."""
Table = tuple[list[str], list[list[str]]]
MADE = N_("Made on {day} from the register of the institute.")
PLACES = N_("What is empty is to be filled in with the employer: this service knows no work of that person.")


@dataclass(frozen=True)
class Work:
    """Where somebody of the cohort began to work, and when."""

    employer: str
    began_on: date


NO_WORK: Mapping[UUID, Work] = MappingProxyType({})


def sheet(
    session: Session,
    cohort: Cohort,
    kind: ReportKind,
    *,
    month: date | None,
    language: str,
    say: Say,
    work: Mapping[UUID, Work] = NO_WORK,
) -> Sheet:
    """The report as it stands today; a monthly one tells of its month alone.

    ``work`` is by the trainees' profiles, from whoever knows of placements; the on-the-job report shows it.
    """
    course = cohort.course
    facts: list[tuple[str, object]] = [
        (N_("Course"), course.title),
        (N_("Cohort"), cohort.reference),
        (N_("Month"), f"{month:%Y-%m}" if month else ""),
        (N_("First day"), cohort.starts_on or ""),
        (N_("Last day"), cohort.ends_on or ""),
        (N_("Venue"), cohort.venue),
        (N_("Instructors"), ", ".join(cohort.instructors)),
        (N_("Seats"), cohort.seats),
    ]
    if kind is ReportKind.INCEPTION:
        taught = select(CourseSkill.words).where(CourseSkill.course_id == course.id).order_by(CourseSkill.words)
        facts.append((N_("Skills taught"), ", ".join(session.scalars(taught))))
    if kind is ReportKind.ON_THE_JOB:
        header, rows = _work(session, cohort, work)
    else:
        header, rows = TABLES[kind](session, cohort, month, say)
    footer = say(Sentence(MADE, {"day": today()}))
    if kind is ReportKind.ON_THE_JOB:
        footer = f"{say(PLACES)} {footer}"
    told = [(say(name), value if isinstance(value, str) else say(value)) for name, value in facts if value != ""]
    return Sheet(language, say(REPORT_NAMES[kind]), told, [say(name) for name in header], rows, footer)


def _plan(session: Session, cohort: Cohort, _month: date | None, say: Say) -> Table:
    planned = attendance.days(session, cohort)
    rows = [[one.day.isoformat(), say(PART_NAMES[one.part]), _hours(one.minutes)] for one in planned]
    return [N_("Day"), N_("Part"), N_("Hours")], rows


def _trainees(session: Session, cohort: Cohort, _month: date | None, say: Say) -> Table:
    rows = [
        [name, say(STATE_NAMES[one.state]), one.applied_at.date().isoformat(), say(_yes(one))]
        for one, name in _people(session, cohort)
    ]
    return [N_("Name"), N_("State"), N_("Applied on"), N_("For the vacancy")], rows


def _progress(session: Session, cohort: Cohort, month: date | None, say: Say) -> Table:
    until = next_month(month) if month else None
    stands = minutes.standings(session, cohort, since=month, until=until)
    rows = [
        [
            name,
            say(STATE_NAMES[one.state]),
            *_attended(standing_of(one, stands)),
        ]
        for one, name in _people(session, cohort)
    ]
    return [N_("Name"), N_("State"), N_("Hours attended"), N_("Hours held"), N_("Attendance in percent")], rows


def _completion(session: Session, cohort: Cohort, _month: date | None, say: Say) -> Table:
    stands, recorded = minutes.standings(session, cohort), results.results_of(session, cohort)
    tests = results.assessments(session, cohort)
    rows = []
    for one, name in _people(session, cohort):
        own = recorded.get(one.id, {})
        percent = _attended(standing_of(one, stands))[-1]
        marks = [say(PASSED[own[test.id].passed]) if test.id in own else "" for test in tests]
        rows.append([name, say(STATE_NAMES[one.state]), percent, *marks])
    return [N_("Name"), N_("State"), N_("Attendance in percent"), *(test.title for test in tests)], rows


def _work(session: Session, cohort: Cohort, work: Mapping[UUID, Work]) -> Table:
    certified = cohort.certified_on.isoformat() if cohort.certified_on else ""
    done = [(one, name) for one, name in _people(session, cohort) if one.state is EnrolmentState.COMPLETED]
    known = [work.get(one.trainee.profile_id) if one.trainee.profile_id else None for one, _ in done]
    rows = [
        [name, certified, *((at.employer, at.began_on.isoformat()) if at else ("", "")), ""]
        for (_, name), at in zip(done, known, strict=True)
    ]
    return [N_("Name"), N_("Certified on"), N_("Employer"), N_("First day"), N_("Signature")], rows


TABLES: dict[ReportKind, Callable[[Session, Cohort, date | None, Say], Table]] = {
    ReportKind.INCEPTION: _plan,
    ReportKind.TRAINEES: _trainees,
    ReportKind.PROGRESS: _progress,
    ReportKind.COMPLETION: _completion,
}
PASSED = {True: N_("Passed"), False: N_("Not passed")}


def standing_of(person: Enrolment, stands: Mapping[UUID, Standing]) -> Standing | None:
    """How somebody stands; None for those whose attendance is not reckoned."""
    return stands.get(person.id) if person.state in ATTENDS else None


def _people(session: Session, cohort: Cohort) -> list[tuple[Enrolment, str]]:
    """Those who have or had a seat, with their names."""
    people = [one for one in seats.people_in(session, cohort) if one.state is not EnrolmentState.APPLIED]
    names = seats.names_of(session, people)
    return [(one, names[one.id]) for one in people]


def _yes(person: Enrolment) -> str:
    return N_("Yes") if person.for_vacancy else N_("No")


def _attended(standing: Standing | None) -> list[str]:
    if standing is None:
        return ["", "", ""]
    percent = "" if standing.percent is None else str(standing.percent)
    return [_hours(standing.attended), _hours(standing.past), percent]


def _hours(minutes: int) -> str:
    return f"{minutes / MINUTES_AN_HOUR:g}"
