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

    id: str
    label: str
    seats: Sequence[int]
    total: int
    candidates: int | None
    coming: int | None
    levels: tuple[int, int] | None
    """The lowest and the highest EQF level on completion that courses state; None where none does."""


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
    skill: str
    courses: Sequence[CourseRow]
    occupation_choices: Sequence[Choice]
    country_choices: Sequence[Choice]


@router.get("/outlook")
def what_to_teach(
    session: SessionDep, actor: ActorDep, page: PageDep, occupation: str = "", country: str = "", skill: str = ""
) -> Response:
    """The heat map, the months and the courses, from pictures that the worker has stored."""
    demand = outlook.newest(session, actor, DEMAND)
    courses = outlook.newest(session, actor, COURSES)
    language = page.language.code
    if demand is None or courses is None:
        return page.show("training/outlook.html", OutlookView(None, (), (), 1, (), "", (), (), ()))
    seats = demand.content["seats"]
    known = {row[0] for row in seats if row[0]}
    names = labels(session, [UUID(key) for key in known], language)
    wanted = [(key, by_country) for of, key, by_country in seats if not occupation or of == occupation]
    everywhere = {code for _, _, by_country in seats for code in by_country}
    shown = sorted(code for code in everywhere if not country or code == country)
    rows = heat_rows(demand, wanted, shown, occupation)
    chosen = skill if skill in {row[1] for row in seats} else ""
    named = {row[0] for row in rows} | ({chosen} - {""})
    skills = labels(session, [UUID(key) for key in named], language)
    by_month = outlook.months_of_skill(session, actor, UUID(chosen)) if chosen else demand.content
    levels = {key: (low, high) for key, low, high in demand.content.get("levels", ())}  # not in older pictures
    view = OutlookView(
        computed_at=demand.computed_at,
        countries=shown,
        heat=[
            HeatRow(key, skills.get(UUID(key), ""), by_country, total, candidates, coming, levels.get(key))
            for key, by_country, total, candidates, coming in rows
        ],
        most=max([1, *(max(row[1], default=0) for row in rows)]),
        months=month_rows(by_month, occupation, country),
        skill=skills.get(UUID(chosen), "") if chosen else "",
        courses=course_rows(session, actor, courses),
        occupation_choices=by_label([Choice(str(key), name) for key, name in names.items()]),
        country_choices=by_label([Choice(code, country_name(code, language)) for code in everywhere]),
    )
    return page.show("training/outlook.html", view, form=blank(occupation=occupation, country=country))


def heat_rows(
    demand: Picture,
    wanted: Sequence[tuple[str, Mapping[str, Sequence[int]]]],
    countries: Sequence[str],
    occupation: str,
) -> list[tuple[str, list[int], int, int | None, int | None]]:
    """The skills that most seats need: seats by country, their sum, people who have it, people who learn it."""
    by_skill: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for skill, by_country in wanted:
        for country in by_country.keys() & set(countries):
            by_skill[skill][country] += by_country[country][0]
    held = summed(demand.content["held"], occupation)
    coming = summed(demand.content["coming"], occupation)
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


def month_rows(counts: Mapping[str, Any], occupation: str, country: str) -> list[MonthRow]:
    """Seats that begin and people whose course ends by month; those without a month are left out."""
    seats: dict[str, int] = defaultdict(int)
    coming: dict[str, int] = defaultdict(int)
    for of, where, month, number in counts["starts"]:
        if (not occupation or of == occupation) and (not country or where == country):
            seats[month] += number
    for of, month, people in counts["ends"]:
        if not occupation or of == occupation:
            coming[month] += people
    return [
        MonthRow(month, seats.get(month, 0), counted(coming.get(month, 0)))
        for month in sorted({*seats, *coming})
        if month
    ]


def course_rows(session: SessionDep, actor: ActorDep, picture: Picture) -> list[CourseRow]:
    """The courses that the reader may know, those that would open most seats first."""
    own = service.course_titles(session, actor)
    return [
        CourseRow(
            own[row["course"]],
            f"/training/courses/{row['course']}",
            row["vacancies"],
            row["seats"],
            row["people"],
        )
        for row in picture.content["courses"]
        if row["course"] in own
    ][:COURSES_SHOWN]
