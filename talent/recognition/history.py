"""The service's own history of recognition: rebuilt at night, read by whoever looks before applying."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from talent.foundation.clock import today
from talent.foundation.text import fold
from talent.recognition.durations import Waited, expected
from talent.recognition.models import RecognitionCase, RecognitionDuration, RecognitionPrecedent
from talent.recognition.precedents import Decided, Part, may_replace, parts_of, table
from talent.recognition.states import Outcome
from talent.taxonomy.levels import QualificationKind

Place = tuple[str, str, QualificationKind]
"""Country, ISCO-08 group and kind of award: what one table is about."""

DECIDED = select(
    RecognitionCase.country,
    RecognitionCase.isco_group,
    RecognitionCase.award,
    RecognitionCase.outcome,
    RecognitionCase.submitted_on,
    RecognitionCase.decided_on,
    RecognitionCase.institute,
    RecognitionCase.award_year,
    RecognitionCase.missing_parts,
).where(RecognitionCase.outcome.is_not(None), RecognitionCase.submitted_on.is_not(None))
WAITED = select(
    RecognitionCase.procedure_id,
    RecognitionCase.submitted_on,
    RecognitionCase.decided_on,
    RecognitionCase.left_on,
).where(RecognitionCase.submitted_on.is_not(None))


def rebuild(session: Session, *, on: date | None = None) -> int:
    """Publish anew whatever at least five more decisions have changed; how many tables and durations."""
    day = on or today()
    return rebuild_precedents(session, day) + rebuild_durations(session, day)


def rebuild_precedents(session: Session, day: date) -> int:
    """Publish the tables that may take the place of the published ones; how many."""
    cases: dict[Place, list[Decided]] = defaultdict(list)
    for row in session.execute(DECIDED):
        days = (row.decided_on - row.submitted_on).days
        told = Decided(row.outcome, days, row.institute, row.award_year, parts_of(row.missing_parts))
        cases[row.country, row.isco_group, row.award].append(told)
    counted = dict(published_counts(session))
    done = 0
    for place, decided in cases.items():
        if not may_replace(counted.get(place), len(decided)):
            continue
        session.execute(delete(RecognitionPrecedent).where(*of_place(place)))
        session.add_all(
            RecognitionPrecedent(
                country=place[0],
                isco_group=place[1],
                award=place[2],
                part=line.part,
                name=line.name,
                folded=fold(line.name),
                cases=line.cases,
                outcomes={outcome.value: number for outcome, number in line.outcomes.items()},
                days=line.days,
                missing_parts=list(line.missing_parts),
                counted=len(decided) if line.part is Part.ALL else None,
                as_of=day,
            )
            for line in table(decided)
        )
        done += 1
    session.flush()
    return done


def published_counts(session: Session) -> list[tuple[Place, int]]:
    """How many cases each published table rests on."""
    model = RecognitionPrecedent
    query = select(model.country, model.isco_group, model.award, model.counted).where(model.part == Part.ALL)
    return [((row.country, row.isco_group, row.award), row.counted) for row in session.execute(query)]


def of_place(place: Place) -> tuple[ColumnElement[bool], ...]:
    """The conditions of the rows of one table."""
    model = RecognitionPrecedent
    return model.country == place[0], model.isco_group == place[1], model.award == place[2]


def rebuild_durations(session: Session, day: date) -> int:
    """Write anew how long each procedure is likely to take, where five more decisions have changed it; how many."""
    history: dict[str, list[Waited]] = defaultdict(list)
    for row in session.execute(WAITED):
        end = row.decided_on or row.left_on or day
        history[row.procedure_id].append(Waited(max((end - row.submitted_on).days, 0), row.decided_on is not None))
    known = {row.procedure_id: row for row in session.scalars(select(RecognitionDuration))}
    done = 0
    for procedure_id, waited in history.items():
        found, before = expected(waited), known.get(procedure_id)
        if found is None or not may_replace(before.decisions if before else None, found.decisions):
            continue
        told = before or RecognitionDuration(procedure_id=procedure_id)
        told.decisions, told.median_days = found.decisions, found.median
        told.first_days, told.last_days, told.as_of = found.first, found.last, day
        session.add(told)
        done += 1
    session.flush()
    return done


def durations(session: Session) -> dict[str, RecognitionDuration]:
    """How long each procedure is likely to take, by its id; a procedure that is not there is unknown."""
    return {row.procedure_id: row for row in session.scalars(select(RecognitionDuration))}


def precedents(session: Session, place: Place, *, institute: str = "") -> Sequence[RecognitionPrecedent]:
    """The published lines of one table: all cases first, then years and institutes, as far as the name fits."""
    query = select(RecognitionPrecedent).where(*of_place(place))
    wanted = fold(institute)
    lines = session.scalars(query.order_by(RecognitionPrecedent.name)).all()
    shown = [row for row in lines if row.part is not Part.INSTITUTE or wanted in row.folded]
    return sorted(shown, key=lambda row: list(Part).index(row.part))


def outcomes_of(row: RecognitionPrecedent) -> dict[Outcome, int | None]:
    """The number of each outcome of a line; None where it is withheld."""
    return {outcome: row.outcomes.get(outcome.value) for outcome in Outcome}
