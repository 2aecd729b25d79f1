"""How a skill is shown stands in its number, and says what its likeness counts for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.matching.grades import COUNTS, GRADES, by_grade, counted, graded_number, none_of, ungraded
from talent.matching.similarity import LIKENESS
from talent.taxonomy.levels import Evidence


def test_each_way_of_being_shown_counts_and_better_evidence_never_counts_less():
    counts = [COUNTS[level] for level in sorted(Evidence, key=lambda level: level.order)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == 1.0


@given(skills=st.integers(1, 20_000), data=st.data())
def test_a_number_tells_its_skill_and_its_share_again(skills, data):
    number, shown = data.draw(st.integers(0, skills - 1)), data.draw(st.sampled_from(Evidence))
    held = np.array([graded_number(number, shown, skills), none_of(skills)], np.uint32)
    numbers, shares = ungraded(held, skills)
    assert numbers.tolist() == [number, skills]
    assert shares[0] == COUNTS[shown]


def test_a_pool_without_skills_has_none():
    numbers, _ = ungraded(np.zeros(3, np.uint16), 0)
    assert numbers.tolist() == [0, 0, 0]


def test_all_skills_of_esco_fit_into_sixteen_bits_with_their_grade():
    assert none_of(13_939) < 2**16  # ESCO 1.2.0 has so many (S-ESCO)


@pytest.mark.parametrize("shown", Evidence)
def test_the_table_of_all_grades_says_what_each_counts_for(shown):
    likeness = np.array([LIKENESS, 12_345, 1, 0, 0], np.uint16)  # four skills, and none
    table = by_grade(likeness)
    assert len(table) == GRADES * 4 + 1
    assert table[none_of(4)] == 0
    for number in range(4):
        assert table[graded_number(number, shown, 4)] == round(int(likeness[number]) * COUNTS[shown])
    assert counted(likeness, COUNTS[shown]).tolist() == [round(int(one) * COUNTS[shown]) for one in likeness]
