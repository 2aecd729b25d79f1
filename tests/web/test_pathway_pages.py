"""The pages of lawful ways: open to everybody, generated from the data, each figure with its date, never a permit."""

import re

import pytest

from talent.pathways.catalogue import catalogue
from talent.pathways.eligibility import NOT_A_PERMIT
from tests.factories.recognition import load_trades

MASON = "/pathways/check?country=DE&occupation=7112"


@pytest.fixture
def words(session):
    load_trades(session)


def test_every_way_has_a_page_with_its_date_its_sources_and_a_place_to_report_an_error(browser):
    wrong = []
    for way in catalogue().pathways:
        page = browser.get(f"/pathways/{way.id}")
        needed = (NOT_A_PERMIT, "as of ", way.source, way.title, "Report an error on this page")
        wrong += [(way.id, words) for words in needed if words not in page.text]
        wrong += [(way.id, step.id) for step in way.steps if step.text not in page.text]
    assert wrong == []


def test_the_list_leads_to_every_way(browser):
    page = browser.get("/pathways")
    linked = set(page.links())
    assert {f"/pathways/{way.id}" for way in catalogue().pathways} <= linked
    assert NOT_A_PERMIT in page.text


def test_a_way_that_does_not_exist_is_not_found(browser):
    assert browser.get("/pathways/us_green_card", expect=404).status == 404


def test_country_and_occupation_are_enough_to_see_all_ways_and_what_may_be_told(browser, words):
    page = browser.get(MASON)
    assert NOT_A_PERMIT in page.text
    assert "Best next step:" in page.text
    assert "Not for this occupation:" in page.text
    assert page.text.count("Tell more for a clearer answer") == 1


def test_what_was_told_is_answered_and_kept_in_the_form(browser, words):
    page = browser.get(f"{MASON}&award=nvqf_certificate&training_months=6&is_state_recognised=yes&german=A2")
    assert "A training of 24 months or more that the State recognises" in page.text
    assert page.tree.xpath("//input[@name='training_months']/@value") == ["6"]


def test_a_nurse_reads_who_alone_may_recruit_her(browser, words):
    page = browser.get("/pathways/check?country=DE&occupation=2221")
    assert "Only the Bundesagentur für Arbeit may recruit from Pakistan for this occupation" in page.text
    assert "WHO list" in page.text
    assert "Closed for this job" in page.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("country=DE", "Choose the occupation"),
        ("country=US&occupation=7112", "Choose one of the list."),
        ("country=DE&occupation=7112&training_months=many", "Enter a number of months, or leave it empty."),
    ],
)
def test_a_question_that_is_not_whole_is_asked_again(browser, words, query, sentence):
    assert sentence in browser.get(f"/pathways/check?{query}", expect=422).text


def test_no_page_speaks_of_a_chance_or_a_likelihood(browser, words):
    spoken = re.compile(r"\b(chance|probab|likel|score)\w*", re.I)
    for address in ("/pathways", MASON, "/pathways/de_chancenkarte_20a"):
        text = browser.get(address).text.replace("Chancenkarte", "")
        assert spoken.search(text) is None, address
