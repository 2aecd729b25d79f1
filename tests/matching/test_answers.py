"""Answers that are kept are those of judging everybody anew, whatever happened to the pool between."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.matching import answers, kernels, pool
from talent.matching.answers import answer, nothing_missing
from talent.matching.requirements import Requirement, Verdict, judge, may_be_missing
from talent.matching.views import HeldLanguage, HeldRecognition, RecognitionStage
from talent.taxonomy.levels import CEFR
from talent.taxonomy.regulated import NO, UNKNOWN, YES
from tests.factories.matching import concept, make_candidate, make_pool, one_hot

ASKED = [
    Requirement("language", "de", "B1"),
    Requirement("language", "xx", "A1"),
    Requirement("licence", "B"),
    Requirement("availability", "", "2027-01-01"),
    Requirement("place", "DE"),
    Requirement("regulated", "DE-2221", YES),
]


def judged(people, asked):
    """Whether each row lacks none, by judging all of them at once."""
    lacks = (judge(people, asked, np.arange(len(people), dtype=np.int32)) == Verdict.MISSING).any(axis=1)
    return (~lacks).tolist()


def lacks_nothing(people, asked):
    """The same by the answers that are kept."""
    return np.unpackbits(nothing_missing(people, asked), count=len(people)).astype(bool).tolist()


one_person = st.builds(
    lambda name, level, licences, case, countries: make_candidate(
        str(name),
        languages=(HeldLanguage("de", level),) if level else (),
        licences=licences,
        answered_licences=bool(licences),
        countries=countries,
        recognitions=(HeldRecognition("DE", "2221", case),) if case else (),
    ),
    st.integers(0, 30),
    st.sampled_from([None, CEFR.A1, CEFR.B1, CEFR.C2]),
    st.sampled_from([(), ("B",)]),
    st.sampled_from([None, *RecognitionStage]),
    st.sampled_from([(), ("IT",), ("DE", "IT")]),
)
deeds = st.lists(st.one_of(one_person, st.integers(0, 30).map(str)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(deeds=deeds, first=st.lists(one_person, max_size=20), most=st.sampled_from([1, 3, 4_096]), data=st.data())
def test_whatever_is_put_or_removed_an_answer_that_was_kept_is_that_of_judging_everybody(deeds, first, most, data):
    people = make_pool(*first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "MOST_CHANGES", most)
        for deed in deeds:
            if isinstance(deed, str):
                people.remove(concept(f"profile {deed}"))
            else:
                people.put(deed, one_hot(1.0))
            if data.draw(st.booleans()):
                assert lacks_nothing(people, ASKED) == judged(people, ASKED)
        for asked in ASKED:
            assert lacks_nothing(people, [asked]) == judged(people, [asked])


def test_without_requirements_nobody_lacks_any():
    assert lacks_nothing(make_pool(make_candidate("a"), make_candidate("b")), []) == [True, True]
    assert lacks_nothing(make_pool(), ASKED) == []


def test_only_rows_that_changed_are_judged_again(monkeypatch):
    people = make_pool(*[make_candidate(str(number)) for number in range(100)])
    looked = []
    licence = answers.JUDGES["licence"]
    monkeypatch.setitem(
        answers.JUDGES, "licence", lambda *asked: looked.append(len(people.alive[asked[1]])) or licence(*asked)
    )
    asked = Requirement("licence", "B")
    for change, expected in (
        (lambda: None, 100),
        (lambda: None, None),
        (lambda: people.put(make_candidate("5", licences=("B",)), one_hot(1.0)), 8),
        (lambda: people.put(make_candidate("new"), one_hot(1.0)), 5 + 8),
    ):
        looked.clear()
        change()
        answer(people, asked)
        assert sum(looked) == (expected or 0)


def test_only_so_many_answers_are_kept_those_asked_last(monkeypatch):
    monkeypatch.setattr(answers, "KEPT_ANSWERS", 2)
    people = make_pool(make_candidate())
    de, en, b = (Requirement("language", "de", "B1"), Requirement("language", "en", "B1"), Requirement("licence", "B"))
    for asked in (de, en, de, b):
        answer(people, asked)
    assert list(people.answers) == [de, b]


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_the_number_of_threads_changes_no_answer(threads, monkeypatch):
    monkeypatch.setattr(kernels, "LEAST_ROWS", 1)
    monkeypatch.setattr(answers, "ROWS_AT_ONCE", 16)
    levels = [None, CEFR.A1, CEFR.B1, CEFR.C2]
    people = make_pool(
        *[make_candidate(str(n), languages=(HeldLanguage("de", levels[n % 4]),) if n % 4 else ()) for n in range(203)]
    )
    found = nothing_missing(people, ASKED[:1], threads)
    assert np.unpackbits(found, count=203).astype(bool).tolist() == judged(people, ASKED[:1])


@pytest.mark.parametrize(("known", "expected"), [(YES, True), (UNKNOWN, False), (NO, False)])
def test_where_nobody_knows_whether_a_profession_is_regulated_nobody_lacks_recognition(known, expected):
    asked = Requirement("regulated", "DE-2221", known)
    assert may_be_missing(asked) is expected
    assert judged(make_pool(make_candidate()), [asked]) == [not expected]
