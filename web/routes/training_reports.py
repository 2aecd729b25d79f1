"""The reports of a cohort: when each is due, a file of it, and that it was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.printed import as_lines, as_pdf
from talent.foundation.tables import table_file
from talent.placements.workplaces import workplaces
from talent.training import reports, service
from talent.training.models import Cohort
from talent.training.report_sheets import NO_WORK, sheet
from talent.training.reports import Due, DueRule
from talent.training.terms import REPORT_NAMES, ReportKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep
from web.i18n import Words
from web.policy import holds
from web.routes.imports import as_file
from web.routes.training import kept, reader

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP, Permission.TRAINING_READ_ALL)])


@dataclass(frozen=True)
class ReportsView:
    """The reports of one cohort."""

    cohort: Cohort
    due: Sequence[Due]
    names: Mapping[ReportKind, str]
    rules: Sequence[DueRule]
    may_keep: bool
    may_set: bool


@router.get("/cohorts/{cohort_id}/reports")
def due(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """When each report is due, and which were sent."""
    may_keep = reader(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    view = ReportsView(
        cohort=cohort,
        due=reports.due_reports(session, actor, cohort),
        names=REPORT_NAMES,
        rules=reports.due_rules(session),
        may_keep=may_keep,
        may_set=actor.has(Permission.REPORT_DAYS_SET),
    )
    return page.show("training/reports.html", view)


@router.get("/cohorts/{cohort_id}/reports/{kind}.{file_kind}")
def file(
    cohort_id: UUID,
    kind: ReportKind,
    file_kind: Literal["xlsx", "pdf"],
    session: SessionDep,
    actor: ActorDep,
    page: PageDep,
    month: date | None = None,
) -> Response:
    """The report as it stands today, in the reader's language."""
    reader(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    words = Words(page.language)
    made = sheet(
        session,
        cohort,
        kind,
        month=month,
        language=page.language.code,
        say=lambda one: said(words, one),
        work=workplaces(session, actor, cohort) if kind is ReportKind.ON_THE_JOB else NO_WORK,
    )
    content = as_pdf(made) if file_kind == "pdf" else table_file(as_lines(made), "xlsx")
    return as_file(content, file_kind, f"{cohort.id}-{kind.value}{f'-{month:%Y-%m}' if month else ''}")


def said(words: Words, thing: object) -> str:
    """A message, a day or a number in the reader's language."""
    return words.day(thing) if isinstance(thing, date) else str(words.say(thing).unescape())


@router.post("/cohorts/{cohort_id}/reports/{kind}/sent", dependencies=kept)
def sent(
    cohort_id: UUID, kind: ReportKind, session: SessionDep, actor: ActorDep, form: FormDep, month: date | None = None
) -> Response:
    """Note that the report was sent."""
    here = f"/training/cohorts/{cohort_id}/reports"
    form.once(session, actor, then=here)
    cohort = service.get_cohort(session, actor, cohort_id, to_change=True)
    reports.mark_sent(session, actor, cohort, kind, month)
    return form.done(session, here)
