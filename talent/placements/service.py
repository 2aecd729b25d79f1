"""What can be done with a placement: begin it from an accepted introduction, note steps, move it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.deadlines import Stop
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.casework.working_days import WorkCalendar
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.references import new_reference
from talent.foundation.words import N_, Sentence
from talent.matching.models import Introduction
from talent.matching.policy import visible_introductions
from talent.matching.states import IntroductionState
from talent.pathways.catalogue import EXIT_COUNTRY, Pathway, catalogue
from talent.pathways.eligibility import is_care
from talent.pathways.terms import Doer
from talent.placements.contract_models import Contract
from talent.placements.contract_states import TOLD
from talent.placements.letters import Occasion, write_to_worker
from talent.placements.models import Placement, PlacementStep
from talent.placements.outlines import read_now, version_of
from talent.placements.places import follow
from talent.placements.policy import visible_placements
from talent.placements.rules import may_note, months_between
from talent.placements.schemas import PlacementMoved, StepDone
from talent.placements.states import FINAL, PLACEMENT, PlacementAction, PlacementFacts, PlacementState
from talent.placements.timeline import Line, next_due, required_open, timeline, waits_for
from talent.profiles.models import Profile
from talent.taxonomy.models import Occupation
from talent.taxonomy.regulated import reserved_recruitment
from talent.vacancies.models import CostPayer, Vacancy
from talent.vacancies.states import VacancyState

WHOLE = (selectinload(Placement.done), selectinload(Placement.pauses))
"""What is read with a placement whose line is drawn."""
NO_SUCH_PLACEMENT = N_("There is no such placement.")
NOT_ACCEPTED = N_("A placement begins with an introduction that the agency accepted.")
BEGUN_ALREADY = N_("This placement was begun already.")
NO_SUCH_WAY = N_("Choose one of the ways of this country that is open to this occupation.")
RESERVED = N_("Only the {body} may place people from Pakistan in this occupation ({legal}). Ask the {body}.")
FROZEN = N_("This vacancy is frozen while project staff look into it. Nobody is placed in it.")
CHARGED = N_("The recruiter of this vacancy charges the worker. Nobody is placed in it.")
NO_SUCH_STEP = N_("There is no such step.")
NOT_YOURS = N_("Somebody else notes this step.")
DONE_ALREADY = N_("This step was noted already.")
NOT_ITS_TURN = N_("A step before this one is not done yet.")
FUTURE = N_("The day is in the future.")
BEFORE_ITS_STARTER = N_("The day is before the step with which its time began.")
NEEDS_DAY = N_("Enter the day on which the work began.")


def open_ways(country: str, isco_group: str, *, on: date) -> list[Pathway]:
    """The ways by which somebody may be placed: into the country, for the occupation, closed for nobody of it."""
    return [
        way
        for way in catalogue().of_country(country, on=on)
        if way.covers(isco_group)
        and way.kind != "search"
        and not any(isco_group.startswith(block.isco) for block in way.blocks)
    ]


def introduction_to_place(session: Session, actor: Actor, introduction_id: UUID) -> tuple[Introduction, Vacancy, str]:
    """An accepted introduction of the agency with its vacancy and occupation; what the law stops is refused.

    Raises:
        NotPermitted: the actor is no agency.
        NotFound: the agency has no such introduction.
        Conflict: it is not accepted, or its placement was begun already.
        Unprocessable: the occupation is reserved to another body, or the recruiter charges the worker.
    """
    actor.require(Permission.INTRODUCTION_DECIDE)
    found = session.scalar(visible_introductions(actor).where(Introduction.id == introduction_id))
    if found is None:
        raise NotFound(NO_SUCH_PLACEMENT)
    if found.state is not IntroductionState.ACCEPTED:
        raise Conflict(NOT_ACCEPTED)
    if session.scalar(select(Placement.id).where(Placement.introduction_id == found.id)) is not None:
        raise Conflict(BEGUN_ALREADY)
    vacancy = session.get_one(Vacancy, found.vacancy_id)
    group = session.scalar(select(Occupation.isco_group).where(Occupation.id == vacancy.occupation_id)) or ""
    reserved = reserved_recruitment(vacancy.country, group)
    if reserved is not None:
        raise Unprocessable(Sentence(RESERVED, {"body": reserved.reserved_to, "legal": reserved.legal}))
    if vacancy.cost_payer is CostPayer.WORKER:
        raise Unprocessable(CHARGED)
    if vacancy.state is VacancyState.FROZEN:
        raise Unprocessable(FROZEN)
    return found, vacancy, group


def begin_placement(session: Session, actor: Actor, introduction_id: UUID, pathway_id: str) -> Placement:
    """A new placement of an accepted candidate by this way; the offer goes to the candidate.

    Raises:
        As ``introduction_to_place``; Unprocessable: the way is not open to this occupation.
    """
    found, vacancy, group = introduction_to_place(session, actor, introduction_id)
    way = next((row for row in open_ways(vacancy.country, group, on=today()) if row.id == pathway_id), None)
    if way is None:
        raise Unprocessable(NO_SUCH_WAY)
    profile = session.get_one(Profile, found.profile_id)
    said = read_now(way.id, catalogue())
    placement = Placement(
        introduction_id=found.id,
        account_id=found.account_id,
        vacancy_id=vacancy.id,
        organisation_id=vacancy.organisation_id,
        reference=new_reference("PL"),
        profile_reference=profile.reference,
        job_title=vacancy.title,
        employer=vacancy.employer,
        country=vacancy.country,
        isco_group=group,
        pathway_id=way.id,
        rules_version=version_of(said),
        rules_read=said,
        created_at=now(),
        changed_at=now(),
        done=[],
        pauses=[],
    )
    session.add(placement)
    reread(placement)
    session.flush()
    follow(session, placement)
    write_to_worker(session, Occasion.OFFER_MADE, placement.account_id, placement.reference)
    return placement


def get(session: Session, actor: Actor, placement_id: UUID, *, to_change: bool = False) -> Placement:
    """A placement with its steps.

    Raises:
        NotFound: this actor knows of no such placement.
    """
    query = visible_placements(actor).where(Placement.id == placement_id).options(*WHOLE)
    if to_change:
        query = query.with_for_update(of=Placement).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(NO_SUCH_PLACEMENT)
    return found


def ways_of(placement: Placement) -> list[Pathway]:
    """The way of the destination and Pakistan's own, as they hold today.

    Raises:
        LookupError: the data no longer has the way; ways are closed, never removed.
    """
    found = catalogue().pathway(placement.pathway_id)
    if found is None:
        raise LookupError(placement.pathway_id)
    leaving = catalogue().of_country(EXIT_COUNTRY, on=today())
    nurse = is_care(placement.isco_group)
    return [found, *(without(way, () if nurse else ("nurse_registration",)) for way in leaving)]


def without(way: Pathway, left_out: Sequence[str]) -> Pathway:
    """The way without the steps that are for others."""
    return way.model_copy(update={"steps": tuple(step for step in way.steps if step.id not in left_out)})


def lines_of(placement: Placement) -> list[Line]:
    """Both shores' steps on one line, as of today."""
    ways = ways_of(placement)
    done = {(row.way_id, row.step_id): row.done_on for row in placement.done}
    stops: dict[tuple[str, str], list[Stop]] = {}
    for row in placement.pauses:
        stops.setdefault((row.way_id, row.step_id), []).append(Stop(row.why, row.since, row.until))
    calendars = {way.calendar: WorkCalendar(way.calendar) for way in ways}
    return timeline(ways, done, calendars, on=today(), stops=stops)


def line_of(placement: Placement, way_id: str, step_id: str) -> Line:
    """One step of the line.

    Raises:
        NotFound: there is no such step.
    """
    found = next((one for one in lines_of(placement) if (one.way.id, one.step.id) == (way_id, step_id)), None)
    if found is None:
        raise NotFound(NO_SUCH_STEP)
    return found


def reread(placement: Placement) -> None:
    """Write anew who must act and which deadline is next."""
    lines = lines_of(placement)
    is_over = placement.state in FINAL
    placement.waits_for = None if is_over else Doer.WORKER if is_offered(placement) else waits_for(lines)
    placement.next_due_on = None if is_over else next_due(lines)
    placement.changed_at = now()


def is_offered(placement: Placement) -> bool:
    """Whether the candidate's answer is waited for; a new row has no state until it is written."""
    return placement.state in (None, PlacementState.OFFERED)


def note_step(session: Session, actor: Actor, placement: Placement, told: StepDone) -> PlacementStep:
    """Note that one step was done on one day.

    Raises:
        NotPermitted: the step is somebody else's to note.
        Conflict: the placement is over or still offered, or the step was noted already.
        Unprocessable: there is no such step, it is not its turn, or the day cannot be.
    """
    actor.refuse_when_suspended()
    if placement.state in FINAL or is_offered(placement):
        raise Conflict(Sentence(N_("This cannot be done now: it is {state}."), {"state": Sentence(placement.state)}))
    line = line_of(placement, told.way, told.step)
    if not may_note(actor.role, line.step.doer):
        raise NotPermitted(NOT_YOURS)
    if line.done_on is not None:
        raise Conflict(DONE_ALREADY)
    if not line.is_next:
        raise Unprocessable(NOT_ITS_TURN)
    if told.done_on > today():
        raise Unprocessable(FUTURE)
    starter = line.way.starter(line.step)
    begun = next((one.done_on for one in placement.done if starter and one.step_id == starter.id), None)
    if begun is not None and told.done_on < begun:
        raise Unprocessable(BEFORE_ITS_STARTER)
    row = PlacementStep(way_id=told.way, step_id=told.step, done_on=told.done_on, noted_by=actor.id, noted_at=now())
    placement.done.append(row)
    reread(placement)
    session.flush()
    return row


def terms_are_told(session: Session, placement: Placement) -> bool:
    """Whether the candidate has the terms of a contract in hand."""
    sent = exists().where(Contract.placement_id == placement.id, Contract.state.in_(TOLD))
    return bool(session.scalar(select(sent)))


def facts_of(session: Session, placement: Placement, told: PlacementMoved) -> PlacementFacts:
    """What the steps of the workflow ask about this placement."""
    began = placement.work_began_on
    return PlacementFacts(
        terms_are_told=terms_are_told(session, placement),
        open_before=required_open(lines_of(placement)),
        reason=told.reason,
        months_at_work=months_between(began, today()) if began else None,
    )


def move(
    session: Session, actor: Actor, placement: Placement, action: PlacementAction, told: PlacementMoved
) -> CaseEvent:
    """Take one step of the workflow; an end keeps its coded reason and the last active state.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``; Unprocessable: the day that work began is not told.
    """
    if action is PlacementAction.START_WORK and (told.on is None or told.on > today()):
        raise Unprocessable(NEEDS_DAY)
    leaves = left_by(placement, action, told)
    event = take_step(
        session, actor, placement, PLACEMENT, action, facts_of(session, placement, told), note=told.note, leaves=leaves
    )
    reread(placement)
    session.flush()
    follow(session, placement)
    if action is PlacementAction.END:
        write_to_worker(session, Occasion.PLACEMENT_ENDED, placement.account_id, placement.reference)
    return event


def left_by(placement: Placement, action: PlacementAction, told: PlacementMoved) -> dict[str, object]:
    """What a step leaves beside the state: an end its reason and the last active state, work its first day."""
    if action is PlacementAction.START_WORK:
        return {"work_began_on": told.on}
    step = PLACEMENT.step(placement.state, action)
    if step is None or step.target not in FINAL:
        return {}
    reason = told.reason if step.target is PlacementState.ENDED else None
    return {"last_active": placement.state, "exit_reason": reason}


def events(session: Session, placement: Placement) -> list[CaseEvent]:
    """What happened to a placement, oldest first."""
    return journal(session, PLACEMENT, placement.id)
