"""A judged set of texts is read from its folder, and each figure stands beside plain yardsticks."""

import json

import pytest

from talent.cli_evaluate import figures_in
from talent.foundation.errors import Unprocessable
from talent.matching.judged_texts import judged_set, text_figures
from tests.factories.encoder import KeywordEncoder

TEXTS = {
    "advertisements/weld.txt": "We look for a welder. You weld steel frames.",
    "advertisements/cook.txt": "We look for a cook for our kitchen. Hygiene is needed.",
    "cvs/welder.txt": "Welder, six years of welding steel frames in Jeddah.",
    "cvs/cook.txt": "Cook in a hotel kitchen for four years, hygiene training.",
    "cvs/driver.txt": "Lorry driver, nine years.",
    "judgements.tsv": "advertisement\tcv\tgrade\nweld\twelder\t3\ncook\tcook\t2\nweld\tcook\t0\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_grades_stand_where_they_were_given_and_nothing_elsewhere(folder):
    ads, cvs, grades = judged_set(folder)
    assert (list(ads), list(cvs)) == (["cook", "weld"], ["cook", "driver", "welder"])
    assert grades.tolist() == [[2, 0, 0], [0, 0, 3]]


def test_whole_texts_are_measured_beside_words_letters_and_meaning(folder):
    precision, gain = text_figures(folder, KeywordEncoder())
    assert (precision.key, precision.value, precision.n) == ("texts_map", 1.0, 2)
    assert (gain.key, gain.value) == ("texts_ndcg", 1.0)
    assert set(precision.baselines) == {"BM25", "char TF-IDF", "encoder"}


@pytest.mark.parametrize("gone", ["judgements.tsv", "advertisements", "cvs"])
def test_a_folder_that_is_no_such_set_is_refused(folder, gone):
    (folder / gone).rename(folder / "elsewhere")
    with pytest.raises(Unprocessable):
        judged_set(folder)


def test_figures_made_elsewhere_are_the_last_line(tmp_path):
    file = tmp_path / "figures.json"
    file.write_text("a table for people\n" + json.dumps({"texts_map": 0.9439, "ece": None}), "utf-8")
    assert figures_in(file) == {"texts_map": 0.9439, "ece": None}


@pytest.mark.parametrize("said", ["", "no figures", "[1]", '{"a": "b"}'])
def test_a_file_without_figures_is_refused(tmp_path, said):
    file = tmp_path / "figures.json"
    file.write_text(said, "utf-8")
    with pytest.raises(Unprocessable):
        figures_in(file)
