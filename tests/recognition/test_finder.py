"""The finder answers for real awards of Pakistan; unknown stays unknown, and NVQF is never made an EQF level."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.recognition.finder import Openness, Question, find
from talent.recognition.procedures import catalogue
from talent.taxonomy.levels import QualificationKind

MASON, ELECTRICIAN, NURSE, ENGINEER, CARE = "7112", "7411", "2221", "2151", "5321"
A = QualificationKind
QUESTIONS = st.builds(
    Question,
    award=st.sampled_from(A),
    isco_group=st.from_regex(r"[0-9]{4}", fullmatch=True),
    country=st.sampled_from(["DE", "IT", "FI", "ES", "GR", "AT", "FR"]),
    months=st.none() | st.integers(1, 120),
)


def ask(award: QualificationKind, isco: str, country: str, months: int | None = None, region: str = ""):
    return find(catalogue(), Question(award, isco, country, months, region))


def procedures(found) -> list[str]:
    return [option.procedure.id for option in found.options]


def ways(found) -> dict[str, Openness]:
    return {one.route.id: one.openness for one in found.routes}


def test_an_electrician_with_a_dae_is_led_to_the_chambers_and_may_also_take_ways_without_recognition():
    found = ask(A.DAE, ELECTRICIAN, "DE", 36)
    assert procedures(found)[:2] == ["de_bqfg_nonregulated", "de_bqfg_fast_track"]
    assert [body.id for body in found.options[0].authorities] == ["de_crafts", "de_ihk_fosa"]
    assert set(ways(found).values()) == {Openness.OPEN}
    assert found.would_open == ()


@pytest.mark.parametrize(
    ("months", "openness"),
    [(None, Openness.UNKNOWN), (6, Openness.CLOSED), (23, Openness.CLOSED), (24, Openness.OPEN), (25, Openness.OPEN)],
)
def test_germanys_ways_without_recognition_need_two_years_of_training(months, openness):
    assert set(ways(ask(A.NVQF_CERTIFICATE, MASON, "DE", months)).values()) == {openness}


def test_a_mason_with_six_months_reads_what_would_open_a_way():
    found = ask(A.NVQF_CERTIFICATE, MASON, "DE", 6)
    said = " ".join(sentence.english() for sentence in found.would_open)
    assert "24 months or more" in said
    assert "partial recognition" in said
    assert all("24 months" in one.reason.english() and "you have 6" in one.reason.english() for one in found.routes)


def test_an_ict_worker_needs_no_length_of_training_as_an_experienced_worker():
    assert ways(ask(A.OTHER, "2512", "DE", 6))["de_experienced_worker"] is Openness.OPEN


def test_a_lorry_driver_has_a_way_that_asks_for_no_training():
    assert ways(ask(A.SCHOOL, "8332", "DE", 1))["de_professional_driver"] is Openness.OPEN


def test_a_nurse_in_germany_needs_a_licence_and_only_the_federal_agency_may_recruit():
    found = ask(A.BACHELOR, NURSE, "DE", 48)
    assert (found.regulated.answer, procedures(found)) == ("yes", ["de_nurse"])
    assert found.reserved is not None
    assert found.routes == ()


def test_the_authority_of_the_land_is_named_where_it_is_known():
    named = ask(A.BACHELOR, NURSE, "DE", 48, "DE-HE").options[0].authorities
    assert [body.id for body in named] == ["de_land_hesse"]
    assert [body.id for body in ask(A.BACHELOR, NURSE, "DE", 48, "DE-BE").options[0].authorities] == ["de_land"]


def test_a_nurse_in_finland_goes_to_the_supervisory_agency_and_the_employers_word_is_not_enough():
    found = ask(A.BACHELOR, NURSE, "FI", 48)
    assert procedures(found) == ["fi_nurse_extra_eu"]
    assert ways(found) == {"fi_employed_person": Openness.CLOSED}


def test_where_regulation_is_not_known_each_procedure_says_on_what_it_depends():
    found = ask(A.DAE, ELECTRICIAN, "DE", 36)
    assert found.regulated.answer == "unknown"
    assert {option.procedure.kind.value: option.only_if for option in found.options} == {
        "non_regulated": "no",
        "statement": "",
        "regulated": "yes",
        "without_papers": "",
    }


def test_where_it_is_known_to_be_unregulated_nothing_depends():
    found = ask(A.OTHER, CARE, "FI")
    assert (found.regulated.answer, procedures(found)) == ("no", ["fi_employer"])
    assert found.options[0].only_if == ""


@pytest.mark.parametrize("country", ["ES", "GR", "AT"])
def test_a_country_that_was_not_researched_says_so(country):
    found = ask(A.DAE, ELECTRICIAN, country, 36)
    assert found.frame is not None
    assert not found.frame.is_researched
    assert found.options == ()


def test_a_dae_shows_what_the_netherlands_say_about_it_and_no_other_award_does():
    assert [one.by_country for one in ask(A.DAE, ELECTRICIAN, "DE").evaluations] == ["NL"]
    assert ask(A.BACHELOR, ENGINEER, "DE").evaluations == ()


@given(QUESTIONS)
def test_the_finder_answers_every_question_and_the_same_each_time(question):
    found = find(catalogue(), question)
    assert found == find(catalogue(), question)
    assert all(option.procedure.country == question.country for option in found.options)
    assert all(question.award in option.procedure.awards for option in found.options)


@given(QUESTIONS, st.integers(0, 60))
def test_longer_training_never_closes_a_way(question, more):
    longer = dataclasses.replace(question, months=min((question.months or 1) + more, 120))
    before = ways(find(catalogue(), dataclasses.replace(question, months=question.months or 1)))
    after = ways(find(catalogue(), longer))
    assert all(after[way] is Openness.OPEN for way, openness in before.items() if openness is Openness.OPEN)


@given(QUESTIONS)
def test_a_way_without_recognition_is_never_open_where_the_profession_is_regulated(question):
    found = find(catalogue(), question)
    if found.regulated.answer == "yes":
        assert Openness.OPEN not in ways(found).values()
