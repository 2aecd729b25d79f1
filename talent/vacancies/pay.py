"""What a vacancy pays a month, so that two of them can be compared."""

from fractions import Fraction
from typing import Final

from talent.vacancies.terms import PayPeriod

WEEKS_A_YEAR, MONTHS_A_YEAR, CENTS = 52, 12, 100
TIMES_A_YEAR: Final = {PayPeriod.MONTH: MONTHS_A_YEAR, PayPeriod.YEAR: 1}


def euros_a_month(
    from_cents: int | None, currency: str, period: PayPeriod | None, hours_per_week: float | None
) -> int | None:
    """The least that is paid a month before tax, in whole euros rounded down.

    None where the vacancy does not say it, or says it in another currency: no rate of exchange is kept here. Pay for an
    hour is counted over 52 weeks of the hours that are stated.
    """
    if from_cents is None or period is None or currency != "EUR":
        return None
    if period is PayPeriod.HOUR:
        if hours_per_week is None:
            return None
        a_year = Fraction(str(hours_per_week)) * WEEKS_A_YEAR * from_cents
    else:
        a_year = Fraction(TIMES_A_YEAR[period] * from_cents)
    return int(a_year / (MONTHS_A_YEAR * CENTS))
