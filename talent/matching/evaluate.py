"""An evaluation of matching with what an installation has: replayed lists, judged pairs, a set of texts where given."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.words import N_
from talent.matching.embedding import load_concepts
from talent.matching.encoder import Encoder
from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.judged_lists import calibration, judged_pairs, list_measures, scored
from talent.matching.judged_texts import text_figures
from talent.matching.measures import Figure, measured
from talent.matching.models import MatchInput, MatchRun, SubjectKind, Suggestion
from talent.matching.pool import Pool, filled
from talent.matching.proposals import learning, said
from talent.matching.scorer import Weights
from talent.matching.similarity import Concepts
from talent.matching.trust_models import Measurement, MeasurementKind
from talent.matching.weighting import by_version, in_force

MOST_REPLAYED: Final = 1_000
BINS: Final = 20
NOT_JUDGED: Final = N_("No vacancy has two judged candidates of whom one fits.")
NOT_LOGGED: Final = N_("No list was made with this software yet.")


def evaluate(
    session: Session, encoder: Encoder, *, texts: Path | None = None, others: Mapping[str, Any]
) -> Measurement:
    """Everything measured and stored; ``texts`` is a set of advertisements and CVs, ``others`` figures made elsewhere.

    Raises:
        Unprocessable: the folder holds no such set.
    """
    started = time.perf_counter()
    occupations, skills = load_concepts(session, encoder)
    weights = in_force(session)
    found = list(scored(judged_pairs(session), occupations, skills, weights))
    figures = [replays(session, encoder, occupations, skills), *judged_figures(list_measures(found))]
    if texts is not None:
        figures += text_figures(texts, encoder)
    content = {
        "model_hash": encoder.model_hash,
        "weights_version": weights.version,
        "figures": [asdict(one) for one in figures],
        "calibration": asdict(calibration(found)),
        "distribution": distribution(session),
        "learning": learning(session)[1],
        "others": dict(others),
    }
    took = round(1000 * (time.perf_counter() - started))
    made = Measurement(kind=MeasurementKind.EVALUATION, at=now(), took_ms=took, content=content)
    session.add(made)
    session.flush()
    return made


def judged_figures(values: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> list[Figure]:
    """MAP and nDCG of the lists against what recruiters judged."""
    return [measured(f"judged_{key}", each, NOT_JUDGED) for key, each in values.items()]


def distribution(session: Session) -> list[int]:
    """How many stored pairs have a score in each bin of five points."""
    place = func.least(cast(func.floor(Suggestion.score * BINS / 100), Integer), BINS - 1)
    counts: dict[int, int] = dict(session.execute(select(place, func.count()).group_by(place)).all())
    return [int(counts.get(number, 0)) for number in range(BINS)]


def replays(session: Session, encoder: Encoder, occupations: Concepts, skills: Concepts) -> Figure:
    """Share of the newest lists made with this software that come out in the same order with the same scores."""
    query = (
        select(MatchRun)
        .where(
            MatchRun.subject_kind == SubjectKind.VACANCY,
            MatchRun.model_hash == encoder.model_hash,
        )
        .order_by(MatchRun.at.desc(), MatchRun.id)
        .limit(MOST_REPLAYED)
    )
    runs = session.scalars(query).all()
    known = by_version(session, {run.weights_version for run in runs})  # those of older software are not
    runs = [run for run in runs if run.weights_version in known]
    taxonomy = {run.taxonomy_version for run in runs[:1]}  # an older one named other skills
    of_now = [(run, known[run.weights_version]) for run in runs if run.taxonomy_version in taxonomy]
    equal = [same for run, own in of_now if (same := _replayed(session, run, occupations, skills, own)) is not None]
    if not equal:
        return Figure("replays_equal", None, 0, why=NOT_LOGGED)
    return Figure("replays_equal", sum(equal) / len(equal), len(equal))


def _replayed(
    session: Session, run: MatchRun, occupations: Concepts, skills: Concepts, weights: Weights
) -> bool | None:
    """Whether the list comes out as it was shown; None when an input is gone, such as of somebody who was erased."""
    from talent.matching.ranking import rank

    wanted = [digest for _, digest, _ in run.order_shown]
    stored = select(MatchInput.input_hash, MatchInput.view, MatchInput.vector)
    rows = session.execute(stored.where(MatchInput.input_hash.in_({run.input_hash, *wanted})))
    inputs = {row[0]: (row[1], np.asarray(row[2], np.float32)) for row in rows}
    if not wanted or not {run.input_hash, *wanted} <= inputs.keys():
        return None
    view, vector = inputs[run.input_hash]
    people = [candidate_from(inputs[digest][0]) for digest in wanted]
    vectors = np.stack([inputs[digest][1] for digest in wanted])
    pool = filled(Pool(occupations, skills, vectors.shape[1]), people, vectors)
    ranked = rank(pool, vacancy_from(view), vector, weights=weights)
    order = ranked.order()
    again = [[str(people[place].profile_id), float(ranked.scores[place] / 100)] for place in order]
    return again == [[profile, float(score)] for profile, _, score in run.order_shown]


def lines(made: Measurement) -> Iterator[str]:
    """The figures of an evaluation, for a terminal."""
    for one in made.content["figures"]:
        if one["value"] is None:
            yield f"{one['key']:16s} not measured: {one['why']}"
            continue
        between = f" [{one['low']:.3f}, {one['high']:.3f}]" if one["low"] is not None else ""
        peers = "   ".join(f"{name} {value:.3f}" for name, value in one["baselines"].items())
        yield f"{one['key']:16s} {one['value']:.3f}{between} n={one['n']}   {peers}".rstrip()
    error = made.content["calibration"]["error"]
    yield f"{'calibration':16s} " + ("not measured: nobody judged a pair" if error is None else f"error {error:.3f}")
    for band in made.content["calibration"]["bands"]:
        if band["n"]:
            between = f"[{band['low']:.2f}, {band['high']:.2f}]"
            yield f"  {band['band']:16s} {band['fits']} of {band['n']} judged to fit {between}"
    yield from said(made.content["learning"])
    for key, value in made.content["others"].items():
        yield f"{key:26s} {value}"
