"""Pairs judged by two who follow weights that are known, or who follow nothing."""

import numpy as np

from talent.matching.learning import Judgements

NEVER = "who follow nothing"


def make_judgements(shares, grades, vacancies=None, complete=None):
    count = len(grades)
    return Judgements(
        np.array(shares, np.float64),
        np.array(grades, np.float64),
        np.arange(count) if vacancies is None else np.array(vacancies, np.int64),
        np.ones(count, bool) if complete is None else np.array(complete, bool),
    )


def judged_by(weights, *, seed=0, vacancies=40, each=8, noise=0.4):
    """Two judges grade by the sum of weighted shares and a slip of their own; or by lot, for NEVER."""
    draw, count = np.random.default_rng(seed), vacancies * each
    shares, complete = draw.random((count, 5)), draw.random(count) < 0.7
    if weights == NEVER:
        given = draw.integers(0, 4, (count, 2))
    else:
        meant = (shares @ np.array(weights) - 0.5) * 6 + 1.5
        given = np.clip(np.rint(meant[:, None] + draw.normal(0, noise, (count, 2))), 0, 3)
    return make_judgements(shares, given.mean(axis=1), np.repeat(np.arange(vacancies), each), complete)
