"""What project staff and administrators see and do: the overview, invitations, requests for review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts import service as accounts
from talent.accounts.models import ORGANISATION_OF
from talent.accounts.permissions import INVITED_BY, TAKE_TWO, Permission, Role
from talent.accounts.schemas import NewInvitation
from talent.foundation.words import N_
from talent.matching import introductions
from talent.matching.models import ReviewRequest
from talent.matching.schemas import ReviewAnswer
from talent.monitoring.overview import Overview, overview
from talent.profiles.states import ProfileState
from talent.readiness.gaps import SkillGap, skill_gaps
from talent.taxonomy.countries import COUNTRY_CODES, country_name
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState
from web.dependencies import ActorDep, PageDep, SessionDep
from web.explanations import STATE_TAGS
from web.forms import FormDep
from web.navigation import ROLE_NAMES
from web.parts import Bar, Choice, Stat, Text
from web.policy import holds

router = APIRouter(prefix="/staff")

GAPS_SHOWN = 12
PROFILE_WORDS: dict[ProfileState, str] = {
    ProfileState.DRAFT: N_("Draft"),
    ProfileState.PUBLISHED: N_("Published"),
    ProfileState.PAUSED: N_("Paused"),
    ProfileState.WITHDRAWN: N_("Withdrawn"),
}
VACANCY_WORDS: dict[VacancyState, str] = {
    VacancyState.DRAFT: N_("Draft"),
    VacancyState.CHECKED: N_("Checked"),
    VacancyState.PUBLISHED: N_("Published"),
    VacancyState.FROZEN: N_("Frozen"),
    VacancyState.CLOSED: N_("Closed"),
}


@dataclass(frozen=True)
class StaffView:
    """The overview, and what waits for a person."""

    overview: Overview
    reviews: list[tuple[ReviewRequest, Vacancy]]
    gaps: list[SkillGap]
    may_invite: bool
    may_review: bool
    may_help: bool
    may_grant: bool
    may_suspend: bool
    may_search: bool

    @property
    def tiles(self) -> list[Stat]:
        """The figures at the top."""
        seen = self.overview
        return [
            Stat(seen.profiles.get(ProfileState.PUBLISHED, 0), N_("Published candidates")),
            Stat(seen.vacancies.get(VacancyState.PUBLISHED, 0), N_("Open vacancies")),
            Stat(sum(seen.introductions.values()), N_("Introductions")),
            Stat(seen.reviews_waiting, N_("Requests that wait")),
        ]

    @property
    def charts(self) -> list[tuple[str, list[Bar]]]:
        """Each title with its bars, in the order of the states."""
        seen = self.overview
        return [
            (N_("Candidates by state"), bars(PROFILE_WORDS, seen.profiles)),
            (N_("Vacancies by state"), bars(VACANCY_WORDS, seen.vacancies)),
            (
                N_("Introductions by state"),
                bars({key: tag.label for key, tag in STATE_TAGS.items()}, seen.introductions),
            ),
            (N_("Skills that most open seats ask for"), [Bar(gap.label, gap.seats) for gap in self.gaps]),
        ]


def bars(words: Mapping[Any, Text], numbers: Mapping[str, int]) -> list[Bar]:
    """One bar for each state that holds anything."""
    return [Bar(label, numbers[state]) for state, label in words.items() if numbers.get(state)]


@dataclass(frozen=True)
class InvitationsView:
    """Whom this person may invite, and the link that was just made; it is shown once."""

    roles: list[Choice]
    countries: list[Choice]
    link: str = ""
    takes_two: bool = False


@dataclass(frozen=True)
class ReviewView:
    """One request for review with its vacancy."""

    request: ReviewRequest
    vacancy: Vacancy


@router.get("", dependencies=[holds(Permission.OVERVIEW_READ)])
def staff(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The overview."""
    may = actor.has
    view = StaffView(
        overview(session, actor),
        introductions.open_reviews(session, actor) if may(Permission.REVIEW_ANSWER) else [],
        skill_gaps(session, actor, language=page.language.code, limit=GAPS_SHOWN).skills
        if may(Permission.GAPS_READ)
        else [],
        may(Permission.INVITATION_SEND),
        may(Permission.REVIEW_ANSWER),
        may(Permission.SIGN_IN_HELP),
        may(Permission.ROLE_GRANT),
        may(Permission.ACCOUNT_SUSPEND),
        may(Permission.PEOPLE_SEARCH),
    )
    return page.show("staff/overview.html", view)


def invitations_view(actor: ActorDep, page: PageDep, link: str = "", role: Role | None = None) -> InvitationsView:
    """The choices of the invitation form."""
    countries = sorted(COUNTRY_CODES, key=lambda code: country_name(code, page.language.code))
    return InvitationsView(
        [Choice(role.value, ROLE_NAMES[role]) for role in Role if role in INVITED_BY.get(actor.role, ())],
        [Choice(code, country_name(code, page.language.code)) for code in countries],
        link,
        role in TAKE_TWO,
    )


@router.get("/invitations", dependencies=[holds(Permission.INVITATION_SEND)])
def invitations(actor: ActorDep, page: PageDep) -> Response:
    """The form that invites somebody."""
    actor.require(Permission.INVITATION_SEND)
    return page.show("staff/invitations.html", invitations_view(actor, page))


@router.post("/invitations", dependencies=[holds(Permission.INVITATION_SEND)])
def invite(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Make a single-use link; it is shown once and never stored."""
    actor.require(Permission.INVITATION_SEND)
    form.once(session, actor, then="/staff/invitations")
    answer = form.read(NewInvitation)
    if answer.value is None:
        return page.again("staff/invitations.html", invitations_view(actor, page), answer)
    asked = answer.value
    organisation = accounts.add_organisation(
        session, kind=ORGANISATION_OF[asked.role], name=asked.organisation, country=asked.country
    )
    token = accounts.invite(session, actor, role=asked.role, organisation=organisation, sent_to=asked.sent_to)
    link = f"{page.shell.settings.base_url}/invitation/{token}"
    return page.show("staff/invitations.html", invitations_view(actor, page, link, asked.role))


def review_view(session: SessionDep, actor: ActorDep, request_id: UUID) -> ReviewView:
    """One request for review.

    Raises:
        NotFound: there is no such request that waits.
    """
    return ReviewView(*introductions.open_review(session, actor, request_id))


@router.get("/reviews/{request_id}", dependencies=[holds(Permission.REVIEW_ANSWER)])
def review(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One request for review and the form that answers it."""
    return page.show("staff/review.html", review_view(session, actor, request_id))


@router.post("/reviews/{request_id}", dependencies=[holds(Permission.REVIEW_ANSWER)])
def answer_review(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Answer a candidate who asked for a person."""
    form.once(session, actor, then="/staff")
    answer = form.read(ReviewAnswer)
    if answer.value is None:
        return page.again("staff/review.html", review_view(session, actor, request_id), answer)
    introductions.answer_review(session, actor, request_id, answer.value.answer)
    return form.done(session, "/staff")
