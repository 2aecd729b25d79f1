"""The pages of the staff about people: proposing and deciding roles, suspending accounts, and what is then read."""

import pytest

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.accounts.service import register_candidate
from tests.factories.corridor import make_account
from tests.web.page_client import Browser

WHY = "She moves to the other team in December."
PASSWORD = "three old brick walls"


@pytest.fixture
def first(session, signed_in):
    return signed_in(make_account(session, Role.ADMINISTRATOR, name="Amina First"))


@pytest.fixture
def second(session, signed_in):
    return signed_in(make_account(session, Role.ADMINISTRATOR, name="Bilal Second"))


def test_one_proposes_a_role_and_another_approves_it(session, first, second):
    staff = make_account(session, Role.PROJECT_STAFF, name="Carla Third")
    page = first.send(first.get("/staff/roles/new"), expect=422)
    assert set(page.errors) == {"#login", "#role", "#reason"}
    here = first.send(page, login=staff.login, role="auditor", reason=WHY)
    own = first.get(here)
    assert own.tree.xpath("//input[@name='action']/@value") == ["decline", "withdraw"]
    refused = first.send(own, press=("action", "approve"), expect=422)
    assert "you proposed it" in str(refused.errors)
    theirs = second.get(here)
    assert theirs.tree.xpath("//input[@name='action']/@value") == ["approve", "decline"]
    assert WHY in theirs.text
    assert "Amina First" in theirs.text
    assert second.send(theirs, press=("action", "approve")) == here
    assert "Approved" in second.get(here).text
    assert "Carla Third" in second.get("/staff/roles").text
    session.refresh(staff)
    assert staff.role is Role.AUDITOR


def test_the_same_click_twice_proposes_once(session, first):
    staff = make_account(session, Role.PROJECT_STAFF)
    page = first.get("/staff/roles/new")
    filled = {"login": staff.login, "role": "none", "reason": WHY}
    assert first.send(page, **filled) == first.send(page, **filled)


def test_an_invitation_to_the_office_waits_for_a_second_person(first, second, browser):
    made = first.send(
        first.get("/staff/invitations"),
        role="project_staff",
        organisation="Project office",
        country="PK",
        sent_to="new@example.org",
        expect=200,
    )
    assert "a second person" in made.text
    link = made.tree.xpath("//*[contains(@class, 'app-invitation-link')]")[0].text_content().strip()
    path = link.split("8000", 1)[1]
    assert "second person" in browser.get(path, expect=410).text
    agree = [form.action for form in second.get("/staff/roles").tree.xpath("//main//form") if "agree" in form.action]
    assert second.send(second.get("/staff/roles"), action=agree[0]) == "/staff/roles"
    assert browser.get(path).form(path) is not None


def test_an_account_is_found_suspended_and_reads_why(session, app, signed_in, second):
    candidate = register_candidate(session, login="ayesha@example.com", password=PASSWORD, language="en")
    inside = signed_in(candidate)
    inside.get("/profile")
    page = second.get("/staff/accounts")
    unknown = second.send(page, login="nobody@example.org", expect=422)
    assert "There is no account" in str(unknown.errors)
    here = second.send(page, login=candidate.login)
    account = second.get(here)
    assert candidate.login not in here
    missing = second.send(account, press=("action", "suspend"), expect=422)
    assert set(missing.errors) == {"#reason"}
    second.send(missing, press=("action", "suspend"), reason="Two agencies received letters in her name.")
    assert inside.goes_to("/profile").startswith("/sign-in")
    outside = Browser(app)
    told = outside.send(
        outside.get("/sign-in"), action="/sign-in", login=candidate.login, password=PASSWORD, expect=403
    )
    assert told.heading == "Your account is suspended"
    assert "letters in her name" in told.text
    wrong = outside.send(outside.get("/sign-in"), action="/sign-in", login=candidate.login, password="x", expect=403)
    assert "suspended" not in wrong.text
    assert "A candidate" in second.get("/staff/accounts").text
    second.send(second.get(here), press=("action", "lift"), reason="It was somebody else.")
    assert outside.send(outside.get("/sign-in"), action="/sign-in", login=candidate.login, password=PASSWORD)


def test_nobody_else_opens_these_pages(session, signed_in):
    for role in set(Role) - {Role.SYSTEM, Role.ADMINISTRATOR, Role.PROJECT_STAFF}:
        somebody = signed_in(make_account(session, role))
        for address in ("/staff/roles", "/staff/roles/new", "/staff/accounts"):
            somebody.get(address, expect=403)


def test_the_pages_are_there_in_urdu(session, signed_in):
    urdu = signed_in(make_account(session, Role.ADMINISTRATOR, language="ur"), language="ur")
    assert urdu.get("/staff/roles").heading == "کردار"
    assert urdu.get("/staff/accounts").heading == "اکاؤنٹس"
    assert session.query(Account).count()
