"""Coming back: what somebody learned abroad goes onto the profile, and help is asked for by own choice alone."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict
from talent.foundation.words import N_
from talent.placements.models import Placement
from talent.placements.policy import visible_placements
from talent.placements.service import events
from talent.placements.states import PlacementState
from talent.profiles import consent
from talent.profiles.answers import hold_skills
from talent.profiles.models import Consent, ConsentPurpose, SkillSource, WorkPeriod
from talent.profiles.service import profile_to_change, queue_matching
from talent.profiles.states import ProfileState
from talent.profiles.steps import OwnProfile
from talent.vacancies.models import Vacancy, VacancySkill

NOT_BACK = N_("This page opens when you have come back to Pakistan.")


def came_back(placement: Placement) -> None:
    """Nothing, when the placement ended with a return.

    Raises:
        Conflict: it did not.
    """
    if placement.state is not PlacementState.RETURNED:
        raise Conflict(NOT_BACK)


def skills_of_job(session: Session, placement: Placement) -> Sequence[VacancySkill]:
    """The skills that the job asked for, by their words."""
    asked = select(VacancySkill).where(VacancySkill.vacancy_id == placement.vacancy_id)
    return session.scalars(asked.order_by(VacancySkill.words)).all()


def record_gains(session: Session, actor: Actor, placement: Placement, skills: Sequence[UUID]) -> OwnProfile:
    """Put the job abroad and the skills that were used there on the candidate's own profile; twice adds nothing.

    The job stands with its dates, as its evidence; a skill is the candidate's own word, marked as from work abroad.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound, Conflict: there is no profile, it is withdrawn, or nobody has come back.
        NotPossible: a skill does not exist, or there would be too many.
    """
    actor.require(Permission.PLACEMENT_ANSWER)
    came_back(placement)
    own = profile_to_change(session, actor)
    hold_skills(session, own, skills, source=SkillSource.WORK_ABROAD)
    job = job_abroad(session, placement)
    if job is not None and not any(same_job(job, known) for known in own.profile.work):
        own.profile.work.append(job)
    own.profile.changed_at = now()
    session.flush()
    if own.profile.state is ProfileState.PUBLISHED:  # What is only added to cannot lack anything new.
        queue_matching(session, own.profile)
    return own


def job_abroad(session: Session, placement: Placement) -> WorkPeriod | None:
    """The job of the placement from its first day to the day of the return; None when no first day was noted."""
    if placement.work_began_on is None:
        return None
    moved = [event.at.date() for event in events(session, placement) if event.to_state == PlacementState.RETURNED]
    ended = max(moved[-1] if moved else today(), placement.work_began_on)
    occupation = session.scalar(select(Vacancy.occupation_id).where(Vacancy.id == placement.vacancy_id))
    return WorkPeriod(
        title=placement.job_title,
        employer=placement.employer,
        country=placement.country,
        occupation_id=occupation,
        started_on=placement.work_began_on,
        ended_on=ended,
        tasks="",
    )


def same_job(one: WorkPeriod, other: WorkPeriod) -> bool:
    """Whether two jobs are the same: employer, country and first day."""
    return (one.employer, one.country, one.started_on) == (other.employer, other.country, other.started_on)


def ask_for_help(session: Session, actor: Actor, placement: Placement) -> Consent:
    """The candidate's yes that project staff may know of the return and help.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: nobody has come back.
    """
    actor.require(Permission.PLACEMENT_ANSWER)
    came_back(placement)
    return consent.give(session, actor, ConsentPurpose.REINTEGRATION, occasion_id=placement.id)


def need_no_help(session: Session, actor: Actor, placement: Placement) -> None:
    """Take that yes back."""
    consent.withdraw(session, actor, ConsentPurpose.REINTEGRATION, occasion_id=placement.id)


def asks_for_help(session: Session, actor: Actor, placement: Placement) -> bool:
    """Whether the candidate's yes stands."""
    yes = consent.standing(ConsentPurpose.REINTEGRATION, actor.id, occasion_id=placement.id)
    return bool(session.scalar(select(yes)))


def asking(session: Session, actor: Actor) -> Sequence[Placement]:
    """The placements of those who came back and ask for help, the longest waiting first.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    joined = visible_placements(actor).join(Consent, Consent.occasion_id == Placement.id)
    yes = joined.where(Consent.purpose == ConsentPurpose.REINTEGRATION, consent.in_force())
    return session.scalars(yes.order_by(Consent.given_at, Placement.id)).all()
