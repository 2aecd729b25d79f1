"""Reads the text of an implementation report into a ``Report``, and refuses a text that holds no measure.

The text is what a converter makes of the Council's document: headings, bold labels, lists with arrows. Layout is
dropped – asterisks, hashes, line breaks inside a sentence – and words are kept.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence
from talent.monitoring.report import Item, ItemKind, MeasureText, Report

NO_MEASURE = N_("There is no measure in this text. Give the text of an implementation report.")
TWICE = N_("Measure {number} stands in this text twice.")

BULLET: Final = re.compile(r"^(?:[-–•➔→]\s+|o\s+)+")
TAGS: Final = re.compile(r"</?su[bp]>|\*+|^#+\s*")
SPACES: Final = re.compile(r"\s+")
MEASURE: Final = re.compile(r"^Measure (\d+)\s*:\s*(.*)$", re.IGNORECASE)
LABEL: Final = re.compile(r"^(Lead actors|Timeframe)\s*:\s*(.*)$", re.IGNORECASE)
BLOCK: Final = re.compile(r"^(Completed|Pending)\s*:?$", re.IGNORECASE)
OUTCOME: Final = re.compile(r"^Outcome\s*:\s*(.*)$", re.IGNORECASE)
ANNEX: Final = re.compile(r"^(ANNEX\b.*)$")
OBJECTIVES: Final = re.compile(r"^Specific objectives\s*:?$", re.IGNORECASE)
MEASURES: Final = re.compile(r"^Measures\s*:?$", re.IGNORECASE)
SUBJECT: Final = re.compile(r"^Subject\s*:\s*(.+)$", re.IGNORECASE)
REFERENCE: Final = re.compile(r"^(WK \d+/\d{4} [A-Z]+)$")
ISSUED: Final = re.compile(r"^Brussels, (\d{1,2} [A-Z][a-z]+ \d{4})$")
WHEN: Final = re.compile(r"^((?:\d{1,2} [A-Z][a-z]+|Q[1-4](?:\s*[-–]\s*Q[1-4])?)(?: \d{4})?)\s*(?::|–|-)\s+(?=\S)(.+)$")
ACTORS: Final = re.compile(r",\s*(?:and\s+)?(?![^(]*\))|\s+and\s+(?![^(]*\))")


@dataclass(frozen=True)
class Line:
    """One line without its layout."""

    words: str
    is_item: bool = False
    is_heading: bool = False
    is_blank: bool = False


@dataclass
class Draft:
    """What was read so far."""

    facts: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    measures: list[dict[str, object]] = field(default_factory=list)
    chapter: str = ""
    part: str = "head"
    block: ItemKind | None = None
    open_list: list[str] | None = None
    """The list whose last text the next line may go on with."""

    def add(self, texts: list[str], words: str) -> None:
        """One more text, which the next line may continue."""
        texts.append(words)
        self.open_list = texts

    def text(self, name: str, words: str) -> None:
        """One more text of a part of the report."""
        self.add(self.texts.setdefault(name, []), words)

    def items(self) -> list[str]:
        """The list of the measure's block that is being read."""
        found = self.measures[-1][(self.block or ItemKind.PLANNED).value]
        assert isinstance(found, list)  # every block of a new measure is one
        return found


def read_report(text: str) -> Report:
    """The report in this text.

    Raises:
        Unprocessable: it holds no measure, or one measure twice.
    """
    draft = Draft()
    for line in lines(text):
        _take(draft, line)
    numbers = [measure["number"] for measure in draft.measures]
    if not numbers:
        raise Unprocessable(NO_MEASURE)
    for number in numbers:
        if numbers.count(number) > 1:
            raise Unprocessable(Sentence(TWICE, {"number": number}))
    return _report(draft)


def lines(text: str) -> Iterator[Line]:
    """The lines of the text without their layout."""
    for raw in text.lstrip("\ufeff").splitlines():
        stripped = raw.strip()
        bold = stripped.startswith(("***", "#"))
        bullet = BULLET.match(stripped)
        words = SPACES.sub(" ", TAGS.sub("", stripped[bullet.end() :] if bullet else stripped)).strip()
        yield Line(words, bool(bullet), bold, not words or set(words) <= {"-"})


def _take(draft: Draft, line: Line) -> None:
    """Put one line where it belongs; what a part does not know is the next line of what stands before it."""
    if line.is_blank:
        if draft.part != "annex":
            draft.open_list = None
        return
    for pattern, reader in MARKS:
        if found := pattern.match(line.words):
            reader(draft, *found.groups())
            return
    PARTS[draft.part](draft, line)


def _head(draft: Draft, line: Line) -> None:
    for name, pattern in (("reference", REFERENCE), ("issued", ISSUED), ("title", SUBJECT)):
        if (found := pattern.match(line.words)) and name not in draft.facts:
            draft.facts[name] = found[1]


def _objectives(draft: Draft, line: Line) -> None:
    if line.is_item:
        draft.text("objectives", line.words)
    elif draft.open_list:
        _go_on(draft, line)
    else:
        draft.text("principles" if draft.texts.get("objectives") else "introduction", line.words)


def _measures(draft: Draft, line: Line) -> None:
    if line.is_heading:
        draft.chapter = line.words
        draft.open_list = None
    elif line.is_item and draft.measures:
        draft.add(draft.items(), line.words)
    else:
        _go_on(draft, line)


def _annex(draft: Draft, line: Line) -> None:
    if line.is_item:
        draft.text("annex", line.words)
    else:
        _go_on(draft, line)


def _go_on(draft: Draft, line: Line) -> None:
    if draft.open_list:
        draft.open_list[-1] += f" {line.words}"


def _begin_measure(draft: Draft, number: str, words: str) -> None:
    draft.part, draft.block = "measures", None
    title = [words]
    blocks: dict[str, object] = {kind.value: [] for kind in ItemKind}
    empty: dict[str, object] = {"number": int(number), "chapter": draft.chapter, "words": title}
    draft.measures.append({**empty, "lead": [""], "timeframe": [""], **blocks})
    draft.open_list = title


def _label(draft: Draft, name: str, words: str) -> None:
    if draft.measures:
        texts = [words]
        draft.measures[-1]["lead" if name.casefold().startswith("lead") else "timeframe"] = texts
        draft.open_list = texts if words else None


def _block(draft: Draft, name: str) -> None:
    draft.block, draft.open_list = ItemKind(name.casefold()), None


def _annex_begins(draft: Draft, title: str) -> None:
    draft.part, draft.facts["annex_title"] = "annex", title
    draft.open_list = None


def _outcome(draft: Draft, words: str) -> None:
    draft.text("outcome", words)


def _objectives_begin(draft: Draft) -> None:
    draft.part, draft.open_list = "objectives", None


def _measures_begin(draft: Draft) -> None:
    draft.part, draft.open_list = "measures", None


MARKS: Final[tuple[tuple[re.Pattern[str], Callable[..., None]], ...]] = (
    (OBJECTIVES, _objectives_begin),
    (MEASURES, _measures_begin),
    (MEASURE, _begin_measure),
    (LABEL, _label),
    (BLOCK, _block),
    (OUTCOME, _outcome),
    (ANNEX, _annex_begins),
)
"""Lines that begin something, wherever they stand."""
PARTS: Final[dict[str, Callable[[Draft, Line], None]]] = {
    "head": _head,
    "objectives": _objectives,
    "measures": _measures,
    "annex": _annex,
}


def _report(draft: Draft) -> Report:
    texts = {name: tuple(draft.texts.get(name, ())) for name in ("introduction", "objectives", "principles", "annex")}
    return Report(
        reference=draft.facts.get("reference", ""),
        title=draft.facts.get("title", ""),
        issued_on=_day(draft.facts.get("issued", "")),
        outcome=" ".join(draft.texts.get("outcome", ())),
        measures=tuple(_measure(measure) for measure in draft.measures),
        annex_title=draft.facts.get("annex_title", ""),
        **texts,
    )


def _measure(read: dict[str, object]) -> MeasureText:
    def joined(name: str) -> str:
        texts = read[name]
        assert isinstance(texts, list)  # every field of a draft measure is one
        return " ".join(texts).strip()

    def items(kind: ItemKind) -> tuple[Item, ...]:
        texts = read[kind.value]
        assert isinstance(texts, list)  # the same
        return tuple(_item(text, kind) for text in texts)

    actors = tuple(actor.strip() for actor in ACTORS.split(joined("lead").rstrip(".")) if actor.strip())
    planned, completed, pending = (items(kind) for kind in ItemKind)
    number = read["number"]
    assert isinstance(number, int)  # as the pattern of a measure demands
    return MeasureText(
        number,
        str(read["chapter"]),
        joined("words"),
        actors,
        joined("timeframe").rstrip(":").strip(),
        planned,
        completed,
        pending,
    )


def _item(text: str, kind: ItemKind) -> Item:
    found = WHEN.match(text) if kind is ItemKind.PLANNED else None
    return Item(found[2], found[1]) if found else Item(text)


def _day(words: str) -> date | None:
    try:
        return datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
