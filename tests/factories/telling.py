"""What no log may hold: who somebody is, how to reach them, and what opens their account."""

import re

TELLING = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "a telephone number": re.compile(r"\+\d{9,}"),
    "an identity number": re.compile(r"\b\d{5}-?\d{7}-?\d\b"),
    "a password of a factory": re.compile(r"three old brick walls|four old brick walls"),
    "a token": re.compile(r"(?<![\w/-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])"),
    "what was sent with a form": re.compile(r"\[parameters: "),
    "a row of a table": re.compile(r"Key \([\w, ]+\)=\("),
}
"""By what it is: how it looks."""


def told_in(line):
    """What this line of a log tells that it must not."""
    return [what for what, looks in TELLING.items() if looks.search(line)]
