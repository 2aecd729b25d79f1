"""The contract of a placement: the agency writes it, the worker agrees or objects, Pakistan's mission attests."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.references import new_reference
from talent.foundation.words import N_
from talent.pathways.catalogue import EXIT_COUNTRY, catalogue
from talent.placements import demands, letters
from talent.placements.contract_models import Contract
from talent.placements.contract_rules import TermFinding, read_terms
from talent.placements.contract_schemas import ContractMoved, ContractTold
from talent.placements.contract_states import CHANGEABLE, CONTRACT, ContractAction, ContractFacts, ContractState
from talent.placements.contract_terms import Promises
from talent.placements.letters import Occasion
from talent.placements.models import Placement
from talent.placements.policy import visible_contracts
from talent.placements.schemas import StepDone
from talent.placements.service import note_step, ways_of
from talent.placements.states import FINAL
from talent.profiles.models import Profile, ProfileLanguage

NO_CONTRACT = N_("There is no contract here.")
FIXED_ALREADY = N_("The worker has these terms in hand. Withdraw the contract to write another one.")
OVER = N_("This placement is over.")
FUTURE = N_("The day is in the future.")
TOLD_TO_WORKER = {ContractAction.SEND: Occasion.TERMS_SENT, ContractAction.WITHDRAW: Occasion.TERMS_WITHDRAWN}
TOLD_TO_AGENCY = {ContractAction.CONFIRM: Occasion.TERMS_AGREED, ContractAction.OBJECT: Occasion.TERMS_OBJECTED}
"""Who is written to after which step."""
ATTESTED_STEP = "contract_attestation"
"""Pakistan's own step, in the data of the way out, by which an attestation stands on the line of the journey."""


def contracts_of(session: Session, actor: Actor, placement: Placement) -> Sequence[Contract]:
    """The contracts of this placement that the actor may know: the one that stands first, then the withdrawn ones."""
    order = (Contract.state == ContractState.WITHDRAWN, Contract.made_at.desc(), Contract.id)
    return session.scalars(visible_contracts(actor).where(Contract.placement_id == placement.id).order_by(*order)).all()


def standing(session: Session, actor: Actor, placement: Placement) -> Contract | None:
    """The contract that counts; None when there is none, or none that the actor may know."""
    known = contracts_of(session, actor, placement)
    return known[0] if known and known[0].state is not ContractState.WITHDRAWN else None


def to_change(session: Session, actor: Actor, placement: Placement) -> Contract:
    """The contract that counts, locked.

    Raises:
        NotFound: there is none that the actor may know.
    """
    own = visible_contracts(actor).where(
        Contract.placement_id == placement.id, Contract.state != ContractState.WITHDRAWN
    )
    found = session.scalar(own.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound(NO_CONTRACT)
    return found


def save_terms(session: Session, actor: Actor, placement: Placement, told: ContractTold) -> Contract:
    """Write the terms down: of the contract that is drafted or objected to, or of a new one.

    Raises:
        NotPermitted: the actor is no agency, or its organisation is suspended.
        Conflict: the placement is over, or the worker has the terms in hand.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    actor.refuse_when_suspended()
    if placement.state in FINAL:
        raise Conflict(OVER)
    found = standing(session, actor, placement)
    if found is None:
        found = Contract(placement_id=placement.id, reference=new_reference("CT"), languages=[], made_at=now())
        session.add(found)
    elif found.state not in CHANGEABLE:
        raise Conflict(FIXED_ALREADY)
    for name, value in told.model_dump().items():
        setattr(found, name, value)
    session.flush()
    return found


def move(
    session: Session, actor: Actor, placement: Placement, action: ContractAction, told: ContractMoved
) -> CaseEvent:
    """Take one step; an attestation is noted on the line of the journey too, if it does not stand there yet.

    Raises:
        NotFound: there is no contract that the actor may know.
        Conflict, NotPermitted, Unprocessable: as ``take_step`` and ``note_step``.
    """
    contract = to_change(session, actor, placement)
    leaves: dict[str, object] = {}
    if action is ContractAction.ATTEST:
        leaves = {name: getattr(told, name) for name in ("attested_by", "attested_on", "attestation_number")}
        if told.attested_on is not None and told.attested_on > today():
            raise Unprocessable(FUTURE)
    facts = facts_of(contract, told)
    event = take_step(session, actor, contract, CONTRACT, action, facts, note=told.words, leaves=leaves)
    if action is ContractAction.ATTEST and told.attested_on is not None:
        _note_attestation(session, actor, placement, told)
    _tell(session, placement, contract, action)
    return event


def _tell(session: Session, placement: Placement, contract: Contract, action: ContractAction) -> None:
    if action in TOLD_TO_WORKER:
        letters.write_to_worker(session, TOLD_TO_WORKER[action], placement.account_id, contract.reference)
    if action in TOLD_TO_AGENCY:
        letters.write_to_agency(session, TOLD_TO_AGENCY[action], placement.organisation_id, contract.reference)


def _note_attestation(session: Session, actor: Actor, placement: Placement, told: ContractMoved) -> None:
    leaving = catalogue().of_country(EXIT_COUNTRY, on=today())
    way = next((row for row in leaving if row.step(ATTESTED_STEP)), None)
    noted = {(row.way_id, row.step_id) for row in placement.done}
    if way is not None and (way.id, ATTESTED_STEP) not in noted and told.attested_on is not None:
        done = StepDone(way=way.id, step=ATTESTED_STEP, done_on=told.attested_on)
        note_step(session, actor, placement, done)


def facts_of(contract: Contract, told: ContractMoved) -> ContractFacts:
    """What the steps of the workflow ask about this contract."""
    return ContractFacts(
        has_pay=contract.pay_cents is not None and contract.period is not None,
        has_hours=contract.hours_week is not None,
        was_read=told.was_read,
        is_attestation_whole=bool(told.attested_by.strip() and told.attested_on and told.attestation_number.strip()),
        has_words=bool(told.words.strip()),
    )


def promises_of(contract: Contract) -> Promises:
    """The terms as plain values."""
    names = Promises.__dataclass_fields__
    return Promises(**{name: getattr(contract, name) for name in names} | {"languages": tuple(contract.languages)})


def findings_of(session: Session, actor: Actor, placement: Placement, contract: Contract) -> list[TermFinding]:
    """Each term against what the law asks on the way by which the worker comes, and against the demand letter."""
    letter = demands.letter_of(session, actor, placement)
    return read_terms(
        promises_of(contract),
        ways_of(placement)[0],
        catalogue().amounts,
        isco_group=placement.isco_group,
        reads=languages_read(session, placement),
        letter=demands.as_letter(letter) if letter else None,
        on=today(),
    )


def languages_read(session: Session, placement: Placement) -> frozenset[str]:
    """The languages of the worker's profile; empty for whoever may not read the profile."""
    own = (
        select(ProfileLanguage.language)
        .join(Profile, Profile.id == ProfileLanguage.profile_id)
        .where(Profile.account_id == placement.account_id)
    )
    return frozenset(session.scalars(own))


def events(session: Session, contract: Contract) -> list[CaseEvent]:
    """What happened to a contract, oldest first."""
    return journal(session, CONTRACT, contract.id)
