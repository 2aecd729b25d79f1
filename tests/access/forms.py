"""The forms on the pages of the scene, filled in as somebody fills them in who means it."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlsplit

from lxml import html

from talent.foundation.clock import today
from tests.access.asking import NOT_IN, PRINCIPALS
from tests.access.verdicts import Verdict, read_verdicts
from tests.proving import WHOLE
from web.security import SAFE_METHODS

GAPS = re.compile(r"\\\{[^/.]+\\\}")
OF_THE_FORM = {"_token", "_once"}
TYPED = {None, "text", "search", "email", "tel", "url"}
WORDS = "Ten plain words stand here so that nobody misses one."
ANSWERS = {
    "password": "four quiet words here",
    "current": "four quiet words here",
    "again": "four quiet words here",
    "email": "somebody@example.org",
    "contact": "somebody@example.org",
    "sent_to": "somebody.else@example.org",
    "phone": "0301 2345678",
    "login": "somebody.new@example.org",
    "country": "DE",
    "number": "35202-1234567-1",
    "cnic": "35202-1234567-1",
    "sure": "true",
    "amount_cents": "2950",
    "occupation": "7212",
    "started_year": "2019",
    "awarded_year": "2015",
    "days": "12",
    "issuer": "https://signin.example.org",
    "code": "4711-0815",
    "language_taught": "de",
    "description": "Somebody welds frames of steel for bridges in our workshop, by day and in a team of four.",
}
"""By the name of a box: what stands in it where nothing stood and any words will not do."""
EMPTY = {
    "/profile/experience/add": {"ended_month", "ended_year"},
    "/profile/experience/{entry_id:uuid}": {"goes_on"},
    "/profile/licences": {"none"},
    "/profile/countries": {"countries"},
    "/placements/{placement_id}/costs": {"fee"},
    "/training/cohorts/{cohort_id}/assessments/new": {"language"},
    "/vacancies/{vacancy_id}/change/{part}": {"occupation_id", "occupation_for"},
}
"""Boxes that stay empty because of what stands in others."""
ANSWERS_AT: dict[str, dict[str, str]] = {
    "/profile/languages/add": {"language": "de"},
    "/recognition/cases/{case_id}/stop": {"since": "today"},
    "/recognition/cases/{case_id}/extend": {"told_on": "today"},
}
"""What is answered at one address."""
OFFERED_ELSEWHERE: dict[str, set[str]] = {"/recognition/cases/{case_id}/step/{action}": {"note"}}
"""What the same address takes from another page of ours, or from this page in another state."""
AHEAD = {"expires_on", "next_due_on", "due_on", "starts_on", "ends_on", "opens_on", "until", "on"}
"""Dates that lie ahead of whoever fills them in; the others lie behind."""


@dataclass(frozen=True)
class PageForm:
    """One form on one page, as one kind of principal fills it in."""

    unsafe: Verdict
    """The address that it is sent to."""
    principal: str
    page: str
    action: str
    fields: dict[str, list[str]] = field(hash=False)
    typed: tuple[str, ...]
    """The boxes in which any words can stand."""
    offered: frozenset[str]
    """The names of all its boxes, filled or not."""

    def with_texts(self, words: str) -> "PageForm":
        """The same form with these words in every box that takes words."""
        return replace(self, fields=self.fields | {name: [words] for name in self.typed})


def forms_on(asking, one, principal):
    """Every form on this page for this kind of principal, filled in."""
    cell = asking.asked_anew("GET", one.path, principal)
    if cell.status != 200 or "<form" not in cell.body:
        return
    page = asking.address(one.path, principal, "own")
    for form in html.document_fromstring(cell.body).xpath("//form[@method='post']"):
        action = urlsplit(form.get("action")).path
        unsafe = next(known for pattern, known in UNSAFE if pattern.fullmatch(action))
        yield PageForm(
            unsafe, principal, page, form.get("action"), filled(form, unsafe.path), typed_in(form), offered(form)
        )


def all_forms(asking):
    """One form for each address that a page of the scene leads to; make prove reads every page, others every tenth."""
    found = {}
    for one in read_verdicts()[:: 1 if WHOLE else 10]:
        if one.method == "GET":
            for principal in PRINCIPALS:
                at_home = principal == "anonymous" if one.lets_in("anonymous") else principal not in NOT_IN
                if at_home and one.lets_in(principal):
                    for form in forms_on(asking, one, principal):
                        found.setdefault(form.unsafe.path, form)
    return list(found.values())


def filled(form, path):
    """What stands in each box, by its name: what stood there, or an answer that fits it."""
    known, empty = ANSWERS | ANSWERS_AT.get(path, {}), EMPTY.get(path, set())
    fields: dict[str, list[str]] = {}
    for box in form.xpath(".//input | .//select | .//textarea"):
        name, kind = box.get("name"), box.get("type") if box.tag == "input" else box.tag
        if name is None or kind in {"submit", "file", "button"} or name in fields or name in empty:
            continue
        if kind in {"radio", "checkbox"}:
            value = ticked(form, name, known)
        elif kind == "select":
            value = chosen(box, known)
        elif kind == "hidden":
            value = [one.get("value", "") for one in form.xpath(".//input") if one.get("name") == name]
        else:
            stood = box.text if kind == "textarea" else box.get("value")
            value = [(stood or "").strip() or known.get(name) or answer(name, box, known)]
        fields[name] = value
    for button in form.xpath(".//button[@name][@value]")[:1]:
        fields[button.get("name")] = [button.get("value")]
    return fields


def ticked(form, name, known):
    """What is ticked, or the first of the ways that say anything."""
    boxes = [box for box in form.xpath(".//input") if box.get("name") == name]
    values = [box.get("value", "on") for box in boxes]
    stood = [box.get("value", "on") for box in boxes if "checked" in box.attrib]
    if known.get(name) in values:
        return [known[name]]
    return stood or [value for value in values if value][:1]


def chosen(box, known):
    """What is chosen, or the first option that says anything."""
    values = [option.get("value", "") for option in box.xpath(".//option")]
    stood = [option.get("value", "") for option in box.xpath(".//option[@selected]")]
    if known.get(box.get("name")) in values:
        return [known[box.get("name")]]
    return [value for value in (*stood, *values) if value][:1]


def answer(name, box, known):
    """What somebody writes into an empty box of this name."""
    stem, _, part = name.rpartition("-")
    if part in {"day", "month", "year"}:
        days = 0 if known.get(stem) == "today" else 20 if stem in AHEAD else -20
        day = today() + timedelta(days=days)
        return str(getattr(day, part))
    if box.get("inputmode") in {"numeric", "decimal"} or box.get("type") == "number":
        return "2"
    return WORDS


def typed_in(form):
    """The names of the boxes in which any words can stand."""
    boxes = form.xpath(".//input[@name] | .//textarea[@name]")
    words = [box for box in boxes if box.tag == "textarea" or box.get("type") in TYPED]
    return tuple(dict.fromkeys(box.get("name") for box in words if is_free(box)))


def offered(form):
    """The names of all boxes of this form."""
    return frozenset(name.partition("-")[0] for name in form.xpath(".//@name"))


def is_free(box):
    """Whether this box takes words, and no number or part of a date."""
    return not box.get("name").endswith(("-day", "-month", "-year")) and not box.get("inputmode")


def declared(form):
    """The names that this form offers, and those that another state of its page does."""
    return form.offered | OFFERED_ELSEWHERE.get(form.unsafe.path, set())


UNSAFE = [
    (re.compile(GAPS.sub("[^/]+", re.escape(one.path))), one)
    for one in read_verdicts()
    if one.method not in SAFE_METHODS
]
