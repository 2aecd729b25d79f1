"""Jobs, certificates and languages: added, changed, removed, and which dates are impossible."""

from datetime import date
from uuid import uuid4

import pytest
from pydantic import ValidationError

from talent.foundation.clock import today
from talent.foundation.errors import Gone
from talent.profiles import entries
from talent.profiles.answers import Changed, NotPossible, save_name, save_nothing, save_occupation
from talent.profiles.entries import MOST_ENTRIES, remove_entry, save_job, save_language, save_qualification
from talent.profiles.schemas import JobAnswer, NameAnswer, OccupationAnswer
from talent.profiles.steps import (
    StepName,
    StepState,
    job_values,
    language_values,
    mark,
    qualification_values,
    step_states,
)
from talent.taxonomy.levels import CEFR, QualificationKind
from tests.factories.corridor import concept, make_release
from tests.factories.profiles import a_certificate, a_job, a_language, begin, make_candidate

JOBS, PAPERS, SPOKEN = StepName.EXPERIENCE, StepName.QUALIFICATIONS, StepName.LANGUAGES


@pytest.fixture
def mason(session):
    make_release(session)
    return make_candidate(session)


@pytest.fixture
def own(session, mason):
    return begin(session, mason)


def problems(raised) -> dict[str, str]:
    return {field: sentence.english() for field, sentence in raised.value.problems.items()}


def test_a_job_goes_from_the_first_day_of_its_first_month_to_the_last_day_of_its_last(session, mason, own):
    job = save_job(session, mason, own, a_job())
    assert (job.started_on, job.ended_on) == (date(2019, 3, 1), date(2024, 2, 29))


def test_a_job_that_goes_on_has_no_end(session, mason, own):
    job = save_job(session, mason, own, a_job(goes_on=True, ended_month=None, ended_year=None))
    assert job.ended_on is None


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"ended_month": "2", "ended_year": "2019"}, "ended_month"),
        ({"started_year": str(today().year + 1)}, "started_month"),
        ({"ended_year": str(today().year + 1)}, "ended_month"),
        ({"ended_month": None, "ended_year": None}, "ended_month"),
        ({"ended_month": None}, "ended_month"),
        ({"ended_year": None}, "ended_month"),
        ({"goes_on": True}, "ended_month"),
    ],
)
def test_impossible_dates_of_a_job_are_refused_beside_the_date(session, mason, own, changed, wrong):
    with pytest.raises(NotPossible) as raised:
        save_job(session, mason, own, a_job(**changed))
    assert wrong in problems(raised)
    assert own.profile.work == []


def test_everything_wrong_with_a_job_is_said_at_once(session, mason, own):
    named = save_name(session, mason, own, NameAnswer(full_name="Gul Zaman", phone="0301 2345678", email=""))
    wrong = a_job(ended_year="2018", tasks="Call Gul Zaman", title="gul@example.com")
    with pytest.raises(NotPossible) as raised:
        save_job(session, mason, named, wrong)
    assert set(problems(raised)) == {"ended_month", "tasks", "title"}


@pytest.mark.parametrize("year", ["1949", "19", "abc", "2101"])
def test_a_year_has_four_digits_and_lies_in_a_working_life(year):
    with pytest.raises(ValidationError):
        a_job(started_year=year)


def test_a_year_may_be_typed_in_urdu_digits():
    assert a_job(started_year="۲۰۱۹").started_year == 2019


@pytest.mark.parametrize("month", ["0", "13", ""])
def test_there_are_twelve_months(month):
    with pytest.raises(ValidationError):
        a_job(started_month=month)


def test_the_same_work_as_the_chosen_occupation_is_noted(session, mason, own):
    save_occupation(session, mason, own, OccupationAnswer(occupation=concept("Cook")))
    assert save_job(session, mason, own, a_job(title="Kitchen", same_work=True)).occupation_id == concept("Cook")


def test_a_title_that_names_an_occupation_is_that_occupation_and_another_title_is_none(session, mason, own):
    assert save_job(session, mason, own, a_job(title="welder")).occupation_id == concept("Welder")
    assert save_job(session, mason, own, a_job(title="Everything in the village")).occupation_id is None


def test_a_changed_job_stays_one_job(session, mason, own):
    job = save_job(session, mason, own, a_job())
    save_job(session, mason, own, a_job(title="Foreman"), entry_id=job.id)
    assert [one.title for one in own.profile.work] == ["Foreman"]


def test_a_job_changed_in_another_window_is_not_overwritten(session, mason, own):
    job = save_job(session, mason, own, a_job())
    seen = mark(job_values(job, None))
    save_job(session, mason, own, a_job(title="Foreman"), entry_id=job.id, seen=seen)
    with pytest.raises(Changed) as raised:
        save_job(session, mason, own, a_job(title="Helper"), entry_id=job.id, seen=seen)
    assert raised.value.saved["title"] == "Foreman"


@pytest.mark.parametrize("step", [JOBS, PAPERS, SPOKEN])
def test_what_is_not_in_the_list_is_gone(session, mason, own, step):
    with pytest.raises(Gone):
        remove_entry(session, mason, own, step, uuid4())


def test_another_candidates_job_is_out_of_reach(session, mason, own):
    other = make_candidate(session)
    theirs = save_job(session, other, begin(session, other), a_job())
    with pytest.raises(Gone):
        save_job(session, mason, own, a_job(title="Mine now"), entry_id=theirs.id)


def test_the_step_is_asked_again_when_the_last_entry_is_removed(session, mason, own):
    job = save_job(session, mason, own, a_job())
    remove_entry(session, mason, own, JOBS, job.id)
    assert own.profile.work == []
    assert step_states(own)[JOBS] is StepState.TODO


def test_having_no_certificate_is_an_answer(session, mason, own):
    save_nothing(session, mason, own, PAPERS)
    assert step_states(own)[PAPERS] is StepState.NONE


@pytest.mark.parametrize(
    ("length", "unit", "months"), [("3", "years", 36), ("6", "months", 6), ("10", "years", 120), (None, "years", None)]
)
def test_the_length_of_a_course_is_kept_in_full_time_months(session, mason, own, length, unit, months):
    assert save_qualification(session, mason, own, a_certificate(length=length, unit=unit)).full_time_months == months


def test_a_course_of_more_than_ten_years_is_refused(session, mason, own):
    with pytest.raises(NotPossible) as raised:
        save_qualification(session, mason, own, a_certificate(length="11", unit="years"))
    assert "length" in problems(raised)


@pytest.mark.parametrize("length", ["0", "-3", "121", "1.5", "three"])
def test_a_length_is_a_whole_number_of_months_or_years(length):
    with pytest.raises(ValidationError):
        a_certificate(length=length)


def test_a_certificate_to_come_is_no_certificate(session, mason, own):
    with pytest.raises(NotPossible) as raised:
        save_qualification(session, mason, own, a_certificate(awarded_year=str(today().year + 1)))
    assert "awarded_year" in problems(raised)
    assert save_qualification(session, mason, own, a_certificate(awarded_year=str(today().year))).awarded_on is not None


def test_only_a_vocational_certificate_has_an_nvqf_level(session, mason, own):
    vocational = a_certificate(kind="nvqf_certificate", title="NVC Welding", nvqf_level="3")
    assert save_qualification(session, mason, own, vocational).nvqf_level == 3
    assert save_qualification(session, mason, own, a_certificate(nvqf_level="3")).nvqf_level is None


@pytest.mark.parametrize("changed", [{"kind": "phd"}, {"field": "9999"}, {"nvqf_level": "9"}, {"title": ""}])
def test_kind_field_level_and_title_come_from_what_is_known(changed):
    with pytest.raises(ValidationError):
        a_certificate(**changed)


def test_a_form_shows_what_was_saved_of_a_certificate(session, mason, own):
    held = save_qualification(session, mason, own, a_certificate(field="0715", awarded_year="2015"))
    shown = qualification_values(held)
    assert (shown["kind"], shown["length"], shown["unit"]) == (QualificationKind.DAE, 3, "years")
    assert (shown["field"], shown["awarded_year"]) == ("0715", 2015)


def test_a_level_that_is_not_known_stays_unknown(session, mason, own):
    assert save_language(session, mason, own, a_language(level="unknown")).level is None
    assert save_language(session, mason, own, a_language("de", "A2")).level is CEFR.A2


def test_a_language_is_added_once(session, mason, own):
    save_language(session, mason, own, a_language("de", "A2"))
    with pytest.raises(NotPossible) as raised:
        save_language(session, mason, own, a_language("de", "B1"))
    assert "language" in problems(raised)


def test_a_language_changes_its_level_in_place(session, mason, own):
    held = save_language(session, mason, own, a_language("de", "A2"))
    seen = mark(language_values(held))
    save_language(session, mason, own, a_language("de", "B1"), entry_id=held.id, seen=seen)
    assert [one.level for one in own.profile.languages] == [CEFR.B1]


@pytest.mark.parametrize(("code", "level"), [("xx", "B1"), ("de", "B3"), ("de", "")])
def test_language_and_level_come_from_what_is_known(code, level):
    with pytest.raises(ValidationError):
        a_language(code, level)


def test_a_list_has_an_end(session, mason, own):
    for number in range(MOST_ENTRIES):
        save_job(session, mason, own, a_job(title=f"Job {number}"))
    with pytest.raises(NotPossible) as raised:
        save_job(session, mason, own, a_job())
    assert "at most 30" in problems(raised)["form"]


def test_what_another_window_removed_is_said_to_be_gone(session, mason, own):
    job = save_job(session, mason, own, a_job())
    remove_entry(session, mason, own, JOBS, job.id)
    with pytest.raises(Gone, match="removed in another window"):
        entries.save_job(session, mason, own, JobAnswer.model_validate(a_job().model_dump()), entry_id=job.id)
