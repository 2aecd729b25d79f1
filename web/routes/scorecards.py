"""Scorecards of employers and institutes, seats promised against held, and demand that no pathway is open to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.monitoring import scorecards
from talent.monitoring.scorecards import CostCard, EmployerCard, InstituteCard, Seats, Unmet
from talent.pathways.catalogue import catalogue
from web.dependencies import ActorDep, PageDep, SessionDep
from web.occupations import occupation_groups
from web.parts import Text
from web.policy import holds

router = APIRouter(prefix="/figures/scorecards", dependencies=[holds(Permission.PLACEMENT_READ_ALL)])


@dataclass(frozen=True)
class ScorecardsView:
    """Every table."""

    seats: Sequence[Seats]
    employers: Sequence[EmployerCard]
    institutes: Sequence[InstituteCard]
    unmet: Sequence[Unmet]
    costs: Sequence[CostCard]
    ways: Mapping[str, Text]
    occupations: Mapping[str, Text]


@router.get("")
def cards(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Who keeps what was promised, and what cannot be promised at all."""
    view = ScorecardsView(
        scorecards.seats_held(session, actor),
        scorecards.employers(session, actor),
        scorecards.institutes(session, actor),
        scorecards.unmet_demand(session, actor),
        scorecards.costs(session, actor),
        {way.id: way.title for way in catalogue().pathways},
        {one.value: one.label for one in occupation_groups(session, page.language.code)},
    )
    return page.show("figures/scorecards.html", view)
