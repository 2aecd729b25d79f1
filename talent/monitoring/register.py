"""Reading and changing the programme register: every change leaves a line with what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.errors import NotFound, Unprocessable
from talent.foundation.words import N_
from talent.monitoring.models import Measure, MeasureItem, RegisterChange, RegisterText, ReportIssue
from talent.monitoring.report import Item, ItemKind, MeasureText, Report
from talent.monitoring.rules import redactions_in
from talent.monitoring.schemas import ItemChange, MeasureChange
from talent.monitoring.terms import Change, Part

REDACTION_STAYS = N_(
    "What the publisher blacked out stays as it is: an item with a redaction is changed by a new report."
)
FEW_ACTORS = N_("Write down at least one actor who leads the measure.")
OUTSIDE = frozenset({6, 7, 8})
"""Measures about returns and displacement, outside the purpose of this service: none of its figures serves them."""
NO_FIGURE = N_("This measure lies outside the purpose of the service: no figure of the service can be its evidence.")


@dataclass(frozen=True)
class Counts:
    """How many items of a measure stand where, and how many redactions its words hold."""

    planned: int = 0
    completed: int = 0
    pending: int = 0
    redacted: int = 0


@dataclass(frozen=True)
class Register:
    """Everything of the register: measures with items, texts by their part, the last report."""

    measures: Sequence[Measure]
    texts: dict[Part, list[str]] = field(default_factory=dict)
    last: ReportIssue | None = None


def the_register(session: Session, actor: Actor) -> Register:
    """The whole register, measures in their order.

    Raises:
        NotPermitted: the actor may not read it.
    """
    actor.require(Permission.REGISTER_READ)
    return kept_register(session)


def kept_register(session: Session) -> Register:
    """The whole register, for whoever may read it."""
    measures = session.scalars(select(Measure).options(selectinload(Measure.items)).order_by(Measure.number)).all()
    texts: dict[Part, list[str]] = {}
    for text in session.scalars(select(RegisterText).order_by(RegisterText.number)):
        texts.setdefault(text.part, []).append(text.words)
    return Register(measures, texts, last_issue(session))


def last_issue(session: Session) -> ReportIssue | None:
    """The newest report that was read or given out."""
    return session.scalar(select(ReportIssue).order_by(ReportIssue.recorded_at.desc()).limit(1))


def is_empty(session: Session) -> bool:
    """Whether no measure was written down yet."""
    return not session.scalar(select(func.count()).select_from(Measure))


def get_measure(session: Session, actor: Actor, measure_id: UUID) -> Measure:
    """One measure with its items.

    Raises:
        NotFound: there is no such measure.
    """
    actor.require(Permission.REGISTER_READ)
    measure = session.scalar(select(Measure).where(Measure.id == measure_id).options(selectinload(Measure.items)))
    if measure is None:
        raise NotFound
    return measure


def get_item(session: Session, actor: Actor, item_id: UUID) -> tuple[Measure, MeasureItem]:
    """One item with its measure.

    Raises:
        NotFound: there is no such item.
    """
    found = session.get(MeasureItem, item_id)
    if found is None:
        raise NotFound
    measure = get_measure(session, actor, found.measure_id)
    return measure, next(item for item in measure.items if item.id == item_id)


def items_of(measure: Measure, kind: ItemKind) -> list[MeasureItem]:
    """The items of one kind, in their order."""
    return sorted((item for item in measure.items if item.kind is kind), key=lambda item: item.number)


def counts_of(measure: Measure) -> Counts:
    """How many items of the measure stand where."""
    numbers = {kind.value: len(items_of(measure, kind)) for kind in ItemKind}
    return Counts(**numbers, redacted=sum(redactions_in(text) for text in (measure.words, *words_of(measure))))


def words_of(measure: Measure) -> list[str]:
    """The words of every item of the measure."""
    return [item.words for item in measure.items]


def changes_of(session: Session, actor: Actor, measure: Measure) -> list[RegisterChange]:
    """What was changed of a measure, newest first."""
    actor.require(Permission.REGISTER_READ)
    changes = select(RegisterChange).where(RegisterChange.measure_id == measure.id)
    return list(session.scalars(changes.order_by(RegisterChange.at.desc(), RegisterChange.id)))


def change_measure(session: Session, actor: Actor, measure: Measure, wanted: MeasureChange) -> None:
    """Let the measure read like this.

    Raises:
        Unprocessable: nobody leads it.
    """
    actor.require(Permission.REGISTER_KEEP)
    if not wanted.actors:
        raise Unprocessable(FEW_ACTORS)
    if redactions_in(measure.words) != redactions_in(wanted.words):
        raise Unprocessable(REDACTION_STAYS)
    if wanted.indicator and measure.number in OUTSIDE:
        raise Unprocessable(NO_FIGURE)
    changed = (
        (Change.WORDS, measure.words, wanted.words),
        (Change.LEAD_ACTORS, ", ".join(measure.lead_actors), ", ".join(wanted.actors)),
        (Change.TIMEFRAME, measure.timeframe, wanted.timeframe),
        (Change.INDICATOR, measure.indicator, wanted.indicator),
    )
    for what, before, after in changed:
        if before != after:
            note(session, actor, measure, what, before, after)
    measure.words, measure.lead_actors = wanted.words, wanted.actors
    measure.timeframe, measure.indicator = wanted.timeframe, wanted.indicator
    session.flush()


def add_item(session: Session, actor: Actor, measure: Measure, wanted: ItemChange) -> MeasureItem:
    """One more item at the end of its kind."""
    actor.require(Permission.REGISTER_KEEP)
    number = 1 + max((item.number for item in items_of(measure, wanted.kind)), default=0)
    item = MeasureItem(measure_id=measure.id, kind=wanted.kind, number=number, when=wanted.when, words=wanted.words)
    measure.items.append(item)
    note(session, actor, measure, Change.ITEM_ADDED, "", said(item))
    session.flush()
    return item


def change_item(session: Session, actor: Actor, measure: Measure, item: MeasureItem, wanted: ItemChange) -> None:
    """Let the item read like this and stand there; what moves goes to the end of its new kind.

    Raises:
        Unprocessable: it holds a redaction, whose words nobody here knows.
    """
    actor.require(Permission.REGISTER_KEEP)
    if redactions_in(item.words) and wanted.words != item.words:
        raise Unprocessable(REDACTION_STAYS)
    before, was = said(item), item.kind
    if wanted.kind is not was:
        item.number = 1 + max((other.number for other in items_of(measure, wanted.kind)), default=0)
    item.kind, item.when, item.words = wanted.kind, wanted.when, wanted.words
    if said(item) != before:
        what = Change.ITEM_CHANGED if item.kind is was else Change.ITEM_MOVED
        note(session, actor, measure, what, before, said(item))
    session.flush()


def remove_item(session: Session, actor: Actor, measure: Measure, item: MeasureItem) -> None:
    """Take the item out; its words stay in the journal."""
    actor.require(Permission.REGISTER_KEEP)
    note(session, actor, measure, Change.ITEM_REMOVED, said(item), "")
    measure.items.remove(item)
    session.flush()


def said(item: MeasureItem) -> str:
    """The item as one line of the journal."""
    return ": ".join(part for part in (item.kind.value, item.when, item.words) if part)


def note(session: Session, actor: Actor, measure: Measure, what: Change, before: str, after: str) -> None:
    """Write down one change of a measure."""
    who = {"actor_id": actor.id, "actor_role": actor.role.value}
    session.add(RegisterChange(measure_id=measure.id, at=now(), what=what.value, before=before, after=after, **who))


def text_of(measure: Measure) -> MeasureText:
    """The measure as a report writes it."""
    return MeasureText(
        number=measure.number,
        chapter=measure.chapter,
        words=measure.words,
        lead_actors=tuple(measure.lead_actors),
        timeframe=measure.timeframe,
        **{kind.value: tuple(Item(item.words, item.when) for item in items_of(measure, kind)) for kind in ItemKind},
    )


def report_of_register(register: Register, *, reference: str = "", title: str = "", on: date | None = None) -> Report:
    """The register as a report; without a heading of its own it carries the last one's."""
    last = register.last
    annex = register.texts.get(Part.ANNEX, [])
    return Report(
        reference=reference or (last.reference if last else ""),
        title=title or (last.title if last else ""),
        issued_on=on or (last.issued_on if last else None),
        introduction=tuple(register.texts.get(Part.INTRODUCTION, ())),
        objectives=tuple(register.texts.get(Part.OBJECTIVE, ())),
        principles=tuple(register.texts.get(Part.PRINCIPLE, ())),
        outcome=" ".join(register.texts.get(Part.OUTCOME, ())),
        measures=tuple(text_of(measure) for measure in register.measures),
        annex_title=annex[0] if annex else "",
        annex=tuple(annex[1:]),
    )
