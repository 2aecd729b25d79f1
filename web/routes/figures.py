"""Figures of the whole way: the funnel, how long its parts take, maps, and cross-tables of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound, Unprocessable
from talent.foundation.tables import table_file
from talent.foundation.words import N_
from talent.monitoring import crosstab, saved
from talent.monitoring.crosstab import Answer, Made, Question
from talent.monitoring.figure_models import SavedTable
from talent.monitoring.ladder import DIMENSION_NAMES, LADDER, STAGE_NAMES, Dimension, Stage
from talent.monitoring.saved import Naming
from talent.monitoring.spans import IN_STAGES, SPAN_NAMES, TO_EVENTS
from web.dependencies import ActorDep, PageDep, SessionDep
from web.downloads import TABLE_KINDS, attachment
from web.figure_pictures import Line, arrivals_map, line, parts_of_the_way, provinces_map, span_row
from web.figure_words import choices, names_of
from web.forms import FormDep, blank
from web.i18n import Words
from web.pages import Page
from web.parts import Choice, Text
from web.pictures import FunnelRow, HeatMap, SpanRow, Tile, funnel_rows, heat_map, span_rows
from web.policy import holds

router = APIRouter(prefix="/figures", dependencies=[holds(Permission.OVERVIEW_READ)])
TABLE = "/figures/table"
FILTERED_BY = (Dimension.COUNTRY, Dimension.SECTOR, Dimension.PATHWAY, Dimension.INSTITUTE, Dimension.SEX)
TOLD_BY = (Dimension.COUNTRY, Dimension.PATHWAY, Dimension.SECTOR)
STAGES = [Choice(stage.value, STAGE_NAMES[stage]) for stage in LADDER]
DIMENSIONS = [Choice(dimension.value, DIMENSION_NAMES[dimension]) for dimension in Dimension]
NOBODY_YET = N_("There are no figures yet. They are made every six hours, once ten people have a profile.")


@dataclass(frozen=True)
class FunnelView:
    """The funnel, of all or of some, with lines and maps."""

    made: Made | None
    rows: Sequence[FunnelRow]
    who: Sequence[tuple[Text, list[Choice]]]
    lines: Sequence[Line]
    europe: Sequence[Tile]
    pakistan: Sequence[Tile]
    nobody: str = NOBODY_YET


@dataclass(frozen=True)
class TimesView:
    """How long the parts of the way take."""

    made: Made | None
    stages: Sequence[SpanRow]
    events: Sequence[SpanRow]
    by: Sequence[Choice]
    groups: Sequence[tuple[Text, Sequence[SpanRow]]]
    nobody: str = NOBODY_YET


@dataclass(frozen=True)
class TableView:
    """One cross-table with what may be asked."""

    made: Made | None
    answer: Answer | None
    heat: HeatMap | None
    rows_name: Text
    refused: Text
    dimensions: Sequence[Choice]
    stages: Sequence[Choice]
    who: Sequence[tuple[Text, list[Choice]]]
    saved: Sequence[tuple[SavedTable, str]]
    link: str
    nobody: str = NOBODY_YET


def who_choices(session: Session, page: Page, dimensions: Sequence[Dimension]) -> list[tuple[Text, list[Choice]]]:
    """The values by which figures may be filtered, by dimension."""
    return [
        (DIMENSION_NAMES[dimension], choices(session, dimension, values, page.language.code))
        for dimension, values in crosstab.values_of(session, dimensions).items()
    ]


def filter_of(who: str) -> tuple[Dimension | None, str]:
    """The dimension and the value of a filter such as ``country:DE``; none where it is no filter."""
    name, _, value = who.partition(":")
    return (Dimension(name), value) if name in set(Dimension) else (None, "")


@router.get("")
def funnel(session: SessionDep, page: PageDep, who: str = "") -> Response:
    """The way from a profile to two years of work, of everybody or of some."""
    only, value = filter_of(who)
    with crosstab.reading(session):
        rungs = [(STAGE_NAMES[rung.stage], rung.people) for rung in crosstab.funnel(session, only=only, value=value)]
        view = FunnelView(
            crosstab.made(session),
            funnel_rows(rungs),
            who_choices(session, page, FILTERED_BY),
            [line(session, stage) for stage in (Stage.REGISTERED, Stage.ARRIVED)],
            arrivals_map(session, page.language.code),
            provinces_map(session),
        )
    return page.show("figures/funnel.html", view, form=blank(who=who))


@router.get("/times")
def times(session: SessionDep, page: PageDep, by: str = "") -> Response:
    """How long each stage and each longer part takes, of everybody or by one dimension."""
    told = crosstab.spans(session)
    groups: list[tuple[Text, Sequence[SpanRow]]] = []
    if by in set(TOLD_BY):
        name = names_of(session, Dimension(by), page.language.code)
        split = crosstab.spans(session, dimension=by)
        for key in (*TO_EVENTS, *IN_STAGES):
            found = span_rows([span_row(row, name(row.value)) for row in split if row.span == key])
            groups += [(SPAN_NAMES[key], found)] if found else []
    offered = [Choice("", N_("Everybody")), *(Choice(each.value, DIMENSION_NAMES[each]) for each in TOLD_BY)]
    view = TimesView(
        crosstab.made(session), parts_of_the_way(told, IN_STAGES), parts_of_the_way(told, TO_EVENTS), offered, groups
    )
    return page.show("figures/times.html", view, form=blank(by=by))


def asked(query: Mapping[str, str]) -> Question:
    """The question of an address; what the address does not say, or says wrongly, is as it is at first."""
    only, value = filter_of(query.get("who", ""))
    told: dict[str, object] = {"only": only, "value": value}
    for name, known in (("rows", Dimension), ("columns", Dimension), ("measure", Stage), ("out_of", Stage)):
        if query.get(name) in {member.value for member in known}:
            told[name] = query[name]
    if not is_earlier(told.get("out_of"), told.get("measure")):
        told.pop("out_of", None)
    question = Question.model_validate(told)
    return question.model_copy(update={"columns": None}) if question.columns is question.rows else question


def is_earlier(stage: object, than: object) -> bool:
    """Whether a stage comes before another one."""
    order = [each.value for each in LADDER]
    return stage in order and than in order and order.index(str(stage)) < order.index(str(than))


def query_of(question: Question) -> str:
    """The question as the query of an address."""
    return urlencode({name: value for name, value in typed(question).items() if value})


def table_view(session: Session, actor: ActorDep, page: Page, question: Question) -> TableView:
    """The cross-table of a question."""
    answer, heat, refused = None, None, ""
    with crosstab.reading(session):
        made, who = crosstab.made(session), who_choices(session, page, FILTERED_BY)
        try:
            answer = crosstab.answer(session, question)
            heat = heat_of(session, page, answer)
        except Unprocessable as error:
            refused = str(error.message)
    link = f"{TABLE}?{query_of(question)}"
    own = saved.own_tables(session, actor)
    return TableView(
        made,
        answer,
        heat,
        DIMENSION_NAMES[question.rows],
        refused,
        DIMENSIONS,
        STAGES,
        who,
        [(kept, f"{TABLE}?{query_of(Question.model_validate(kept.question))}") for kept in own],
        link,
    )


def heat_of(session: Session, page: Page, answer: Answer) -> HeatMap:
    """The answer with the names of its rows and columns."""
    name = names_of(session, answer.question.rows, page.language.code)
    columns = answer.question.columns
    column_name = names_of(session, columns, page.language.code) if columns else lambda _: N_("People")
    rows = [(value, name(value)) for value in answer.row_values]
    heat = heat_map(rows, [(value, column_name(value)) for value in answer.column_values], answer.cells)
    if answer.question.out_of is None:
        return heat
    shares = [[answer.share(row, column) for column in answer.column_values] for row in answer.row_values]
    return replace(heat, rows=[replace(row, shares=told) for row, told in zip(heat.rows, shares, strict=True)])


def typed(question: Question) -> dict[str, str]:
    """The question as its form shows it."""
    return {
        "rows": question.rows.value,
        "columns": question.columns.value if question.columns else "",
        "measure": question.measure.value,
        "out_of": question.out_of.value if question.out_of else "",
        "who": f"{question.only.value}:{question.value}" if question.only else "",
    }


@router.get("/table")
def table(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """A cross-table of what the address asks for."""
    question = asked(page.request.query_params)
    return page.show("figures/table.html", table_view(session, actor, page, question), form=blank(**typed(question)))


@router.get("/table/file.{kind}")
def table_as_file(kind: str, session: SessionDep, page: PageDep) -> Response:
    """The same as a file, withheld in the same way."""
    question = asked(page.request.query_params)
    answer = crosstab.answer(session, question)
    if kind not in TABLE_KINDS:
        raise NotFound
    words, heat = Words(page.language), heat_of(session, page, answer)

    def say(text: Text) -> str:
        return str(words.say(text).unescape())

    columns = [say(column) for column in heat.columns]
    shared = [f"{column}, %" for column in columns] if question.out_of else []
    lines = [[say(DIMENSION_NAMES[question.rows]), *columns, say(N_("Together")), *shared]]
    lines += [
        [say(row.label), *(str(people) for people, _ in row.cells), str(row.total), *map(in_percent, row.shares)]
        for row in heat.rows
    ]
    known = crosstab.made(session)
    lines.append([say(N_("Made on")), known.at.date().isoformat() if known else ""])
    content = table_file(lines, "xlsx" if kind == "xlsx" else "csv")
    return attachment(content, name=f"figures.{kind}", kind=TABLE_KINDS[kind])


def in_percent(share: float | None) -> str:
    """A share as a file tells it, in whole percent; empty where there is none."""
    return "" if share is None else str(round(100 * share))


@router.post("/table")
def save_table(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the question under a name."""
    question = asked({name: values[-1] for name, values in form.fields.items() if values})
    link = f"{TABLE}?{query_of(question)}"
    form.once(session, actor, then=link)
    answer = form.read(Naming)
    if answer.value is None:
        return page.again("figures/table.html", table_view(session, actor, page, question), answer)
    saved.save(session, actor, question, title=answer.value.title)
    return form.done(session, link)


@router.post("/table/{table_id}/remove")
def remove_table(table_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Forget a table."""
    form.once(session, actor, then=TABLE)
    saved.remove(session, actor, table_id)
    return form.done(session, TABLE)
