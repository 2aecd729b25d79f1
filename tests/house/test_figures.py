"""A figure of the law has a source, a date and a day of review; a page never shows one without its date."""

import re
from datetime import date, timedelta

import pytest

from talent.casework.sourced import Sourced, past_review, sourced_rows
from talent.foundation.clock import today
from talent.pathways import catalogue as pathways
from talent.recognition.procedures import Fee, catalogue
from tests.house.code import ROOT, short

ROWS = [*sourced_rows(catalogue()), *sourced_rows(pathways.catalogue())]
LISTED = set(re.findall(r"^\| (S-[A-Z0-9-]+) \|", (ROOT / "docs/sources.md").read_text(encoding="utf-8"), re.M))
TEMPLATES = sorted(
    file for room in ("recognition", "pathways") for file in (ROOT / "web" / "templates" / room).glob("*.html")
)
NEAR = 700  # characters of a template
FIGURE = re.compile(r"\|money\(|view\.length\(|view\.longest\(|months_valid|in one\.sentences|row\.cases|view\.days")


def a_row(**changed: object) -> Sourced:
    values = {"source": "S-DE-2", "as_of": "2023", "confidence": "high", "review_by": date(2026, 11, 22)}
    return Sourced.model_validate(values | changed)


def test_there_are_rows_to_look_at():
    assert len(ROWS) > 100


def test_every_row_names_a_source_of_the_list():
    assert {row.source for row in ROWS} - LISTED == set()


def test_no_row_is_past_its_review_date_without_a_waiver():
    late = past_review(ROWS, today())
    assert [(row.source, row.legal, row.review_by.isoformat()) for row in late] == [], "read the source again"


@pytest.mark.parametrize(
    ("row", "days", "is_late"),
    [
        (a_row(), 0, False),
        (a_row(), 1, True),
        (a_row(waived_until=date(2026, 11, 30), waiver="the ministry answers in December"), 8, False),
        (a_row(waived_until=date(2026, 11, 30), waiver="the ministry answers in December"), 9, True),
    ],
)
def test_a_row_is_late_the_day_after_its_review_date_or_after_its_waiver(row, days, is_late):
    assert bool(past_review([row], date(2026, 11, 22) + timedelta(days=days))) is is_late


def test_a_waiver_needs_a_reason_and_an_end():
    with pytest.raises(ValueError, match="reason and an end"):
        a_row(waived_until=date(2027, 1, 1))


def test_an_unknown_fee_has_no_amount_and_a_known_one_does():
    known = {"what": "procedure", "currency": "EUR", "payer": "candidate", "least_cents": 100, "most_cents": 200}
    Fee.model_validate(a_row().model_dump() | known)
    with pytest.raises(ValueError, match="unknown"):
        Fee.model_validate(a_row().model_dump() | known | {"least_cents": None, "most_cents": None})
    with pytest.raises(ValueError, match="unknown"):
        Fee.model_validate(a_row(confidence="unknown").model_dump() | known)


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_a_template_puts_the_source_line_next_to_each_figure(template):
    text = template.read_text(encoding="utf-8")
    for figure in FIGURE.finditer(text):
        assert "source(" in text[figure.end() :][:NEAR], f"no source line after {text[figure.start() :][:80]!r}"
