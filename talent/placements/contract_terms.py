"""What a contract promises, as plain values, and the words for it."""

from dataclasses import dataclass
from enum import StrEnum

from talent.foundation.words import N_
from talent.vacancies.terms import PayPeriod

MONTHS_A_YEAR = 12
FEWEST_HOURS, MOST_HOURS = 1, 80  # a week, as it may be typed; what the law allows stands in the rules
MOST_MONTHS = 120


class Term(StrEnum):
    """One thing that a contract promises."""

    PAY = "pay"
    HOURS = "hours"
    MONTHS = "months"
    HOUSING = "housing"
    RETURN_TICKET = "return_ticket"
    INSURANCE = "insurance"
    PROBATION = "probation"
    LANGUAGE = "language"


TERM_NAMES: dict[Term, str] = {
    Term.PAY: N_("Pay before tax"),
    Term.HOURS: N_("Hours a week"),
    Term.MONTHS: N_("How long the contract lasts"),
    Term.HOUSING: N_("A place to live"),
    Term.RETURN_TICKET: N_("Ticket home at the end"),
    Term.INSURANCE: N_("Health insurance"),
    Term.PROBATION: N_("Probation"),
    Term.LANGUAGE: N_("Language of the contract"),
}


class Length(StrEnum):
    """Whether a contract ends by itself."""

    FIXED = "fixed"
    OPEN = "open"


LENGTH_NAMES: dict[Length, str] = {
    Length.FIXED: N_("It ends after some months"),
    Length.OPEN: N_("It has no end"),
}


class Housing(StrEnum):
    """Who sees to a place to live, and who pays."""

    NONE = "none"
    FREE = "free"
    DEDUCTED = "deducted"
    RENTED = "rented"


HOUSING_NAMES: dict[Housing, str] = {
    Housing.NONE: N_("The worker looks for a place"),
    Housing.FREE: N_("The employer provides it, free of charge"),
    Housing.DEDUCTED: N_("The employer provides it and takes the rent off the pay"),
    Housing.RENTED: N_("The employer provides it, and the worker pays the rent"),
}


class Payment(StrEnum):
    """Who pays for something."""

    EMPLOYER = "employer"
    SHARED = "shared"
    WORKER = "worker"


PAYMENT_NAMES: dict[Payment, str] = {
    Payment.EMPLOYER: N_("The employer pays"),
    Payment.SHARED: N_("Both pay a part"),
    Payment.WORKER: N_("The worker pays"),
}


@dataclass(frozen=True)
class Promises:
    """The terms of one contract; None and empty text: not written down.

    Amounts are cents of ``currency`` before tax; ``rent_cents`` is for a month. languages: BCP 47 tags.
    """

    pay_cents: int | None = None
    currency: str = "EUR"
    period: PayPeriod | None = None
    hours_week: float | None = None
    length: Length | None = None
    months: int | None = None
    housing: Housing | None = None
    rent_cents: int | None = None
    return_ticket: Payment | None = None
    insurance: Payment | None = None
    probation_months: int | None = None
    languages: tuple[str, ...] = ()

    @property
    def pay_month_cents(self) -> int | None:
        """The pay for a month; None when it is not told, or told for an hour."""
        if self.pay_cents is None or self.period not in (PayPeriod.MONTH, PayPeriod.YEAR):
            return None
        return self.pay_cents if self.period is PayPeriod.MONTH else self.pay_cents // MONTHS_A_YEAR

    @property
    def pay_year_cents(self) -> int | None:
        """The pay for a year; None when it is not told, or told for an hour."""
        if self.pay_cents is None or self.period not in (PayPeriod.MONTH, PayPeriod.YEAR):
            return None
        return self.pay_cents if self.period is PayPeriod.YEAR else self.pay_cents * MONTHS_A_YEAR
