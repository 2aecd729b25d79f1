"""Who may open which address: every route carries its policy as data, and an app with a route that has none is refused.

    router = APIRouter(prefix="/profile", dependencies=[holds(Permission.PROFILE_KEEP)])

A policy answers what a *role* may do here. Which rows somebody may know is decided below, by the ``visible_…`` queries
and by the row-level security under them. Policies of a router and of its route all have to agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute

from talent.accounts.permissions import DENIALS, ROLE_PERMISSIONS, Permission, Role
from talent.foundation.errors import NotPermitted
from talent.foundation.row_context import SystemContext, enter, of_system
from web.dependencies import ActorDep, OptionalActorDep, SessionDep


@dataclass(frozen=True)
class Public:
    """Anybody, signed in or not; the page shows nothing that belongs to somebody."""

    async def __call__(self) -> None:
        """Nothing: everybody passes."""

    def allows(self, role: Role | None) -> bool:  # noqa: ARG002 - the same question is asked of every policy
        """Whether this role passes; None is somebody who is not signed in."""
        return True


@dataclass(frozen=True)
class Entrance:
    """Anybody, on a page that finds out who somebody is: signing in and out, registering, an invitation."""

    def __call__(self, session: SessionDep, _actor: OptionalActorDep) -> None:
        """Let the transaction find accounts, sessions and invitations."""
        enter(session, of_system(SystemContext.SIGN_IN))

    def allows(self, role: Role | None) -> bool:  # noqa: ARG002 - the same question is asked of every policy
        """Whether this role passes; None is somebody who is not signed in."""
        return True


@dataclass(frozen=True)
class SignedIn:
    """Whoever is signed in, on a page about their own account."""

    async def __call__(self, actor: ActorDep) -> None:
        """Nothing, when somebody is signed in; ``SignInNeeded`` otherwise."""

    def allows(self, role: Role | None) -> bool:
        """Whether this role passes; None is somebody who is not signed in."""
        return role is not None


@dataclass(frozen=True)
class OwnSignIn:
    """Whoever is signed in, on a page about how they sign in themselves."""

    def __call__(self, session: SessionDep, _actor: ActorDep) -> None:
        """Let the transaction find accounts and sessions, once somebody is signed in."""
        enter(session, of_system(SystemContext.SIGN_IN))

    def allows(self, role: Role | None) -> bool:
        """Whether this role passes; None is somebody who is not signed in."""
        return role is not None


@dataclass(frozen=True)
class Holds:
    """Whoever holds at least one of these permissions."""

    any_of: tuple[Permission, ...]

    async def __call__(self, actor: ActorDep) -> None:
        """Nothing, when the actor holds one of them.

        Raises:
            NotPermitted: the actor holds none; the sentence of the first says who may.
        """
        if not any(actor.has(permission) for permission in self.any_of):
            raise NotPermitted(DENIALS[self.any_of[0]])

    def allows(self, role: Role | None) -> bool:
        """Whether this role passes; None is somebody who is not signed in."""
        return role is not None and any(permission in ROLE_PERMISSIONS[role] for permission in self.any_of)


Policy = Public | Entrance | SignedIn | OwnSignIn | Holds
PUBLIC = Depends(Public())
ENTRANCE = Depends(Entrance())
SIGNED_IN = Depends(SignedIn())
OWN_SIGN_IN = Depends(OwnSignIn())


def holds(*any_of: Permission) -> Any:
    """The dependency that lets in whoever holds one of these permissions."""
    return Depends(Holds(any_of))


TAKES_PART = holds(Permission.PLACEMENT_READ, Permission.PLACEMENT_EMPLOY)
"""Whoever takes part in a placement; the employer reads less of it than the others."""


def policies_of(route: APIRoute) -> tuple[Policy, ...]:
    """The policies of this route, its router's first."""
    return tuple(below.call for below in route.dependant.dependencies if isinstance(below.call, Policy))


def allows(route: APIRoute, role: Role | None) -> bool:
    """Whether every policy of this route lets the role in; None is somebody who is not signed in."""
    return all(policy.allows(role) for policy in policies_of(route))


def routes_of(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """Every route of these routers."""
    return [route for router in routers for route in router.routes if isinstance(route, APIRoute)]


def refuse_open_routes(routes: Iterable[APIRoute]) -> None:
    """Nothing, when every route has a policy.

    Raises:
        RuntimeError: some have none, or one that anybody passes beside one that not everybody does.
    """
    bare = [route.path for route in routes if not policies_of(route)]
    if bare:
        raise RuntimeError(f"No policy says who may open {', '.join(bare)}: see web/policy.py.")
    torn = [
        route.path
        for route in routes
        if len(policies_of(route)) > 1 and any(isinstance(policy, Public | Entrance) for policy in policies_of(route))
    ]
    if torn:
        raise RuntimeError(f"Two policies contradict each other at {', '.join(torn)}: see web/policy.py.")
