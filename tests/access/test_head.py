"""HEAD at every address that answers GET: the same status and headers, and not a byte of a body."""

from uuid import UUID

import pytest

from tests.access.asking import CHANGING, GAP
from tests.access.verdicts import read_verdicts

READ = [one for one in read_verdicts() if one.method == "GET"]
MOVES = ("content-length", "set-cookie", "content-security-policy")
"""Headers in which any two answers to GET differ too: a fresh token, a fresh device, a fresh nonce."""


def told(answer):
    """Status and headers without what differs in every answer."""
    kept = {name: value for name, value in answer.headers if name not in MOVES}
    for pattern, word in CHANGING:
        kept = {name: pattern.sub(word, value) for name, value in kept.items()}
    return answer.status, "content-length" in dict(answer.headers), kept


def address_of(asking, path, principal):
    """The address with things of the scene in its gaps; what the scene lacks is asked for in vain, by both methods."""
    own = asking.world.sides["A"].ids | asking.words(path, principal)
    return GAP.sub(lambda gap: str(own.get(gap.group(1), UUID(int=1))), path)


@pytest.mark.parametrize("principal", ["anonymous", "agency_officer"])
def test_head_answers_like_get_without_a_body(asking, principal):
    wrong = []
    for one in READ:
        address, answers = address_of(asking, one.path, principal), []
        for method in ("GET", "HEAD"):
            with asking.world.session.begin_nested() as undone:
                answers.append(asking.wire.ask(method, address, asking.browser(principal)))
                undone.rollback()
        read, asked = answers
        if told(read) != told(asked) or asked.content:
            wrong.append((one.path, told(read), told(asked)))
    assert wrong == []
