"""What people of a side did with a match: yes, no, a request for review, and placements that came of it."""

from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.casework.clock_terms import Pause
from talent.foundation.clock import now, today
from talent.foundation.documents import Purpose, store
from talent.matching import introductions
from talent.matching.drift import drift
from talent.matching.models import Introduction, Suggestion
from talent.matching.reasons import unpacked
from talent.matching.states import IntroductionAction
from talent.matching.trust_models import JudgedPair, Judgement, Measurement, MeasurementKind
from talent.monitoring.outreach import Assignment, assign
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.outreach_terms import Task
from talent.pathways.models import ErrorReport
from talent.placements import contracts, demands
from talent.placements.after_models import BulkMove, BulkRefusal, CheckIn
from talent.placements.after_terms import Kept
from talent.placements.complaints import complaints_about
from talent.placements.contract_schemas import ContractMoved, ContractTold, LetterTold
from talent.placements.contract_states import ContractAction
from talent.placements.cost_terms import CostKind, CostParty
from talent.placements.costs import note_cost
from talent.placements.models import Placement, PlacementPause
from talent.placements.row_rules import EXIT_WAY
from talent.placements.schemas import CostNoted
from talent.placements.service import begin_placement
from talent.placements.states import PlacementState
from talent.placements.step_models import PlacementProof, RulesChange
from talent.vacancies.models import Vacancy
from talent.vacancies.terms import PayPeriod
from tests.access.sides import Side, mark
from tests.journeys.conftest import Place

WAY = "de_fast_track_81a"


def acted(place: Place, side: Side) -> None:
    """The candidate says yes and asks for a review; the agency has marked its journal."""
    introductions.answer(place.session, side.candidate, side.vacancy.id, IntroductionAction.SAY_YES)
    introductions.answer(place.session, side.candidate, side.second.id, IntroductionAction.SAY_YES)
    reason = mark(side.letter, "case_event", "note")
    second = (side.second.id, side.ids["profile_id"], IntroductionAction.TURN_DOWN, reason)
    introductions.decide(place.session, side.officer, *second)
    words = mark(side.letter, "review_request", "words")
    request = introductions.ask_for_review(place.session, side.candidate, side.vacancy.id, words)
    side.ids["request_id"] = request.id


def placed(place: Place, side: Side, var_dir: Path, employer: Actor) -> None:
    """Five times accepted: each officer began a placement and may begin another; one is about to leave.

    On side A the employer takes part in that one.
    """
    for officer, things, vacancies in (
        (side.officer, side.ids, side.offers),
        (side.colleague, side.colleagues, side.others),
    ):
        begun, waiting = (accepted(place, side, officer, vacancy) for vacancy in vacancies)
        placement = begin_placement(place.session, officer, begun, WAY)
        things["placement_id"] = placement.id
        things["introduction_id"] = waiting
        words = mark(side.letter, "cost", "words")
        asked = CostNoted(kind=CostKind.RECRUITMENT, payee=CostParty.GO_BETWEEN, payee_name=words, words=words)
        charge = note_cost(place.session, side.candidate, placement, asked)
        opened = complaints_about(place.session, side.candidate, [charge])
        side.ids["complaint_id"] = opened[charge.id].id
        offered(place.session, officer, placement)
        moved_together(place.session, officer, placement, things)
        things["proof_id"] = proved(place.session, officer, placement, (WAY, "offer"), side, var_dir)
    side.ids["pair_id"] = judged(place, side)
    leaving = begin_placement(place.session, side.officer, accepted(place, side, side.officer, side.far), WAY)
    offered(place.session, side.officer, leaving)
    leaving.state = PlacementState.EXIT_CLEARANCE
    agreed = ContractMoved(was_read=True)
    contracts.move(place.session, side.candidate, leaving, ContractAction.CONFIRM, agreed)
    proof = proved(place.session, side.candidate, leaving, (EXIT_WAY, "papers"), side, var_dir)
    side.known["protectorate_officer"] = {"placement_id": leaving.id, "proof_id": proof}
    if side.letter == "A":
        leaving.employer_id = employer.organisation_id
        own = proved(place.session, employer, leaving, (WAY, "agreement"), side, var_dir)
        side.known["employer"] = {"placement_id": leaving.id, "proof_id": own}


def proved(
    session: Session, actor: Actor, placement: Placement, step: tuple[str, str], side: Side, var_dir: Path
) -> UUID:
    """A document of this step, with the side's mark inside; its clock stands, and a rule of its way has changed."""
    words = mark(side.letter, "placement_proof", "content")
    content = f"%PDF-1.4\n%{words}{uuid4().hex}\ntrailer<<>>\n%%EOF\n".encode()
    owner, purpose = placement.account_id, Purpose.EVIDENCE
    stored = store(session, var_dir, content, owner_id=owner, purpose=purpose, original_name="proof.pdf")
    made = PlacementProof(placement_id=placement.id, way_id=step[0], step_id=step[1], document_id=stored.id)
    made.added_at, made.added_by, made.added_role = now(), actor.id, actor.role.value
    made.organisation_id = actor.organisation_id
    pause = PlacementPause(placement_id=placement.id, way_id=step[0], step_id=step[1], why=Pause.INFORMATION)
    pause.since, pause.noted_by, pause.noted_at = today(), actor.id, now()
    session.add_all([made, pause, RulesChange(placement_id=placement.id, at=now(), changes=[])])
    session.flush()
    return made.id


def offered(session: Session, officer: Actor, placement: Placement) -> None:
    """The terms of the contract were sent, a demand letter stands behind them, and a check-in was answered."""
    terms = ContractTold(pay_cents=295_000, period=PayPeriod.MONTH, hours_week=40)
    contracts.save_terms(session, officer, placement, terms)
    contracts.move(session, officer, placement, ContractAction.SEND, ContractMoved())
    demands.write(session, officer, placement, LetterTold(seats=3, pay_cents=295_000, period=PayPeriod.MONTH))
    told = CheckIn(placement_id=placement.id, month=3, due_on=today(), answered_at=now(), in_job=Kept.YES, problems=[])
    told.words, told.settled_words, told.wants_call, told.needs_a_look = "", "", False, False
    session.add(told)
    session.flush()


def moved_together(session: Session, officer: Actor, placement: Placement, things: dict[str, UUID]) -> None:
    """Many placements that the officer moved at once, of which this one was refused."""
    made = BulkMove(
        organisation_id=officer.organisation_id, moved_by=officer.id, action="begin_visa", at=now(), moved=0
    )
    session.add(made)
    session.flush()
    refused = {"placement_id": placement.id, "reference": placement.reference, "sentence": "No.", "facts": {}}
    session.add(BulkRefusal(bulk_id=made.id, **refused))
    session.flush()
    wrong = ErrorReport(pathway_id=WAY, rules_version="none", words="The fee is wrong.", reported_at=now(), answer="")
    session.add(wrong)
    session.flush()
    things |= {"bulk_id": made.id, "report_id": wrong.id}


def accepted(place: Place, side: Side, officer: Actor, vacancy: Vacancy) -> UUID:
    """The introduction of this side's candidate to this vacancy, which both wanted."""
    introductions.answer(place.session, side.candidate, vacancy.id, IntroductionAction.SAY_YES)
    introductions.decide(place.session, officer, vacancy.id, side.ids["profile_id"], IntroductionAction.ACCEPT)
    met = select(Introduction.id).where(Introduction.vacancy_id == vacancy.id)
    return place.session.scalars(met.where(Introduction.account_id == side.candidate.id)).one()


def judged(place: Place, side: Side) -> UUID:
    """A pair of this side that was drawn to be judged, and that one recruiter has judged."""
    session, judge = place.session, place.joins(Role.PROJECT_STAFF)
    which = (side.vacancy.id, side.ids["profile_id"])
    shown = session.get_one(Suggestion, which)
    seen = {
        "vacancy_input": shown.vacancy_input,
        "profile_input": shown.profile_input,
        "parts": dict(unpacked(shown.reasons).parts),
    }
    told = {"weights_version": "none", "score": shown.score, "missing": shown.missing, "drawn_at": now()}
    pair = JudgedPair(vacancy_id=which[0], profile_id=which[1], **seen, **told)
    session.add(pair)
    session.flush()
    reason = mark(side.letter, "judgement", "reason")
    session.add(Judgement(pair_id=pair.id, judge_id=judge.id, grade=2, reason=reason, at=now()))
    session.add(Measurement(kind=MeasurementKind.DRIFT, at=now(), took_ms=1, content=drift([1], [1])))
    session.flush()
    return pair.id


def followed(session: Session, staff: Actor, placement_id: UUID, words: str) -> UUID:
    """A follow-up of this placement, with a note."""
    told = Assignment(cases=[placement_id], task=Task.ASK_AUTHORITY, assigned_to=staff.id, due_on=today())
    assign(session, staff, told)
    one = session.scalars(select(FollowUp).where(FollowUp.placement_id == placement_id)).one()
    one.note = words
    session.flush()
    return one.id
