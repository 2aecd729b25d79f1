"""How cohorts, enrolments, requests for training and integrity findings move: four tables."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence


class CohortState(StrEnum):
    """Where a cohort stands; people may apply while it is enrolling."""

    PLANNED = "planned"
    ENROLLING = "enrolling"
    RUNNING = "running"
    ASSESSED = "assessed"
    CERTIFIED = "certified"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class CohortAction(StrEnum):
    """What may be done with a cohort."""

    OPEN = "open"
    START = "start"
    ASSESS = "assess"
    CERTIFY = "certify"
    CLOSE = "close"
    CANCEL = "cancel"


class EnrolmentState(StrEnum):
    """Where one person stands in one cohort; ``applied`` is the waiting list."""

    APPLIED = "applied"
    ENROLLED = "enrolled"
    ACTIVE = "active"
    COMPLETED = "completed"
    FAILED = "failed"
    DROPPED_OUT = "dropped_out"
    EXCLUDED = "excluded"


class EnrolmentAction(StrEnum):
    """What may be done with an enrolment; ``withdraw`` is the trainee's own."""

    ENROL = "enrol"
    START = "start"
    COMPLETE = "complete"
    FAIL = "fail"
    DROP_OUT = "drop_out"
    EXCLUDE = "exclude"
    WITHDRAW = "withdraw"


class RequestState(StrEnum):
    """Where an agency's request for trained people stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RequestAction(StrEnum):
    """What may be done with a request for trained people."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class FindingState(StrEnum):
    """Where something noticed in the registers stands, until a person has looked at it."""

    NOTICED = "noticed"
    EXPLAINED = "explained"
    CONFIRMED = "confirmed"


class FindingAction(StrEnum):
    """What a person says about something noticed."""

    EXPLAIN = "explain"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class CohortFacts:
    """What a cohort has, as far as its steps ask for it."""

    skills: int = 0
    has_dates: bool = False
    has_venue: bool = False
    has_instructor: bool = False
    seated: int = 0
    unfinished: int = 0  # still on the course, neither passed nor failed
    assessments: int = 0
    without_result: int = 0
    """Active trainees who lack the result of an assessment."""


@dataclass(frozen=True)
class EnrolmentFacts:
    """What a step of one enrolment rests on."""

    has_reason: bool = False
    passed_all: bool = False
    attended_enough: bool = True


@dataclass(frozen=True)
class NoFacts:
    """A step that asks for nothing but the permission."""


REASON = N_("Say why. The reason becomes part of the record.")


def not_ready_to_open(facts: CohortFacts) -> list[Sentence]:
    """What people must know before they can apply."""
    asked = (
        (facts.skills > 0, N_("Say which skills the course teaches.")),
        (facts.has_dates, N_("Enter the first and the last day of the cohort.")),
        (facts.has_venue, N_("Enter where the cohort is taught.")),
    )
    return [Sentence(words) for fulfilled, words in asked if not fulfilled]


def not_ready_to_start(facts: CohortFacts) -> list[Sentence]:
    """A cohort starts with an instructor and somebody to teach."""
    asked = (
        (facts.has_instructor, N_("Enter who teaches.")),
        (facts.seated > 0, N_("Nobody has a seat yet.")),
    )
    return [Sentence(words) for fulfilled, words in asked if not fulfilled]


def not_ready_to_assess(facts: CohortFacts) -> list[Sentence]:
    """Every active trainee has a result in every assessment."""
    if not facts.assessments:
        return [Sentence(N_("Record at least one assessment."))]
    if facts.without_result:
        return [Sentence(N_("Results are missing for {count} trainees."), {"count": facts.without_result})]
    return []


def not_ready_to_certify(facts: CohortFacts) -> list[Sentence]:
    """Every trainee has passed, failed or left."""
    if facts.unfinished:
        return [Sentence(N_("{count} trainees have neither passed nor failed yet."), {"count": facts.unfinished})]
    return []


def not_passed(facts: EnrolmentFacts) -> list[Sentence]:
    """Whoever completes has passed every assessment and attended what the certificate asks for."""
    asked = (
        (facts.passed_all, N_("Not every assessment is passed.")),
        (facts.attended_enough, N_("The attendance is below what the certificate asks for.")),
    )
    return [Sentence(words) for fulfilled, words in asked if not fulfilled]


def reason_missing(facts: EnrolmentFacts) -> list[Sentence]:
    """Leaving and being excluded need a reason."""
    return [] if facts.has_reason else [Sentence(REASON)]


C, A, P = CohortState, CohortAction, Permission
COHORT: Workflow[CohortState, CohortAction, CohortFacts] = Workflow(
    name="cohort",
    initial=C.PLANNED,
    final=frozenset({C.CLOSED, C.CANCELLED}),
    steps=(
        Step(C.PLANNED, A.OPEN, C.ENROLLING, P.TRAINING_KEEP, not_ready_to_open),
        Step(C.PLANNED, A.CANCEL, C.CANCELLED, P.TRAINING_KEEP),
        Step(C.ENROLLING, A.START, C.RUNNING, P.TRAINING_KEEP, not_ready_to_start),
        Step(C.ENROLLING, A.CANCEL, C.CANCELLED, P.TRAINING_KEEP),
        Step(C.RUNNING, A.ASSESS, C.ASSESSED, P.TRAINING_KEEP, not_ready_to_assess),
        Step(C.RUNNING, A.CANCEL, C.CANCELLED, P.TRAINING_KEEP),
        Step(C.ASSESSED, A.CERTIFY, C.CERTIFIED, P.TRAINING_KEEP, not_ready_to_certify),
        Step(C.CERTIFIED, A.CLOSE, C.CLOSED, P.TRAINING_KEEP),
    ),
)

E, M = EnrolmentState, EnrolmentAction
ENROLMENT: Workflow[EnrolmentState, EnrolmentAction, EnrolmentFacts] = Workflow(
    name="enrolment",
    initial=E.APPLIED,
    final=frozenset({E.COMPLETED, E.FAILED, E.DROPPED_OUT, E.EXCLUDED}),
    steps=(
        Step(E.APPLIED, M.ENROL, E.ENROLLED, P.TRAINING_SEAT),
        Step(E.APPLIED, M.DROP_OUT, E.DROPPED_OUT, P.TRAINING_KEEP, reason_missing),
        Step(E.APPLIED, M.EXCLUDE, E.EXCLUDED, P.TRAINING_KEEP, reason_missing),
        Step(E.APPLIED, M.WITHDRAW, E.DROPPED_OUT, P.TRAINING_APPLY),
        Step(E.ENROLLED, M.START, E.ACTIVE, P.TRAINING_SEAT),
        Step(E.ENROLLED, M.DROP_OUT, E.DROPPED_OUT, P.TRAINING_KEEP, reason_missing),
        Step(E.ENROLLED, M.EXCLUDE, E.EXCLUDED, P.TRAINING_KEEP, reason_missing),
        Step(E.ENROLLED, M.WITHDRAW, E.DROPPED_OUT, P.TRAINING_APPLY),
        Step(E.ACTIVE, M.COMPLETE, E.COMPLETED, P.TRAINING_KEEP, not_passed),
        Step(E.ACTIVE, M.FAIL, E.FAILED, P.TRAINING_KEEP),
        Step(E.ACTIVE, M.DROP_OUT, E.DROPPED_OUT, P.TRAINING_KEEP, reason_missing),
        Step(E.ACTIVE, M.EXCLUDE, E.EXCLUDED, P.TRAINING_KEEP, reason_missing),
        Step(E.ACTIVE, M.WITHDRAW, E.DROPPED_OUT, P.TRAINING_APPLY),
    ),
)

R, Q = RequestState, RequestAction
TRAINING_REQUEST: Workflow[RequestState, RequestAction, NoFacts] = Workflow(
    name="training_request",
    initial=R.ASKED,
    final=frozenset({R.ACCEPTED, R.DECLINED, R.WITHDRAWN}),
    steps=(
        Step(R.ASKED, Q.ACCEPT, R.ACCEPTED, P.TRAINING_KEEP),
        Step(R.ASKED, Q.DECLINE, R.DECLINED, P.TRAINING_KEEP),
        Step(R.ASKED, Q.WITHDRAW, R.WITHDRAWN, P.TRAINING_ASK),
    ),
)

F, L = FindingState, FindingAction
INTEGRITY_FINDING: Workflow[FindingState, FindingAction, EnrolmentFacts] = Workflow(
    name="integrity_finding",
    initial=F.NOTICED,
    final=frozenset({F.EXPLAINED, F.CONFIRMED}),
    steps=(
        Step(F.NOTICED, L.EXPLAIN, F.EXPLAINED, P.INTEGRITY_LOOK, reason_missing),
        Step(F.NOTICED, L.CONFIRM, F.CONFIRMED, P.INTEGRITY_LOOK, reason_missing),
    ),
)

SEATED = frozenset({E.ENROLLED, E.ACTIVE})
"""Whoever stands here holds a seat."""
ENDED = ENROLMENT.final
"""Whoever stands here takes part no longer."""
