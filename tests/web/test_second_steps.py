"""The second step as people do it: set up at the first sign-in, asked for at every later one, and nothing before."""

import html
import re

import pytest
from sqlalchemy import func, select

from talent.accounts import authenticator_apps, passkeys, recovery_codes, service, sessions
from talent.accounts.models import OrganisationKind, SignInSession, SignInStage
from talent.accounts.permissions import Role
from talent.accounts.throttle import ALLOWED_FAILURES
from talent.foundation.mail import SEND_LETTER
from tests.factories.passkeys import SoftKey
from tests.web.page_client import Browser

GOOD = "three quiet green boats"
OFFICER = "officer@agency.example"
HOME = "/vacancies"


@pytest.fixture
def officer(session):
    agency = service.add_organisation(session, kind=OrganisationKind.AGENCY, name="Agentur Leipzig", country="DE")
    token = service.invite(session, None, role=Role.AGENCY_OFFICER, organisation=agency)
    return service.accept_invitation(session, token=token, login=OFFICER, password=GOOD, name="Jana Weiß")


@pytest.fixture
def key(app):
    return app.state.shell.factor_key


@pytest.fixture
def secret(session, officer, key):
    made = authenticator_apps.new_secret()
    authenticator_apps.keep(session, key, officer.id, made)
    return made


@pytest.fixture
def local(app, monkeypatch):
    """A browser that reaches the service under a name at which passkeys work."""
    shell = app.state.shell
    monkeypatch.setitem(vars(shell), "site", passkeys.site_of("http://localhost:8000"))
    return Browser(app, base_url="http://localhost:8000")


def code_now(secret, steps=0):
    return authenticator_apps.code_at(secret, authenticator_apps.present_step() + steps)


def types_password(browser, login=OFFICER, way="/sign-in"):
    return browser.send(browser.get(way), action="/sign-in", login=login, password=GOOD)


def letters(session):
    from sqlalchemy import text

    rows = session.execute(text("select args from procrastinate_jobs where task_name = :name"), {"name": SEND_LETTER})
    return [row.args["subject"] for row in rows]


def sets_up_app(browser):
    page = browser.get("/sign-in/set-up/app")
    secret = page.tree.xpath("//p[@class='app-code-letters']")[0].text_content().replace(" ", "")
    shown = browser.send(page, action="/sign-in/set-up/app", code=code_now(secret), expect=200)
    return secret, shown


def test_the_first_sign_in_of_staff_leads_to_setting_up_and_nothing_else_opens(browser, officer):
    assert types_password(browser) == "/sign-in/set-up"
    for closed in (HOME, "/account", "/imports", "/account/password"):
        assert browser.goes_to(closed) == f"/sign-in/set-up?next={closed.replace('/', '%2F')}"
    assert browser.goes_to("/sign-in/second-step") == "/sign-in/set-up"


def test_an_accepted_invitation_leads_to_setting_up_and_an_eight_character_password_will_do(browser, session):
    token = service.invite(session, None, role=Role.ADMINISTRATOR)
    page = browser.get(f"/invitation/{token}")
    filled = {"name": "Jana Weiß", "login": OFFICER}
    short = browser.send(page, expect=422, password="kettle7", again="kettle7", **filled)
    assert "8 to 128 characters" in short.errors["#password"]
    assert browser.send(page, password="kettl-e7", again="kettl-e7", **filled) == "/sign-in/set-up"


def test_an_app_is_set_up_with_its_first_code_and_recovery_codes_are_shown_once(browser, session, officer):
    types_password(browser, way="/sign-in?next=/imports")
    half = browser.client.cookies["session"]
    _, shown = sets_up_app(browser)
    codes = [item.text_content() for item in shown.tree.xpath("//ol[contains(@class, 'app-recovery-codes')]/li")]
    assert len(codes) == recovery_codes.CODES
    assert "/imports" in shown.links()
    assert browser.client.cookies["session"] != half
    assert sessions.holder_of(session, half) is None
    assert browser.get("/imports").status == 200
    assert codes[0] not in browser.get("/account").text
    assert letters(session) == ["A second step was added to your sign-in"]


def test_a_wrong_first_code_keeps_the_same_picture_for_another_try(browser, session, officer):
    types_password(browser)
    page = browser.get("/sign-in/set-up/app")
    again = browser.send(page, action="/sign-in/set-up/app", code="000000", expect=422)
    assert "does not fit" in again.errors["#code"]
    first, second = (got.tree.xpath("//p[@class='app-code-letters']")[0].text_content() for got in (page, again))
    assert first == second
    assert not authenticator_apps.has_app(session, officer.id)


def test_a_changed_secret_begins_anew(browser, officer):
    types_password(browser)
    page = browser.get("/sign-in/set-up/app")
    assert browser.send(page, action="/sign-in/set-up/app", sealed="v1.a.b.c", code="123456") == "/sign-in/set-up/app"


def test_a_later_sign_in_asks_for_the_code_and_then_goes_where_the_person_wanted(browser, officer, secret):
    assert types_password(browser, way="/sign-in?next=/imports") == "/sign-in/second-step"
    assert browser.goes_to(HOME).startswith("/sign-in/second-step")
    assert browser.goes_to("/sign-in/set-up") == "/sign-in/second-step"
    half = browser.client.cookies["session"]
    page = browser.get("/sign-in/second-step")
    assert browser.send(page, action="/sign-in/second-step", code=code_now(secret)) == "/imports"
    assert browser.client.cookies["session"] != half
    assert browser.get("/imports").status == 200


def test_a_half_session_changes_no_second_step(browser, session, officer, secret):
    types_password(browser)
    token = browser.get("/sign-in/second-step").form("/sign-in/second-step").fields["_token"]
    for closed in ("/sign-in/set-up/app", "/sign-in/set-up/codes", "/account/app/remove", "/account/password"):
        answer = browser.client.post(closed, data={"_token": token}, headers={"Origin": "http://127.0.0.1:8000"})
        assert answer.headers["location"].startswith("/sign-in/second-step"), closed
    assert authenticator_apps.has_app(session, officer.id)


def test_a_recovery_code_opens_and_the_person_is_written_to(browser, session, officer, secret):
    codes = recovery_codes.issue(session, officer.id)
    types_password(browser)
    assert browser.send(browser.get("/sign-in/second-step"), action="/sign-in/second-step", code=codes[0]) == HOME
    assert letters(session) == ["A recovery code was used"]


def test_wrong_codes_are_counted_and_the_page_says_when_to_come_back(browser, officer, secret):
    types_password(browser)
    for _ in range(ALLOWED_FAILURES["code"]):
        page = browser.get("/sign-in/second-step")
        browser.send(page, action="/sign-in/second-step", code="000000", expect=403)
    page = browser.get("/sign-in/second-step")
    again = browser.send(page, action="/sign-in/second-step", code=code_now(secret), expect=429)
    assert "Wait 15 minutes" in again.errors["#code"]


def test_an_empty_code_says_what_to_do(browser, officer, secret):
    types_password(browser)
    again = browser.send(browser.get("/sign-in/second-step"), action="/sign-in/second-step", expect=422)
    assert again.errors == {"#code": "Enter the code"}


def test_a_candidate_needs_no_second_step_and_may_add_one(browser, session):
    service.register_candidate(session, login="ayesha@example.com", password=GOOD, language="en")
    assert types_password(browser, "ayesha@example.com") == "/profile"
    secret, _ = sets_up_app(browser)
    assert "set up" in browser.get("/account").text
    other = Browser(browser.client.app)
    assert types_password(other, "ayesha@example.com") == "/sign-in/second-step"
    page = other.get("/sign-in/second-step")
    assert other.send(page, action="/sign-in/second-step", code=code_now(secret, 1)) == "/profile"


def test_who_has_both_steps_done_has_nothing_to_do_there(signed_in, officer):
    browser = signed_in(officer)
    assert browser.goes_to("/sign-in/second-step") == HOME


def test_an_address_without_a_name_offers_no_passkey_and_runs_no_script(browser, officer):
    page = browser.get("/sign-in")
    assert page.tree.xpath("//script") == []
    assert "script-src" not in page.headers["content-security-policy"]
    types_password(browser)
    assert "passkey" not in browser.get("/sign-in/set-up").text


def options_of(page, action):
    form = page.tree.xpath(f"//form[@action='{action}']")[0]
    return form, form.fields["challenge"]


def challenge_bytes(text):
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(text.encode())


def test_a_page_that_asks_for_a_passkey_names_its_one_script_by_a_nonce(local):
    page = local.get("/sign-in")
    (script,) = page.tree.xpath("//script")
    nonce = re.search(r"script-src 'nonce-([\w-]{20,})'", page.headers["content-security-policy"]).group(1)
    assert script.get("nonce") == nonce
    assert script.get("src").startswith("/static/passkeys.")
    assert nonce not in local.get("/sign-in").headers["content-security-policy"]
    assert local.client.get(script.get("src")).headers["content-type"].startswith("text/javascript")
    assert "script-src" not in local.get("/about/privacy").headers["content-security-policy"]


def test_a_passkey_is_set_up_and_then_signs_in_alone(local, session, officer):
    types_password(local)
    page = local.get("/sign-in/set-up/passkey")
    form, challenge = options_of(page, "/sign-in/set-up/passkey")
    key = SoftKey()
    made = key.makes(challenge_bytes(challenge))
    assert html.unescape(form.get("data-options"))
    local.send(page, action="/sign-in/set-up/passkey", response=made, name="my phone", expect=200)
    assert local.get(HOME).status == 200

    other = Browser(local.client.app, base_url="http://localhost:8000")
    page = other.get("/sign-in")
    _, challenge = options_of(page, "/sign-in/passkey")
    answer = key.answers(challenge_bytes(challenge))
    assert other.send(page, action="/sign-in/passkey", response=answer) == HOME
    assert other.get(HOME).status == 200
    again = Browser(local.client.app, base_url="http://localhost:8000")
    again.client.cookies.set("device", other.client.cookies["device"])
    refused = again.send(
        again.get("/sign-in"), action="/sign-in/passkey", response=answer, challenge=challenge, expect=403
    )
    assert "took too long" in refused.text


def test_a_passkey_is_a_second_step_after_the_password(local, session, officer):
    key = SoftKey()
    passkeys.add(
        session,
        passkeys.site_of("http://localhost:8000"),
        officer,
        challenge=b"c" * 32,
        response=key.makes(b"c" * 32),
        name="x",
    )
    assert types_password(local) == "/sign-in/second-step"
    page = local.get("/sign-in/second-step")
    _, challenge = options_of(page, "/sign-in/second-step/passkey")
    answer = key.answers(challenge_bytes(challenge))
    assert local.send(page, action="/sign-in/second-step/passkey", response=answer) == HOME


def test_a_passkey_of_somebody_else_is_no_second_step(local, session, officer, secret):
    stranger = service.register_candidate(session, login="ayesha@example.com", password=GOOD, language="en")
    mine, theirs = SoftKey(), SoftKey()
    for account, key in ((officer, mine), (stranger, theirs)):
        passkeys.add(
            session,
            passkeys.site_of("http://localhost:8000"),
            account,
            challenge=b"c" * 32,
            response=key.makes(b"c" * 32),
            name="x",
        )
    types_password(local)
    page = local.get("/sign-in/second-step")
    _, challenge = options_of(page, "/sign-in/second-step/passkey")
    answer = theirs.answers(challenge_bytes(challenge))
    refused = local.send(page, action="/sign-in/second-step/passkey", response=answer, expect=403)
    assert "could not check this passkey" in refused.text
    assert local.goes_to(HOME).startswith("/sign-in/second-step")


def test_the_codes_of_two_browsers_are_one_row_each(session, officer, secret, browser, app):
    types_password(browser)
    types_password(Browser(app))
    stages = session.scalars(select(SignInSession.stage)).all()
    assert stages == [SignInStage.SECOND_STEP] * 2
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 2
