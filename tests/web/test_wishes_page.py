"""The page of wishes: what is offered, what is said about it, and what becomes of what was typed."""

import io
import json
import zipfile

import pytest

from talent.accounts.models import Account
from talent.profiles import answers, service
from talent.profiles.schemas import CountriesAnswer, WishesAnswer
from talent.subject_rights import copy_of_everything
from talent.taxonomy.countries import MEMBER_STATES
from tests.factories.corridor import make_release
from tests.factories.profiles import answer_everything, make_candidate

PAGE = "/profile/wishes"


@pytest.fixture
def saima(session):
    make_release(session)
    actor = make_candidate(session)
    answer_everything(session, actor)
    return actor


@pytest.fixture
def browser(session, signed_in, saima):
    return signed_in(session.get(Account, saima.id))


@pytest.fixture
def urdu(session, app, signed_in, saima):
    return signed_in(session.get(Account, saima.id), language="ur")


def save(session, actor, answer):
    """Save an answer as another window does."""
    kind = answers.save_wishes if isinstance(answer, WishesAnswer) else answers.save_countries
    kind(session, actor, service.profile_to_change(session, actor), answer)


def wishes(session, actor):
    session.expire_all()
    profile = service.own_profile(session, actor).profile
    return profile.first_countries, profile.least_pay_euros


def offered(page):
    return {box.get("value") for box in page.tree.xpath("//input[@name='first_countries']")}


def test_the_page_says_in_english_what_a_wish_does_and_what_it_does_not(browser):
    text = browser.get(PAGE).text
    assert "Nobody is left out because of them" in text
    assert "A job that pays less moves down in the order, and stays in it" in text
    assert "An agency reads whether its job pays as much, never this amount" in text


def test_the_page_says_in_urdu_what_a_wish_does_and_what_it_does_not(urdu):
    page = urdu.get(f"{PAGE}?lang=ur")
    assert page.tree.get("dir") == "rtl"
    assert "فہرست سے باہر نہیں ہوتا" in page.text
    assert "یہ رقم کبھی نہیں" in page.text


def test_whoever_would_work_anywhere_may_like_any_country_best(browser):
    assert offered(browser.get(PAGE)) == set(MEMBER_STATES)


def test_whoever_chose_countries_is_offered_only_these(session, browser, saima):
    save(session, saima, CountriesAnswer(countries=["DE", "IT"]))
    assert offered(browser.get(PAGE)) == {"DE", "IT"}


def test_what_is_wished_for_is_kept_and_shown_again(session, browser, saima):
    browser.send(browser.get(PAGE), first_countries=["DE", "IT"], least_pay_euros="€ 1.500")
    assert wishes(session, saima) == (["DE", "IT"], 1500)
    again = dict(browser.get(PAGE).form(PAGE).form_values())
    assert again["least_pay_euros"] == "1500"
    told = browser.get("/profile/check").text
    for line in ("Liked best: Germany", "Liked best: Italy", "At least €1,500 a month, before tax"):
        assert line in told


def test_no_wish_is_an_answer_and_is_shown_as_one(session, browser, saima):
    save(session, saima, WishesAnswer(first_countries=["DE"], least_pay_euros=1500))
    browser.send(browser.get(PAGE), first_countries=[], least_pay_euros="")
    assert wishes(session, saima) == ([], None)
    told = browser.get("/profile/check").tree
    [row] = told.xpath("//dl/div[dt[contains(., 'What you wish for')]]")
    assert "nothing to add" in row.text_content()


def test_the_check_says_wishes_in_urdu(session, urdu, saima):
    save(session, saima, WishesAnswer(first_countries=["DE"], least_pay_euros=1500))
    told = urdu.get("/profile/check?lang=ur").text
    assert "سب سے زیادہ پسند:" in told
    assert "کم سے کم" in told


@pytest.mark.parametrize("typed", ["0", "100001", "1500.50", "a lot"])
def test_pay_that_cannot_be_used_comes_back_with_what_to_do(session, browser, saima, typed):
    again = browser.send(browser.get(PAGE), expect=422, least_pay_euros=typed, first_countries=["DE"])
    assert again.errors == {
        "#least_pay_euros": "Enter whole euros a month from 1 to 100,000, such as 1500, or leave the box empty"
    }
    assert dict(again.form(PAGE).form_values())["least_pay_euros"] == typed
    assert wishes(session, saima) == ([], None)


def test_a_fourth_country_is_refused_and_the_ticks_stay(browser):
    four = ["AT", "DE", "ES", "IT"]
    again = browser.send(browser.get(PAGE), expect=422, first_countries=four)
    assert again.errors == {"#first_countries": "Tick at most 3 countries: those that you like best"}
    ticked = [value for name, value in again.form(PAGE).form_values() if name == "first_countries"]
    assert sorted(ticked) == four


def test_a_country_left_out_in_another_window_is_refused_with_what_to_do(session, browser, saima):
    form = browser.get(PAGE)
    save(session, saima, CountriesAnswer(countries=["IT"]))
    again = browser.send(form, expect=422, first_countries=["DE"])
    assert "Tick only countries where you said that you would work" in again.errors["#first_countries"]
    assert offered(again) == {"IT"}


def test_wishes_stand_in_the_copy_of_everything(session, tmp_path, saima):
    save(session, saima, WishesAnswer(first_countries=["DE", "IT"], least_pay_euros=1500))
    with zipfile.ZipFile(io.BytesIO(copy_of_everything(session, saima, tmp_path))) as archive:
        [told] = json.loads(archive.read("data.json"))["profile"]
    assert (told["first_countries"], told["least_pay_euros"]) == (["DE", "IT"], 1500)


def test_wishes_saved_in_another_window_are_shown_in_words_and_either_may_be_kept(session, browser, saima):
    first, second = browser.get(PAGE), browser.get(PAGE)
    browser.send(first, first_countries=["DE"], least_pay_euros="1500")
    both = browser.send(second, expect=409, first_countries=["IT"], least_pay_euros="1.500")
    assert "Countries that you like best" in both.text
    assert "Germany" in both.text
    assert "Italy" in both.text
    assert "Least pay" not in both.text, "both windows say the same pay, each in its spelling"
    browser.send(both)
    assert wishes(session, saima) == (["IT"], 1500)
