"""A small pool in memory: concepts whose likeness is written down, candidates and vacancies by what differs."""

from datetime import date
from itertools import pairwise
from uuid import UUID, uuid5

import numpy as np
from hypothesis import strategies as st

from talent.matching.pool import Pool, filled
from talent.matching.reasons import FORM, layout
from talent.matching.scorer import CENTIPOINTS, PARTS, Weights
from talent.matching.similarity import NEAR_OCCUPATION, NEAR_SKILL, Concepts
from talent.matching.views import CandidateView, HeldSkill, NeededSkill, VacancyView
from talent.taxonomy.levels import Evidence

SPACE = UUID("6f0c1f0a-8f52-4d39-9a56-5b2f8d2f3a11")
OCCUPATIONS = {"welder": "7212", "sheet-metal worker": "7213", "cook": "5120"}
SKILLS = ("MAG welding", "TIG welding", "reading drawings", "cooking rice", "food hygiene")
DIMENSIONS = 4
NO_REASONS = bytes((FORM,)) + bytes(layout(requirements=0, skills=0).itemsize - 1)
"""What is stored of a pair that nobody compared."""


def cut(places: list[int]) -> Weights:
    """The full score cut at these places."""
    ends = [0, *sorted(places), CENTIPOINTS]
    return Weights("cut", tuple(high - low for low, high in pairwise(ends)))


any_weights = st.lists(st.integers(0, CENTIPOINTS), min_size=len(PARTS) - 1, max_size=len(PARTS) - 1).map(cut)


def concept(name: str) -> UUID:
    return uuid5(SPACE, name)


def one_hot(*numbers: float) -> np.ndarray:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[: len(numbers)] = numbers
    return vector


def make_pool(*candidates: CandidateView, vectors: np.ndarray | None = None) -> Pool:
    """Skills: MAG and TIG welding have cosine 0.75, everything else 0; occupations: cosine 0 everywhere."""
    skill_vectors = np.eye(len(SKILLS), dtype=np.float32)
    skill_vectors[1, :2] = 0.75, (1 - 0.75**2) ** 0.5
    occupations = Concepts(
        [concept(name) for name in OCCUPATIONS],
        np.eye(len(OCCUPATIONS), dtype=np.float32),
        np.arange(len(OCCUPATIONS)),
        NEAR_OCCUPATION,
        list(OCCUPATIONS.values()),
    )
    skills = Concepts([concept(name) for name in SKILLS], skill_vectors, np.arange(len(SKILLS)), NEAR_SKILL)
    pool = Pool(occupations, skills, DIMENSIONS)
    given = np.tile(one_hot(1.0), (len(candidates), 1)) if vectors is None else vectors
    return filled(pool, candidates, given)


def make_candidate(
    name: str = "a", *, skills: tuple[str, ...] = (), shown: Evidence = Evidence.ASSESSED, **overrides: object
) -> CandidateView:
    values: dict[str, object] = {
        "profile_id": concept(f"profile {name}"),
        "occupation_ids": (concept("welder"),),
        "experience_months": 24,
        "skills": tuple(HeldSkill(concept(skill), f"I do {skill}", shown) for skill in skills),
        "languages": (),
        "qualifications": (),
        "licences": (),
        "answered_licences": True,
        "countries": (),
        "available_from": date(2027, 1, 1),
        "text": "",
    } | overrides
    return CandidateView(**values)  # type: ignore[arg-type]  # the defaults above have the right types


def make_vacancy(
    name: str = "v", *, must: tuple[str, ...] = (), nice: tuple[str, ...] = (), **overrides: object
) -> VacancyView:
    values: dict[str, object] = {
        "vacancy_id": concept(f"vacancy {name}"),
        "occupation_id": concept("welder"),
        "isco_group": "7212",
        "country": "DE",
        "seats": 1,
        "skills": tuple(
            NeededSkill(concept(skill), skill, is_must)
            for names, is_must in ((must, True), (nice, False))
            for skill in names
        ),
        "languages": (),
        "qualification_kind": None,
        "qualification_field": "",
        "qualification_months": None,
        "licences": (),
        "experience_months": 24,
        "start_on": None,
        "text": "",
    } | overrides
    return VacancyView(**values)  # type: ignore[arg-type]  # the defaults above have the right types
