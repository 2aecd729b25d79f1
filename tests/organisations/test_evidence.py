"""Evidence as files: who brings it, who confirms it, when it counts, who reads it, and the letter before it ends."""

from datetime import timedelta

import pytest

from talent.accounts.models import Account, Organisation
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import today
from talent.foundation.documents import StoredFile, open_file
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.row_context import context_of, enter
from talent.organisations import evidence, service
from talent.organisations.models import EvidenceKind, OrganisationEvidence
from talent.organisations.schemas import NewEvidence
from talent.organisations.states import OrganisationAction, OrganisationState
from tests.factories import files
from tests.factories.vacancies import load_words, make_officer
from tests.organisations.test_service import second, staff

__all__ = ["second", "staff"]
PDF = files.pdf("Licence 4711 of the ministry")


@pytest.fixture
def officer(session):
    load_words(session)
    return make_officer(session)


@pytest.fixture
def agency(session, officer):
    return session.get_one(Organisation, officer.organisation_id)


def bring(session, actor, organisation, tmp_path, *, days=90, content=PDF):
    told = NewEvidence(
        kind=EvidenceKind.LICENCE, words="Licence of the ministry of labour", expires_on=today() + timedelta(days=days)
    )
    before = context_of(session)
    enter(session, actor.rows)
    try:
        return evidence.add_evidence(session, actor, organisation, told, var_dir=tmp_path, content=content)
    finally:
        enter(session, before)


def test_what_an_organisation_brings_counts_once_the_project_has_confirmed_it(
    session, staff, officer, agency, tmp_path
):
    brought = bring(session, officer, agency, tmp_path)
    assert not service.counts(brought)
    with pytest.raises(NotPermitted):
        evidence.confirm(session, officer, agency, brought.id)
    evidence.confirm(session, staff, agency, brought.id)
    assert service.counts(brought)
    with pytest.raises(Conflict):
        evidence.confirm(session, staff, agency, brought.id)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_confirmed_evidence_counts_until_the_end_of_its_last_day(session, staff, agency, tmp_path, days):
    brought = bring(session, staff, agency, tmp_path)
    brought.expires_on = today() + timedelta(days=days)
    assert service.counts(brought) == (days >= 0)


def test_unconfirmed_evidence_neither_verifies_nor_keeps_anybody(session, staff, second, officer, agency, tmp_path):
    agency.state = OrganisationState.UNDER_REVIEW
    session.flush()
    bring(session, officer, agency, tmp_path)
    with pytest.raises(Unprocessable, match="what shows"):
        service.move(session, second, agency, OrganisationAction.VERIFY)
    agency.state = OrganisationState.VERIFIED
    bring(session, staff, agency, tmp_path).expires_on = today() - timedelta(days=1)
    session.flush()
    assert service.lapsed(session) == [agency]


def test_bytes_lie_under_their_hash_and_the_file_has_no_name_of_anybody(session, officer, agency, tmp_path):
    brought = bring(session, officer, agency, tmp_path)
    stored = session.get_one(StoredFile, brought.document_id)
    assert (stored.original_name, stored.kind) == ("evidence.pdf", "pdf")
    with open_file(tmp_path, stored) as stream:
        assert stream.read() == PDF


@pytest.mark.parametrize("content", [b"MZ\x90\x00 not a paper", b"<svg onload=alert(1)>", b"PK\x03\x04 half a zip"])
def test_only_papers_and_pictures_are_taken(session, officer, agency, tmp_path, content):
    with pytest.raises(Unprocessable, match="PDF"):
        bring(session, officer, agency, tmp_path, content=content)


def test_the_project_and_the_organisation_read_the_file_and_each_look_is_written_down(
    session, staff, officer, agency, tmp_path
):
    brought = bring(session, officer, agency, tmp_path)
    for actor in (staff, officer):
        before = context_of(session)
        enter(session, actor.rows)
        found = service.get_organisation(session, actor, agency.id)
        assert evidence.read_file(session, actor, found, brought.id, var_dir=tmp_path) == ("pdf", PDF)
        enter(session, before)
    looks = session.query(AuditEntry).filter_by(action="organisation_evidence.read", thing_id=str(brought.id))
    assert {look.actor_id for look in looks} == {staff.id, officer.id}
    stranger = make_officer(session)
    with pytest.raises(NotPermitted):
        bring(session, stranger, agency, tmp_path)
    with pytest.raises(NotFound):
        evidence.read_file(
            session, stranger, session.get(Organisation, stranger.organisation_id), brought.id, var_dir=tmp_path
        )


@pytest.mark.parametrize(("days", "letters"), [(31, 0), (30, 1), (1, 1), (0, 1), (-1, 0)])
def test_a_letter_goes_out_thirty_days_before_the_last_evidence_ends_and_once(
    session, staff, agency, tmp_path, monkeypatch, days, letters
):
    sent = []
    monkeypatch.setattr(evidence, "send_later", lambda _session, **letter: sent.append(letter["recipient"]))
    bring(session, staff, agency, tmp_path).expires_on = today() + timedelta(days=days)
    session.flush()
    assert evidence.remind(session) == letters
    assert evidence.remind(session) == 0
    officers = session.query(Account.login).filter_by(organisation_id=agency.id).all()
    assert sent == [login for (login,) in officers] * letters


def test_nobody_is_warned_whose_newer_evidence_goes_on(session, staff, agency, tmp_path):
    bring(session, staff, agency, tmp_path, days=10)
    bring(session, staff, agency, tmp_path, days=200)
    assert evidence.remind(session) == 0


def test_an_organisation_without_confirmed_evidence_is_shown_as_not_yet_vetted(
    session, staff, officer, agency, tmp_path
):
    from web.routes.organisation_views import NOT_YET_VETTED, organisation_view

    assert organisation_view(session, staff, agency).row.state is NOT_YET_VETTED
    bring(session, officer, agency, tmp_path)
    assert organisation_view(session, staff, agency).row.state is NOT_YET_VETTED
    brought = session.query(OrganisationEvidence).one()
    evidence.confirm(session, staff, agency, brought.id)
    assert organisation_view(session, staff, agency).row.is_vetted
