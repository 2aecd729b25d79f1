"""The life of a complaint about a charge: opened by itself, upheld or dismissed by staff, paid back."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence

REASON_NEEDED = N_("Say what was found and why. The candidate reads it.")


class ComplaintState(StrEnum):
    """Where a complaint stands; while it is open or upheld its vacancy stays frozen."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    PAID_BACK = "paid_back"


class ComplaintAction(StrEnum):
    """What staff decide."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    NOTE_PAID_BACK = "note_paid_back"


@dataclass(frozen=True)
class ComplaintFacts:
    """What a decision rests on."""

    is_reasoned: bool = False


def reason_missing(facts: ComplaintFacts) -> list[Sentence]:
    """That a decision says why."""
    return [] if facts.is_reasoned else [Sentence(REASON_NEEDED)]


S, A, P = ComplaintState, ComplaintAction, Permission
HOLDS = frozenset({S.OPEN, S.UPHELD})
"""States that keep the vacancy frozen."""
COMPLAINT: Workflow[ComplaintState, ComplaintAction, ComplaintFacts] = Workflow(
    name="charge_complaint",
    initial=S.OPEN,
    final=frozenset({S.DISMISSED, S.PAID_BACK}),
    steps=(
        Step(S.OPEN, A.UPHOLD, S.UPHELD, P.CHARGE_DECIDE, reason_missing),
        Step(S.OPEN, A.DISMISS, S.DISMISSED, P.CHARGE_DECIDE, reason_missing),
        Step(S.UPHELD, A.NOTE_PAID_BACK, S.PAID_BACK, P.CHARGE_DECIDE, reason_missing),
    ),
)
