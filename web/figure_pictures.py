"""Lines and maps from the stored figures, for staff and for the public."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from talent.foundation.errors import Unprocessable
from talent.monitoring import crosstab
from talent.monitoring.crosstab import Question
from talent.monitoring.figure_models import FigureSpan
from talent.monitoring.ladder import STAGE_NAMES, Dimension, Stage
from talent.monitoring.spans import SPAN_NAMES
from talent.profiles.statistics import PROVINCE_NAMES
from talent.taxonomy.countries import MEMBER_STATES, country_name
from web.parts import Text
from web.pictures import MEMBER_STATE_TILES, PROVINCE_TILES, Period, SpanRow, Tile, line_of, shaded, span_rows


@dataclass(frozen=True)
class Line:
    """People who came to a stage, month by month."""

    name: Text
    periods: Sequence[Period]
    points: str


def line(session: Session, stage: Stage) -> Line:
    """The line of one stage."""
    periods = [Period(row.from_month, row.to_month, row.people) for row in crosstab.trend(session, stage)]
    return Line(STAGE_NAMES[stage], periods, line_of(periods))


def span_row(row: FigureSpan, label: Text) -> SpanRow:
    """One stored duration under this name."""
    return SpanRow(label, row.people, row.first_days, row.median_days, row.last_days)


def parts_of_the_way(told: Iterable[FigureSpan], keys: Sequence[str]) -> list[SpanRow]:
    """The durations of these parts that are told, in their order, on one common scale."""
    known = {row.span: row for row in told}
    return span_rows([span_row(known[key], SPAN_NAMES[key]) for key in keys if key in known])


def people_by(session: Session, dimension: Dimension, stage: Stage) -> dict[str, int]:
    """How many came at least so far, by one dimension; empty where the stage is not told."""
    try:
        answer = crosstab.answer(session, Question(rows=dimension, measure=stage))
    except Unprocessable:
        return {}
    return {row: count for (row, _), count in answer.cells.items()}


def arrivals_map(session: Session, language: str) -> list[Tile]:
    """The Member States, with the people who arrived in each."""
    people = people_by(session, Dimension.COUNTRY, Stage.ARRIVED)
    return shaded(
        [
            Tile(code, country_name(code, language), *MEMBER_STATE_TILES[code], people.get(code))
            for code in MEMBER_STATES
        ]
    )


def provinces_map(session: Session) -> list[Tile]:
    """Pakistan's provinces, with the people who told theirs for statistics."""
    people = people_by(session, Dimension.PROVINCE, Stage.REGISTERED)
    return shaded(
        [
            Tile(letters, PROVINCE_NAMES[province], row, column, people.get(province.value))
            for province, (letters, row, column) in PROVINCE_TILES.items()
        ]
    )
