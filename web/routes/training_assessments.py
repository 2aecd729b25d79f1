"""The assessments of a cohort and their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import TalentError
from talent.taxonomy.languages import LANGUAGE_NAMES, language_name
from talent.taxonomy.levels import CEFR
from talent.training import results, seats, service
from talent.training.facts import Result
from talent.training.models import Cohort, Enrolment
from talent.training.records import Assessment
from talent.training.schemas import AssessmentDraft
from talent.training.states import EnrolmentState
from talent.training.terms import ASSESSMENT_NAMES
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, Form, FormDep, blank
from web.parts import Choice
from web.policy import holds
from web.routes.training import kept, reader
from web.routes.vacancy_parts import by_label

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP, Permission.TRAINING_READ_ALL)])


@dataclass(frozen=True)
class AssessmentView:
    """One assessment and what is recorded of it."""

    cohort: Cohort
    test: Assessment | None
    people: Sequence[Enrolment]
    names: Mapping[UUID, str]
    results: Mapping[UUID, Result]
    kinds: Sequence[Choice]
    languages: Sequence[Choice]
    levels: Sequence[Choice]


def assessment_view(
    session: SessionDep, cohort: Cohort, language: str, held: Assessment | None = None
) -> AssessmentView:
    """The form of an assessment, or its results."""
    known = results.results_of(session, cohort) if held else {}
    everybody = seats.people_in(session, cohort) if held else ()
    people = [one for one in everybody if one.state is not EnrolmentState.APPLIED]
    return AssessmentView(
        cohort=cohort,
        test=held,
        people=people,
        names=seats.names_of(session, people),
        results={key: own[held.id] for key, own in known.items() if held and held.id in own},
        kinds=[Choice(kind.value, name) for kind, name in ASSESSMENT_NAMES.items()],
        languages=by_label([Choice(code, language_name(code, language)) for code in LANGUAGE_NAMES]),
        levels=[Choice(level.value, level.value) for level in CEFR],
    )


@router.get("/cohorts/{cohort_id}/assessments/new", dependencies=kept)
def new_assessment(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form of an assessment."""
    service.own_institute(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    view = assessment_view(session, cohort, page.language.code)
    return page.show("training/assessment_form.html", view, form=blank(held_on=today()))


@router.post("/cohorts/{cohort_id}/assessments/new", dependencies=kept)
def add_assessment(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Record an assessment; its results come next."""
    cohort = service.get_cohort(session, actor, cohort_id, to_change=True)
    answer = form.read(AssessmentDraft)
    view = assessment_view(session, cohort, page.language.code)
    if answer.value is None:
        return page.again("training/assessment_form.html", view, answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then=f"/training/cohorts/{cohort_id}")
            made = results.add_assessment(session, actor, cohort, answer.value)
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        return page.again("training/assessment_form.html", view, answer.refuse("assessor", refused.message))
    return form.done(session, f"/training/cohorts/{cohort_id}/assessments/{made.id}")


@router.get("/cohorts/{cohort_id}/assessments/{assessment_id}")
def shown(cohort_id: UUID, assessment_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The results of one assessment."""
    reader(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    found = results.get_assessment(session, cohort, assessment_id)
    return page.show("training/assessment.html", assessment_view(session, cohort, page.language.code, found))


@router.post("/cohorts/{cohort_id}/assessments/{assessment_id}", dependencies=kept)
def record(
    cohort_id: UUID, assessment_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Record the results; somebody who is not marked keeps what was recorded before."""
    cohort = service.get_cohort(session, actor, cohort_id, to_change=True)
    found = results.get_assessment(session, cohort, assessment_id)
    view = assessment_view(session, cohort, page.language.code, found)
    try:
        with session.begin_nested():
            form.once(session, actor, then=f"/training/cohorts/{cohort_id}")
            results.record(session, actor, cohort, found, _sent_results(form, view.people))
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        sent: Answer[Any] = Answer(fields=form.fields)
        return page.again("training/assessment.html", view, sent.refuse("form", refused.message))
    return form.done(session, f"/training/cohorts/{cohort_id}")


def _sent_results(form: Form, people: Sequence[Enrolment]) -> dict[UUID, Result]:
    sent: Answer[Any] = Answer(fields=form.fields)
    levels = {level.value: level for level in CEFR}
    return {
        one.id: Result(said == "passed", levels.get(sent.text(f"level-{one.id}")))
        for one in people
        if (said := sent.text(f"result-{one.id}")) in {"passed", "failed"}
    }
