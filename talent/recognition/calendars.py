"""The calendars of authorities as staff corrected them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.working_days import WorkCalendar
from talent.foundation.clock import now
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_
from talent.recognition.models import CalendarCorrection
from talent.recognition.procedures import catalogue
from talent.recognition.regions import REGION_NAMES

ANYWHERE = "DE"
"""For a case whose authority is not known: the holidays that hold everywhere in Germany are the fewest we know."""
NO_SUCH_REGION = N_("Choose one of the calendars.")


def regions() -> tuple[str, ...]:
    """The calendars in use, such as DE-BY."""
    return tuple(sorted({*REGION_NAMES, *(row.calendar for row in catalogue().authorities)}))


def region_of(authority_id: str, region: str = "") -> str:
    """The calendar of an authority; one that sits in every Land works by the calendar of the person's Land."""
    found = catalogue().authority(authority_id)
    calendar = found.calendar if found else ANYWHERE
    return region if region.startswith(f"{calendar}-") else calendar


def calendar_for(session: Session, authority_id: str, region: str = "") -> WorkCalendar:
    """The working days of this authority, with every correction."""
    name = region_of(authority_id, region)
    return all_calendars(session, [name])[name]


def all_calendars(session: Session, wanted: Sequence[str]) -> dict[str, WorkCalendar]:
    """The working days of these regions; what is corrected for a country holds in its parts too."""
    corrected: dict[str, dict[date, bool]] = defaultdict(dict)
    for row in session.scalars(select(CalendarCorrection)):
        for region in wanted:
            if region == row.region or region.startswith(f"{row.region}-"):
                corrected[region][row.day] = row.is_free
    return {region: WorkCalendar(region, MappingProxyType(corrected[region])) for region in wanted}


def corrections(session: Session, actor: Actor) -> Sequence[CalendarCorrection]:
    """Every correction, the newest day first.

    Raises:
        NotPermitted: the actor may not correct calendars.
    """
    actor.require(Permission.CALENDAR_CORRECT)
    return session.scalars(
        select(CalendarCorrection).order_by(CalendarCorrection.day.desc(), CalendarCorrection.region)
    ).all()


def correct(session: Session, actor: Actor, *, region: str, day: date, is_free: bool, reason: str) -> None:
    """Say of one day of one region whether its authorities work; a second word on the same day replaces the first.

    The deadlines of open cases are written anew by ``inbox.recompute``.

    Raises:
        NotPermitted: the actor may not correct calendars.
        Unprocessable: there is no such calendar.
    """
    actor.require(Permission.CALENDAR_CORRECT)
    known = {*regions(), *(name.split("-")[0] for name in regions())}
    if region not in known:
        raise Unprocessable(NO_SUCH_REGION)
    row = session.get(CalendarCorrection, (region, day)) or CalendarCorrection(region=region, day=day)
    row.is_free, row.reason, row.written_by, row.written_at = is_free, reason, actor.id, now()
    session.add(row)
    session.flush()
