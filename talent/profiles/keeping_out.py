"""Whoever is suspended leaves every list in the same transaction; coming back is that person's own step."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.casework.models import CaseEvent
from talent.casework.take import take_step
from talent.foundation.row_context import SystemContext, within
from talent.profiles.models import Profile
from talent.profiles.service import queue_matching
from talent.profiles.states import PROFILE, ProfileAction, ProfileFacts, ProfileState
from talent.staffing import suspending
from talent.staffing.states import AccountAction


def decide(session: Session, actor: Actor, account: Account, action: AccountAction, *, reason: str) -> CaseEvent:
    """Suspend the account or let it in again; with a suspension its published profile is paused.

    Raises:
        NotPermitted, NotFound, Conflict, Unprocessable: as ``suspending.decide``.
    """
    event = suspending.decide(session, actor, account, action, reason=reason)
    if action is AccountAction.SUSPEND:
        _keep_out(session, actor, account.id)
    return event


def _keep_out(session: Session, actor: Actor, account_id: UUID) -> None:
    published = select(Profile).where(Profile.account_id == account_id, Profile.state == ProfileState.PUBLISHED)
    with within(session, SystemContext.VETTING):
        profile = session.scalar(published.with_for_update())
        if profile is not None:
            paused = take_step(session, actor, profile, PROFILE, ProfileAction.KEEP_OUT, ProfileFacts())
            profile.changed_at = paused.at
            queue_matching(session, profile)
