"""Every form that pages of the scene lead to: sent twice, with more than it offers, filled with texts that harm."""

import pytest
from lxml import html

from tests.access.forms import all_forms, declared
from tests.access.sending import RECORD, Sending, smuggled, taken_in
from tests.access.verdicts import read_verdicts
from tests.proving import WHOLE
from tests.web.test_naughty_texts import NAUGHTY as KNOWN

UNSAFE = {one.path for one in read_verdicts() if one.method == "POST"}
FORMS_AT_LEAST = 130 if WHOLE else 10
"""Addresses to which a page of the scene leads; to the others lead pages in states that the tests of pages make."""
DONE_AT_LEAST = 110 if WHOLE else 8
"""Of them, those where what is filled in is enough to do the deed."""
GUESSES = {"failure_streak", "sign_in_failure"}
"""Each guess counts."""
EVERY_TIME: dict[str, set[str]] = {
    "/sign-in/agency/{provider_id}": {"provider_errand"},
    "/sign-in/set-up/codes": {"recovery_code"},
}
"""What is made anew each time it is asked for, and replaces what was made before."""
DONE = {200, 303}
TWICE = {303, 404, 409, 410, 422}
"""What the second sending is told: the way on, or why there is nothing left to do."""


@pytest.fixture(scope="module")
def forms(asking):
    return all_forms(asking)


@pytest.fixture(scope="module")
def sending(asking):
    return Sending(asking)


def test_the_pages_of_the_scene_lead_to_nearly_every_unsafe_address(forms):
    assert len({form.unsafe.path for form in forms}) >= FORMS_AT_LEAST
    assert {form.unsafe.path for form in forms} <= UNSAFE


def test_a_form_sent_twice_does_its_deed_once_and_a_refused_one_none(forms, sending):
    wrong, done = [], 0
    for form in forms:
        known = RECORD | GUESSES | EVERY_TIME.get(form.unsafe.path, set())
        with sending.undone():
            with sending.written() as first:
                once = sending.send(form)
            with sending.written() as second:
                twice = sending.send(form)
        done += once.status in DONE
        again = {table for table, _ in second} - known
        before = {table for table, _ in first} - known - {"used_form_key"}
        alike = twice.status in ({once.status} | TWICE if once.status in DONE else {once.status})
        if again - {"used_form_key"} or not alike or (once.status not in DONE and before):
            wrong.append((form.unsafe.path, form.principal, once.status, twice.status, before, again))
    assert wrong == []
    assert done >= DONE_AT_LEAST


def test_a_form_with_every_other_column_of_its_tables_changes_none_of_them(forms, sending, world):
    """Whatever a form does not offer is not taken from it, by whatever name it is sent."""
    wrong, tried = [], 0
    for form in forms:
        plainly = written_by(sending, form, form.fields)
        tables = {table for table, _ in plainly}
        more = smuggled(sorted(tables), declared(form), world.sides["B"].officer.id)
        tried += len(more)
        wrong += [
            (form.unsafe.path, *found)
            for found in taken_in(plainly, written_by(sending, form, more | form.fields), more)
        ]
    assert wrong == []
    assert tried > (1_000 if WHOLE else 60)


def written_by(sending, form, fields):
    """The rows that these fields of a form write."""
    with sending.undone(), sending.written() as rows:
        sending.send(form, fields)
    return rows


NAUGHTY = "\"'></p></textarea></title><planted onplanted=1>{{7*191}}&lt;u"
"""One text that breaks out of a text, an attribute, a box and a comment wherever it is not escaped."""


def test_a_form_filled_with_a_text_that_harms_gives_it_back_letter_by_letter(forms, sending):
    """Taken or refused: the page that follows, and the page of the form, show it as text and as nothing else."""
    wrong, shown = [], 0
    for form in [one for one in forms if one.typed]:
        for naughty in texts_for(form):
            harmful = form.with_texts(naughty)
            with sending.undone():
                answer = sending.send(harmful)
                pages = [answer]
                if answer.status == 303:
                    ways = (answer.header("location"), form.page)
                    pages = [sending.read(form.principal, way) for way in ways if way.startswith("/")]
            bad = [page.status for page in pages if page.status >= 500 or planted(page, naughty)]
            shown += sum(page.content.count(b"planted") > 0 for page in pages)
            if answer.status >= 500 or bad:
                wrong.append((form.unsafe.path, form.principal, naughty, answer.status, bad))
    assert wrong == []
    assert shown > (30 if WHOLE else 1)


def texts_for(form):
    """What is tried in this form: one text that breaks out of everything; each known one for make prove."""
    return (NAUGHTY, *KNOWN) if WHOLE else (NAUGHTY,)


def planted(page, naughty):
    """Whether this page has anything in it that the text brought along, or shows the text as anything but itself."""
    if not page.content or not page.header("content-type").startswith("text/html"):
        return False
    tree = html.document_fromstring(page.content)
    if tree.xpath("//planted | //*[@onplanted] | //script[not(@src)] | //*[@onload or @onerror or @onmouseover]"):
        return True
    words = [
        *tree.itertext(),
        *(value for element in tree.iter(html.etree.Element) for value in element.attrib.values()),
    ]
    return any("planted" in one and "{{7*191}}" not in one and "planted" in naughty for one in words)
