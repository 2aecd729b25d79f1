"""Whatever somebody hands in is ranked: empty, endless, mixed or repeated texts break nothing."""

import numpy as np
import pytest

from talent.matching import texts
from talent.matching.linkers import link_skills, link_titles, title_skills
from tests.factories.encoder import KeywordEncoder

ENCODER = KeywordEncoder()

ODD = {
    "empty": "",
    "blank": " \n\t\n",
    "a letter": "x",
    "figures": "1234567890 " * 40,
    "marks": "!!! ??? --- ;;; ((( )))\n" * 20,
    "controls": "welder\x00\x01\ufffe cook\u202e\u200b",
    "lone surrogate": "welder \ud800 cook",
    "very long": "Experience\n2015-2021 Welder: MAG welding of steel frames\n" * 400,
    "one endless word": "schweiss" * 2000,
    "mixed scripts": "Welder ویلڈر сварщик 溶接工 लोहार hitsaaja Schweißer",
    "markup": "<html><script>alert(1)</script><b>welder</b></html>",
    "a table": "|".join(["name", "age", "trade", "welder"] * 50),
}
ADVERTISEMENTS = ["Welder\n\nRequirements\n- MAG welding\n- reads technical drawings", *ODD.values()]


@pytest.fixture(scope="module")
def scores() -> np.ndarray:
    return texts.match_texts(ADVERTISEMENTS, list(ODD.values()), encoder=ENCODER)


def test_every_pair_of_odd_texts_has_a_score(scores):
    assert scores.shape == (len(ADVERTISEMENTS), len(ODD))
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores <= 1)).all()


def test_texts_without_words_have_no_share_in_anything(scores):
    silent = [list(ODD).index(name) for name in ("empty", "blank", "marks")]
    assert (scores[0, silent] < 0.05).all()


def test_the_same_cv_twice_has_the_same_score():
    cv = "Experience\n2015-2021 Welder: MAG welding"
    (row,) = texts.match_texts(ADVERTISEMENTS[:1], [cv, "cook in a hotel since 2015", cv], encoder=ENCODER)
    assert row[0] == row[2]


def test_the_order_of_the_cvs_changes_no_score():
    cvs = ["Experience\n2015-2021 Welder: MAG welding", "cook in a hotel since 2015", "driver, heavy truck"]
    (row,) = texts.match_texts(ADVERTISEMENTS[:1], cvs, encoder=ENCODER)
    (turned,) = texts.match_texts(ADVERTISEMENTS[:1], cvs[::-1], encoder=ENCODER)
    np.testing.assert_allclose(row, turned[::-1], atol=1e-6)


def test_a_report_of_odd_texts_can_be_written():
    report = texts.match_texts_report({"ad": ADVERTISEMENTS[0]}, ODD, encoder=ENCODER)
    assert len(report.rankings[0].cvs) == len(ODD)
    assert report.as_text()


def test_linkers_score_odd_titles_and_sentences():
    odd = list(ODD.values())
    train = [{"labels": ["welder"], "essential": ["weld"], "optional": []}, {"labels": [""], "essential": []}]
    found = (
        link_titles(odd, [["welder", "metal joiner"], [""], ["cook", "cook"]], ENCODER),
        link_skills(odd, ["weld", "", "weld"], ENCODER),
        title_skills(odd, train, ["weld", "cook", ""], ENCODER),
        title_skills(odd, [], ["weld", "cook", ""], ENCODER),
    )
    for scores in found:
        assert scores.shape == (len(odd), 3)
        assert np.isfinite(scores).all()
