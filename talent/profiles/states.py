"""The life of a profile: only a published one is ever matched."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence


class ProfileState(StrEnum):
    """Where a profile stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class ProfileAction(StrEnum):
    """What its candidate may do with it, and staff who suspend the account."""

    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    KEEP_OUT = "keep_out"


@dataclass(frozen=True)
class ProfileFacts:
    """Which steps of the profile are complete."""

    has_name: bool = False
    has_occupation: bool = False
    skill_count: int = 0
    has_language: bool = False
    has_availability: bool = False
    open_cv_facts: int = 0


FEWEST_SKILLS = 3

MISSING: tuple[tuple[str, str], ...] = (
    ("has_name", N_("Enter your name as it is in your passport.")),
    ("has_occupation", N_("Choose your occupation.")),
    ("has_skills", N_("Choose at least {fewest} skills.")),
    ("has_language", N_("Add at least one language.")),
    ("has_availability", N_("Say when you could start.")),
    ("has_answered_cv", N_("Confirm or remove each fact found in your CV.")),
)


def steps_missing(facts: ProfileFacts) -> list[Sentence]:
    """One sentence for each step that must be complete before publishing."""
    done = {
        "has_name": facts.has_name,
        "has_occupation": facts.has_occupation,
        "has_skills": facts.skill_count >= FEWEST_SKILLS,
        "has_language": facts.has_language,
        "has_availability": facts.has_availability,
        "has_answered_cv": facts.open_cv_facts == 0,
    }
    return [Sentence(words, {"fewest": FEWEST_SKILLS}) for step, words in MISSING if not done[step]]


S, A, P = ProfileState, ProfileAction, Permission
PROFILE: Workflow[ProfileState, ProfileAction, ProfileFacts] = Workflow(
    name="profile",
    initial=S.DRAFT,
    final=frozenset(),
    steps=(
        Step(S.DRAFT, A.PUBLISH, S.PUBLISHED, P.PROFILE_KEEP, steps_missing),
        Step(S.DRAFT, A.WITHDRAW, S.WITHDRAWN, P.PROFILE_KEEP),
        Step(S.PUBLISHED, A.PAUSE, S.PAUSED, P.PROFILE_KEEP),
        Step(S.PUBLISHED, A.KEEP_OUT, S.PAUSED, P.ACCOUNT_SUSPEND),
        Step(S.PUBLISHED, A.WITHDRAW, S.WITHDRAWN, P.PROFILE_KEEP),
        Step(S.PAUSED, A.RESUME, S.PUBLISHED, P.PROFILE_KEEP, steps_missing),
        Step(S.PAUSED, A.WITHDRAW, S.WITHDRAWN, P.PROFILE_KEEP),
        Step(S.WITHDRAWN, A.REOPEN, S.DRAFT, P.PROFILE_KEEP),
    ),
)
