"""Texts that break carelessly made pages and queries: kept and shown letter by letter, or refused in a sentence."""

import pytest

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.errors import Unprocessable
from talent.foundation.text import clean
from talent.vacancies.states import VacancyState
from tests.factories.corridor import make_account
from tests.factories.vacancies import load_words, make_officer, make_vacancy
from web.listings import LISTINGS

NAUGHTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title></textarea><h1>x</h1>",
    "<!-- x -->",
    "]]><![CDATA[x",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%(name)s %s %n %d {0} {name}",
    "'; drop table account; --",
    "' or '1'='1",
    '" or ""="',
    "1; select pg_sleep(10)",
    "\\'; \\\" \\\\",
    "100% _under_ \\escape",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "&lt;b&gt; &amp;amp; &#x27;",
    "a\u0301 e\u0308 \u00e9",
    "ویلڈر «گجرانوالہ» ۱۲۳",
    "שלום ‏ مرحبا",
    "👷🏽‍♀️ 🇵🇰 ﷽",
    "Ω≈ç√∫˜µ≤≥÷",
    "null",
    "undefined",
    "NaN",
    "0x0",
    "1e309",
    "-1",
    "CON",
    "x" * 200,
)
READERS = {
    Role.PROJECT_STAFF: (
        "/vacancies",
        "/stalls",
        "/stalls/cases",
        "/follow-ups",
        "/recognition/inbox",
        "/organisations",
        "/training",
        "/complaints",
        "/placements",
        "/figures",
        "/figures/times",
        "/figures/table",
    ),
    Role.AUDITOR: ("/journal",),
}
FIELDS = {name for listing in LISTINGS.values() for name in listing.filters} | {
    *("about", "action", "who", "by", "rows", "columns", "measure", "out_of", "column", "page", "lang", "due", "after")
}


def kept(naughty):
    """The text as it is kept; None where it is refused, with a sentence."""
    try:
        return clean(naughty)
    except Unprocessable:
        return None


@pytest.fixture
def officer(session):
    load_words(session)
    return make_officer(session)


def test_most_naughty_texts_are_somebodys_name_for_something():
    assert len([text for text in NAUGHTY if kept(text)]) > 25


def test_a_text_is_shown_letter_by_letter_wherever_it_stands(session, officer, signed_in):
    desk = signed_in(session.get_one(Account, officer.id))
    wrong = []
    for naughty in filter(kept, NAUGHTY):
        title, words = kept(naughty), f"You weld steel frames for bridges in our workshop. {kept(naughty)}"
        made = make_vacancy(
            session, officer, VacancyState.DRAFT, title=title, employer=title, place=title, description=words
        )
        listed, page = desk.get("/vacancies"), desk.get(f"/vacancies/{made.id}")
        shown = [
            title in listed.tree.xpath("//tbody/tr[1]/th/a/bdi/text()"),
            " ".join(title.split()) in page.heading,
            " ".join(words.split()) in page.text,
            not page.tree.xpath(
                "//main//script | //main//svg[@onload] | //main//img[@onerror] | //main//*[@onmouseover]"
            ),
        ]
        if not all(shown):
            wrong.append((naughty, shown))
        session.delete(made)
        session.flush()
    assert wrong == []


@pytest.mark.parametrize("role", READERS, ids=str)
def test_a_list_narrowed_by_anything_answers_with_a_page(session, signed_in, role):
    reader = signed_in(make_account(session, role))
    wrong = []
    for address in READERS[role]:
        for naughty in NAUGHTY:
            answer = reader.client.get(address, params=dict.fromkeys(FIELDS, naughty), headers={"Accept": "text/html"})
            if answer.status_code not in {200, 404, 422}:
                wrong.append((address, naughty, answer.status_code))
    assert wrong == []
