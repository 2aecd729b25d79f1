"""What authorities and project staff do with cases: the inbox, answers of issuers, stopped clocks, calendars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.recognition import calendars, clock_changes, documents, offices, service
from talent.recognition.inbox import Inbox, inbox, recompute
from talent.recognition.models import CalendarCorrection
from talent.recognition.procedures import catalogue
from talent.recognition.schemas import ClockResumed, ClockStopped, DayCorrected, DeadlineExtended, PaperVerified
from talent.recognition.states import CaseState
from talent.recognition.terms import ACT_NAMES, Act
from talent.taxonomy.countries import country_name
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, Answer, FormDep, blank
from web.listings import RECOGNITION
from web.pages import Page
from web.parts import Choice, Tag
from web.policy import holds
from web.routes.recognition import case_address, occupation_names, shown, whole
from web.routes.recognition_words import STATE_TAGS

router = APIRouter(prefix="/recognition", dependencies=[holds(Permission.RECOGNITION_READ)])
acting_router = APIRouter(prefix="/recognition/acting", dependencies=[holds(Permission.RECOGNITION_ACT)])
decided = [holds(Permission.RECOGNITION_DECIDE)]
EVERY_OPEN = "all"
ALL = Choice("", N_("All"))
CALENDARS = "/recognition/calendars"


@dataclass(frozen=True)
class InboxView:
    """One page of cases, the oldest deadline first."""

    found: Inbox
    tags: Mapping[CaseState, Tag]
    acts: Mapping[Act, str]
    occupations: Mapping[str, str]
    today: date
    arrangement: Arranged
    countries: Sequence[Choice]
    acts_for_others: bool
    next_page: str
    shows: Sequence[Choice] = (
        Choice("", N_("Only cases that wait for the authority")),
        Choice("all", N_("All open cases")),
    )
    states: Sequence[Choice] = (ALL, *(Choice(state.value, tag.label) for state, tag in STATE_TAGS.items()))


@dataclass(frozen=True)
class CalendarView:
    """The calendars and what was corrected."""

    regions: Sequence[Choice]
    corrections: Sequence[CalendarCorrection]


@router.get("/inbox")
def cases(session: SessionDep, actor: ActorDep, page: PageDep, due: str = "", after: str = "") -> Response:
    """Cases that wait for the authority, or all open ones, by their oldest deadline."""
    view = inbox_view(session, actor, page, after=place(due, after))
    return page.show("recognition/inbox.html", view, form=blank(**view.arrangement.asked))


@acting_router.get("")
def acting(session: SessionDep, actor: ActorDep, page: PageDep, due: str = "", after: str = "") -> Response:
    """The open cases in which the reader's organisation acts under a power of attorney, by their oldest deadline."""
    view = inbox_view(session, actor, page, after=place(due, after))
    return page.show("recognition/inbox.html", view, form=blank(**view.arrangement.asked))


def inbox_view(session: Session, actor: Actor, page: Page, *, after: tuple[date | None, UUID] | None) -> InboxView:
    """One page of the cases that this reader may know of; whoever acts for workers has no authority to wait for."""
    acts_for_others = actor.has(Permission.RECOGNITION_ACT)
    arrangement = arranged(session, actor, page, RECOGNITION)
    found = inbox(
        session,
        actor,
        waiting_for_authority=not acts_for_others and arrangement.get("show") != EVERY_OPEN,
        state=next((known for known in CaseState if known == arrangement.get("state")), None),
        country=arrangement.get("country"),
        after=after,
    )
    language = page.language.code
    countries = sorted({row.country for row in catalogue().procedures})
    more = found.more
    return InboxView(
        found=found,
        tags=STATE_TAGS,
        acts=ACT_NAMES,
        occupations=occupation_names(session, language),
        today=today(),
        arrangement=arrangement,
        countries=[ALL, *(Choice(code, country_name(code, language)) for code in countries)],
        acts_for_others=acts_for_others,
        next_page=page.address(due=more[0].isoformat() if more[0] else "", after=more[1]) if more else "",
    )


def place(due: str, after: str) -> tuple[date | None, UUID] | None:
    """Where the page before ended; None for the first page.

    Raises:
        NotFound: the address is no place in the list.
    """
    if not after:
        return None
    try:
        return (date.fromisoformat(due) if due else None), UUID(after)
    except ValueError:
        raise NotFound from None


@router.post("/cases/{case_id}/papers/{paper_id}/verify", dependencies=decided)
def verify(
    case_id: UUID, paper_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Write down what the issuer of a document answered."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(PaperVerified)
    if answer.value is None:
        return shown(session, actor, page, found, whole(answer))
    form.once(session, actor, then=case_address(case_id))
    try:
        documents.verify_paper(session, actor, found, paper_id, answer.value)
    except Unprocessable as refused:
        return shown(session, actor, page, found, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, case_address(case_id) + "#documents")


@router.post("/cases/{case_id}/stop", dependencies=decided)
def stop(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Let the clock stand still."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(ClockStopped)
    if answer.value is None:
        return shown(session, actor, page, found, answer)
    form.once(session, actor, then=case_address(case_id))
    try:
        clock_changes.stop_clock(session, actor, found, answer.value.why, since=answer.value.since)
    except (Conflict, Unprocessable) as refused:
        return shown(session, actor, page, found, answer.refuse("since", refused.message))
    return form.done(session, case_address(case_id))


@router.post("/cases/{case_id}/resume", dependencies=decided)
def resume(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Let the clock go on."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(ClockResumed)
    if answer.value is None:
        return shown(session, actor, page, found, answer)
    form.once(session, actor, then=case_address(case_id))
    try:
        clock_changes.resume_clock(session, actor, found, until=answer.value.until)
    except (Conflict, Unprocessable) as refused:
        return shown(session, actor, page, found, answer.refuse("until", refused.message))
    return form.done(session, case_address(case_id))


@router.post("/cases/{case_id}/extend", dependencies=decided)
def extend(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Extend the deadline of the decision once."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(DeadlineExtended)
    if answer.value is None:
        return shown(session, actor, page, found, answer)
    form.once(session, actor, then=case_address(case_id))
    try:
        clock_changes.extend(session, actor, found, told_on=answer.value.told_on, until=answer.value.until)
    except (Conflict, Unprocessable) as refused:
        return shown(session, actor, page, found, answer.refuse("told_on", refused.message))
    return form.done(session, case_address(case_id))


@router.post("/cases/{case_id}/office/{office_id}", dependencies=[holds(Permission.RECOGNITION_READ_ALL)])
def hand_over(case_id: UUID, office_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Let an authority's office see the case."""
    form.once(session, actor, then=case_address(case_id))
    offices.hand_over(session, actor, service.get_case(session, actor, case_id, to_change=True), office_id)
    return form.done(session, case_address(case_id))


@router.get("/calendars", dependencies=[holds(Permission.CALENDAR_CORRECT)])
def days(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The corrected days of the authorities' calendars."""
    return page.show("recognition/calendars.html", calendar_view(session, actor), form=blank(is_free=True))


def calendar_view(session: Session, actor: Actor) -> CalendarView:
    """The calendars to choose from, and every correction."""
    names = sorted({*calendars.regions(), *(name.split("-")[0] for name in calendars.regions())})
    return CalendarView(
        [Choice(name, Sentence("{name}", {"name": name})) for name in names], calendars.corrections(session, actor)
    )


@router.post("/calendars", dependencies=[holds(Permission.CALENDAR_CORRECT)])
def correct(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Correct one day; every open deadline is reckoned anew."""
    answer: Answer[Any] = form.read(DayCorrected)
    if answer.value is None:
        return page.again("recognition/calendars.html", calendar_view(session, actor), answer)
    form.once(session, actor, then=CALENDARS)
    told = answer.value
    try:
        calendars.correct(session, actor, region=told.region, day=told.day, is_free=told.is_free, reason=told.reason)
    except Unprocessable as refused:
        return page.again(
            "recognition/calendars.html", calendar_view(session, actor), answer.refuse("region", refused.message)
        )
    recompute(session)
    return form.done(session, CALENDARS)
