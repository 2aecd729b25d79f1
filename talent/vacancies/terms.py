"""What a vacancy says about the work and its conditions, as plain values that rules can look at."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from talent.foundation.words import N_


class PayPeriod(StrEnum):
    """What the stated pay is paid for."""

    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


class CostPayer(StrEnum):
    """Who pays the recruitment costs; a vacancy whose worker pays is never published."""

    EMPLOYER = "employer"
    AGENCY = "agency"
    WORKER = "worker"
    UNKNOWN = "unknown"


PAY_PERIOD_NAMES: dict[PayPeriod, str] = {
    PayPeriod.HOUR: N_("an hour"),
    PayPeriod.MONTH: N_("a month"),
    PayPeriod.YEAR: N_("a year"),
}
COST_PAYER_NAMES: dict[CostPayer, str] = {
    CostPayer.EMPLOYER: N_("The employer"),
    CostPayer.AGENCY: N_("The agency"),
    CostPayer.WORKER: N_("The worker"),
    CostPayer.UNKNOWN: N_("Not known yet"),
}

CURRENCIES = ("EUR", "CZK", "DKK", "HUF", "PLN", "RON", "SEK")
"""ISO 4217 codes of the money of the Member States."""

FEWEST_HOURS, MOST_HOURS = 1, 60  # a week; the Working Time Directive 2003/88/EC allows 48 on average, more at times
FEWEST_SEATS, MOST_SEATS = 1, 10_000
MOST_EXPERIENCE_MONTHS = 600
MOST_QUALIFICATION_MONTHS = 120
MOST_PAY_CENTS = 100_000_000  # one million of any currency: far above any pay, far below the column's limit


@dataclass(frozen=True)
class Terms:
    """One vacancy as the rules see it; empty text, None and 0 mean "not said"."""

    title: str = ""
    employer: str = ""
    description: str = ""
    isco_group: str = ""  # ISCO-08 unit group, four digits
    country: str = ""  # ISO 3166-1 alpha-2
    place: str = ""
    must_skills: int = 0
    pay_from_cents: int | None = None
    pay_to_cents: int | None = None
    pay_currency: str = ""
    pay_period: PayPeriod | None = None
    hours_per_week: float | None = None
    seats: int = 1
    start_on: date | None = None
    closes_on: date | None = None
    cost_payer: CostPayer = CostPayer.UNKNOWN
