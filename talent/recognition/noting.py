"""Days that people note in a case because a clock begins or ends with them: who may note which, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.recognition.clocks import CaseDays, is_accelerated
from talent.recognition.models import RecognitionCase, RecognitionDay
from talent.recognition.procedures import Procedure
from talent.recognition.service import NOT_IN_FUTURE, days_of, procedure_of, refresh
from talent.recognition.states import CaseState
from talent.recognition.terms import Act, Measure, Noted

P = Permission
CANNOT_BE_NOTED = N_("This cannot be noted now. Load the page again to see where the case stands.")
BEFORE_ITS_START = N_("The day is before {day}, on which this time began. Check the date.")
NOT_YOURS = N_("Somebody else notes this day.")


@dataclass(frozen=True)
class NotedRule:
    """Who notes a day, to which deadline it belongs, when it can be, and before which day it cannot lie."""

    by: frozenset[Permission]
    act: Act
    when: Callable[[Procedure, CaseDays], bool]
    earliest: Callable[[CaseDays], date | None]


OFFICE_OF_EMPLOYER = frozenset({P.RECOGNITION_ACT, P.RECOGNITION_READ_ALL})
ENDED = frozenset({CaseState.WITHDRAWN, CaseState.REFUSED, CaseState.FULL})
COURSE_ANSWERS = (Noted.LONGER_COURSE_GRANTED, Noted.LONGER_COURSE_REFUSED)


def _course_waits(_procedure: Procedure, days: CaseDays) -> bool:
    return days.waits(Noted.LONGER_COURSE_ASKED, *COURSE_ANSWERS)


def _course_may_be_asked(procedure: Procedure, days: CaseDays) -> bool:
    on_course = days.state is CaseState.MEASURE and days.measure is Measure.ADAPTATION_PERIOD
    return on_course and not _course_waits(procedure, days)


def _may_be_accelerated(procedure: Procedure, days: CaseDays) -> bool:
    fast = procedure.is_fast_track or procedure.deadline(Act.DECISION_FAST_TRACK) is not None
    return fast and days.state not in ENDED and days.last(Noted.AGREEMENT) is None


def _office_may_receive(procedure: Procedure, days: CaseDays) -> bool:
    was_sent = days.submitted_on is not None and days.state is not CaseState.WITHDRAWN
    return was_sent and is_accelerated(procedure, days) and not _invitation_waits(procedure, days)


def _invitation_waits(_procedure: Procedure, days: CaseDays) -> bool:
    return days.waits(Noted.OFFICE_RECEIVED, Noted.EMPLOYER_INVITED)


NOTED_RULES: Mapping[Noted, NotedRule] = {
    Noted.FEE_PAID: NotedRule(
        frozenset({P.RECOGNITION_APPLY, P.RECOGNITION_DECIDE}),
        Act.PAYMENT,
        lambda _procedure, days: days.submitted_on is not None and days.last(Noted.FEE_PAID) is None,
        lambda days: days.submitted_on,
    ),
    Noted.AGREEMENT: NotedRule(OFFICE_OF_EMPLOYER, Act.INVITE_EMPLOYER, _may_be_accelerated, lambda _days: None),
    Noted.OFFICE_RECEIVED: NotedRule(
        OFFICE_OF_EMPLOYER,
        Act.INVITE_EMPLOYER,
        _office_may_receive,
        lambda days: days.last(Noted.EMPLOYER_INVITED) or days.submitted_on,
    ),
    Noted.EMPLOYER_INVITED: NotedRule(
        OFFICE_OF_EMPLOYER, Act.INVITE_EMPLOYER, _invitation_waits, lambda days: days.last(Noted.OFFICE_RECEIVED)
    ),
    Noted.LONGER_COURSE_ASKED: NotedRule(
        frozenset({P.RECOGNITION_APPLY}), Act.COURSE_EXTENSION, _course_may_be_asked, lambda days: days.measure_on
    ),
    **dict.fromkeys(
        COURSE_ANSWERS,
        NotedRule(
            frozenset({P.RECOGNITION_DECIDE}),
            Act.COURSE_EXTENSION,
            _course_waits,
            lambda days: days.last(Noted.LONGER_COURSE_ASKED),
        ),
    ),
}
"""What each noted day asks; a day whose deadline the procedure does not have is never noted."""


def can_be_noted(procedure: Procedure, days: CaseDays) -> list[Noted]:
    """The days that can be noted now, by whoever they belong to."""
    return [
        what
        for what, rule in NOTED_RULES.items()
        if procedure.deadline(rule.act) is not None and rule.when(procedure, days)
    ]


def own_to_note(actor: Actor, case: RecognitionCase) -> list[Noted]:
    """The days that this reader may note now."""
    possible = can_be_noted(procedure_of(case), days_of(case))
    return [what for what in possible if any(actor.has(permission) for permission in NOTED_RULES[what].by)]


def note_day(session: Session, actor: Actor, case: RecognitionCase, what: Noted, *, day: date) -> RecognitionDay:
    """Note the day on which something happened, and reckon the clocks anew.

    Raises:
        NotPermitted: somebody else notes this day.
        Conflict: it cannot be noted as the case stands.
        Unprocessable: the day has not come yet, or lies before the one with which its time began.
    """
    rule, days = NOTED_RULES[what], days_of(case)
    if not any(actor.has(permission) for permission in rule.by):
        raise NotPermitted(NOT_YOURS)
    if what not in can_be_noted(procedure_of(case), days):
        raise Conflict(CANNOT_BE_NOTED)
    earliest = rule.earliest(days)
    if day > today():
        raise Unprocessable(NOT_IN_FUTURE)
    if earliest is not None and day < earliest:
        raise Unprocessable(Sentence(BEFORE_ITS_START, {"day": earliest}))
    noted = RecognitionDay(
        case_id=case.id, what=what, day=day, noted_at=now(), noted_by=actor.id, noted_role=actor.role.value
    )
    case.noted.append(noted)
    refresh(session, case)
    return noted
