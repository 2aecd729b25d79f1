"""Errors that readers report about the public pages of ways: anybody may, nobody is asked who, and staff answer."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.accounts.throttle import Visit, count_failure, hashed, network_prefix, refuse_when_throttled
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.paging import Page, page_of
from talent.foundation.words import N_
from talent.pathways.catalogue import Pathway
from talent.pathways.models import ErrorReport

NO_SUCH_REPORT = N_("There is no such report.")
SETTLED_ALREADY = N_("Somebody has settled this already.")
SAY_WHAT = N_("Say what was found.")
LEAST = 10


class ErrorTold(BaseModel):
    """What a reader found wrong."""

    words: str = Field(
        min_length=LEAST,
        max_length=1000,
        title=N_("What is wrong"),
        json_schema_extra={"missing": N_("Say what is wrong."), "string_too_short": N_("Say what is wrong.")},
    )


class ReportSettled(BaseModel):
    """What staff found."""

    answer: str = Field("", max_length=1000, title=N_("What was found"))


def report(session: Session, way: Pathway, told: ErrorTold, visit: Visit) -> None:
    """Keep a report; neither account nor address is kept with it.

    Raises:
        TooMany: this browser or network has sent too many.
    """
    keys = {"reports": f"reports:{hashed(network_prefix(visit.network))[:32]}"}
    if visit.device:
        keys["report"] = f"report:{hashed(visit.device)[:32]}"
    refuse_when_throttled(session, keys)
    count_failure(session, keys)
    session.add(
        ErrorReport(pathway_id=way.id, rules_version=way.version, words=told.words, reported_at=now(), answer="")
    )
    session.flush()


def reports(session: Session, actor: Actor, *, number: int = 1) -> Page[ErrorReport]:
    """One page of what was reported: what waits first, the oldest on top.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    order = (ErrorReport.settled_at.is_not(None), ErrorReport.reported_at, ErrorReport.id)
    return page_of(session, select(ErrorReport).order_by(*order), number=number)


def how_many_wait(session: Session, actor: Actor) -> int:
    """How many reports nobody has settled.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    waiting = select(func.count()).select_from(ErrorReport).where(ErrorReport.settled_at.is_(None))
    return session.scalar(waiting) or 0


def settle(session: Session, actor: Actor, report_id: UUID, told: ReportSettled) -> ErrorReport:
    """Say what was found about a report.

    Raises:
        NotPermitted: the actor is no project staff.
        NotFound, Conflict, Unprocessable: there is none, it was settled, or nothing is said.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    found = session.get(ErrorReport, report_id, with_for_update=True)
    if found is None:
        raise NotFound(NO_SUCH_REPORT)
    if found.settled_at is not None:
        raise Conflict(SETTLED_ALREADY)
    if not told.answer.strip():
        raise Unprocessable(SAY_WHAT)
    found.settled_at, found.settled_by, found.answer = now(), actor.id, told.answer
    session.flush()
    return found
