"""What to teach next: demand against supply as a heat map, and the courses that would open most seats."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.counting import counted
from talent.readiness import outlook
from talent.readiness.outlook import COURSES, DEMAND, Picture
from talent.taxonomy.countries import country_name
from talent.taxonomy.service import labels
from talent.training import service
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import blank
from web.parts import Choice
from web.policy import holds
from web.routes.vacancy_parts import by_label

router = APIRouter(prefix="/institute", dependencies=[holds(Permission.GAPS_READ)])
SKILLS_SHOWN = 20
COURSES_SHOWN = 20
ANY = Choice("", "")


@dataclass(frozen=True)
class HeatRow:
    """One skill: seats that must have it by country, people who have it, people who learn it."""

    label: str
    seats: Sequence[int]
    total: int
    candidates: int | None
    coming: int | None


@dataclass(frozen=True)
class MonthRow:
    """One month: seats that begin, people whose course ends; the month is empty where nobody stated one."""

    month: str
    seats: int
    coming: int | None


@dataclass(frozen=True)
class CourseRow:
    """One course and what it would open; ``people`` is None when there are fewer than ten."""

    title: str
    href: str
    vacancies: int
    seats: int
    people: int | None


@dataclass(frozen=True)
class OutlookView:
    """The newest pictures, narrowed to what was asked for."""

    computed_at: datetime | None
    countries: Sequence[str]
    heat: Sequence[HeatRow]
    most: int
    months: Sequence[MonthRow]
    courses: Sequence[CourseRow]
    occupation_choices: Sequence[Choice]
    country_choices: Sequence[Choice]


@router.get("/outlook")
def what_to_teach(
    session: SessionDep, actor: ActorDep, page: PageDep, occupation: str = "", country: str = ""
) -> Response:
    """The heat map, the months and the courses, from pictures that the worker has stored."""
    demand = outlook.newest(session, actor, DEMAND)
    courses = outlook.newest(session, actor, COURSES)
    language = page.language.code
    if demand is None or courses is None:
        return page.show("training/outlook.html", OutlookView(None, (), (), 1, (), (), (), ()))
    seats = demand.content["seats"]
    known = {row[0] for row in seats if row[0]}
    names = labels(session, [UUID(key) for key in known], language)
    wanted = [row for row in seats if (not occupation or row[0] == occupation) and (not country or row[2] == country)]
    shown = sorted({row[2] for row in wanted})
    rows = heat_rows(demand, wanted, shown, occupation)
    skills = labels(session, [UUID(key) for key, *_ in rows], language)
    view = OutlookView(
        computed_at=demand.computed_at,
        countries=shown,
        heat=[
            HeatRow(skills.get(UUID(key), ""), by_country, total, candidates, coming)
            for key, by_country, total, candidates, coming in rows
        ],
        most=max([1, *(max(row[1], default=0) for row in rows)]),
        months=month_rows(demand, wanted, occupation),
        courses=course_rows(session, actor, courses),
        occupation_choices=by_label([Choice(str(key), name) for key, name in names.items()]),
        country_choices=by_label([Choice(code, country_name(code, language)) for code in {row[2] for row in seats}]),
    )
    return page.show("training/outlook.html", view, form=blank(occupation=occupation, country=country))


def heat_rows(
    demand: Picture, wanted: Sequence[Sequence[Any]], countries: Sequence[str], occupation: str
) -> list[tuple[str, list[int], int, int | None, int | None]]:
    """The skills that most seats need: seats by country, their sum, people who have it, people who learn it."""
    by_skill: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, skill, country, _, must, _ in wanted:
        by_skill[skill][country] += must
    held = summed(demand.content["held"], occupation)
    coming = summed(((row[0], row[1], row[3]) for row in demand.content["coming"]), occupation)
    most = sorted(by_skill, key=lambda skill: (-sum(by_skill[skill].values()), skill))[:SKILLS_SHOWN]
    return [
        (
            skill,
            [by_skill[skill].get(code, 0) for code in countries],
            sum(by_skill[skill].values()),
            counted(held.get(skill, 0)),
            counted(coming.get(skill, 0)),
        )
        for skill in most
    ]


def summed(rows: Any, occupation: str) -> Mapping[str, int]:
    """People by skill, of one occupation or of all."""
    found: dict[str, int] = defaultdict(int)
    for of, skill, number in rows:
        if not occupation or of == occupation:
            found[skill] += number
    return found


def month_rows(demand: Picture, wanted: Sequence[Sequence[Any]], occupation: str) -> list[MonthRow]:
    """Seats and people by month; a vacancy counts once by its most asked skill, a person once by their most taught."""
    seats: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    coming: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, skill, _, month, must, _ in wanted:
        seats[month][skill] += must
    for of, skill, month, people in demand.content["coming"]:
        if not occupation or of == occupation:
            coming[month][skill] += people
    return [
        MonthRow(
            month,
            max(seats[month].values(), default=0) if month in seats else 0,
            counted(max(coming[month].values(), default=0)) if month in coming else 0,
        )
        for month in sorted({*seats, *coming})
        if month
    ]


def course_rows(session: SessionDep, actor: ActorDep, picture: Picture) -> list[CourseRow]:
    """The courses that the reader may know, those that would open most seats first."""
    own = {str(course.id): course for course in service.courses(session, actor)}
    return [
        CourseRow(
            own[row["course"]].title,
            f"/training/courses/{row['course']}",
            row["vacancies"],
            row["seats"],
            row["people"],
        )
        for row in picture.content["courses"]
        if row["course"] in own
    ][:COURSES_SHOWN]
