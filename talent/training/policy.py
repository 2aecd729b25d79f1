"""Who may know about which course, cohort and trainee: an institute its own, project staff all."""

from typing import Any, TypeVar

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.training.models import Cohort, Course, Enrolment, Programme, RegisterFile, Trainee, TrainingRequest
from talent.training.records import CohortReport, Concern, IntegrityFinding
from talent.training.states import CohortState

OwnedT = TypeVar("OwnedT", Programme, Course, Cohort, Trainee, RegisterFile, IntegrityFinding, Concern)
OPEN_TO_ALL = (CohortState.ENROLLING, CohortState.RUNNING)


def _visible(actor: Actor, kind: type[OwnedT]) -> Select[OwnedT]:
    rows: Select[Any] = select(kind)
    if actor.has(Permission.TRAINING_READ_ALL):
        return rows
    if actor.has(Permission.TRAINING_KEEP) and actor.organisation_id is not None:
        return rows.where(kind.organisation_id == actor.organisation_id)
    return rows.where(false())


def visible_programmes(actor: Actor) -> Select[Programme]:
    """An institute's own programmes; all of them for project staff."""
    return _visible(actor, Programme)


def visible_courses(actor: Actor) -> Select[Course]:
    """An institute's own courses; all of them for project staff."""
    return _visible(actor, Course)


def visible_cohorts(actor: Actor) -> Select[Cohort]:
    """An institute's own cohorts; all for project staff; those that people may apply to for a candidate."""
    if actor.has(Permission.TRAINING_APPLY):
        return select(Cohort).where(Cohort.state.in_(OPEN_TO_ALL))
    return _visible(actor, Cohort)


def visible_trainees(actor: Actor) -> Select[Trainee]:
    """The people whom an institute enrolled itself; an agency never sees one."""
    return _visible(actor, Trainee)


def visible_enrolments(actor: Actor) -> Select[Enrolment]:
    """The enrolments in the cohorts that the actor keeps or oversees."""
    if actor.has(Permission.TRAINING_APPLY):
        return select(Enrolment).where(false())
    return select(Enrolment).where(Enrolment.cohort_id.in_(visible_cohorts(actor).with_only_columns(Cohort.id)))


def visible_registers(actor: Actor) -> Select[RegisterFile]:
    """The files that the actor's own institute brought."""
    return _visible(actor, RegisterFile)


def visible_reports(actor: Actor) -> Select[CohortReport]:
    """The reports about the cohorts that the actor keeps or oversees."""
    if actor.has(Permission.TRAINING_APPLY):
        return select(CohortReport).where(false())
    return select(CohortReport).where(CohortReport.cohort_id.in_(visible_cohorts(actor).with_only_columns(Cohort.id)))


def visible_findings(actor: Actor) -> Select[IntegrityFinding]:
    """What was noticed in an institute's own registers; everything for project staff."""
    return _visible(actor, IntegrityFinding)


def visible_concerns(actor: Actor) -> Select[Concern]:
    """What people reported without a name: for project staff alone, never for the institute."""
    concerns = select(Concern)
    return concerns if actor.has(Permission.INTEGRITY_LOOK) else concerns.where(false())


def visible_requests(actor: Actor) -> Select[TrainingRequest]:
    """An agency's own requests, those sent to an institute, and all for project staff."""
    requests = select(TrainingRequest)
    if actor.has(Permission.TRAINING_READ_ALL):
        return requests
    if actor.organisation_id is None:
        return requests.where(false())
    if actor.has(Permission.TRAINING_KEEP):
        return requests.where(TrainingRequest.institute_id == actor.organisation_id)
    if actor.has(Permission.TRAINING_ASK):
        return requests.where(TrainingRequest.organisation_id == actor.organisation_id)
    return requests.where(false())
