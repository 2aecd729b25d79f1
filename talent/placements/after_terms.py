"""The questions after arrival and their answers, and the words for them."""

from collections.abc import Mapping
from enum import StrEnum

from talent.foundation.words import N_

MONTHS = (3, 6, 12, 24)
"""After how many months of work a worker is asked; the same as the confirmations of a placement."""


class Kept(StrEnum):
    """Whether something is as it should be."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


KEPT_NAMES: Mapping[Kept, str] = {Kept.YES: N_("Yes"), Kept.NO: N_("No"), Kept.UNSURE: N_("I am not sure")}
QUESTIONS: Mapping[str, str] = {
    "in_job": N_("Are you still in this job?"),
    "pay": N_("Are you paid as promised?"),
    "hours": N_("Are the hours as promised?"),
    "job": N_("Is the work the one you were promised?"),
}


class Problem(StrEnum):
    """What may be wrong."""

    CHARGED = "charged"
    PAPERS_KEPT = "papers_kept"
    HOUSING = "housing"
    SAFETY = "safety"
    TREATMENT = "treatment"
    NO_PAY_SLIP = "no_pay_slip"
    OTHER = "other"


PROBLEM_NAMES: Mapping[Problem, str] = {
    Problem.CHARGED: N_("Somebody asked me for money for this job"),
    Problem.PAPERS_KEPT: N_("Somebody keeps my passport or papers"),
    Problem.HOUSING: N_("The place where I live is bad"),
    Problem.SAFETY: N_("The work is not safe"),
    Problem.TREATMENT: N_("I am treated badly"),
    Problem.NO_PAY_SLIP: N_("I get no contract or pay slip"),
    Problem.OTHER: N_("Something else"),
}
