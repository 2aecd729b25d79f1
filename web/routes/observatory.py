"""The public observatory: figures of the whole way, withheld where few, each with what it counts and its date."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.foundation.words import N_
from talent.monitoring import crosstab
from talent.monitoring.crosstab import Made
from talent.monitoring.indicators import Indicator, indicators
from talent.monitoring.ladder import STAGE_NAMES, Stage
from talent.monitoring.spans import TO_EVENTS
from web.dependencies import PageDep, SessionDep
from web.figure_pictures import Line, arrivals_map, line, parts_of_the_way, provinces_map
from web.parts import Text
from web.pictures import FunnelRow, SpanRow, Tile, funnel_rows
from web.policy import PUBLIC

router = APIRouter(prefix="/observatory", dependencies=[PUBLIC])
DEFINITIONS: Sequence[tuple[str, str]] = (
    (N_("People"), N_("Candidates with a profile here, each counted once, at the furthest stage that they came to.")),
    (
        N_("Came to a stage"),
        N_("Everybody who reached it, also those who went further, ended, or returned to Pakistan later."),
    ),
    (
        N_("Half are through after"),
        N_("The median by the method of Kaplan and Meier: whoever still waits counts for as long as they have waited."),
    ),
    (N_("At work after 3, 6, 12 and 24 months"), N_("Confirmed in the placement after so many months of work.")),
    (
        N_("Withheld"),
        N_("Groups of fewer than ten people are put together. No figure, and no difference of two, is about fewer."),
    ),
    (N_("Province"), N_("Only of those who told it for statistics, with a yes that they can take back.")),
)


@dataclass(frozen=True)
class ObservatoryView:
    """What anybody may know."""

    made: Made | None
    rows: Sequence[FunnelRow]
    events: Sequence[SpanRow]
    arrivals: Line
    europe: Sequence[Tile]
    pakistan: Sequence[Tile]
    definitions: Sequence[tuple[Text, Text]]
    indicators: Sequence[Indicator]


@router.get("")
def observatory(session: SessionDep, page: PageDep) -> Response:
    """Figures for everybody."""
    with crosstab.reading(session):
        view = ObservatoryView(
            crosstab.made(session),
            funnel_rows((STAGE_NAMES[rung.stage], rung.people) for rung in crosstab.funnel(session)),
            parts_of_the_way(crosstab.spans(session), TO_EVENTS),
            line(session, Stage.ARRIVED),
            arrivals_map(session, page.language.code),
            provinces_map(session),
            DEFINITIONS,
            indicators(),
        )
    return page.show("figures/observatory.html", view)
