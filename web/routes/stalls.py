"""Where placements stand still, and the cases behind it, for which follow-ups are given out at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Unprocessable
from talent.foundation.paging import Page as Rows
from talent.monitoring import outreach, stalls
from talent.monitoring.outreach import Assignment
from talent.monitoring.outreach_terms import TASK_NAMES, Task
from talent.monitoring.stalls import UNDER_WAY, Jam
from talent.pathways.terms import DOER_NAMES, Doer
from talent.placements.listing import Cases
from talent.placements.models import Placement
from talent.placements.states import PlacementState
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, FormDep, blank
from web.listings import CASES as CASE_LIST
from web.pages import Page
from web.parts import Bar, Choice, Tag
from web.policy import holds
from web.routes.case_filters import CaseChoices, case_choices, cases_asked, query_of
from web.routes.placement_views import STATE_TAGS

router = APIRouter(prefix="/stalls", dependencies=[holds(Permission.PLACEMENT_READ_ALL)])
CASES = "/stalls/cases"


@dataclass(frozen=True)
class StallsView:
    """Where cases stand, by country, step and who must act."""

    jams: Sequence[tuple[Jam, str]]
    steps: Sequence[Bar]
    countries: Sequence[Choice]
    tags: Mapping[PlacementState, Tag]
    doers: Mapping[Doer, str]


@dataclass(frozen=True)
class CasesView:
    """The cases that are meant, each to be ticked, and what may be given out for them."""

    found: Rows[Placement]
    query: Mapping[str, str]
    ticked: frozenset[str]
    all_ticked: str
    arrangement: Arranged
    choices: CaseChoices
    tasks: Sequence[Choice]
    colleagues: Sequence[Choice]
    tags: Mapping[PlacementState, Tag]
    doers: Mapping[Doer, str]


def choices_of(session: Session, actor: Actor, page: Page) -> CaseChoices:
    """What cases under way can be narrowed to."""
    return case_choices(stalls.countries(session, actor), UNDER_WAY, page.language.code)


@router.get("")
def where(session: SessionDep, actor: ActorDep, page: PageDep, country: str = "") -> Response:
    """Where cases stand still, of all countries or of one."""
    found = stalls.jams(session, actor, country=country)
    linked = [
        (jam, f"{CASES}?{urlencode(query_of(Cases.model_validate(vars(jam) | {'late': False})))}") for jam in found
    ]
    steps = [Bar(STATE_TAGS[state].label, sum(jam.cases for jam in found if jam.state is state)) for state in UNDER_WAY]
    view = StallsView(
        linked, [bar for bar in steps if bar.value], choices_of(session, actor, page).countries, STATE_TAGS, DOER_NAMES
    )
    return page.show("figures/stalls.html", view, form=blank(country=country))


def cases_view(
    session: Session,
    actor: Actor,
    page: Page,
    arrangement: Arranged,
    which: Cases,
    ticked: Sequence[str],
    *,
    ticks_all: bool = False,
) -> CasesView:
    """The list of these cases with its form."""
    found = stalls.cases(session, actor, which, number=page.number)
    query = query_of(which)
    staff = [Choice(str(one.id), one.name or one.login) for one in outreach.colleagues(session, actor)]
    return CasesView(
        found,
        query,
        frozenset(str(row.id) for row in found.rows) if ticks_all else frozenset(ticked),
        f"{CASES}?{urlencode(query | {'ticked': 'all'} | ({'page': str(found.number)} if found.number > 1 else {}))}",
        arrangement,
        choices_of(session, actor, page),
        [Choice(task.value, TASK_NAMES[task]) for task in Task],
        staff,
        STATE_TAGS,
        DOER_NAMES,
    )


@router.get("/cases")
def cases(session: SessionDep, actor: ActorDep, page: PageDep, ticked: str = "") -> Response:
    """The cases behind a count, oldest deadline first."""
    arrangement = arranged(session, actor, page, CASE_LIST)
    which = cases_asked(arrangement, UNDER_WAY)
    view = cases_view(session, actor, page, arrangement, which, (), ticks_all=ticked == "all")
    form = blank(**query_of(which), assigned_to=str(actor.id), due_on=today() + stalls.WEEK)
    return page.show("figures/cases.html", view, form=form)


@router.post("/cases")
def assign(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Give out a follow-up for every ticked case."""
    form.once(session, actor, then="/follow-ups?show=all")
    which = cases_asked({name: values[-1] for name, values in form.fields.items() if values}, UNDER_WAY)
    answer: Any = form.read(Assignment)
    if answer.value is not None:
        try:
            outreach.assign(session, actor, answer.value)
        except Unprocessable as error:
            answer = answer.refuse(WHOLE_FORM, error.message)
    if answer.value is None:
        arrangement = arranged(session, actor, page, CASE_LIST)
        view = cases_view(session, actor, page, arrangement, which, answer.all("cases"))
        return page.again("figures/cases.html", view, answer)
    return form.done(session, "/follow-ups?show=all")
