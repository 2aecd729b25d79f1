"""The commands of the programme register."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from talent.accounts.actor import SYSTEM
from talent.cli_console import console, database, read_settings
from talent.foundation.errors import Unprocessable
from talent.foundation.words import Sentence
from talent.monitoring.report import MeasureText
from talent.monitoring.report_reader import read_report
from talent.monitoring.rules import redactions_in
from talent.monitoring.taking_in import take_in


def import_report(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The text of an implementation report.")],
) -> None:
    """Read an implementation report into the programme register, and say what it holds."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unprocessable(Sentence("{file} is no plain text.", {"file": file.name})) from None
    report = read_report(text)
    with database(read_settings()) as sessions, sessions.begin() as session:
        take_in(session, SYSTEM, report)
    table = Table("measure", "lead actors", "timeframe", "planned", "completed", "pending", "redacted", box=None)
    for measure in report.measures:
        counts = [str(len(items)) for items in (measure.planned, measure.completed, measure.pending)]
        row = [", ".join(measure.lead_actors), measure.timeframe, *counts, str(redactions_of(measure))]
        table.add_row(str(measure.number), *row)
    console.print(table)
    completed = sum(len(measure.completed) for measure in report.measures)
    pending = sum(len(measure.pending) for measure in report.measures)
    annex = sum(redactions_in(text) for text in report.annex)
    console.print(
        f"{report.reference or file.name}: {len(report.measures)} measures, {completed} items completed, "
        f"{pending} pending; {len(report.objectives)} objectives; annex of {len(report.annex)} messages "
        f"with {annex} redactions."
    )


def redactions_of(measure: MeasureText) -> int:
    """How many passages of the measure are blacked out."""
    items = (*measure.planned, *measure.completed, *measure.pending)
    return sum(redactions_in(words) for words in (measure.words, *(item.words for item in items)))
