"""schema.org JobPosting in JSON-LD, read into the columns of an import.

What schema.org has no word for (language levels, who pays the recruitment costs, must or nice) stands under a
namespace of our own, ``tp:``; it is read without the prefix, too. Contexts are never fetched.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from talent.foundation.decoding import decode
from talent.foundation.unreadable import Unreadable
from talent.foundation.words import N_

NAMESPACE = "urn:talent-partnership:vacancy:"
CONTEXT: list[Any] = ["https://schema.org", {"tp": NAMESPACE}]
DEEPEST = 40
PERIODS = {"HOUR": "hour", "HUR": "hour", "MONTH": "month", "MON": "month", "YEAR": "year", "ANN": "year"}
BLOCKS = frozenset({"p", "br", "li", "div", "ul", "ol", "h1", "h2", "h3", "h4", "tr"})


class NotJson(Unreadable):
    """Text that starts like JSON and is not."""

    default = N_("This file is not valid JSON: line {line} cannot be read. Export it again and choose the new copy.")


class NoPosting(Unreadable):
    """JSON without one JobPosting."""

    default = N_("There is no JobPosting in this file. Give each vacancy the “@type” JobPosting of schema.org.")


def postings(content: bytes) -> list[Mapping[str, Any]]:
    """Every JobPosting of the file: one object, a list, an ``@graph``, or an ItemList of them, in its own order.

    Raises:
        NotJson: it cannot be read as JSON.
        NoPosting: it holds no JobPosting.
    """
    try:
        read = json.loads(decode(content).lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise NotJson.because(line=error.lineno) from None
    except (ValueError, RecursionError):  # a number with thousands of digits, or brackets without end
        raise NotJson.because(line=1) from None
    if _is_too_deep(read):
        raise NotJson.because(line=1)
    found = list(_postings_in(read))
    if not found:
        raise NoPosting
    return found


def _is_too_deep(value: Any) -> bool:
    """Whether brackets stand in brackets deeper than any posting needs."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(one: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return one.values() if isinstance(one, dict) else one


def _postings_in(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _postings_in(one)
    elif isinstance(value, dict):
        if "JobPosting" in {_local(kind) for kind in _many(value.get("@type"))}:
            yield value
        else:
            for key in ("@graph", "itemListElement", "item", "mainEntity"):
                yield from _postings_in(value.get(key))


def row_of(posting: Mapping[str, Any]) -> dict[str, str]:
    """The posting as the columns of an import; a column that the posting does not speak of is left out."""
    bare = {_local(key): value for key, value in posting.items()}
    row = {}
    for column, read in READERS.items():
        text = read(bare)
        if text is not None:
            row[column] = text.strip()
    return row


def _local(name: object) -> str:
    """The last part of a name with a prefix or a full address."""
    return re.split(r"[/#:]", str(name))[-1]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _inner(value: Any, *keys: str) -> Any:
    """The first of these keys that the object (or the first object of a list) has."""
    for one in _many(value):
        if isinstance(one, dict):
            bare = {_local(key): inner for key, inner in one.items()}
            for key in keys:
                if bare.get(key) not in (None, "", []):
                    return bare[key]
    return None


def _text(value: Any) -> str | None:
    """Words of a text, a number, a named thing, or of a list of them."""
    if isinstance(value, dict):
        return _text(_inner(value, "value", "name", "@value"))
    if isinstance(value, list):
        return "; ".join(text for text in map(_text, value) if text)
    if value is None or isinstance(value, bool):
        return None
    return re.sub(r"\.0$", "", str(value)) if isinstance(value, float) else str(value)


class _Prose(HTMLParser):
    """Text of HTML, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        """A block starts a line; scripts and styles are not text."""
        self.hidden += tag in {"script", "style"}
        self.parts += ["\n- " if tag == "li" else "\n"] if tag in BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        """The end of a block ends its line."""
        self.hidden -= tag in {"script", "style"} and self.hidden > 0
        self.parts += ["\n"] if tag in BLOCKS - {"li"} else []

    def handle_data(self, data: str) -> None:
        """Text that is shown."""
        if not self.hidden:
            self.parts.append(data)


def prose(html: str) -> str:
    """The text of a description that may be HTML."""
    if not re.search(r"<\w+[^>]*>|&\w+;", html):
        return html
    parser = _Prose()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _occupation(posting: Mapping[str, Any]) -> str | None:
    """The ISCO-08 code, also inside "7212 Welders and flamecutters", before any name."""
    said = []
    for given in (*_many(posting.get("relevantOccupation")), *_many(posting.get("occupationalCategory"))):
        category = _inner(given, "occupationalCategory")
        said += [_text(_inner(one, "codeValue", "termCode")) or _text(one) for one in (*_many(category), given)]
    codes = (re.search(r"(?<!\d)\d{4}(?!\d)", text) for text in said if text)
    return next((code[0] for code in codes if code), next((text for text in said if text), None))


def _pay(which: tuple[str, ...]) -> Callable[[Mapping[str, Any]], str | None]:
    def read(posting: Mapping[str, Any]) -> str | None:
        value = _inner(posting.get("baseSalary"), "value") or posting.get("baseSalary")
        return (
            _text(_inner(value, *which))
            if isinstance(value, dict | list)
            else _text(value)
            if "value" in which
            else None
        )

    return read


def _currency(posting: Mapping[str, Any]) -> str | None:
    salary = posting.get("baseSalary")
    return _text(_inner(salary, "currency", "priceCurrency") or _inner(_inner(salary, "value"), "currency")) or _text(
        posting.get("salaryCurrency")
    )


def _period(posting: Mapping[str, Any]) -> str | None:
    unit = _text(_inner(_inner(posting.get("baseSalary"), "value"), "unitText", "unitCode"))
    unit = unit or _text(_inner(posting.get("baseSalary"), "unitText", "unitCode"))
    return PERIODS.get(unit.upper(), unit) if unit else None


def _experience(posting: Mapping[str, Any]) -> str | None:
    given = posting.get("experienceRequirements")
    months = _text(_inner(given, "monthsOfExperience"))
    if months is not None or not isinstance(given, str):
        return months
    said = re.search(r"(\d{1,3})\s*(month|year|monat|jahr)", given, re.IGNORECASE)
    return str(int(said[1]) * (12 if said[2].lower() in {"year", "jahr"} else 1)) if said else None


def _hours(posting: Mapping[str, Any]) -> str | None:
    said = re.search(r"\d{1,3}(?:[.,]\d{1,2})?", _text(posting.get("workHours")) or "")
    return said[0] if said else _text(posting.get("workHours"))


def _languages(posting: Mapping[str, Any]) -> str | None:
    if "languages" not in posting:
        return None
    rows = [(_text(_inner(one, "language")), _text(_inner(one, "level"))) for one in _many(posting["languages"])]
    return "; ".join(f"{language} {level or ''}".strip() for language, level in rows if language)


def _address(*keys: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda posting: _text(_inner(_inner(posting.get("jobLocation"), "address"), *keys))


def _plain(*keys: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda posting: next((text for key in keys if (text := _text(posting.get(key))) is not None), None)


def _listed(key: str) -> Callable[[Mapping[str, Any]], str | None]:
    """A list, or one text with semicolons or commas."""

    def read(posting: Mapping[str, Any]) -> str | None:
        text = _text(posting.get(key))
        plain = isinstance(posting.get(key), str) and text is not None and ";" not in text
        return text.replace(",", ";") if plain and text else text

    return read


READERS: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    "reference": _plain("identifier"),
    "title": _plain("title", "name"),
    "employer": _plain("hiringOrganization"),
    "occupation": _occupation,
    "description": lambda posting: prose(_text(posting.get("description")) or "") or None,
    "country": _address("addressCountry"),
    "place": _address("addressLocality", "addressRegion"),
    "seats": _plain("totalJobOpenings"),
    "must_skills": _listed("skills"),
    "nice_skills": _listed("niceSkills"),
    "languages": _languages,
    "qualification": lambda posting: _text(
        _inner(posting.get("educationRequirements") or posting.get("qualifications"), "credentialCategory")
    ),
    "qualification_field": _plain("qualificationField"),
    "qualification_months": _plain("qualificationMonths"),
    "licences": _plain("licences"),
    "experience_months": _experience,
    "pay_from": _pay(("minValue", "value", "price")),
    "pay_to": _pay(("maxValue",)),
    "pay_currency": _currency,
    "pay_period": _period,
    "hours_per_week": _hours,
    "start_date": _plain("jobStartDate"),
    "closing_date": _plain("validThrough"),
    "recruitment_costs_paid_by": _plain("recruitmentFeePayer"),
}
"""How each column of an import is read from a posting whose keys are without prefix; None when it says nothing."""
