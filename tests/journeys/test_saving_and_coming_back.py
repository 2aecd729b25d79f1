"""Whoever stops in the middle finds everything again, and a half-filled profile is nobody's but their own."""

import pytest

from talent.foundation.errors import Unprocessable
from talent.matching.service import shortlist
from talent.profiles import answers, service
from talent.profiles.schemas import NameAnswer, OccupationAnswer
from talent.profiles.steps import PRESENT, StepName, StepState, next_step, step_states
from talent.vacancies import service as vacancies
from talent.vacancies.schemas import VacancyDraft
from tests.factories.corridor import concept
from tests.factories.profiles import begin


@pytest.fixture
def half_way(place):
    """A candidate who told a name and an occupation, and then lost the connection."""
    actor = place.registers()
    own = begin(place.session, actor)
    name = NameAnswer(full_name="Rukhsana Bibi", phone="0321 4567890", email="")
    own = answers.save_name(place.session, actor, own, name)
    answers.save_occupation(place.session, actor, own, OccupationAnswer(occupation=concept("Cook"), words="bawarchi"))
    place.session.expire_all()
    return actor


def test_what_was_told_is_still_there(place, half_way):
    own = service.own_profile(place.session, half_way)
    assert PRESENT[StepName.NAME](own)["full_name"] == "Rukhsana Bibi"
    assert PRESENT[StepName.OCCUPATION](own) == {"occupation": concept("Cook"), "words": "bawarchi"}


def test_it_goes_on_where_it_stopped(place, half_way):
    own = service.own_profile(place.session, half_way)
    assert next_step(own, StepName.OCCUPATION) is StepName.EXPERIENCE
    assert step_states(own)[StepName.SKILLS] is StepState.TODO


def test_it_is_in_no_list(place, half_way, officer):
    posted = place.posts(officer)
    place.work()
    assert shortlist(place.session, officer, posted.id, language="en")[1].rows == []


def test_it_cannot_be_published_and_says_what_is_missing(place, half_way):
    own = service.profile_to_move(place.session, half_way)
    with pytest.raises(Unprocessable, match="Choose at least 3 skills"):
        service.publish(place.session, half_way, own)


def test_an_unfinished_vacancy_says_what_to_mend_before_it_is_checked(place, officer):
    draft = vacancies.create(place.session, officer, VacancyDraft(title="Welder", country="DE"))
    with pytest.raises(Unprocessable, match="Enter the employer"):
        vacancies.check(place.session, officer, draft)
