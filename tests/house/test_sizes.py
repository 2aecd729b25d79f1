"""Files and functions stay small enough to be read in one go."""

import ast

from tests.house.code import ROOT, functions, python_files, short

LONGEST_FILE = 300
LONGEST_TEST_FILE = 400
LONGEST_TEMPLATE = 120
LONGEST_FUNCTION_BODY = 60  # the aim is 30


def lines(file):
    return len(file.read_text(encoding="utf-8").splitlines())


def body_lines(function):
    """Lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_no_file_is_longer_than_300_lines():
    long = {short(file): lines(file) for file in python_files("talent", "web", "benchmarks", "alembic/env.py")}
    assert {name: count for name, count in long.items() if count > LONGEST_FILE} == {}


def test_no_test_file_is_longer_than_400_lines():
    long = {short(file): lines(file) for file in python_files("tests")}
    assert long
    assert {name: count for name, count in long.items() if count > LONGEST_TEST_FILE} == {}


def test_no_template_is_longer_than_120_lines():
    templates = sorted((ROOT / "web" / "templates").rglob("*.html"))
    assert templates
    assert {short(file): lines(file) for file in templates if lines(file) > LONGEST_TEMPLATE} == {}


def test_no_function_body_is_longer_than_60_lines():
    long = {
        f"{short(file)}:{function.name}": body_lines(function)
        for file in python_files("talent", "web")
        for function in functions(file)
        if body_lines(function) > LONGEST_FUNCTION_BODY
    }
    assert long == {}
