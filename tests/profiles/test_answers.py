"""Saving each step: what is kept, what is refused in which sentence, and what two windows do to each other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError

from talent.foundation.clock import today
from talent.foundation.errors import Unprocessable
from talent.profiles import answers
from talent.profiles.answers import Changed, NotPossible
from talent.profiles.schemas import (
    MOST_SKILLS,
    AboutAnswer,
    CountriesAnswer,
    LicencesAnswer,
    NameAnswer,
    OccupationAnswer,
    SkillsAnswer,
    StartAnswer,
)
from talent.profiles.steps import PRESENT, StepName, StepState, mark, step_states
from tests.factories.corridor import concept, make_release
from tests.factories.profiles import THREE_SKILLS, begin, make_candidate, publish_one

NAME = {"full_name": "Ayesha Bibi", "phone": "", "email": "ayesha@example.com"}


@pytest.fixture
def cook(session):
    make_release(session)
    return make_candidate(session)


@pytest.fixture
def own(session, cook):
    return begin(session, cook)


def problems(raised) -> dict[str, str]:
    return {field: sentence.english() for field, sentence in raised.value.problems.items()}


@pytest.mark.parametrize("name", ["Ayesha Bibi", "Zoë O'Neill-Khan", "Muhammad", "Ch. M. Aslam", "Şule Çelik"])
def test_a_name_is_in_latin_letters_as_in_the_passport(name):
    assert NameAnswer.model_validate(NAME | {"full_name": name}).full_name == name


@pytest.mark.parametrize("name", ["عائشہ بی بی", "Ayesha 2", "Ayesha; drop", "35202-1234567-1", "-", "Ayesha عائشہ"])
def test_any_other_name_is_refused(name):
    with pytest.raises(ValidationError, match="Latin letters"):
        NameAnswer.model_validate(NAME | {"full_name": name})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0301 2345678", "+923012345678"),
        ("+92-301-2345678", "+923012345678"),
        ("۰۳۰۱۲۳۴۵۶۷۸", "+923012345678"),
        ("", ""),
    ],
)
def test_a_phone_number_is_kept_in_one_spelling(typed, kept):
    assert NameAnswer.model_validate(NAME | {"phone": typed}).phone == kept


@pytest.mark.parametrize(
    ("field", "typed"), [("phone", "12"), ("phone", "a@example.com"), ("email", "ayesha"), ("email", "a b@c.de")]
)
def test_a_contact_that_cannot_reach_anybody_is_refused(field, typed):
    with pytest.raises(ValidationError, match="or leave the box empty"):
        NameAnswer.model_validate(NAME | {field: typed})


def test_one_way_to_be_reached_is_needed(session, cook, own):
    with pytest.raises(NotPossible) as raised:
        answers.save_name(session, cook, own, NameAnswer(full_name="Ayesha Bibi", email="", phone=""))
    assert "email" in problems(raised)


def test_the_name_is_kept_apart_from_the_profile(session, cook, own):
    named = answers.save_name(session, cook, own, NameAnswer.model_validate(NAME))
    assert named.full_name == "Ayesha Bibi"
    assert "Ayesha" not in str({name: value for name, value in vars(own.profile).items() if name != "identity"})


def test_the_occupation_is_kept_with_the_words_it_was_looked_for_with(session, cook, own):
    answers.save_occupation(session, cook, own, OccupationAnswer(occupation=concept("Cook"), words="bawarchi"))
    assert (own.profile.occupation_id, own.profile.occupation_words) == (concept("Cook"), "bawarchi")


def test_an_occupation_that_does_not_exist_is_refused(session, cook, own):
    with pytest.raises(NotPossible) as raised:
        answers.save_occupation(session, cook, own, OccupationAnswer(occupation=uuid4()))
    assert problems(raised) == {"occupation": "Choose your occupation"}


def test_the_skills_ticked_are_held_and_no_others(session, cook, own):
    save = answers.save_skills
    save(session, cook, own, SkillsAnswer(skills=[concept(name) for name in THREE_SKILLS]))
    kept = own.profile.skills[0].id
    save(session, cook, own, SkillsAnswer(skills=[own.profile.skills[0].skill_id, concept("care"), concept("wiring")]))
    assert {held.skill_id for held in own.profile.skills} >= {concept("care"), concept("wiring")}
    assert len(own.profile.skills) == 3
    assert kept in {held.id for held in own.profile.skills}


def test_fewer_than_three_skills_are_refused_unless_the_search_goes_on(session, cook, own):
    two = SkillsAnswer(skills=[concept("care"), concept("wiring"), concept("care")])
    with pytest.raises(NotPossible) as raised:
        answers.save_skills(session, cook, own, two)
    assert "at least 3" in problems(raised)["skills"]
    answers.save_skills(session, cook, own, two, at_least=0)
    assert len(own.profile.skills) == 2


def test_a_skill_that_does_not_exist_is_refused_whole(session, cook, own):
    with pytest.raises(NotPossible):
        answers.save_skills(session, cook, own, SkillsAnswer(skills=[concept("care"), concept("wiring"), uuid4()]))


def test_more_skills_than_anybody_reads_are_refused():
    with pytest.raises(ValidationError):
        SkillsAnswer(skills=[uuid4() for _ in range(MOST_SKILLS + 1)])


def test_a_skill_that_was_looked_for_is_held_in_those_words(session, cook, own):
    answers.add_skills(session, cook, own, [concept("care")], words="dekh bhal")
    answers.add_skills(session, cook, own, [concept("care"), concept("wiring"), concept("python")], words="kaam")
    assert {held.words for held in own.profile.skills} == {"dekh bhal", "wiring", "python"}


@pytest.mark.parametrize("text", ["Call 0301 2345678", "ayesha@example.com", "I am Ayesha Bibi"])
def test_own_words_that_give_the_person_away_are_refused(session, cook, own, text):
    named = answers.save_name(session, cook, own, NameAnswer.model_validate(NAME))
    with pytest.raises(NotPossible) as raised:
        answers.save_about(session, cook, named, AboutAnswer(about=text))
    assert problems(raised)["about"].startswith("Leave out")


def test_an_empty_answer_in_own_words_is_an_answer(session, cook, own):
    answers.save_about(session, cook, own, AboutAnswer(about=""))
    assert step_states(own)[StepName.ABOUT] is StepState.NONE


def test_no_licence_is_an_answer_and_not_known_is_another(session, cook, own):
    assert own.profile.answered_licences is False
    answers.save_licences(session, cook, own, LicencesAnswer(none=True))
    assert (own.profile.licences, own.profile.answered_licences) == ([], True)


@pytest.mark.parametrize("answer", [LicencesAnswer(), LicencesAnswer(licences=["forklift"], none=True)])
def test_licences_are_ticked_or_none_is_never_both_or_neither(session, cook, own, answer):
    with pytest.raises(NotPossible) as raised:
        answers.save_licences(session, cook, own, answer)
    assert "licences" in problems(raised)


def test_an_unknown_licence_is_refused():
    with pytest.raises(ValidationError):
        LicencesAnswer(licences=["pilot"])


def test_any_country_is_kept_as_none_in_particular(session, cook, own):
    answers.save_countries(session, cook, own, CountriesAnswer(countries=["IT", "DE", "IT"]))
    assert own.profile.countries == ["DE", "IT"]
    answers.save_countries(session, cook, own, CountriesAnswer(anywhere=True))
    assert own.profile.countries == []
    assert step_states(own)[StepName.COUNTRIES] is StepState.DONE


@pytest.mark.parametrize("answer", [CountriesAnswer(), CountriesAnswer(countries=["DE"], anywhere=True)])
def test_countries_are_ticked_or_any_is_never_both_or_neither(session, cook, own, answer):
    with pytest.raises(NotPossible):
        answers.save_countries(session, cook, own, answer)


@pytest.mark.parametrize("code", ["PK", "US", "de", "ZZ"])
def test_only_a_member_state_is_a_country_to_work_in(code):
    with pytest.raises(ValidationError):
        CountriesAnswer(countries=[code])


def test_now_means_today(session, cook, own):
    answers.save_start(session, cook, own, StartAnswer(when="now"))
    assert own.profile.available_from == today()


@pytest.mark.parametrize("day", [None, today() - timedelta(days=1), today() + timedelta(days=5 * 366)])
def test_a_later_start_needs_a_day_that_is_still_to_come(session, cook, own, day):
    with pytest.raises(NotPossible) as raised:
        answers.save_start(session, cook, own, StartAnswer(when="later", available_from=day))
    assert "available_from" in problems(raised)


def test_nothing_to_tell_is_remembered_once(session, cook, own):
    for _ in range(2):
        answers.save_nothing(session, cook, own, StepName.EXPERIENCE)
    assert own.profile.answered == ["experience"]


def test_a_window_that_shows_an_old_answer_does_not_overwrite_the_new_one(session, cook, own):
    seen = mark(PRESENT[StepName.ABOUT](own))
    answers.save_about(session, cook, own, AboutAnswer(about="first window"), seen=seen)
    with pytest.raises(Changed) as raised:
        answers.save_about(session, cook, own, AboutAnswer(about="second window"), seen=seen)
    assert raised.value.saved == {"about": "first window"}
    assert own.profile.about == "first window"


def test_whoever_has_seen_both_answers_may_save_theirs(session, cook, own):
    answers.save_about(session, cook, own, AboutAnswer(about="first window"))
    seen = mark({"about": "first window"})
    answers.save_about(session, cook, own, AboutAnswer(about="second window"), seen=seen)
    assert own.profile.about == "second window"


def test_two_windows_that_say_the_same_do_not_disturb_each_other(session, cook, own):
    seen = mark(PRESENT[StepName.ABOUT](own))
    for _ in range(2):
        answers.save_about(session, cook, own, AboutAnswer(about="the same"), seen=seen)
    assert own.profile.about == "the same"


def test_two_windows_on_different_steps_do_not_disturb_each_other(session, cook, own):
    seen = mark(PRESENT[StepName.COUNTRIES](own))
    answers.save_about(session, cook, own, AboutAnswer(about="Pipes"))
    answers.save_countries(session, cook, own, CountriesAnswer(countries=["DE"]), seen=seen)
    assert own.profile.countries == ["DE"]


def test_ticking_in_another_window_is_told_for_lists_too(session, cook, own):
    seen = mark(PRESENT[StepName.SKILLS](own))
    answers.save_skills(session, cook, own, SkillsAnswer(skills=[concept(name) for name in THREE_SKILLS]), seen=seen)
    others = SkillsAnswer(skills=[concept(name) for name in ("care", "python", "wiring")])
    with pytest.raises(Changed):
        answers.save_skills(session, cook, own, others, seen=seen)


def test_a_published_profile_keeps_three_skills(session, cook):
    own = publish_one(session, cook)
    with pytest.raises(Unprocessable, match="needs this"):
        answers.save_skills(session, cook, own, SkillsAnswer(skills=[concept("care")]), at_least=0)
