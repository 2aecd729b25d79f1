"""The pages about organisations: applying, reviewing by two, suspending; one's own, and the employers one brings."""

import pytest

from talent.accounts.models import Account, Organisation
from talent.accounts.permissions import Role
from talent.vacancies.states import VacancyState
from tests.factories.corridor import make_account
from tests.factories.vacancies import in_days, load_words, make_officer, make_vacancy

SUSPENDED = "Your organisation is suspended."


@pytest.fixture
def staff(session, signed_in):
    return signed_in(make_account(session, Role.PROJECT_STAFF))


@pytest.fixture
def officer(session):
    load_words(session)
    return make_officer(session)


@pytest.fixture
def at_work(session, signed_in, officer):
    return signed_in(session.get(Account, officer.id))


def last_day():
    day = in_days(40)
    return {"expires_on-day": str(day.day), "expires_on-month": str(day.month), "expires_on-year": str(day.year)}


def test_an_organisation_is_added_reviewed_by_one_and_verified_by_another(session, staff, signed_in):
    page = staff.get("/organisations/new")
    page = staff.send(page, expect=422)
    assert page.errors
    here = staff.send(page, kind="institute", name="Institute of Welding, Lahore", country="PK")
    staff.send(staff.get(here), action=f"{here}/decide", press=("action", "review"))
    missing = staff.send(staff.get(here), action=f"{here}/decide", press=("action", "verify"), expect=422)
    assert "Write down what shows" in str(missing.errors)
    shown = {"kind": "licence", "number": "L-17", "words": "Licence seen on the site of the authority"} | last_day()
    staff.send(staff.get(here), action=f"{here}/evidence", **shown)
    refused = staff.send(staff.get(here), action=f"{here}/decide", press=("action", "verify"), expect=422)
    assert "Somebody else must verify it" in str(refused.errors)
    second = signed_in(make_account(session, Role.ADMINISTRATOR))
    second.send(second.get(here), action=f"{here}/decide", press=("action", "verify"))
    page = second.get(here)
    assert "Verified" in page.text
    assert "L-17" in page.text


def test_a_suspension_bites_at_once_and_its_people_only_read(session, staff, officer, at_work):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    here = f"/organisations/{officer.organisation_id}"
    unreasoned = staff.send(staff.get(here), action=f"{here}/decide", press=("action", "suspend"), expect=422)
    assert "Write the reason" in str(unreasoned.errors)
    reason = "Workers were asked for fees."
    staff.send(staff.get(here), action=f"{here}/decide", press=("action", "suspend"), reason=reason)
    assert "Frozen" in at_work.get(f"/vacancies/{vacancy.id}").text
    own = at_work.get("/organisation")
    assert SUSPENDED in own.text
    assert reason in own.text
    form = at_work.get("/language")
    answer = at_work.client.post(
        f"/vacancies/{vacancy.id}/close",
        data={"_token": form.form().fields["_token"]},
        headers={"Origin": "http://127.0.0.1:8000"},
    )
    assert answer.status_code == 403
    assert SUSPENDED in answer.text
    assert at_work.client.post(
        "/sign-out", data={"_token": form.form().fields["_token"]}, headers={"Origin": "http://127.0.0.1:8000"}
    ).is_redirect


def test_an_agency_brings_an_employer_once(session, at_work):
    page = at_work.get("/organisation/employers/new")
    assert at_work.send(page, name="Muster Stahlbau GmbH", country="DE") == "/organisation"
    assert "Muster Stahlbau GmbH" in at_work.get("/organisation").text
    again = at_work.send(
        at_work.get("/organisation/employers/new"), name="Muster Stahlbau GmbH", country="DE", expect=422
    )
    assert "exists already" in str(again.errors)


def test_an_auditor_reads_every_organisation_and_decides_nothing(session, signed_in, officer):
    auditor = signed_in(make_account(session, Role.AUDITOR))
    page = auditor.get(f"/organisations/{officer.organisation_id}")
    assert not page.tree.xpath("//main//form")
    name = session.get(Organisation, officer.organisation_id).name
    assert name in auditor.get("/organisations").text


def test_an_officer_sees_no_list_and_no_other_organisation(session, at_work, officer):
    at_work.get("/organisations", expect=403)
    at_work.get(f"/organisations/{make_officer(session).organisation_id}", expect=403)


def test_the_pages_are_there_in_urdu(session, signed_in, officer):
    urdu = signed_in(session.get(Account, officer.id))
    assert urdu.get("/organisation?lang=ur").heading == "میرا ادارہ"
