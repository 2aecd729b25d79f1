"""What the forms of contracts and demand letters offer, and what stands in them before anybody typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from talent.foundation.amounts import amount_text
from talent.placements.contract_models import Contract, DemandLetter
from talent.placements.contract_schemas import WRITTEN_IN
from talent.placements.contract_terms import HOUSING_NAMES, LENGTH_NAMES, PAYMENT_NAMES
from talent.taxonomy.languages import language_name
from talent.vacancies.models import Vacancy
from talent.vacancies.terms import CURRENCIES, PAY_PERIOD_NAMES
from web.forms import Answer, blank
from web.parts import Choice

NAMES: Mapping[str, Mapping[Any, str]] = {
    "period": PAY_PERIOD_NAMES,
    "length": LENGTH_NAMES,
    "housing": HOUSING_NAMES,
    "payment": PAYMENT_NAMES,
}


def choices(language: str) -> dict[str, Sequence[Choice]]:
    """Every choice by the name of its field."""
    return {
        **{field: [Choice(one.value, words) for one, words in names.items()] for field, names in NAMES.items()},
        "currency": [Choice(code, code) for code in CURRENCIES],
        "languages": [Choice(code, language_name(code, language)) for code in WRITTEN_IN],
    }


def as_typed(contract: Contract | None, vacancy: Vacancy) -> Answer[Any]:
    """The terms as they were typed; before that, what the vacancy promised."""
    if contract is None:
        return blank(
            pay_cents=amount_text(vacancy.pay_from_cents),
            currency=vacancy.pay_currency,
            period=vacancy.pay_period,
            hours_week=number_text(vacancy.hours_per_week),
        )
    return blank(
        pay_cents=amount_text(contract.pay_cents),
        currency=contract.currency,
        period=contract.period,
        hours_week=number_text(contract.hours_week),
        length=contract.length,
        months=contract.months,
        housing=contract.housing,
        rent_cents=amount_text(contract.rent_cents),
        return_ticket=contract.return_ticket,
        insurance=contract.insurance,
        probation_months=contract.probation_months,
        languages=contract.languages,
    )


def letter_as_typed(letter: DemandLetter | None, vacancy: Vacancy | None) -> Answer[Any]:
    """The letter as it was typed; before that, what the vacancy says; empty for whoever does not write it."""
    if letter is not None:
        return blank(
            seats=letter.seats,
            pay_cents=amount_text(letter.pay_cents),
            currency=letter.currency,
            period=letter.period,
            months=letter.months,
        )
    if vacancy is None:
        return blank()
    return blank(
        seats=vacancy.seats,
        pay_cents=amount_text(vacancy.pay_from_cents),
        currency=vacancy.pay_currency,
        period=vacancy.pay_period,
    )


def number_text(number: float | None) -> str:
    """The number as one would type it: 40 or 38.5."""
    return "" if number is None else f"{number:g}"
