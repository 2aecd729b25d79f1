"""What a candidate holds towards a requirement, as it is shown."""

from typing import Any

from talent.matching.requirements import Requirement, profession
from talent.matching.views import CandidateView


def held_for(candidate: CandidateView, asked: Requirement) -> Any:
    """What this candidate holds towards a requirement; None for nothing recorded, and where the verdict says all."""
    if asked.kind == "language":
        spoken = next((held for held in candidate.languages if held.language == asked.which), None)
        return spoken.level.value if spoken and spoken.level else ("?" if spoken else None)
    if asked.kind == "regulated":
        here = (case for case in candidate.recognitions if profession(case.country, case.isco_group) == asked.which)
        return next((case.stage.value for case in here), None)
    if asked.kind == "availability":
        return candidate.available_from.isoformat() if candidate.available_from else None
    return None
