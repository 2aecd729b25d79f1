"""The finder's two pages, open to everybody, in English and Urdu."""

import re
from itertools import product

import pytest

from talent.recognition.procedures import catalogue
from talent.taxonomy.levels import NVQF_NOTE, QualificationKind
from tests.factories.recognition import load_trades

FINDER = "/recognition/finder"
MASON = f"{FINDER}?award=nvqf_certificate&months=6&occupation=7112&country=DE"
FIGURE = re.compile(r"€|\b\d+ (?:months?|weeks?|days?|years?|working days)\b")


@pytest.fixture(autouse=True)
def words(session):
    load_trades(session)


def test_a_mason_with_a_six_month_certificate_learns_in_two_pages_that_two_years_are_needed_and_what_would_open(
    browser,
):
    first = browser.get(FINDER)
    assert first.heading == "Which recognition do I need?"
    second = browser.get(MASON)
    assert "It needs 24 months of full-time training; you have 6." in second.text
    assert "What would open a way" in second.text
    assert "24 months or more, such as a DAE" in second.text
    assert NVQF_NOTE in second.text


def test_the_page_speaks_urdu(urdu_browser):
    page = urdu_browser.get(MASON)
    assert page.tree.get("dir") == "rtl"
    assert "راستہ کیسے کھلے گا" in page.text
    assert "24" in page.text


@pytest.mark.parametrize(
    ("query", "box", "sentence"),
    [
        ("months=6", "#award", "Choose your award."),
        ("award=dae&months=900&occupation=7112&country=DE", "#months", "from 1 to 120"),
        ("award=dae&occupation=0000&country=DE", "#occupation", "Choose the occupation from the list."),
        ("award=dae&occupation=7112&country=US", "#country", "Choose the country."),
    ],
)
def test_an_answer_that_is_missing_is_asked_for_and_the_rest_is_kept(browser, query, box, sentence):
    again = browser.get(f"{FINDER}?{query}", expect=422)
    assert sentence in again.errors[box]


@pytest.mark.parametrize("country", [row.country for row in catalogue().frames])
def test_every_figure_on_the_page_has_its_source_and_its_date_beside_it(browser, country):
    figures = 0
    for award, occupation in product(QualificationKind, ["7112", "2221"]):
        page = browser.get(f"{FINDER}?award={award.value}&occupation={occupation}&country={country}")
        for strong in page.tree.xpath("//main//strong"):
            if FIGURE.search(strong.text_content()):
                line = strong.getparent().xpath("following-sibling::*[1]")[0]
                assert "app-source" in line.get("class")
                assert "as of" in line.text_content()
                figures += 1
    assert figures or country not in {"DE", "FI"}


def test_nothing_that_was_asked_is_kept(browser, session):
    browser.get(MASON)
    assert not session.new
    assert not session.dirty


def test_a_nurse_is_warned_that_recruiting_for_germany_is_reserved(browser):
    page = browser.get(f"{FINDER}?award=bachelor&months=48&occupation=2221&country=DE")
    assert "Bundesagentur für Arbeit" in page.text
    assert "Licence as a nurse" in page.text


def test_a_link_from_a_match_begins_the_question_without_an_error(browser):
    page = browser.get(f"{FINDER}?country=FI&occupation=7112")
    assert page.errors == {}
    chosen = {one.get("value") for one in page.tree.iter("input") if one.get("checked") is not None}
    assert chosen == {"FI"}


def test_the_land_is_asked_only_where_who_decides_depends_on_it_and_unknown_stays_unknown(browser):
    nurse = f"{FINDER}?award=bachelor&months=48&occupation=2221&country="
    pages = {country: browser.get(nurse + country) for country in ("DE", "FI")}
    asks = {country: bool(page.tree.xpath("//select[@id='region']")) for country, page in pages.items()}
    assert asks == {"DE": True, "FI": False}
    assert "Zuständige Landesbehörde" in pages["DE"].text
    assert "Hessisches Landesamt" in browser.get(nurse + "DE&region=DE-HE").text
    saxony = browser.get(nurse + "DE&region=DE-SN")
    assert "Zuständige Landesbehörde" in saxony.text
    assert "Its own name is not known to us." in saxony.text
    assert any("region=DE-SN" in link for link in saxony.links() if "/recognition/new" in link)
    browser.get(nurse + "DE&region=anywhere", expect=422)


def test_a_region_of_another_country_is_passed_over(browser):
    page = browser.get(f"{FINDER}?award=bachelor&months=48&occupation=2221&country=FI&region=DE-HE")
    assert "Hessisches" not in page.text
