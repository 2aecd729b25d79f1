"""A file of people for cohorts: what each row would do, and taking the good ones in a handful of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import String, and_, any_, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from talent.accounts.actor import SYSTEM, Actor
from talent.casework.models import CaseEvent
from talent.casework.take import EVENT_COLUMNS, event_rows
from talent.foundation.clock import now, today
from talent.foundation.copying import copy_rows
from talent.foundation.person_keys import key_of_organisation
from talent.foundation.tables import Column, Table
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.training.cards import Card, sealed
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.people import Person, PersonKeys, checked, folded_name, new_claim_code
from talent.training.rules import Seats, seats_given, takes_people
from talent.training.seats import WITH_COURSE, places_by_cohort
from talent.training.states import ENROLMENT, CohortState, EnrolmentAction, EnrolmentFacts, EnrolmentState

COLUMNS = (
    Column("cohort", ("cohort reference", "batch", "class", "گروپ")),
    Column("name", ("full name", "trainee", "نام")),
    Column("cnic", ("cnic number", "id card", "شناختی کارڈ"), required=False),
    Column("phone", ("mobile", "mobile number", "فون"), required=False),
    Column("email", ("e-mail",), required=False),
    Column("for_vacancy", ("for the vacancy", "reserved"), required=False),
)
EXAMPLE = ("C-001", "Ayesha Khan", "35202-1234567-1", "0301 2345678", "", "yes")
YES = frozenset({"yes", "y", "1", "true", "x", "ہاں", "ha", "haan"})
NO = frozenset({"", "no", "n", "0", "false", "نہیں"})

NO_COHORT = N_("You have no cohort with the reference “{reference}”.")
CLOSED = N_("The cohort {reference} takes nobody now.")
TWICE = N_("This is the person of row {row}.")
NEITHER = N_("Write yes or no.")


class Outcome(StrEnum):
    """What taking a row does."""

    NEW = "new"
    SAME = "same"
    REFUSED = "refused"


@dataclass(slots=True)
class PersonRow:
    """One row: who, for which cohort, and why it cannot be taken."""

    number: int
    person: Person
    cohort_id: UUID | None
    for_vacancy: bool
    problems: list[tuple[str, Sentence]] = field(default_factory=list)
    number_key: str | None = None
    contact_key: str = ""
    trainee_id: UUID | None = None
    outcome: Outcome = Outcome.NEW


def examine(session: Session, institute: UUID, table: Table, keys: PersonKeys) -> list[PersonRow]:
    """Every row of the file, in three queries."""
    cohorts = {
        fold(one.reference): one for one in session.scalars(select(Cohort).where(Cohort.organisation_id == institute))
    }
    on = today()
    closed = {one.id for one in cohorts.values() if not takes_people(one.state, one.joins_until, on)}
    rows = []
    for row in table.rows:
        values = row.values
        person, problems = checked(Person(values["name"], values["cnic"], values["phone"], values["email"]))
        cohort = cohorts.get(fold(values["cohort"]))
        if row.problem:
            problems = [("", row.problem)]
        if cohort is None:
            problems.append(("cohort", Sentence(NO_COHORT, {"reference": values["cohort"]})))
        elif cohort.id in closed:
            problems.append(("cohort", Sentence(CLOSED, {"reference": cohort.reference})))
        for_vacancy = _yes(values["for_vacancy"], problems)
        kept = cohort is not None and cohort.vacancy_id is not None and for_vacancy
        rows.append(PersonRow(row.number, person, cohort.id if cohort else None, kept, problems))
    _recognise(session, institute, rows, keys)
    return rows


def _yes(text: str, problems: list[tuple[str, Sentence]]) -> bool:
    folded = fold(text)
    if folded not in YES and folded not in NO:
        problems.append(("for_vacancy", Sentence(NEITHER)))
    return folded in YES


def _recognise(session: Session, institute: UUID, rows: Sequence[PersonRow], keys: PersonKeys) -> None:
    """Find the same person in the file, among the institute's trainees and in the cohort."""
    for row in rows:
        if not row.problems:
            row.number_key = keys.of_number(row.person.cnic)
            row.contact_key = keys.of_contact(folded_name(row.person.full_name), row.person.phone)
    _known_trainees(session, institute, rows)
    present = _present(session, {row.cohort_id for row in rows if row.cohort_id})
    first: dict[tuple[UUID | None, object], int] = {}
    for row in rows:
        if not row.problems:
            who = row.trainee_id or row.number_key or row.contact_key
            seen = first.setdefault((row.cohort_id, who), row.number)
            if seen != row.number:
                row.problems.append(("name", Sentence(TWICE, {"row": seen})))
            elif (row.cohort_id, row.trainee_id) in present:
                row.outcome = Outcome.SAME
        if row.problems:
            row.outcome = Outcome.REFUSED


def _known_trainees(session: Session, institute: UUID, rows: Sequence[PersonRow]) -> None:
    numbers = [row.number_key for row in rows if row.number_key]
    contacts = [row.contact_key for row in rows if row.contact_key and row.person.phone]
    if not numbers and not contacts:
        return
    own = and_(
        Trainee.organisation_id == institute,
        or_(Trainee.person_key == _any(numbers), Trainee.contact_key == _any(contacts)),
    )
    known = session.execute(
        select(Trainee.id, Trainee.person_key, Trainee.contact_key).where(own).order_by(Trainee.created_at.desc())
    ).all()
    by_number = {one.person_key: one.id for one in known if one.person_key}
    by_contact = {one.contact_key: one for one in known}
    for row in rows:
        if row.number_key in by_number:
            row.trainee_id = by_number[row.number_key]
        elif row.person.phone and (one := by_contact.get(row.contact_key)) and not (row.number_key and one.person_key):
            row.trainee_id = one.id  # were both numbers there, they would be two people


def _any(keys: list[str]) -> Any:
    """One array, however many keys there are: single parameters end at 65,535."""
    return any_(literal(keys, ARRAY(String(64))))


def _present(session: Session, cohorts: Iterable[UUID]) -> set[tuple[UUID | None, UUID | None]]:
    query = select(Enrolment.cohort_id, Enrolment.trainee_id).where(Enrolment.cohort_id.in_(list(cohorts)))
    return {(cohort, trainee) for cohort, trainee in session.execute(query)}


def take(session: Session, actor: Actor, institute: UUID, table: Table, keys: PersonKeys) -> list[PersonRow]:
    """Write the good rows: new trainees, enrolments with their seats, and the lines of their journals.

    Every cohort of the institute that takes people is locked, in one order, until the transaction ends.
    """
    open_now = select(Cohort).where(
        Cohort.organisation_id == institute,
        Cohort.state.in_([CohortState.ENROLLING, CohortState.RUNNING]),
    )
    locked = session.scalars(
        open_now.order_by(Cohort.id)
        .options(*WITH_COURSE)
        .with_for_update(of=Cohort)
        .execution_options(populate_existing=True)
    ).all()
    rows = examine(session, institute, table, keys)
    new = [row for row in rows if row.outcome is Outcome.NEW]
    _write_trainees(session, institute, new, keys)
    by_cohort: dict[UUID | None, list[PersonRow]] = {}
    for row in new:
        by_cohort.setdefault(row.cohort_id, []).append(row)
    places = places_by_cohort(session, locked)
    written: list[tuple[UUID, EnrolmentState]] = []
    lines = []
    for cohort in locked:
        for row, seat in _seated(places[cohort.id].seats, by_cohort.get(cohort.id, [])):
            state = _state(cohort, seat)
            key = uuid4()
            lines.append((key, cohort.id, row.trainee_id, state.value, row.for_vacancy, seat, "", now(), 1))
            written.append((key, state))
    copy_rows(
        session,
        Enrolment,
        ("id", "cohort_id", "trainee_id", "state", "for_vacancy", "seat", "reason", "applied_at", "version"),
        lines,
    )
    _journal(session, actor, written)
    return rows


TRAINEE_COLUMNS = (
    *("id", "organisation_id", "card_sealed", "phone_key", "email_key", "person_key", "contact_key", "claim_code"),
    "created_at",
)


def _write_trainees(session: Session, institute: UUID, rows: Sequence[PersonRow], keys: PersonKeys) -> None:
    key = key_of_organisation(session, institute)
    made: dict[object, UUID] = {}
    lines = []
    moment = now()
    for row in rows:
        if row.trainee_id is not None:
            continue
        who = row.number_key or row.contact_key
        known = made.get(who)
        if known is None:
            known = made[who] = uuid4()
            person = row.person
            card = sealed(key, known, Card(person.full_name, person.phone, person.email))
            prints = (keys.of_phone(person.phone), keys.of_email(person.email), row.number_key, row.contact_key)
            lines.append((known, institute, card, *prints, new_claim_code(), moment))
        row.trainee_id = known
    copy_rows(session, Trainee, TRAINEE_COLUMNS, lines)


def _seated(seats: Seats, rows: Sequence[PersonRow]) -> Iterable[tuple[PersonRow, int | None]]:
    """Each row with its seat. Whoever waited before could have none of the free ones, or would have it."""
    return zip(rows, seats_given(seats, (row.for_vacancy for row in rows)), strict=True)


def _state(cohort: Cohort, seat: int | None) -> EnrolmentState:
    if seat is None:
        return EnrolmentState.APPLIED
    return EnrolmentState.ACTIVE if cohort.state is CohortState.RUNNING else EnrolmentState.ENROLLED


STEPS: Mapping[EnrolmentState, tuple[tuple[EnrolmentState, EnrolmentAction], ...]] = {
    EnrolmentState.APPLIED: (),
    EnrolmentState.ENROLLED: ((EnrolmentState.APPLIED, EnrolmentAction.ENROL),),
    EnrolmentState.ACTIVE: (
        (EnrolmentState.APPLIED, EnrolmentAction.ENROL),
        (EnrolmentState.ENROLLED, EnrolmentAction.START),
    ),
}
"""The steps by which somebody who is written into this state came there."""


def _journal(session: Session, actor: Actor, written: Sequence[tuple[UUID, EnrolmentState]]) -> None:
    for state, steps in STEPS.items():
        ids = [key for key, reached in written if reached is state]
        for source, action in steps:
            by = actor if action is EnrolmentAction.ENROL else SYSTEM
            lines = event_rows(by, ENROLMENT, source, action, EnrolmentFacts(), ids)
            copy_rows(session, CaseEvent, EVENT_COLUMNS, lines)
