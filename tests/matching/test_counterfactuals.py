"""One or two things added and scored again: the places worked out by hand, and nothing that is added ever lowers."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.matching.counterfactuals import ADDITIONS, SKILL, Change, Others, Outcome, Rescoring, lacking
from talent.matching.features import skill_strengths
from talent.matching.prospects import MOST_SHOWN, worth_saying
from talent.matching.ranking import list_keys, own_keys
from talent.matching.requirements import JUDGES, judge, requirements_of
from talent.matching.views import HeldLanguage, HeldQualification, NeededLanguage
from talent.matching.wishes import both_sides
from talent.taxonomy.levels import CEFR, QualificationKind
from tests.factories.matching import SKILLS, concept, make_candidate, make_pool, make_vacancy, one_hot

GERMAN = Change("language", "de", "B1")
WELDING = Change(SKILL, str(concept("MAG welding")), "MAG welding")
ASKED = make_vacancy(must=("MAG welding",), languages=(NeededLanguage("de", CEFR.B1),))
BEGINNER = make_candidate(languages=(HeldLanguage("de", CEFR.A2),))
LIST = ((0, 80.0), (0, 60.0), (1, 90.0))
"""Three others as (requirements missing, points): in this order, for all of them fit and the third lacks a paper."""


def keys_of(others):
    """Others whose wishes are all given, so that both sides together are worth the harmonic mean with 100 points."""
    missing, scores = zip(*others, strict=True) if others else ((), ())
    hundredths = np.array([round(100 * score) for score in scores], np.int32)
    listed = list_keys(np.array(missing, np.int16), hundredths, np.arange(len(others)))
    both = own_keys(listed, both_sides(hundredths, np.full(len(others), 10_000, np.int32)))
    return Others(-np.sort(-listed), -np.sort(-both))


def asked(candidate=BEGINNER, vacancy=ASKED, others=LIST, length=50):
    return Rescoring(make_pool(), vacancy, one_hot(1.0), candidate, one_hot(1.0), keys_of(others), length)


ONE_LACKING_A_PAPER = ((1, 96.0), (1, 70.0))


@pytest.mark.parametrize(
    ("wishes", "others", "place"),
    [
        # 100 points for what is needed, and in the order of both sides the others have 98.0 and 82.4.
        ({}, ((0, 96.0), (0, 70.0)), 1),
        # Two parts of three for the occupation and half of the third: 83.3 points for the wishes, 90.9 for both sides.
        ({"first_countries": ("IT",)}, ((0, 96.0), (0, 70.0)), 2),
        # Half for the occupation, nothing for the country, half of a quarter for the pay: 62.5, in all 76.9.
        ({"countries": ("IT",), "least_pay_euros": 4_000}, ONE_LACKING_A_PAPER, 3),
    ],
)
def test_who_wishes_for_something_else_is_shown_further_down(wishes, others, place):
    vacancy = make_vacancy(must=("MAG welding",), country="DE", euros_a_month=2_000)
    candidate = replace(make_candidate(skills=("MAG welding",)), **wishes)
    assert asked(candidate, vacancy, others).outcome().place == place


@pytest.mark.parametrize(
    ("listed", "length", "place"), [(3, 2, 1), (2, 2, 1), (1, 2, 1), (1, 1, None), (0, 2, None), (0, 3, 1)]
)
def test_wishes_bring_nobody_onto_a_list_and_take_nobody_off_it(listed, length, place):
    """Two others, far behind by both sides: who stands on the list is decided by what is needed alone."""
    assert Others(np.array([2, 1]), np.array([5, 4])).place_of(listed, 9, length) == place


def lacked(rescoring):
    rescoring.outcome()
    row = np.array([rescoring.pool.index[rescoring.candidate.profile_id]], np.int32)
    requirements = requirements_of(rescoring.vacancy)
    strengths, _ = skill_strengths(rescoring.pool, rescoring.vacancy.skills, row)
    return lacking(requirements, judge(rescoring.pool, requirements, row)[0], rescoring.vacancy, strengths[0])


@pytest.mark.parametrize(
    ("changes", "score", "missing", "place"),
    [
        # Occupation 30, experience 12, no welcome skill asked 10, text 12, must-have skills 0: 64 points, behind all.
        ((), 64.0, 1, 4),
        ((GERMAN,), 64.0, 0, 2),  # nothing is missing: behind 80 points, before 60
        # A certificate counts .95 of the 36; the level is still missing: before the 90 that lack a paper too.
        ((WELDING,), 98.2, 1, 3),
        ((GERMAN, WELDING), 98.2, 0, 1),
    ],
)
def test_places_are_those_worked_out_by_hand(changes, score, missing, place):
    found = asked().outcome(*changes)
    assert (found.score, found.missing, found.place) == (score, missing, place)


@pytest.mark.parametrize(("length", "expected"), [(4, 4), (3, None), (1, None)])
def test_a_place_beyond_what_is_known_is_not_told(length, expected):
    assert asked(length=length).outcome().place == expected


def test_alone_on_the_list_somebody_stands_first():
    assert asked(others=()).outcome().place == 1


def test_what_is_missing_is_each_missing_requirement_and_each_skill_that_is_not_covered_in_full():
    vacancy = replace(
        ASKED, licences=("crane",), skills=make_vacancy(must=("MAG welding",), nice=("cooking rice",)).skills
    )
    near = replace(BEGINNER, skills=make_candidate(skills=("TIG welding", "cooking rice")).skills)
    assert lacked(asked(near, vacancy)) == [GERMAN, Change("licence", "crane"), WELDING]


def test_what_is_unknown_is_no_change_because_nothing_is_counted_against_it():
    untold = make_candidate(skills=("MAG welding",), answered_licences=False)
    vacancy = replace(ASKED, licences=("crane",), start_on=date(2027, 3, 1))
    assert lacked(asked(replace(untold, available_from=None), vacancy)) == []


MISSING_OF_EACH_KIND = {
    "language": ({"languages": (NeededLanguage("de", CEFR.B1),)}, {"languages": (HeldLanguage("en", CEFR.C1),)}),
    "licence": ({"licences": ("crane",)}, {}),
    "qualification": (
        {"qualification_kind": QualificationKind.NVQF_CERTIFICATE, "qualification_months": 24},
        {"qualifications": (HeldQualification(QualificationKind.NVQF_CERTIFICATE, "", 6),)},
    ),
    "availability": ({"start_on": date(2026, 12, 1)}, {"available_from": date(2027, 1, 1)}),
    "place": ({"country": "IT"}, {"countries": ("DE",)}),
    "regulated": ({"isco_group": "2221"}, {}),
}


@pytest.mark.parametrize("kind", sorted(JUDGES))
def test_each_kind_of_requirement_that_is_missing_can_be_added_and_is_then_not_missing(kind):
    needed, held = MISSING_OF_EACH_KIND[kind]
    rescoring = asked(make_candidate(**held), make_vacancy(**needed))
    changes = lacked(rescoring)
    assert [change.kind for change in changes] == [kind]
    assert (rescoring.outcome().missing, rescoring.outcome(*changes).missing) == (1, 0)


def test_there_is_an_addition_for_every_kind_of_requirement_and_for_skills():
    assert set(ADDITIONS) == {*JUDGES, SKILL}


some_skills = st.lists(st.sampled_from(SKILLS), max_size=4, unique=True).map(tuple)
levels = st.sampled_from(list(CEFR))


@settings(max_examples=80, deadline=None)
@given(
    held=some_skills,
    must=some_skills,
    nice=some_skills,
    german=st.none() | levels,
    least=levels,
    licences=st.lists(st.sampled_from(("crane", "forklift")), unique=True).map(tuple),
    wanted=st.lists(st.sampled_from(("crane", "forklift")), unique=True).map(tuple),
    group=st.sampled_from(("7212", "2221")),
)
def test_adding_something_never_lowers_the_score_nor_the_place(
    held, must, nice, german, least, licences, wanted, group
):
    candidate = make_candidate(
        skills=held, licences=licences, languages=(HeldLanguage("de", german),), countries=("FI",)
    )
    vacancy = make_vacancy(
        must=must,
        nice=tuple(one for one in nice if one not in must),
        languages=(NeededLanguage("de", least),),
        licences=wanted,
        isco_group=group,
    )
    rescoring = asked(candidate, vacancy)
    before = rescoring.outcome()
    singles = rescoring.singles(lacked(rescoring))
    pair = rescoring.best_pair(singles)
    for one in (*singles, *([pair] if pair else [])):
        assert (one.score >= before.score, one.missing <= before.missing, one.place <= before.place) == (True,) * 3
        assert one.tie == before.tie
    assert pair is None or pair.key >= singles[0].key


def test_two_of_which_each_alone_is_the_best_are_tried_together():
    rescoring = asked()
    assert rescoring.best_pair(rescoring.singles([GERMAN, WELDING])).changes in ((GERMAN, WELDING), (WELDING, GERMAN))
    assert rescoring.best_pair(rescoring.singles([GERMAN])) is None


def outcome(place, key=0):
    return Outcome((), 0.0, 0, 0, key, place)


BEYOND = outcome(None)


@pytest.mark.parametrize(
    ("before", "singles", "pair", "moves", "raises"),
    [
        (BEYOND, [], None, [], []),
        (BEYOND, [outcome(None, 5)], outcome(None, 9), [], [None]),  # raised, and still beyond
        (BEYOND, [outcome(None, 5)], outcome(12, 9), [12], []),
        (BEYOND, [outcome(40, 5), outcome(None, 4)], outcome(12, 9), [12, 40], []),
        (outcome(7), [outcome(6, 5), outcome(7, 1)], outcome(6, 9), [6], []),  # two lead no further than one
        (outcome(7), [outcome(7, 5), outcome(7, 0)], outcome(7, 5), [], [7]),
        (outcome(7), [outcome(7, 0)], None, [], []),
        (outcome(9), [outcome(n, 9 - n) for n in range(1, 7)], None, [1, 2, 3], []),
    ],
)
def test_a_better_place_is_told_first_and_a_raise_alone_only_where_nothing_moves(before, singles, pair, moves, raises):
    found = worth_saying(before, singles, pair)
    assert [[one.place for one in some] for some in found] == [moves, raises]
    assert len(moves) <= MOST_SHOWN + 1
