"""Why a stored pair has its score, in some fifty bytes: both its inputs are stored under their hashes and say the rest.

What is kept has a fixed form (``layout``): the points of each part and each wish, the verdict of each requirement of
the vacancy in the order of ``requirements_of``, and for each needed skill, in the vacancy's order, which of the
candidate's skills covers it and how well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from talent.matching.holding import held_for
from talent.matching.requirements import Finding, Verdict, with_recognition
from talent.matching.scorer import PART_KEYS
from talent.matching.views import CandidateView, VacancyView
from talent.matching.wishes import GRANTED, WISH_KEYS, Granted

FORM: Final = 1
"""The number of this form, which stands first; another form gets another number."""
HEAD_BYTES: Final = 2
NOT_COVERED: Final = 255
"""Stands for no skill of the candidate; of nobody are so many compared."""


def layout(requirements: int, skills: int) -> np.dtype[np.void]:
    """The fields of the reasons for a vacancy with so many requirements and needed skills, packed.

    parts : hundredths of a point; points, most : the same of each wish, ``most`` 0 for one that is not told; granted :
    the place in ``GRANTED``; places : of the covering skill among the candidate's; strengths : hundredths.
    """
    return np.dtype(
        [
            ("form", "u1"),
            ("requirements", "u1"),
            ("parts", "<u2", len(PART_KEYS)),
            ("points", "<u2", len(WISH_KEYS)),
            ("most", "<u2", len(WISH_KEYS)),
            ("granted", "u1", len(WISH_KEYS)),
            ("verdicts", "u1", requirements),
            ("places", "u1", skills),
            ("strengths", "u1", skills),
        ]
    )


@dataclass(frozen=True)
class GivenWish:
    """How far one wish is given: points, of how many, and in a word."""

    points: float
    out_of: float
    granted: Granted


@dataclass(frozen=True)
class Reasons:
    """What is stored of one pair beside its score.

    parts : the points of each part, which add up to the score; wishes : of each wish that is told; covered : for each
    needed skill the place of the covering one among the candidate's, or None, and how well from 0 to 1.
    """

    parts: Mapping[str, float]
    wishes: Mapping[str, GivenWish]
    verdicts: tuple[Verdict, ...]
    covered: tuple[tuple[int | None, float], ...]

    def findings(self, vacancy: VacancyView, candidate: CandidateView) -> list[Finding]:
        """The verdict of each requirement with what the candidate holds, from the inputs of the pair."""
        asked = with_recognition(vacancy)[: len(self.verdicts)]
        return [
            Finding(one, verdict, held_for(candidate, one)) for one, verdict in zip(asked, self.verdicts, strict=True)
        ]


def unpacked(stored: bytes) -> Reasons:
    """What these bytes say.

    Raises:
        ValueError: they have another form.
    """
    if len(stored) < HEAD_BYTES or stored[0] != FORM:
        raise ValueError("These reasons are stored in a form that this release does not read.")
    asked = stored[1]
    form = layout(asked, (len(stored) - layout(asked, 0).itemsize) // 2)
    (read,) = np.frombuffer(stored, form)
    wishes = zip(WISH_KEYS, *(read[name].tolist() for name in ("points", "most", "granted")), strict=True)
    return Reasons(
        parts={key: value / 100 for key, value in zip(PART_KEYS, read["parts"].tolist(), strict=True)},
        wishes={key: GivenWish(own / 100, of / 100, GRANTED[given]) for key, own, of, given in wishes if of},
        verdicts=tuple(map(Verdict, read["verdicts"].tolist())),
        covered=tuple(
            (None if place == NOT_COVERED else place, strength / 100)
            for place, strength in zip(read["places"].tolist(), read["strengths"].tolist(), strict=True)
        ),
    )
