"""Every unsafe request proves that it comes from our own page, and nobody is sent to another site."""

import re
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from tests.web.page_client import Browser
from web.navigation import safe_next
from web.routes import OPEN_ROUTERS, ROUTERS
from web.security import FormTokens

SAFE = {"GET", "HEAD", "OPTIONS"}
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
OPEN = [route for router in OPEN_ROUTERS for route in router.routes]
UNSAFE = sorted(route.path for route in ROUTES if route.methods - SAFE)
CLOSED = sorted(route.path for route in ROUTES if route not in OPEN and "GET" in route.methods)
OWN = "http://127.0.0.1:8000"


def address(path):
    """The route's path with something in every gap."""
    return re.sub(r"\{[^}]*\}", lambda _: str(uuid4()), path)


def token_of(browser):
    return browser.get("/sign-in").form().fields["_token"]


def test_there_are_unsafe_routes_to_test():
    assert len(UNSAFE) >= 4
    assert "/sign-in" in UNSAFE


@pytest.mark.parametrize("path", UNSAFE)
def test_an_unsafe_route_refuses_a_form_without_token(browser, path):
    token_of(browser)
    answer = browser.client.post(address(path), data={"login": "a@b.example"}, headers={"Origin": OWN})
    assert answer.status_code == 403
    assert "too old to send" in answer.text


@pytest.mark.parametrize("path", UNSAFE)
def test_an_unsafe_route_refuses_another_browsers_token(browser, app, path):
    foreign = token_of(Browser(app))
    token_of(browser)
    assert browser.client.post(address(path), data={"_token": foreign}, headers={"Origin": OWN}).status_code == 403


@pytest.mark.parametrize("path", UNSAFE)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Referer": "https://evil.example/http://127.0.0.1:8000/"},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
def test_an_unsafe_route_refuses_a_good_token_from_elsewhere(browser, path, headers):
    answer = browser.client.post(address(path), data={"_token": token_of(browser)}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("token", ["", "x", "ا" * 64, "A" * 63, "A" * 64, "=" * 64, "A" * 100_000])
def test_a_malformed_token_is_refused_and_breaks_nothing(browser, token):
    token_of(browser)
    answer = browser.client.post("/sign-in", data={"_token": token}, headers={"Origin": OWN})
    assert answer.status_code == 403


def test_a_form_from_our_own_page_arrives(browser):
    page = browser.get("/sign-in")
    assert browser.send(page, expect=422).errors == {
        "#login": "Enter your e-mail address or mobile number",
        "#password": "Enter your password",
    }


def test_the_token_differs_on_each_page_so_that_compression_leaks_nothing(browser):
    assert token_of(browser) != token_of(browser)


def test_a_token_counts_for_one_secret_only():
    token = FormTokens("one secret").make("cookie")
    assert FormTokens("one secret").is_good(token, "cookie")
    assert not FormTokens("another secret").is_good(token, "cookie")
    assert not FormTokens("one secret").is_good(token, "another cookie")
    assert not FormTokens("one secret").is_good(FormTokens("one secret").make(""), "")


@pytest.mark.parametrize("path", CLOSED)
def test_a_page_for_somebody_asks_a_stranger_to_sign_in_and_remembers_the_way(browser, path):
    asked = address(path)
    assert browser.goes_to(asked) == f"/sign-in?next={asked.replace('/', '%2F')}"


def test_a_program_without_a_session_gets_401(browser):
    answer = browser.client.get(address(CLOSED[0]), headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json() == {"error": "Sign in first.", "reference": ""}


@pytest.mark.parametrize("inside", ["/", "/profile", "/vacancies?page=2", "/vacancies/4f/shortlist"])
def test_the_way_on_inside_the_service_is_kept(inside):
    assert safe_next(inside) == inside


@pytest.mark.parametrize(
    "outside",
    [
        "",
        None,
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "HTTPS://evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        " /evil",
        "/\tevil",
        "/\n/evil.example",
        "/\r/evil.example",
        "\x00/evil.example",
        "/" + "a" * 500,
    ],
)
def test_nobody_is_sent_to_another_site(outside):
    assert safe_next(outside) == ""


def test_the_sign_in_page_drops_a_way_to_another_site(browser):
    assert browser.get("/sign-in?next=//evil.example").form().fields["next"] == ""
