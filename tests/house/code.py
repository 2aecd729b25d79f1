"""The project's own source as the house-tests read it: files, syntax trees, and the words in names."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("talent", "web")
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Every Python file under these folders of the project."""
    return tuple(sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")))


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def short(file: Path) -> str:
    """The file's path inside the project."""
    return file.relative_to(ROOT).as_posix()


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name_words(name: str) -> tuple[str, ...]:
    """The words in a name: ``ReturnDecision_id`` is return, decision, id."""
    return tuple(word.casefold() for part in name.split("_") for word in CAMEL.findall(part))


def names(file: Path) -> set[str]:
    """Every name that a file defines or uses: classes, functions, arguments, attributes, variables, keywords."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        for attribute in ("name", "id", "attr", "arg"):
            value = getattr(node, attribute, None)
            if isinstance(value, str):
                found.add(value)
    return found
