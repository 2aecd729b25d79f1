"""What a placement costs: the fees of the law beforehand, what was paid, and a candidate's word of a charge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.casework.sourced import Sourced
from talent.foundation.errors import Unprocessable
from talent.foundation.words import Sentence
from talent.matching.service import candidate_match
from talent.pathways.terms import PAYER_NAMES
from talent.placements import costs, service
from talent.placements.complaints import complaints_about
from talent.placements.cost_models import ChargeComplaint, Cost
from talent.placements.cost_terms import COST_KIND_NAMES, COST_PARTY_NAMES, PAYEES, PAYERS, RECRUITERS, CostParty
from talent.placements.costs import StatutoryFee, WorkersShare
from talent.placements.models import Placement
from talent.placements.schemas import MONEY, CostNoted
from talent.vacancies.models import Vacancy
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.navigation import ROLE_NAMES
from web.parts import Choice, Tag
from web.policy import holds
from web.routes.complaints import COMPLAINT_TAGS, complaint_page
from web.routes.recognition_finder import source_line

P = Permission
router = APIRouter(prefix="/placements", dependencies=[holds(P.PLACEMENT_READ)])
match_router = APIRouter(prefix="/matches", dependencies=[holds(P.MATCH_ANSWER)])
REFUSED_AT = {costs.NO_SUCH_FEE: "fee", costs.WHO_ASKED: "payee", costs.PAID_IN_FUTURE: "paid_on"}
"""The field to which a refusal belongs."""


@dataclass(frozen=True)
class CostForm:
    """What can be chosen when a cost is told."""

    kinds: Sequence[Choice]
    payers: Sequence[Choice]
    payees: Sequence[Choice]
    fees: Sequence[Choice] = ()
    currencies: Sequence[Choice] = tuple(Choice(code, code) for code in MONEY)


@dataclass(frozen=True)
class CostsView:
    """The fees of the law on one journey, and the ledger."""

    placement: Placement
    fees: Sequence[StatutoryFee]
    share: Sequence[WorkersShare]
    ledger: Sequence[Cost]
    complaints: Mapping[UUID, ChargeComplaint]
    choices: CostForm
    tags: Mapping[Any, Tag]
    names: Mapping[str, Mapping[Any, str]]

    def source(self, row: Sourced) -> Sentence:
        """Where a fee comes from, with its as-of date."""
        return source_line(row.source, row.legal, row.as_of, row.confidence)

    def why(self, cost: Cost) -> list[Sentence]:
        """Why a cost of the ledger is a charge."""
        return costs.reasons_of(cost, self.fees)

    def who(self, cost: Cost) -> str:
        """Who told of a cost, by role."""
        return ROLE_NAMES[Role(cost.noted_role)]


@dataclass(frozen=True)
class ChargeView:
    """A job for which somebody was asked to pay."""

    vacancy: Vacancy
    choices: CostForm


def cost_form(fees: Sequence[StatutoryFee] = (), payees: Sequence[CostParty] = PAYEES) -> CostForm:
    """The lists of the form; ``fees`` are those of the journey."""
    return CostForm(
        kinds=[Choice(kind.value, words) for kind, words in COST_KIND_NAMES.items()],
        payers=[Choice(party.value, COST_PARTY_NAMES[party]) for party in PAYERS],
        payees=[Choice(party.value, COST_PARTY_NAMES[party]) for party in payees],
        fees=[Choice(row.key, row.fee.text) for row in fees],
    )


def costs_view(session: Session, actor: Actor, placement: Placement) -> CostsView:
    """Everything that the page of the costs needs."""
    fees = costs.fees_of(placement)
    ledger = costs.costs_of(session, actor, placement)
    return CostsView(
        placement,
        fees,
        costs.workers_share(fees),
        ledger,
        complaints_about(session, actor, ledger),
        cost_form(fees),
        COMPLAINT_TAGS,
        {"kind": COST_KIND_NAMES, "party": COST_PARTY_NAMES, "payer": PAYER_NAMES},
    )


ASKERS = cost_form(payees=[party for party in PAYEES if party in RECRUITERS])
"""Who may have asked for money before there is a placement: what they take is a charge, whatever it is called."""


@router.get("/{placement_id}/costs")
def ledger(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The fees of the law beforehand, what was paid, and a form for what was not told yet."""
    found = service.get(session, actor, placement_id)
    return page.show("costs/ledger.html", costs_view(session, actor, found), form=blank(payer="worker", currency="PKR"))


@router.post("/{placement_id}/costs")
def note(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Add a cost; a charge freezes the vacancy and opens a complaint."""
    found = service.get(session, actor, placement_id)
    answer = form.read(CostNoted)
    if answer.value is None:
        return page.again("costs/ledger.html", costs_view(session, actor, found), answer)
    here = f"/placements/{placement_id}/costs"
    form.once(session, actor, then=here)
    try:
        costs.note_cost(session, actor, found, answer.value)
    except Unprocessable as refused:
        wrong = answer.refuse(REFUSED_AT[refused.message.msgid], refused.message)
        return page.again("costs/ledger.html", costs_view(session, actor, found), wrong)
    return form.done(session, here)


@match_router.get("/{vacancy_id}/charge")
def ask_charge(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Ask who wanted money for a job."""
    match = candidate_match(session, actor, vacancy_id, language=page.language.code)
    return page.show("costs/charge.html", ChargeView(match.vacancy, ASKERS), form=blank(currency="PKR"))


@match_router.post("/{vacancy_id}/charge")
def report(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep what the candidate tells; when it is a charge, the vacancy freezes."""
    form.once(session, actor, then="/complaints")
    match = candidate_match(session, actor, vacancy_id, language=page.language.code)
    view = ChargeView(match.vacancy, ASKERS)
    answer = form.read(CostNoted)
    if answer.value is None:
        return page.again("costs/charge.html", view, answer)
    try:
        told = costs.report_charge(session, actor, match.vacancy, answer.value)
    except Unprocessable as refused:
        wrong = answer.refuse(REFUSED_AT[refused.message.msgid], refused.message)
        return page.again("costs/charge.html", view, wrong)
    return form.done(session, complaint_page(complaints_about(session, actor, [told])[told.id].id))
