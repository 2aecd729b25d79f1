"""Which days an authority works: weekends and public holidays of its region, as corrected by staff.

The holidays come from the ``holidays`` package. A correction, a row that staff wrote with a reason, goes before it:
a day that is free after all, or one on which the authority works.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import holidays

FRIDAY = 4
ONE_DAY = timedelta(days=1)
MOST_DAYS_FREE = 60
"""Days in a row without work, after which a calendar is taken to be wrong."""


@dataclass(frozen=True)
class WorkCalendar:
    """The days of one region, such as DE-BY; ``corrections`` says of a day whether it is free."""

    region: str
    corrections: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))

    def is_free(self, day: date) -> bool:
        """Whether the authority does not work on this day: Saturday, Sunday or a public holiday."""
        if day in self.corrections:
            return self.corrections[day]
        return day.weekday() > FRIDAY or day in public_holidays(self.region, day.year)

    def on_or_after(self, day: date) -> date:
        """This day, or the next one on which the authority works.

        Raises:
            ValueError: the corrections leave no working day within two months.
        """
        for ahead in range(MOST_DAYS_FREE):
            if not self.is_free(day + ahead * ONE_DAY):
                return day + ahead * ONE_DAY
        raise ValueError(f"{self.region} has no working day from {day} on for {MOST_DAYS_FREE} days")

    def after(self, day: date, working_days: int) -> date:
        """The day on which this many working days after ``day`` are over; ``day`` itself is not counted."""
        for _ in range(working_days):
            day = self.on_or_after(day + ONE_DAY)
        return day


@cache
def public_holidays(region: str, year: int) -> frozenset[date]:
    """The public holidays of a country or of one of its parts in one year.

    Raises:
        NotImplementedError: the package does not know the country or the part.
    """
    country, _, part = region.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
