"""Every regular expression of the code, and for each the texts that would take it longest."""

import ast
import importlib
import re
import re._constants as codes
import re._parser as reader
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from tests.house.code import PACKAGES, ROOT, python_files, short, tree

CALLS = {"compile", "sub", "match", "fullmatch", "search", "split", "findall", "finditer", "subn"}
NOT_LOADED = ("talent.foundation.reading_child", "talent.matching.encoder")
"""Modules that are programs or load the model; what they write out is read from their source."""
ANYTHING = ("a", "A", "0", " ", "\n", "a ", "0 ", "ab", ".", ",", "-", "(", "<a", "é", "ی", "\u200c")
"""What is repeated in front of any pattern."""


def patterns() -> dict[re.Pattern[str], str]:
    """Each pattern, with where it was found: in the values of modules, and written into calls."""
    found: dict[re.Pattern[str], str] = {}
    for path in python_files(*PACKAGES):
        for pattern in written_in(path):
            found.setdefault(pattern, short(path))
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if not name.endswith(("__init__", "__main__")) and name not in NOT_LOADED:
            for pattern in held_by(vars(importlib.import_module(name)), set()):
                found.setdefault(pattern, short(path))
    return found


def written_in(path) -> Iterator[re.Pattern[str]]:
    """Patterns that stand in calls of ``re`` as they are."""
    for node in ast.walk(tree(path)):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS
        first = getattr(node.args[0], "value", None) if is_call and ast.unparse(node.func.value) == "re" else None
        if isinstance(first, str):
            yield re.compile(first, flags_of(node))


def flags_of(call: ast.Call) -> int:
    """The flags that this call names."""
    named = [
        part.attr
        for one in (*call.args[1:], *(k.value for k in call.keywords))
        for part in ast.walk(one)
        if isinstance(part, ast.Attribute) and isinstance(getattr(re, part.attr, None), re.RegexFlag)
    ]
    return sum(getattr(re, name) for name in set(named))


def held_by(value, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """Patterns in this value, however deep they lie in tables."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    for one in inside(value):
        yield from held_by(one, seen)


def inside(value):
    """What a table or a row of one holds."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    known = fields(value) if is_dataclass(value) and not isinstance(value, type) else ()
    return [getattr(value, one.name, None) for one in known]


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about this length: each thing that the pattern repeats, far too often, and an end that does not fit."""
    parsed = reader.parse(pattern.pattern, pattern.flags)
    for before, again in dict.fromkeys((*pumps(parsed, ""), *(("", one) for one in ANYTHING))):
        body = (again * (length // len(again)))[:length]
        yield f"{before}{body}"
        yield f"{before}{body}\u0001"


def pumps(parsed, before: str) -> Iterator[tuple[str, str]]:
    """Each repetition inside this pattern: what must stand before it, and what it repeats."""
    for op, told in parsed:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            inner = sample(told[2])
            yield from pumps(told[2], before)
            if inner:
                yield before, inner
        elif op is codes.SUBPATTERN:
            yield from pumps(told[-1], before)
        elif op is codes.BRANCH:
            for branch in told[1]:
                yield from pumps(branch, before)
        before += sample([(op, told)])


def sample(parsed) -> str:
    """A short text that this part of a pattern takes, or nearly."""
    return "".join(one_of(op, told) for op, told in parsed)


def one_of(op, told) -> str:
    """A text for one part."""
    if op is codes.LITERAL:
        return chr(told)
    if op is codes.IN:
        return letter_in(told)
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return sample(told[2]) * max(1, min(told[0], 3))
    if op is codes.SUBPATTERN:
        return sample(told[-1])
    if op is codes.BRANCH:
        return sample(told[1][0])
    return "x" if op in (codes.ANY, codes.NOT_LITERAL) else ""


def letter_in(told) -> str:
    """A letter of this set."""
    for letter in "a0 A.-,\n\t_é٣ی/:":
        if is_in(letter, told):
            return letter
    op, value = told[-1]
    return chr(value if op is codes.LITERAL else value[0]) if op in (codes.LITERAL, codes.RANGE) else "a"


def is_in(letter: str, told) -> bool:
    """Whether this set holds the letter."""
    kinds = {
        codes.CATEGORY_DIGIT: str.isdigit,
        codes.CATEGORY_SPACE: str.isspace,
        codes.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
        codes.CATEGORY_NOT_DIGIT: lambda one: not one.isdigit(),
        codes.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
        codes.CATEGORY_NOT_WORD: lambda one: not (one.isalnum() or one == "_"),
    }
    found, turned = False, False
    for op, value in told:
        turned = turned or op is codes.NEGATE
        found = found or (op is codes.LITERAL and ord(letter) == value)
        found = found or (op is codes.RANGE and value[0] <= ord(letter) <= value[1])
        found = found or (op is codes.CATEGORY and kinds[value](letter))
    return found != turned
