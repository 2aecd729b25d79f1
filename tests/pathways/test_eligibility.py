"""All ways side by side: what stops them, what would open them, and that more knowledge never contradicts less."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.pathways.catalogue import catalogue
from talent.pathways.conditions import Answer
from talent.pathways.eligibility import Standing, assess, compare, noted, what_changed, with_regulation
from talent.pathways.facts import RouteFacts
from talent.taxonomy.levels import QualificationKind

TODAY = date(2026, 11, 22)
WELDER, NURSE, DEVELOPER, DRIVER = "7212", "2221", "2512", "8332"
KNOWN = {
    "has_offer": st.booleans(),
    "contract_months": st.integers(0, 60),
    "pay_year_cents": st.integers(1_000_000, 8_000_000),
    "has_collective_pay": st.booleans(),
    "award": st.sampled_from(QualificationKind),
    "training_months": st.integers(0, 60),
    "is_state_recognised": st.booleans(),
    "recognition": st.sampled_from(["full", "partial", "none"]),
    "experience_months_in_5": st.integers(0, 60),
    "experience_months_in_7": st.integers(0, 84),
    "german": st.sampled_from(["none", "A1", "A2", "B1", "B2", "C1"]),
    "english": st.sampled_from(["none", "A1", "B2", "C1"]),
    "age_told": st.integers(18, 60),
    "has_pension": st.booleans(),
    "has_livelihood": st.booleans(),
    "course_ended_on": st.dates(date(2026, 1, 1), date(2026, 11, 22)),
    "stay_months": st.integers(1, 24),
}
FACTS = st.fixed_dictionaries({}, optional=KNOWN).map(lambda told: RouteFacts(on=TODAY, isco_group=WELDER, **told))
WAYS = st.sampled_from(catalogue().pathways)


def facts(isco: str, **told: object) -> RouteFacts:
    return RouteFacts(on=TODAY, isco_group=isco, **told)  # type: ignore[arg-type]  # fields are named by each test


@pytest.mark.parametrize("isco", ["2221", "3221", "5321", "2211"])
def test_nobody_but_the_federal_agency_may_place_health_and_care_workers_in_germany(isco):
    found = compare(catalogue(), "DE", facts(isco, has_offer=True))
    assert found.reserved is not None
    open_ways = [way.pathway.id for way in found.ways if way.standing is not Standing.BLOCKED]
    assert open_ways == ["de_chancenkarte_20a"]  # one's own search is no placement
    assert all(way.next_step.kind == "none" for way in found.ways if way.standing is Standing.BLOCKED)


@pytest.mark.parametrize("country", ["IT", "FI", "ES", "GR", "AT"])
def test_elsewhere_health_workers_are_flagged_by_the_who_list_and_not_blocked(country):
    found = compare(catalogue(), country, facts(NURSE))
    assert found.safeguard is not None
    assert found.reserved is None
    assert Standing.BLOCKED not in {way.standing for way in found.ways}
    assert compare(catalogue(), country, facts(WELDER)).safeguard is None


def test_a_welder_with_a_dae_and_a_partial_recognition_has_the_fast_track_open():
    told = facts(WELDER, has_offer=True, award=QualificationKind.DAE, recognition="partial", age_told=30)
    found = {way.pathway.id: way for way in compare(catalogue(), "DE", told).ways}
    fast = found["de_fast_track_81a"]
    assert {one.criterion.id: one.answer for one in fast.findings} == {
        "offer": Answer.MET,
        "qualification": Answer.MET,
        "licence": Answer.UNKNOWN,  # no source says whether welding is regulated
        "age": Answer.MET,
    }
    assert found["de_skilled_worker_18a"].standing is Standing.CLOSED
    assert "measure in Germany" in found["de_skilled_worker_18a"].would_open[0].opens


def test_a_short_certificate_reads_what_would_open_the_way():
    short = QualificationKind.NVQF_CERTIFICATE
    told = facts(WELDER, has_offer=True, award=short, is_state_recognised=True, training_months=6, german="A2")
    partnership = assess(way("de_recognition_partnership_16d3"), told, catalogue())
    assert partnership.standing is Standing.CLOSED
    assert partnership.next_step.kind == "open"
    assert "24 months or more" in partnership.next_step.sentence.english()


def test_an_it_worker_without_a_degree_meets_the_blue_card_by_work_alone():
    told = with_regulation(
        facts(
            DEVELOPER,
            has_offer=True,
            contract_months=24,
            award=QualificationKind.SCHOOL,
            pay_year_cents=4_600_000,
            experience_months_in_7=40,
            has_licence=True,
        ),
        "DE",
    )
    blue = assess(way("de_blue_card_18g"), told, catalogue())
    assert blue.standing is Standing.OPEN
    assert blue.next_step.kind == "begin"


def way(name: str):
    found = catalogue().pathway(name)
    assert found is not None
    return found


def test_ways_for_other_occupations_are_named_apart():
    names = {row.id for row in compare(catalogue(), "DE", facts(WELDER)).not_for_occupation}
    assert names == {"de_professional_driver_24a", "de_care_assistant_22a"}
    assert "de_professional_driver_24a" in {one.pathway.id for one in compare(catalogue(), "DE", facts(DRIVER)).ways}


def test_with_nothing_told_nothing_is_met_and_nothing_is_missing_but_what_the_occupation_says():
    for country in catalogue().destinations():
        for found in compare(catalogue(), country, RouteFacts(on=TODAY)).ways:
            assert {one.answer for one in found.findings} == {Answer.UNKNOWN}, found.pathway.id


def test_open_ways_stand_first():
    told = facts(DEVELOPER, has_offer=True, contract_months=12, pay_year_cents=6_000_000, has_licence=True)
    standings = [way.standing for way in compare(catalogue(), "FI", told).ways]
    order = [Standing.OPEN, Standing.UNKNOWN, Standing.CLOSED, Standing.BLOCKED]
    assert standings == sorted(standings, key=order.index)


def test_a_recruiter_who_charges_the_worker_is_said_and_a_fair_one_is_not():
    assert compare(catalogue(), "DE", facts(WELDER, worker_pays_nothing=False)).charges_worker
    assert not compare(catalogue(), "DE", facts(WELDER, worker_pays_nothing=True)).charges_worker
    assert not compare(catalogue(), "DE", facts(WELDER)).charges_worker


@given(WAYS, FACTS, st.data())
def test_telling_one_more_thing_never_turns_a_met_criterion_into_a_missing_one_or_back(pathway, told, data):
    untold = [name for name in KNOWN if getattr(told, name) is None]
    if not untold:
        return
    name = data.draw(st.sampled_from(untold))
    more = dataclasses.replace(told, **{name: data.draw(KNOWN[name])})
    before = {one.criterion.id: one.answer for one in assess(pathway, told, catalogue()).findings}
    after = {one.criterion.id: one.answer for one in assess(pathway, more, catalogue()).findings}
    assert all(after[key] is said for key, said in before.items() if said is not Answer.UNKNOWN)


@given(WAYS, FACTS)
def test_an_assessment_is_the_same_each_time_and_changes_nothing_against_itself(pathway, told):
    found = assess(pathway, told, catalogue())
    assert found == assess(pathway, told, catalogue())
    assert what_changed(noted(found), found) == ()


@given(WAYS, FACTS)
def test_every_way_that_is_not_blocked_says_what_to_do_next(pathway, told):
    found = assess(pathway, told, catalogue())
    assert found.next_step.sentence.english()
    assert (found.standing is Standing.OPEN) == (found.next_step.kind == "begin")


def test_when_a_rule_changes_an_old_assessment_says_what_changed():
    found = assess(way("fi_specialist"), facts(DEVELOPER, has_offer=True, pay_year_cents=4_600_000), catalogue())
    before = noted(found) | {"pay": "met", "gone": "met"}
    del before["offer"]
    changed = {one.criterion_id: (one.before, one.after) for one in what_changed(before, found)}
    assert changed == {
        "pay": (Answer.MET, Answer.MISSING),
        "gone": (Answer.MET, None),
        "offer": (None, Answer.MET),
    }
