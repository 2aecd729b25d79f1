"""The people of a cohort: put in by hand, looked at one by one, let go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.casework.take import journal
from talent.foundation.clock import today
from talent.foundation.errors import NotFound
from talent.readiness.awards import awards_of
from talent.training import seats, service
from talent.training.destinations import DestinationFinding, findings
from talent.training.facts import facts_by_enrolment
from talent.training.models import Cohort, Enrolment
from talent.training.people import Person, PersonKeys
from talent.training.records import Award
from talent.training.schemas import NewPerson, Reason
from talent.training.standing import Outlook, Standing
from talent.training.states import ENROLMENT, EnrolmentAction
from web.dependencies import ActorDep, PageDep, SessionDep, ShellDep
from web.forms import FormDep
from web.parts import JournalLine, Tag
from web.policy import holds
from web.routes.training import kept, lines, reader
from web.routes.training_words import ENROLMENT_DONE, ENROLMENT_TAGS, OUTLOOK_TAGS
from web.shell import Shell

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP, Permission.TRAINING_READ_ALL)])
LEAVING = {"drop_out": EnrolmentAction.DROP_OUT, "exclude": EnrolmentAction.EXCLUDE}


def keys_of(shell: Shell) -> PersonKeys:
    """The keys by which this installation tells people apart."""
    assert shell.settings.secret_key is not None  # make_shell() refuses to start without one
    return PersonKeys(shell.settings.secret_key.get_secret_value())


@dataclass(frozen=True)
class PersonView:
    """One person on one course."""

    enrolment: Enrolment
    name: str
    cohort: Cohort
    tag: Tag
    standing: Standing | None
    destinations: Sequence[DestinationFinding]
    tags: Mapping[Outlook, Tag]
    awards: Sequence[Award]
    journal: Sequence[JournalLine]
    may_keep: bool


@router.get("/cohorts/{cohort_id}/people/new", dependencies=kept)
def new_person(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that puts one person into the cohort."""
    service.own_institute(actor)
    return page.show("training/person_form.html", service.get_cohort(session, actor, cohort_id))


@router.post("/cohorts/{cohort_id}/people/new", dependencies=kept)
def add_person(
    cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep, form: FormDep
) -> Response:
    """Put one person into the cohort: on a free seat or on the waiting list."""
    cohort = service.get_cohort(session, actor, cohort_id)
    answer = form.read(NewPerson)
    if answer.value is None:
        return page.again("training/person_form.html", cohort, answer)
    typed = answer.value
    person = Person(typed.full_name, typed.cnic, typed.phone, typed.email)
    try:
        with session.begin_nested():
            form.once(session, actor, then=f"/training/cohorts/{cohort_id}")
            seats.enrol(session, actor, cohort_id, person, keys=keys_of(shell), for_vacancy=typed.for_vacancy)
    except seats.PersonProblems as wrong:
        for column, sentence in wrong.problems:
            answer = answer.refuse("full_name" if column == "name" else column, sentence)
        return page.again("training/person_form.html", cohort, answer)
    except seats.ThereAlready as there:
        return page.again("training/person_form.html", cohort, answer.refuse("full_name", there.message))
    return form.done(session, f"/training/cohorts/{cohort_id}")


def person_view(session: SessionDep, actor: ActorDep, page: PageDep, enrolment_id: UUID) -> PersonView:
    """One person on one course, as the institute and project staff see them."""
    may_keep = reader(actor)
    enrolment = seats.get_enrolment(session, actor, enrolment_id)
    cohort = service.get_cohort(session, actor, enrolment.cohort_id)
    facts = facts_by_enrolment(session, cohort, cohort.course, only=[enrolment.id]).get(enrolment.id)
    return PersonView(
        enrolment=enrolment,
        name=seats.names_of(session, [enrolment])[enrolment.id],
        cohort=cohort,
        tag=ENROLMENT_TAGS[enrolment.state],
        standing=facts.standing if facts else None,
        destinations=findings(facts, on=today(), language=page.language.code) if facts else (),
        tags=OUTLOOK_TAGS,
        awards=awards_of(session, [enrolment.id]).get(enrolment.id, ()),
        journal=lines(journal(session, ENROLMENT, enrolment.id), ENROLMENT_DONE),
        may_keep=may_keep and enrolment.state not in ENROLMENT.final,
    )


@router.get("/enrolments/{enrolment_id}")
def person(enrolment_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One person on one course."""
    return page.show("training/person.html", person_view(session, actor, page, enrolment_id))


@router.post("/enrolments/{enrolment_id}/{action}", dependencies=kept)
def let_go(
    enrolment_id: UUID, action: str, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Let somebody go, with the reason; the seat goes to the next who waits."""
    if action not in LEAVING:
        raise NotFound
    answer = form.read(Reason)
    if answer.value is None:
        return page.again("training/person.html", person_view(session, actor, page, enrolment_id), answer)
    here = f"/training/enrolments/{enrolment_id}"
    form.once(session, actor, then=here)
    enrolment = seats.get_enrolment(session, actor, enrolment_id)
    seats.leave(session, actor, enrolment, LEAVING[action], reason=answer.value.reason)
    return form.done(session, here)
