"""How an introduction moves, a person each time; and how weights of the score are learnt, proposed and adopted."""

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


class WeightsState(StrEnum):
    """How far a set of weights has come: learnt by the service, put forward by one person, decided by another."""

    COMPUTED = "computed"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    REJECTED = "rejected"


class WeightsAction(StrEnum):
    """What may be done about a set of weights."""

    PROPOSE = "propose"
    ADOPT = "adopt"
    REJECT = "reject"


OWN_WEIGHTS = N_("Somebody else must adopt it: you proposed it.")
NOT_BETTER = N_("These weights were not shown to order the judged pairs better, so they cannot be proposed.")
OTHER_WEIGHTS_SINCE = N_("Other weights were adopted since these were compared. Reject them and learn anew.")
WEIGHTS_IN_FORCE = N_("Lists are made with these weights already.")
NO_REASON_TO_REJECT = N_("Write why they are rejected.")


@dataclass(frozen=True)
class WeightsFacts:
    """What the steps ask for."""

    is_own_proposal: bool = False
    is_better: bool = True
    is_as_compared: bool = True
    is_in_force: bool = False
    has_reason: bool = False


def _told(*missing: tuple[bool, str]) -> list[Sentence]:
    return [Sentence(words) for is_missing, words in missing if is_missing]


def not_proposable(facts: WeightsFacts) -> list[Sentence]:
    """What stands in the way of putting weights forward: no better lists, other weights since, in force already."""
    return _told(
        (facts.is_in_force, WEIGHTS_IN_FORCE),
        (not facts.is_as_compared, OTHER_WEIGHTS_SINCE),
        (not facts.is_better, NOT_BETTER),
    )


def not_adoptable(facts: WeightsFacts) -> list[Sentence]:
    """What stands in the way of adopting weights: the own proposal, other weights since."""
    return _told((facts.is_own_proposal, OWN_WEIGHTS), (not facts.is_as_compared, OTHER_WEIGHTS_SINCE))


def reason_to_reject_missing(facts: WeightsFacts) -> list[Sentence]:
    """A sentence when no reason is given."""
    return _told((not facts.has_reason, NO_REASON_TO_REJECT))


W, D = WeightsState, WeightsAction
SCORE_WEIGHTS: Workflow[WeightsState, WeightsAction, WeightsFacts] = Workflow(
    name="score_weights",
    initial=W.COMPUTED,
    final=frozenset({W.ADOPTED, W.REJECTED}),
    steps=(
        Step(W.COMPUTED, D.PROPOSE, W.PROPOSED, P.WEIGHTS_DECIDE, not_proposable),
        Step(W.COMPUTED, D.REJECT, W.REJECTED, P.WEIGHTS_DECIDE, reason_to_reject_missing),
        Step(W.PROPOSED, D.ADOPT, W.ADOPTED, P.WEIGHTS_DECIDE, not_adoptable),
        Step(W.PROPOSED, D.REJECT, W.REJECTED, P.WEIGHTS_DECIDE, reason_to_reject_missing),
    ),
)
