"""What vacancies ask for and what people have or learn, counted by the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileSkill
from talent.training.models import Cohort, Course, CourseSkill, Enrolment
from talent.training.states import SEATED
from talent.vacancies.models import Vacancy, VacancySkill
from talent.vacancies.states import VacancyState

SEATS = func.sum(Vacancy.seats)
MUST = func.coalesce(SEATS.filter(VacancySkill.is_must), 0)
NICE = func.coalesce(SEATS.filter(~VacancySkill.is_must), 0)
STARTS = func.coalesce(func.to_char(Vacancy.start_on, "YYYY-MM"), "")
ENDS = func.coalesce(func.to_char(Cohort.ends_on, "YYYY-MM"), "")
Rows = list[list[Any]]


def _asked(*by: Any, amounts: tuple[Any, ...] = (MUST, NICE)) -> Select[Any]:
    query = select(*by, *amounts).join(Vacancy, Vacancy.id == VacancySkill.vacancy_id)
    return query.where(Vacancy.state == VacancyState.PUBLISHED).group_by(*by)


def _learning(*by: Any, skills: bool) -> Select[Any]:
    query = select(*by, func.count()).select_from(Enrolment).join(Cohort, Cohort.id == Enrolment.cohort_id)
    query = query.join(Course, Course.id == Cohort.course_id)
    if skills:
        query = query.join(CourseSkill, CourseSkill.course_id == Course.id)
    return query.where(Enrolment.state.in_(SEATED)).group_by(*by)


def _levels() -> Select[Any]:
    """The levels on completion that are stated for a skill, of courses in which somebody has a seat."""
    stated = CourseSkill.eqf_level
    going = select(Cohort.course_id).join(Enrolment, Enrolment.cohort_id == Cohort.id)
    columns: tuple[Any, ...] = (CourseSkill.skill_id, func.min(stated), func.max(stated))
    taught_now = CourseSkill.course_id.in_(going.where(Enrolment.state.in_(SEATED)))
    return select(*columns).where(stated.is_not(None), taught_now).group_by(CourseSkill.skill_id)


def demand(session: Session) -> dict[str, Rows]:
    """Seats of published vacancies, and people who have or learn what they ask for; a month that is not stated is "".

    ``seats`` : rows of occupation, skill, and by country the seats that must have it and those that welcome it.
    ``starts``: rows of occupation, country, month of the start, seats.
    ``held``  : rows of occupation, skill, published candidates.
    ``coming``: rows of occupation, skill, people in training.
    ``levels``: rows of skill, lowest and highest EQF level that courses with people in training state for it.
    ``ends``  : rows of occupation, month of the end, people in training.
    """
    of, skill = Vacancy.occupation_id, VacancySkill.skill_id
    begin = select(of, Vacancy.country, STARTS, SEATS).where(Vacancy.state == VacancyState.PUBLISHED)
    held = (
        select(Profile.occupation_id, ProfileSkill.skill_id, func.count())
        .join(Profile, Profile.id == ProfileSkill.profile_id)
        .where(may_be_ranked())
        .group_by(Profile.occupation_id, ProfileSkill.skill_id)
    )
    counts = {
        "seats": _asked(of, skill, Vacancy.country),
        "starts": begin.group_by(of, Vacancy.country, STARTS),
        "held": held,
        "coming": _learning(Course.occupation_id, CourseSkill.skill_id, skills=True),
        "ends": _learning(Course.occupation_id, ENDS, skills=False),
        "levels": _levels(),
    }
    found = {name: _plain(session.execute(query)) for name, query in counts.items()}
    by_skill: dict[tuple[Any, Any], dict[str, list[int]]] = defaultdict(dict)
    for occupation, key, country, must, nice in found["seats"]:
        by_skill[occupation, key][country] = [must, nice]
    return found | {"seats": [[*key, by_country] for key, by_country in by_skill.items()]}


def months(session: Session) -> dict[str, dict[str, Rows]]:
    """By skill: ``starts``, rows of occupation, country, month, seats that must have it; ``ends`` as in ``demand``."""
    found: dict[str, dict[str, Rows]] = defaultdict(lambda: {"starts": [], "ends": []})
    of, skill = Vacancy.occupation_id, VacancySkill.skill_id
    for key, *row in _plain(session.execute(_asked(skill, of, Vacancy.country, STARTS, amounts=(MUST,)))):
        found[key]["starts"].append(row)
    for key, *row in _plain(session.execute(_learning(CourseSkill.skill_id, Course.occupation_id, ENDS, skills=True))):
        found[key]["ends"].append(row)
    return found


def _plain(rows: Iterable[Sequence[Any]]) -> Rows:
    return [[str(value) if isinstance(value, UUID) else value for value in row] for row in rows]
