"""Linkers with an encoder whose cosines can be worked out by hand."""

import numpy as np
import pytest

from talent.matching.fusion import (
    FOREIGN_DENSE_SHARE,
    crowding,
    dense_is_meaningful,
    for_language,
    standardised,
    weighted,
)
from talent.matching.implied import SATISFIES_MUST_HAVE, ImpliedSkills
from talent.matching.lexical import bm25_scores, character_scores
from talent.matching.linkers import encode, link_skills, link_titles, title_skills
from talent.matching.skill_linker import SkillLinker, bare, spans_of
from talent.matching.title_linker import LEAST_PROBABILITY, TitleLinker, calibrated
from tests.factories.encoder import KeywordEncoder

ENCODER = KeywordEncoder()
OCCUPATIONS = [["welder", "steel welder"], ["cook", "kitchen cook"], ["truck driver", "lorry driver"]]
SKILLS = ["welding", "hygiene", "Python (computer programming)", "truck safety"]


def test_a_title_is_linked_to_the_occupation_of_its_best_label():
    scores = link_titles(["kitchen cook wanted", "urgent: steel welder"], OCCUPATIONS, ENCODER)
    assert scores.shape == (2, 3)
    assert scores.dtype == np.float32
    assert scores.argmax(axis=1).tolist() == [1, 0]


def test_an_occupation_without_labels_and_a_call_without_titles_break_nothing():
    assert link_titles(["welder"], [["welder"], []], ENCODER).argmax() == 0
    assert link_titles([], OCCUPATIONS, ENCODER).shape == (0, 3)


def test_a_title_that_fits_nothing_gets_no_answer():
    (found,) = TitleLinker(ENCODER, OCCUPATIONS).link(["zzz qqq"])
    assert found is None


def test_a_clear_title_is_answered_with_a_probability():
    (found,) = TitleLinker(ENCODER, OCCUPATIONS).link(["truck driver"])
    assert found is not None
    assert found.place == 2
    assert LEAST_PROBABILITY <= found.probability <= 1


def test_a_better_score_or_a_clearer_lead_never_lowers_the_probability():
    assert calibrated(1.5, 0.2) > calibrated(1.0, 0.2) > calibrated(1.0, 0.1)


def test_a_sentence_is_linked_to_skills_each_with_its_span():
    sentence = "You keep kitchen hygiene rules and you know Python."
    linked = SkillLinker(ENCODER, SKILLS).link(sentence)
    found = {SKILLS[one.place]: one.span for one in linked}
    assert {"hygiene", "Python (computer programming)"} <= set(found)
    assert all(sentence[span.start : span.end] == span.text for span in found.values())
    assert "hygiene" in found["hygiene"].text


def test_what_stands_in_brackets_is_not_part_of_a_skills_name():
    assert bare("Python (computer programming)") == "Python"
    assert bare("(in brackets)") == "(in brackets)"


def test_spans_do_not_begin_or_end_in_function_words_and_do_not_cross_commas():
    texts = {span.text for span in spans_of("welding of pipes, and grinding")}
    assert "welding of pipes" in texts
    assert not {"of", "of pipes", "pipes, and grinding", "and grinding"} & texts


def test_a_named_skill_outranks_one_that_is_only_near():
    scores = link_skills(["welding of steel pipes"], ["welding", "steel pipe safety"], ENCODER)
    assert scores.argmax() == 0


TRAINED = [
    {"labels": ["welder"], "essential": ["welding"], "optional": ["truck safety"]},
    {"labels": ["cook"], "essential": ["hygiene"], "optional": []},
]


def test_a_title_implies_what_the_nearest_occupation_needs():
    scores = title_skills(["steel welder", "kitchen cook"], TRAINED, SKILLS, ENCODER)
    assert scores.argmax(axis=1).tolist() == [0, 1]


def test_without_known_occupations_the_words_alone_decide():
    assert title_skills(["welding hygiene"], [], SKILLS, ENCODER).shape == (1, 4)


def test_an_implied_skill_can_never_satisfy_a_must_have():
    assert SATISFIES_MUST_HAVE is False


def test_labels_are_matched_without_regard_to_case():
    occupations = [{"labels": ["welder"], "essential": ["WELDING"], "optional": []}]
    assert ImpliedSkills(ENCODER, occupations, SKILLS).scores(["welder"]).argmax() == 0


def test_in_an_unknown_language_letters_lead_and_meaning_cannot_drown_them():
    weights = {"best_label": 1.0, "characters": 0.3}
    foreign = for_language(weights, known=False)
    assert foreign["best_label"] == FOREIGN_DENSE_SHARE
    assert foreign["characters"] > foreign["best_label"]
    assert for_language(weights, known=True) == weights


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        (["head of the department", "driver of a truck for the army", "worker in the field"], True),
        (["Leiter der Abteilung", "Fahrer für die Firma", "Helfer bei der Ernte und im Lager"], False),
        (["welder"], True),
    ],
)
def test_the_language_of_many_short_texts_is_told_from_all_of_them(texts, known):
    assert dense_is_meaningful(texts) is known


def test_standardised_rows_have_mean_nought_and_spread_one():
    found = standardised(np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]], dtype=np.float32))
    assert found[0].mean() == pytest.approx(0, abs=1e-6)
    assert found[0].std() == pytest.approx(1, abs=1e-5)
    assert found[1].tolist() == [0.0, 0.0, 0.0]


def test_a_part_without_a_weight_is_an_error():
    with pytest.raises(KeyError):
        weighted({"unheard of": np.zeros((1, 1), dtype=np.float32)}, {})


@pytest.mark.parametrize("scores", [character_scores, bm25_scores])
def test_lexical_scores_find_the_text_with_the_same_words(scores):
    documents = ["Schweißer im Stahlbau", "Koch im Hotel", "Fahrer"]
    assert scores(["Koch gesucht, Hotel am See"], documents).argmax() == 1


def test_encode_hands_texts_to_the_encoder():
    assert encode(["welder"], ENCODER).shape == (1, ENCODER.dimensions)


def test_what_lies_in_a_crowd_is_more_crowded_than_what_stands_alone():
    likeness = np.array([[1.0, 0.9, 0.8, 0.0], [0.9, 1.0, 0.9, 0.0], [0.8, 0.9, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    crowd = crowding(likeness.astype(np.float32))
    assert min(crowd[:3]) > crowd[3]
    assert crowd.mean() == pytest.approx(0.0, abs=1e-6)


def test_nothing_is_crowded_where_nothing_is_near():
    assert crowding(np.zeros((3, 0), dtype=np.float32)).tolist() == [0.0, 0.0, 0.0]
