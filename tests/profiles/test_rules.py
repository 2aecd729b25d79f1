"""Time worked, impossible dates, what gives a person away, what is embedded, and references."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.profiles.models import Profile, ProfileLanguage, ProfileSkill, SkillSource
from talent.profiles.rules import (
    experience_holds_until,
    months_of_experience,
    period_problems,
    personal_details,
    profile_facts,
    profile_text,
    start_problem,
    without_personal_details,
)
from talent.profiles.states import ProfileFacts
from talent.taxonomy.levels import CEFR

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Job:
    started_on: date
    ended_on: date | None


@pytest.mark.parametrize(
    ("jobs", "months"),
    [
        ([], 0),
        ([Job(date(2020, 3, 1), date(2020, 3, 31))], 1),
        ([Job(date(2020, 1, 1), date(2020, 12, 31))], 12),
        ([Job(date(2019, 3, 1), date(2021, 3, 31))], 25),
        ([Job(date(2019, 12, 1), date(2020, 1, 31))], 2),
    ],
)
def test_the_first_and_the_last_month_of_a_job_count(jobs, months):
    assert months_of_experience(jobs, TODAY) == months


@pytest.mark.parametrize(
    ("jobs", "months"),
    [
        # The same two years, told twice.
        ([Job(date(2020, 1, 1), date(2021, 12, 31)), Job(date(2020, 1, 1), date(2021, 12, 31))], 24),
        # A second job inside the first.
        ([Job(date(2020, 1, 1), date(2021, 12, 31)), Job(date(2020, 6, 1), date(2020, 9, 30))], 24),
        # Half a year of overlap.
        ([Job(date(2020, 1, 1), date(2020, 12, 31)), Job(date(2020, 7, 1), date(2021, 6, 30))], 18),
        # One job ends and the next begins in the same month: that month counts once.
        ([Job(date(2020, 1, 1), date(2020, 6, 30)), Job(date(2020, 6, 1), date(2020, 12, 31))], 12),
        # A gap between two jobs does not count.
        ([Job(date(2020, 1, 1), date(2020, 1, 31)), Job(date(2022, 1, 1), date(2022, 1, 31))], 2),
        # The order in which jobs are told does not matter.
        ([Job(date(2022, 1, 1), date(2022, 1, 31)), Job(date(2020, 1, 1), date(2020, 1, 31))], 2),
    ],
)
def test_months_in_which_jobs_overlap_count_once(jobs, months):
    assert months_of_experience(jobs, TODAY) == months


@pytest.mark.parametrize(
    ("job", "months"),
    [
        (Job(date(2026, 11, 1), None), 1),
        (Job(date(2026, 10, 1), None), 2),
        (Job(date(2025, 11, 1), None), 13),
        # An end that is still to come is no experience yet.
        (Job(date(2026, 10, 1), date(2027, 10, 31)), 2),
        # Neither is a job that has not begun.
        (Job(date(2026, 12, 1), None), 0),
    ],
)
def test_a_job_without_an_end_goes_on_until_today_and_no_further(job, months):
    assert months_of_experience([job], TODAY) == months


@pytest.mark.parametrize(
    ("jobs", "day"),
    [
        ([], None),
        ([Job(date(2020, 1, 1), date(2026, 10, 31))], None),
        # The month that runs counts already.
        ([Job(date(2020, 1, 1), date(2026, 11, 30))], None),
        ([Job(date(2020, 1, 1), date(2026, 12, 1))], date(2026, 12, 1)),
        ([Job(date(2020, 1, 1), None)], date(2026, 12, 1)),
        # A job that is still to begin counts from its first month on.
        ([Job(date(2027, 2, 15), None)], date(2027, 2, 1)),
        ([Job(date(2027, 2, 15), None), Job(date(2020, 1, 1), date(2027, 1, 1))], date(2026, 12, 1)),
    ],
)
def test_experience_holds_until_the_month_in_which_a_job_goes_on(jobs, day):
    assert experience_holds_until(jobs, TODAY) == day


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS).map(lambda days: Job(*days)), max_size=4), DAYS)
def test_experience_is_the_same_until_the_day_before_and_more_on_that_day(jobs, day):
    begun = [job for job in jobs if job.ended_on is None or job.ended_on >= job.started_on]
    now_, until = months_of_experience(begun, day), experience_holds_until(begun, day)
    if until is None:
        assert months_of_experience(begun, date(2035, 1, 1)) == now_
    else:
        assert months_of_experience(begun, until - timedelta(days=1)) == now_ < months_of_experience(begun, until)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "wrong"),
    [
        (date(2020, 1, 1), date(2020, 1, 31), set()),
        (date(2020, 1, 1), None, set()),
        (date(2020, 2, 1), date(2020, 1, 31), {"ended"}),
        (date(2026, 11, 1), None, set()),
        (date(2026, 12, 1), None, {"started"}),
        # The month that runs now may be given as the end, the next one may not.
        (date(2020, 1, 1), date(2026, 11, 30), set()),
        (date(2020, 1, 1), date(2026, 12, 31), {"ended"}),
        (date(2027, 2, 1), date(2027, 1, 31), {"started", "ended"}),
    ],
)
def test_impossible_dates_of_a_job_are_said_beside_the_date(started_on, ended_on, wrong):
    assert set(period_problems(started_on, ended_on, TODAY)) == wrong


@pytest.mark.parametrize(
    ("day", "is_possible"),
    [
        (TODAY, True),
        (date(2026, 11, 21), False),
        (date(2027, 9, 1), True),
        (date(2029, 12, 31), True),
        (date(2030, 1, 1), False),
    ],
)
def test_a_start_is_today_or_in_the_next_three_years(day, is_possible):
    assert (start_problem(day, TODAY) is None) is is_possible


@pytest.mark.parametrize(
    "text",
    [
        "Call me on 0301-2345678",
        "WhatsApp +92 301 2345678 any time",
        "aslam.khan@example.com",
        "see www.linkedin.com/in/aslam",
        "https://example.com/cv.pdf",
        "CNIC 35202-1234567-1",
        "3520212345671",
        "I am Muhammad Aslam Khan, welder",
        "MUHAMMAD  ASLAM KHAN",
    ],
)
def test_words_that_give_the_person_away_are_refused(text):
    assert personal_details(text, full_name="Muhammad Aslam Khan") is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MAG welding (135) of pressure vessels, 6 mm to 40 mm, WPS to ISO 15614-1, from 2018 to 2021-06",
        "Led a team of 12; built 240 houses in 2019-2020 for 3,500,000 rupees",
        "Worked for Khan Brothers Steel",
        "برقی وائرنگ اور سولر پینل لگانا",
    ],
)
def test_words_about_work_are_not_taken_for_personal_details(text):
    assert personal_details(text, full_name="Muhammad Aslam Khan") is None


def test_a_single_name_is_not_searched_for_because_it_may_be_a_word():
    assert personal_details("Rose gardens and nurseries", full_name="Rose") is None


def test_what_is_embedded_is_occupation_jobs_tasks_and_own_words_each_once():
    text = profile_text(
        occupations=["Welder", "welder"],
        titles=["MAG welder", "Welder"],
        tasks=["Welded ship hulls\n\nin Karachi"],
        about="I read drawings.",
    )
    assert text.splitlines() == ["Welder", "MAG welder", "Welded ship hulls in Karachi", "I read drawings."]


def test_what_is_embedded_holds_no_address_no_number_and_no_identity_card():
    text = profile_text(
        occupations=["Cook"],
        tasks=["Call 0301-2345678 or cook@example.com, CNIC 35202-1234567-1, www.cook.example"],
    )
    assert text.splitlines() == ["Cook", "Call or CNIC ,"]


def test_years_and_standards_stay_in_what_is_embedded():
    assert without_personal_details("EN 1090-2, 2018-2020, 135 and 141") == "EN 1090-2, 2018-2020, 135 and 141"


def test_an_empty_profile_embeds_an_empty_text():
    assert profile_text(occupations=[""]) == ""


def test_the_facts_say_which_steps_are_complete():
    skill = ProfileSkill(skill_id=uuid4(), words="welding", source=SkillSource.CHOSEN)
    profile = Profile(
        occupation_id=uuid4(),
        skills=[skill],
        languages=[ProfileLanguage(language="en", level=CEFR.B1)],
        available_from=TODAY,
    )
    assert profile_facts(profile, full_name=" ", open_cv_facts=2) == ProfileFacts(
        has_name=False, has_occupation=True, skill_count=1, has_language=True, has_availability=True, open_cv_facts=2
    )


def test_a_language_of_unknown_level_is_a_language():
    profile = Profile(languages=[ProfileLanguage(language="en", level=None)], skills=[])
    assert profile_facts(profile, full_name="", open_cv_facts=0).has_language
