"""What every answer carries."""

import gzip

import pytest
from starlette.testclient import TestClient

from web.app import create_app

EXACT = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
ADDRESSES = ["/", "/sign-in", "/about/privacy", "/healthz", "/no/such/page", "/static/no-such-file.css"]


@pytest.fixture(scope="module")
def https_app(web_settings):
    app = create_app(web_settings.model_copy(update={"base_url": "https://talent.example"}))
    yield app
    app.state.shell.engine.dispose()


@pytest.fixture
def https_client(https_app):
    return TestClient(https_app, base_url="https://talent.example")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_exactly_these_headers(browser, address):
    headers = browser.client.get(address).headers
    assert {name: headers.get(name) for name in EXACT} == EXACT


def test_plain_http_promises_no_https(browser):
    assert "strict-transport-security" not in browser.client.get("/").headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_https_is_promised_for_two_years_on_every_answer(https_client, address):
    headers = https_client.get(address).headers
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"


def test_cookies_over_https_are_bound_to_the_host_and_hidden_from_scripts(https_client):
    for cookie in https_client.get("/sign-in?lang=ur").headers.get_list("set-cookie"):
        name, *attributes = cookie.split("; ")
        assert name.startswith("__Host-")
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(attributes)
        assert not [attribute for attribute in attributes if attribute.lower().startswith("domain")]


def test_cookies_over_plain_http_are_hidden_from_scripts(browser):
    cookies = browser.client.get("/sign-in?lang=ur").headers.get_list("set-cookie")
    assert len(cookies) == 2  # device and language
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)


def test_a_page_without_a_form_sets_no_cookie(browser):
    assert browser.client.get("/about/privacy").headers.get_list("set-cookie") == []


def test_a_page_with_a_form_is_kept_nowhere(browser):
    assert browser.client.get("/sign-in").headers["cache-control"] == "no-store"


def test_a_page_for_everybody_is_kept_for_one_reader_only(browser):
    answer = browser.client.get("/about/privacy")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert {"cookie", "accept-language"} <= {part.strip().lower() for part in answer.headers["vary"].split(",")}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_style_sheet_never_changes_under_its_address(browser, direction):
    address = browser.client.app.state.shell.assets.url(f"{direction}.css")
    answer = browser.client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"


def test_a_style_sheet_is_plain_for_who_cannot_unpack(browser):
    address = browser.client.app.state.shell.assets.url("ltr.css")
    answer = browser.client.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.text.startswith("@charset") or "{" in answer.text


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("address", ["/", "/register", "/register/account", "/sign-in", "/about/privacy"])
def test_a_first_visit_costs_less_than_20_kilobytes(browser, address, language):
    shell = browser.client.app.state.shell
    page = browser.client.get(f"{address}?lang={language}").content
    sheet = browser.client.get(shell.assets.url("rtl.css" if language == "ur" else "ltr.css")).content
    pictures = sum(len(gzip.compress(browser.client.get(shell.assets.url(name)).content)) for name in PICTURES)
    assert len(gzip.compress(page, 5)) + len(gzip.compress(sheet, 9)) + pictures < 20_000


PICTURES = ("rings.svg", "rings-light.svg")
