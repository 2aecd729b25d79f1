"""HEAD at every address that answers GET: the same status and headers, and not a byte of a body."""

import pytest

from tests.access.asking import CHANGING, GAP
from tests.access.verdicts import read_verdicts

READ = [one for one in read_verdicts() if one.method == "GET"]
MOVES = {"content-length", "set-cookie", "content-security-policy"}
"""Headers in which any two answers to GET differ too: a fresh token, a fresh device, a fresh nonce."""


@pytest.mark.parametrize("principal", ["anonymous", "agency_officer"])
def test_head_answers_like_get_without_a_body(asking, principal):
    wrong = []
    for one in READ:
        ids = asking.ids("own", one.path)
        address = GAP.sub(lambda gap, ids=ids: str(ids[gap.group(1)]), one.path)
        told = []
        for method in ("GET", "HEAD"):
            with asking.world.session.begin_nested() as undone:
                answer = asking.client.request(method, address, headers=asking.cookies(principal))
                undone.rollback()
            asking.client.cookies.clear()
            kept = {name: value for name, value in answer.headers.items() if name not in MOVES}
            for pattern, word in CHANGING:
                kept = {name: pattern.sub(word, value) for name, value in kept.items()}
            told.append((answer.status_code, "content-length" in answer.headers, kept))
        if told[0] != told[1] or answer.content:
            wrong.append((one.path, told))
    assert wrong == []
