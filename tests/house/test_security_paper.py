"""The security paper names tests that exist and limits that hold."""

import ast
import re

from talent.accounts import sessions
from talent.accounts.throttle import ALLOWED_FAILURES, LONGEST_STREAK
from tests.house.code import ROOT

PAPER = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:[a-z_]+/)+test_\w+\.py)(?:::(test_\w+))?`")


def test_every_named_test_exists():
    missing = []
    for file, name in NAMED.findall(PAPER):
        path = ROOT / "tests" / file
        if not path.exists():
            missing.append(file)
            continue
        written = {
            node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
        }
        if name and name not in written:
            missing.append(f"{file}::{name}")
    assert len(NAMED.findall(PAPER)) > 30
    assert missing == []


def test_the_throttles_are_those_of_the_code():
    rows = dict(
        re.findall(
            r"^\| (account|known|code|letter|device|network|claim|application|report) \| (\d+) \|", PAPER, re.MULTILINE
        )
    )
    assert {name: int(number) for name, number in rows.items()} == {
        name: number for name, number in ALLOWED_FAILURES.items() if name not in {"letters", "applications", "reports"}
    }
    assert f"After {LONGEST_STREAK} failures in a row" in PAPER


def test_the_limits_of_sessions_are_those_of_the_code():
    for who, limits in (("staff", sessions.STAFF_LIMITS), ("candidates", sessions.CANDIDATE_LIMITS)):
        minutes, hours = limits.idle.total_seconds() // 60, limits.longest.total_seconds() // 3600
        assert f"| {who} | {minutes:.0f} minutes | {hours:.0f} hours |" in PAPER
