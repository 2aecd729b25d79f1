"""The agency's shortlist: blind cards in order, each explained, and what a person decides about them."""

from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission, Role
from talent.foundation.paging import Page
from talent.matching import introductions, revealing, service
from talent.matching.revealing import REASONS
from talent.matching.schemas import Reveal, TurnDownReason
from talent.matching.service import BlindCard, ListOrder
from talent.matching.states import INTRODUCTION, IntroductionAction
from talent.profiles.identity import Contact
from talent.vacancies.models import Vacancy
from web.dependencies import ActorDep, PageDep, SessionDep
from web.explanations import ACTION_WORDS, STATE_TAGS, Explained, explained
from web.forms import FormDep
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Tag
from web.policy import holds

router = APIRouter(prefix="/vacancies/{vacancy_id}", dependencies=[holds(Permission.SHORTLIST_READ)])


@dataclass(frozen=True)
class CardView:
    """One blind card; ``steps`` are what the agency may do now."""

    vacancy: Vacancy
    card: BlindCard
    explained: Explained
    state: Tag
    steps: frozenset[str]
    journal: tuple[JournalLine, ...] = ()
    contact: Contact | None = None

    @property
    def reasons(self) -> list[Choice]:
        """Why a name may be opened."""
        return [Choice(reason.value, words) for reason, words in REASONS.items()]


@dataclass(frozen=True)
class ShortlistView:
    """A vacancy and one page of its cards, best first."""

    vacancy: Vacancy
    cards: list[CardView]
    listed: Page[BlindCard]
    order: ListOrder

    @property
    def adequate(self) -> list[CardView]:
        """Cards that fit at least in part, and everybody in contact."""
        return [one for one in self.cards if one.card.introduction or not one.explained.is_weak]

    @property
    def proposed(self) -> bool:
        """Whether anybody on this page is proposed to the vacancy."""
        return any(one.card.is_proposed for one in self.cards)

    @property
    def weak(self) -> list[CardView]:
        """The others: shown on request, so that a person can look past the software."""
        return [one for one in self.cards if not one.card.introduction and one.explained.is_weak]


def as_view(vacancy: Vacancy, card: BlindCard, journal: tuple[JournalLine, ...] = ()) -> CardView:
    """A card with what can be done about it."""
    steps = frozenset(step.action.value for step in INTRODUCTION.steps_from(card.state))
    return CardView(vacancy, card, explained(card.explanation), STATE_TAGS[card.state], steps, journal)


@router.get("/shortlist")
def shortlist(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, order: str = "") -> Response:
    """The ranked shortlist of one vacancy, by both sides or by what the vacancy needs."""
    shown = ListOrder.NEEDS if order == ListOrder.NEEDS else ListOrder.BOTH
    vacancy, listed = service.shortlist(
        session, actor, vacancy_id, language=page.language.code, number=page.number, order=shown
    )
    cards = [as_view(vacancy, card) for card in listed.rows]
    return page.show("shortlists/list.html", ShortlistView(vacancy, cards, listed, shown))


def card_view(session: SessionDep, actor: ActorDep, page: PageDep, vacancy_id: UUID, profile_id: UUID) -> CardView:
    """One card with the journal of its introduction."""
    vacancy, card = service.card(session, actor, vacancy_id, profile_id, language=page.language.code)
    lines = tuple(
        JournalLine(
            line.at, ROLE_NAMES[Role(line.actor_role)], ACTION_WORDS[IntroductionAction(line.action)], line.note
        )
        for line in introductions.introduction_journal(session, card.introduction)
    )
    return as_view(vacancy, card, lines)


@router.get("/candidates/{profile_id}")
def candidate(vacancy_id: UUID, profile_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One blind card in full."""
    return page.show("shortlists/card.html", card_view(session, actor, page, vacancy_id, profile_id))


@router.post("/candidates/{profile_id}/reveal", dependencies=[holds(Permission.SHORTLIST_READ)])
def reveal(
    vacancy_id: UUID, profile_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Open the name for a reason; it stands on this one answer and nowhere else."""
    answer = form.read(Reveal)
    view = card_view(session, actor, page, vacancy_id, profile_id)
    if answer.value is None:
        return page.again("shortlists/card.html", view, answer)
    contact = revealing.reveal(session, actor, vacancy_id, profile_id, answer.value.purpose)
    return page.show("shortlists/card.html", replace(view, contact=contact))


@router.post("/candidates/{profile_id}/ask", dependencies=[holds(Permission.INTRODUCTION_DECIDE)])
def ask(vacancy_id: UUID, profile_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Ask the candidate for a yes."""
    return moved(session, actor, form, vacancy_id, profile_id, IntroductionAction.ASK)


@router.post("/candidates/{profile_id}/accept", dependencies=[holds(Permission.INTRODUCTION_DECIDE)])
def accept(vacancy_id: UUID, profile_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Go on with this candidate."""
    return moved(session, actor, form, vacancy_id, profile_id, IntroductionAction.ACCEPT)


def moved(
    session: SessionDep, actor: ActorDep, form: FormDep, vacancy_id: UUID, profile_id: UUID, action: IntroductionAction
) -> Response:
    """Take one step without words and go back to the card."""
    address = f"/vacancies/{vacancy_id}/candidates/{profile_id}"
    form.once(session, actor, then=address)
    introductions.decide(session, actor, vacancy_id, profile_id, action)
    return form.done(session, address)


@router.post("/candidates/{profile_id}/turn-down", dependencies=[holds(Permission.INTRODUCTION_DECIDE)])
def turn_down(
    vacancy_id: UUID, profile_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Turn the candidate down, with a reason that the candidate reads."""
    address = f"/vacancies/{vacancy_id}/candidates/{profile_id}"
    form.once(session, actor, then=address)
    answer = form.read(TurnDownReason)
    if answer.value is None:
        return page.again("shortlists/card.html", card_view(session, actor, page, vacancy_id, profile_id), answer)
    introductions.decide(session, actor, vacancy_id, profile_id, IntroductionAction.TURN_DOWN, answer.value.reason)
    return form.done(session, address)
