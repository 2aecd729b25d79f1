"""The arithmetic of attendance: exact shares of minutes, what can still be reached, and what may still be missed."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

MONTHS_A_YEAR = 12
WHOLE = Fraction(100)


class Outlook(StrEnum):
    """How somebody stands towards a rule; nobody is refused by it, a person decides."""

    MET = "met"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Standing:
    """Minutes of one trainee: ``planned`` over the whole cohort, ``past`` on days with a register, ``attended``."""

    planned: int
    past: int
    attended: int

    @property
    def share(self) -> Fraction | None:
        """The share of the past minutes that was attended, in [0, 1]; None before the first register."""
        return Fraction(self.attended, self.past) if self.past else None

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded down: 79.9 % is not 80 %."""
        return None if self.share is None else int(self.share * WHOLE)

    @property
    def best(self) -> Fraction | None:
        """The share of the whole cohort that is reached by attending everything that is left; None without a plan."""
        return Fraction(self.attended + self.planned - self.past, self.planned) if self.planned else None

    def minutes_to_spare(self, least: Fraction) -> int:
        """How many more minutes may be missed before ``least`` of the whole is out of reach; negative when it is."""
        allowed = self.planned - _up(least * self.planned)
        return allowed - (self.past - self.attended)

    def towards(self, least: Fraction) -> Outlook:
        """Whether this share of the whole cohort is reached, can be reached, or cannot any more.

        It is at risk while it can be reached and the share so far lies below it.
        """
        if not self.planned or self.best is None:
            return Outlook.UNKNOWN
        if self.attended >= least * self.planned:
            return Outlook.MET
        if self.best < least:
            return Outlook.MISSED
        return Outlook.ON_TRACK if self.share is None or self.share >= least else Outlook.AT_RISK


def _up(number: Fraction) -> int:
    return -int(-number // 1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it has no such day."""
    place = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(place, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
