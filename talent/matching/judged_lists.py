"""What recruiters judged, and how the lists that the software makes stand beside it and beside plain yardsticks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.measures import OURS, average_precision, calibration_error, graded_gain, share_interval
from talent.matching.models import MatchInput
from talent.matching.pool import Pool, filled
from talent.matching.scorer import BANDS, Weights
from talent.matching.similarity import Concepts
from talent.matching.trust_models import JudgedPair, Judgement
from talent.matching.views import CandidateView, VacancyView

FITS_FROM: Final = 2
"""Mean grade from which a pair counts as fitting (S-OWN-9)."""
BIN_POINTS: Final = 10
"""Points of a score that one bar of the calibration holds."""
Values = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Judged:
    """One pair as it was seen, with the mean of its grades."""

    vacancy: VacancyView
    vacancy_vector: NDArray[np.float32]
    candidate: CandidateView
    candidate_vector: NDArray[np.float32]
    grade: float


def judged_pairs(session: Session) -> list[Judged]:
    """Every pair that somebody judged and whose inputs are still kept."""
    given = (
        select(JudgedPair.vacancy_input, JudgedPair.profile_input, func.avg(Judgement.grade))
        .join(Judgement, Judgement.pair_id == JudgedPair.id)
        .group_by(JudgedPair.id)
        .order_by(JudgedPair.drawn_at, JudgedPair.id)
    )
    rows = [tuple(row) for row in session.execute(given)]
    hashes = {digest for row in rows for digest in (row[0], row[1])}
    stored = select(MatchInput.input_hash, MatchInput.view, MatchInput.vector)
    inputs = {row[0]: tuple(row) for row in session.execute(stored.where(MatchInput.input_hash.in_(hashes)))}
    return [_judged(inputs[row[0]], inputs[row[1]], row[2]) for row in rows if {row[0], row[1]} <= inputs.keys()]


def _judged(vacancy: Sequence[Any], candidate: Sequence[Any], grade: object) -> Judged:
    asked, held = (np.asarray(one[2], np.float32) for one in (vacancy, candidate))
    return Judged(vacancy_from(vacancy[1]), asked, candidate_from(candidate[1]), held, float(str(grade)))


def scored(
    pairs: Sequence[Judged], occupations: Concepts, skills: Concepts, weights: Weights
) -> Iterator[tuple[list[Judged], Any]]:
    """The judged pairs of each vacancy, and how the software ranks their candidates with these weights."""
    from talent.matching.ranking import rank

    of_vacancy: dict[UUID, list[Judged]] = defaultdict(list)
    for pair in pairs:
        of_vacancy[pair.vacancy.vacancy_id].append(pair)
    for own in of_vacancy.values():
        vectors = np.stack([pair.candidate_vector for pair in own])
        pool = filled(Pool(occupations, skills, vectors.shape[1]), [pair.candidate for pair in own], vectors)
        yield own, rank(pool, own[0].vacancy, own[0].vacancy_vector, weights=weights)


def list_measures(found: Sequence[tuple[list[Judged], Any]]) -> dict[str, Values]:
    """MAP and nDCG by system, a value for each vacancy with two judged candidates or more of whom one fits."""
    values: dict[str, dict[str, list[float]]] = {"map": defaultdict(list), "ndcg": defaultdict(list)}
    for own, ranked in found:
        grades = np.array([pair.grade for pair in own])
        fitting = np.flatnonzero(grades >= FITS_FROM).tolist()
        if len(own) < 2 or not fitting:
            continue
        gains = {place: float(2**grade - 1) for place, grade in enumerate(grades.tolist()) if grade > 0}
        for system, scores in _systems(own, ranked).items():
            values["map"][system].append(average_precision(scores, fitting))
            values["ndcg"][system].append(graded_gain(scores, gains))
    return {key: {name: np.array(each) for name, each in systems.items()} for key, systems in values.items()}


def _systems(own: list[Judged], ranked: Any) -> dict[str, NDArray[Any]]:
    """Scores of these candidates by our list, by words, by letters and by meaning alone."""
    from talent.matching.lexical import bm25_scores, character_scores  # scikit-learn, for whoever measures

    asked, texts = [own[0].vacancy.text or "-"], [pair.candidate.text or "-" for pair in own]
    order = np.empty(len(own))
    order[ranked.order()] = -np.arange(len(own))
    return {
        OURS: order,
        "BM25": bm25_scores(asked, texts)[0],
        "char TF-IDF": character_scores(asked, texts)[0],
        "encoder": np.array([pair.candidate_vector @ pair.vacancy_vector for pair in own]),
    }


@dataclass(frozen=True)
class Calibration:
    """Score against judgement: for each bin of scores and each band, how many pairs, and how many of them fit."""

    bins: list[dict[str, float]]
    bands: list[dict[str, Any]]
    error: float | None


def calibration(found: Sequence[tuple[list[Judged], Any]]) -> Calibration:
    """How often a pair of so many points was judged to fit."""
    points = np.array([score / 100 for _, ranked in found for score in ranked.scores.tolist()], np.float64)
    fits = np.array([float(pair.grade >= FITS_FROM) for own, _ in found for pair in own], np.float64)
    bins = [
        {"from": float(low), **_share(fits[(points >= low) & (points < low + BIN_POINTS + (low == 90))])}
        for low in range(0, 100, BIN_POINTS)
    ]
    bands, most = [], 101.0
    for least, name in BANDS:
        bands.append({"band": name, "from": least, **_share(fits[(points >= least) & (points < most)])})
        most = least
    return Calibration(bins, bands, calibration_error(points / 100, fits) if len(fits) else None)


def _share(fits: NDArray[np.float64]) -> dict[str, float]:
    low, high = share_interval(int(fits.sum()), len(fits))
    return {"n": len(fits), "fits": int(fits.sum()), "low": low, "high": high}
