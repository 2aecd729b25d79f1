"""Writes a ``Report`` as the text that ``read_report`` reads back word for word, and as blocks for other forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from talent.foundation.words import N_, Sentence
from talent.monitoring.report import Item, ItemKind, MeasureText, Report
from talent.monitoring.terms import ITEM_NAMES


class Shape(StrEnum):
    """What a block of a report is; every form of the report draws each of them."""

    TITLE = "title"
    FACT = "fact"
    PART = "part"
    CHAPTER = "chapter"
    MEASURE = "measure"
    LABEL = "label"
    TEXT = "text"
    ITEM = "item"
    EVIDENCE = "evidence"
    CHANGE = "change"


@dataclass(frozen=True)
class Block:
    """One block: words of the report as they are, or a sentence of this service, after an optional label."""

    shape: Shape
    words: str = ""
    label: Sentence | None = None
    said: Sentence | None = None


OBJECTIVES = N_("Specific objectives")
MEASURES = N_("Measures")
LEAD_ACTORS = N_("Lead actors")
MEASURE = N_("Measure {number}")


def as_text(report: Report) -> str:
    """The report as text in the Council's shape."""
    return "\n\n".join(_text(report)) + "\n"


def _text(report: Report) -> Iterator[str]:
    if report.issued_on:
        yield f"**Brussels, {report.issued_on.day} {report.issued_on:%B %Y}**"
    if report.reference:
        yield f"**{report.reference}**"
    if report.title:
        yield f"Subject:\t{report.title}"
    yield "#### **Specific objectives**"
    yield from report.introduction
    yield from _bullets(report.objectives)
    yield from report.principles
    if report.outcome:
        yield f"**Outcome:** {report.outcome}"
    yield "#### **Measures:**"
    chapter = ""
    for measure in report.measures:
        if measure.chapter != chapter:
            chapter = measure.chapter
            yield f"##### ***{chapter}***"
        yield from _measure(measure)
    if report.annex_title:
        yield f"## {report.annex_title}"
        yield from _bullets(report.annex)


def _bullets(texts: tuple[str, ...]) -> Iterator[str]:
    if texts:
        yield "\n".join(f"- {text}" for text in texts)


def _measure(measure: MeasureText) -> Iterator[str]:
    yield f"**Measure {measure.number}:** {measure.words}"
    yield f"- **Lead actors:** {', '.join(measure.lead_actors)}"
    yield "\n".join([f"- **Timeframe:** {measure.timeframe}".rstrip(), *(f"  - {said(i)}" for i in measure.planned)])
    for title, items in (("Completed", measure.completed), ("Pending", measure.pending)):
        if items:
            yield f"**{title}**"
            yield "\n".join(f"- ➔ {said(item)}" for item in items)


def said(item: Item) -> str:
    """The item with the time that stands before it."""
    return f"{item.when}: {item.words}" if item.when else item.words


def blocks(report: Report) -> Iterator[Block]:
    """The report as blocks, in its order."""
    yield Block(Shape.TITLE, report.title)
    if report.reference:
        yield Block(Shape.FACT, report.reference)
    yield Block(Shape.PART, said=Sentence(OBJECTIVES))
    yield from (Block(Shape.TEXT, text) for text in report.introduction)
    yield from (Block(Shape.ITEM, text) for text in report.objectives)
    yield from (Block(Shape.TEXT, text) for text in report.principles)
    if report.outcome:
        yield Block(Shape.TEXT, report.outcome, label=Sentence(N_("Outcome")))
    yield Block(Shape.PART, said=Sentence(MEASURES))
    chapter = ""
    for measure in report.measures:
        if measure.chapter != chapter:
            chapter = measure.chapter
            yield Block(Shape.CHAPTER, chapter)
        yield from measure_blocks(measure)
    if report.annex_title:
        yield Block(Shape.PART, report.annex_title)
        yield from (Block(Shape.ITEM, text) for text in report.annex)


def measure_blocks(measure: MeasureText) -> Iterator[Block]:
    """One measure as blocks."""
    yield Block(Shape.MEASURE, measure.words, label=Sentence(MEASURE, {"number": measure.number}))
    yield Block(Shape.TEXT, ", ".join(measure.lead_actors), label=Sentence(LEAD_ACTORS))
    yield Block(Shape.TEXT, measure.timeframe, label=Sentence(ITEM_NAMES[ItemKind.PLANNED]))
    yield from (Block(Shape.ITEM, said(item)) for item in measure.planned)
    for kind in (ItemKind.COMPLETED, ItemKind.PENDING):
        if measure.items(kind):
            yield Block(Shape.LABEL, said=Sentence(ITEM_NAMES[kind]))
            yield from (Block(Shape.ITEM, said(item)) for item in measure.items(kind))
