"""The contract of a placement and the demand letter behind it: written by the agency, read and agreed to by others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import N_
from talent.placements import contracts, demands, service
from talent.placements.contract_models import Contract, DemandLetter
from talent.placements.contract_schemas import ContractMoved, ContractTold, LetterAgreed, LetterTold
from talent.placements.contract_states import CHANGEABLE, CONTRACT, ContractAction, ContractState
from talent.placements.contract_terms import TERM_NAMES, Term
from talent.placements.models import Placement
from talent.vacancies.models import Vacancy
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import WHOLE_FORM, Answer, FormDep, blank
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Tag, Text
from web.policy import TAKES_PART, holds
from web.routes.contract_forms import NAMES, as_typed, choices, letter_as_typed
from web.routes.recognition_finder import source_line

P = Permission
router = APIRouter(prefix="/placements", dependencies=[TAKES_PART])
S, A = ContractState, ContractAction
CONTRACT_TAGS: Mapping[ContractState, Tag] = {
    S.DRAFT: Tag(N_("Draft: the worker does not see it yet"), "neutral"),
    S.SENT: Tag(N_("Sent: the worker reads it"), "waiting"),
    S.OBJECTED: Tag(N_("The worker objects"), "attention"),
    S.CONFIRMED: Tag(N_("The worker agrees"), "good"),
    S.ATTESTED: Tag(N_("Attested by Pakistan’s mission"), "good"),
    S.WITHDRAWN: Tag(N_("Withdrawn"), "bad"),
}
CONTRACT_ACTIONS: Mapping[ContractAction, str] = {
    A.SEND: N_("Send the terms to the worker"),
    A.CONFIRM: N_("I agree to these terms"),
    A.OBJECT: N_("This is not what I was promised"),
    A.ATTEST: N_("Note the attestation"),
    A.WITHDRAW: N_("Withdraw this contract"),
}
writes = [holds(P.PLACEMENT_MOVE)]


@dataclass(frozen=True)
class ShownTerm:
    """One term: what the contract promises, and what the law asks, each line with its source."""

    term: Term
    name: str
    findings: Sequence[tuple[str, Text, Text]]
    """The answer (met, missing or unknown), the sentence, and the source line; empty where nobody's rule speaks."""


@dataclass(frozen=True)
class ContractView:
    """The contract of a placement for one reader."""

    placement: Placement
    contract: Contract | None
    letter: DemandLetter | None
    tag: Tag | None
    terms: Sequence[ShownTerm]
    actions: Sequence[str]
    may_write: bool
    withdrawn: int
    journal: Sequence[JournalLine]
    names: Mapping[str, Mapping[Any, str]]


@dataclass(frozen=True)
class TermsView:
    """The form of the terms with its choices."""

    placement: Placement
    choices: Mapping[str, Sequence[Choice]]


@dataclass(frozen=True)
class LetterView:
    """The demand letter, what may be done with it, and its form where the reader writes it."""

    placement: Placement
    letter: DemandLetter | None
    may_write: bool
    may_agree: bool
    choices: Mapping[str, Sequence[Choice]]
    names: Mapping[str, Mapping[Any, str]]


def contract_page(placement_id: UUID) -> str:
    """The address of a placement's contract."""
    return f"/placements/{placement_id}/contract"


def contract_view(session: Session, actor: Actor, placement: Placement) -> ContractView:
    """Everything that the page of a contract needs."""
    known = contracts.contracts_of(session, actor, placement)
    found = next((row for row in known if row.state is not S.WITHDRAWN), None)
    steps = (
        [step.action.value for step in CONTRACT.steps_from(found.state) if actor.has(step.permission)] if found else []
    )
    may_write = actor.has(P.PLACEMENT_MOVE) and (found is None or found.state in CHANGEABLE)
    return ContractView(
        placement=placement,
        contract=found,
        letter=demands.letter_of(session, actor, placement),
        tag=CONTRACT_TAGS[found.state] if found else None,
        terms=shown_terms(session, actor, placement, found) if found else (),
        actions=steps,
        may_write=may_write,
        withdrawn=sum(row.state is S.WITHDRAWN for row in known),
        journal=journal_of(session, known) if actor.has(P.PLACEMENT_READ) else (),
        names={**NAMES, "action": {one.value: words for one, words in CONTRACT_ACTIONS.items()}},
    )


def shown_terms(session: Session, actor: Actor, placement: Placement, contract: Contract) -> list[ShownTerm]:
    """The terms in their order, each with its findings."""
    found = contracts.findings_of(session, actor, placement, contract)
    rows = [
        (
            one.term,
            (
                one.answer.value,
                one.sentence,
                source_line(one.row.source, one.row.legal, one.row.as_of, one.row.confidence) if one.row else "",
            ),
        )
        for one in found
    ]
    return [ShownTerm(term, TERM_NAMES[term], [line for known, line in rows if known is term]) for term in Term]


def journal_of(session: Session, known: Sequence[Contract]) -> list[JournalLine]:
    """What happened to the contracts of a placement, oldest first."""
    events = [event for contract in known for event in contracts.events(session, contract)]
    return [
        JournalLine(row.at, ROLE_NAMES[Role(row.actor_role)], CONTRACT_ACTIONS[A(row.action)], row.note)
        for row in sorted(events, key=lambda row: row.at)
    ]


def shown(
    session: Session, actor: Actor, page: PageDep, placement: Placement, form: Answer[Any] | None = None
) -> Response:
    """The page of a contract, with what is wrong in a form when something is."""
    form = form or blank()
    view = contract_view(session, actor, placement)
    return page.show("placements/contract.html", view, form=form, status=422 if form.errors else 200)


@router.get("/{placement_id}/contract")
def contract(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The terms in words, and what the law asks of them."""
    return shown(session, actor, page, service.get(session, actor, placement_id))


@router.get("/{placement_id}/contract/terms", dependencies=writes)
def ask_terms(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Ask for the terms; what the vacancy promised stands there already."""
    placement = service.get(session, actor, placement_id)
    found = contracts.standing(session, actor, placement)
    vacancy = session.get_one(Vacancy, placement.vacancy_id)
    return page.show(
        "placements/terms.html", TermsView(placement, choices(page.language.code)), form=as_typed(found, vacancy)
    )


@router.post("/{placement_id}/contract/terms", dependencies=writes)
def save_terms(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the terms."""
    form.once(session, actor, then=contract_page(placement_id))
    placement = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(ContractTold)
    view = TermsView(placement, choices(page.language.code))
    if answer.value is None:
        return page.again("placements/terms.html", view, answer)
    try:
        contracts.save_terms(session, actor, placement, answer.value)
    except Conflict as refused:
        return page.again("placements/terms.html", view, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, contract_page(placement_id))


@router.post("/{placement_id}/contract/step/{step}", dependencies=[holds(P.PLACEMENT_READ)])
def move(
    placement_id: UUID, step: ContractAction, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Take one step of the contract."""
    form.once(session, actor, then=contract_page(placement_id))
    placement = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(ContractMoved)
    if answer.value is None:
        return shown(session, actor, page, placement, answer)
    try:
        with session.begin_nested():
            contracts.move(session, actor, placement, step, answer.value)
    except Unprocessable as refused:
        session.expire_all()
        placement = service.get(session, actor, placement_id)
        return shown(session, actor, page, placement, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, contract_page(placement_id))


def letter_view(session: Session, actor: Actor, placement: Placement, language: str) -> LetterView:
    """Everything that the page of a demand letter needs."""
    found = demands.letter_of(session, actor, placement)
    own = {Role.AGENCY_OFFICER: "agency_agreed_at", Role.PROTECTORATE_OFFICER: "protectorate_agreed_at"}.get(actor.role)
    waits = found is not None and own is not None and getattr(found, own) is None
    first = found is not None and found.agency_agreed_at is not None
    may_agree = waits and (actor.role is Role.AGENCY_OFFICER or first)
    return LetterView(placement, found, actor.has(P.PLACEMENT_MOVE), may_agree, choices(language), NAMES)


@router.get("/{placement_id}/demand-letter")
def letter(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The demand letter of this placement's vacancy, the same record for everybody."""
    view = letter_view(session, actor, service.get(session, actor, placement_id), page.language.code)
    vacancy = session.get_one(Vacancy, view.placement.vacancy_id) if view.may_write else None
    return page.show("placements/letter.html", view, form=letter_as_typed(view.letter, vacancy))


@router.post("/{placement_id}/demand-letter", dependencies=writes)
def write_letter(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write the letter, or write it anew."""
    here = f"/placements/{placement_id}/demand-letter"
    form.once(session, actor, then=here)
    placement = service.get(session, actor, placement_id)
    answer = form.read(LetterTold)
    if answer.value is None:
        return page.again("placements/letter.html", letter_view(session, actor, placement, page.language.code), answer)
    demands.write(session, actor, placement, answer.value)
    return form.done(session, here)


@router.post("/{placement_id}/demand-letter/agree", dependencies=[holds(P.PLACEMENT_READ)])
def agree(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Agree to the letter as it was read."""
    here = f"/placements/{placement_id}/demand-letter"
    placement = service.get(session, actor, placement_id)
    answer = form.read(LetterAgreed)
    if answer.value is None:
        return see(here)
    form.once(session, actor, then=here)
    try:
        demands.agree(session, actor, placement, version=answer.value.version)
    except (Conflict, NotPermitted) as refused:
        view = letter_view(session, actor, placement, page.language.code)
        vacancy = session.get_one(Vacancy, placement.vacancy_id) if view.may_write else None
        wrong = letter_as_typed(view.letter, vacancy).refuse(WHOLE_FORM, refused.message)
        return page.again("placements/letter.html", view, wrong)
    return form.done(session, here)
