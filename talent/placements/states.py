"""The life of a placement: from the offer over both shores' steps to work, and back; and why one ended."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import N_, Sentence


class PlacementState(StrEnum):
    """Where a placement stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    TRAINING = "training"
    PERMIT = "permit"
    VISA = "visa"
    EXIT_CLEARANCE = "exit_clearance"
    TRAVELLED = "travelled"
    ARRIVED = "arrived"
    EMPLOYED = "employed"
    RETAINED_3 = "retained_3"
    RETAINED_6 = "retained_6"
    RETAINED_12 = "retained_12"
    RETAINED_24 = "retained_24"
    SETTLED = "settled"
    RETURNED = "returned"
    ENDED = "ended"


class PlacementAction(StrEnum):
    """What may be done with it."""

    ACCEPT = "accept"
    BEGIN_TRAINING = "begin_training"
    BEGIN_PERMIT = "begin_permit"
    BEGIN_VISA = "begin_visa"
    BEGIN_EXIT = "begin_exit"
    CLEAR = "clear"
    ARRIVE = "arrive"
    START_WORK = "start_work"
    CONFIRM_WORK = "confirm_work"
    SETTLE = "settle"
    RETURN = "return"
    RECORD_RETURN = "record_return"
    WITHDRAW = "withdraw"
    END = "end"


class Side(StrEnum):
    """On whose side the reason of an end lies."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    AUTHORITY = "authority"
    PROGRAMME = "programme"


class ExitReason(StrEnum):
    """Why a placement ended before its time."""

    OTHER_JOB = "other_job"
    FAMILY = "family"
    CHANGED_MIND = "changed_mind"
    OFFER_WITHDRAWN = "offer_withdrawn"
    EMPLOYER_CLOSED = "employer_closed"
    TERMS_BROKEN = "terms_broken"
    RECOGNITION_REFUSED = "recognition_refused"
    PERMIT_REFUSED = "permit_refused"
    NO_VISA = "no_visa"
    EXIT_REFUSED = "exit_refused"
    QUOTA_FULL = "quota_full"
    TRAINING_FAILED = "training_failed"
    PAPERS_MISSING = "papers_missing"
    WORKER_WAS_CHARGED = "worker_was_charged"


SIDE_OF: dict[ExitReason, Side] = {
    ExitReason.OTHER_JOB: Side.CANDIDATE,
    ExitReason.FAMILY: Side.CANDIDATE,
    ExitReason.CHANGED_MIND: Side.CANDIDATE,
    ExitReason.OFFER_WITHDRAWN: Side.EMPLOYER,
    ExitReason.EMPLOYER_CLOSED: Side.EMPLOYER,
    ExitReason.TERMS_BROKEN: Side.EMPLOYER,
    ExitReason.RECOGNITION_REFUSED: Side.AUTHORITY,
    ExitReason.PERMIT_REFUSED: Side.AUTHORITY,
    ExitReason.NO_VISA: Side.AUTHORITY,
    ExitReason.EXIT_REFUSED: Side.AUTHORITY,
    ExitReason.QUOTA_FULL: Side.AUTHORITY,
    ExitReason.TRAINING_FAILED: Side.PROGRAMME,
    ExitReason.PAPERS_MISSING: Side.PROGRAMME,
    ExitReason.WORKER_WAS_CHARGED: Side.EMPLOYER,
}
REASON_NAMES: dict[ExitReason, str] = {
    ExitReason.OTHER_JOB: N_("Took another job"),
    ExitReason.FAMILY: N_("Family reasons"),
    ExitReason.CHANGED_MIND: N_("Does not want to go any more"),
    ExitReason.OFFER_WITHDRAWN: N_("The employer withdrew the offer"),
    ExitReason.EMPLOYER_CLOSED: N_("The employer closed or has no work"),
    ExitReason.TERMS_BROKEN: N_("The job was not as promised"),
    ExitReason.RECOGNITION_REFUSED: N_("The qualification was not recognised"),
    ExitReason.PERMIT_REFUSED: N_("The permit was refused"),
    ExitReason.NO_VISA: N_("The visa was refused"),
    ExitReason.EXIT_REFUSED: N_("Pakistan’s exit clearance was refused"),
    ExitReason.QUOTA_FULL: N_("The quota was full"),
    ExitReason.TRAINING_FAILED: N_("The training was not completed"),
    ExitReason.PAPERS_MISSING: N_("Papers could not be had in time"),
    ExitReason.WORKER_WAS_CHARGED: N_("The worker was charged for recruitment"),
}


@dataclass(frozen=True)
class PlacementFacts:
    """What the steps ask about: steps of the way that are still open, the coded reason, months at work."""

    open_before: tuple[tuple[str, str], ...] = ()
    """The required steps that are not done, as (part of the journey, words of the step)."""
    reason: ExitReason | None = None
    months_at_work: int | None = None
    terms_are_told: bool = False
    """Whether the candidate has the terms of the contract in hand."""


NO_TERMS = N_("The agency has not sent the terms of the contract yet. Accept only what you have read.")
STILL_OPEN = N_("Not done yet: {step}.")
CHOOSE_A_REASON = N_("Choose the reason.")
CHOOSE_AN_OWN_REASON = N_("Choose one of your own reasons.")
TOO_EARLY = N_("This can be confirmed after {months} months of work.")
NO_START = N_("Write first on which day the work began.")
PARTS = ("preparation", "training", "permit", "visa", "exit", "arrival")
MONTHS_TO: dict[PlacementState, int] = {
    PlacementState.EMPLOYED: 3,
    PlacementState.RETAINED_3: 6,
    PlacementState.RETAINED_6: 12,
    PlacementState.RETAINED_12: 24,
}
"""After how many months of work the next confirmation is due, by the state before it."""


def _open_until(facts: PlacementFacts, last: str) -> list[Sentence]:
    parts = PARTS[: PARTS.index(last) + 1]
    return [Sentence(STILL_OPEN, {"step": Sentence(words)}) for part, words in facts.open_before if part in parts]


def terms_untold(facts: PlacementFacts) -> list[Sentence]:
    """That nobody accepts an offer whose terms are not written down."""
    return [] if facts.terms_are_told else [Sentence(NO_TERMS)]


def preparation_open(facts: PlacementFacts) -> list[Sentence]:
    """One sentence for each step of the preparation that is not done."""
    return _open_until(facts, "preparation")


def training_open(facts: PlacementFacts) -> list[Sentence]:
    """The same, up to the training."""
    return _open_until(facts, "training")


def permit_open(facts: PlacementFacts) -> list[Sentence]:
    """The same, up to the permit."""
    return _open_until(facts, "permit")


def visa_open(facts: PlacementFacts) -> list[Sentence]:
    """The same, up to the visa."""
    return _open_until(facts, "visa")


def exit_open(facts: PlacementFacts) -> list[Sentence]:
    """The same, up to Pakistan's exit steps."""
    return _open_until(facts, "exit")


def reason_missing(facts: PlacementFacts) -> list[Sentence]:
    """That an end has its coded reason."""
    return [] if facts.reason else [Sentence(CHOOSE_A_REASON)]


def own_reason_missing(facts: PlacementFacts) -> list[Sentence]:
    """That a candidate who leaves says an own reason, or that the employer broke its word or charged money."""
    own = facts.reason and (SIDE_OF[facts.reason] is Side.CANDIDATE or facts.reason in TOLD_BY_CANDIDATES)
    return [] if own else [Sentence(CHOOSE_AN_OWN_REASON)]


TOLD_BY_CANDIDATES = frozenset({ExitReason.TERMS_BROKEN, ExitReason.WORKER_WAS_CHARGED})


def too_early(months: int, facts: PlacementFacts) -> list[Sentence]:
    """That so many months of work are over."""
    if facts.months_at_work is None:
        return [Sentence(NO_START)]
    return [] if facts.months_at_work >= months else [Sentence(TOO_EARLY, {"months": months})]


def before_3_months(facts: PlacementFacts) -> list[Sentence]:
    """That three months of work are over."""
    return too_early(3, facts)


def before_6_months(facts: PlacementFacts) -> list[Sentence]:
    """That six months of work are over."""
    return too_early(6, facts)


def before_12_months(facts: PlacementFacts) -> list[Sentence]:
    """That twelve months of work are over."""
    return too_early(12, facts)


def before_24_months(facts: PlacementFacts) -> list[Sentence]:
    """That twenty-four months of work are over."""
    return too_early(24, facts)


S, A, P = PlacementState, PlacementAction, Permission
FINAL = frozenset({S.SETTLED, S.RETURNED, S.ENDED})
BEFORE_WORK = (
    S.OFFERED,
    S.ACCEPTED,
    S.TRAINING,
    S.PERMIT,
    S.VISA,
    S.EXIT_CLEARANCE,
    S.TRAVELLED,
    S.ARRIVED,
)
AT_WORK = (S.EMPLOYED, S.RETAINED_3, S.RETAINED_6, S.RETAINED_12, S.RETAINED_24)
ABROAD = (S.ARRIVED, *AT_WORK)
LEAVING = frozenset({S.VISA, S.EXIT_CLEARANCE, S.TRAVELLED})
"""States in which the Protectorate of Emigrants knows about a placement."""
PLACEMENT: Workflow[PlacementState, PlacementAction, PlacementFacts] = Workflow(
    name="placement",
    initial=S.OFFERED,
    final=FINAL,
    steps=(
        Step(S.OFFERED, A.ACCEPT, S.ACCEPTED, P.PLACEMENT_ANSWER, terms_untold),
        Step(S.ACCEPTED, A.BEGIN_TRAINING, S.TRAINING, P.PLACEMENT_MOVE, preparation_open),
        Step(S.ACCEPTED, A.BEGIN_PERMIT, S.PERMIT, P.PLACEMENT_MOVE, training_open),
        Step(S.TRAINING, A.BEGIN_PERMIT, S.PERMIT, P.PLACEMENT_MOVE, training_open),
        Step(S.PERMIT, A.BEGIN_VISA, S.VISA, P.PLACEMENT_MOVE, permit_open),
        Step(S.VISA, A.BEGIN_EXIT, S.EXIT_CLEARANCE, P.PLACEMENT_MOVE, visa_open),
        Step(S.EXIT_CLEARANCE, A.CLEAR, S.TRAVELLED, P.PLACEMENT_CLEAR, exit_open),
        Step(S.TRAVELLED, A.ARRIVE, S.ARRIVED, P.PLACEMENT_MOVE),
        Step(S.ARRIVED, A.START_WORK, S.EMPLOYED, P.PLACEMENT_MOVE),
        Step(S.EMPLOYED, A.CONFIRM_WORK, S.RETAINED_3, P.PLACEMENT_MOVE, before_3_months),
        Step(S.RETAINED_3, A.CONFIRM_WORK, S.RETAINED_6, P.PLACEMENT_MOVE, before_6_months),
        Step(S.RETAINED_6, A.CONFIRM_WORK, S.RETAINED_12, P.PLACEMENT_MOVE, before_12_months),
        Step(S.RETAINED_12, A.CONFIRM_WORK, S.RETAINED_24, P.PLACEMENT_MOVE, before_24_months),
        Step(S.RETAINED_24, A.SETTLE, S.SETTLED, P.PLACEMENT_ANSWER),
        *(Step(state, A.RETURN, S.RETURNED, P.PLACEMENT_ANSWER) for state in ABROAD),
        *(Step(state, A.RECORD_RETURN, S.RETURNED, P.PLACEMENT_MOVE) for state in ABROAD),
        *(Step(state, A.WITHDRAW, S.ENDED, P.PLACEMENT_ANSWER, own_reason_missing) for state in BEFORE_WORK),
        *(Step(state, A.END, S.ENDED, P.PLACEMENT_MOVE, reason_missing) for state in (*BEFORE_WORK, *AT_WORK)),
    ),
)
