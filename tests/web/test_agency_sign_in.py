"""Signing in through one's own organisation, against a real provider on loopback, and every way in which it may lie."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import pytest
import time_machine
from joserfc.jwk import RSAKey
from sqlalchemy import select

from talent.accounts import providers
from talent.accounts.actor import Actor
from talent.accounts.factor_models import IdentityProvider, ProviderAccount, ProviderErrand
from talent.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from tests.factories.corridor import make_account, make_agency
from tests.factories.oidc_server import CLIENT_ID, CLIENT_SECRET, oidc_server
from tests.web.failing import FAIL_AT_EACH
from tests.web.page_client import Browser

JANA = "jana@agency.example"
MFA = {"amr": ["pwd", "mfa"]}


@pytest.fixture
def login_house():
    with oidc_server() as made:
        made.opens_again = FAIL_AT_EACH
        yield made


@pytest.fixture
def agency(session):
    return make_agency(session, "Agentur Leipzig")


@pytest.fixture
def jana(session, agency):
    return make_account(session, Role.AGENCY_OFFICER, login=JANA, organisation_id=agency.id)


@pytest.fixture
def provider(app, session, agency, login_house):
    return keep(app, session, agency, login_house.issuer)


def keep(app, session, agency, issuer):
    admin = Actor(make_account(session, Role.ADMINISTRATOR).id, Role.ADMINISTRATOR)
    key = app.state.shell.factor_key
    return providers.keep_provider(
        session, admin, key, organisation_id=agency.id, issuer=issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET
    )


def goes_there(browser, provider):
    """Set out, sign in at the provider; the query with which the browser comes back."""
    page = browser.get("/sign-in/agency")
    way = browser.send(page, action=f"/sign-in/agency/{provider.id}", expect=200)
    (address,) = [link for link in way.links() if "authorization_endpoint" in (link or "")]
    back = httpx2.get(address, follow_redirects=False, trust_env=False).headers["location"]
    assert back.startswith("http://127.0.0.1:8000/sign-in/agency/return?")
    return urlsplit(back).query


def comes_back(browser, query, *, expect=303, **bent):
    page = browser.get(f"/sign-in/agency/return?{query}")
    return browser.send(page, action="/sign-in/agency/return", expect=expect, **bent)


def whole_way(browser, provider, **options):
    return comes_back(browser, goes_there(browser, provider), **options)


def test_staff_sign_in_through_their_own_organisation(browser, login_house, provider, jana):
    login_house.claims = MFA
    assert whole_way(browser, provider) == "/vacancies"
    assert browser.get("/vacancies").status == 200


def test_without_a_second_factor_there_one_is_asked_for_here(browser, provider, jana):
    assert whole_way(browser, provider) == "/sign-in/set-up"
    assert browser.goes_to("/vacancies").startswith("/sign-in/set-up")


def test_the_first_time_by_the_verified_address_ever_after_by_the_lasting_number(
    browser, session, login_house, provider, jana
):
    login_house.claims = MFA
    whole_way(browser, provider)
    login_house.person |= {"email": "jana.new-name@agency.example"}
    assert whole_way(browser, provider) == "/vacancies"
    assert session.scalars(select(ProviderAccount.subject)).all() == ["p-1"]


def test_an_address_that_was_given_to_somebody_new_opens_nothing(browser, login_house, provider, jana):
    whole_way(browser, provider)
    login_house.person |= {"sub": "p-2"}
    assert "nobody has invited you" in whole_way(browser, provider, expect=403).text


def bend_none(login_house):
    login_house.unsigned = True


def bend_key(login_house):
    login_house.signing_key = RSAKey.generate_key(2048, {"kid": "first"})


def bend_claim(name, value):
    def bend(login_house):
        login_house.claims = {name: value}

    return bend


def drop(name):
    def bend(login_house):
        login_house.dropped = {name}

    return bend


LIES = {
    "unsigned": bend_none,
    "signed by another key under the same name": bend_key,
    "for another service": bend_claim("aud", "another"),
    "by another issuer": bend_claim("iss", "https://evil.example"),
    "for another errand": bend_claim("nonce", "another"),
    "expired": bend_claim("exp", 1_700_000_000),
    "from the future": bend_claim("iat", 4_000_000_000),
    "for another party": bend_claim("azp", "another"),
    "with a hash of another token": bend_claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
    "without issuer": drop("iss"),
    "without audience": drop("aud"),
    "without nonce": drop("nonce"),
    "without end": drop("exp"),
    "without person": drop("sub"),
}


@pytest.mark.parametrize("lie", list(LIES))
def test_a_token_that_is_not_as_agreed_opens_nothing(browser, session, login_house, provider, jana, lie):
    LIES[lie](login_house)
    assert "did not answer as agreed" in whole_way(browser, provider, expect=403).text
    assert browser.goes_to("/vacancies").startswith("/sign-in?")
    assert list(session.scalars(select(ProviderAccount))) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuer", "https://evil.example"),
        ("token_endpoint", "http://evil.example/token"),
        ("jwks_uri", "file:///etc/passwd"),
        ("authorization_endpoint", "javascript:alert(1)"),
    ],
)
def test_a_provider_that_describes_itself_falsely_is_not_gone_to(browser, login_house, provider, jana, name, value):
    login_house.metadata = {name: value}
    page = browser.get("/sign-in/agency")
    refused = browser.send(page, action=f"/sign-in/agency/{provider.id}", expect=403)
    assert "did not answer as agreed" in refused.text


def test_a_provider_that_is_not_there_is_one_sentence(browser, session, app):
    gone = keep(app, session, make_agency(session), "http://127.0.0.1:9")
    refused = browser.send(browser.get("/sign-in/agency"), action=f"/sign-in/agency/{gone.id}", expect=403)
    assert "did not answer as agreed" in refused.text


def test_a_new_key_of_the_provider_is_fetched(browser, login_house, provider, jana):
    login_house.claims = MFA
    query = goes_there(browser, provider)
    login_house.rotate()
    assert comes_back(browser, query) == "/vacancies"


@pytest.mark.parametrize(
    "person",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": ""},
        {"email": "somebody@else.example"},
        {"email": "not an address"},
    ],
)
def test_an_address_that_is_unverified_or_unknown_opens_nothing(browser, login_house, provider, jana, person):
    login_house.person |= person
    assert "nobody has invited you" in whole_way(browser, provider, expect=403).text


def test_a_provider_opens_accounts_of_its_own_organisation_alone(browser, session, login_house, provider, jana):
    jana.organisation_id = make_agency(session).id
    session.flush()
    assert "nobody has invited you" in whole_way(browser, provider, expect=403).text


def test_a_candidate_is_opened_by_no_provider(browser, session, login_house, provider):
    make_account(session, Role.CANDIDATE, login=JANA)
    assert "nobody has invited you" in whole_way(browser, provider, expect=403).text


def test_a_suspended_account_is_opened_by_no_provider(browser, session, login_house, provider, jana):
    whole_way(browser, provider)
    jana.suspended_at = now()
    session.flush()
    assert "nobody has invited you" in whole_way(browser, provider, expect=403).text


def test_an_errand_is_done_once(browser, login_house, provider, jana):
    query = goes_there(browser, provider)
    comes_back(browser, query)
    browser.client.cookies.delete("session")
    assert "Begin again" in comes_back(browser, query, expect=403).text


def test_another_browser_does_not_finish_my_errand(app, browser, provider, jana):
    query = goes_there(browser, provider)
    assert "Begin again" in comes_back(Browser(app), query, expect=403).text


@pytest.mark.parametrize("bent", [{"state": "another"}, {"issuer": "https://evil.example"}, {"state": ""}])
def test_a_return_that_does_not_belong_to_the_errand_opens_nothing(browser, provider, jana, bent):
    assert "Begin again" in whole_way(browser, provider, expect=403, **bent).text


def test_a_code_of_another_errand_opens_nothing(app, browser, provider, jana):
    theirs = parse_qs(goes_there(Browser(app), provider))["code"][0]
    assert "did not answer as agreed" in whole_way(browser, provider, expect=403, code=theirs).text


def test_an_errand_lasts_ten_minutes(browser, session, provider, jana):
    query = goes_there(browser, provider)
    with time_machine.travel(now() + providers.ERRAND_LASTS + timedelta(seconds=1)):
        assert "Begin again" in comes_back(browser, query, expect=403).text


def test_coming_back_signs_nobody_in_before_the_button_is_pressed(browser, session, provider, jana):
    query = goes_there(browser, provider)
    browser.get(f"/sign-in/agency/return?{query}")
    assert "session" not in browser.client.cookies
    assert len(session.scalars(select(ProviderErrand)).all()) == 1


def test_an_errors_return_offers_another_try(browser):
    assert "/sign-in/agency" in browser.get("/sign-in/agency/return?error=access_denied").links()


def test_the_secrets_are_sealed(session, provider):
    assert CLIENT_SECRET not in session.scalars(select(IdentityProvider.sealed_secret)).one()


@pytest.mark.parametrize(
    "issuer",
    ["http://login.example.org", "ftp://x.example", "https://", "https://a:b@x.example", "https://x.example/?a=1", "x"],
)
def test_a_provider_is_reached_over_https(app, session, agency, issuer):
    with pytest.raises(Unprocessable):
        keep(app, session, agency, issuer)


def test_an_organisation_has_one_provider_and_a_provider_one_organisation(app, session, agency, provider, login_house):
    for organisation, issuer in ((agency, "https://other.example"), (make_agency(session), login_house.issuer)):
        with pytest.raises(Conflict):
            keep(app, session, organisation, issuer)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM}))
def test_only_administrators_keep_providers(app, session, signed_in, agency, provider, role):
    browser = signed_in(make_account(session, role))
    may = Permission.PROVIDER_KEEP in ROLE_PERMISSIONS[role]
    assert may is (role is Role.ADMINISTRATOR)
    page = browser.get("/staff/providers", expect=200 if may else 403)
    if may:
        other = make_agency(session)
        filled = {
            "organisation": str(other.id),
            "issuer": "https://login.example.org",
            "client_id": "x",
            "client_secret": "y",
        }
        assert browser.send(page, action="/staff/providers", **filled) == "/staff/providers"
        page = browser.get("/staff/providers")
        assert browser.send(page, action=f"/staff/providers/{provider.id}/remove") == "/staff/providers"
    else:
        with pytest.raises(NotPermitted):
            providers.close_provider(session, Actor(uuid4(), role), provider.id)
