"""“Report an error” on the public page of a way, for anybody; and the list of what was reported, for project staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotFound, TooMany, Unprocessable
from talent.foundation.paging import Page
from talent.pathways import error_reports
from talent.pathways.catalogue import Pathway, catalogue
from talent.pathways.error_reports import ErrorTold, ReportSettled
from talent.pathways.models import ErrorReport
from web.dependencies import ActorDep, OptionalActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, FormDep, blank
from web.policy import ENTRANCE, holds
from web.routes.pathways import NO_SUCH_WAY

open_router = APIRouter(prefix="/pathways", dependencies=[ENTRANCE])
router = APIRouter(prefix="/error-reports", dependencies=[holds(Permission.PLACEMENT_READ_ALL)])


@dataclass(frozen=True)
class ReportView:
    """The way whose page is wrong; afterwards, that it was sent."""

    way: Pathway
    sent: bool


@dataclass(frozen=True)
class ReportsView:
    """What was reported, with the titles of the ways."""

    found: Page[ErrorReport]
    titles: Mapping[str, str]


def way_of(name: str) -> Pathway:
    """The way of this name.

    Raises:
        NotFound: there is none today.
    """
    found = catalogue().pathway(name, on=today())
    if found is None:
        raise NotFound(NO_SUCH_WAY)
    return found


@open_router.get("/{name}/error")
def ask(name: str, _actor: OptionalActorDep, page: PageDep, sent: str = "") -> Response:
    """Ask what is wrong."""
    return page.show("pathways/error.html", ReportView(way_of(name), sent == "yes"), form=blank())


@open_router.post("/{name}/error")
def report(name: str, session: SessionDep, page: PageDep, form: FormDep) -> Response:
    """Keep what was reported."""
    view = ReportView(way_of(name), sent=False)
    answer = form.read(ErrorTold)
    if answer.value is None:
        return page.again("pathways/error.html", view, answer)
    there = f"/pathways/{view.way.id}/error?sent=yes"
    try:
        with session.begin_nested():
            form.once(session, None, then=there)
            error_reports.report(session, view.way, answer.value, page.visit)
    except TooMany as refused:
        return page.show(
            "pathways/error.html", view, form=answer.refuse("words", refused.message), status=refused.http_status
        )
    return form.done(session, there)


def reports_view(session: SessionDep, actor: ActorDep, page: PageDep) -> ReportsView:
    """One page of what was reported."""
    titles = {row.id: row.title for row in catalogue().pathways}
    return ReportsView(error_reports.reports(session, actor, number=page.number), titles)


@router.get("")
def every(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What was reported, what waits on top."""
    return page.show("pathways/errors.html", reports_view(session, actor, page), form=blank())


@router.post("/{report_id}")
def settle(report_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Say what was found."""
    form.once(session, actor, then="/error-reports")
    answer = form.read(ReportSettled)
    if answer.value is not None:
        try:
            error_reports.settle(session, actor, report_id, answer.value)
        except (Conflict, Unprocessable) as refused:
            answer = answer.refuse(WHOLE_FORM, refused.message)
    if answer.value is None:
        return page.again("pathways/errors.html", reports_view(session, actor, page), answer)
    return form.done(session, "/error-reports")
