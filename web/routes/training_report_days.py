"""The days on which reports are due, as the project sets them: with who decided each, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import N_
from talent.training import reports
from talent.training.reports import COUNTED_FROM, CountedFrom, DueRule
from talent.training.schemas import ReportDaysDraft
from talent.training.terms import REPORT_NAMES, ReportKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.parts import Choice
from web.policy import holds

HERE = "/training/report-days"
router = APIRouter(prefix=HERE, dependencies=[holds(Permission.REPORT_DAYS_SET)])
COUNTED_NAMES: Mapping[CountedFrom, str] = {
    CountedFrom.FIRST_DAY: N_("the first day of the cohort"),
    CountedFrom.MONTH_END: N_("the end of the month"),
    CountedFrom.LAST_DAY: N_("the last day of the cohort"),
}


@dataclass(frozen=True)
class ReportDaysView:
    """The rule of each kind of report, and the kinds that can be set."""

    rules: Sequence[tuple[DueRule, str]]
    names: Mapping[ReportKind, str]
    kinds: Sequence[Choice]


def report_days_view(session: SessionDep) -> ReportDaysView:
    """Every rule with the day from which it is counted."""
    rules = [(one, COUNTED_NAMES[COUNTED_FROM[one.kind]]) for one in reports.due_rules(session)]
    return ReportDaysView(rules, REPORT_NAMES, [Choice(kind.value, name) for kind, name in REPORT_NAMES.items()])


@router.get("")
def shown(session: SessionDep, page: PageDep) -> Response:
    """When each report is due, and the form that sets it."""
    return page.show("training/report_days.html", report_days_view(session), form=blank())


@router.post("")
def set_days(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Set the days of one kind of report."""
    answer = form.read(ReportDaysDraft)
    if answer.value is None:
        return page.again("training/report_days.html", report_days_view(session), answer)
    form.once(session, actor, then=HERE)
    reports.set_days(session, actor, answer.value)
    return form.done(session, HERE)


@router.post("/{kind}/forget")
def forget_days(kind: ReportKind, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take the project's own days back."""
    form.once(session, actor, then=HERE)
    reports.forget_days(session, actor, kind)
    return form.done(session, HERE)
