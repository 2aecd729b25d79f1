"""Deadlines as a calendar: a file, and a private address that calendar programs read until it is taken back.

A calendar lies on telephones and other people's servers: it holds references and days, and no names.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar, Event
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.sessions import token_hash
from talent.foundation.clock import now
from talent.placements.feed_models import CalendarFeed
from talent.placements.models import Placement
from talent.placements.policy import visible_placements
from talent.placements.states import FINAL
from talent.recognition.models import RecognitionCase
from talent.recognition.policy import visible_cases
from talent.recognition.states import RECOGNITION_CASE

MOST = 1000
PRODUCT = "-//Talent Partnership//Deadlines//EN"


@dataclass(frozen=True)
class Deadline:
    """One day by which something must be done, in a case that is named by its reference alone."""

    reference: str
    on: date


def deadlines(session: Session, actor: Actor) -> list[Deadline]:
    """The deadlines of every open placement and case of recognition that the actor may know, the nearest first."""
    placements = visible_placements(actor).where(Placement.state.not_in(FINAL), Placement.next_due_on.is_not(None))
    due = RecognitionCase.next_deadline_on
    cases = visible_cases(actor).where(RecognitionCase.state.not_in(RECOGNITION_CASE.final), due.is_not(None))
    rows = [
        *session.execute(
            placements.with_only_columns(Placement.reference, Placement.next_due_on)
            .order_by(Placement.next_due_on, Placement.id)
            .limit(MOST)
        ),
        *session.execute(
            cases.with_only_columns(RecognitionCase.reference, due).order_by(due, RecognitionCase.id).limit(MOST)
        ),
    ]
    return sorted((Deadline(reference, on) for reference, on in rows), key=lambda one: (one.on, one.reference))


def as_ics(found: Iterable[Deadline], *, summary: str) -> bytes:
    """The deadlines as a calendar (RFC 5545), each a whole day; ``summary`` has a place for ``{reference}``."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for one in found:
        event = Event()
        event.add("uid", f"{one.reference}@talent-partnership")
        event.add("dtstamp", now())
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", summary.format(reference=one.reference))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def has_feed(session: Session, actor: Actor) -> bool:
    """Whether the actor has an address for calendar programs."""
    return session.get(CalendarFeed, actor.id) is not None


def make_feed(session: Session, actor: Actor) -> str:
    """The secret part of a new address, told once; an address from before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    values = {"token_hash": token_hash(token), "made_at": now()}
    row = insert(CalendarFeed).values(account_id=actor.id, **values)
    session.execute(row.on_conflict_do_update(index_elements=[CalendarFeed.account_id], set_=values))
    return token


def end_feed(session: Session, actor: Actor) -> None:
    """Take the address back."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.account_id == actor.id))


def owner_of(session: Session, token: str) -> Actor | None:
    """Whose address this is, able to read alone; None when it is nobody's or the account is suspended.

    The transaction must work for signing in, which alone may look up addresses.
    """
    account = session.scalar(
        select(Account)
        .join(CalendarFeed, CalendarFeed.account_id == Account.id)
        .where(CalendarFeed.token_hash == token_hash(token), Account.suspended_at.is_(None))
    )
    if account is None:
        return None
    return Actor(account.id, account.role, account.name, account.organisation_id, account.language, True)
