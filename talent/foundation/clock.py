"""The only clock: every instant is aware and in UTC."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present date in UTC."""
    return now().date()
