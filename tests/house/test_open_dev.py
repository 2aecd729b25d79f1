"""The development sets of other trades are complete, and every grade belongs to a pair that is there."""

import numpy as np
import pytest

from benchmarks.text_quality import OPEN, Judged, open_set

FEWEST = {"en": (8, 30), "es": (6, 20), "pl": (5, 15)}


@pytest.fixture(scope="module", params=sorted(FEWEST))
def one(request) -> Judged:
    return open_set(OPEN / f"{request.param}.txt")


def test_each_language_has_enough_advertisements_and_cvs(one):
    ads, cvs = FEWEST[one.name.removeprefix("open ")]
    assert len(one.advertisements) >= ads
    assert len(one.cvs) >= cvs


def test_every_advertisement_has_somebody_who_could_start_and_somebody_near(one):
    assert (one.grades.max(axis=1) == 3).all()
    assert ((one.grades == 1).sum(axis=1) >= 1).all()


def test_grades_are_those_of_the_readme_and_most_pairs_do_not_fit(one):
    assert set(np.unique(one.grades)) <= {0.0, 1.0, 2.0, 3.0}
    assert (one.grades == 0).mean() > 0.7
