"""Who holds which role, and who is kept out: a role is proposed by one person and approved by another; an account is
suspended and let in again with a reason."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence

OWN_PROPOSAL = N_("Somebody else must approve it: you proposed it.")
OWN_ROLE = N_("This is about your own role. Somebody else must decide about it.")
CHANGED_SINCE = N_("The role was changed since this was proposed. Decline it, and propose anew what is still right.")
LAST_ADMINISTRATOR = N_("This is the last administrator who can sign in. Make another one first.")
NOT_OWN_PROPOSAL = N_("Only the person who proposed it may withdraw it. You may decline it.")
NO_REASON = N_("Write the reason.")
OWN_ACCOUNT = N_("This is your own account. Somebody else must decide about it.")
ROLE_TAKEN = N_(
    "The role of this account was taken by two people. Propose a role; with it the person may sign in again."
)


class GrantState(StrEnum):
    """How far a proposal has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class GrantAction(StrEnum):
    """What may be done about a proposal."""

    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class GrantFacts:
    """What the steps ask for."""

    is_own_proposal: bool = False
    is_about_self: bool = False
    is_as_it_was: bool = True
    leaves_an_administrator: bool = True
    has_reason: bool = False


def _listed(*missing: tuple[bool, str]) -> list[Sentence]:
    return [Sentence(words) for is_missing, words in missing if is_missing]


def not_approvable(facts: GrantFacts) -> list[Sentence]:
    """What stands in the way of an approval: one's own proposal or role, a change since, the last administrator."""
    return _listed(
        (facts.is_own_proposal, OWN_PROPOSAL),
        (facts.is_about_self, OWN_ROLE),
        (not facts.is_as_it_was, CHANGED_SINCE),
        (not facts.leaves_an_administrator, LAST_ADMINISTRATOR),
    )


def not_declinable(facts: GrantFacts) -> list[Sentence]:
    """What stands in the way of declining: it is about oneself, or no reason was given."""
    return _listed((facts.is_about_self, OWN_ROLE), (not facts.has_reason, NO_REASON))


def not_own(facts: GrantFacts) -> list[Sentence]:
    """That somebody else proposed it."""
    return _listed((not facts.is_own_proposal, NOT_OWN_PROPOSAL))


G, A, P = GrantState, GrantAction, Permission
ROLE_GRANT: Workflow[GrantState, GrantAction, GrantFacts] = Workflow(
    name="role_grant",
    initial=G.PROPOSED,
    final=frozenset({G.APPROVED, G.DECLINED, G.WITHDRAWN}),
    steps=(
        Step(G.PROPOSED, A.APPROVE, G.APPROVED, P.ROLE_GRANT, not_approvable),
        Step(G.PROPOSED, A.DECLINE, G.DECLINED, P.ROLE_GRANT, not_declinable),
        Step(G.PROPOSED, A.WITHDRAW, G.WITHDRAWN, P.ROLE_GRANT, not_own),
    ),
)


class AccountState(StrEnum):
    """Whether an account may sign in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class AccountAction(StrEnum):
    """What may be done about an account."""

    SUSPEND = "suspend"
    LIFT = "lift"


@dataclass(frozen=True)
class AccountFacts:
    """What the steps ask for."""

    has_reason: bool = False
    is_own: bool = False
    leaves_an_administrator: bool = True
    role_was_taken: bool = False


def not_suspendable(facts: AccountFacts) -> list[Sentence]:
    """What stands in the way of a suspension: it is one's own, the last administrator's, or without a reason."""
    return _listed(
        (facts.is_own, OWN_ACCOUNT),
        (not facts.leaves_an_administrator, LAST_ADMINISTRATOR),
        (not facts.has_reason, NO_REASON),
    )


def not_liftable(facts: AccountFacts) -> list[Sentence]:
    """What stands in the way of letting somebody in again: two people took the role, or no reason was given."""
    return _listed((facts.role_was_taken, ROLE_TAKEN), (not facts.has_reason, NO_REASON))


ACCOUNT: Workflow[AccountState, AccountAction, AccountFacts] = Workflow(
    name="account",
    initial=AccountState.ACTIVE,
    final=frozenset(),
    steps=(
        Step(AccountState.ACTIVE, AccountAction.SUSPEND, AccountState.SUSPENDED, P.ACCOUNT_SUSPEND, not_suspendable),
        Step(AccountState.SUSPENDED, AccountAction.LIFT, AccountState.ACTIVE, P.ACCOUNT_SUSPEND, not_liftable),
    ),
)
