"""Where an organisation stands: whether it was vetted, and whether its people may still change anything."""

from enum import StrEnum
from uuid import UUID

from talent.foundation.errors import NotPermitted
from talent.foundation.words import N_


class OrganisationState(StrEnum):
    """How far an organisation has been vetted."""

    APPLIED = "applied"
    UNDER_REVIEW = "under_review"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    REMOVED = "removed"


READ_ONLY = frozenset({OrganisationState.SUSPENDED, OrganisationState.REMOVED})
"""States in which an organisation's people may sign in and read, and change nothing."""


class KeptOut(NotPermitted):
    """Somebody has proved who they are, and their account is suspended."""

    default = N_("Your account is suspended. Ask the project office.")

    def __init__(self, account_id: UUID) -> None:
        self.account_id = account_id
        super().__init__()
