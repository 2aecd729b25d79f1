"""How an introduction moves: the candidate says yes or no, the agency decides, a person each time."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence


class IntroductionState(StrEnum):
    """Where the introduction of one candidate to one vacancy stands."""

    SUGGESTED = "suggested"
    ASKED = "asked"
    INTERESTED = "interested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    TURNED_DOWN = "turned_down"


class IntroductionAction(StrEnum):
    """What the candidate or the agency may do."""

    ASK = "ask"
    SAY_YES = "say_yes"
    SAY_NO = "say_no"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    TURN_DOWN = "turn_down"


@dataclass(frozen=True)
class IntroductionFacts:
    """What must hold before a step."""

    vacancy_is_open: bool
    profile_is_published: bool
    reason: str = ""


SHORTEST_REASON_CHARACTERS = 20


def not_open(facts: IntroductionFacts) -> list[Sentence]:
    """A sentence when the vacancy is closed or the profile is not published."""
    found = []
    if not facts.vacancy_is_open:
        found.append(Sentence(N_("This vacancy is closed.")))
    if not facts.profile_is_published:
        found.append(Sentence(N_("The profile is not published.")))
    return found


def reason_missing(facts: IntroductionFacts) -> list[Sentence]:
    """A sentence when no reason of at least twenty characters is given."""
    if len(facts.reason.strip()) >= SHORTEST_REASON_CHARACTERS:
        return []
    return [Sentence(N_("Write the reason in a sentence: the candidate will read it."))]


REVEALED = frozenset({IntroductionState.INTERESTED, IntroductionState.ACCEPTED, IntroductionState.TURNED_DOWN})
"""The states in which the agency of the vacancy knows who the candidate is."""

S, A, P = IntroductionState, IntroductionAction, Permission
INTRODUCTION: Workflow[IntroductionState, IntroductionAction, IntroductionFacts] = Workflow(
    name="introduction",
    initial=S.SUGGESTED,
    final=frozenset({S.TURNED_DOWN}),
    steps=(
        Step(S.SUGGESTED, A.ASK, S.ASKED, P.INTRODUCTION_DECIDE, not_open),
        Step(S.SUGGESTED, A.SAY_YES, S.INTERESTED, P.MATCH_ANSWER, not_open),
        Step(S.SUGGESTED, A.SAY_NO, S.DECLINED, P.MATCH_ANSWER),
        Step(S.ASKED, A.SAY_YES, S.INTERESTED, P.MATCH_ANSWER, not_open),
        Step(S.ASKED, A.SAY_NO, S.DECLINED, P.MATCH_ANSWER),
        Step(S.DECLINED, A.SAY_YES, S.INTERESTED, P.MATCH_ANSWER, not_open),
        Step(S.INTERESTED, A.WITHDRAW, S.WITHDRAWN, P.MATCH_ANSWER),
        Step(S.INTERESTED, A.ACCEPT, S.ACCEPTED, P.INTRODUCTION_DECIDE, not_open),
        Step(S.INTERESTED, A.TURN_DOWN, S.TURNED_DOWN, P.INTRODUCTION_DECIDE, reason_missing),
        Step(S.WITHDRAWN, A.SAY_YES, S.INTERESTED, P.MATCH_ANSWER, not_open),
        Step(S.ACCEPTED, A.WITHDRAW, S.WITHDRAWN, P.MATCH_ANSWER),
        Step(S.ACCEPTED, A.TURN_DOWN, S.TURNED_DOWN, P.INTRODUCTION_DECIDE, reason_missing),
    ),
)
