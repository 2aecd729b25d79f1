"""Whoever is signed in and refused is written down, once, with the address and without what was asked about."""

import pytest
from sqlalchemy import select

from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from tests.factories.corridor import make_account, make_agency
from web import refusals


@pytest.fixture
def agency(session):
    return make_account(session, Role.AGENCY_OFFICER, organisation_id=make_agency(session).id)


def refused(session):
    rows = session.scalars(select(AuditEntry).where(AuditEntry.action == "address.refused"))
    return [(row.actor_id, row.actor_role, row.organisation_id, row.thing_id) for row in rows]


def test_a_refused_page_is_written_down_with_who_and_where(session, signed_in, agency):
    signed_in(agency).get("/staff/roles", expect=403)
    assert refused(session) == [(agency.id, "agency_officer", agency.organisation_id, "GET /staff/roles")]


def test_a_refused_form_is_written_down_and_its_words_are_not(session, signed_in, agency):
    browser = signed_in(agency)
    page = browser.get("/vacancies/new")
    page.form().action = "/staff/accounts"
    browser.send(page, login="malik@example.com", expect=403)
    assert [one[3] for one in refused(session)] == ["POST /staff/accounts"]


def test_nobody_who_is_not_signed_in_fills_the_journal(session, browser):
    browser.goes_to("/staff/roles")
    assert refused(session) == []


def test_what_does_not_exist_for_somebody_is_not_written_down(session, signed_in, agency):
    signed_in(agency).get("/vacancies/0b8f1f0e-0000-4000-8000-000000000000", expect=404)
    signed_in(agency).get("/vacancies")
    assert refused(session) == []


def test_whoever_is_refused_is_answered_though_the_journal_is_away(session, signed_in, agency, monkeypatch, caplog):
    from sqlalchemy.exc import OperationalError

    def away(*_):
        raise OperationalError("insert", {}, Exception("the server is away"))

    monkeypatch.setattr(refusals, "record", away)
    signed_in(agency).get("/staff/roles", expect=403)
    assert "a refusal was not written down: OperationalError" in caplog.text
    assert refused(session) == []
