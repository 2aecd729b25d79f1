"""What registers give away by themselves: identical patterns, shared phones, days that cannot be, people left out.

Nothing follows from a finding. A person of the project looks at it and says what it was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.take import take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import NotFound
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.policy import visible_findings
from talent.training.records import Attendance, IntegrityFinding, TrainingDay
from talent.training.states import (
    INTEGRITY_FINDING,
    CohortState,
    EnrolmentFacts,
    EnrolmentState,
    FindingAction,
    FindingState,
)
from talent.training.terms import FindingKind

FEWEST_DAYS = 10  # with fewer days a pattern says nothing (S-OWN-8)
FEWEST_ALIKE = 3  # people with the same pattern of absences (S-OWN-8)
FEWEST_SHARING = 3  # people behind one phone; families share phones (S-OWN-8)
LATE_DAYS = 3  # a register that is so many days late is missing (S-OWN-8)

Noticed = tuple[FindingKind, str, dict[str, Any]]


def look_at(session: Session) -> int:
    """Look at every running cohort and keep what is new; how many findings were added."""
    running = session.scalars(select(Cohort).where(Cohort.state == CohortState.RUNNING).order_by(Cohort.id))
    return sum(_keep(session, cohort, one) for cohort in running for one in noticed(session, cohort))


def note_move(session: Session, cohort: Cohort, before: str) -> None:
    """A class that is under way is taught elsewhere from now on: somebody asks whether the trainees were told."""
    day = today().isoformat()
    with within(session, SystemContext.TRAINING):
        _keep(session, cohort, (FindingKind.RELOCATION, day, {"day": day, "before": before, "now": cohort.venue}))


def _keep(session: Session, cohort: Cohort, found: Noticed) -> int:
    kind, what, facts = found
    made = insert(IntegrityFinding).values(
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.id,
        kind=kind,
        what=what,
        facts=facts,
        noticed_at=now(),
        state=INTEGRITY_FINDING.initial,
        version=1,
    )
    return len(session.execute(made.on_conflict_do_nothing().returning(IntegrityFinding.id)).all())


def noticed(session: Session, cohort: Cohort) -> Iterator[Noticed]:
    """What does not look right in one cohort today."""
    yield from same_patterns(session, cohort)
    yield from shared_phones(session, cohort)
    yield from missing_registers(session, cohort, today())
    yield from impossible_days(session, cohort)
    yield from people_left_out(session, cohort)
    yield from people_never_there(session, cohort)


def same_patterns(session: Session, cohort: Cohort) -> Iterator[Noticed]:
    """Several people who were absent on exactly the same days, and on at least one."""
    marks: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    rows = session.execute(
        select(Attendance.enrolment_id, Attendance.day, Attendance.minutes)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Attendance.day)
    )
    for row in rows:
        marks[row.enrolment_id].append((row.day, row.minutes))
    alike: dict[tuple[tuple[date, int], ...], list[UUID]] = defaultdict(list)
    for enrolment_id, pattern in marks.items():
        if len(pattern) >= FEWEST_DAYS and any(minutes == 0 for _, minutes in pattern):
            alike[tuple(pattern)].append(enrolment_id)
    for shared, people in alike.items():
        if len(people) >= FEWEST_ALIKE:
            first = min(map(str, people))
            yield FindingKind.SAME_PATTERN, first, {"people": len(people), "days": len(shared)}


def shared_phones(session: Session, cohort: Cohort) -> Iterator[Noticed]:
    """One phone that several people of the cohort gave."""
    rows = session.execute(
        select(func.min(Trainee.contact_key), func.count())
        .join(Enrolment, Enrolment.trainee_id == Trainee.id)
        .where(Enrolment.cohort_id == cohort.id, Trainee.phone_key != "")
        .group_by(Trainee.phone_key)
        .having(func.count() >= FEWEST_SHARING)
    )
    for key, people in rows:
        yield FindingKind.SHARED_CONTACT, key, {"people": people}


def missing_registers(session: Session, cohort: Cohort, on: date) -> Iterator[Noticed]:
    """Days whose register was not kept although the day is past."""
    late = session.scalars(
        select(TrainingDay.day)
        .where(TrainingDay.cohort_id == cohort.id, TrainingDay.kept_at.is_(None), TrainingDay.day < on)
        .order_by(TrainingDay.day)
    ).all()
    for day in late:
        if (on - day).days >= LATE_DAYS:
            yield FindingKind.MISSING_REGISTER, day.isoformat(), {"day": day.isoformat()}


def impossible_days(session: Session, cohort: Cohort) -> Iterator[Noticed]:
    """Days on which somebody was in two cohorts of the institute at once."""
    here = select(Enrolment.trainee_id).where(Enrolment.cohort_id == cohort.id)
    rows = session.execute(
        select(Enrolment.trainee_id, Attendance.day, func.sum(Attendance.minutes), func.count())
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .where(Enrolment.trainee_id.in_(here), Attendance.minutes > 0)
        .group_by(Enrolment.trainee_id, Attendance.day)
        .having(func.count() > 1)
    )
    counts = Counter(row.day for row in rows)
    for day, people in counts.items():
        yield FindingKind.IMPOSSIBLE_DAY, day.isoformat(), {"day": day.isoformat(), "people": people}


def people_left_out(session: Session, cohort: Cohort) -> Iterator[Noticed]:
    """A last kept register that leaves out people of the class who stood in one before."""
    last = session.scalar(
        select(func.max(TrainingDay.day)).where(TrainingDay.cohort_id == cohort.id, TrainingDay.kept_at.is_not(None))
    )
    if last is None:
        return
    person = Enrolment.id.distinct()
    marked = Enrolment.id.in_(select(Attendance.enrolment_id).where(Attendance.day == last))
    people, among = session.execute(
        select(func.count(person), func.count(person).filter(marked))
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE, Attendance.day <= last)
    ).one()
    if people != among:
        yield FindingKind.COUNT_MISMATCH, str(last), {"day": str(last), "people": people, "marked": among}


def people_never_there(session: Session, cohort: Cohort) -> Iterator[Noticed]:
    """People who hold a seat, stand in many registers and were there on none of those days."""
    absent = session.scalars(
        select(Enrolment.id)
        .join(Attendance, Attendance.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(Enrolment.id)
        .having(func.max(Attendance.minutes) == 0, func.count(Attendance.day.distinct()) >= FEWEST_DAYS)
        .order_by(Enrolment.id)
    ).all()
    if absent:
        yield FindingKind.GHOST_TRAINEE, str(absent[0]), {"people": len(absent), "days": FEWEST_DAYS}


def findings(session: Session, actor: Actor) -> list[tuple[IntegrityFinding, Cohort]]:
    """What was noticed, as far as the actor may know, what waits first.

    Raises:
        NotPermitted: the actor is neither the institute nor project staff.
    """
    actor.require(Permission.TRAINING_KEEP, Permission.INTEGRITY_LOOK)
    rows = session.execute(
        visible_findings(actor)
        .join(Cohort, Cohort.id == IntegrityFinding.cohort_id)
        .add_columns(Cohort)
        .options(selectinload(Cohort.course))
        .order_by(IntegrityFinding.state != FindingState.NOTICED, IntegrityFinding.noticed_at.desc())
        .limit(200)
    ).all()
    return [(row[0], row[1]) for row in rows]


def settle(session: Session, actor: Actor, finding_id: UUID, action: FindingAction, *, reason: str) -> None:
    """Say what it was.

    Raises:
        NotFound: there is no such finding.
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    found = session.scalar(visible_findings(actor).where(IntegrityFinding.id == finding_id).with_for_update())
    if found is None:
        raise NotFound(N_("There is no such finding."))
    take_step(session, actor, found, INTEGRITY_FINDING, action, EnrolmentFacts(has_reason=bool(reason)), note=reason)
