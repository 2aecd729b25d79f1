"""Who may know of a match: the candidate whose it is, and the agency of its vacancy; and who may search for people."""

from sqlalchemy import Select, case, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.matching.models import Introduction, ReviewRequest, SharedPlace, Suggestion
from talent.matching.scorer import FIT_BOUNDS
from talent.matching.states import REVEALED
from talent.profiles.consent import may_be_ranked, standing
from talent.profiles.models import ConsentPurpose, PersonIdentity, Profile
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

_IN_GROUPS = (
    case(*((Suggestion.score >= least, group) for group, least in enumerate(FIT_BOUNDS)), else_=len(FIT_BOUNDS)),
    case((Suggestion.missing > 0, 1), else_=0),
)
IN_ORDER = (*_IN_GROUPS, Suggestion.score.desc(), Suggestion.tie)
"""The order of a vacancy's list, by what the vacancy needs; the same as ``ranking.list_keys``."""
OWN_ORDER = (*_IN_GROUPS, Suggestion.wished.desc(), Suggestion.score.desc(), Suggestion.tie)
"""The order of a candidate's own list, by what the candidate wishes for; the same as ``ranking.own_keys``."""
BOTH_ORDER = (*_IN_GROUPS, Suggestion.mutual.desc(), Suggestion.score.desc(), Suggestion.tie)
"""The order in which a vacancy's list is shown, by both sides."""


def visible_suggestions(actor: Actor) -> Select[Suggestion]:
    """A candidate's own matches with open vacancies; for an agency, those of its own open vacancies."""
    matches = (
        select(Suggestion)
        .join(Vacancy, Vacancy.id == Suggestion.vacancy_id)
        .join(Profile, Profile.id == Suggestion.profile_id)
        .where(Vacancy.state == VacancyState.PUBLISHED, may_be_ranked())
    )
    if actor.has(Permission.MATCH_ANSWER):
        return matches.where(Profile.account_id == actor.id)
    if actor.has(Permission.SHORTLIST_READ):
        return matches.where(Vacancy.organisation_id == actor.organisation_id)
    return matches.where(false())


def visible_introductions(actor: Actor) -> Select[Introduction]:
    """A candidate's own introductions; for an agency, those to its own vacancies."""
    introductions = select(Introduction)
    if actor.has(Permission.MATCH_ANSWER):
        return introductions.join(Profile, Profile.id == Introduction.profile_id).where(Profile.account_id == actor.id)
    if actor.has(Permission.INTRODUCTION_DECIDE):
        return introductions.where(Introduction.organisation_id == actor.organisation_id)
    return introductions.where(false())


def revealed_identities(actor: Actor) -> Select[PersonIdentity]:
    """Who the candidates are whose yes to this agency is in force; nobody else's identity is in this query."""
    identities = select(PersonIdentity)
    if not actor.has(Permission.INTRODUCTION_DECIDE):
        return identities.where(false())
    return identities.join(Introduction, Introduction.profile_id == PersonIdentity.profile_id).where(
        Introduction.organisation_id == actor.organisation_id,
        Introduction.state.in_(REVEALED),
        standing(
            ConsentPurpose.INTRODUCTION,
            PersonIdentity.account_id,
            recipient_id=actor.organisation_id,
            occasion_id=Introduction.vacancy_id,
        ),
    )


def visible_reviews(actor: Actor) -> Select[ReviewRequest]:
    """A candidate's own requests; every one for project staff."""
    reviews = select(ReviewRequest)
    if actor.has(Permission.REVIEW_ANSWER):
        return reviews
    if actor.has(Permission.MATCH_ANSWER):
        return reviews.join(Profile, Profile.id == ReviewRequest.profile_id).where(Profile.account_id == actor.id)
    return reviews.where(false())


def visible_shared_places(actor: Actor) -> Select[SharedPlace]:
    """For an agency, who is proposed to its own vacancies; for project staff, whom nobody sees."""
    places = select(SharedPlace)
    if actor.has(Permission.SHORTLIST_READ):
        return places.where(SharedPlace.is_proposed, SharedPlace.organisation_id == actor.organisation_id)
    if actor.has(Permission.REVIEW_ANSWER):
        return places.where(SharedPlace.is_unseen)
    return places.where(false())


def visible_people(actor: Actor) -> Select[Profile]:
    """Whom project staff may find in a search: everybody who may be compared."""
    return select(Profile).where(may_be_ranked() if actor.has(Permission.PEOPLE_SEARCH) else false())
