"""Lawful ways to work abroad, open to everybody: a page for each, and a check that keeps nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from talent.casework.clock_terms import BINDING_NAMES, SILENCE_NAMES, length_in_words
from talent.casework.sourced import Sourced, TimeLimit
from talent.foundation.clock import today
from talent.foundation.errors import NotFound
from talent.foundation.words import N_, Sentence
from talent.pathways.catalogue import EXIT_COUNTRY, Pathway, Stride, catalogue
from talent.pathways.eligibility import NOT_A_PERMIT, compare, with_regulation
from talent.pathways.schemas import RouteQuestion, told_facts
from talent.pathways.terms import DOCUMENT_NAMES, DOER_NAMES, PAYER_NAMES, STAGE_NAMES, Stage
from talent.taxonomy.countries import country_name
from web.dependencies import OptionalActorDep, PageDep, SessionDep
from web.forms import Answer, Form
from web.occupations import occupation_groups
from web.parts import Choice, Text
from web.policy import PUBLIC
from web.routes.pathway_views import CompareView, compare_view
from web.routes.recognition_finder import NOT_KNOWN, source_line

router = APIRouter(prefix="/pathways", dependencies=[PUBLIC])
NO_SUCH_WAY = N_("There is no such way.")
FIRST = ("country", "occupation")
"""What is asked before anything else."""
STARTS = N_("from the day of: {step}")
NAMES: Mapping[str, Mapping[Any, str]] = {
    "binding": BINDING_NAMES,
    "document": DOCUMENT_NAMES,
    "doer": DOER_NAMES,
    "payer": PAYER_NAMES,
    "silence": SILENCE_NAMES,
    "stage": STAGE_NAMES,
}


@dataclass(frozen=True)
class WaysView:
    """Every way, by country."""

    countries: Sequence[tuple[str, Sequence[Pathway]]]
    exit: Sequence[Pathway]
    not_a_permit: str = NOT_A_PERMIT


@dataclass(frozen=True)
class WayView:
    """One way with the words that its page needs."""

    way: Pathway
    names: Mapping[str, Mapping[Any, str]]
    not_a_permit: str = NOT_A_PERMIT

    @property
    def stages(self) -> list[tuple[Stage, list[Stride]]]:
        """The steps by the part of the journey, in order."""
        found = {stage: [step for step in self.way.steps if step.stage is stage] for stage in Stage}
        return [(stage, steps) for stage, steps in found.items() if steps]

    def source(self, row: Sourced) -> Sentence:
        """Where a statement comes from, its paragraph, its date and how sure it is."""
        return source_line(row.source, row.legal, row.as_of, row.confidence)

    def length(self, limit: TimeLimit) -> Text:
        """How long, in words."""
        return length_in_words(limit.length, limit.counts) if limit.length else NOT_KNOWN

    def starts(self, step: Stride) -> Sentence | None:
        """What starts the clock of a step."""
        first = self.way.starter(step)
        return Sentence(STARTS, {"step": Sentence(first.text)}) if first else None


@dataclass(frozen=True)
class CheckView:
    """What can be asked."""

    countries: Sequence[Choice]
    occupations: Sequence[Choice]


def destinations(language: str) -> list[Choice]:
    """The countries with at least one way."""
    return [Choice(code, country_name(code, language)) for code in catalogue().destinations()]


@router.get("")
def ways(_actor: OptionalActorDep, page: PageDep) -> Response:
    """Every way that we know, by country."""
    known, day = catalogue(), today()
    by_country = [(code, known.of_country(code, on=day)) for code in known.destinations()]
    return page.show("pathways/list.html", WaysView(by_country, known.of_country(EXIT_COUNTRY, on=day)))


@router.get("/check")
def check(request: Request, session: SessionDep, _actor: OptionalActorDep, page: PageDep) -> Response:
    """The question, or with country and occupation told all ways side by side."""
    language = page.language.code
    view = CheckView(destinations(language), occupation_groups(session, language))
    sent = FormData(list(request.query_params.multi_items()))
    if not sent:
        return page.show("pathways/check.html", view)
    first = read(FormData([(name, value) for name, value in sent.multi_items() if name in FIRST]), view)
    if first.value is None:
        return page.show("pathways/check.html", view, form=first, status=422)
    answer = Form(sent).read(RouteQuestion)
    shown = compared(answer.value or first.value, on=today())
    return page.show("pathways/compare.html", shown, form=answer, status=422 if answer.value is None else 200)


def read(sent: FormData, view: CheckView) -> Answer[RouteQuestion]:
    """Country and occupation of the address, or with a sentence for each error."""
    answer = Form(sent).read(RouteQuestion)
    if answer.value is None:
        return answer
    for name, choices in (("country", view.countries), ("occupation", view.occupations)):
        if getattr(answer.value, name) not in {one.value for one in choices}:
            return answer.refuse(name, N_("Choose one of the list."))
    return answer


def compared(question: RouteQuestion, *, on: date) -> CompareView:
    """All ways into the country for what was told."""
    facts = with_regulation(told_facts(question, on=on), question.country)
    return compare_view(compare(catalogue(), question.country, facts))


@router.get("/{name}")
def way(name: str, _actor: OptionalActorDep, page: PageDep) -> Response:
    """One way: what it asks, its steps on both shores, fees, rights, and what closes it."""
    found = catalogue().pathway(name, on=today())
    if found is None:
        raise NotFound(NO_SUCH_WAY)
    return page.show("pathways/way.html", WayView(found, NAMES))
