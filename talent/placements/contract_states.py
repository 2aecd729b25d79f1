"""The life of a contract: drafted, sent, agreed to or objected to by the worker, attested, withdrawn."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence

PAY_MISSING = N_("Enter the pay and what it is paid for.")
HOURS_MISSING = N_("Enter the hours a week.")
SAY_WHAT_IS_WRONG = N_("Say what is not as you were promised, or what you do not understand.")
READ_FIRST = N_("Tick that you have read the terms in a language that you understand.")
ATTESTATION_INCOMPLETE = N_("Enter which office attested the contract, the day and the number.")
SAY_WHY_WITHDRAWN = N_("Say why. The worker reads it.")


class ContractState(StrEnum):
    """Where a contract stands."""

    DRAFT = "draft"
    SENT = "sent"
    OBJECTED = "objected"
    CONFIRMED = "confirmed"
    ATTESTED = "attested"
    WITHDRAWN = "withdrawn"


class ContractAction(StrEnum):
    """What may be done with it."""

    SEND = "send"
    CONFIRM = "confirm"
    OBJECT = "object"
    ATTEST = "attest"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class ContractFacts:
    """What a step rests on: the terms that are written, the worker's tick, the attestation, the words said."""

    has_pay: bool = False
    has_hours: bool = False
    was_read: bool = False
    is_attestation_whole: bool = False
    has_words: bool = False


def terms_missing(facts: ContractFacts) -> list[Sentence]:
    """That pay and hours are written down before a worker is asked to agree."""
    said = {PAY_MISSING: facts.has_pay, HOURS_MISSING: facts.has_hours}
    return [Sentence(words) for words, is_there in said.items() if not is_there]


def unread(facts: ContractFacts) -> list[Sentence]:
    """That the worker says to have read the terms."""
    return [] if facts.was_read else [Sentence(READ_FIRST)]


def objection_missing(facts: ContractFacts) -> list[Sentence]:
    """That an objection says what is wrong."""
    return [] if facts.has_words else [Sentence(SAY_WHAT_IS_WRONG)]


def attestation_missing(facts: ContractFacts) -> list[Sentence]:
    """That office, day and number of the attestation are told."""
    return [] if facts.is_attestation_whole else [Sentence(ATTESTATION_INCOMPLETE)]


def reason_missing(facts: ContractFacts) -> list[Sentence]:
    """That a withdrawal says why."""
    return [] if facts.has_words else [Sentence(SAY_WHY_WITHDRAWN)]


S, A, P = ContractState, ContractAction, Permission
CHANGEABLE = frozenset({S.DRAFT, S.OBJECTED})
"""States in which the agency may change the terms; what a worker agreed to is never changed."""
TOLD = frozenset({S.SENT, S.OBJECTED, S.CONFIRMED, S.ATTESTED})
"""States in which the worker has the terms in hand."""
CONTRACT: Workflow[ContractState, ContractAction, ContractFacts] = Workflow(
    name="contract",
    initial=S.DRAFT,
    final=frozenset({S.WITHDRAWN}),
    steps=(
        Step(S.DRAFT, A.SEND, S.SENT, P.PLACEMENT_MOVE, terms_missing),
        Step(S.OBJECTED, A.SEND, S.SENT, P.PLACEMENT_MOVE, terms_missing),
        Step(S.SENT, A.CONFIRM, S.CONFIRMED, P.PLACEMENT_ANSWER, unread),
        Step(S.SENT, A.OBJECT, S.OBJECTED, P.PLACEMENT_ANSWER, objection_missing),
        Step(S.CONFIRMED, A.ATTEST, S.ATTESTED, P.PLACEMENT_CLEAR, attestation_missing),
        *(
            Step(state, A.WITHDRAW, S.WITHDRAWN, P.PLACEMENT_MOVE, reason_missing)
            for state in S
            if state != S.WITHDRAWN
        ),
    ),
)
