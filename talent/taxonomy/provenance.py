"""Where a row of a table comes from, which day's text it rests on, and how sure that is."""

from typing import Final, Literal, NamedTuple

Confidence = Literal["high", "medium", "low"]
CONFIDENCES: Final = ("high", "medium", "low")


class Provenance(NamedTuple):
    """Source by its number in docs/sources.md; ``as_of`` is a year, month or day of ISO 8601, or "undated"."""

    source: str
    as_of: str
    confidence: Confidence
