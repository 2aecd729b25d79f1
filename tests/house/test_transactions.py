"""One action is one transaction: only the edge begins and commits."""

import ast

from tests.house.code import PACKAGES, python_files, short, tree

EDGE = {
    "web/dependencies.py": "one request, one transaction",
    "web/refusals.py": "one refusal, one transaction",
    "talent/cli_erase.py": "one replay, one transaction",
    "talent/cli_evaluate.py": "one evaluation, one transaction",
    "talent/cli_keys.py": "one batch of keys, one transaction",
    "talent/accounts/new_passwords.py": "one letter, one transaction",
    "talent/cli_register.py": "one report, one transaction",
    "talent/cli_serving.py": "one part of the start, one transaction",
    "talent/cli_staff.py": "one command, one transaction",
    "talent/cli_upkeep.py": "one command, one transaction",
    "talent/matching/matcher.py": "one list, one transaction",
    "talent/matching/trust_tasks.py": "one counting, one transaction",
    "talent/matching/worker.py": "one job, one transaction",
    "talent/monitoring/tasks.py": "one refreshing, one transaction",
    "talent/nightly.py": "one night, one transaction",
    "talent/readiness/tasks.py": "one refreshing, one transaction",
}
MEASURING = {"talent/doctor/database.py"}  # commits to measure the disk; writes no row


def called(file, method):
    """Whether a method of this name is called in the file."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
        for node in ast.walk(tree(file))
    )


def test_nothing_commits_but_the_edge():
    committing = {short(file) for file in python_files(*PACKAGES) if called(file, "commit")}
    assert committing - set(EDGE) - MEASURING == set()


def test_nothing_begins_a_transaction_but_the_edge():
    beginning = {short(file) for file in python_files(*PACKAGES) if called(file, "begin")}
    assert beginning - set(EDGE) == set()


def test_nothing_rolls_back_but_the_edge():
    rolling = {short(file) for file in python_files(*PACKAGES) if called(file, "rollback")}
    assert rolling - set(EDGE) - MEASURING - {"talent/foundation/database.py", "talent/doctor/checkup.py"} == set()
