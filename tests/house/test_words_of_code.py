"""Docstrings, comments that give reasons, one clock, and one place where states change."""

import ast
import re

from tests.house.code import PACKAGES, functions, python_files, short, tree

WAIVER = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)")
REASONED = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[^\]]*\])?|pragma:\s*no cover)\s*(-|–|#)\s*\S")
STATE_WRITERS = {"talent/casework/take.py"}
STATES_THAT_ARE_NO_CASE = {"talent/profiles/cv_landing.py"}  # a fact of a CV is found, confirmed or removed


def test_every_module_says_what_it_is():
    silent = [
        short(file)
        for file in python_files("talent", "web", "benchmarks", "tests")
        if file.stat().st_size and not ast.get_docstring(tree(file))
    ]
    assert [name for name in silent if not name.startswith("tests/") or "/test_" not in name] == []


def is_private_class(node):
    return isinstance(node, ast.ClassDef) and node.name.startswith("_")


def test_every_public_function_and_class_has_a_docstring_that_begins_with_a_sentence():
    bare = []
    for file in python_files("talent", "web", "benchmarks"):
        inside = [*functions(file), *(node for node in ast.walk(tree(file)) if is_private_class(node))]
        nested = {below for holder in inside for below in ast.walk(holder) if below is not holder}
        for node in ast.walk(tree(file)):
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and node not in nested:
                first = (ast.get_docstring(node) or "").split("\n")[0]
                if not first.rstrip().endswith((".", "?", ":")):
                    bare.append(f"{short(file)}:{node.name}")
    assert bare == []


def test_every_waiver_carries_its_reason():
    bare = [
        f"{short(file)}:{number}"
        for file in python_files("talent", "web", "tests", "benchmarks")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if WAIVER.search(line) and not REASONED.search(line) and "tests/house" not in short(file)
    ]
    assert bare == []


def calls(file, owner, method):
    """The lines on which ``owner.method(`` is called."""
    return [
        node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == owner
    ]


def test_there_is_one_clock():
    others = [
        f"{short(file)}:{line}"
        for file in python_files(*PACKAGES)
        for owner, method in (("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today"))
        for line in calls(file, owner, method)
        if short(file) != "talent/foundation/clock.py"
    ]
    assert others == []


def test_only_take_step_changes_the_state_of_a_case():
    writers = set()
    for file in python_files(*PACKAGES):
        for node in ast.walk(tree(file)):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
                owners = {ast.unparse(target.value) for target in targets if isinstance(target, ast.Attribute)}
                if not owners & {"app", "request", "self"}:
                    writers.add(short(file))
    assert writers >= STATE_WRITERS
    assert writers - STATES_THAT_ARE_NO_CASE == STATE_WRITERS
