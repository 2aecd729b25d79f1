"""Guards taken away or turned round, one at a time: in the source of a function, in a table, or in the database.

A mutant of code gives a function the body that it has without the guard, while it is applied. Nothing on disk changes.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from operator import attrgetter
from types import CodeType, FunctionType, ModuleType
from typing import Any

from fastapi.routing import APIRoute
from sqlalchemy import select, true

from talent.accounts.permissions import Role
from tests.access.filters import FILTERS
from web.policy import Policy, Public

Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """One guard less."""

    family: str
    place: str
    """Which function, row or rule."""
    what: str
    apply: Callable[[], AbstractContextManager[Any]] = field(compare=False)

    @property
    def name(self) -> str:
        """What it is called in the list of those that survived."""
        return f"{self.family}: {self.place}: {self.what}"


@dataclass(frozen=True)
class Place:
    """One function of the code: its module, and its name in it."""

    module: ModuleType
    name: str

    @property
    def function(self) -> FunctionType:
        """The function itself, without what decorates it."""
        found = attrgetter(self.name)(self.module)
        unwrapped: FunctionType = inspect.unwrap(getattr(found, "fget", None) or found)
        return unwrapped

    def __str__(self) -> str:
        return f"{self.module.__name__}:{self.name}"


def places(module_name: str) -> Iterator[tuple[Place, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Each function and method of a module, with its part of the source."""
    module = import_module(module_name)
    tree = ast.parse(inspect.getsource(module))
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for one in inside:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Place(module, f"{prefix}{one.name}"), one


def everything_of(name: str) -> Any:
    """What a ``visible_…`` query selects when it hides nothing."""
    return select(FILTERS[name][1])


def code_with(place: Place, changed: ast.AST) -> CodeType:
    """The code of this function with this source."""
    tree = ast.parse(inspect.getsource(place.module))
    owner: Any = tree
    *classes, name = place.name.split(".")
    for one in classes:
        owner = next(node for node in owner.body if isinstance(node, ast.ClassDef) and node.name == one)
    owner.body = [changed if getattr(node, "name", None) == name else node for node in owner.body]
    whole = compile(ast.fix_missing_locations(tree), str(place.module.__file__), "exec")
    return next(code for code in inner_codes(whole) if code.co_qualname == place.name)


def inner_codes(code: CodeType) -> Iterator[CodeType]:
    """Every code object inside this one."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from inner_codes(constant)


@contextmanager
def body(place: Place, changed: ast.AST, **names: Any) -> Iterator[None]:
    """While this lasts, the function has this source, and its module these further names."""
    function = place.function
    kept = function.__code__
    place.module.__dict__.update(_everything_of=everything_of, _true=true, **names)
    function.__code__ = code_with(place, changed)
    try:
        yield
    finally:
        function.__code__ = kept


class Swap(ast.NodeTransformer):
    """Replaces the n-th node, in the order in which they are met, of those that a question picks."""

    def __init__(self, picks: Callable[[ast.AST], bool], number: int, change: Change) -> None:
        self.picks, self.number, self.change, self.met = picks, number, change, -1
        self.was = ""

    def visit(self, node: ast.AST) -> Any:
        """The node, or what takes its place."""
        if self.picks(node):
            self.met += 1
            if self.met == self.number:
                self.was = ast.unparse(node)[:90]
                return self.change(node)
        return self.generic_visit(node)


def changed(node: ast.AST, picks: Callable[[ast.AST], bool], change: Change) -> Iterator[tuple[str, ast.AST]]:
    """Every source that differs from this one by one changed node, with what it was."""
    for number in range(sum(picks(one) for one in ast.walk(node))):
        swap = Swap(picks, number, change)
        made = swap.visit(deepcopy(node))
        yield swap.was, made


def mutants_of(
    family: str, module: str, picks: Callable[[ast.AST], bool], ways: dict[str, Change]
) -> Iterator[tuple[Place, Mutant]]:
    """Each mutant of this module that changes one picked node in one of these ways, with its function."""
    for place, node in places(module):
        for how, change in ways.items():
            for what, made in changed(node, picks, change):
                yield (
                    place,
                    Mutant(family, str(place), f"{how} {what}", lambda place=place, made=made: body(place, made)),
                )


def is_condition(node: ast.AST) -> bool:
    """Whether this decides by an ``if``."""
    return isinstance(node, ast.If | ast.IfExp)


def turned_round(node: Any) -> ast.AST:
    """The same decision, the other way."""
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return ast.fix_missing_locations(node)


def is_where(node: ast.AST) -> bool:
    """Whether this narrows a query."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "where"


def without_where(node: Any) -> ast.AST:
    """The query before it was narrowed."""
    found: ast.AST = node.func.value
    return found


def where_not(node: Any) -> ast.AST:
    """The query narrowed to everything else."""
    node.args = [ast.UnaryOp(ast.Invert(), one) for one in node.args[:1]] + node.args[1:]
    return ast.fix_missing_locations(node)


def is_filter(node: ast.AST) -> bool:
    """Whether this asks a ``visible_…`` query."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FILTERS


def unfiltered(node: Any) -> ast.AST:
    """Everything, instead of what the actor may know."""
    return ast.Call(ast.Name("_everything_of", ast.Load()), [ast.Constant(node.func.id)], [])


def is_own(node: ast.AST) -> bool:
    """Whether this compares a column with who asks."""
    return (
        isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Attribute)
        and ast.unparse(node.left)[0].isupper()
        and isinstance(node.ops[0], ast.Eq)
        and ast.unparse(node.comparators[0]) in {"actor.id", "actor.organisation_id"}
    )


def anybodys(_node: ast.AST) -> ast.AST:
    """A condition that always holds."""
    return ast.Call(ast.Name("_true", ast.Load()), [], [])


def somebody_elses(node: Any) -> ast.AST:
    """The condition, the other way round."""
    node.ops = [ast.NotEq()]
    return ast.fix_missing_locations(node)


def is_require(node: ast.AST) -> bool:
    """Whether this statement refuses who does not hold a permission that it names."""
    return isinstance(node, ast.Expr) and ast.unparse(node).startswith("actor.require(Permission.")


def is_refusal(node: ast.AST) -> bool:
    """Whether this statement calls something whose name says that it refuses."""
    called = ast.unparse(node.value.func) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else ""
    return called.rpartition(".")[2].startswith(("require", "refuse"))


def nothing(_node: ast.AST) -> ast.AST:
    """No statement at all."""
    return ast.Pass()


@dataclass(frozen=True)
class Turned(Public):
    """A policy that lets in exactly whom another one keeps out."""

    policy: Policy

    def allows(self, role: Role | None) -> bool:
        """Whether the other one does not."""
        return not self.policy.allows(role)


def policy_places(route: APIRoute) -> list[int]:
    """Where the policies of this route stand among what it depends on."""
    return [place for place, below in enumerate(route.dependant.dependencies) if isinstance(below.call, Policy)]


@contextmanager
def without_policies(route: APIRoute, numbers: set[int]) -> Iterator[None]:
    """While this lasts, these policies of this route are gone."""
    kept, gone = list(route.dependant.dependencies), {policy_places(route)[number] for number in numbers}
    route.dependant.dependencies[:] = [below for place, below in enumerate(kept) if place not in gone]
    try:
        yield
    finally:
        route.dependant.dependencies[:] = kept


@contextmanager
def with_policy_turned(route: APIRoute, number: int) -> Iterator[None]:
    """While this lasts, this policy of this route is turned round."""
    below = route.dependant.dependencies[policy_places(route)[number]]
    policy: Any = below.call
    below.call = Turned(policy)
    try:
        yield
    finally:
        below.call = policy


@contextmanager
def put(table: dict[Any, Any], key: Any, value: Any) -> Iterator[None]:
    """While this lasts, the table has this value there."""
    kept, table[key] = table[key], value
    try:
        yield
    finally:
        table[key] = kept


@contextmanager
def with_value(thing: Any, name: str, value: Any) -> Iterator[None]:
    """While this lasts, a frozen thing has another value there."""
    kept = getattr(thing, name)
    object.__setattr__(thing, name, value)
    try:
        yield
    finally:
        object.__setattr__(thing, name, kept)


@contextmanager
def noting(noted: list[Place], called: set[str]) -> Iterator[None]:
    """While this lasts, every call of these functions notes their name."""
    names = {one.module.__name__ for one in noted}
    sources = {str(place): (place, node) for name in names for place, node in places(name)}
    with ExitStack() as stack:
        for name in {str(one) for one in noted}:
            place, node = sources[name]
            first = 1 if ast.get_docstring(node) is not None else 0
            node.body[first:first] = ast.parse(f"_note({name!r})").body
            stack.enter_context(body(place, node, _note=called.add))
        yield
