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
from talent.foundation.words import N_
from talent.monitoring import outreach, stalls
from talent.monitoring.outreach import Assignment
from talent.monitoring.outreach_terms import TASK_NAMES, Task
from talent.monitoring.stalls import UNDER_WAY, Cases, Jam
from talent.pathways.terms import DOER_NAMES, Doer
from talent.placements.models import Placement
from talent.placements.states import PlacementState
from talent.taxonomy.countries import country_name
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, FormDep, blank
from web.pages import Page
from web.parts import Bar, Choice, Tag
from web.policy import holds
from web.routes.placement_views import STATE_TAGS

router = APIRouter(prefix="/stalls", dependencies=[holds(Permission.PLACEMENT_READ_ALL)])
CASES = "/stalls/cases"
ALL = Choice("", N_("All"))
LATE = Choice("true", N_("Only those past a deadline"))


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
    countries: Sequence[Choice]
    states: Sequence[Choice]
    doer_choices: Sequence[Choice]
    late: Choice
    tasks: Sequence[Choice]
    colleagues: Sequence[Choice]
    tags: Mapping[PlacementState, Tag]
    doers: Mapping[Doer, str]


def country_choices(session: Session, actor: Actor, page: Page) -> list[Choice]:
    """The countries with cases under way."""
    return [ALL, *(Choice(code, country_name(code, page.language.code)) for code in stalls.countries(session, actor))]


def query_of(which: Cases) -> dict[str, str]:
    """The cases that are meant, as they stand in an address."""
    told = {"country": which.country, "state": which.state, "doer": which.doer, "late": "true" if which.late else ""}
    return {name: str(value) for name, value in told.items() if value}


def asked(query: Mapping[str, str]) -> Cases:
    """The cases that an address means; what it says wrongly is not asked."""
    state, doer = query.get("state", ""), query.get("doer", "")
    return Cases(
        country=query.get("country", ""),
        state=PlacementState(state) if state in set(UNDER_WAY) else None,
        doer=Doer(doer) if doer in set(Doer) else None,
        late=query.get("late") == "true",
    )


@router.get("")
def where(session: SessionDep, actor: ActorDep, page: PageDep, country: str = "") -> Response:
    """Where cases stand still, of all countries or of one."""
    found = stalls.jams(session, actor, country=country)
    linked = [
        (jam, f"{CASES}?{urlencode(query_of(Cases.model_validate(vars(jam) | {'late': False})))}") for jam in found
    ]
    steps = [Bar(STATE_TAGS[state].label, sum(jam.cases for jam in found if jam.state is state)) for state in UNDER_WAY]
    view = StallsView(
        linked, [bar for bar in steps if bar.value], country_choices(session, actor, page), STATE_TAGS, DOER_NAMES
    )
    return page.show("figures/stalls.html", view, form=blank(country=country))


def cases_view(
    session: Session, actor: Actor, page: Page, which: Cases, ticked: Sequence[str], *, ticks_all: bool = False
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
        country_choices(session, actor, page),
        [ALL, *(Choice(state.value, STATE_TAGS[state].label) for state in UNDER_WAY)],
        [ALL, *(Choice(doer.value, DOER_NAMES[doer]) for doer in Doer)],
        LATE,
        [Choice(task.value, TASK_NAMES[task]) for task in Task],
        staff,
        STATE_TAGS,
        DOER_NAMES,
    )


@router.get("/cases")
def cases(session: SessionDep, actor: ActorDep, page: PageDep, ticked: str = "") -> Response:
    """The cases behind a count, oldest deadline first."""
    which = asked(page.request.query_params)
    view = cases_view(session, actor, page, which, (), ticks_all=ticked == "all")
    form = blank(**query_of(which), assigned_to=str(actor.id), due_on=today() + stalls.WEEK)
    return page.show("figures/cases.html", view, form=form)


@router.post("/cases")
def assign(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Give out a follow-up for every ticked case."""
    form.once(session, actor, then="/follow-ups?show=all")
    which = asked({name: values[-1] for name, values in form.fields.items() if values})
    answer: Any = form.read(Assignment)
    if answer.value is not None:
        try:
            outreach.assign(session, actor, answer.value)
        except Unprocessable as error:
            answer = answer.refuse(WHOLE_FORM, error.message)
    if answer.value is None:
        view = cases_view(session, actor, page, which, answer.all("cases"))
        return page.again("figures/cases.html", view, answer)
    return form.done(session, "/follow-ups?show=all")
