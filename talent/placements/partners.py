"""Whom a candidate can let into a case of recognition: those met through an introduction, those that taught them."""

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.foundation.row_context import SystemContext, within
from talent.matching.models import Introduction
from talent.matching.states import IntroductionState
from talent.profiles.models import Profile
from talent.training.models import Trainee
from talent.vacancies.models import Vacancy

SAID_YES = (IntroductionState.INTERESTED, IntroductionState.ACCEPTED)


def met(session: Session, actor: Actor) -> dict[UUID, str]:
    """The agencies to which the candidate said yes, and the employers of those jobs that have an account, by name.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    employs = and_(
        Organisation.kind == OrganisationKind.EMPLOYER,
        Organisation.parent_id == Introduction.organisation_id,
        Organisation.name == Vacancy.employer,
    )
    query = (
        select(Organisation.id, Organisation.name)
        .select_from(Introduction)
        .join(Vacancy, Vacancy.id == Introduction.vacancy_id)
        .join(Organisation, or_(Organisation.id == Introduction.organisation_id, employs))
        .where(Introduction.account_id == actor.id, Introduction.state.in_(SAID_YES))
        .distinct()
        .order_by(Organisation.name)
    )
    return dict(session.execute(query).all())


def taught_by(session: Session, actor: Actor) -> dict[UUID, str]:
    """The institutes whose record the candidate joined, by name.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    query = (
        select(Organisation.id, Organisation.name)
        .join(Trainee, Trainee.organisation_id == Organisation.id)
        .join(Profile, Profile.id == Trainee.profile_id)
        .where(Profile.account_id == actor.id)
        .distinct()
        .order_by(Organisation.name)
    )
    with within(session, SystemContext.TRAINING):
        return dict(session.execute(query).all())
