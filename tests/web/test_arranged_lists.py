"""Lists that each reader arranges: columns, what narrows them, kept for the next visit and forgotten again."""

import re

import pytest

from talent.accounts.models import Account, ListArrangement, Organisation
from talent.accounts.permissions import Role
from talent.vacancies.states import VacancyState
from tests.factories.corridor import make_account
from tests.factories.vacancies import load_words, make_officer, make_vacancy
from web import listings
from web.listings import LISTINGS
from web.templating import FOLDER

TEMPLATES = {
    "placements/list.html": listings.PLACEMENTS,
    "figures/cases.html": listings.CASES,
    "figures/follow_ups.html": listings.FOLLOW_UPS,
    "vacancies/list.html": listings.VACANCIES,
    "recognition/inbox.html": listings.RECOGNITION,
    "organisations/list.html": listings.ORGANISATIONS,
    "training/parts.html": listings.COHORTS,
    "training/cohort.html": listings.PEOPLE,
    "costs/complaints.html": listings.COMPLAINTS,
    "journal/list.html": listings.JOURNAL,
}


@pytest.fixture
def officer(session):
    load_words(session)
    return make_officer(session)


@pytest.fixture
def as_(signed_in, session):
    return lambda actor: signed_in(session.get_one(Account, actor.id))


@pytest.fixture
def desk(session, officer, as_):
    make_vacancy(session, officer, VacancyState.PUBLISHED, title="Welder for bridges")
    make_vacancy(session, officer, title="Cook")
    return as_(officer)


def columns_of(page):
    return [heading.strip() for heading in page.tree.xpath("//thead//th/text()")]


def titles_of(page):
    return page.tree.xpath("//tbody/tr/th/a/bdi/text()")


@pytest.mark.parametrize(("template", "listing"), TEMPLATES.items())
def test_a_table_has_a_cell_for_each_column_of_its_list(template, listing):
    words = (FOLDER / template).read_text(encoding="utf-8")
    assert set(re.findall(r'shows\("(\w+)"\)', words)) == set(listing.columns)


def test_every_list_is_shown_by_a_template():
    assert set(LISTINGS) - {listing.key for listing in TEMPLATES.values()} == {"own_vacancies"}
    assert all(listing.numbers <= set(listing.columns) for listing in LISTINGS.values())


def test_a_list_shows_every_column_until_somebody_chooses(desk):
    assert columns_of(desk.get("/vacancies")) == ["Vacancy", "State", "Occupation", "Place", "Seats", "Closes on"]
    assert columns_of(desk.get("/vacancies?column=seats&column=state")) == ["Vacancy", "State", "Seats"]
    assert len(columns_of(desk.get("/vacancies?column=nonsense"))) == 6


def test_what_is_kept_is_there_at_the_next_visit_and_gone_when_it_is_forgotten(session, desk):
    assert not desk.get("/vacancies").tree.xpath("//form[starts-with(@action, '/lists/')]"), "nothing to keep yet"
    shown = desk.get("/vacancies?state=published&column=state")
    assert desk.send(shown, action="/lists/own_vacancies") == "/vacancies"
    again = desk.get("/vacancies")
    assert (columns_of(again), titles_of(again)) == (["Vacancy", "State"], ["Welder for bridges"])
    assert "You see this list as you kept it." in again.text
    assert again.tree.xpath("//select[@name='state']/option[@selected]/@value") == ["published"]
    kept = session.query(ListArrangement).one()
    assert (kept.listing, kept.columns, kept.filters) == ("own_vacancies", ["state"], {"state": "published"})
    everything = desk.get("/vacancies?state=&words=")
    assert set(titles_of(everything)) == {"Welder for bridges", "Cook"}, "an address says more than what is kept"
    assert columns_of(everything) == ["Vacancy", "State"]
    assert desk.send(again, action="/lists/own_vacancies/forget") == "/vacancies"
    assert len(columns_of(desk.get("/vacancies"))) == 6
    assert session.query(ListArrangement).all() == []


def test_keeping_again_takes_the_place_of_what_was_kept(session, desk):
    for column in ("state", "seats"):
        desk.send(desk.get(f"/vacancies?column={column}"), action="/lists/own_vacancies")
    assert [row.columns for row in session.query(ListArrangement)] == [["seats"]]


def test_what_one_keeps_nobody_else_sees(session, desk, officer, as_):
    desk.send(desk.get("/vacancies?column=state"), action="/lists/own_vacancies")
    colleague = make_officer(session, agency=session.get_one(Organisation, officer.organisation_id))
    assert len(columns_of(as_(colleague).get("/vacancies"))) == 6


def test_a_list_that_there_is_not_is_not_found(desk):
    shown = desk.get("/vacancies?column=state")
    shown.form("/lists/own_vacancies").action = "/lists/nonsense"
    desk.send(shown, action="/lists/nonsense", expect=404)


def test_columns_and_fields_that_the_list_has_not_are_not_kept(session, desk):
    shown = desk.get("/vacancies?column=state")
    desk.send(shown, action="/lists/own_vacancies", column="state salary", words="w" * 300, salary="1")
    kept = session.query(ListArrangement).one()
    assert (kept.columns, kept.filters) == (["state"], {"words": "w" * 100})


def test_after_keeping_one_comes_back_to_a_page_of_the_service_alone(session, desk):
    shown = desk.get("/vacancies?column=state")
    assert desk.send(shown, action="/lists/own_vacancies", then="https://elsewhere.example/x") == "/vacancies"
    assert session.query(ListArrangement).count() == 1


def test_the_journal_keeps_no_name_that_it_was_searched_for(session, signed_in):
    auditor = signed_in(make_account(session, Role.AUDITOR))
    shown = auditor.get("/journal?about=TP-7K3QM2&column=when&column=what")
    auditor.send(shown, action="/lists/journal")
    kept = session.query(ListArrangement).one()
    assert (kept.columns, kept.filters) == (["what"], {})
