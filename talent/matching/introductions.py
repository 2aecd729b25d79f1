"""What people do about a match: say yes or no, decide, ask a person to look again."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.addresses import officers_addresses
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now
from talent.foundation.errors import NotFound, Unprocessable
from talent.foundation.mail import send_later
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.matching.models import Introduction, ReviewRequest, Suggestion
from talent.matching.policy import visible_introductions, visible_reviews, visible_suggestions
from talent.matching.service import NO_MATCH, own_vacancy, suggested
from talent.matching.states import INTRODUCTION, IntroductionAction, IntroductionFacts
from talent.profiles import consent
from talent.profiles.models import ConsentPurpose, Profile
from talent.profiles.states import ProfileState
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState


def begun(session: Session, vacancy: Vacancy, profile_id: UUID) -> Introduction:
    """The introduction of this candidate to this vacancy, begun when there is none yet."""
    pair = (Introduction.vacancy_id == vacancy.id, Introduction.profile_id == profile_id)
    session.execute(
        insert(Introduction)
        .values(
            vacancy_id=vacancy.id,
            profile_id=profile_id,
            organisation_id=vacancy.organisation_id,
            changed_at=now(),
            version=1,
        )
        .on_conflict_do_nothing()
    )
    return session.scalars(select(Introduction).where(*pair)).one()


def facts_of(session: Session, introduction: Introduction, reason: str = "") -> IntroductionFacts:
    """What the steps of an introduction ask for."""
    vacancy = session.get_one(Vacancy, introduction.vacancy_id)
    profile = session.get_one(Profile, introduction.profile_id)
    return IntroductionFacts(
        vacancy_is_open=vacancy.state is VacancyState.PUBLISHED,
        profile_is_published=profile.state is ProfileState.PUBLISHED,
        reason=reason,
    )


def answer(session: Session, actor: Actor, vacancy_id: UUID, action: IntroductionAction) -> CaseEvent:
    """Take the candidate's own step: yes, no, or withdraw a yes.

    Raises:
        NotFound: neither a match nor an introduction of this candidate is there.
        Conflict, NotPermitted, Unprocessable: as the workflow says.
    """
    actor.require(Permission.MATCH_ANSWER)
    introduction = session.scalar(visible_introductions(actor).where(Introduction.vacancy_id == vacancy_id))
    if introduction is None:
        match = session.scalar(visible_suggestions(actor).where(Suggestion.vacancy_id == vacancy_id))
        if match is None:
            raise NotFound(NO_MATCH)
        introduction = begun(session, session.get_one(Vacancy, vacancy_id), match.profile_id)
    event = _move(session, actor, introduction, action)
    agency = {"recipient_id": introduction.organisation_id, "occasion_id": vacancy_id}
    if action is IntroductionAction.SAY_YES:
        consent.give(session, actor, ConsentPurpose.INTRODUCTION, **agency)
        tell_agency(session, introduction)
    else:
        consent.withdraw(session, actor, ConsentPurpose.INTRODUCTION, **agency)
    return event


def decide(
    session: Session, actor: Actor, vacancy_id: UUID, profile_id: UUID, action: IntroductionAction, reason: str = ""
) -> CaseEvent:
    """Take the agency's own step: ask, accept, or turn down with a reason.

    Raises:
        NotFound, Conflict, NotPermitted, Unprocessable: as for ``answer``.
    """
    actor.require(Permission.INTRODUCTION_DECIDE)
    vacancy = own_vacancy(session, actor, vacancy_id)
    pair = (Introduction.vacancy_id == vacancy_id, Introduction.profile_id == profile_id)
    introduction = session.scalar(visible_introductions(actor).where(*pair))
    if introduction is None:
        if session.scalar(suggested(actor, vacancy_id, profile_id)) is None:
            raise NotFound(NO_MATCH)
        introduction = begun(session, vacancy, profile_id)
    return _move(session, actor, introduction, action, clean(reason))


def _move(
    session: Session, actor: Actor, introduction: Introduction, action: IntroductionAction, reason: str = ""
) -> CaseEvent:
    facts = facts_of(session, introduction, reason)
    event = take_step(session, actor, introduction, INTRODUCTION, action, facts, note=reason)
    introduction.changed_at = event.at
    return event


def tell_agency(session: Session, introduction: Introduction) -> None:
    """Write to the agency's officers that somebody is interested; the letter names no person."""
    vacancy = session.get_one(Vacancy, introduction.vacancy_id)
    for address in officers_addresses(session, introduction.organisation_id):
        send_later(
            session,
            recipient=address,
            subject=f"A candidate is interested: {vacancy.title} ({vacancy.reference})",
            body="A candidate has said yes to your agency. Sign in and open the shortlist of this vacancy.",
        )


def introduction_journal(session: Session, introduction: Introduction | None) -> list[CaseEvent]:
    """What happened to an introduction, oldest first."""
    return journal(session, INTRODUCTION, introduction.id) if introduction else []


def ask_for_review(session: Session, actor: Actor, vacancy_id: UUID, words: str) -> ReviewRequest:
    """Ask a person to look at one of the candidate's own matches; asked twice, it is one request.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: the candidate has no match with this vacancy.
        Unprocessable: nothing is written.
    """
    actor.require(Permission.MATCH_ANSWER)
    match = session.scalar(visible_suggestions(actor).where(Suggestion.vacancy_id == vacancy_id))
    if match is None:
        raise NotFound(NO_MATCH)
    if not clean(words):
        raise Unprocessable(N_("Write what a person should look at."))
    waiting = session.scalar(
        visible_reviews(actor).where(ReviewRequest.vacancy_id == vacancy_id, ReviewRequest.answered_at.is_(None))
    )
    request = waiting or ReviewRequest(vacancy_id=vacancy_id, profile_id=match.profile_id, asked_at=now())
    request.words = clean(words)
    session.add(request)
    session.flush()
    return request


def reviews_of(session: Session, actor: Actor, vacancy_id: UUID) -> list[ReviewRequest]:
    """The actor's requests for review of this match, newest first."""
    query = visible_reviews(actor).where(ReviewRequest.vacancy_id == vacancy_id)
    return list(session.scalars(query.order_by(ReviewRequest.asked_at.desc())))


def open_reviews(session: Session, actor: Actor) -> list[tuple[ReviewRequest, Vacancy]]:
    """Every request that waits for an answer, with its vacancy, oldest first.

    Raises:
        NotPermitted: the actor is not project staff.
    """
    return list(session.execute(_waiting_reviews(actor)))


def open_review(session: Session, actor: Actor, request_id: UUID) -> tuple[ReviewRequest, Vacancy]:
    """One request that waits for an answer, with its vacancy.

    Raises:
        NotPermitted: the actor is not project staff.
        NotFound: no such request waits.
    """
    found = session.execute(_waiting_reviews(actor).where(ReviewRequest.id == request_id)).first()
    if found is None:
        raise NotFound(N_("There is no such request."))
    return found


def _waiting_reviews(actor: Actor) -> Select[ReviewRequest, Vacancy]:
    actor.require(Permission.REVIEW_ANSWER)
    return (
        select(ReviewRequest, Vacancy)
        .join(Vacancy, Vacancy.id == ReviewRequest.vacancy_id)
        .where(ReviewRequest.answered_at.is_(None))
        .order_by(ReviewRequest.asked_at)
    )


def answer_review(session: Session, actor: Actor, request_id: UUID, words: str) -> ReviewRequest:
    """Answer a candidate's request for review.

    Raises:
        NotPermitted: the actor is not project staff.
        NotFound: there is no such request.
        Unprocessable: nothing is written.
    """
    actor.require(Permission.REVIEW_ANSWER)
    request = session.scalar(visible_reviews(actor).where(ReviewRequest.id == request_id))
    if request is None:
        raise NotFound(N_("There is no such request."))
    if not clean(words):
        raise Unprocessable(N_("Write your answer: the candidate will read it."))
    request.answer, request.answered_by, request.answered_at = clean(words), actor.id, now()
    return request
