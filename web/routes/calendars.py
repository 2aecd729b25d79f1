"""The reader's deadlines as a calendar: a file, and a private address that can be taken back."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.row_context import enter
from talent.foundation.words import N_, Sentence
from talent.placements import feeds
from web.dependencies import ActorDep, PageDep, SessionDep
from web.downloads import attachment
from web.forms import FormDep
from web.i18n import ENGLISH, LANGUAGES, Words
from web.policy import ENTRANCE, holds

P = Permission
router = APIRouter(
    prefix="/calendar",
    dependencies=[holds(P.PLACEMENT_READ, P.RECOGNITION_READ, P.RECOGNITION_APPLY, P.RECOGNITION_ACT)],
)
open_router = APIRouter(prefix="/calendar/feed", dependencies=[ENTRANCE])
KIND = "text/calendar; charset=utf-8"
SUMMARY = N_("Deadline: {reference}")
NO_SUCH_FEED = N_("There is no such calendar.")


@dataclass(frozen=True)
class CalendarView:
    """How many deadlines there are, and the private address; it is shown once."""

    deadlines: int
    has_feed: bool
    address: str = ""


def summary_in(language: str) -> str:
    """The words of an entry in this language, with a place for the reference."""
    words = Words(LANGUAGES.get(language, ENGLISH))
    return str(words.say(Sentence(SUMMARY, {"reference": "{reference}"})).unescape())


def plain(summary: str) -> str:
    """The words without the marks that keep directions apart on a page."""
    return summary.replace("\u2068", "").replace("\u2069", "")


@router.get("")
def calendar(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The file, and the private address."""
    view = CalendarView(len(feeds.deadlines(session, actor)), feeds.has_feed(session, actor))
    return page.show("placements/calendar.html", view)


@router.get("/file")
def file(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The deadlines as a file."""
    content = feeds.as_ics(feeds.deadlines(session, actor), summary=plain(summary_in(page.language.code)))
    return attachment(content, name="deadlines.ics", kind=KIND)


@router.post("/feed")
def make(request: Request, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Make the private address, or a new one; it is shown this once."""
    form.once(session, actor, then="/calendar")
    secret = feeds.make_feed(session, actor)
    address = str(request.url.replace(path=f"/calendar/feed/{secret}", query=""))
    view = CalendarView(len(feeds.deadlines(session, actor)), has_feed=True, address=address)
    return page.show("placements/calendar.html", view)


@router.post("/feed/end")
def end(session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take the address back."""
    form.once(session, actor, then="/calendar")
    feeds.end_feed(session, actor)
    return form.done(session, "/calendar")


@open_router.get("/{secret}")
def feed(secret: str, session: SessionDep) -> Response:
    """The deadlines of whoever this address belongs to, for calendar programs."""
    owner = feeds.owner_of(session, secret)
    if owner is None:
        raise NotFound(NO_SUCH_FEED)
    enter(session, owner.rows)
    content = feeds.as_ics(feeds.deadlines(session, owner), summary=plain(summary_in(owner.language)))
    return attachment(content, name="deadlines.ics", kind=KIND)
