"""What an institute keeps: its programmes, courses and cohorts; project staff read those of every institute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import DENIALS, Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal
from talent.foundation.clock import today
from talent.foundation.errors import NotFound, NotPermitted
from talent.foundation.paging import Page
from talent.foundation.words import N_, Sentence
from talent.readiness import asking
from talent.readiness.awards import certify
from talent.training import attendance, overview, results, seats, service
from talent.training.destinations import DESTINATIONS, Destination, at_risk
from talent.training.facts import facts_by_enrolment
from talent.training.models import Cohort, Course, Enrolment, Programme, TrainingRequest
from talent.training.overview import Figures
from talent.training.records import Assessment
from talent.training.seats import Places
from talent.training.standing import Standing
from talent.training.states import COHORT, CohortAction, CohortState, RequestState
from talent.vacancies.models import Vacancy
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.listings import COHORTS, PEOPLE
from web.parts import Choice, JournalLine, Stat, Tag
from web.policy import holds
from web.routes.training_words import COHORT_DONE, COHORT_TAGS, ENROLMENT_TAGS, REQUEST_TAGS, STEP_BUTTONS

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP, Permission.TRAINING_READ_ALL)])
ALL = Choice("", N_("All"))
kept = [holds(Permission.TRAINING_KEEP)]
"""What only an institute does; project staff read."""


@dataclass(frozen=True)
class CohortRow:
    """One cohort in a list, with how full it is and, while it runs, how many are at risk of missing a rule."""

    cohort: Cohort
    places: Places
    tag: Tag
    at_risk: int | None


@dataclass(frozen=True)
class HomeView:
    """Everything of the institute, or of every institute for project staff."""

    cohorts: Sequence[CohortRow]
    page: Page[Cohort]
    programmes: Sequence[tuple[Programme, Sequence[tuple[UUID, str]]]]
    requests: Sequence[tuple[TrainingRequest, Vacancy]]
    request_tags: Mapping[RequestState, Tag]
    tiles: Sequence[Stat]
    may_keep: bool
    institutes: Mapping[UUID, str]
    figures: Sequence[Figures]
    institute: UUID | None
    """The one institute to which project staff have narrowed the page."""
    arrangement: Arranged

    @property
    def institute_choices(self) -> list[Choice]:
        """The institutes to narrow the page to."""
        return [ALL, *(Choice(str(key), name) for key, name in self.institutes.items())]

    @property
    def states(self) -> list[Choice]:
        """The states to narrow the cohorts to."""
        return [ALL, *(Choice(state.value, tag.label) for state, tag in COHORT_TAGS.items())]


@dataclass(frozen=True)
class PersonRow:
    """One person in a cohort, as the institute sees them."""

    enrolment: Enrolment
    name: str
    tag: Tag
    standing: Standing | None
    warnings: Sequence[Sentence]


@dataclass(frozen=True)
class CohortView:
    """One cohort: where it stands, what comes next, who is in it, what happened."""

    cohort: Cohort
    tag: Tag
    places: Places
    people: Sequence[PersonRow]
    tests: Sequence[Assessment]
    steps: Sequence[tuple[CohortAction, str, Sequence[Sentence]]]
    days: int
    days_kept: int
    next_day: str
    journal: Sequence[JournalLine]
    vacancy: Vacancy | None
    may_keep: bool
    arrangement: Arranged
    states: Sequence[Choice] = (ALL, *(Choice(state.value, tag.label) for state, tag in ENROLMENT_TAGS.items()))
    risks: Sequence[Choice] = (ALL, Choice("yes", N_("Only those at risk of missing a rule")))

    @property
    def shown(self) -> list[PersonRow]:
        """The people to whom the list is narrowed."""
        state, risk = self.arrangement.get("state"), self.arrangement.get("risk")
        return [row for row in self.people if state in {"", row.enrolment.state} and (row.warnings or not risk)]

    @property
    def unfinished(self) -> int:
        """How many still have a seat."""
        return len(self.places.seats.taken)


@dataclass(frozen=True)
class CourseView:
    """One course with its cohorts and the lawful ways that it may open."""

    course: Course
    cohorts: Sequence[CohortRow]
    arrangement: Arranged
    destinations: Sequence[Destination]
    may_keep: bool


def reader(actor: ActorDep) -> bool:
    """Whether the actor keeps registers; False for project staff, who only read.

    Raises:
        NotPermitted: the actor may do neither.
    """
    if actor.has(Permission.TRAINING_KEEP):
        service.own_institute(actor)
        return True
    if actor.has(Permission.TRAINING_READ_ALL):
        return False
    raise NotPermitted(DENIALS[Permission.TRAINING_KEEP])


def cohort_rows(session: SessionDep, cohorts: Sequence[Cohort]) -> list[CohortRow]:
    """The rows of a list of cohorts."""
    places = seats.places_by_cohort(session, cohorts)
    return [
        CohortRow(
            one, places[one.id], COHORT_TAGS[one.state], one.at_risk if one.state is CohortState.RUNNING else None
        )
        for one in cohorts
    ]


@router.get("")
def home(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The cohorts, programmes and the requests that agencies sent; project staff may narrow them to one institute."""
    may_keep = reader(actor)
    arrangement = arranged(session, actor, page, COHORTS)
    institutes = {} if may_keep else dict(asking.institutes(session))
    institute = next((key for key in institutes if str(key) == arrangement.get("institute")), None)
    state = next((known for known in CohortState if known == arrangement.get("state")), None)
    figures = overview.figures(session, actor)
    cohorts = overview.page_of_cohorts(session, actor, number=page.number, organisation_id=institute, state=state)
    counted = [one for one in figures if institute in {None, one.organisation_id}]
    view = HomeView(
        cohorts=cohort_rows(session, cohorts.rows),
        page=cohorts,
        programmes=overview.courses_by_programme(session, actor, organisation_id=institute),
        requests=asking.requests(session, actor, institute_id=institute),
        request_tags=REQUEST_TAGS,
        tiles=[
            Stat(sum(one.cohorts for one in counted), N_("Cohorts under way")),
            Stat(sum(one.seated for one in counted), N_("Seats taken")),
            Stat(sum(one.waiting for one in counted), N_("People who wait")),
            Stat(sum(one.at_risk for one in counted), N_("At risk of missing a rule")),
        ],
        may_keep=may_keep,
        institutes=institutes,
        figures=() if may_keep else figures,
        institute=institute,
        arrangement=arrangement,
    )
    return page.show("training/home.html", view, form=blank(**arrangement.asked))


@router.get("/programmes/{programme_id}")
def programme(programme_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One programme with its courses."""
    may_keep = reader(actor)
    found = service.get_programme(session, actor, programme_id)
    courses = service.courses(session, actor, programme_id=programme_id)
    return page.show("training/programme.html", {"programme": found, "courses": courses, "may_keep": may_keep})


@router.get("/courses/{course_id}")
def course(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One course: what it teaches, its cohorts, where it may lead."""
    may_keep = reader(actor)
    found = service.get_course(session, actor, course_id)
    rows = cohort_rows(session, service.cohorts(session, actor, course_id=course_id))
    arrangement = arranged(session, actor, page, COHORTS)
    return page.show("training/course.html", CourseView(found, rows, arrangement, DESTINATIONS, may_keep))


def people_rows(session: SessionDep, cohort: Cohort, language: str) -> list[PersonRow]:
    """Everybody in the cohort, with attendance and what they are about to miss."""
    facts = facts_by_enrolment(session, cohort, cohort.course)
    running = cohort.state is CohortState.RUNNING
    people = seats.people_in(session, cohort)
    names = seats.names_of(session, people)
    rows = []
    for one in people:
        known = facts.get(one.id)
        warned = at_risk(known, on=today(), language=language) if known and running else ()
        said = {finding.sentence.msgid: finding.sentence for finding in warned}  # two ways may share a rule
        standing = known.standing if known else None
        rows.append(PersonRow(one, names[one.id], ENROLMENT_TAGS[one.state], standing, list(said.values())))
    return rows


@router.get("/cohorts/{cohort_id}")
def cohort(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One cohort."""
    may_keep = reader(actor)
    found = service.get_cohort(session, actor, cohort_id)
    arrangement = arranged(session, actor, page, PEOPLE)
    planned = attendance.days(session, found)
    missing = [day for day in planned if day.kept_at is None and day.day <= today()]
    view = CohortView(
        cohort=found,
        tag=COHORT_TAGS[found.state],
        places=seats.places_of(session, found),
        people=people_rows(session, found, page.language.code),
        tests=results.assessments(session, found),
        steps=[
            (action, STEP_BUTTONS[action], lacking)
            for action, lacking in service.what_is_missing(session, found).items()
        ],
        days=len(planned),
        days_kept=sum(day.kept_at is not None for day in planned),
        next_day=(missing[0].day if missing else today()).isoformat(),
        journal=lines(journal(session, COHORT, found.id), COHORT_DONE),
        vacancy=session.get(Vacancy, found.vacancy_id) if found.vacancy_id else None,
        may_keep=may_keep,
        arrangement=arrangement,
    )
    return page.show("training/cohort.html", view, form=blank(**arrangement.asked))


def lines(events: Sequence[CaseEvent], words: Mapping[str, str]) -> list[JournalLine]:
    """The journal as it is shown, the newest first; who did it stays the institute's own matter."""
    return [
        JournalLine(one.at, one.actor_role.replace("_", " "), words[one.action], one.note) for one in reversed(events)
    ]


@router.post("/cohorts/{cohort_id}/step/{action}", dependencies=kept)
def step(cohort_id: UUID, action: str, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take one step; certifying puts what was certified onto the profiles."""
    here = f"/training/cohorts/{cohort_id}"
    form.once(session, actor, then=here)
    wanted = next((known for known in CohortAction if known == action), None)
    if wanted is None:
        raise NotFound
    found = service.get_cohort(session, actor, cohort_id, to_change=True)
    if wanted is CohortAction.CERTIFY:
        certify(session, actor, found)
    else:
        service.move(session, actor, found, wanted)
    return form.done(session, here)


@router.post("/cohorts/{cohort_id}/conclude", dependencies=kept)
def conclude(cohort_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Settle who completed and who did not, by their results and their attendance."""
    here = f"/training/cohorts/{cohort_id}"
    form.once(session, actor, then=here)
    found = service.get_cohort(session, actor, cohort_id, to_change=True)
    results.conclude(session, actor, found, found.course)
    return form.done(session, here)
