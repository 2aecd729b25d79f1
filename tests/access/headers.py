"""What every answer carries besides its words, exactly: no header more, none less, none with another value."""

import re

from tests.web.test_headers import EXACT

POLICY = EXACT["content-security-policy"]
SCRIPTED = re.compile(re.escape(POLICY) + r"; script-src 'nonce-[\w-]{22,}'")
"""The policy of the few pages that ask for a passkey."""
ALWAYS = {name: {value} for name, value in EXACT.items() if name != "content-security-policy"}
NOT_KEPT = {"cache-control": {"no-store"}}
SAFE_NAME = re.compile(r"""attachment; filename="[\w .()-]+"(; filename\*=UTF-8''[\w.%~-]+)?""", re.ASCII)
TYPES_OF_FILES = {
    "application/json",
    "application/ld+json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/zip",
    "text/calendar; charset=utf-8",
    "text/csv; charset=utf-8",
}
PAGE = {
    "content-type": {"text/html; charset=utf-8"},
    "content-language": {"en", "ur"},
    "vary": {"Cookie, Accept-Language, Accept-Encoding"},
    "cache-control": {"no-store", "private, no-cache"},
}
KINDS: dict[str, dict[str, set[str]]] = {
    "page": PAGE,
    "way on": NOT_KEPT,
    "file": NOT_KEPT | {"content-type": TYPES_OF_FILES},
    "signal": NOT_KEPT | {"content-type": {"text/plain; charset=utf-8", "application/json"}},
}
"""By the kind of answer: the headers that it has besides those of every answer, and the values that they may have."""
COUNTED = {"content-length", "content-security-policy"}
MAY_HAVE = {
    "page": {"set-cookie", "retry-after"},
    "way on": {"set-cookie", "location"},
    "file": {"vary", "content-disposition"},
    "signal": set(),
}
COOKIE = re.compile(r"(session|device|language)=[^;]*;.*HttpOnly", re.I)


def kind_of(headers):
    """Which kind of answer this is."""
    if "location" in headers:
        return "way on"
    if "content-disposition" in headers:
        return "file"
    return "page" if headers.get("content-type", "").startswith("text/html") else "signal"


def wrong_headers(pairs):
    """What is wrong with the headers of an answer, as (name, value); nothing, where they are exactly right."""
    headers = dict(pairs)
    kind = kind_of(headers)
    expected = ALWAYS | KINDS[kind]
    wrong = {(name, headers.get(name)) for name, values in expected.items() if headers.get(name) not in values}
    wrong |= {(name, headers[name]) for name in headers.keys() - expected.keys() - COUNTED - MAY_HAVE[kind]}
    policy = headers.get("content-security-policy", "")
    fits = policy == f"{POLICY}; sandbox" if kind == "file" else policy == POLICY or SCRIPTED.fullmatch(policy)
    wrong |= set() if fits else {("content-security-policy", policy)}
    names = [name for name, _ in pairs if name != "set-cookie"]
    wrong |= {(name, "twice") for name in names if names.count(name) > 1}
    wrong |= {(name, value) for name, value in pairs if name == "set-cookie" and not COOKIE.match(value)}
    if kind == "file" and not SAFE_NAME.fullmatch(headers["content-disposition"]):
        wrong |= {("content-disposition", headers["content-disposition"])}
    if kind == "page" and headers.get("cache-control") == "private, no-cache" and "set-cookie" in headers:
        wrong |= {("cache-control", "kept by the browser although it sets a cookie")}
    return wrong
