"""The demonstration's placements: invented people on the way to work, at work and back, by their own steps."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.demo.content import identity
from talent.demo.incidents import HAPPENS
from talent.demo.introductions import STORIES, candidate_of, play
from talent.demo.organisations import actor
from talent.demo.party import Party, send_terms, write_letter
from talent.demo.travels import JOURNEYS, Extra, Journey
from talent.foundation.clock import today
from talent.matching.models import Introduction, Suggestion
from talent.matching.states import IntroductionState
from talent.placements import asking, service
from talent.placements.bulk import move_together
from talent.placements.contract_schemas import ContractMoved
from talent.placements.contract_states import ContractAction
from talent.placements.models import Placement
from talent.placements.schemas import PlacementMoved
from talent.placements.states import PARTS, PlacementAction, PlacementState
from talent.taxonomy.models import Occupation
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

S, A, C = PlacementState, PlacementAction, ContractAction
ACCEPTED = STORIES[2]
LEGS: tuple[tuple[PlacementState, PlacementAction, str], ...] = (
    (S.PERMIT, A.BEGIN_PERMIT, "training"),
    (S.VISA, A.BEGIN_VISA, "permit"),
    (S.EXIT_CLEARANCE, A.BEGIN_EXIT, "visa"),
    (S.TRAVELLED, A.CLEAR, "exit"),
    (S.ARRIVED, A.ARRIVE, "exit"),
    (S.EMPLOYED, A.START_WORK, "arrival"),
    (S.RETAINED_3, A.CONFIRM_WORK, "arrival"),
    (S.RETAINED_6, A.CONFIRM_WORK, "arrival"),
    (S.RETAINED_12, A.CONFIRM_WORK, "arrival"),
)
"""Each state after the accepted offer, the move that leads to it, and the last part of the journey done before it."""


def add_placements(session: Session) -> int:
    """Let accepted candidates travel as ``JOURNEYS`` tells; how many placements began.

    The visitor's own candidate has come back from one job and has another offer to answer.
    """
    accounts = session.scalars(
        select(Account).where(Account.role.in_((Role.AGENCY_OFFICER, Role.PROTECTORATE_OFFICER)))
    )
    officers = {account.organisation_id: actor(account) for account in accounts}
    protector = next((one for one in officers.values() if one.role is Role.PROTECTORATE_OFFICER), None)
    begun = []
    for journey in JOURNEYS:
        match = match_for(session, journey)
        if match is None or protector is None:
            continue
        officer = officers[session.get_one(Vacancy, match.vacancy_id).organisation_id]
        play(session, match, officer, ACCEPTED)
        placement = service.begin_placement(session, officer, introduction_of(session, match), journey.way)
        travel(Party(session, journey, placement, candidate_of(session, match), officer, protector))
        begun.append((officer, placement))
    asking.ask(session)
    try_together(session, begun)
    return len(begun)


def match_for(session: Session, journey: Journey) -> Suggestion | None:
    """The best match of a published vacancy of this trade and country that nobody acted on, or of the visitor's."""
    visitor = identity("profile", 0)
    acted = select(Introduction.id).where(
        Introduction.vacancy_id == Suggestion.vacancy_id, Introduction.profile_id == Suggestion.profile_id
    )
    placed = select(Introduction.profile_id).where(Introduction.state == IntroductionState.ACCEPTED)
    others = (Suggestion.profile_id != visitor, Suggestion.profile_id.not_in(placed))
    who = (Suggestion.profile_id == visitor,) if journey.is_visitors else others
    query = (
        select(Suggestion)
        .join(Vacancy, Vacancy.id == Suggestion.vacancy_id)
        .join(Occupation, Occupation.id == Vacancy.occupation_id)
        .where(Vacancy.state == VacancyState.PUBLISHED, Vacancy.country == journey.country)
        .where(Occupation.isco_group == journey.isco, ~acted.exists())
        .where(*who)
        .order_by(Vacancy.reference, Suggestion.missing, Suggestion.score.desc(), Suggestion.tie)
        .limit(1)
    )
    return session.scalar(query)


def introduction_of(session: Session, match: Suggestion) -> UUID:
    """The introduction that this match led to."""
    pair = (Introduction.vacancy_id == match.vacancy_id, Introduction.profile_id == match.profile_id)
    return session.scalars(select(Introduction.id).where(*pair)).one()


def travel(party: Party) -> None:
    """The whole journey: the terms, the answer, the legs as far as it goes, and what happens beside."""
    journey = party.journey
    if Extra.DEMAND_LETTER in journey.extras:
        write_letter(party)
    send_terms(party)
    if journey.until is not S.OFFERED:
        party.agree(C.CONFIRM, ContractMoved(was_read=True))
        party.move(A.ACCEPT)
        for state, action, part in legs_to(journey.until):
            party.note(part)
            if action is A.BEGIN_PERMIT and has_training(party):
                party.move(A.BEGIN_TRAINING)
            party.move(action, began(journey) if state is S.EMPLOYED else None)
        party.note(PARTS[-1], at_most=journey.more)
    for extra in journey.extras:
        HAPPENS[extra](party)


def legs_to(until: PlacementState) -> list[tuple[PlacementState, PlacementAction, str]]:
    """The legs as far as this state; none for an offer that was just accepted."""
    states = [state for state, _, _ in LEGS]
    return list(LEGS[: states.index(until) + 1]) if until in states else []


def began(journey: Journey) -> PlacementMoved:
    """That the work began so many days ago."""
    return PlacementMoved(on=today() - timedelta(days=journey.worked))


def has_training(party: Party) -> bool:
    """Whether the way asks for a training before the permit."""
    return any(
        one.step.stage.value == "training" and not one.step.is_optional for one in service.lines_of(party.placement)
    )


def try_together(session: Session, begun: Sequence[tuple[Actor, Placement]]) -> None:
    """An agency moves two of its placements at once, and what cannot be moved comes back with its reason."""
    accepted = [(officer, placement) for officer, placement in begun if placement.state is S.ACCEPTED]
    for officer, placement in accepted[:1]:
        move_together(session, officer, [placement.id], A.BEGIN_PERMIT, PlacementMoved())
