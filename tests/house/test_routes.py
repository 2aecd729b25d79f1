"""Every address asks who is there, and the public ones are written down here."""

from uuid import UUID

import pytest
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from talent.accounts.permissions import Permission
from talent.foundation.settings import Settings
from web.app import create_app
from web.dependencies import current_actor, optional_actor
from web.policy import PUBLIC as PUBLIC_PAGE
from web.policy import allows, holds, policies_of, refuse_open_routes, routes_of
from web.routes import ROUTERS

PUBLIC = {
    "/observatory": "sums of ten people and more, for everybody",
    "/": "the front page",
    "/healthz": "for load balancers; reads nothing",
    "/readyz": "for load balancers; reads the schema's number alone",
    "/register": "who can use the service, before the first question",
    "/register/account": "a new candidate",
    "/sign-in": "signing in",
    "/sign-in/passkey": "signing in",
    "/sign-in/second-step": "whoever has typed the right password",
    "/sign-in/second-step/passkey": "whoever has typed the right password",
    "/sign-in/set-up": "whoever must set up a second step before anything else, or has just proved who they are",
    "/sign-in/set-up/app": "the same",
    "/sign-in/set-up/passkey": "the same",
    "/sign-in/set-up/codes": "the same",
    "/sign-in/forgotten": "whoever cannot sign in",
    "/sign-in/forgotten/sent": "the same answer for everybody",
    "/sign-in/new-password/{code}": "whoever holds the link",
    "/sign-in/helped": "whoever holds a code of the staff",
    "/sign-in/agency": "signing in through one's organisation",
    "/sign-in/agency/{provider_id}": "the same",
    "/sign-in/agency/return": "the same",
    "/sign-out": "ending one's own session",
    "/invitation/{token}": "whoever holds the token",
    "/concern": "whoever reports without a name",
    "/language": "the reader's language",
    "/about/accessibility": "a statement for everybody",
    "/about/deleted": "what is read after everything was deleted",
    "/about/complain": "where to complain",
    "/about/contact": "whom to ask",
    "/about/glossary": "the words of the field",
    "/about/matching": "how matching works",
    "/about/privacy": "what is held, and what never",
    "/apply": "an organisation that is not here yet",
    "/apply/sent": "the same answer for everybody",
    "/pathways": "lawful ways to work abroad",
    "/pathways/check": "which ways fit; nothing asked is kept",
    "/pathways/{name}": "one lawful way, with its sources",
    "/pathways/{name}/error": "whoever found something wrong on its page",
    "/calendar/feed/{secret}": "calendar programs that hold the secret of somebody's deadlines",
    "/recognition/finder": "which recognition an award needs; nothing asked is kept",
    "/recognition/precedents": "anonymous figures, in fives",
    "/crosswalk": "open data: which skills an award stands for",
    "/crosswalk/{standard_id}/versions/{number}/{kind}": "open data: which skills an award stands for",
}
"""Why each address may be read without signing in."""

ASKS_NOBODY = {"/healthz", "/readyz"}

ROUTES = routes_of(ROUTERS)


def needs(dependant: Dependant) -> set[object]:
    """Every function that a route depends on, however deep."""
    found: set[object] = set()
    for below in dependant.dependencies:
        found |= {below.call} | needs(below)
    return found


def name(route: APIRoute) -> str:
    return f"{','.join(sorted(route.methods))} {route.path}"


def test_there_are_routes_to_look_at():
    assert len(ROUTES) > 20


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_every_route_says_who_may_open_it(route):
    assert policies_of(route)


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_every_route_demands_a_signed_in_person_or_is_public_on_purpose(route):
    assert current_actor in needs(route.dependant) or route.path in PUBLIC
    assert allows(route, None) == (route.path in PUBLIC)


def test_a_route_without_a_policy_does_not_start():
    router = APIRouter()
    router.get("/nobody-said-who")(lambda: None)
    with pytest.raises(RuntimeError, match="/nobody-said-who"):
        refuse_open_routes(routes_of([router]))


def test_a_route_that_anybody_may_open_and_not_everybody_may_open_does_not_start():
    router = APIRouter(dependencies=[PUBLIC_PAGE])
    router.get("/torn", dependencies=[holds(Permission.PROFILE_KEEP)])(lambda: None)
    with pytest.raises(RuntimeError, match="/torn"):
        refuse_open_routes(routes_of([router]))


def test_an_application_whose_route_has_no_policy_does_not_start(monkeypatch):
    router = APIRouter()
    router.get("/nobody-said-who")(lambda: None)
    monkeypatch.setattr("web.app.ROUTERS", (*ROUTERS, router))
    with pytest.raises(RuntimeError, match="/nobody-said-who"):
        create_app(Settings(_env_file=None, secret_key="k" * 40, database_url="postgresql://nobody@127.0.0.1:9/none"))


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_every_route_asks_who_is_there(route):
    assert optional_actor in needs(route.dependant) or route.path in ASKS_NOBODY


def test_every_public_address_exists():
    assert set(PUBLIC) - {route.path for route in ROUTES} == set()


@pytest.mark.parametrize("route", [route for route in ROUTES if route.dependant.path_params], ids=name)
def test_an_id_in_an_address_is_a_uuid(route):
    types = {parameter.name: parameter.field_info.annotation for parameter in route.dependant.path_params}
    untyped = {key for key, kind in types.items() if key.endswith("_id") and kind is not UUID}
    assert untyped == set()


@pytest.mark.parametrize("route", ROUTES, ids=name)
def test_only_posts_change_anything(route):
    assert route.methods <= {"GET", "POST", "HEAD"}


def test_no_address_has_two_routes():
    pairs = [(method, route.path) for route in ROUTES for method in route.methods]
    assert len(pairs) == len(set(pairs))
