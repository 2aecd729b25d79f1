"""What people of the demonstration did about their matches."""

from collections import Counter

import pytest
from sqlalchemy import select

from talent.demo.content import identity
from talent.demo.introductions import add_introductions, are_there
from talent.matching.models import Introduction, ReviewRequest
from talent.matching.states import IntroductionState
from talent.profiles.models import Profile
from talent.profiles.states import ProfileState
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState
from tests.demo.shortlists import suggest

S = IntroductionState


@pytest.fixture(scope="module")
def acted(demo):
    """The demonstration with matches and with what people did about them."""
    published = select(Vacancy.id).where(Vacancy.state == VacancyState.PUBLISHED).order_by(Vacancy.reference)
    people = (
        select(Profile.id)
        .where(Profile.state == ProfileState.PUBLISHED, Profile.id != identity("profile", 0))
        .order_by(Profile.reference)
    )
    profiles = demo.scalars(people).all()
    for number, vacancy in enumerate(demo.scalars(published).all()):
        suggest(
            demo,
            vacancy,
            [identity("profile", 0), *profiles[5 * number + 1 : 5 * number + 6]][: 6 if number < 40 else 1],
        )
    assert not are_there(demo)
    assert add_introductions(demo) > 40
    return demo


def test_they_are_recognised_as_there(acted):
    assert are_there(acted)


def test_every_state_that_people_can_reach_is_shown(acted):
    assert set(acted.scalars(select(Introduction.state))) == set(S) - {S.SUGGESTED}


def test_the_visitor_is_asked_by_one_agency_and_has_said_yes_to_another(acted):
    own = select(Introduction.state).where(Introduction.profile_id == identity("profile", 0))
    assert Counter(acted.scalars(own)) == {S.ASKED: 1, S.INTERESTED: 1}


def test_one_request_for_review_is_answered_and_one_waits(acted):
    answers = [bool(answer) for answer in acted.scalars(select(ReviewRequest.answer))]
    assert sorted(answers) == [False, True]
