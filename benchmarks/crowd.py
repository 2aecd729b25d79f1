"""Any number of made-up people as columns of a pool, and vacancies for them, drawn by a fixed seed.

Occupations, skills and likeness are those of the shipped taxonomy with its real vectors. A person has one of its
occupations, one to sixteen of that occupation's skills and up to three others; the text's vector is the normalised sum
of the labels' vectors and of noise as long as a third of it. Nobody here is anybody.
"""

import random
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.rankings import FIRST_DAY, concepts_of, needs_of, vacancy_of
from talent.matching.encoder import load_encoder
from talent.matching.fixed_point import fixed_point, whole_steps
from talent.matching.grades import GRADES
from talent.matching.pool import FIRST_SKILLS, Pool
from talent.matching.records import COUNTRY_BIT, LANGUAGE_COLUMN, MOST_OCCUPATIONS, NEVER
from talent.matching.similarity import NEAR_OCCUPATION, NEAR_SKILL, Concepts
from talent.matching.views import VacancyView
from talent.taxonomy.starter_release import read_starter

FLOAT = NDArray[np.float32]
SEED = 8
AT_ONCE = 50_000
NOISE = 0.33
LEAST_PAY = (0, 0, 1_500, 2_000, 2_500, 3_000)
"""Euros a month; nothing for who tells no such wish."""
GRADE_ODDS = (0.7, 0.1, 0.1, 0.1)
"""How often a skill is shown by the person's word alone, and in each better way."""
OPEN_TRADE_EVERY = 16
"""One vacancy of so many names no occupation, so that the first bound says little."""


@dataclass(frozen=True)
class Crowd:
    """The pool, and the vacancies with their vectors (n_vacancies, d)."""

    pool: Pool
    vacancies: list[VacancyView]
    vectors: FLOAT


def crowd(candidates: int, vacancies: int) -> Crowd:
    """So many people and vacancies; the same for the same numbers."""
    release, encoder = read_starter(), load_encoder()
    occupations = concepts_of(release.occupations, encoder, NEAR_OCCUPATION)
    skills = concepts_of(release.skills, encoder, NEAR_SKILL)
    needs = needs_of(release)
    trades = [one for one in release.occupations if needs[one.uri]]
    rng = random.Random(SEED)
    jobs = [vacancy_of(rng, number, rng.choice(trades), needs) for number in range(vacancies)]
    for number in range(0, vacancies, OPEN_TRADE_EVERY):
        jobs[number] = replace(jobs[number], occupation_id=None, isco_group="")
    numbers = {skill.uri: number for number, skill in enumerate(release.skills)}
    own = [[numbers[skill.uri] for skill in needs[trade.uri]] for trade in trades]
    places = np.array([n for n, one in enumerate(release.occupations) if needs[one.uri]])
    pool = _empty(Pool(occupations, skills, encoder.dimensions), candidates)
    draw = np.random.default_rng(SEED)
    for start in range(0, candidates, AT_ONCE):
        _fill(pool, slice(start, min(start + AT_ONCE, candidates)), draw, own, places)
    _name(pool)
    return Crowd(pool, jobs, fixed_point(encoder.encode([job.text for job in jobs])))


def _empty(pool: Pool, candidates: int) -> Pool:
    pool.used = candidates
    for name, column in pool.columns(candidates).items():
        setattr(pool, name, column)
    return pool


def _fill(pool: Pool, rows: slice, draw: np.random.Generator, own: list[list[int]], places: NDArray[np.int64]) -> None:
    count, none = rows.stop - rows.start, len(pool.skill_concepts.ids)
    trade = draw.integers(0, len(own), count)
    skills = np.full((count, FIRST_SKILLS), none)
    longest = max(len(each) for each in own)
    padded = np.array([each + [none] * (longest - len(each)) for each in own])[trade]
    lot = np.where(padded == none, 2.0, draw.random(padded.shape))
    kept = min(longest, FIRST_SKILLS - 3)
    drawn = np.take_along_axis(padded, lot.argsort(axis=1)[:, :kept], axis=1)
    skills[:, :kept] = np.where(np.arange(kept) < draw.integers(1, kept + 1, count)[:, None], drawn, none)
    others = draw.integers(0, none, (count, 3))
    skills[:, kept : kept + 3] = np.where(np.arange(3) < draw.integers(0, 4, count)[:, None], others, none)
    skills = np.take_along_axis(skills, (skills == none).argsort(axis=1, kind="stable"), axis=1)
    grade = draw.choice(GRADES, skills.shape, p=GRADE_ODDS)
    pool.skills[rows] = np.where(skills == none, pool.no_skill, grade * none + skills)
    pool.occupations[rows] = len(pool.occupation_concepts.ids)
    pool.occupations[rows, 0] = places[trade]
    pool.vectors[rows] = whole_steps(_texts(pool, draw, places[trade], skills))
    pool.alive[rows] = True
    pool.tie_key[rows] = draw.integers(0, 2**64, count, dtype=np.uint64)
    pool.experience[rows] = draw.integers(0, 181, count)
    pool.languages[rows, LANGUAGE_COLUMN["en"]] = draw.integers(-1, 7, count)
    pool.languages[rows, LANGUAGE_COLUMN["de"]] = draw.integers(-1, 5, count)
    pool.told_languages[rows] = (pool.languages[rows] >= 0).any(axis=1)
    pool.answered_licences[rows] = draw.random(count) < 0.5
    bits = np.array([0, COUNTRY_BIT["DE"], COUNTRY_BIT["IT"], COUNTRY_BIT["DE"] | COUNTRY_BIT["IT"]], np.uint32)
    pool.countries[rows] = bits[draw.integers(0, len(bits), count)]
    day = FIRST_DAY.toordinal() + draw.integers(0, 366, count)
    pool.available_day[rows] = np.where(draw.random(count) < 0.1, NEVER, day)
    wishes = np.random.default_rng(SEED + 2 + rows.start)  # apart, so that all else is drawn as before
    pool.first_countries[rows] = bits[wishes.integers(0, len(bits), count)]
    pool.least_pay[rows] = wishes.choice(LEAST_PAY, count)
    assert pool.occupations.shape[1] == MOST_OCCUPATIONS


def _name(pool: Pool) -> None:
    """Ids whose low half is the tie key, hashes, and the index of everybody."""
    draw = np.random.default_rng(SEED + 1)
    pool.ids[:, :8] = draw.integers(0, 256, (len(pool), 8), dtype=np.uint8)
    pool.ids[:, 8:] = pool.tie_key.astype(">u8").view(np.uint8).reshape(-1, 8)
    pool.hashes[:] = draw.integers(1, 256, pool.hashes.shape, dtype=np.uint8)
    pool.index.add_all(pool.ids, np.arange(len(pool), dtype=np.int32))


def _texts(pool: Pool, draw: np.random.Generator, trade: NDArray[np.int64], skills: NDArray[np.int64]) -> FLOAT:
    """The vectors of these people's texts: (n, d) float32, of length one."""
    first = _first_labels(pool.skill_concepts)
    mixed = _first_labels(pool.occupation_concepts)[trade] * 2
    for column in range(skills.shape[1]):
        mixed += first[skills[:, column]]
    length = np.linalg.norm(mixed, axis=1, keepdims=True)
    noise = draw.standard_normal(mixed.shape, np.float32)
    mixed += noise * (NOISE * length / np.sqrt(np.float32(mixed.shape[1])))
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def _first_labels(concepts: Concepts) -> FLOAT:
    """The vector of each concept's first label, and zeros for none: (n + 1, d)."""
    own = concepts.vectors[np.minimum(concepts.starts, len(concepts.vectors) - 1)]
    return np.concatenate((own, np.zeros_like(own[:1])))
