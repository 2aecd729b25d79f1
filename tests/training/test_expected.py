"""People who learn for a vacancy, less those whom its country is known to refuse."""

import pytest

from talent.placements import places
from talent.training import seats
from tests.factories.training import KEYS, a_person, make_cohort
from tests.factories.vacancies import VacancyState, make_vacancy


@pytest.fixture
def vacancy(session, institute, agency):
    made = make_vacancy(session, agency, VacancyState.PUBLISHED)
    cohort = make_cohort(session, institute, seats=6, reserved_seats=6, vacancy_id=made.id)
    for number in range(5):
        seats.enrol(session, institute, cohort.id, a_person(number), keys=KEYS, for_vacancy=True)
    return made


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (None, 5),  # fewer than ten decided cases: nobody is spared
        (0.0, 5),
        (0.2, 4),  # five times four fifths
        (0.3, 4),  # three and a half, and half a person is a person
        (1.0, 0),
    ],
)
def test_of_the_people_who_learn_for_a_vacancy_the_known_share_of_refusals_is_not_expected(
    session, vacancy, monkeypatch, share, expected
):
    shares = {} if share is None else {vacancy.country: share}
    monkeypatch.setattr(
        places, "refused_shares", lambda _session, countries: {c: shares[c] for c in countries & shares.keys()}
    )
    assert places.expected_from_courses(session, [vacancy]) == {vacancy.id: expected}


def test_a_vacancy_without_a_course_is_not_counted(session, institute, agency):
    other = make_vacancy(session, agency, VacancyState.PUBLISHED)
    assert places.expected_from_courses(session, [other]) == {}
