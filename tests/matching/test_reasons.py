"""What is stored of a pair says why it has its score, together with both its inputs, and in few bytes."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.matching.holding import held_for
from talent.matching.packing import LEAST_STRENGTH, packed
from talent.matching.ranking import rank
from talent.matching.reasons import FORM, NOT_COVERED, Reasons, layout, unpacked
from talent.matching.records import MOST_SKILLS
from talent.matching.requirements import Requirement, Verdict, requirements_of
from talent.matching.scorer import PART_KEYS
from talent.matching.similarity import LIKENESS
from talent.matching.views import HeldLanguage, HeldQualification, HeldRecognition, NeededLanguage, RecognitionStage
from talent.matching.wishes import WISH_KEYS
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind
from tests.factories.matching import SKILLS, concept, make_candidate, make_pool, make_vacancy, one_hot

ONE = np.array([0])
SOMEBODY = st.builds(
    lambda skills, shown, **others: make_candidate(skills=tuple(skills), shown=shown, **others),
    st.lists(st.sampled_from((*SKILLS, "nobody knows it")), max_size=6),
    st.sampled_from(Evidence),
    languages=st.sampled_from(((), (HeldLanguage("de", CEFR.A2),), (HeldLanguage("de", None),))),
    recognitions=st.sampled_from(((), *(((HeldRecognition("DE", "2221", stage)),) for stage in RecognitionStage))),
    qualifications=st.sampled_from(((), (HeldQualification(QualificationKind.DAE, "", 36),))),
    available_from=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    countries=st.sampled_from(((), ("DE",), ("IT",))),
    least_pay_euros=st.none() | st.integers(1, 5_000),
)
JOB = st.builds(
    lambda must, nice, **others: make_vacancy(must=tuple(must), nice=tuple(nice), **others),
    st.lists(st.sampled_from((*SKILLS, "nobody asks for it")), max_size=3),
    st.lists(st.sampled_from(SKILLS), max_size=3),
    isco_group=st.sampled_from(("7212", "2221")),
    languages=st.sampled_from(((), (NeededLanguage("de", CEFR.B1),))),
    qualification_kind=st.sampled_from((None, QualificationKind.DAE)),
    start_on=st.sampled_from((None, date(2027, 1, 1))),
    euros_a_month=st.none() | st.integers(1, 5_000),
    occupation_id=st.sampled_from((None, concept("welder"), concept("cook"))),
)


def stored(candidate, vacancy):
    """The pair as it is compared, and what is read back of its reasons."""
    pool = make_pool(candidate)
    ranked = rank(pool, vacancy, one_hot(1.0))
    (packed_reasons,) = packed(pool, vacancy, ranked, ONE)
    return ranked, unpacked(packed_reasons)


@given(SOMEBODY, JOB)
def test_points_and_verdicts_are_read_back_as_they_were_compared(candidate, vacancy):
    ranked, reasons = stored(candidate, vacancy)
    assert [round(100 * reasons.parts[key]) for key in PART_KEYS] == ranked.parts[0].tolist()
    told = [reasons.wishes.get(key) for key in WISH_KEYS]
    assert [round(100 * one.points) if one else 0 for one in told] == ranked.wished.points[0, 0].tolist()
    assert [round(100 * one.out_of) if one else 0 for one in told] == ranked.wished.most[0].tolist()
    found = reasons.findings(vacancy, candidate)
    assert [(one.requirement.kind, one.requirement.which, one.verdict, one.held) for one in found] == [
        (asked.kind, asked.which, Verdict(verdict), held_for(candidate, asked))
        for asked, verdict in zip(ranked.requirements, ranked.verdicts[0].tolist(), strict=True)
    ]


@given(SOMEBODY, JOB)
def test_each_needed_skill_names_the_held_one_that_is_most_like_it(candidate, vacancy):
    pool, (_, reasons) = make_pool(candidate), stored(candidate, vacancy)
    concepts = pool.skill_concepts
    for needed, (place, strength) in zip(vacancy.skills, reasons.covered, strict=True):
        number = concepts.index.get(needed.skill_id)
        alike = {
            at: 0.0 if number is None else round(concepts.row(number)[concepts.index[held.skill_id]] / LIKENESS, 2)
            for at, held in enumerate(candidate.skills)
            if held.skill_id in concepts.index
        }
        best = max(alike.values(), default=0.0)
        if best < LEAST_STRENGTH:
            assert (place, strength) == (None, 0.0)
        else:
            assert strength == pytest.approx(best, abs=0.01)
            assert alike[place] == best


def test_a_skill_keeps_its_place_beside_one_that_no_release_knows():
    candidate = make_candidate(skills=("nobody knows it", "cooking rice", "MAG welding"))
    _, reasons = stored(candidate, make_vacancy(must=("MAG welding", "cooking rice", "food hygiene")))
    assert reasons.covered == ((2, 1.0), (1, 1.0), (None, 0.0))


@pytest.mark.parametrize(("before", "covered"), [(MOST_SKILLS - 1, (MOST_SKILLS - 1, 1.0)), (MOST_SKILLS, (None, 0.0))])
def test_the_last_skill_that_is_compared_can_be_named(before, covered):
    candidate = make_candidate(skills=(*["cooking rice"] * before, "MAG welding"))
    assert stored(candidate, make_vacancy(must=("MAG welding",)))[1].covered == (covered,)
    assert MOST_SKILLS <= NOT_COVERED


def test_a_pair_with_ten_skills_and_five_requirements_takes_fewer_than_sixty_bytes():
    assert layout(requirements=5, skills=10).itemsize < 60


NURSE = make_vacancy(isco_group="2221")
WELDER = make_vacancy(isco_group="7212")


@pytest.mark.parametrize(
    ("vacancy", "verdicts", "kinds"),
    [
        (NURSE, (Verdict.MET, Verdict.MISSING), ["place", "regulated"]),
        (NURSE, (Verdict.MET,), ["place"]),
        (WELDER, (Verdict.MET,), ["place"]),
        (WELDER, (Verdict.MET, Verdict.MISSING), ["place", "regulated"]),
    ],
)
def test_what_was_compared_stays_so_when_a_profession_becomes_regulated_or_free(vacancy, verdicts, kinds):
    found = Reasons({}, {}, verdicts, ()).findings(vacancy, make_candidate())
    assert [one.requirement.kind for one in found] == kinds
    assert Requirement("regulated", "DE-7212", "no") not in requirements_of(WELDER)


@pytest.mark.parametrize("other", [b"", bytes((FORM,)), bytes((FORM + 1, 0)) + bytes(40)])
def test_another_form_is_not_read(other):
    with pytest.raises(ValueError, match="form"):
        unpacked(other)


def test_of_a_skill_held_twice_the_better_shown_one_counts():
    twice = make_candidate(skills=("MAG welding",), shown=Evidence.SELF_DECLARED)
    assessed = make_candidate(skills=("MAG welding",)).skills
    _, reasons = stored(replace(twice, skills=(*twice.skills, *assessed)), make_vacancy(must=("MAG welding",)))
    assert reasons.covered == ((1, 1.0),)
