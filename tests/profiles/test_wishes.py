"""What a candidate wishes for: which countries best, and the least pay; both are free to stay empty."""

from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import NotPermitted
from talent.profiles import answers
from talent.profiles.answers import Changed, NotPossible
from talent.profiles.models import ProfileChange
from talent.profiles.schemas import MOST_FIRST_COUNTRIES, MOST_PAY_EUROS, NOT_PAY, CountriesAnswer, WishesAnswer
from talent.profiles.steps import PRESENT, StepName, StepState, mark, step_states
from tests.factories.corridor import make_release
from tests.factories.profiles import begin, make_candidate, publish_one

FOUR = ["AT", "DE", "ES", "IT"]


@pytest.fixture
def cook(session):
    make_release(session)
    return make_candidate(session)


@pytest.fixture
def own(session, cook):
    return begin(session, cook)


def wish(session, cook, own, *countries: str, pay: object = None, seen: str = "") -> None:
    answer = WishesAnswer.model_validate({"first_countries": list(countries), "least_pay_euros": pay})
    answers.save_wishes(session, cook, own, answer, seen=seen)


def would_work_in(session, cook, own, *countries: str) -> None:
    answer = CountriesAnswer(countries=list(countries), anywhere=not countries)
    answers.save_countries(session, cook, own, answer)


def sentences(refused) -> list[str]:
    return [str(error["ctx"]["error"]) for error in refused.value.errors() if "error" in error.get("ctx", {})]


def test_no_special_wish_is_an_answer(session, cook, own):
    assert step_states(own)[StepName.WISHES] is StepState.TODO
    wish(session, cook, own)
    assert (own.profile.first_countries, own.profile.least_pay_euros) == ([], None)
    assert step_states(own)[StepName.WISHES] is StepState.NONE


def test_nobody_needs_a_wish_to_publish(session, cook):
    own = publish_one(session, cook)
    wish(session, cook, own)
    assert step_states(own)[StepName.WISHES] is StepState.NONE


@pytest.mark.parametrize(("countries", "pay"), [(("DE",), None), ((), 1500), (("DE", "IT"), 1500)])
def test_each_wish_stands_alone_or_with_the_other(session, cook, own, countries, pay):
    wish(session, cook, own, *countries, pay=pay)
    assert (own.profile.first_countries, own.profile.least_pay_euros) == (list(countries), pay)
    assert step_states(own)[StepName.WISHES] is StepState.DONE


def test_countries_are_kept_once_and_in_one_order(session, cook, own):
    wish(session, cook, own, "IT", "DE", "IT")
    assert own.profile.first_countries == ["DE", "IT"]


@pytest.mark.parametrize("count", [MOST_FIRST_COUNTRIES - 1, MOST_FIRST_COUNTRIES])
def test_up_to_three_countries_are_liked_best(session, cook, own, count):
    wish(session, cook, own, *FOUR[:count])
    assert own.profile.first_countries == FOUR[:count]


def test_a_fourth_country_is_too_many():
    with pytest.raises(ValidationError) as refused:
        WishesAnswer(first_countries=FOUR[: MOST_FIRST_COUNTRIES + 1])
    assert [error["type"] for error in refused.value.errors()] == ["too_long"]


@pytest.mark.parametrize("code", ["PK", "US", "de", "ZZ"])
def test_only_a_member_state_is_liked_best(code):
    with pytest.raises(ValidationError):
        WishesAnswer(first_countries=[code])


def test_only_a_country_where_the_candidate_would_work_is_liked_best(session, cook, own):
    would_work_in(session, cook, own, "DE", "IT")
    with pytest.raises(NotPossible) as refused:
        wish(session, cook, own, "DE", "ES")
    assert refused.value.problems["first_countries"].english().startswith("Tick only countries where you said")
    assert own.profile.first_countries == []
    wish(session, cook, own, "DE")
    assert own.profile.first_countries == ["DE"]


def test_a_country_left_out_later_is_liked_best_no_more(session, cook, own):
    wish(session, cook, own, "DE", "IT", pay=1500)
    would_work_in(session, cook, own, "ES", "IT")
    assert (own.profile.first_countries, own.profile.least_pay_euros) == (["IT"], 1500)


def test_whoever_would_work_anywhere_again_keeps_what_is_liked_best(session, cook, own):
    would_work_in(session, cook, own, "DE", "IT")
    wish(session, cook, own, "IT")
    would_work_in(session, cook, own)
    assert own.profile.first_countries == ["IT"]


@pytest.mark.parametrize(
    ("typed", "euros"),
    [("1", 1), ("1500", 1500), ("1.500", 1500), ("€ 1,500", 1500), ("۱۵۰۰", 1500), ("100000", MOST_PAY_EUROS)],
)
def test_pay_is_read_as_people_type_it(session, cook, own, typed, euros):
    wish(session, cook, own, pay=typed)
    session.expire(own.profile, ["least_pay_euros"])
    assert own.profile.least_pay_euros == euros


@pytest.mark.parametrize("typed", ["1500.50", "a lot", "-1", "1500 USD", "1500 to 2000"])
def test_what_is_no_pay_is_refused_with_what_to_do(typed):
    with pytest.raises(ValidationError) as refused:
        WishesAnswer.model_validate({"least_pay_euros": typed})
    assert sentences(refused) == [NOT_PAY]


@pytest.mark.parametrize("euros", [0, MOST_PAY_EUROS + 1])
def test_pay_beyond_its_bounds_is_refused(euros):
    with pytest.raises(ValidationError):
        WishesAnswer(least_pay_euros=euros)


def test_a_window_that_shows_old_wishes_does_not_overwrite_the_new_ones(session, cook, own):
    seen = mark(PRESENT[StepName.WISHES](own))
    wish(session, cook, own, "DE", pay=1500, seen=seen)
    with pytest.raises(Changed) as changed:
        wish(session, cook, own, "DE", pay=1600, seen=seen)
    assert changed.value.saved == {"first_countries": ["DE"], "least_pay_euros": 1500}
    assert own.profile.least_pay_euros == 1500


def test_two_windows_that_wish_the_same_do_not_disturb_each_other(session, cook, own):
    seen = mark(PRESENT[StepName.WISHES](own))
    for typed in ("1500", "1.500"):
        wish(session, cook, own, "IT", "DE", pay=typed, seen=seen)
    assert own.profile.least_pay_euros == 1500


def test_a_published_profile_is_matched_again_with_its_new_wishes(session, cook):
    own = publish_one(session, cook)
    changes = select(func.count()).where(ProfileChange.profile_id == own.profile.id)
    before = session.scalar(changes)
    wish(session, cook, own, "DE")
    assert session.scalar(changes) == before + 1


def test_nobody_else_saves_a_wish(session, cook, own):
    with pytest.raises(NotPermitted):
        wish(session, Actor(uuid4(), Role.AGENCY_OFFICER), own, "DE")
