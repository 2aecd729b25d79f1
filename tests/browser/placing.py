"""Placements for the pages: one that waits for the candidate's answer, one that may begin, and one that is over."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.matching.introductions import answer, decide
from talent.matching.models import Introduction, Suggestion
from talent.matching.states import IntroductionAction
from talent.placements import contracts, demands
from talent.placements.bulk import move_together
from talent.placements.complaints import complaints_about
from talent.placements.contract_schemas import ContractMoved, ContractTold, LetterTold
from talent.placements.contract_states import ContractAction
from talent.placements.costs import note_cost
from talent.placements.models import Placement
from talent.placements.schemas import CostNoted, PlacementMoved
from talent.placements.service import begin_placement
from talent.placements.states import PlacementAction, PlacementState
from talent.profiles.models import Profile
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

WAITING = ("begun", "accepted", "employed")


def add_placements(session: Session, ids: dict[str, str], officer: Actor, employer: Actor) -> None:
    """A placement that waits for the candidate's answer, introductions, and one that an employer takes part in.

    All begin before the candidate tells of a charge: that freezes the vacancy, which is never one that others need.
    """
    accepted = (IntroductionAction.SAY_YES, IntroductionAction.ACCEPT)
    for name, (vacancy_id, profile_id) in zip(WAITING, free_pairs(session, ids, officer), strict=True):
        owner = session.get_one(Profile, profile_id).account_id
        answer(session, Actor(owner, Role.CANDIDATE), vacancy_id, accepted[0])
        decide(session, officer, vacancy_id, profile_id, accepted[1])
        found = select(Introduction.id).where(Introduction.vacancy_id == vacancy_id)
        one = session.scalars(found.where(Introduction.profile_id == profile_id)).one()
        ids[f"{name}_introduction"] = str(one)
    add_employed(session, ids, officer, employer)
    made = begin_placement(session, officer, UUID(ids["begun_introduction"]), "de_fast_track_81a")
    ids["placement"] = str(made.id)
    together = move_together(session, officer, [made.id], PlacementAction.BEGIN_VISA, PlacementMoved())
    ids["bulk_move"] = str(together.id)
    candidate = Actor(made.account_id, Role.CANDIDATE)
    terms = ContractTold(pay_cents=295_000, period="month", hours_week=40, length="fixed", months=24, languages=["ur"])
    contracts.save_terms(session, officer, made, terms)
    contracts.move(session, officer, made, ContractAction.SEND, ContractMoved())
    demands.write(session, officer, made, LetterTold(seats=12, pay_cents=300_000, period="month", months=24))
    insured = CostNoted(
        kind="insurance", payee="office", amount_cents=250_000, paid_on=today(), fee="pk_exit/insurance"
    )
    asked = CostNoted(kind="recruitment", payee="go_between", payee_name="Agent", amount_cents=15_000_000)
    for told in (insured, asked):
        cost = note_cost(session, candidate, made, told)
    ids["complaint"] = str(complaints_about(session, candidate, [cost])[cost.id].id)


def free_pairs(session: Session, ids: dict[str, str], officer: Actor) -> list[tuple[UUID, UUID]]:
    """German vacancies of the officer's agency and people of their lists without an introduction, one for each waiting.

    The vacancy of the first is no other's.
    """
    taken = select(Introduction.profile_id)
    found = session.execute(
        select(Suggestion.vacancy_id, Suggestion.profile_id)
        .join(Vacancy, Vacancy.id == Suggestion.vacancy_id)
        .where(Suggestion.organisation_id == officer.organisation_id, Suggestion.profile_id.not_in(taken))
        .where(Vacancy.country == "DE", Vacancy.state == VacancyState.PUBLISHED, Vacancy.id != UUID(ids["vacancy"]))
        .order_by(Suggestion.vacancy_id, Suggestion.profile_id)
    ).all()
    first, first_profile = found[0]
    others = {profile: vacancy for vacancy, profile in found if vacancy != first and profile != first_profile}
    return [(first, first_profile), *((vacancy, profile) for profile, vacancy in others.items())][: len(WAITING)]


def add_employed(session: Session, ids: dict[str, str], officer: Actor, employer: Actor) -> None:
    """A placement in which the employer takes part."""
    made = begin_placement(session, officer, UUID(ids["employed_introduction"]), "de_fast_track_81a")
    made.state, made.employer_id = PlacementState.PERMIT, employer.organisation_id
    ids["employed_placement"] = str(made.id)


def add_return(session: Session, ids: dict[str, str], candidate: Actor) -> None:
    """The candidate's own placement, from which the candidate has come back."""
    met = session.scalars(select(Introduction).where(Introduction.account_id == candidate.id)).first()
    assert met is not None
    job = session.get_one(Vacancy, met.vacancy_id)
    profile = session.get_one(Profile, met.profile_id)
    back = Placement(
        introduction_id=met.id,
        account_id=candidate.id,
        vacancy_id=job.id,
        organisation_id=job.organisation_id,
        reference="PL-BACK22",
        profile_reference=profile.reference,
        job_title=job.title,
        employer=job.employer,
        country=job.country,
        isco_group="7212",
        pathway_id="de_fast_track_81a",
        rules_version="",
        rules_read={},
        state=PlacementState.RETURNED,
        last_active=PlacementState.RETAINED_12,
        work_began_on=today() - timedelta(days=500),
        created_at=now(),
        changed_at=now(),
    )
    session.add(back)
    session.flush()
    ids["returned_placement"] = str(back.id)
