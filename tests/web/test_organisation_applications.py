"""Applying from outside: one answer for everybody, throttled, and taken up or set aside by the project."""

import pytest

from talent.accounts.models import Organisation
from talent.accounts.permissions import Role
from talent.accounts.throttle import ALLOWED_FAILURES
from talent.organisations.models import OrganisationApplication
from tests.factories import files
from tests.factories.corridor import make_account, make_agency
from tests.factories.vacancies import in_days, load_words, make_officer

WORDS = "We place nurses and welders in Bavaria and want to post vacancies."
ASKED = {
    "kind": "agency",
    "name": "Agentur Süd",
    "country": "DE",
    "number": "HRB 4711",
    "words": WORDS,
    "contact_name": "Jana Muster",
    "contact": "jana@agentur.example",
}


@pytest.fixture
def staff(session, signed_in):
    return signed_in(make_account(session, Role.PROJECT_STAFF))


def test_an_application_is_read_by_the_project_and_its_vetting_begins(session, browser, staff):
    page = browser.send(browser.get("/apply"), expect=422)
    assert set(page.errors) >= {"#kind", "#name", "#words", "#contact"}
    assert browser.send(page, **ASKED) == "/apply/sent"
    assert "Nobody may ask you for money" in browser.get("/apply/sent").text
    application = session.query(OrganisationApplication).one()
    assert "jana" not in application.contact_sealed.casefold()
    here = f"/organisations/applications/{application.id}"
    assert here in staff.get("/organisations").links()
    read = staff.get(here)
    assert "Jana Muster" in read.text
    assert WORDS in read.text
    organisation = staff.send(read, action=f"{here}/take-up")
    assert "Applied" in staff.get(organisation).text
    assert "jana@agentur.example" in staff.get(organisation).text
    staff.get(here, expect=409)


def test_an_application_that_is_set_aside_keeps_no_contact(session, browser, staff):
    browser.send(browser.get("/apply"), **ASKED)
    application = session.query(OrganisationApplication).one()
    here = f"/organisations/applications/{application.id}"
    assert staff.send(staff.get(here), action=f"{here}/set-aside") == "/organisations"
    session.refresh(application)
    assert application.contact_sealed == ""
    assert session.query(Organisation).filter_by(name=ASKED["name"]).count() == 0


def test_the_answer_does_not_tell_who_works_here_already(session, browser, staff):
    known = make_agency(session, "Agentur Nord")
    answers = [browser.send(browser.get("/apply"), **(ASKED | {"name": name})) for name in (known.name, "Agentur West")]
    assert answers == ["/apply/sent", "/apply/sent"]
    application = session.query(OrganisationApplication).filter_by(name=known.name).one()
    here = f"/organisations/applications/{application.id}"
    refused = staff.send(staff.get(here), action=f"{here}/take-up", expect=422)
    assert "exists already" in refused.text


def test_a_browser_sends_only_so_many(session, browser):
    for _ in range(ALLOWED_FAILURES["application"]):
        browser.send(browser.get("/apply"), **ASKED)
    refused = browser.send(browser.get("/apply"), expect=429, **ASKED)
    assert "Too many tries" in str(refused.errors)
    assert session.query(OrganisationApplication).count() == ALLOWED_FAILURES["application"]


@pytest.mark.parametrize("kind", ["employer", "project"])
def test_an_employer_and_the_project_itself_do_not_apply(browser, kind):
    assert "#kind" in browser.send(browser.get("/apply"), expect=422, **(ASKED | {"kind": kind})).errors


def test_an_officer_brings_a_paper_and_staff_confirm_it(session, signed_in, staff):
    load_words(session)
    officer = make_officer(session)
    from talent.accounts.models import Account

    at_work = signed_in(session.get(Account, officer.id))
    day = in_days(90)
    told = {"kind": "licence", "words": "Licence of the ministry of labour"}
    told |= {"expires_on-day": str(day.day), "expires_on-month": str(day.month), "expires_on-year": str(day.year)}
    paper = {"file": ("Passport of Jana Muster.pdf", files.pdf("Licence"), "application/pdf")}
    page = at_work.get("/organisation")
    wrong = {"file": ("x.pdf", b"MZ no paper", "application/pdf")}
    assert "#file" in at_work.send(page, action="/organisation/evidence", files=wrong, expect=422, **told).errors
    assert at_work.send(page, action="/organisation/evidence", files=paper, **told) == "/organisation"
    own = at_work.get("/organisation")
    assert "Waits for the project office" in own.text
    link = next(one for one in own.links() if "/evidence/" in one)
    served = at_work.client.get(link)
    assert served.headers["content-disposition"].startswith('attachment; filename="evidence.pdf"')
    assert "sandbox" in served.headers["content-security-policy"]
    here = f"/organisations/{officer.organisation_id}"
    assert "Not yet vetted" in staff.get(here).text
    confirm = [one.action for one in staff.get(here).tree.xpath("//main//form") if one.action.endswith("/confirm")]
    assert staff.send(staff.get(here), action=confirm[0]) == here
    assert "Counts" in staff.get(here).text
    assert "Not yet vetted" not in staff.get(here).text
    stranger = signed_in(session.get(Account, make_officer(session).id))
    stranger.get(link, expect=404)
