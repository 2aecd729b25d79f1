"""What a line of an explanation says about a skill: how it is shown, and what it counts for that."""

from dataclasses import replace

import pytest

from talent.matching.explain import SkillLine, skill_lines
from talent.matching.grades import COUNTS
from talent.matching.reasons import Reasons
from talent.matching.views import HeldSkill
from talent.taxonomy.levels import Evidence
from tests.factories.matching import concept, make_candidate, make_vacancy
from web.explanations import skill

WELDS = SkillLine("met", "MAG welding", "I weld hulls", True, 1.0)


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (Evidence.SELF_DECLARED, "Only own words show it so far: it counts 85 %."),
        (Evidence.DOCUMENT, "A document shows it: it counts 90 %."),
        (Evidence.INSTITUTE_ATTESTED, "A training institute attests it: it counts 95 %."),
        (Evidence.ISSUER_VERIFIED, "Whoever issued the document confirmed it: it counts 100 %."),
        (Evidence.ASSESSED, "It was assessed: it counts 100 %."),
    ],
)
def test_a_skill_says_how_it_is_shown_and_what_it_counts(shown, sentence):
    assert str(skill(replace(WELDS, shown=shown)).note) == sentence
    assert f"{100 * COUNTS[shown]:.0f} %" in sentence


@pytest.mark.parametrize(("strength", "percent"), [(1.0, 85), (0.9, 76), (0.56, 48)])
def test_a_near_skill_counts_by_its_likeness_too(strength, percent):
    near = replace(WELDS, strength=strength, shown=Evidence.SELF_DECLARED)
    assert str(skill(near).note) == f"Only own words show it so far: it counts {percent} %."


def test_a_skill_that_nothing_covers_says_nothing_about_evidence():
    assert skill(SkillLine("missing", "MAG welding", "", True, 0.0)).note == ""


def test_of_a_skill_held_twice_the_better_shown_one_is_told():
    twice = (
        HeldSkill(concept("MAG welding"), "assessed", Evidence.ASSESSED),
        HeldSkill(concept("MAG welding"), "told"),
    )
    stored = Reasons({}, {}, (), ((1, 1.0),))
    (line,) = skill_lines(stored, make_vacancy(must=("MAG welding",)), replace(make_candidate(), skills=twice))
    assert (line.words, line.shown) == ("assessed", Evidence.ASSESSED)


def test_the_page_about_matching_tells_what_own_words_count(browser):
    assert (
        f"at {100 * COUNTS[Evidence.SELF_DECLARED]:.0f} of 100, when your own words"
        in browser.get("/about/matching").text
    )
