"""Hard requirements: met, missing or unknown, at each boundary, and never part of the score."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from talent.matching.explain import SENTENCES, requirement_line
from talent.matching.holding import held_for
from talent.matching.ranking import rank
from talent.matching.reader import Reader
from talent.matching.requirements import JUDGES, Finding, Verdict, judge, requirements_of
from talent.matching.views import HeldLanguage, HeldQualification, HeldRecognition, NeededLanguage, RecognitionStage
from talent.taxonomy.levels import CEFR, QualificationKind
from tests.factories.matching import make_candidate, make_pool, make_vacancy, one_hot

MET, MISSING, UNKNOWN = Verdict.MET, Verdict.MISSING, Verdict.UNKNOWN
K = QualificationKind


def verdict(kind, candidate, vacancy):
    pool, asked = make_pool(candidate), [one for one in requirements_of(vacancy) if one.kind == kind]
    assert len(asked) == 1
    return Verdict(judge(pool, asked, np.array([0]))[0, 0])


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ([("de", CEFR.A2)], MISSING),
        ([("de", CEFR.B1)], MET),
        ([("de", CEFR.B2)], MET),
        ([("de", None)], UNKNOWN),
        ([("en", CEFR.C2)], MISSING),
        ([], UNKNOWN),
    ],
)
def test_a_language_is_met_at_its_level_and_unknown_without_one(spoken, expected):
    candidate = make_candidate(languages=tuple(HeldLanguage(*one) for one in spoken))
    assert verdict("language", candidate, make_vacancy(languages=(NeededLanguage("de", CEFR.B1),))) is expected


@pytest.mark.parametrize(
    ("held", "answered", "expected"),
    [(("driving_c",), True, MET), (("driving_b",), True, MISSING), ((), True, MISSING), ((), False, UNKNOWN)],
)
def test_a_licence_is_missing_only_after_the_candidate_was_asked(held, answered, expected):
    candidate = make_candidate(licences=held, answered_licences=answered)
    assert verdict("licence", candidate, make_vacancy(licences=("driving_c",))) is expected


@pytest.mark.parametrize(
    ("held", "least", "expected"),
    [
        ([(K.DAE, 36)], None, MET),
        ([(K.DAE, 23)], 24, MISSING),
        ([(K.DAE, 24)], 24, MET),
        ([(K.DAE, 25)], 24, MET),
        ([(K.DAE, None)], 24, UNKNOWN),
        ([(K.DAE, None)], None, MET),
        ([(K.BACHELOR, 48)], 24, UNKNOWN),
        ([(K.NVQF_CERTIFICATE, 6)], None, UNKNOWN),
        ([], 24, MISSING),
        ([], None, MISSING),
    ],
)
def test_another_kind_of_qualification_is_for_the_competent_authority_to_compare(held, least, expected):
    candidate = make_candidate(
        qualifications=tuple(HeldQualification(kind, full_time_months=months) for kind, months in held)
    )
    vacancy = make_vacancy(qualification_kind=K.DAE, qualification_months=least)
    assert verdict("qualification", candidate, vacancy) is expected


@pytest.mark.parametrize(
    ("available", "expected"),
    [(date(2027, 2, 28), MET), (date(2027, 3, 1), MET), (date(2027, 3, 2), MISSING), (None, UNKNOWN)],
)
def test_who_can_start_on_the_day_or_before_is_available(available, expected):
    candidate = make_candidate(available_from=available)
    assert verdict("availability", candidate, make_vacancy(start_on=date(2027, 3, 1))) is expected


@pytest.mark.parametrize(("chosen", "expected"), [((), MET), (("DE",), MET), (("IT", "DE"), MET), (("IT",), MISSING)])
def test_no_country_chosen_means_any(chosen, expected):
    assert verdict("place", make_candidate(countries=chosen), make_vacancy(country="DE")) is expected


NURSE_IN_GERMANY = make_vacancy(country="DE", isco_group="2221")
ELECTRICIAN_IN_SPAIN = make_vacancy(country="ES", isco_group="7411")
"""Whether this is regulated is not known here."""


@pytest.mark.parametrize(
    ("stage", "where_regulated", "where_unknown"),
    [
        (None, MISSING, UNKNOWN),
        (RecognitionStage.BEGUN, UNKNOWN, UNKNOWN),
        (RecognitionStage.PARTIAL, UNKNOWN, UNKNOWN),
        (RecognitionStage.FULL, MET, MET),
    ],
)
def test_a_regulated_profession_without_a_started_case_is_missing_and_only_full_recognition_meets_it(
    stage, where_regulated, where_unknown
):
    for vacancy, expected in ((NURSE_IN_GERMANY, where_regulated), (ELECTRICIAN_IN_SPAIN, where_unknown)):
        held = () if stage is None else (HeldRecognition(vacancy.country, vacancy.isco_group, stage),)
        assert verdict("regulated", make_candidate(recognitions=held), vacancy) is expected


@pytest.mark.parametrize(("country", "isco_group"), [("FI", "2221"), ("DE", "2264")])
def test_a_case_elsewhere_or_for_another_profession_meets_nothing(country, isco_group):
    held = (HeldRecognition(country, isco_group, RecognitionStage.FULL),)
    assert verdict("regulated", make_candidate(recognitions=held), NURSE_IN_GERMANY) is MISSING


def test_the_verdict_follows_a_case_that_moves_and_one_that_is_taken_back():
    nurse, asked = make_candidate(), requirements_of(NURSE_IN_GERMANY)
    pool = make_pool(nurse)
    column = next(place for place, one in enumerate(asked) if one.kind == "regulated")
    seen = []
    for stage in (*RecognitionStage, None):
        held = () if stage is None else (HeldRecognition("DE", "2221", stage),)
        pool.put(replace(nurse, recognitions=held), one_hot(1.0))
        seen.append(Verdict(judge(pool, asked, np.array([0]))[0, column]))
    assert seen == [UNKNOWN, UNKNOWN, MET, MISSING]


@pytest.mark.parametrize(
    ("stage", "reader", "said"),
    [
        (None, Reader.CANDIDATE, "You have no started case. Next step: see which procedure fits, and begin one."),
        (None, Reader.AGENCY, "no case of recognition is started here. Next step: the candidate begins one"),
        (RecognitionStage.BEGUN, Reader.CANDIDATE, "your case is under way, and nothing is decided yet."),
        (RecognitionStage.BEGUN, Reader.AGENCY, "a case is under way, and nothing is decided yet."),
        (RecognitionStage.PARTIAL, Reader.CANDIDATE, "Next step: make up the missing part."),
        (RecognitionStage.PARTIAL, Reader.AGENCY, "recognised in part; the missing part is still to be made up."),
        (RecognitionStage.FULL, Reader.CANDIDATE, "Your qualification is fully recognised for this occupation"),
        (RecognitionStage.FULL, Reader.AGENCY, "Fully recognised for this occupation in Germany."),
    ],
)
def test_each_stage_names_the_next_step_to_each_reader(stage, reader, said):
    candidate = make_candidate(recognitions=() if stage is None else (HeldRecognition("DE", "2221", stage),))
    asked = next(one for one in requirements_of(NURSE_IN_GERMANY) if one.kind == "regulated")
    found = Finding(asked, verdict("regulated", candidate, NURSE_IN_GERMANY), held_for(candidate, asked))
    assert said in requirement_line(found, reader=reader, language="en").sentence.english()


def test_a_vacancy_that_asks_for_nothing_still_has_a_place():
    assert "place" in {asked.kind for asked in requirements_of(make_vacancy())}


def test_no_verdict_changes_a_score():
    vacancy = make_vacancy(must=("MAG welding",), languages=(NeededLanguage("de", CEFR.C2),), licences=("crane",))
    lacking = make_candidate("lacking", skills=("MAG welding",), languages=(HeldLanguage("de", CEFR.A1),))
    holding = replace(
        lacking,
        profile_id=make_candidate("x").profile_id,
        languages=(HeldLanguage("de", CEFR.C2),),
        licences=("crane",),
    )
    ranked = rank(make_pool(lacking, holding), vacancy, one_hot(1.0))
    assert ranked.missing.tolist() == [2, 0]
    assert ranked.scores[0] == ranked.scores[1]


def possible(kind):
    """Verdicts that a kind can have."""
    return {"place": {MET, MISSING}}.get(kind, {MET, MISSING, UNKNOWN})


@pytest.mark.parametrize(("kind", "reader"), list(product(JUDGES, Reader)))
def test_every_verdict_has_a_sentence_for_every_reader(kind, reader):
    for found in possible(kind):
        assert SENTENCES[kind, found, reader]


@pytest.mark.parametrize("reader", list(Reader))
def test_a_finding_is_said_in_words(reader):
    vacancy = make_vacancy(languages=(NeededLanguage("de", CEFR.B1),))
    candidate = make_candidate(languages=(HeldLanguage("de", CEFR.A2),))
    asked = requirements_of(vacancy)[0]
    line = requirement_line(Finding(asked, MISSING, held_for(candidate, asked)), reader=reader, language="en")
    said = {
        Reader.CANDIDATE: "German: you recorded A2; the job asks for B1.",
        Reader.AGENCY: "German: A2 recorded; B1 asked for.",
    }
    assert (line.verdict, line.sentence.english()) == ("missing", said[reader])
