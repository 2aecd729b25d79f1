"""The vetting of an organisation: it applies, somebody reviews it, somebody else verifies it; it can be suspended."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.accounts.standing import OrganisationState as OrganisationState
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence

NO_EVIDENCE = N_("Write down what shows that this organisation is what it says, and until when it counts.")
SAME_PERSON = N_("Somebody else must verify it: you began the review.")
NO_REASON = N_("Write the reason: the organisation reads it.")


class OrganisationAction(StrEnum):
    """What may be done about an organisation."""

    REVIEW = "review"
    VERIFY = "verify"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    LAPSE = "lapse"
    REINSTATE = "reinstate"
    REMOVE = "remove"


@dataclass(frozen=True)
class OrganisationFacts:
    """What the steps ask for: evidence that counts today, a reason, and who began the review."""

    has_evidence: bool = False
    has_reason: bool = False
    began_by_same_person: bool = False


def not_shown(facts: OrganisationFacts) -> list[Sentence]:
    """What is missing before it can be verified: evidence that counts today, and a second person."""
    missing = [] if facts.has_evidence else [Sentence(NO_EVIDENCE)]
    return [*missing, Sentence(SAME_PERSON)] if facts.began_by_same_person else missing


def no_reason(facts: OrganisationFacts) -> list[Sentence]:
    """The missing reason."""
    return [] if facts.has_reason else [Sentence(NO_REASON)]


def not_restored(facts: OrganisationFacts) -> list[Sentence]:
    """What is missing before a suspension can end: evidence that counts today, and a reason."""
    return ([] if facts.has_evidence else [Sentence(NO_EVIDENCE)]) + no_reason(facts)


S, A, P = OrganisationState, OrganisationAction, Permission
ORGANISATION: Workflow[OrganisationState, OrganisationAction, OrganisationFacts] = Workflow(
    name="organisation",
    initial=S.APPLIED,
    final=frozenset({S.REMOVED}),
    steps=(
        Step(S.APPLIED, A.REVIEW, S.UNDER_REVIEW, P.ORGANISATION_VET),
        Step(S.APPLIED, A.REFUSE, S.REMOVED, P.ORGANISATION_VET, no_reason),
        Step(S.UNDER_REVIEW, A.VERIFY, S.VERIFIED, P.ORGANISATION_VET, not_shown),
        Step(S.UNDER_REVIEW, A.REFUSE, S.REMOVED, P.ORGANISATION_VET, no_reason),
        Step(S.VERIFIED, A.SUSPEND, S.SUSPENDED, P.ORGANISATION_VET, no_reason),
        Step(S.VERIFIED, A.LAPSE, S.SUSPENDED, P.MATCH_COMPUTE),
        Step(S.SUSPENDED, A.REINSTATE, S.VERIFIED, P.ORGANISATION_VET, not_restored),
        Step(S.SUSPENDED, A.REMOVE, S.REMOVED, P.ORGANISATION_VET, no_reason),
    ),
)
