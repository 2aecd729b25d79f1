"""``talent evaluate`` and ``talent learn``: how good matching is here, and which weights what was judged would give."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from talent.cli_console import console, database, read_settings
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence

NO_FIGURES = N_("The last line of {file} is not an object of figures.")


def evaluate(
    texts: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="A judged set: advertisements, cvs, judgements.tsv."),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Figures made elsewhere: the last line is a JSON object."),
    ] = None,
    judgements_to: Annotated[
        Path | None, typer.Option(help="Write what recruiters judged to this file (CSV), to learn from it.")
    ] = None,
) -> None:
    """Print every figure with its interval beside plain yardsticks, and keep it as the last evaluation."""
    from talent.matching.encoder import load_encoder
    from talent.matching.evaluate import evaluate as measure
    from talent.matching.evaluate import lines
    from talent.matching.judging import as_csv

    others = figures_in(figures) if figures else {}
    settings = read_settings()
    with database(settings) as sessions, sessions.begin() as session:
        with console.status("Measuring"):
            made = measure(session, load_encoder(settings.encoder), texts=texts, others=others)
        for line in lines(made):
            console.print(line, markup=False)
        if judgements_to is not None:
            judgements_to.write_text(as_csv(session), encoding="utf-8")
    console.print(f"Kept. It took {made.took_ms / 1000:.1f} s.")


def learn() -> None:
    """Learn weights of the score from what recruiters judged; people of the project propose and adopt them, or not."""
    from talent.matching.proposals import keep, learning, said

    with database(read_settings()) as sessions, sessions.begin() as session:
        with console.status("Learning"):
            made, row = learning(session)
        for line in said(row):
            console.print(line, markup=False)
        if made is not None:
            keep(session, made)
            console.print(f"Kept as {made.weights.version}, for two people of the project to decide about.")


def figures_in(file: Path) -> dict[str, Any]:
    """The figures of the last line, as ``python -m benchmarks.quality`` prints them.

    Raises:
        Unprocessable: it is no JSON object of numbers.
    """
    said = file.read_text("utf-8").strip().splitlines()
    try:
        found = json.loads(said[-1] if said else "")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, int | float | None) for one in found.values()):
        raise Unprocessable(Sentence(NO_FIGURES, {"file": str(file)}))
    return found
