"""Row-level security alone, and the application's queries alone, let everybody do exactly what was reviewed."""

import re

import pytest

from tests.access.asking import WHOLE
from tests.access.filters import FILTERS
from tests.access.rows import FILE, Shelf, as_file, lines_of_database, lines_of_deeds, lines_of_filters
from tests.house.code import ROOT

DOERS = None if WHOLE else {"nobody", "agency_officer"}
"""Whose deeds are tried; everybody's by make prove, and what they read is asked of everybody always."""


@pytest.fixture(scope="module")
def shelf(world):
    return Shelf(world)


def differing(lines, tmp_path, reviewed):
    """The new lines, and those that are gone, among the reviewed ones of this kind; the new file lies beside."""
    found = tmp_path / "rows.tsv"
    found.write_text(as_file(lines), encoding="utf-8")
    old = {line for line in FILE.read_text(encoding="utf-8").splitlines() if reviewed(*line.split("\t")[:2])}
    new = set(found.read_text(encoding="utf-8").splitlines())
    return sorted(new - old), sorted(old - new), f"review {found}"


def test_every_filter_of_the_application_is_asked():
    written = "\n".join(path.read_text() for path in (ROOT / "talent").glob("*/policy.py"))
    assert set(FILTERS) == set(re.findall(r"^def (visible_\w+|revealed_\w+)", written, re.MULTILINE))


def test_each_context_sees_and_each_role_is_let_through_to_what_was_reviewed(shelf, world, tmp_path):
    lines = lines_of_database(shelf, world) | lines_of_filters(shelf, world)
    assert differing(lines, tmp_path, lambda asked, _reader: ":" not in asked)[:2] == ([], [])


def test_each_context_changes_removes_and_adds_what_was_reviewed(shelf, world, tmp_path):
    lines = lines_of_deeds(shelf, world, among=DOERS)
    wrong = differing(lines, tmp_path, lambda asked, reader: ":" in asked and (DOERS is None or reader in DOERS))
    assert wrong[:2] == ([], []), wrong[2]
