"""A candidate's own profile: begun, read, published, paused, withdrawn; every change tells the worker."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.jobs import defer
from talent.foundation.references import new_reference
from talent.foundation.words import N_, Sentence
from talent.profiles import consent
from talent.profiles.identity import contact_of
from talent.profiles.models import ConsentPurpose, CVFact, CVFactState, Profile, ProfileChange
from talent.profiles.policy import visible_profiles
from talent.profiles.states import PROFILE, ProfileAction, ProfileState, steps_missing
from talent.profiles.steps import OwnProfile

MATCH_PROFILE = "match_profile"
REFERENCE_TRIES = 5
STILL_NEEDED = N_("Your profile is published and needs this. {missing} To remove it, pause your profile first.")
WITHDRAWN = N_("You have withdrawn your profile. Open it again before you change it.")
WHOLE = (
    selectinload(Profile.skills),
    selectinload(Profile.languages),
    selectinload(Profile.qualifications),
    selectinload(Profile.work),
)


def own_profile(session: Session, actor: Actor) -> OwnProfile | None:
    """The candidate's own profile with everything in it, or None when it is not begun."""
    return _own(session, actor, locked=False)


def own_state(session: Session, actor: Actor) -> ProfileState | None:
    """Where the candidate's own profile stands, or None when it is not begun."""
    actor.require(Permission.PROFILE_KEEP)
    return session.scalar(visible_profiles(actor).with_only_columns(Profile.state))


def profile_to_change(session: Session, actor: Actor) -> OwnProfile:
    """The candidate's own profile, locked until the transaction ends.

    Raises:
        NotFound: it is not begun, or this actor keeps none.
        Conflict: it is withdrawn.
    """
    own = profile_to_move(session, actor)
    if own.profile.state is ProfileState.WITHDRAWN:
        raise Conflict(WITHDRAWN)
    return own


def profile_to_move(session: Session, actor: Actor) -> OwnProfile:
    """The candidate's own profile in whatever state, locked until the transaction ends.

    Raises:
        NotFound: it is not begun, or this actor keeps none.
    """
    own = _own(session, actor, locked=True)
    if own is None:
        raise NotFound
    return own


def _own(session: Session, actor: Actor, *, locked: bool) -> OwnProfile | None:
    actor.require(Permission.PROFILE_KEEP)
    query = visible_profiles(actor).options(*WHOLE).execution_options(populate_existing=locked)
    profile = session.scalar(query.with_for_update(of=Profile) if locked else query)
    if profile is None:
        return None
    return OwnProfile(profile, contact_of(session, profile.id), open_cv_facts(session, profile.id))


def open_cv_facts(session: Session, profile_id: UUID) -> int:
    """How many facts of the CV wait for the candidate's answer."""
    waiting = select(func.count()).where(CVFact.profile_id == profile_id, CVFact.state == CVFactState.FOUND)
    return session.scalar(waiting) or 0


def get_or_begin(session: Session, actor: Actor) -> Profile:
    """The candidate's own profile with everything in it; a new draft the first time.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    known = own_profile(session, actor)
    if known is not None:
        return known.profile
    for _ in range(REFERENCE_TRIES):
        moment = now()
        profile = Profile(
            account_id=actor.id,
            reference=new_reference("TP"),
            state=PROFILE.initial,
            created_at=moment,
            changed_at=moment,
        )
        try:
            with session.begin_nested():
                session.add(profile)
        except IntegrityError:  # Another tab was faster, or the reference is taken.
            known = own_profile(session, actor)
        else:
            session.expire(profile)
            known = own_profile(session, actor)
        if known is not None:
            return known.profile
    raise Conflict(N_("We could not begin your profile. Try again."))


def load_profiles(session: Session, ids: Sequence[UUID]) -> list[Profile]:
    """The profiles of these ids with everything matching needs, in five queries; unknown ids are left out."""
    return list(session.scalars(select(Profile).where(Profile.id.in_(ids)).options(*WHOLE).order_by(Profile.id)))


def suggested_contact(session: Session, actor: Actor) -> dict[str, str]:
    """The login as the first suggestion of how to be reached: ``email`` or ``phone``."""
    login = session.scalar(select(Account.login).where(Account.id == actor.id)) or ""
    return {"email" if "@" in login else "phone": login} if login else {}


def profile_journal(session: Session, actor: Actor, own: OwnProfile) -> list[CaseEvent]:
    """When the profile was published, paused, resumed or withdrawn, oldest first."""
    actor.require(Permission.PROFILE_KEEP)
    return journal(session, PROFILE, own.profile.id)


def note_saved(session: Session, own: OwnProfile) -> None:
    """Write down that a step was saved; a published profile is matched again.

    Raises:
        Unprocessable: a published profile would lack something that publishing needs.
    """
    own.profile.changed_at = now()
    session.flush()
    if own.profile.state is not ProfileState.PUBLISHED:
        return
    missing = steps_missing(replace(own.facts, open_cv_facts=0))
    if missing:
        raise Unprocessable(Sentence(STILL_NEEDED, {"missing": missing[0]}))
    queue_matching(session, own.profile)


def queue_matching(session: Session, profile: Profile) -> None:
    """Add the change to the worker's sequence and queue its job."""
    session.add(ProfileChange(profile_id=profile.id, at=now()))
    session.flush()
    defer(session, MATCH_PROFILE, once=f"profile:{profile.id}", profile_id=str(profile.id))


def publish(session: Session, actor: Actor, own: OwnProfile) -> CaseEvent:
    """Publish: from now on the profile is matched; publishing is the candidate's yes to that.

    Raises:
        Unprocessable: a step is missing; the sentence names it.
        Conflict: it is not a draft.
    """
    event = _move(session, actor, own, ProfileAction.PUBLISH)
    own.profile.published_at = event.at
    consent.give(session, actor, ConsentPurpose.MATCHING)
    return event


def pause(session: Session, actor: Actor, own: OwnProfile) -> CaseEvent:
    """Pause: no new matches until it is resumed."""
    return _move(session, actor, own, ProfileAction.PAUSE)


def resume(session: Session, actor: Actor, own: OwnProfile) -> CaseEvent:
    """Resume: matched again; resuming is a yes to that."""
    event = _move(session, actor, own, ProfileAction.RESUME)
    consent.give(session, actor, ConsentPurpose.MATCHING)
    return event


def withdraw(session: Session, actor: Actor, own: OwnProfile) -> CaseEvent:
    """Withdraw: out of every list until it is opened again; the yes to matching is taken back."""
    consent.withdraw(session, actor, ConsentPurpose.MATCHING)
    return _move(session, actor, own, ProfileAction.WITHDRAW)


def reopen(session: Session, actor: Actor, own: OwnProfile) -> CaseEvent:
    """Open a withdrawn profile again, as a draft."""
    return _move(session, actor, own, ProfileAction.REOPEN)


def _move(session: Session, actor: Actor, own: OwnProfile, action: ProfileAction) -> CaseEvent:
    before = own.profile.state
    event = take_step(session, actor, own.profile, PROFILE, action, own.facts)
    own.profile.changed_at = event.at
    session.flush()
    if ProfileState.PUBLISHED in (before, own.profile.state):
        queue_matching(session, own.profile)
    return event
