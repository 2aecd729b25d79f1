"""One tap that takes a yes back, with everything that follows from it."""

from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.matching import introductions
from talent.matching.models import Introduction
from talent.matching.policy import visible_introductions
from talent.matching.states import INTRODUCTION, IntroductionAction
from talent.profiles import consent, statistics
from talent.profiles import service as profiles
from talent.profiles.models import ConsentPurpose
from talent.profiles.states import ProfileState


def withdraw_consent(session: Session, actor: Actor, consent_id: UUID) -> None:
    """Take this yes back: what follows, follows at once.

    A published profile is paused, an introduction withdrawn, where the workflow has the step; what was told for
    statistics is deleted.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: there is no such yes of this candidate.
    """
    given = consent.own_consent(session, actor, consent_id)
    where = {"recipient_id": given.recipient_id, "occasion_id": given.occasion_id}
    consent.withdraw(session, actor, given.purpose, **where)
    if given.purpose is ConsentPurpose.MATCHING:
        own = profiles.profile_to_move(session, actor)
        if own.profile.state is ProfileState.PUBLISHED:
            profiles.pause(session, actor, own)
    elif given.purpose is ConsentPurpose.STATISTICS:
        statistics.take_back(session, actor)
    elif given.occasion_id is not None:
        pair = Introduction.vacancy_id == given.occasion_id
        introduction = session.scalar(visible_introductions(actor).where(pair))
        if introduction and INTRODUCTION.step(introduction.state, IntroductionAction.WITHDRAW):
            introductions.answer(session, actor, given.occasion_id, IntroductionAction.WITHDRAW)
