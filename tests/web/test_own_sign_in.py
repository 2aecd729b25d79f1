"""My sign-in, a forgotten password and help, as people use them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from talent.accounts import authenticator_apps, new_passwords, passwords, recovery_codes, service, sessions
from talent.accounts.factor_models import CodeKind
from talent.accounts.models import SignInSession
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.foundation.mail import SEND_LETTER
from tests.factories.corridor import make_account
from tests.web.page_client import Browser

GOOD, NEW = "three quiet green boats", "four loud yellow tractors"
AYESHA = "ayesha@example.com"


@pytest.fixture
def ayesha(session):
    return service.register_candidate(session, login=AYESHA, password=GOOD, language="en")


@pytest.fixture
def secret(session, ayesha, app):
    made = authenticator_apps.new_secret()
    authenticator_apps.keep(session, app.state.shell.factor_key, ayesha.id, made)
    return made


def subjects(session):
    rows = session.execute(text("select args from procrastinate_jobs where task_name = :name"), {"name": SEND_LETTER})
    return [row.args["subject"] for row in rows]


def grown_old(session, account):
    """Make every proof of this account one from an hour ago."""
    for row in session.scalars(select(SignInSession).where(SignInSession.account_id == account.id)):
        row.proved_at = now() - timedelta(hours=1)
    session.flush()


def test_the_page_names_each_device_its_network_prefix_and_never_the_address(browser, ayesha):
    agent = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36"
    browser.client.headers["User-Agent"] = agent
    browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD)
    page = browser.get("/account")
    assert "Chrome, Android" in page.text
    assert "this one" in page.text
    assert AYESHA in page.text


def test_another_session_is_ended_from_here(signed_in, session, ayesha):
    here, there = signed_in(ayesha), signed_in(ayesha)
    page = here.get("/account")
    (ending,) = [form.action for form in page.tree.forms if form.action.endswith("/end")]
    assert here.send(page, action=ending) == "/account?done=ended"
    assert there.goes_to("/account").startswith("/sign-in")
    assert here.get("/account?done=ended").status == 200


def test_somebody_elses_session_does_not_exist_for_me(signed_in, session, ayesha):
    stranger = signed_in(make_account(session))
    theirs = session.scalars(select(SignInSession)).all()[0]
    mine = signed_in(ayesha)
    form = mine.get("/account").tree.xpath("//form[@action='/sign-out']")[0]
    answer = mine.client.post(f"/account/sessions/{theirs.id}/end", data={"_token": form.fields["_token"]})
    assert answer.status_code == 404
    assert stranger.get("/account").status == 200


def test_all_others_are_ended_together(signed_in, ayesha):
    here, *others = (signed_in(ayesha) for _ in range(3))
    here.send(here.get("/account"), action="/account/sessions/end-others")
    assert all(other.goes_to("/account").startswith("/sign-in") for other in others)
    assert here.get("/account").status == 200


def test_a_new_password_needs_the_present_one_ends_other_sessions_and_writes_a_letter(signed_in, session, ayesha):
    here, there = signed_in(ayesha), signed_in(ayesha)
    before = here.client.cookies["session"]
    page = here.get("/account/password")
    wrong = here.send(page, action="/account/password", current="wrong", password=NEW, again=NEW, expect=403)
    assert "not your present password" in wrong.errors["#current"]
    assert (
        here.send(page, action="/account/password", current=GOOD, password=NEW, again=NEW) == "/account?done=password"
    )
    assert here.client.cookies["session"] != before
    assert here.get("/account").status == 200
    assert there.goes_to("/account").startswith("/sign-in")
    assert passwords.is_password(NEW, ayesha.password_hash)
    assert subjects(session) == ["Your password was changed"]


@pytest.mark.parametrize(
    ("field", "filled", "sentence"),
    [
        ("#current", {"current": ""}, "Enter your password"),
        ("#password", {"password": "short", "again": "short"}, "15 to 128 characters"),
        ("#again", {"again": "another"}, "The two passwords differ"),
        ("#password", {"password": AYESHA, "again": AYESHA}, "easy to guess"),
    ],
)
def test_a_faulty_change_says_what_to_mend(signed_in, ayesha, field, filled, sentence):
    browser = signed_in(ayesha)
    page = browser.get("/account/password")
    values = {"current": GOOD, "password": NEW, "again": NEW} | filled
    again = browser.send(page, action="/account/password", expect=422, **values)
    assert sentence in again.errors[field]


@pytest.mark.parametrize("closed", ["/sign-in/set-up", "/sign-in/set-up/app", "/sign-in/set-up/passkey"])
def test_changing_the_second_step_asks_first_who_is_there(signed_in, session, ayesha, closed):
    browser = signed_in(ayesha)
    assert browser.get(closed).status == 200
    grown_old(session, ayesha)
    assert browser.goes_to(closed) == f"/account/prove?next={closed.replace('/', '%2F')}"
    page = browser.get(browser.goes_to(closed))
    wrong = browser.send(page, action="/account/prove", password="wrong", expect=403)
    assert wrong.errors
    before = browser.client.cookies["session"]
    assert browser.send(page, action="/account/prove", password=GOOD) == closed
    assert browser.client.cookies["session"] != before
    assert browser.get(closed).status == 200


def test_with_a_second_step_the_proof_asks_for_its_code_too(signed_in, session, ayesha, secret):
    browser = signed_in(ayesha)
    grown_old(session, ayesha)
    page = browser.get("/account/prove")
    browser.send(page, action="/account/prove", password=GOOD, expect=403)
    code = authenticator_apps.code_at(secret, authenticator_apps.present_step())
    assert browser.send(page, action="/account/prove", password=GOOD, code=code) == "/account"


def test_the_app_is_removed_after_a_proof_and_the_person_is_written_to(signed_in, session, ayesha, secret):
    browser = signed_in(ayesha)
    page = browser.get("/account")
    grown_old(session, ayesha)
    assert browser.send(page, action="/account/app/remove").startswith("/account/prove")
    for row in session.scalars(select(SignInSession)):
        row.proved_at = now()
    assert browser.send(browser.get("/account"), action="/account/app/remove") == "/account?done=removed"
    assert not authenticator_apps.has_app(session, ayesha.id)
    assert subjects(session) == ["A second step was removed from your sign-in"]


def test_new_recovery_codes_are_shown_once(signed_in, session, ayesha, secret):
    recovery_codes.issue(session, ayesha.id)
    browser = signed_in(ayesha)
    shown = browser.send(browser.get("/account"), action="/sign-in/set-up/codes", expect=200)
    assert len(shown.tree.xpath("//ol[contains(@class, 'app-recovery-codes')]/li")) == recovery_codes.CODES


def test_a_sign_in_on_a_second_browser_is_written_to_the_account(app, session, ayesha):
    for _ in range(2):
        browser = Browser(app)
        browser.send(browser.get("/sign-in"), login=AYESHA, password=GOOD)
    assert subjects(session) == ["Somebody signed in on a new device"]


@pytest.mark.parametrize("login", [AYESHA, "nobody@example.com", "0301 2345678", "??"])
def test_asking_for_a_link_answers_everybody_alike(browser, session, ayesha, login):
    page = browser.get("/sign-in/forgotten")
    assert browser.send(page, login=login) == "/sign-in/forgotten/sent"
    assert "If there is an account" in browser.get("/sign-in/forgotten/sent").text
    queued = text("select count(*) from procrastinate_jobs where task_name = :name")
    assert session.scalar(queued, {"name": new_passwords.PASSWORD_LETTER}) == 1


def test_a_link_leads_to_a_new_password_and_then_to_signing_in(browser, session, ayesha):
    new_passwords.keep_code(session, ayesha.id, "the-code", CodeKind.LETTER)
    address = "/sign-in/new-password/the-code"
    page = browser.get(address)
    assert (
        "15 to 128"
        in browser.send(page, action=address, password="short", again="short", expect=422).errors["#password"]
    )
    assert browser.send(page, action=address, password=NEW, again=NEW) == "/sign-in?done=password"
    assert "Ask for a new one" in browser.get(address, expect=410).text
    page = browser.get("/sign-in?done=password")
    assert "Your new password is kept" in page.text
    assert browser.send(page, action="/sign-in", login=AYESHA, password=NEW) == "/profile"


def test_looking_at_a_link_does_not_use_it_up(browser, session, ayesha):
    new_passwords.keep_code(session, ayesha.id, "the-code", CodeKind.LETTER)
    for _ in range(3):
        assert browser.get("/sign-in/new-password/the-code").status == 200


def test_two_of_the_staff_help_a_candidate_without_an_address(signed_in, browser, session):
    candidate = service.register_candidate(session, login="0301 2345678", password=GOOD, language="ur")
    one, other = (signed_in(make_account(session, Role.PROJECT_STAFF)) for _ in range(2))
    page = one.send(one.get("/staff/sign-in-help"), action="/staff/sign-in-help", expect=422)
    assert set(page.errors) == {"#login", "#checked"}
    unknown = one.send(page, action="/staff/sign-in-help", login="0301 9999999", checked="card", expect=422)
    assert "There is no account" in unknown.errors["#login"]
    again = one.get("/staff/sign-in-help")
    one.send(again, action="/staff/sign-in-help", login="0301 2345678", checked="card")
    assert "A second person has to agree" in one.get("/staff/sign-in-help").text
    waiting = other.get("/staff/sign-in-help")
    (agreeing,) = [form.action for form in waiting.tree.forms if form.action.endswith("/agree")]
    shown = other.send(waiting, action=agreeing, expect=200)
    code = shown.tree.xpath("//p[@class='app-code-letters']")[0].text_content().strip()
    filled = {"login": "0301 2345678", "code": code, "password": NEW, "again": NEW}
    assert browser.send(browser.get("/sign-in/helped"), action="/sign-in/helped", **filled) == "/sign-in?done=password"
    assert passwords.is_password(NEW, candidate.password_hash)
    again = browser.send(browser.get("/sign-in/helped"), action="/sign-in/helped", expect=403, **filled)
    assert "do not fit together" in again.errors["#code"]
    assert code not in other.get("/staff/sign-in-help").text


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.AGENCY_OFFICER, Role.INSTITUTE_OFFICER])
def test_others_do_not_help_anybody(signed_in, session, role):
    signed_in(make_account(session, role)).get("/staff/sign-in-help", expect=403)


def test_a_session_of_another_role_ends_at_once(signed_in, session, ayesha):
    browser = signed_in(ayesha)
    ayesha.role = Role.PROJECT_STAFF
    session.flush()
    assert browser.goes_to("/account").startswith("/sign-in")
    assert sessions.sessions_of(session, ayesha.id) == []
