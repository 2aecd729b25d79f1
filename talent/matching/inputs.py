"""Exactly what matching saw, as JSON that can be hashed, stored, and read back for a replay."""

import hashlib
import json
from dataclasses import is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.views import (
    CandidateView,
    HeldLanguage,
    HeldQualification,
    HeldRecognition,
    HeldSkill,
    NeededLanguage,
    NeededSkill,
    RecognitionStage,
    VacancyView,
)
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind

View = CandidateView | VacancyView
concept_id = lru_cache(maxsize=32_768)(UUID)
"""The id of a concept by its text: there are some thousands, and each is read again for every candidate with it."""


def as_json(view: View) -> dict[str, Any]:
    """The view as plain JSON values."""
    plain: dict[str, Any] = json.loads(canonical(view))
    return plain


def canonical(view: View) -> str:
    """The view as canonical JSON: sorted keys, no spaces, letters as they are."""
    return json.dumps(view, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    return vars(value) if is_dataclass(value) else str(value)


def input_hash(view: View, vector: NDArray[np.float32]) -> str:
    """SHA-256 over the view in canonical JSON and its vector's bytes, in hexadecimal."""
    return hashlib.sha256(canonical(view).encode() + np.ascontiguousarray(vector, np.float32).tobytes()).hexdigest()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def candidate_from(plain: dict[str, Any]) -> CandidateView:
    """The candidate's view that was stored as this JSON."""
    return CandidateView(
        profile_id=UUID(plain["profile_id"]),
        occupation_ids=tuple(concept_id(concept) for concept in plain["occupation_ids"]),
        experience_months=plain["experience_months"],
        skills=tuple(
            HeldSkill(
                concept_id(skill["skill_id"]), skill["words"], Evidence(skill["evidence"]), skill.get("award", "")
            )
            for skill in plain["skills"]
        ),
        languages=tuple(
            HeldLanguage(spoken["language"], CEFR(spoken["level"]) if spoken["level"] else None)
            for spoken in plain["languages"]
        ),
        qualifications=tuple(
            HeldQualification(QualificationKind(paper["kind"]), paper["field"], paper["full_time_months"])
            for paper in plain["qualifications"]
        ),
        licences=tuple(plain["licences"]),
        answered_licences=plain["answered_licences"],
        countries=tuple(plain["countries"]),
        available_from=_day(plain["available_from"]),
        text=plain["text"],
        recognitions=tuple(
            HeldRecognition(case["country"], case["isco_group"], RecognitionStage(case["stage"]))
            for case in plain.get("recognitions", ())  # inputs stored before cases were seen have none
        ),
        first_countries=tuple(plain.get("first_countries", ())),  # nor wishes, before these were asked
        least_pay_euros=plain.get("least_pay_euros"),
    )


def vacancy_from(plain: dict[str, Any]) -> VacancyView:
    """The vacancy's view that was stored as this JSON."""
    kind = plain["qualification_kind"]
    return VacancyView(
        vacancy_id=UUID(plain["vacancy_id"]),
        occupation_id=concept_id(plain["occupation_id"]) if plain["occupation_id"] else None,
        isco_group=plain["isco_group"],
        country=plain["country"],
        seats=plain["seats"],
        skills=tuple(
            NeededSkill(concept_id(skill["skill_id"]), skill["words"], skill["is_must"]) for skill in plain["skills"]
        ),
        languages=tuple(NeededLanguage(spoken["language"], CEFR(spoken["level"])) for spoken in plain["languages"]),
        qualification_kind=QualificationKind(kind) if kind else None,
        qualification_field=plain["qualification_field"],
        qualification_months=plain["qualification_months"],
        licences=tuple(plain["licences"]),
        experience_months=plain["experience_months"],
        start_on=_day(plain["start_on"]),
        text=plain["text"],
        euros_a_month=plain.get("euros_a_month"),
    )
