"""Bringing a report into the register: the register then says what the report says, and the report is kept whole."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete
from sqlalchemy.orm import Session

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.monitoring.models import Measure, MeasureItem, RegisterText, ReportIssue
from talent.monitoring.register import Register, is_empty, kept_register, note, text_of
from talent.monitoring.report import Item, ItemKind, MeasureText, Report
from talent.monitoring.terms import Change, Part

STARTER = Path(__file__).parent / "data" / "measures.yaml"


def take_in(session: Session, actor: Actor, report: Report, *, source: str = "", issue: bool = True) -> Register:
    """Let the register say what this report says, and keep the report whole.

    A measure that the report does not name stays; one that it names keeps its id, its indicator and its journal.
    """
    actor.require(Permission.REGISTER_KEEP)
    known = {measure.number: measure for measure in kept_register(session).measures}
    for text in report.measures:
        _take_measure(session, actor, known.get(text.number), text, source or report.reference, report.issued_on)
    _take_texts(session, report)
    if issue:
        keep_issue(session, actor, report, is_import=True)
    session.flush()
    session.expire_all()
    return kept_register(session)


def keep_issue(session: Session, actor: Actor, report: Report, *, is_import: bool) -> ReportIssue:
    """Keep this report whole, so that the next can be compared with it."""
    actor.require(Permission.REGISTER_KEEP)
    kept = ReportIssue(
        reference=report.reference,
        title=report.title,
        issued_on=report.issued_on,
        recorded_at=now(),
        recorded_by=actor.id,
        is_import=is_import,
        content=report.as_json(),
    )
    session.add(kept)
    session.flush()
    return kept


def _take_measure(
    session: Session, actor: Actor, measure: Measure | None, text: MeasureText, source: str, as_of: date | None
) -> None:
    if measure is None:
        measure = Measure(number=text.number, chapter="", words="", lead_actors=[], timeframe="", indicator="")
        measure.items = []
        session.add(measure)
    measure.chapter, measure.words, measure.timeframe = text.chapter, text.words, text.timeframe
    measure.lead_actors, measure.source, measure.as_of = list(text.lead_actors), source, as_of
    session.flush()
    if text != text_of(measure):
        measure.items.clear()
        session.flush()
        for kind in ItemKind:
            for number, item in enumerate(text.items(kind), start=1):
                measure.items.append(MeasureItem(kind=kind, number=number, when=item.when, words=item.words))
        note(session, actor, measure, Change.IMPORTED, "", source)


def _take_texts(session: Session, report: Report) -> None:
    session.execute(delete(RegisterText))
    outcome = (report.outcome,) if report.outcome else ()
    annex = (report.annex_title, *report.annex) if report.annex_title else ()
    texts = (report.introduction, report.objectives, report.principles, outcome, annex)
    for part, words in zip(Part, texts, strict=True):
        session.add_all(RegisterText(part=part, number=number, words=text) for number, text in enumerate(words))


def load_starter(session: Session) -> bool:
    """Write the nine measures in this project's own words into an empty register; whether it was empty."""
    if not is_empty(session):
        return False
    kept = yaml.safe_load(STARTER.read_text(encoding="utf-8"))
    register = take_in(session, SYSTEM, _starter_report(kept), source=kept["source"], issue=False)
    linked = {measure["number"]: measure["indicator"] for measure in kept["measures"] if "indicator" in measure}
    for measure in register.measures:
        measure.indicator = linked.get(measure.number, "")
    session.flush()
    return True


def _starter_report(kept: dict[str, Any]) -> Report:
    """The measures of the file as a report that was never issued."""
    texts: dict[str, Any] = {name: tuple(kept[name]) for name in ("introduction", "objectives", "principles")}
    measures = tuple(_starter_measure(row) for row in kept["measures"])
    return Report(title=kept["title"], issued_on=kept["as_of"], measures=measures, **texts)


def _starter_measure(row: dict[str, Any]) -> MeasureText:
    items: dict[str, Any] = {
        kind.value: tuple(Item(item["words"], item.get("when", "")) for item in row.get(kind.value, ()))
        for kind in ItemKind
    }
    actors = tuple(row["lead_actors"])
    return MeasureText(row["number"], row["chapter"], row["words"], actors, row.get("timeframe", ""), **items)
