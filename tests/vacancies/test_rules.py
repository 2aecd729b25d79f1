"""What must be mended before a vacancy may be published, at, below and above each bound."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from talent.vacancies.rules import LATEST_START, LONGEST_OPEN, findings, problems
from talent.vacancies.terms import MOST_PAY_CENTS, CostPayer, PayPeriod, Terms

TODAY = date(2027, 3, 1)
WELDER = Terms(
    title="Welder MAG/TIG",
    employer="Muster Stahlbau GmbH",
    description="You weld steel frames for bridges in our workshop and check your own seams.",
    isco_group="7212",
    country="DE",
    place="Leipzig",
    must_skills=2,
    pay_from_cents=2_950_00,
    pay_to_cents=3_400_00,
    pay_currency="EUR",
    pay_period=PayPeriod.MONTH,
    hours_per_week=38.5,
    seats=4,
    start_on=date(2027, 9, 1),
    closes_on=date(2027, 6, 30),
    cost_payer=CostPayer.EMPLOYER,
)


def fields(terms: Terms) -> list[str]:
    return [problem.field for problem in findings(terms, on=TODAY)]


def test_a_complete_and_fair_vacancy_has_nothing_to_mend():
    assert problems(WELDER, on=TODAY) == ()


@pytest.mark.parametrize(
    ("field", "nothing"),
    [
        ("title", ""),
        ("employer", ""),
        ("description", ""),
        ("country", ""),
        ("place", ""),
        ("pay_from_cents", None),
        ("pay_period", None),
        ("hours_per_week", None),
        ("closes_on", None),
    ],
)
def test_each_missing_answer_is_named_at_its_field(field, nothing):
    terms = replace(WELDER, pay_to_cents=None, **{field: nothing})
    assert fields(terms) == [field]


def test_an_occupation_is_needed():
    assert fields(replace(WELDER, isco_group="")) == ["occupation_id"]


@pytest.mark.parametrize(("must", "found"), [(0, ["skills"]), (1, [])])
def test_at_least_one_skill_is_a_must(must, found):
    assert fields(replace(WELDER, must_skills=must)) == found


def test_an_empty_draft_lists_everything_at_once():
    assert len(problems(Terms(), on=TODAY)) == 12


@pytest.mark.parametrize(("length", "found"), [(39, ["description"]), (40, []), (41, [])])
def test_forty_characters_describe_the_work(length, found):
    assert fields(replace(WELDER, description="w" * length)) == found


@pytest.mark.parametrize(
    ("hours", "found"),
    [(0.5, ["hours_per_week"]), (1, []), (38.5, []), (60, []), (60.5, ["hours_per_week"])],
)
def test_hours_are_between_one_and_sixty(hours, found):
    assert fields(replace(WELDER, hours_per_week=hours)) == found


@pytest.mark.parametrize(("seats", "found"), [(0, ["seats"]), (1, []), (10_000, []), (10_001, ["seats"])])
def test_seats_are_between_one_and_ten_thousand(seats, found):
    assert fields(replace(WELDER, seats=seats)) == found


@pytest.mark.parametrize(
    ("least", "most", "found"),
    [
        (2_950_00, 2_949_99, ["pay_to_cents"]),
        (2_950_00, 2_950_00, []),
        (2_950_00, None, []),
        (0, None, ["pay_from_cents"]),
        (1, None, []),
        (MOST_PAY_CENTS, None, []),
        (MOST_PAY_CENTS + 1, None, ["pay_from_cents"]),
        (2_950_00, MOST_PAY_CENTS + 1, ["pay_to_cents"]),
    ],
)
def test_the_pay_rises_and_stays_within_reason(least, most, found):
    assert fields(replace(WELDER, pay_from_cents=least, pay_to_cents=most)) == found


@pytest.mark.parametrize(
    ("currency", "found"), [("EUR", []), ("PLN", []), ("PKR", ["pay_currency"]), ("", ["pay_currency"])]
)
def test_the_pay_is_in_the_money_of_a_member_state(currency, found):
    assert fields(replace(WELDER, pay_currency=currency)) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [(-1, ["closes_on"]), (0, []), (1, []), (LONGEST_OPEN.days, []), (LONGEST_OPEN.days + 1, ["closes_on"])],
)
def test_a_vacancy_is_open_until_the_end_of_its_closing_date(days, found):
    assert fields(replace(WELDER, closes_on=TODAY + timedelta(days=days))) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [(-1, ["start_on"]), (0, []), (LATEST_START.days, []), (LATEST_START.days + 1, ["start_on"])],
)
def test_work_starts_in_the_future_and_not_in_a_far_one(days, found):
    assert fields(replace(WELDER, start_on=TODAY + timedelta(days=days))) == found


def test_work_may_start_after_the_closing_date_and_without_a_date():
    assert fields(replace(WELDER, start_on=WELDER.closes_on + timedelta(days=60))) == []
    assert fields(replace(WELDER, start_on=None)) == []


@pytest.mark.parametrize(
    ("payer", "found"),
    [
        (CostPayer.EMPLOYER, []),
        (CostPayer.AGENCY, []),
        (CostPayer.UNKNOWN, ["cost_payer"]),
        (CostPayer.WORKER, ["cost_payer"]),
    ],
)
def test_a_worker_never_pays_and_nobody_may_leave_it_open(payer, found):
    assert fields(replace(WELDER, cost_payer=payer)) == found


@pytest.mark.parametrize(("country", "found"), [("DE", []), ("GR", []), ("PK", ["country"]), ("CH", ["country"])])
def test_the_work_is_in_a_member_state(country, found):
    assert fields(replace(WELDER, country=country)) == found


@pytest.mark.parametrize(
    ("country", "group", "is_reserved"),
    [
        ("DE", "2199", False),
        ("DE", "2211", True),
        ("DE", "2221", True),
        ("DE", "3119", False),
        ("DE", "3211", True),
        ("DE", "3259", True),
        ("DE", "3311", False),
        ("DE", "5311", False),
        ("DE", "5321", True),
        ("DE", "5329", True),
        ("DE", "5411", False),
        ("IT", "2221", False),
        ("FI", "5321", False),
    ],
)
def test_health_and_care_in_germany_is_reserved_to_the_federal_agency(country, group, is_reserved):
    found = list(findings(replace(WELDER, country=country, isco_group=group), on=TODAY))
    assert [problem.field for problem in found] == (["occupation_id"] if is_reserved else [])
    assert all("Bundesagentur für Arbeit" in problem.sentence.english() for problem in found)


def test_words_that_shut_people_out_are_named_in_the_title_and_in_the_description():
    terms = replace(WELDER, title="Welder, male candidates only", description=f"{WELDER.description} Maximum age 40.")
    found = list(findings(terms, on=TODAY))
    assert [problem.field for problem in found] == ["title", "description"]
    assert "“male candidates” asks for a sex" in found[0].sentence.english()


def test_the_same_objection_is_made_once():
    terms = replace(WELDER, title="Welder, ladies only", description=f"{WELDER.description} Only ladies.")
    assert fields(terms) == ["title"]
