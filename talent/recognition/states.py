"""The life of a case of recognition: papers, the authority's clock, its decision, and what makes a partial one full."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence


class CaseState(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    DOCUMENTS = "documents"
    SUBMITTED = "submitted"
    DEFICIENT = "deficient"
    SUPPLIED = "supplied"
    COMPLETE = "complete"
    WAIVED = "waived"
    PARTIAL = "partial"
    MEASURE = "measure"
    FULL = "full"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CaseAction(StrEnum):
    """What may be done with it."""

    PREPARE = "prepare"
    SUBMIT = "submit"
    FIND_DEFICIT = "find_deficit"
    SUPPLY = "supply"
    CONFIRM_COMPLETE = "confirm_complete"
    RECOGNISE = "recognise"
    RECOGNISE_IN_PART = "recognise_in_part"
    REFUSE = "refuse"
    WAIVE = "waive"
    BEGIN_MEASURE = "begin_measure"
    PASS_MEASURE = "pass_measure"  # noqa: S105 - an examination is passed
    FAIL_MEASURE = "fail_measure"
    WITHDRAW = "withdraw"


class Outcome(StrEnum):
    """What the authority decided first; what came of a partial recognition later is told by the state."""

    FULL = "full"
    PARTIAL = "partial"
    REFUSED = "refused"


@dataclass(frozen=True)
class CaseFacts:
    """What the steps ask about: papers that are missing, what was written, what the procedure knows."""

    missing: tuple[Sentence, ...] = ()
    note: str = ""
    supplied_since_deficit: bool = False
    can_waive: bool = False
    measure_is_offered: bool = False


WRITE_WHAT_IS_MISSING = N_("Write which documents are missing.")
WRITE_THE_REASON = N_("Write the reason, as the decision gives it.")
WRITE_THE_DIFFERENCES = N_("Write which parts are missing, as the decision names them.")
ADD_A_DOCUMENT = N_("Add at least one document since the authority’s notice.")
NO_WAIVER = N_("This procedure has no test instead of the comparison.")
CHOOSE_A_MEASURE = N_("Choose one of the measures of this procedure.")


def papers_missing(facts: CaseFacts) -> list[Sentence]:
    """One sentence for each paper of the checklist that is missing."""
    return list(facts.missing)


def deficit_unwritten(facts: CaseFacts) -> list[Sentence]:
    """That the notice says what is missing."""
    return [] if facts.note.strip() else [Sentence(WRITE_WHAT_IS_MISSING)]


def reason_unwritten(facts: CaseFacts) -> list[Sentence]:
    """That a refusal has its reason."""
    return [] if facts.note.strip() else [Sentence(WRITE_THE_REASON)]


def differences_unwritten(facts: CaseFacts) -> list[Sentence]:
    """That a partial recognition names the missing parts."""
    return [] if facts.note.strip() else [Sentence(WRITE_THE_DIFFERENCES)]


def nothing_supplied(facts: CaseFacts) -> list[Sentence]:
    """That something was added since the notice."""
    return [] if facts.supplied_since_deficit else [Sentence(ADD_A_DOCUMENT)]


def no_waiver(facts: CaseFacts) -> list[Sentence]:
    """That the procedure knows a test instead of the comparison."""
    return [] if facts.can_waive else [Sentence(NO_WAIVER)]


def no_measure(facts: CaseFacts) -> list[Sentence]:
    """That the chosen measure is one of the procedure."""
    return [] if facts.measure_is_offered else [Sentence(CHOOSE_A_MEASURE)]


S, A, P = CaseState, CaseAction, Permission
RECOGNITION_CASE: Workflow[CaseState, CaseAction, CaseFacts] = Workflow(
    name="recognition_case",
    initial=S.DRAFT,
    final=frozenset({S.FULL, S.REFUSED, S.WITHDRAWN}),
    steps=(
        Step(S.DRAFT, A.PREPARE, S.DOCUMENTS, P.RECOGNITION_APPLY),
        Step(S.DRAFT, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.DOCUMENTS, A.SUBMIT, S.SUBMITTED, P.RECOGNITION_APPLY, papers_missing),
        Step(S.DOCUMENTS, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.SUBMITTED, A.FIND_DEFICIT, S.DEFICIENT, P.RECOGNITION_DECIDE, deficit_unwritten),
        Step(S.SUBMITTED, A.CONFIRM_COMPLETE, S.COMPLETE, P.RECOGNITION_DECIDE),
        Step(S.SUBMITTED, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.DEFICIENT, A.SUPPLY, S.SUPPLIED, P.RECOGNITION_APPLY, nothing_supplied),
        Step(S.DEFICIENT, A.REFUSE, S.REFUSED, P.RECOGNITION_DECIDE, reason_unwritten),
        Step(S.DEFICIENT, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.SUPPLIED, A.FIND_DEFICIT, S.DEFICIENT, P.RECOGNITION_DECIDE, deficit_unwritten),
        Step(S.SUPPLIED, A.CONFIRM_COMPLETE, S.COMPLETE, P.RECOGNITION_DECIDE),
        Step(S.SUPPLIED, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.COMPLETE, A.RECOGNISE, S.FULL, P.RECOGNITION_DECIDE),
        Step(S.COMPLETE, A.RECOGNISE_IN_PART, S.PARTIAL, P.RECOGNITION_DECIDE, differences_unwritten),
        Step(S.COMPLETE, A.REFUSE, S.REFUSED, P.RECOGNITION_DECIDE, reason_unwritten),
        Step(S.COMPLETE, A.WAIVE, S.WAIVED, P.RECOGNITION_APPLY, no_waiver),
        Step(S.COMPLETE, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.WAIVED, A.BEGIN_MEASURE, S.MEASURE, P.RECOGNITION_APPLY, no_measure),
        Step(S.WAIVED, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.PARTIAL, A.BEGIN_MEASURE, S.MEASURE, P.RECOGNITION_APPLY, no_measure),
        Step(S.PARTIAL, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
        Step(S.MEASURE, A.PASS_MEASURE, S.FULL, P.RECOGNITION_DECIDE),
        Step(S.MEASURE, A.FAIL_MEASURE, S.PARTIAL, P.RECOGNITION_DECIDE, reason_unwritten),
        Step(S.MEASURE, A.WITHDRAW, S.WITHDRAWN, P.RECOGNITION_APPLY),
    ),
)
WITH_THE_AUTHORITY = frozenset({S.SUBMITTED, S.SUPPLIED, S.COMPLETE})
"""States in which the authority is to act, and its clock may run."""
WITH_THE_CANDIDATE = frozenset({S.DRAFT, S.DOCUMENTS, S.DEFICIENT, S.PARTIAL, S.WAIVED, S.MEASURE})
STARTED = frozenset(CaseState) - {S.DRAFT, S.WITHDRAWN, S.REFUSED}
"""States that count as a recognition begun."""
OUTCOMES = {A.RECOGNISE: Outcome.FULL, A.RECOGNISE_IN_PART: Outcome.PARTIAL, A.REFUSE: Outcome.REFUSED}
"""What each decision says."""
