"""The statutory clock of one step of a placement: it stands still while the authority waits, and goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.casework.clock_terms import PAUSE_NAMES
from talent.casework.deadlines import Stop
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.words import Sentence
from talent.placements import service
from talent.placements.models import Placement
from talent.placements.pauses import resume_clock, stop_clock
from talent.placements.schemas import ClockResumed, ClockStopped
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Form, FormDep, blank
from web.parts import Choice
from web.policy import TAKES_PART
from web.routes.placement_views import clock_words, stop_words

router = APIRouter(prefix="/placements/{placement_id}/clock", dependencies=[TAKES_PART])


@dataclass(frozen=True)
class ClockView:
    """One step, what its clock says, when it stood still, and why the law lets it."""

    placement_id: UUID
    step: str
    says: Sequence[Sentence]
    stops: Sequence[Sentence]
    stands: Stop | None
    reasons: Sequence[Choice]


def clock_view(placement: Placement, way: str, step: str) -> ClockView:
    """The clock of this step.

    Raises:
        NotFound: the placement has no such step, or its time is not limited.
    """
    line = service.line_of(placement, way, step)
    if line.step.limit is None:
        raise NotFound(service.NO_SUCH_STEP)
    reasons = [Choice(why.value, PAUSE_NAMES[why]) for why in line.step.limit.pauses]
    return ClockView(placement.id, line.step.text, clock_words(line), stop_words(line), line.stands_since, reasons)


@router.get("")
def clock(
    placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, way: str = "", step: str = ""
) -> Response:
    """What the clock says, and the form that lets it stand still or go on."""
    view = clock_view(service.get(session, actor, placement_id), way, step)
    return page.show("placements/clock.html", view, form=blank(way=way, step=step))


@router.post("/stop")
def stop(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """The authority asked for something: the clock stands still."""
    return _changed(placement_id, session, actor, page, form, stops=True)


@router.post("/resume")
def resume(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """The authority was answered: the clock goes on."""
    return _changed(placement_id, session, actor, page, form, stops=False)


def _changed(
    placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: Form, *, stops: bool
) -> Response:
    found = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(ClockStopped) if stops else form.read(ClockResumed)
    view = clock_view(found, answer.text("way"), answer.text("step"))
    told = answer.value
    if told is None:
        return page.again("placements/clock.html", view, answer)
    here = f"/placements/{placement_id}#line"
    form.once(session, actor, then=here)
    try:
        with session.begin_nested():
            if isinstance(told, ClockStopped):
                stop_clock(session, actor, found, (told.way, told.step), told.why, since=told.since)
            else:
                resume_clock(session, actor, found, (told.way, told.step), until=told.until)
    except (Conflict, NotPermitted, Unprocessable) as refused:
        field = "since" if stops else "until"
        return page.again("placements/clock.html", view, answer.refuse(field, refused.message))
    return form.done(session, here)
