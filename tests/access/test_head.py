"""HEAD at every address that answers GET: the same status and headers, and not a byte of a body."""

import pytest

from tests.access.asking import without_chance
from tests.access.verdicts import read_verdicts

READ = [one for one in read_verdicts() if one.method == "GET"]
MOVES = ("content-length", "set-cookie", "content-security-policy")
"""Headers in which any two answers to GET differ too: a fresh token, a fresh device, a fresh nonce."""


def told(cell):
    """Status and headers without what differs in every answer."""
    lines = [line.partition(": ") for line in cell.headers.splitlines()]
    kept = {name: without_chance(value) for name, _, value in lines if name not in MOVES}
    return cell.status, "content-length: " in cell.headers, kept


@pytest.mark.parametrize("principal", ["anonymous", "agency_officer"])
def test_head_answers_like_get_without_a_body(asking, principal):
    wrong = []
    for one in READ:
        read, asked = asking.ask("GET", one.path, principal), asking.asked_anew("HEAD", one.path, principal)
        if told(read) != told(asked) or asked.body:
            wrong.append((one.path, told(read), told(asked)))
    assert wrong == []
