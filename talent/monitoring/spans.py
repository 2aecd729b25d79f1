"""How long the parts of the way take, those who still wait counted for as long as they waited (S-KM)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from talent.foundation.words import N_
from talent.monitoring.journeys import Journey
from talent.monitoring.ladder import LADDER, STAGE_NAMES, Stage
from talent.recognition.durations import Expected, Waited, expected

STAGES_ON_THE_WAY = LADDER[LADDER.index(Stage.OFFERED) : LADDER.index(Stage.EMPLOYED)]


@dataclass(frozen=True)
class Span:
    """From one stage to another; without an end, until whatever comes next."""

    key: str
    begins: Stage
    ends: Stage | None
    name: str


SPANS: tuple[Span, ...] = (
    Span("to_publish", Stage.REGISTERED, Stage.PUBLISHED, N_("From beginning a profile to publishing it")),
    *(Span(stage.value, stage, None, STAGE_NAMES[stage]) for stage in STAGES_ON_THE_WAY),
    Span("to_arrival", Stage.OFFERED, Stage.ARRIVED, N_("From the offer to arrival")),
    Span("to_work", Stage.OFFERED, Stage.EMPLOYED, N_("From the offer to the first day of work")),
    Span("all_the_way", Stage.REGISTERED, Stage.EMPLOYED, N_("From beginning a profile to the first day of work")),
)
SPAN_NAMES: Mapping[str, str] = {span.key: span.name for span in SPANS}
IN_STAGES = tuple(span.key for span in SPANS if span.ends is None)
TO_EVENTS = tuple(span.key for span in SPANS if span.ends is not None)


def waited(journey: Journey, span: Span, *, on: date) -> Waited | None:
    """How long this person took or has waited; None for whoever never came to where the span begins.

    Whoever left the way counts as waiting until that day: what would have happened later is not known.
    """
    began = journey.days.get(span.begins)
    if began is None:
        return None
    later = LADDER[LADDER.index(span.begins) + 1 :] if span.ends is None else LADDER[LADDER.index(span.ends) :]
    reached = min((journey.days[stage] for stage in later if stage in journey.days), default=None)
    end = reached or journey.over_on or on
    return Waited(max((end - began).days, 0), reached is not None)


def durations(people: Iterable[tuple[Journey, str]], *, on: date) -> dict[tuple[str, str], tuple[int, Expected]]:
    """For each span and group name: how many people came to its beginning, and how long it takes; told from ten on."""
    history: dict[tuple[str, str], list[Waited]] = defaultdict(list)
    for journey, group in people:
        for span in SPANS:
            one = waited(journey, span, on=on)
            if one is not None:
                history[span.key, group].append(one)
    found = {}
    for key, cases in history.items():
        told = expected(cases)
        if told is not None:
            found[key] = (len(cases), told)
    return found
