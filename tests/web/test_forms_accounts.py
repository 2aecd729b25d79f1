"""Registering, signing in and out, and accepting an invitation, as people do it."""

import pytest
from sqlalchemy import func, select

from talent.accounts import service, signin, throttle
from talent.accounts.models import Account, Invitation, OrganisationKind, SignInSession
from talent.accounts.permissions import Role
from web.navigation import home_of

GOOD = "three quiet green boats"
AYESHA = "ayesha@example.com"


@pytest.fixture
def ayesha(session):
    return service.register_candidate(session, login=AYESHA, password=GOOD, language="ur")


@pytest.fixture
def invitation_token(session):
    organisation = service.add_organisation(
        session, kind=OrganisationKind.AGENCY, name="Agentur für Arbeit Leipzig", country="DE"
    )
    return service.invite(
        session, None, role=Role.AGENCY_OFFICER, organisation=organisation, sent_to="officer@agency.example"
    )


def accounts(session):
    return session.scalar(select(func.count()).select_from(Account))


def test_before_the_first_question_people_read_who_can_use_it_and_who_decides(browser):
    page = browser.get("/register")
    assert "Who can use this service" in page.text
    assert "Software ranks, people decide" in page.text
    assert "The software rejects nobody." in page.text
    assert page.tree.xpath("//main//form") == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Ayesha@Example.com", "ayesha@example.com"), ("0301 2345678", "+923012345678"), ("۰۳۰۱۲۳۴۵۶۷۸", "+923012345678")],
)
def test_a_candidate_registers_with_an_address_or_a_phone_number_and_is_signed_in(browser, session, typed, kept):
    page = browser.get("/register/account")
    assert browser.send(page, login=typed, password=GOOD, again=GOOD) == home_of(Role.CANDIDATE)
    account = session.scalars(select(Account).where(Account.login == kept)).one()
    assert (account.role, account.language) == (Role.CANDIDATE, "en")
    assert session.scalar(select(func.count()).where(SignInSession.account_id == account.id)) == 1


def test_the_account_remembers_the_language_that_it_was_made_in(urdu_browser, session):
    urdu_browser.send(urdu_browser.get("/register/account"), login=AYESHA, password=GOOD, again=GOOD)
    assert session.scalars(select(Account)).one().language == "ur"


@pytest.mark.parametrize(
    ("field", "filled", "sentence"),
    [
        ("#login", {"login": ""}, "Enter your e-mail address or mobile number"),
        ("#login", {"login": "ayesha"}, "Enter an e-mail address like name@example.com"),
        ("#password", {"password": "short", "again": "short"}, "Choose a password of 15 to 128 characters"),
        ("#password", {"password": "fourteen chars", "again": "fourteen chars"}, "Choose a password of 15"),
        ("#password", {"password": "password" * 3, "again": "password" * 3}, "easy to guess"),
        ("#again", {"again": GOOD + "!"}, "The two passwords differ."),
    ],
)
def test_a_faulty_registration_says_what_to_mend_and_makes_no_account(browser, session, field, filled, sentence):
    page = browser.get("/register/account")
    again = browser.send(page, expect=422, **({"login": AYESHA, "password": GOOD, "again": GOOD} | filled))
    assert sentence in again.errors[field]
    assert again.title.startswith("Error:")
    assert accounts(session) == 0


def test_what_was_typed_stays_but_a_password_is_never_sent_back(browser):
    page = browser.get("/register/account")
    again = browser.send(page, expect=422, login="ayesha", password=GOOD, again=GOOD)
    assert again.form().fields["login"] == "ayesha"
    assert GOOD not in again.text
    assert {box.get("value") or "" for box in again.tree.xpath("//input[@type='password']")} == {""}


def test_a_double_click_makes_one_account(browser, session):
    page = browser.get("/register/account")
    filled = {"login": AYESHA, "password": GOOD, "again": GOOD}
    browser.send(page, **filled)
    browser.client.cookies.delete("session")  # the second click left before the first was answered
    assert browser.send(page, **filled) == "/profile"
    assert accounts(session) == 1


def test_signing_in_leads_to_the_roles_own_page(browser, ayesha):
    assert browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD) == "/profile"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(browser, ayesha):
    assert browser.send(browser.get("/sign-in?next=/matches"), login=AYESHA, password=GOOD) == "/matches"


@pytest.mark.parametrize("login", [AYESHA, "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(browser, ayesha, login):
    again = browser.send(browser.get("/sign-in"), login=login, password="not the password", expect=403)
    assert again.errors == {"#login": signin.WRONG}


def test_failed_tries_are_counted_although_the_request_was_refused(browser, ayesha):
    for _ in range(throttle.ALLOWED_FAILURES["account"]):
        browser.send(browser.get("/sign-in"), login=AYESHA, password="not the password", expect=403)
    again = browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD, expect=429)
    assert "Wait 15 minutes" in again.errors["#login"]


def test_signing_in_gives_a_new_session_and_ends_the_old_one(browser, session, ayesha):
    browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD)
    first = browser.client.cookies["session"]
    browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD)
    assert browser.client.cookies["session"] != first
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 1


def test_the_cookie_is_not_what_the_database_holds(browser, session, ayesha):
    browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD)
    assert session.scalars(select(SignInSession.token_hash)).one() != browser.client.cookies["session"]


def test_signing_out_ends_the_session_on_the_server_too(browser, session, ayesha):
    browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD)
    page = browser.get("/about/privacy")
    token = page.tree.xpath("//form[@action='/sign-out']//input[@name='_token']/@value")[0]
    answer = browser.client.post("/sign-out", data={"_token": token})
    assert answer.headers["location"] == "/"
    assert "session" not in browser.client.cookies
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 0


def test_who_is_signed_in_goes_from_the_start_page_to_their_own(signed_in, ayesha):
    assert signed_in(ayesha).goes_to("/") == "/profile"


def test_a_signed_in_page_is_kept_nowhere(signed_in, ayesha):
    assert signed_in(ayesha).get("/about/privacy").headers["cache-control"] == "no-store"


def test_an_invitation_says_what_it_makes_of_its_reader(browser, invitation_token):
    page = browser.get(f"/invitation/{invitation_token}")
    assert "Officer of an employment agency" in page.text
    assert "Agentur für Arbeit Leipzig" in page.text
    assert page.form().fields["login"] == "officer@agency.example"


def test_an_invitation_makes_one_account_of_its_role_and_is_used_up(browser, session, invitation_token):
    page = browser.get(f"/invitation/{invitation_token}")
    assert browser.send(page, name="Jana Weiß", password=GOOD, again=GOOD) == "/sign-in/set-up"
    account = session.scalars(select(Account)).one()
    assert (account.role, account.name) == (Role.AGENCY_OFFICER, "Jana Weiß")
    assert session.scalars(select(Invitation)).one().used_at is not None
    assert "used or is too old" in browser.get(f"/invitation/{invitation_token}", expect=410).text


def test_an_unknown_invitation_is_gone(browser):
    assert "Ask for a new one" in browser.get("/invitation/no-such-token", expect=410).text


def test_choosing_a_language_changes_pages_and_letters(signed_in, session, ayesha):
    browser = signed_in(ayesha)
    page = browser.get("/language")
    assert page.tree.get("lang") == "ur"
    browser.send(page, action="/language", language="en")
    assert browser.get("/about/privacy").tree.get("lang") == "en"
    session.refresh(ayesha)
    assert ayesha.language == "en"


def test_a_language_that_nobody_speaks_here_is_refused(browser):
    assert browser.send(browser.get("/language"), language="xx", expect=422).errors == {
        "#language": "Choose a language"
    }
