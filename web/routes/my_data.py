"""The candidate's own data: who looked, what was agreed, a copy, stopping the ranking, deleting everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.confirming import confirmed
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.erasure import erase
from talent.foundation.errors import TooMany
from talent.foundation.words import N_
from talent.looking import Looks, own_looks
from talent.matching.withdrawing import withdraw_consent
from talent.profiles import consent, rights
from talent.profiles.consent import CONSENT_TEXTS, ConsentText
from talent.profiles.models import Consent, RetentionNotice
from talent.profiles.schemas import Demand, Farewell, OwnPassword
from talent.subject_rights import copy_of_everything
from talent.vacancies.models import Vacancy
from web.audit_words import LookLine, in_words
from web.demands import DEMANDS, RequestsView
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.downloads import attachment
from web.forms import Answer, FormDep
from web.parts import Choice
from web.policy import holds

router = APIRouter(prefix="/my-data", dependencies=[holds(Permission.PROFILE_KEEP)])
WRONG_PASSWORD = N_("This is not the password of this account. Try again.")


@dataclass(frozen=True)
class HomeView(RequestsView):
    """The first page; ``notice`` is there when the account was to be erased because nobody used it."""

    is_restricted: bool = False
    notice: RetentionNotice | None = None


@dataclass(frozen=True)
class LooksView:
    """One page of looks, in words."""

    looks: Looks
    lines: Sequence[LookLine]


@dataclass(frozen=True)
class GivenView:
    """One yes, with its words and whom it was given to."""

    consent: Consent
    text: ConsentText
    recipient: str
    vacancy: str
    stands: bool


@dataclass(frozen=True)
class ConsentsView:
    """Every yes, newest first."""

    given: list[GivenView] = field(default_factory=list)


@dataclass(frozen=True)
class DemandView:
    """What may be demanded."""

    demands: Sequence[Choice] = DEMANDS


@router.get("")
def home(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What one can read and do about one's own data."""
    requests = rights.own_requests(session, actor)
    notice = session.get(RetentionNotice, actor.id)
    return page.show("my_data/home.html", HomeView(requests, rights.is_restricted(session, actor), notice))


@router.get("/looks")
def looks(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Who looked at my data, when and why."""
    seen = own_looks(session, actor, number=page.number)
    return page.show("my_data/looks.html", LooksView(seen, in_words(seen)))


@router.get("/consents")
def consents(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What I agreed to."""
    return page.show("my_data/consents.html", consents_view(session, actor))


def consents_view(session: SessionDep, actor: Actor) -> ConsentsView:
    """Every yes of this candidate, with the words that were read."""
    given = consent.own_consents(session, actor)
    ids = {one.recipient_id for one in given if one.recipient_id}
    names = dict(session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))).all())
    occasions = {one.occasion_id for one in given if one.occasion_id}
    titles = dict(session.execute(select(Vacancy.id, Vacancy.title).where(Vacancy.id.in_(occasions))).all())
    words = {(text.purpose, text.version): text for text in CONSENT_TEXTS}
    return ConsentsView(
        [
            GivenView(
                one,
                words[one.purpose, one.text_version],
                names.get(one.recipient_id, "") if one.recipient_id else "",
                titles.get(one.occasion_id, "") if one.occasion_id else "",
                consent.stands(one),
            )
            for one in given
        ]
    )


@router.post("/consents/{consent_id}/withdraw")
def withdraw(consent_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take one yes back: it bites in the next request."""
    form.once(session, actor, then="/my-data/consents")
    withdraw_consent(session, actor, consent_id)
    return form.done(session, "/my-data/consents")


@router.get("/copy")
def ask_copy(page: PageDep) -> Response:
    """What the copy holds, and the question for the password."""
    return page.show("my_data/copy.html")


@router.post("/copy")
def copy(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Everything held about me, as one file."""
    answer = with_password(session, actor, form.read(OwnPassword))
    if answer.value is None:
        return page.again("my_data/copy.html", None, answer)
    packed = copy_of_everything(session, actor, page.shell.settings.var_dir)
    return attachment(packed, name="my-data.zip", kind="application/zip")


@router.get("/demand")
def ask_demand(page: PageDep) -> Response:
    """Stop the ranking, or ask for a correction."""
    return page.show("my_data/demand.html", DemandView())


@router.post("/demand")
def send_demand(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write the demand down; what it stops, stops now."""
    form.once(session, actor, then="/my-data")
    answer = form.read(Demand)
    if answer.value is None:
        return page.again("my_data/demand.html", DemandView(), answer)
    rights.demand(session, actor, answer.value.kind, answer.value.words)
    return form.done(session, "/my-data")


@router.post("/resume")
def resume(session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Allow the ranking again."""
    form.once(session, actor, then="/my-data")
    rights.restrict(session, actor, since=False)
    return form.done(session, "/my-data")


@router.get("/delete")
def ask_delete(page: PageDep) -> Response:
    """What deleting means."""
    return page.show("my_data/delete.html")


@router.post("/delete")
def delete(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Delete everything, now and for good."""
    answer = with_password(session, actor, form.read(Farewell))
    if answer.value is None:
        return page.again("my_data/delete.html", None, answer)
    erase(session, page.shell.settings, actor.id, doer=actor, reason="own wish")
    response = see("/about/deleted")
    page.shell.cookies.forget_session(response)
    return response


def with_password(session: SessionDep, actor: Actor, answer: Answer[Any]) -> Answer[Any]:
    """The answer, refused when the password in it is not the account's: phones are shared in families."""
    if answer.value is None:
        return answer
    try:
        fits = confirmed(session, actor, answer.value.password.get_secret_value())
    except TooMany as problem:
        return answer.refuse("password", problem.message)
    return answer if fits else answer.refuse("password", WRONG_PASSWORD)
