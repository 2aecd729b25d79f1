"""Which course opens which vacancy for whom: whole arrays say what one comparison after the other says."""

from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from talent.readiness.openings import MOST_COUNTED, Held, Opened, Wanted

SKILLS = [UUID(int=number) for number in range(MOST_COUNTED + 4)]
some_skills = st.frozensets(st.sampled_from(SKILLS))


def held_by(people):
    known = sorted(frozenset().union(*people))
    has = np.zeros((len(people), len(known) + 1), dtype=np.bool_)
    for number, skills in enumerate(people):
        has[number, [known.index(skill) for skill in skills]] = True
    return Held({skill: number for number, skill in enumerate(known)}, has)


def opened(people, musts, courses):
    found = Opened()
    wanted = [Wanted(UUID(int=1000 + number), number + 1, one) for number, one in enumerate(musts)]
    found.add(held_by(people), wanted, {UUID(int=2000 + number): one for number, one in enumerate(courses)})
    return (
        {(key.int - 2000, vacancy.int - 1000) for key, vacancies in found.vacancies.items() for vacancy in vacancies},
        {key.int - 2000: count for key, count in found.people.items()},
    )


@given(
    st.lists(some_skills, max_size=6),
    st.lists(some_skills.filter(bool), min_size=1, max_size=5),
    st.lists(some_skills, max_size=10),
)
def test_a_vacancy_is_opened_when_somebody_lacks_something_and_the_course_teaches_all_of_it(people, musts, courses):
    expected = {
        (course, vacancy)
        for course, taught in enumerate(courses)
        for vacancy, asked in enumerate(musts)
        if any(asked - held and asked - held <= taught for held in people)
    }
    away = {
        course: sum(any(asked - held and asked - held <= taught for asked in musts) for held in people)
        for course, taught in enumerate(courses)
    }
    assert opened(people, musts, courses) == (expected, {key: count for key, count in away.items() if count})


def test_somebody_who_lacks_nothing_is_no_certificate_away():
    assert opened([frozenset(SKILLS[:2])], [frozenset(SKILLS[:2])], [frozenset(SKILLS)]) == (set(), {})


def test_more_must_have_skills_than_a_table_holds_are_compared_all_the_same():
    asked = frozenset(SKILLS)
    assert opened([asked - {SKILLS[0]}, frozenset()], [asked], [frozenset(SKILLS[:1])]) == ({(0, 0)}, {0: 1})
