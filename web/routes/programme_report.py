"""The implementation report as it stands now: to read, as a file, recorded; indicators and the logical framework."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.tables import table_file
from talent.foundation.words import Sentence
from talent.monitoring import indicators, reporting
from talent.monitoring.indicators import Indicator, Reading
from talent.monitoring.paper import Paper, SaidBlock, paper
from talent.monitoring.report_docx import as_docx
from talent.monitoring.report_pdf import as_pdf
from talent.monitoring.report_writer import as_text
from talent.monitoring.reporting import LiveReport
from talent.monitoring.schemas import GoalChange, Recording
from web.dependencies import ActorDep, PageDep, SessionDep
from web.downloads import TABLE_KINDS, attachment
from web.forms import Answer, FormDep, blank
from web.i18n import Words
from web.pages import Page
from web.policy import holds

router = APIRouter(prefix="/programme", dependencies=[holds(Permission.REGISTER_READ)])
keeps = [holds(Permission.REGISTER_KEEP)]
REPORT = "/programme/report"
WRITERS: Mapping[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True)
class ReportView:
    """The report in the reader's language."""

    live: LiveReport
    blocks: Sequence[SaidBlock]
    may_keep: bool


@dataclass(frozen=True)
class IndicatorsView:
    """Every indicator with its figure and goal."""

    readings: Sequence[Reading]
    may_keep: bool


@dataclass(frozen=True)
class GoalView:
    """One indicator whose goal is set."""

    indicator: Indicator


def on_paper(live: LiveReport, page: Page) -> Paper:
    """The report, said in the language of whoever reads."""
    words = Words(page.language)

    def say(sentence: Sentence) -> str:
        return str(words.say(sentence).unescape())

    return paper(live.blocks(), language=page.language.code, title=live.report.title, say=say)


def report_view(session: SessionDep, actor: ActorDep, page: PageDep) -> ReportView:
    """The report as it stands now."""
    live = reporting.live_report(session, actor)
    return ReportView(live, on_paper(live, page).blocks, actor.has(Permission.REGISTER_KEEP))


@router.get("/report")
def report(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The report in its own form, with evidence and what changed."""
    return page.show("programme/report.html", report_view(session, actor, page))


@router.post("/report", dependencies=keeps)
def record(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the report as given out today."""
    form.once(session, actor, then=REPORT)
    answer = form.read(Recording)
    if answer.value is None:
        return page.again("programme/report.html", report_view(session, actor, page), answer)
    reporting.record(session, actor, reference=answer.value.reference)
    return form.done(session, REPORT)


@router.get("/report/file.{kind}")
def report_file(kind: str, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The report as a file: pdf, docx, or the text that can be read in again."""
    live = reporting.live_report(session, actor)
    if kind == "txt":
        return attachment(as_text(live.report).encode(), name="report.txt", kind="text/plain; charset=utf-8")
    if kind not in WRITERS:
        raise NotFound
    writer, media_type = WRITERS[kind]
    return attachment(writer(on_paper(live, page)), name=f"report.{kind}", kind=media_type)


@router.get("/indicators")
def all_indicators(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The logical framework: each indicator with baseline, target and the figure of now."""
    view = IndicatorsView(indicators.readings(session, actor), actor.has(Permission.REGISTER_KEEP))
    return page.show("programme/indicators.html", view)


@router.get("/indicators/file.{kind}")
def logframe(kind: str, session: SessionDep, actor: ActorDep) -> Response:
    """The logical framework as a table file."""
    lines = reporting.logframe(session, actor)
    if kind == "xlsx":
        return attachment(table_file(lines, "xlsx"), name="logframe.xlsx", kind=TABLE_KINDS[kind])
    if kind == "csv":
        return attachment(table_file(lines, "csv"), name="logframe.csv", kind=TABLE_KINDS[kind])
    raise NotFound


@router.get("/indicators/{indicator}/goal", dependencies=keeps)
def goal_form(indicator: str, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that sets baseline and target."""
    reading = next((one for one in indicators.readings(session, actor) if one.indicator.key == indicator), None)
    if reading is None:
        raise NotFound
    goal = reading.goal
    names = ("baseline", "baseline_on", "target", "target_on", "source")
    form: Answer[GoalChange] = blank(**{name: getattr(goal, name) for name in names}) if goal else blank()
    return page.show("programme/goal.html", GoalView(reading.indicator), form=form)


@router.post("/indicators/{indicator}/goal", dependencies=keeps)
def set_goal(indicator: str, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write down baseline and target."""
    form.once(session, actor, then="/programme/indicators")
    found = indicators.get_indicator(indicator)
    answer = form.read(GoalChange)
    if answer.value is None:
        return page.again("programme/goal.html", GoalView(found), answer)
    indicators.set_goal(session, actor, indicator, answer.value)
    return form.done(session, "/programme/indicators")
