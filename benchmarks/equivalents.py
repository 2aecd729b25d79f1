"""Guards whose loss changes nothing for anybody, each with its proof: they are named and counted apart, never hidden.

A function that asks for a permission at its first line lets in the roles that hold it. Where the ``visible_…`` query of
each of them is the very statement that shows every row, taking the query away is no other program. That is found out
anew each time: a role that sees less makes a guard of it again.
"""

import ast
import inspect
from functools import cache
from importlib import import_module
from operator import attrgetter
from uuid import uuid4

from sqlalchemy import Select, select

from benchmarks.mutants import Mutant
from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.access.filters import FILTERS

UNFILTERED = "unfiltered "


@cache
def asked_first(place: str) -> frozenset[Permission]:
    """The permissions that this function asks for whatever it is told: statements of its body, under no condition."""
    module, _, name = place.partition(":")
    function = inspect.unwrap(attrgetter(name)(import_module(module)))
    node = ast.parse(inspect.getsource(function)).body[0]
    body = node.body if isinstance(node, ast.FunctionDef) else []
    calls = [one.value for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    asked = [call.args[0] for call in calls if ast.unparse(call.func) == "actor.require"]
    return frozenset(Permission[one.attr] for one in asked if isinstance(one, ast.Attribute))


def statement(query: Select[*tuple[object, ...]]) -> tuple[str, str]:
    """The SQL of this query, and its values."""
    made = query.compile()
    return str(made), repr(sorted(made.params.items()))


def shows_everything(name: str, actor: Actor) -> bool:
    """Whether this query is, for this actor, the statement that shows every row."""
    query, model = FILTERS[name]
    return statement(query(actor)) == statement(select(model))


def reason(mutant: Mutant) -> str:
    """Why this mutant is the same program for everybody; empty, where nothing proves it."""
    if mutant.family != "uses" or not mutant.what.startswith(UNFILTERED):
        return ""
    name, _, told = mutant.what.removeprefix(UNFILTERED).partition("(")
    if told == "SYSTEM)":
        return f"the service itself sees every row of {name}" if shows_everything(name, SYSTEM) else ""
    asked = asked_first(mutant.place)
    let_in = [role for role in Role if asked and asked <= ROLE_PERMISSIONS.get(role, frozenset())]
    actors = [Actor(uuid4(), role, organisation_id=uuid4()) for role in let_in]
    if not actors or not all(shows_everything(name, actor) for actor in actors):
        return ""
    return f"whoever it lets in sees every row of {name}: {', '.join(let_in)}"
