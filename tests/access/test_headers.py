"""Every answer of every address, given or refused, page or file: exactly the headers that it must carry."""

import pytest

from tests.access.asking import ASKED
from tests.access.headers import KINDS, MAY_HAVE, kind_of, wrong_headers
from tests.access.verdicts import read_verdicts
from tests.web.test_headers import EXACT

GIVEN = {
    "page": {"content-type": "text/html; charset=utf-8", "content-language": "ur", "cache-control": "no-store"}
    | {"vary": "Cookie, Accept-Language, Accept-Encoding"},
    "way on": {"location": "/", "cache-control": "no-store"},
    "file": {"content-type": "application/pdf", "content-disposition": 'attachment; filename="a-file.pdf"'}
    | {"cache-control": "no-store", "content-security-policy": EXACT["content-security-policy"] + "; sandbox"},
    "signal": {"content-type": "application/json", "cache-control": "no-store"},
}


@pytest.mark.parametrize("principal", ASKED)  # the very requests that the matrix asks: they are answered once
def test_every_address_answers_with_exactly_the_headers_of_its_kind(asking, principal):
    """Whatever is asked in these tests is checked by the asking itself; here nothing is left out."""
    met = set()
    for one in read_verdicts():
        cell = asking.ask(one.method, one.path, principal)
        lines = [line.split(": ", 1) for line in cell.headers.splitlines()]
        assert wrong_headers(lines) == set(), one
        met.add(kind_of(dict(lines)))
    assert met == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_one_header_less_one_more_or_one_twice_is_noticed(kind):
    whole = EXACT | GIVEN[kind]
    assert wrong_headers(whole.items()) == set()
    for name, value in whole.items():
        others = {known: kept for known, kept in whole.items() if known != name}
        assert wrong_headers(others.items()), name
        assert wrong_headers((others | {name: f"{value}, x\n"}).items()) or name in MAY_HAVE[kind], name
        assert wrong_headers([*whole.items(), (name, value)]), name
    assert wrong_headers([*whole.items(), ("server", "uvicorn")])
