"""A finding: one thing that was looked at, how it counts, and the sentence about it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a finding counts; only ``wrong`` fails the check-up."""

    GOOD = "good"
    CARE = "care"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and the sentence about it."""

    subject: str
    verdict: Verdict
    sentence: str


def good(subject: str, sentence: str) -> Finding:
    """Nothing to do."""
    return Finding(subject, Verdict.GOOD, sentence)


def care(subject: str, sentence: str) -> Finding:
    """Works, and somebody should know."""
    return Finding(subject, Verdict.CARE, sentence)


def wrong(subject: str, sentence: str) -> Finding:
    """Must be mended."""
    return Finding(subject, Verdict.WRONG, sentence)
