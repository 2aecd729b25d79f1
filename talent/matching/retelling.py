"""Stored pairs told in full, as their candidate has a right to read them: what was asked, is held, and gave points."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.models import MatchInput
from talent.matching.reasons import Reasons, unpacked
from talent.matching.views import CandidateView, VacancyView


def retold(session: Session, pairs: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """The reasons of each of these rows of ``suggestion``, in their order, as JSON knows them."""
    seen = {row[name] for row in pairs for name in ("vacancy_input", "profile_input")}
    stored = select(MatchInput.input_hash, MatchInput.view).where(MatchInput.input_hash.in_(seen))
    views: dict[str, dict[str, Any]] = dict(session.execute(stored).all())
    found = []
    for row in pairs:
        reasons, inputs = unpacked(row["reasons"]), [views.get(row[f"{side}_input"]) for side in ("vacancy", "profile")]
        told: dict[str, Any] = {
            "parts": dict(reasons.parts),
            "wishes": {key: [one.points, one.out_of, one.granted.value] for key, one in reasons.wishes.items()},
        }
        if all(inputs):
            vacancy, candidate = inputs
            told |= in_words(reasons, vacancy_from(vacancy or {}), candidate_from(candidate or {}))
        found.append(told)
    return found


def in_words(reasons: Reasons, vacancy: VacancyView, candidate: CandidateView) -> dict[str, Any]:
    """Each requirement with the verdict and what is held, and each needed skill with the one that covers it."""
    return {
        "requirements": [
            {
                "kind": one.requirement.kind,
                "which": one.requirement.which,
                "least": one.requirement.least,
                "verdict": one.verdict.name.lower(),
                "held": one.held,
            }
            for one in reasons.findings(vacancy, candidate)
        ],
        "skills": [
            {"needed": needed.words, "held": None if place is None else candidate.skills[place].words, "strength": how}
            for needed, (place, how) in zip(vacancy.skills, reasons.covered, strict=True)
        ],
    }
