"""Forms as people send them: found on the pages that show them, and filled in by their own boxes."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

ENOUGH_WORDS = "Enough words for a reason that somebody else can understand."
NUMBER = re.compile(r"number|count|hours|seats|score|percent|cents|months|size")
BY_NAME = (
    (re.compile(r"-day$"), "15"),
    (re.compile(r"-month$"), "6"),
    (re.compile(r"-year$"), "2027"),
    (re.compile(r"email|contact$"), "somebody@example.org"),
    (re.compile(r"login"), "somebody-new@example.org"),
    (re.compile(r"phone"), "0301 2345678"),
    (re.compile(r"country|nationality"), "DE"),
    (NUMBER, "1"),
)
"""What is typed into an empty box of such a name; words into any other."""


@dataclass
class SeenForm:
    """One form of a page: where it is sent, and what its boxes hold."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """By the name of a group of round buttons or a list, of which nothing is chosen yet: what may be."""


class Forms(HTMLParser):
    """The forms of one page that are sent by POST."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.here: SeenForm | None = None
        self.found: list[SeenForm] = []
        self.list_name = self.text_name = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form" and told.get("method", "").lower() == "post":
            self.here = SeenForm(told.get("action", ""))
            self.found.append(self.here)
        if self.here is None or "disabled" in told:
            return
        name = told.get("name", "")
        if tag == "input" and name:
            self.input(name, told)
        elif tag == "select":
            self.list_name = name
        elif tag == "option" and self.list_name:
            value = told.get("value", "")
            self.choose(self.list_name, value, chosen="selected" in told)
        elif tag == "textarea":
            self.text_name = name
            self.here.fields.setdefault(name, [""])
        elif tag == "button" and name:
            self.here.fields.setdefault(name, [told.get("value", "")])

    def input(self, name, told):
        kind, value = told.get("type", "text"), told.get("value") or ""
        if kind == "radio":
            self.choose(name, value, chosen="checked" in told)
        elif kind == "checkbox":
            if "checked" in told:
                self.here.fields.setdefault(name, []).append(value)
            else:
                self.here.choices.setdefault(name, [])
        elif kind != "file":
            self.here.fields.setdefault(name, []).append(value)

    def choose(self, name, value, *, chosen):
        if chosen:
            self.here.fields[name] = [value]
        elif value:
            self.here.choices.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self.text_name and self.here is not None:
            self.here.fields[self.text_name] = [self.here.fields[self.text_name][0] + data]

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None
        elif tag == "select":
            self.list_name = ""
        elif tag == "textarea":
            self.text_name = ""


def filled(form: SeenForm) -> dict[str, list[str]]:
    """What somebody sends who fills in every box, and chooses the first of every choice."""
    sent = {name: [value or typed(name) for value in values] for name, values in form.fields.items()}
    for name, values in form.choices.items():
        if values and name not in sent:
            sent[name] = values[:1]
    return sent


def typed(name: str) -> str:
    """What is typed into an empty box of this name."""
    return next((words for pattern, words in BY_NAME if pattern.search(name)), ENOUGH_WORDS)
