"""Matches as people read them: the candidate's own list, the agency's blind shortlist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.errors import NotFound
from talent.foundation.paging import Page, slice_of
from talent.foundation.words import N_
from talent.matching.explain import Explanation, explain
from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.lengths import CANDIDATE_LIST, CARDS_A_PAGE, shortlist_length
from talent.matching.models import Introduction, MatchInput, Suggestion
from talent.matching.policy import (
    BOTH_ORDER,
    IN_ORDER,
    OWN_ORDER,
    revealed_identities,
    visible_introductions,
    visible_suggestions,
)
from talent.matching.reader import Reader
from talent.matching.scorer import HAND
from talent.matching.shared_places import proposed_to
from talent.matching.states import REVEALED, IntroductionState
from talent.matching.views import CandidateView
from talent.matching.weighting import by_version
from talent.profiles.models import PersonIdentity, Profile
from talent.vacancies.models import Vacancy

NO_MATCH = N_("There is no such match.")


class ListOrder(StrEnum):
    """In which order a shortlist is shown; who stands on it is decided by what the vacancy needs alone."""

    BOTH = "both"
    NEEDS = "needs"


ORDERS: Final = {ListOrder.BOTH: BOTH_ORDER, ListOrder.NEEDS: IN_ORDER}


@dataclass(frozen=True)
class Match:
    """One suggestion with its vacancy and explanation, as the candidate reads it."""

    vacancy: Vacancy
    agency: str
    explanation: Explanation
    introduction: Introduction | None

    @property
    def state(self) -> IntroductionState:
        """Where the introduction stands."""
        return self.introduction.state if self.introduction else IntroductionState.SUGGESTED


@dataclass(frozen=True)
class BlindCard:
    """One suggestion as the agency reads it; ``is_open`` when the candidate's yes lets it open the name.

    ``is_proposed`` when the candidate was proposed to this vacancy as all open seats were shared out at once.
    """

    number: int
    profile_id: UUID
    reference: str
    candidate: CandidateView
    explanation: Explanation
    introduction: Introduction | None
    is_open: bool
    is_proposed: bool

    @property
    def state(self) -> IntroductionState:
        """Where the introduction stands."""
        return self.introduction.state if self.introduction else IntroductionState.SUGGESTED


def candidate_matches(session: Session, actor: Actor, *, language: str) -> list[Match]:
    """The candidate's own list, at most twenty: in each group of fit, what gives most of their wishes first.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.MATCH_ANSWER)
    rows = session.scalars(visible_suggestions(actor).order_by(*OWN_ORDER).limit(CANDIDATE_LIST)).all()
    return as_matches(session, actor, rows, language=language)


def candidate_match(session: Session, actor: Actor, vacancy_id: UUID, *, language: str) -> Match:
    """One of the candidate's own matches.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: the candidate has no match with this vacancy.
    """
    actor.require(Permission.MATCH_ANSWER)
    row = session.scalar(visible_suggestions(actor).where(Suggestion.vacancy_id == vacancy_id))
    if row is None:
        raise NotFound(NO_MATCH)
    return as_matches(session, actor, [row], language=language)[0]


def as_matches(session: Session, actor: Actor, rows: Sequence[Suggestion], *, language: str) -> list[Match]:
    """Suggestions with their vacancies, agencies, introductions and explanations, in four queries."""
    ids = [row.vacancy_id for row in rows]
    vacancies = {
        vacancy.id: (vacancy, agency)
        for vacancy, agency in session.execute(
            select(Vacancy, Organisation.name)
            .join(Organisation, Organisation.id == Vacancy.organisation_id)
            .where(Vacancy.id.in_(ids))
        )
    }
    introductions = {
        found.vacancy_id: found
        for found in session.scalars(visible_introductions(actor).where(Introduction.vacancy_id.in_(ids)))
    }
    explained = explanations(session, rows, reader=Reader.CANDIDATE, language=language)
    return [
        Match(*vacancies[row.vacancy_id], explanation, introductions.get(row.vacancy_id))
        for row, (_, explanation) in zip(rows, explained, strict=True)
    ]


def explanations(
    session: Session, rows: Sequence[Suggestion], *, reader: Reader, language: str
) -> list[tuple[CandidateView, Explanation]]:
    """What matching saw of each candidate, and the explanation, from the inputs stored with the run."""
    wanted = {digest for row in rows for digest in (row.vacancy_input, row.profile_input)}
    stored = select(MatchInput.input_hash, MatchInput.view).where(MatchInput.input_hash.in_(wanted))
    views: dict[str, dict[str, Any]] = dict(session.execute(stored).all())
    vacancies = {digest: vacancy_from(views[digest]) for digest in {row.vacancy_input for row in rows}}
    candidates = [candidate_from(views[row.profile_input]) for row in rows]
    known = by_version(session, {row.weights_version for row in rows})
    weights = [known.get(row.weights_version, HAND) for row in rows]
    return [
        (candidate, explain(row, vacancies[row.vacancy_input], candidate, own, reader=reader, language=language))
        for row, candidate, own in zip(rows, candidates, weights, strict=True)
    ]


def own_vacancy(session: Session, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """A vacancy of the actor's own agency.

    Raises:
        NotPermitted: the actor reads no shortlists.
        NotFound: the agency has no such vacancy.
    """
    actor.require(Permission.SHORTLIST_READ)
    vacancy = session.scalar(
        select(Vacancy).where(Vacancy.id == vacancy_id, Vacancy.organisation_id == actor.organisation_id)
    )
    if vacancy is None:
        raise NotFound(N_("There is no such vacancy."))
    return vacancy


def shortlist(
    session: Session,
    actor: Actor,
    vacancy_id: UUID,
    *,
    language: str,
    number: int = 1,
    order: ListOrder = ListOrder.BOTH,
) -> tuple[Vacancy, Page[BlindCard]]:
    """A vacancy of the actor's agency and one page of its ranked blind cards, in this order.

    Who was acted on is never left out: those who fell off the list follow at its end.
    """
    vacancy = own_vacancy(session, actor, vacancy_id)
    met = introductions_to(session, actor, vacancy_id)
    own = visible_suggestions(actor).where(Suggestion.vacancy_id == vacancy_id)
    keys = own.with_only_columns(Suggestion.profile_id)
    best = keys.order_by(*IN_ORDER).limit(shortlist_length(vacancy.seats))
    shown_order = keys.order_by(*ORDERS[order])
    on_list = session.scalars(shown_order.where(Suggestion.profile_id.in_(best))).all()
    fallen_off = met.keys() - set(on_list)
    further = session.scalars(shown_order.where(Suggestion.profile_id.in_(fallen_off))).all() if fallen_off else []
    listed = slice_of([*on_list, *further], number=number, size=CARDS_A_PAGE)
    shown = select(Suggestion).where(Suggestion.vacancy_id == vacancy_id, Suggestion.profile_id.in_(listed.rows))
    cards = as_cards(session, actor, shown, met, language=language, first=listed.first, order=order)
    audit.write(session, [look("card.list", vacancy_id, card.profile_id) for card in cards], actor)
    return vacancy, Page(cards, listed.number, listed.total, listed.size)


def suggested(actor: Actor, vacancy_id: UUID, profile_id: UUID) -> Select[Suggestion]:
    """The suggestion of this pair, if the actor may know of it."""
    return visible_suggestions(actor).where(Suggestion.vacancy_id == vacancy_id, Suggestion.profile_id == profile_id)


def card(
    session: Session, actor: Actor, vacancy_id: UUID, profile_id: UUID, *, language: str
) -> tuple[Vacancy, BlindCard]:
    """One blind card of a vacancy of the actor's agency.

    Raises:
        NotFound: the candidate was not suggested for this vacancy, or is no longer published.
    """
    vacancy = own_vacancy(session, actor, vacancy_id)
    met = introductions_to(session, actor, vacancy_id)
    cards = as_cards(session, actor, suggested(actor, vacancy_id, profile_id), met, language=language)
    if not cards:
        raise NotFound(NO_MATCH)
    audit.record(session, actor, look("card.read", vacancy_id, profile_id))
    return vacancy, cards[0]


def look(action: str, vacancy_id: UUID, profile_id: UUID) -> Deed:
    """A look at what a candidate told, as the journal keeps it."""
    return Deed(action, "vacancy", str(vacancy_id), profile_id)


def introductions_to(session: Session, actor: Actor, vacancy_id: UUID) -> dict[UUID, Introduction]:
    """What became of the agency's and the candidates' answers about one vacancy, by profile."""
    found = session.scalars(visible_introductions(actor).where(Introduction.vacancy_id == vacancy_id))
    return {one.profile_id: one for one in found}


def opened(session: Session, actor: Actor, met: Mapping[UUID, Introduction]) -> set[UUID]:
    """The profiles of these introductions whose yes is in force; without a yes among them nothing is asked."""
    yes = [one for one in met.values() if one.state in REVEALED]
    if not yes:
        return set()
    pairs = revealed_identities(actor).with_only_columns(PersonIdentity.profile_id)
    return set(session.scalars(pairs.where(Introduction.id.in_([one.id for one in yes]))))


def as_cards(
    session: Session,
    actor: Actor,
    chosen: Select[Suggestion],
    met: Mapping[UUID, Introduction],
    *,
    language: str,
    first: int = 1,
    order: ListOrder = ListOrder.BOTH,
) -> list[BlindCard]:
    """Suggestions as blind cards, numbered from ``first``; ``is_open`` where the yes to it is in force."""
    person = aliased(Profile)  # the choice itself may join the profile already
    reference = select(person.reference).where(person.id == Suggestion.profile_id).scalar_subquery()
    rows = session.execute(chosen.add_columns(reference).order_by(*ORDERS[order])).all()
    explained = explanations(session, [row for row, _ in rows], reader=Reader.AGENCY, language=language)
    is_open = opened(session, actor, met)
    proposed = proposed_to(session, actor, {row.vacancy_id for row, _ in rows})
    return [
        BlindCard(
            number,
            row.profile_id,
            name,
            *seen,
            met.get(row.profile_id),
            row.profile_id in is_open,
            row.profile_id in proposed,
        )
        for number, ((row, name), seen) in enumerate(zip(rows, explained, strict=True), start=first)
    ]
