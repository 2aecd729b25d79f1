"""What changed between two reports: measures and items that came, went, moved or read differently."""

from collections.abc import Iterator
from dataclasses import dataclass

from talent.foundation.words import N_, Sentence
from talent.monitoring.report import Item, ItemKind, MeasureText, Report
from talent.monitoring.terms import ITEM_NAMES

MEASURE_CAME = N_("Measure {number} is new.")
MEASURE_WENT = N_("Measure {number} is no longer there.")
WORDS = N_("Measure {number} reads differently.")
ACTORS = N_("Measure {number} is led by others.")
TIMEFRAME = N_("Measure {number} has another timeframe.")
CAME = N_("Measure {number}, {kind}: new.")
WENT = N_("Measure {number}, {kind}: no longer there.")
MOVED = N_("Measure {number}: from {before} to {kind}.")


@dataclass(frozen=True)
class Difference:
    """One difference, in a sentence, with the words that it is about."""

    sentence: Sentence
    words: str = ""


def differences(before: Report, after: Report) -> list[Difference]:
    """What is different, by the order of measures."""
    old = {measure.number: measure for measure in before.measures}
    new = {measure.number: measure for measure in after.measures}
    found: list[Difference] = []
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            found.append(Difference(Sentence(MEASURE_CAME, {"number": number}), new[number].words))
        elif number not in new:
            found.append(Difference(Sentence(MEASURE_WENT, {"number": number}), old[number].words))
        else:
            found.extend(_of_measure(old[number], new[number]))
    return found


def _of_measure(old: MeasureText, new: MeasureText) -> Iterator[Difference]:
    number = {"number": new.number}
    if old.words != new.words:
        yield Difference(Sentence(WORDS, number), new.words)
    if old.lead_actors != new.lead_actors:
        yield Difference(Sentence(ACTORS, number), ", ".join(new.lead_actors))
    if old.timeframe != new.timeframe:
        yield Difference(Sentence(TIMEFRAME, number), new.timeframe)
    yield from _of_items(old, new)


def _of_items(old: MeasureText, new: MeasureText) -> Iterator[Difference]:
    """Items that came, went or moved; an item is the same while its words are."""
    went = {kind: _less(old.items(kind), new.items(kind)) for kind in ItemKind}
    for kind in ItemKind:
        for item in _less(new.items(kind), old.items(kind)):
            said = {"number": new.number, "kind": Sentence(ITEM_NAMES[kind])}
            source = next((one for one in ItemKind if any(gone.words == item.words for gone in went[one])), None)
            if source is None:
                yield Difference(Sentence(CAME, said), item.words)
            else:
                went[source] = [gone for gone in went[source] if gone.words != item.words]
                if source is not kind:
                    before = Sentence(ITEM_NAMES[source])
                    yield Difference(Sentence(MOVED, {**said, "before": before}), item.words)
    for kind in ItemKind:
        for item in went[kind]:
            yield Difference(Sentence(WENT, {"number": new.number, "kind": Sentence(ITEM_NAMES[kind])}), item.words)


def _less(items: tuple[Item, ...], others: tuple[Item, ...]) -> list[Item]:
    """The items that are not among the others."""
    return [item for item in items if item not in others]
