"""Counts of people that may be published: a number small enough to single somebody out is not shown."""

SMALLEST_CELL = 10
"""Fewer people than this are not counted out, so that nobody can be singled out (S-OWN-2)."""


def counted(number: int) -> int | None:
    """The number, or None when it is small enough to single somebody out."""
    return None if 0 < number < SMALLEST_CELL else number
