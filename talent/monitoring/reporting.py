"""The report of now: the register's words, evidence from the service's own figures, what changed since the last one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.clock import today
from talent.foundation.words import N_, Sentence
from talent.monitoring.changes import Difference, differences
from talent.monitoring.indicators import Reading, as_day, readings
from talent.monitoring.models import ReportIssue
from talent.monitoring.register import report_of_register, the_register
from talent.monitoring.report import Report, report_of
from talent.monitoring.report_writer import Block, Shape, blocks
from talent.monitoring.taking_in import keep_issue

EVIDENCE = N_("{title}: {figure} ({unit}), counted on {day}")
SINCE = N_("What changed since the last report")
UNCHANGED = N_("Nothing has changed.")
LOGFRAME_COLUMNS = (
    *("indicator", "definition", "unit", "baseline", "baseline on", "target", "target on", "actual", "actual on"),
    *("source", "disaggregation"),
)


@dataclass(frozen=True)
class LiveReport:
    """The register as a report, with the evidence of each linked measure and the differences to the last report."""

    report: Report
    evidence: Mapping[int, Reading]
    differences: tuple[Difference, ...]
    last: ReportIssue | None
    on: date

    def blocks(self) -> Iterator[Block]:
        """The report as blocks, evidence under its measure, differences at the end."""
        number = 0
        for block in blocks(self.report):
            if block.shape in {Shape.MEASURE, Shape.CHAPTER, Shape.PART} and number:
                yield from self._evidence(number)
                number = 0
            if block.shape is Shape.MEASURE and block.label:
                number = int(str(block.label.values["number"]))
            yield block
        yield from self._evidence(number)
        if self.last is not None:
            yield Block(Shape.PART, said=Sentence(SINCE))
            if not self.differences:
                yield Block(Shape.CHANGE, said=Sentence(UNCHANGED))
            yield from (Block(Shape.CHANGE, one.words, label=one.sentence) for one in self.differences)

    def _evidence(self, number: int) -> Iterator[Block]:
        reading = self.evidence.get(number)
        if reading is not None:
            title, unit = Sentence(reading.indicator.title), Sentence(reading.indicator.unit)
            said = {"title": title, "figure": reading.said, "unit": unit, "day": self.on}
            yield Block(Shape.EVIDENCE, said=Sentence(EVIDENCE, said))


def live_report(session: Session, actor: Actor) -> LiveReport:
    """The report as it stands now.

    Raises:
        NotPermitted: the actor may not read the register.
    """
    register = the_register(session, actor)
    report = report_of_register(register)
    counted = {reading.indicator.key: reading for reading in readings(session, actor)}
    linked = {one.number: counted[one.indicator] for one in register.measures if one.indicator in counted}
    found = differences(report_of(register.last.content), report) if register.last else []
    return LiveReport(report, linked, tuple(found), register.last, today())


def record(session: Session, actor: Actor, *, reference: str) -> ReportIssue:
    """Keep the report of now as given out today, so that the next is compared with it."""
    report = replace(live_report(session, actor).report, reference=reference, issued_on=today())
    return keep_issue(session, actor, report, is_import=False)


def logframe(session: Session, actor: Actor) -> list[list[str]]:
    """The logical framework as lines of a table file, its head first; what is unknown is an empty cell."""
    lines = [list(LOGFRAME_COLUMNS)]
    for reading in readings(session, actor):
        row, goal = reading.indicator, reading.goal
        began = [_figure(goal.baseline), as_day(goal.baseline_on)] if goal else ["", ""]
        wanted = [_figure(goal.target), as_day(goal.target_on)] if goal else ["", ""]
        actual = [reading.said.english(), today().isoformat()]
        source = "; ".join(part for part in (row.counted_from, goal.source if goal else "") if part)
        lines.append(
            [row.title, row.definition, row.unit, *began, *wanted, *actual, source, ", ".join(row.disaggregation)]
        )
    return lines


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)
