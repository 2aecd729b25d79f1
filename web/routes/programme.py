"""The programme register: what the partnership set out to do, what of it is done, and who stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_
from talent.monitoring import register
from talent.monitoring.indicators import indicators
from talent.monitoring.models import Measure, MeasureItem
from talent.monitoring.programmes import NOTHING, Programme, get_programme, of_measure, programmes
from talent.monitoring.register import Counts, Register
from talent.monitoring.report import ItemKind
from talent.monitoring.rules import Amount, amounts_in, end_of_timeframe
from talent.monitoring.schemas import ItemChange, MeasureChange
from talent.monitoring.terms import CHANGE_NAMES, ITEM_NAMES, PART_NAMES, PROGRAMME_NAMES, Change, Part, ProgrammeKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Stat, Text
from web.policy import holds

router = APIRouter(prefix="/programme", dependencies=[holds(Permission.REGISTER_READ)])
keeps = [holds(Permission.REGISTER_KEEP)]
SERVICE = N_("The service")
KINDS = [Choice(kind.value, ITEM_NAMES[kind]) for kind in ItemKind]


@dataclass(frozen=True)
class Line:
    """One measure in the list."""

    measure: Measure
    counts: Counts
    ends_on: date | None


@dataclass(frozen=True)
class RegisterView:
    """The whole register: figures, chapters with their measures, texts."""

    register: Register
    chapters: Sequence[tuple[str, list[Line]]]
    parts: Mapping[Part, str]
    may_keep: bool

    @property
    def tiles(self) -> list[Stat]:
        """The figures at the top."""
        lines = [line for _, chapter in self.chapters for line in chapter]
        return [
            Stat(len(lines), N_("Measures")),
            Stat(sum(line.counts.completed for line in lines), N_("Items completed")),
            Stat(sum(line.counts.pending for line in lines), N_("Items pending")),
            Stat(len(programmes()), N_("Programmes and projects"), "/programme/projects"),
        ]


@dataclass(frozen=True)
class MeasureView:
    """One measure with its items, money, programmes and journal."""

    measure: Measure
    counts: Counts
    items: Sequence[tuple[str, list[MeasureItem]]]
    amounts: Sequence[tuple[Amount, str]]
    programmes: Sequence[Programme]
    journal: Sequence[JournalLine]
    ends_on: date | None
    may_keep: bool


@dataclass(frozen=True)
class MeasureFormView:
    """The form of a measure."""

    measure: Measure
    indicators: Sequence[Choice]


@dataclass(frozen=True)
class ItemFormView:
    """The form of an item, new or there already."""

    measure: Measure
    item: MeasureItem | None
    kinds: Sequence[Choice]
    action: str


@dataclass(frozen=True)
class ProgrammesView:
    """Programmes by their kind."""

    groups: Sequence[tuple[Text, list[Programme]]]


@dataclass(frozen=True)
class ProgrammeView:
    """One programme with the measures that it serves."""

    programme: Programme
    kind: Text
    measures: Sequence[Measure]
    nothing: str = NOTHING


def indicator_choices() -> list[Choice]:
    """The indicators that a measure may be linked to, and none of them."""
    return [Choice("", N_("None")), *(Choice(row.key, row.title) for row in indicators())]


def place(measure: Measure) -> str:
    """The address of a measure."""
    return f"/programme/measures/{measure.id}"


@router.get("")
def whole(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Every measure by its chapter."""
    found = register.the_register(session, actor)
    lines = [Line(one, register.counts_of(one), end_of_timeframe(one.timeframe)) for one in found.measures]
    chapters = [(chapter, list(rows)) for chapter, rows in groupby(lines, key=lambda line: line.measure.chapter)]
    return page.show(
        "programme/register.html",
        RegisterView(found, chapters, PART_NAMES, actor.has(Permission.REGISTER_KEEP)),
    )


@router.get("/measures/{measure_id}")
def measure(measure_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One measure."""
    found = register.get_measure(session, actor, measure_id)
    changes = register.changes_of(session, actor, found)
    view = MeasureView(
        measure=found,
        counts=register.counts_of(found),
        items=[(ITEM_NAMES[kind], register.items_of(found, kind)) for kind in ItemKind],
        amounts=[(amount, item.words) for item in found.items for amount in amounts_in(item.words)],
        programmes=of_measure(found.number),
        journal=[
            JournalLine(
                change.at,
                next((name for role, name in ROLE_NAMES.items() if role.value == change.actor_role), SERVICE),
                CHANGE_NAMES[Change(change.what)],
                " → ".join(part for part in (change.before, change.after) if part),
            )
            for change in changes
        ],
        ends_on=end_of_timeframe(found.timeframe),
        may_keep=actor.has(Permission.REGISTER_KEEP),
    )
    return page.show("programme/measure.html", view)


@router.get("/measures/{measure_id}/change", dependencies=keeps)
def measure_form(measure_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that changes a measure."""
    found = register.get_measure(session, actor, measure_id)
    form = blank(
        words=found.words,
        lead_actors="\n".join(found.lead_actors),
        timeframe=found.timeframe,
        indicator=found.indicator,
    )
    return page.show("programme/measure_form.html", MeasureFormView(found, indicator_choices()), form=form)


@router.post("/measures/{measure_id}/change", dependencies=keeps)
def change_measure(measure_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Let the measure read like this."""
    found = register.get_measure(session, actor, measure_id)
    form.once(session, actor, then=place(found))
    answer = form.read(MeasureChange)
    if answer.value is not None:
        try:
            register.change_measure(session, actor, found, answer.value)
        except Unprocessable as problem:
            answer = answer.refuse("words", problem.message)
    if answer.value is None:
        return page.again("programme/measure_form.html", MeasureFormView(found, indicator_choices()), answer)
    return form.done(session, place(found))


@router.get("/measures/{measure_id}/items/new", dependencies=keeps)
def new_item(measure_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form of a new item."""
    found = register.get_measure(session, actor, measure_id)
    view = ItemFormView(found, None, KINDS, f"{place(found)}/items/new")
    return page.show("programme/item_form.html", view, form=blank(kind=ItemKind.PENDING))


@router.post("/measures/{measure_id}/items/new", dependencies=keeps)
def add_item(measure_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """One more item."""
    found = register.get_measure(session, actor, measure_id)
    form.once(session, actor, then=place(found))
    answer = form.read(ItemChange)
    if answer.value is None:
        view = ItemFormView(found, None, KINDS, f"{place(found)}/items/new")
        return page.again("programme/item_form.html", view, answer)
    register.add_item(session, actor, found, answer.value)
    return form.done(session, place(found))


@router.get("/items/{item_id}/change", dependencies=keeps)
def item_form(item_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that changes an item or moves it."""
    found, item = register.get_item(session, actor, item_id)
    view = ItemFormView(found, item, KINDS, f"/programme/items/{item.id}/change")
    return page.show("programme/item_form.html", view, form=blank(kind=item.kind, when=item.when, words=item.words))


@router.post("/items/{item_id}/change", dependencies=keeps)
def change_item(item_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Let the item read like this and stand there."""
    found, item = register.get_item(session, actor, item_id)
    form.once(session, actor, then=place(found))
    answer = form.read(ItemChange)
    if answer.value is not None:
        try:
            register.change_item(session, actor, found, item, answer.value)
        except Unprocessable as problem:
            answer = answer.refuse("words", problem.message)
    if answer.value is None:
        view = ItemFormView(found, item, KINDS, f"/programme/items/{item.id}/change")
        return page.again("programme/item_form.html", view, answer)
    return form.done(session, place(found))


@router.post("/items/{item_id}/remove", dependencies=keeps)
def remove_item(item_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take the item out; its words stay in the journal."""
    found, item = register.get_item(session, actor, item_id)
    form.once(session, actor, then=place(found))
    register.remove_item(session, actor, found, item)
    return form.done(session, place(found))


@router.get("/projects")
def projects(page: PageDep) -> Response:
    """Everything that stands beside the measures, by its kind."""
    groups = [
        (PROGRAMME_NAMES[kind], [row for row in programmes() if row.kind is kind])
        for kind in ProgrammeKind
        if any(row.kind is kind for row in programmes())
    ]
    return page.show("programme/projects.html", ProgrammesView(groups))


@router.get("/projects/{programme}")
def project(programme: str, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One of them."""
    found = get_programme(programme)
    served = [one for one in register.the_register(session, actor).measures if one.number in found.measures]
    return page.show("programme/project.html", ProgrammeView(found, PROGRAMME_NAMES[found.kind], served))
