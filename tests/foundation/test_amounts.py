"""Money and numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.foundation.amounts import amount_text, cents_of, number_of, whole_euros_of


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("2950", 2_950_00),
        ("2.950", 2_950_00),
        ("2,950", 2_950_00),
        ("2 950", 2_950_00),
        ("2’950.00", 2_950_00),
        ("2.950,00", 2_950_00),
        ("2,950.50", 2_950_50),
        ("14,5", 14_50),
        ("14.50", 14_50),
        ("1.234.567,89", 1_234_567_89),
        ("۲۹۵۰", 2_950_00),
        ("۲٬۹۵۰", 2_950_00),
        ("۲،۹۵۰", 2_950_00),
        ("۲٬۹۵۰٫۵۰", 2_950_50),
    ],
)
def test_the_signs_of_six_countries_mean_the_same(typed, cents):
    assert cents_of(typed) == cents


@pytest.mark.parametrize("typed", ["", "-5", "abc", "2950,505", "12,34,567", "2.950.00", "1.234,567.8", "€ 50", "1e9"])
def test_what_is_no_amount_is_a_sentence(typed):
    with pytest.raises(ValueError) as refused:
        cents_of(typed)
    assert "such as 2950" in refused.value.args[0].english()


@pytest.mark.parametrize(
    "typed", ["1500", "1.500", "1,500.00", "1 500", "€1500", "€ 1,500", "1500 €", "1500 EUR", "1500 euros", "۱۵۰۰ یورو"]
)
def test_whole_euros_are_read_with_or_without_their_sign(typed):
    assert whole_euros_of(typed) == 1500


@pytest.mark.parametrize("typed", ["1500.50", "1,5", "", "€", "1500 USD", "Rs 1500", "-1500", "1500 to 2000"])
def test_cents_and_other_money_are_no_whole_euros(typed):
    with pytest.raises(ValueError):
        whole_euros_of(typed)


@given(st.integers(min_value=1, max_value=10**10))
def test_an_amount_shown_is_read_back_the_same(cents):
    assert cents_of(amount_text(cents)) == cents


@pytest.mark.parametrize(("typed", "number"), [("40", 40), ("38.5", 38.5), ("38,5", 38.5), (" 37,25 ", 37.25)])
def test_a_number_has_a_point_or_a_comma(typed, number):
    assert number_of(typed) == number


@pytest.mark.parametrize("typed", ["", "forty", "-1", "3.8.5", "inf", "nan", "1e3"])
def test_what_is_no_number_is_a_sentence(typed):
    with pytest.raises(ValueError):
        number_of(typed)
