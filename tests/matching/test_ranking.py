"""The score, worked out by hand, and the order that it makes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.matching.fixed_point import fixed_point
from talent.matching.lengths import shortlist_length
from talent.matching.ranking import list_keys, rank, tie_numbers
from talent.matching.scorer import BANDS, CENTIPOINTS, HAND, PART_KEYS, PARTS, Weights, band, fit_group
from talent.matching.views import HeldSkill
from talent.taxonomy.levels import Evidence
from tests.factories.matching import (
    OCCUPATIONS,
    SKILLS,
    any_weights,
    concept,
    make_candidate,
    make_pool,
    make_vacancy,
    one_hot,
)

ALIKE = one_hot(1.0)


def scored(candidate, vacancy, vector=ALIKE):
    ranked = rank(make_pool(candidate), vacancy, vector)
    return dict(zip(PART_KEYS, ranked.parts[0].tolist(), strict=True)), int(ranked.scores[0])


def test_a_candidate_with_everything_has_one_hundred_points():
    parts, score = scored(make_candidate(skills=("MAG welding",)), make_vacancy(must=("MAG welding",)))
    assert score == CENTIPOINTS
    assert sum(parts.values()) == score


def test_a_near_skill_counts_by_its_likeness():
    # TIG for MAG: cosine 0.75, rescaled (0.75 - 0.50) / (0.95 - 0.50) = 5/9; the part weighs 36 points: 20.00.
    parts, _ = scored(make_candidate(skills=("TIG welding",)), make_vacancy(must=("MAG welding",)))
    assert parts["must_skills"] == 2000


def test_coverage_is_the_mean_over_the_needed_skills():
    # One of two is held, the other is unlike everything held: 36 points * (1 + 0) / 2.
    parts, _ = scored(make_candidate(skills=("MAG welding",)), make_vacancy(must=("MAG welding", "cooking rice")))
    assert parts["must_skills"] == 1800


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (Evidence.SELF_DECLARED, 3060),  # 36 points * 0.85
        (Evidence.DOCUMENT, 3240),  # 36 * 0.90
        (Evidence.INSTITUTE_ATTESTED, 3420),  # 36 * 0.95
        (Evidence.ISSUER_VERIFIED, 3600),
        (Evidence.ASSESSED, 3600),
    ],
)
def test_a_skill_counts_by_how_it_is_shown(shown, expected):
    parts, _ = scored(make_candidate(skills=("MAG welding",), shown=shown), make_vacancy(must=("MAG welding",)))
    assert parts["must_skills"] == expected


def test_a_near_skill_that_was_assessed_stands_behind_the_needed_one_by_word_alone():
    # TIG for MAG counts 5/9 in full, MAG by word 0.85: the better of the two counts, not both.
    held = (HeldSkill(concept("TIG welding"), "", Evidence.ASSESSED), HeldSkill(concept("MAG welding"), ""))
    parts, _ = scored(replace(make_candidate(), skills=held), make_vacancy(must=("MAG welding",)))
    assert parts["must_skills"] == 3060


def test_must_have_and_welcome_skills_are_different_parts():
    vacancy = make_vacancy(must=("MAG welding",), nice=("cooking rice",))
    parts, _ = scored(make_candidate(skills=("cooking rice",)), vacancy)
    assert (parts["must_skills"], parts["nice_skills"]) == (0, 1000)


@pytest.mark.parametrize(
    ("occupation", "expected"),
    [("welder", 3000), ("sheet-metal worker", 1350), ("cook", 0)],  # 30 points * (1, ISCO 721 shared: 0.45, nothing)
)
def test_an_occupation_counts_by_its_best_label_or_its_place_in_isco(occupation, expected):
    parts, _ = scored(make_candidate(occupation_ids=(concept(occupation),)), make_vacancy())
    assert parts["occupation"] == expected


def test_the_nearest_of_several_occupations_counts():
    candidate = make_candidate(occupation_ids=(concept("cook"), concept("welder")))
    assert scored(candidate, make_vacancy())[0]["occupation"] == 3000


@pytest.mark.parametrize(("months", "expected"), [(0, 0), (12, 600), (23, 1150), (24, 1200), (25, 1200), (480, 1200)])
def test_experience_counts_up_to_what_is_asked(months, expected):
    assert scored(make_candidate(experience_months=months), make_vacancy())[0]["experience"] == expected


def test_no_experience_asked_is_experience_enough():
    parts, _ = scored(make_candidate(experience_months=0), make_vacancy(experience_months=0))
    assert parts["experience"] == 1200


def test_a_text_counts_between_its_bounds():
    # Cosine 0.475 is half way between 0.20 and 0.75: 12 points * 0.5.
    half = one_hot(0.475, (1 - 0.475**2) ** 0.5)
    assert scored(make_candidate(), make_vacancy(), half)[0]["text"] == 600


shares = st.lists(st.floats(-1, 2, width=32), min_size=len(PARTS), max_size=len(PARTS))


@given(any_weights, st.lists(shares, min_size=1, max_size=20))
def test_points_are_whole_hundredths_within_each_parts_weight(weights, rows):
    found = weights.points(np.array(rows, np.float32))
    assert found.min() >= 0
    assert (found <= np.array(weights.most)).all()


@given(any_weights, shares, shares)
def test_more_of_anything_never_lowers_a_score_whatever_the_weights_are(weights, one, other):
    low, high = weights.points(np.stack([np.minimum(one, other), np.maximum(one, other)])).sum(axis=1)
    assert low <= high


@given(any_weights, st.sampled_from(PART_KEYS), st.lists(st.floats(0, 1), min_size=1))
def test_the_points_of_one_part_are_those_of_all_parts_together(weights, key, own):
    whole = np.zeros((len(own), len(PARTS)))
    whole[:, PART_KEYS.index(key)] = own
    assert weights.part_points(key, np.array(own)).tolist() == weights.points(whole).sum(axis=1).tolist()


@pytest.mark.parametrize("most", [(10_000,), (2_000,) * 4, (2_001, *[2_000] * 4), (-1, 10_001, 0, 0, 0)])
def test_weights_that_are_no_full_score_of_five_parts_do_not_exist(most):
    with pytest.raises(ValueError, match="no full score"):
        Weights("wrong", most)


def order_of(*pairs):
    """The order of candidates with these (points, requirements missing)."""
    scores, missing = zip(*pairs, strict=True)
    keys = list_keys(
        np.array(missing, np.int16), np.array([round(100 * s) for s in scores], np.int32), np.arange(len(pairs))
    )
    return np.argsort(-keys).tolist()


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (((95.0, 1), (50.0, 0)), [1, 0]),  # both fit: nothing missing stands first
        (((95.0, 1), (49.99, 0)), [0, 1]),  # a good match that lacks a paper before a partial one that lacks none
        (((30.0, 2), (29.99, 0)), [0, 1]),
        (((40.0, 1), (30.0, 0)), [1, 0]),
        (((60.0, 1), (60.0, 3)), [0, 1]),  # how much is missing does not count, the pair's number does
        (((20.0, 0), (10.0, 0), (20.01, 0)), [2, 0, 1]),
    ],
)
def test_fit_orders_first_then_nothing_missing_then_the_score(pairs, expected):
    assert order_of(*pairs) == expected


@pytest.mark.parametrize(("score", "group"), [(100.0, 0), (50.0, 0), (49.99, 1), (30.0, 1), (29.99, 2), (0.0, 2)])
def test_a_list_has_three_groups(score, group):
    assert fit_group(score) == group


def test_equal_scores_stand_in_the_same_order_each_time_and_not_by_entry():
    names = [f"twin {number}" for number in range(40)]
    vacancy = make_vacancy()
    forward = make_pool(*[make_candidate(name) for name in names])
    backward = make_pool(*[make_candidate(name) for name in reversed(names)])

    def ordered(pool):
        ranked = rank(pool, vacancy, ALIKE)
        return [pool.profile_id(ranked.rows[position]) for position in ranked.order()]

    assert ordered(forward) == ordered(backward)
    assert ordered(forward) != [concept(f"profile {name}") for name in names]


def test_another_vacancy_breaks_ties_in_another_order():
    keys = np.arange(50, dtype=np.uint64)
    first, second = (np.argsort(tie_numbers(keys, concept(name))).tolist() for name in ("v1", "v2"))
    assert first != second


def test_a_removed_candidate_is_never_ranked_and_the_row_of_a_changed_one_is_replaced():
    pool = make_pool(make_candidate("a"), make_candidate("b"))
    pool.remove(concept("profile a"))
    ranked = rank(pool, make_vacancy(), ALIKE)
    assert [pool.profile_id(row) for row in ranked.rows] == [concept("profile b")]
    pool.put(make_candidate("b", experience_months=0), ALIKE)
    assert rank(pool, make_vacancy(), ALIKE).parts[0][PART_KEYS.index("experience")] == 0


def test_an_empty_pool_has_an_empty_list():
    assert len(rank(make_pool(), make_vacancy(must=("MAG welding",)), ALIKE).rows) == 0


COUNTS_BY_HAND = {"self_declared": 0.85, "document": 0.9, "institute_attested": 0.95}


def naive_score(candidate, vacancy, cosine):
    """The same score by loops over single values in float64: the slow twin."""
    likeness = {("MAG welding", "TIG welding"): 0.75, ("TIG welding", "MAG welding"): 0.75}
    by_id = {concept(name): name for name in SKILLS}

    def alike(needed, held):
        cos = 1.0 if needed == held else likeness.get((by_id[needed], by_id[held]), 0.0)
        return 1.0 if needed == held else min(max((cos - 0.50) / 0.45, 0.0), 1.0)

    def coverage(is_must):
        needed = [skill.skill_id for skill in vacancy.skills if skill.is_must is is_must]
        held = [(one.skill_id, COUNTS_BY_HAND.get(one.evidence, 1.0)) for one in candidate.skills]
        found = [max((alike(one, own) * counts for own, counts in held), default=0.0) for one in needed]
        return sum(found) / len(found) if needed else 1.0

    def occupation():
        codes = {concept(name): code for name, code in OCCUPATIONS.items()}
        values = [0.0]
        for held in candidate.occupation_ids:
            shared = next((d for d in (4, 3, 2) if codes[held][:d] == codes[vacancy.occupation_id][:d]), 0)
            values.append(1.0 if held == vacancy.occupation_id else {4: 0.8, 3: 0.45, 2: 0.2, 0: 0.0}[shared])
        return max(values)

    share = min(candidate.experience_months / vacancy.experience_months, 1.0) if vacancy.experience_months else 1.0
    text = min(max((cosine - 0.20) / 0.55, 0.0), 1.0)
    values = {
        "must_skills": coverage(True), "nice_skills": coverage(False), "occupation": occupation(),
        "experience": share, "text": text,
    }  # fmt: skip
    return [values[key] * most for key, most in HAND.most_of.items()]


names_of_skills = st.lists(st.sampled_from(SKILLS), max_size=5, unique=True).map(tuple)


@settings(max_examples=80, deadline=None)
@given(
    held=st.lists(st.tuples(names_of_skills, st.sampled_from(Evidence)), min_size=1, max_size=6),
    must=names_of_skills,
    months=st.integers(0, 120),
)
def test_the_array_ranking_agrees_with_the_slow_twin(held, must, months):
    candidates = [
        make_candidate(str(n), skills=skills, shown=shown, experience_months=7 * n)
        for n, (skills, shown) in enumerate(held)
    ]
    vacancy = make_vacancy(must=must, experience_months=months)
    ranked = rank(make_pool(*candidates), vacancy, ALIKE)
    for candidate, parts in zip(candidates, ranked.parts, strict=True):
        assert parts.tolist() == pytest.approx(naive_score(candidate, vacancy, 1.0), abs=1.0)


@settings(max_examples=60, deadline=None)
@given(held=names_of_skills, more=st.sampled_from(SKILLS), must=names_of_skills)
def test_one_more_skill_never_lowers_a_score(held, more, must):
    vacancy = make_vacancy(must=must)
    before = scored(make_candidate(skills=held), vacancy)[1]
    assert scored(make_candidate(skills=(*held, more)), vacancy)[1] >= before


@settings(max_examples=60, deadline=None)
@given(
    held=names_of_skills, must=names_of_skills, levels=st.tuples(st.sampled_from(Evidence), st.sampled_from(Evidence))
)
def test_better_evidence_never_lowers_a_score(held, must, levels):
    worse, better = sorted(levels, key=lambda level: level.order)
    before, after = (
        scored(make_candidate(skills=held, shown=one), make_vacancy(must=must))[1] for one in (worse, better)
    )
    assert after >= before


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)))
def test_the_ranking_does_not_depend_on_who_stands_where_in_the_pool(order):
    candidates = [make_candidate(str(n), skills=SKILLS[: n % 5], experience_months=5 * n) for n in range(6)]
    vacancy = make_vacancy(must=("MAG welding", "reading drawings"))
    plain = rank(make_pool(*candidates), vacancy, ALIKE)
    mixed = rank(make_pool(*[candidates[n] for n in order]), vacancy, ALIKE)
    assert mixed.keys.tolist() == plain.keys[list(order)].tolist()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_cosine_in_fixed_point_is_the_same_in_any_order_of_summing(seed):
    draw = np.random.default_rng(seed)
    rows = draw.normal(size=(50, 384)).astype(np.float32)
    rows = fixed_point(rows / np.linalg.norm(rows, axis=1, keepdims=True))
    product, order = rows @ rows[0], draw.permutation(384)
    assert (rows[:, order] @ rows[0, order]).tolist() == product.tolist()
    assert (rows.astype(np.float64) @ rows[0].astype(np.float64)).tolist() == product.tolist()
    assert (rows[7:9] @ rows[0]).tolist() == product[7:9].tolist()


def test_some_rows_alone_have_the_same_keys_as_in_the_whole_pool():
    candidates = [make_candidate(str(n), skills=SKILLS[: n % 5]) for n in range(30)]
    vectors = np.random.default_rng(7).normal(size=(30, 4)).astype(np.float32)
    pool = make_pool(*candidates, vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    vacancy = make_vacancy(must=("MAG welding",))
    whole = rank(pool, vacancy, ALIKE)
    assert rank(pool, vacancy, ALIKE, np.array([3, 17, 29])).keys.tolist() == whole.keys[[3, 17, 29]].tolist()


@pytest.mark.parametrize(("seats", "expected"), [(1, 50), (10, 50), (11, 55), (100, 500)])
def test_a_shortlist_holds_fifty_or_five_for_each_seat(seats, expected):
    assert shortlist_length(seats) == expected


@pytest.mark.parametrize(
    ("score", "number"), [(100.0, 0), (70.0, 0), (69.99, 1), (50.0, 1), (49.99, 2), (30.0, 2), (29.99, 3), (0.0, 3)]
)
def test_a_band_begins_at_its_least_points(score, number):
    assert band(score) == BANDS[number][1]
