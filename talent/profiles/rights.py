"""What a person may demand about their own data: that nothing is ranked, that something is corrected, an answer."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.profiles.models import Profile, RequestKind, RightsRequest
from talent.profiles.service import profile_to_move, queue_matching

STOPS_RANKING = frozenset({RequestKind.OBJECTION, RequestKind.RESTRICTION})
"""Demands that act at once, before anybody answers (S-GDPR, articles 18 and 21)."""
NO_REQUEST = N_("There is no such request.")
ANSWER_MISSING = N_("Write your answer: the person will read it.")
WAITS = N_("You have asked this already. A person will answer you.")


def month_after(day: date) -> date:
    """The same day of the next month, or its last day: the time that S-GDPR, article 12(3), gives for an answer."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def demand(session: Session, actor: Actor, kind: RequestKind, words: str) -> RightsRequest:
    """The candidate's demand; an objection and a restriction stop ranking and lists at once.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: the same demand waits for its answer.
    """
    actor.require(Permission.PROFILE_KEEP)
    if any(one.kind is kind and one.answered_at is None for one in own_requests(session, actor)):
        raise Conflict(WAITS)
    request = RightsRequest(
        account_id=actor.id, kind=kind, words=clean(words), asked_at=now(), due_on=month_after(today())
    )
    session.add(request)
    if kind in STOPS_RANKING:
        restrict(session, actor, since=True)
    session.flush()
    return request


def restrict(session: Session, actor: Actor, *, since: bool) -> None:
    """Stop ranking and showing the candidate, or allow it again; without a profile there is nothing to stop."""
    actor.require(Permission.PROFILE_KEEP)
    try:
        profile = profile_to_move(session, actor).profile
    except NotFound:
        return
    profile.restricted_at = (profile.restricted_at or now()) if since else None
    session.flush()
    queue_matching(session, profile)


def is_restricted(session: Session, actor: Actor) -> bool:
    """Whether the candidate is neither ranked nor shown by their own wish."""
    own = select(Profile.restricted_at).where(Profile.account_id == actor.id)
    return session.scalar(own) is not None


def own_requests(session: Session, actor: Actor) -> Sequence[RightsRequest]:
    """The candidate's demands, newest first."""
    actor.require(Permission.PROFILE_KEEP)
    own = select(RightsRequest).where(RightsRequest.account_id == actor.id)
    return session.scalars(own.order_by(RightsRequest.asked_at.desc())).all()


def open_requests(session: Session, actor: Actor) -> Sequence[RightsRequest]:
    """Every demand that waits for an answer, the one due first at the top; reading them is written down.

    Raises:
        NotPermitted: the actor is not project staff.
    """
    actor.require(Permission.REVIEW_ANSWER)
    waiting = select(RightsRequest).where(RightsRequest.answered_at.is_(None)).order_by(RightsRequest.due_on)
    found = session.scalars(waiting).all()
    deeds = [Deed("rights_request.read", "rights_request", str(one.id), one.account_id, ("words",)) for one in found]
    audit.write(session, deeds, actor)
    return found


def open_request(session: Session, actor: Actor, request_id: UUID) -> RightsRequest:
    """One demand that waits; reading it is written down.

    Raises:
        NotPermitted: the actor is not project staff.
        NotFound: no such demand waits.
    """
    found = next((one for one in open_requests(session, actor) if one.id == request_id), None)
    if found is None:
        raise NotFound(NO_REQUEST)
    return found


def answer_request(session: Session, actor: Actor, request_id: UUID, words: str) -> RightsRequest:
    """Answer a demand.

    Raises:
        NotPermitted: the actor is not project staff.
        NotFound: no such demand waits.
        Unprocessable: nothing is written.
    """
    actor.require(Permission.REVIEW_ANSWER)
    waiting = select(RightsRequest).where(RightsRequest.id == request_id, RightsRequest.answered_at.is_(None))
    request = session.scalar(waiting.with_for_update())
    if request is None:
        raise NotFound(NO_REQUEST)
    if not clean(words):
        raise Unprocessable(ANSWER_MISSING)
    request.answer, request.answered_by, request.answered_at = clean(words), actor.id, now()
    session.flush()
    return request
