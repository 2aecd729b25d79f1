"""Where an organisation stands: whether it was vetted, and whether its people may still change anything."""

from enum import StrEnum


class OrganisationState(StrEnum):
    """How far an organisation has been vetted."""

    APPLIED = "applied"
    UNDER_REVIEW = "under_review"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    REMOVED = "removed"


READ_ONLY = frozenset({OrganisationState.SUSPENDED, OrganisationState.REMOVED})
"""States in which an organisation's people may sign in and read, and change nothing."""
