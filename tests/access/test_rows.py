"""Row-level security alone, and the application's queries alone, let everybody do exactly what was reviewed."""

import re

import pytest

from talent.row_security import ALL_RULES
from tests.access.filters import FILTERS
from tests.access.rows import NOTHING, as_file, lines_of_database, lines_of_deeds, lines_of_filters, read_rows, shelf_in
from tests.house.code import ROOT
from tests.proving import WHOLE

DOERS = None if WHOLE else {"nobody", "agency_officer"}
"""Whose deeds are tried; everybody's by make prove, and what they read is asked of everybody always."""


@pytest.fixture(scope="module")
def shelf(world):
    with shelf_in(world) as made:
        yield made


def differing(lines, folder):
    """The new lines, those that are gone, and where the whole table as it is now lies; nothing when none differs."""
    known = read_rows()
    changed = {key: line for key, line in lines.items() if known.get(key, NOTHING) != line}
    found = folder / "rows.tsv"
    found.write_text(as_file(known | lines), encoding="utf-8")
    return [(*key, "is", *line, "was", *known.get(key, NOTHING), f"in {found}") for key, line in changed.items()]


def test_every_filter_of_the_application_is_asked():
    written = "\n".join(path.read_text() for path in (ROOT / "talent").glob("*/policy.py"))
    assert set(FILTERS) == set(re.findall(r"^def (visible_\w+|revealed_\w+)", written, re.MULTILINE))


def test_each_context_sees_and_each_role_is_let_through_to_what_was_reviewed(shelf, world, tmp_path):
    assert differing(lines_of_database(shelf, world) | lines_of_filters(shelf, world), tmp_path) == []


def test_each_context_changes_removes_and_adds_what_was_reviewed(shelf, world, tmp_path):
    assert differing(lines_of_deeds(shelf, world, among=DOERS), tmp_path) == []


def test_no_line_is_about_something_that_is_gone():
    assert {asked.partition(":")[0] for asked, _ in read_rows()} <= ALL_RULES.keys() | FILTERS.keys()
