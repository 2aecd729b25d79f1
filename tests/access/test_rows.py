"""Row-level security alone, and the application's queries alone, show everybody exactly what was reviewed."""

import re

import pytest

from tests.access.filters import FILTERS
from tests.access.rows import FILE, Shelf, as_file, lines_of_database, lines_of_filters
from tests.house.code import ROOT


@pytest.fixture(scope="module")
def lines(world):
    shelf = Shelf(world)
    return lines_of_database(shelf, world) | lines_of_filters(shelf, world)


def test_every_filter_of_the_application_is_asked():
    written = "\n".join(path.read_text() for path in (ROOT / "talent").glob("*/policy.py"))
    assert set(FILTERS) == set(re.findall(r"^def (visible_\w+|revealed_\w+)", written, re.MULTILINE))


def test_each_context_sees_and_each_role_is_let_through_to_what_was_reviewed(lines, tmp_path):
    found = tmp_path / "rows.tsv"
    found.write_text(as_file(lines), encoding="utf-8")
    new, old = (set(path.read_text(encoding="utf-8").splitlines()) for path in (found, FILE))
    assert (sorted(new - old), sorted(old - new)) == ([], []), f"review {found}"
