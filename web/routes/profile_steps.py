"""The steps of a profile that are one page each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.words import N_
from talent.profiles import answers
from talent.profiles.schemas import AboutAnswer, CountriesAnswer, LicencesAnswer, NameAnswer, StartAnswer, WishesAnswer
from talent.profiles.service import suggested_contact
from talent.profiles.steps import PRESENT, OwnProfile, StepName
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.licences import LICENCES
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import blank
from web.pages import Page
from web.parts import Choice
from web.policy import holds
from web.routes.profile_saving import Desk, DeskDep, OwnDep
from web.routes.profile_views import Frame, country_words, frame_of

router = APIRouter(prefix="/profile", dependencies=[holds(Permission.PROFILE_KEEP)])


@dataclass(frozen=True)
class StepView:
    """A step with what can be chosen in it."""

    frame: Frame
    choices: Sequence[Choice] = ()
    next_year: str = ""


START_CHOICES = (
    Choice("now", N_("Now"), N_("As soon as the papers are ready")),
    Choice("later", N_("Not before a certain day"), N_("Enter the day below")),
)


def country_choices(page: Page, _own: OwnProfile) -> list[Choice]:
    """The Member States by name in the reader's language."""
    language = page.language.code
    return sorted(
        (Choice(code, country_words(code, language)) for code in MEMBER_STATES), key=lambda one: str(one.label)
    )


def wish_choices(page: Page, own: OwnProfile) -> list[Choice]:
    """The countries where the candidate would work, by name in the reader's language."""
    return [choice for choice in country_choices(page, own) if answers.works_in(own, choice.value)]


def no_choices(_page: Page, _own: OwnProfile) -> Sequence[Choice]:
    """Nothing to choose from."""
    return ()


@dataclass(frozen=True)
class OnePage:
    """A step of one page: what it asks, shows and saves."""

    template: str
    model: type[BaseModel]
    save: Callable[..., object]
    choices: Callable[[Page, OwnProfile], Sequence[Choice]] = no_choices


PAGES: Mapping[StepName, OnePage] = {
    StepName.NAME: OnePage("profiles/name.html", NameAnswer, answers.save_name),
    StepName.ABOUT: OnePage("profiles/about.html", AboutAnswer, answers.save_about),
    StepName.LICENCES: OnePage(
        "profiles/licences.html",
        LicencesAnswer,
        answers.save_licences,
        lambda _page, _own: [Choice(licence.code, licence.name) for licence in LICENCES],
    ),
    StepName.COUNTRIES: OnePage("profiles/countries.html", CountriesAnswer, answers.save_countries, country_choices),
    StepName.WISHES: OnePage("profiles/wishes.html", WishesAnswer, answers.save_wishes, wish_choices),
    StepName.START: OnePage("profiles/start.html", StartAnswer, answers.save_start, lambda _page, _own: START_CHOICES),
}


def view_of(page: Page, own: OwnProfile, step: StepName, frame: Frame) -> StepView:
    """The page of a step."""
    return StepView(frame, PAGES[step].choices(page, own), str(today().year + 1))


def ask(page: Page, own: OwnProfile, step: StepName, then: str, values: Mapping[str, Any] | None = None) -> Response:
    """Show a step with what is saved in it."""
    shown = blank(**(values or PRESENT[step](own)))
    return page.show(PAGES[step].template, view_of(page, own, step, frame_of(own, step, then=then)), form=shown)


def save(desk: Desk, step: StepName) -> Response:
    """Save a step, or say what to mend in it."""
    own, row = desk.own(), PAGES[step]
    view = view_of(desk.page, own, step, desk.frame(own, step))
    then = desk.onward(own, step)

    def keep(value: Any) -> object:
        return row.save(desk.session, desk.actor, own, value, seen=desk.sent("seen"))

    return desk.save(row.template, view, desk.form.read(row.model), keep, then=then) or desk.done(then)


@router.get("/name")
def name(session: SessionDep, actor: ActorDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """Name and contact; the login is suggested as the contact."""
    return ask(page, own, StepName.NAME, then, PRESENT[StepName.NAME](own) or suggested_contact(session, actor))


@router.post("/name")
def save_name(desk: DeskDep) -> Response:
    """Save name and contact."""
    return save(desk, StepName.NAME)


@router.get("/about")
def about(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The candidate's own words."""
    return ask(page, own, StepName.ABOUT, then)


@router.post("/about")
def save_about(desk: DeskDep) -> Response:
    """Save the candidate's own words."""
    return save(desk, StepName.ABOUT)


@router.get("/licences")
def licences(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """Licences held."""
    none = own.profile.answered_licences and not own.profile.licences
    return ask(page, own, StepName.LICENCES, then, {"licences": own.profile.licences, "none": none})


@router.post("/licences")
def save_licences(desk: DeskDep) -> Response:
    """Save the licences."""
    return save(desk, StepName.LICENCES)


@router.get("/countries")
def countries(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """Where the candidate would work."""
    return ask(page, own, StepName.COUNTRIES, then)


@router.post("/countries")
def save_countries(desk: DeskDep) -> Response:
    """Save the countries."""
    return save(desk, StepName.COUNTRIES)


@router.get("/wishes")
def wishes(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """What the candidate wishes for."""
    return ask(page, own, StepName.WISHES, then)


@router.post("/wishes")
def save_wishes(desk: DeskDep) -> Response:
    """Save the wishes."""
    return save(desk, StepName.WISHES)


@router.get("/start")
def start(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """When the candidate could start."""
    return ask(page, own, StepName.START, then)


@router.post("/start")
def save_start(desk: DeskDep) -> Response:
    """Save the start."""
    return save(desk, StepName.START)
