"""The order of the steps, how far each is, and the marks by which two windows are told apart."""

from datetime import timedelta
from uuid import uuid4

import pytest

from talent.foundation.clock import today
from talent.profiles.identity import Contact
from talent.profiles.models import Profile, ProfileSkill, Qualification, SkillSource, WorkPeriod
from talent.profiles.steps import (
    STEPS,
    OwnProfile,
    StepName,
    StepState,
    mark,
    next_step,
    qualification_values,
    start_values,
    step_states,
)

N, ST = StepName, StepState


def own(open_cv_facts: int = 0, name: str = "", **values: object) -> OwnProfile:
    held = {"skills": [], "languages": [], "qualifications": [], "work": [], "answered": [], "licences": []}
    held |= {"first_countries": [], "least_pay_euros": None}
    profile = Profile(**(held | {"countries": [], "about": "", "answered_licences": False} | values))
    return OwnProfile(profile, Contact(name) if name else None, open_cv_facts)


def skills(count: int) -> list[ProfileSkill]:
    return [ProfileSkill(skill_id=uuid4(), words="x", source=SkillSource.CHOSEN) for _ in range(count)]


def test_the_name_is_asked_first_and_the_cv_last():
    assert [step.name for step in STEPS][0::11] == [N.NAME, N.CV]
    assert {step.name for step in STEPS} == set(StepName)


def test_an_empty_profile_has_everything_to_do():
    assert set(step_states(own()).values()) == {ST.TODO}


@pytest.mark.parametrize(
    ("profile", "step", "state"),
    [
        (own(name="Aslam"), N.NAME, ST.DONE),
        (own(occupation_id=uuid4()), N.OCCUPATION, ST.DONE),
        (own(work=[WorkPeriod()]), N.EXPERIENCE, ST.DONE),
        (own(answered=["experience"]), N.EXPERIENCE, ST.NONE),
        (own(skills=skills(1)), N.SKILLS, ST.BEGUN),
        (own(skills=skills(2)), N.SKILLS, ST.BEGUN),
        (own(skills=skills(3)), N.SKILLS, ST.DONE),
        (own(answered=["about"]), N.ABOUT, ST.NONE),
        (own(about="Pipes"), N.ABOUT, ST.DONE),
        (own(answered=["qualifications"]), N.QUALIFICATIONS, ST.NONE),
        (own(licences=["forklift"], answered_licences=False), N.LICENCES, ST.DONE),
        (own(answered_licences=True), N.LICENCES, ST.NONE),
        (own(countries=["DE"]), N.COUNTRIES, ST.DONE),
        (own(answered=["countries"]), N.COUNTRIES, ST.DONE),
        (own(first_countries=["DE"]), N.WISHES, ST.DONE),
        (own(least_pay_euros=1), N.WISHES, ST.DONE),
        (own(answered=["wishes"]), N.WISHES, ST.NONE),
        (own(available_from=today()), N.START, ST.DONE),
        (own(answered=["cv"]), N.CV, ST.NONE),
        (own(answered=["cv_read"]), N.CV, ST.DONE),
        (own(answered=["cv_read"], open_cv_facts=2), N.CV, ST.BEGUN),
    ],
)
def test_each_step_knows_how_far_it_is(profile, step, state):
    assert step_states(profile)[step] is state


def test_the_next_step_is_the_next_one_that_waits():
    profile = own(name="Aslam", occupation_id=uuid4(), answered=["experience"])
    assert next_step(profile, N.NAME) is N.SKILLS


def test_after_the_last_step_the_first_one_left_out_comes():
    assert next_step(own(name="Aslam"), N.CV) is N.OCCUPATION


def test_a_step_never_leads_to_itself_and_nothing_follows_when_all_is_answered():
    everything = own(
        name="Aslam",
        occupation_id=uuid4(),
        skills=skills(3),
        answered=["experience", "about", "qualifications", "countries", "wishes", "cv"],
        answered_licences=True,
        available_from=today(),
    )
    assert next_step(everything, N.LANGUAGES) is None


def test_a_start_that_is_past_is_shown_as_now():
    assert start_values(own(available_from=today() - timedelta(days=1))) == {"when": "now"}
    assert start_values(own(available_from=today())) == {"when": "now"}
    later = today() + timedelta(days=1)
    assert start_values(own(available_from=later)) == {"when": "later", "available_from": later}


@pytest.mark.parametrize(
    ("months", "length", "unit"),
    [(None, None, "months"), (6, 6, "months"), (12, 1, "years"), (18, 18, "months"), (36, 3, "years")],
)
def test_whole_years_of_training_are_shown_as_years(months, length, unit):
    shown = qualification_values(Qualification(kind="dae", title="DAE", full_time_months=months))
    assert (shown["length"], shown["unit"]) == (length, unit)


def test_a_mark_changes_with_any_value_and_not_with_the_order_of_a_list():
    assert mark({"skills": ["a", "b"]}) == mark({"skills": ["b", "a"]})
    assert mark({"skills": ["a", "b"]}) != mark({"skills": ["a"]})
    assert mark({"about": "a"}) != mark({"about": "b"})


def test_an_empty_value_and_an_absent_one_have_the_same_mark():
    assert mark({"about": "", "country": None, "goes_on": False, "skills": []}) == mark({"skills": []})
