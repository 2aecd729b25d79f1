"""The reviewed table of who asks for which permission: ``guards.tsv``, one line a function that asks for one itself.

``python -m tests.access.guards`` prints the lines for the code as it is: read them before you put them into the file,
because the file is what the tests believe.
"""

import ast
import inspect
import sys
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from unittest.mock import MagicMock
from uuid import uuid4

from talent.accounts.actor import Actor
from talent.accounts.permissions import DENIALS, ROLE_PERMISSIONS, Permission, Role
from talent.foundation.errors import NotPermitted
from tests.access.verdicts import PEOPLE
from tests.house.code import ROOT, python_files

FILE = Path(__file__).with_name("guards.tsv")


def read_guards():
    """Every line of the reviewed table: where a function stands, and the permissions of which one is enough."""
    return [tuple(line.split("\t")) for line in FILE.read_text(encoding="utf-8").splitlines()]


def present():
    """Every function of the code that asks for permissions by name, with those of which one is enough."""
    found = []
    for path in python_files("talent", "web"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found += [(f"{module}:{node.name}", *enough) for enough in asked_for(node)]
    return found


def asked_for(function):
    """For each time that this function asks, the permissions of which its actor must hold one."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [
        tuple(Permission[one.attr].value for one in call.args)
        for call in calls
        if ast.unparse(call.func) == "actor.require" and ast.unparse(call.args[0]).startswith("Permission.")
    ]


def not_refused(place, permission, *others):
    """The roles whom this function does not refuse, in the words of the first, although they hold none of these.

    Everything else that it takes is a stand-in: whoever is refused is refused before anything is looked at.
    """
    module, _, name = place.partition(":")
    function = inspect.unwrap(attrgetter(name)(import_module(module)))
    enough = {Permission(one) for one in (permission, *others)}
    without = [Role(role) for role in PEOPLE if not enough & ROLE_PERMISSIONS[Role(role)]]
    return [role.value for role in without if not is_refused(function, permission, role)]


def is_refused(function, permission, role):
    """Whether this function refuses this role."""
    actor = Actor(uuid4(), role, organisation_id=uuid4())
    stand_ins = {
        one.name: actor if one.name == "actor" else MagicMock()
        for one in inspect.signature(function).parameters.values()
        if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    }
    try:
        answer = function(**stand_ins)
        if inspect.isgenerator(answer):
            list(answer)
    except NotPermitted as refused:
        return refused.message.msgid == DENIALS[Permission(permission)]
    except Exception:
        return False
    return False


def main() -> None:
    """Print the table for the code as it is."""
    sys.stdout.write("".join("\t".join(line) + "\n" for line in sorted(present())))


if __name__ == "__main__":
    main()
