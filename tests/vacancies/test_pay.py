"""What a vacancy pays a month in euros, by hand."""

import pytest

from talent.vacancies.pay import euros_a_month
from talent.vacancies.terms import CURRENCIES, PayPeriod

M, Y, H = PayPeriod.MONTH, PayPeriod.YEAR, PayPeriod.HOUR


@pytest.mark.parametrize(
    ("cents", "period", "hours", "euros"),
    [
        (295_000, M, None, 2_950),
        (295_099, M, 40, 2_950),  # rounded down: nobody is promised a euro that is not paid
        (3_600_000, Y, None, 3_000),
        (3_599_999, Y, None, 2_999),
        (1_500, H, 40, 2_600),  # 15 euros · 40 hours · 52 weeks / 12 months
        (1_500, H, 38.5, 2_502),  # 2,502.50
        (1_282, H, 0.5, 27),
        (1_500, H, None, None),  # nobody knows for how many hours
        (None, M, 40, None),
        (295_000, None, 40, None),
        (1, M, None, 0),
    ],
)
def test_the_least_pay_a_month(cents, period, hours, euros):
    assert euros_a_month(cents, "EUR", period, hours) == euros


@pytest.mark.parametrize("currency", [one for one in CURRENCIES if one != "EUR"])
def test_pay_in_another_currency_is_not_counted_by_a_rate_that_nobody_gave(currency):
    assert euros_a_month(295_000, currency, M, 40) is None
