"""From a Pakistani award and an occupation to what is needed: regulated or not, which procedure, which other ways.

A pure function over the catalogue of procedures and the taxonomy's rows. It decides nothing about a person: it says
what the rules say, and "unknown" wherever they do not say.
"""

from dataclasses import dataclass
from enum import StrEnum

from talent.foundation.words import N_, Sentence
from talent.recognition.procedures import Authority, Catalogue, Evaluation, Frame, Procedure, Route
from talent.recognition.terms import ProcedureKind
from talent.taxonomy.levels import QualificationKind
from talent.taxonomy.regulated import NO, UNKNOWN, YES, RegulatedRow, ReservedRow, regulated, reserved_recruitment


class Openness(StrEnum):
    """Whether a route stands open to this award."""

    OPEN = "met"
    CLOSED = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Question:
    """What somebody asks: award, length of its training in full-time months, occupation, country, Land or region."""

    award: QualificationKind
    isco_group: str
    country: str
    months: int | None = None
    region: str = ""


@dataclass(frozen=True)
class Option:
    """One procedure, who decides it, and whether it holds for sure or only if the profession is regulated or not."""

    procedure: Procedure
    authorities: tuple[Authority, ...]
    only_if: str  # "", "yes" or "no": the answer about regulation on which it depends
    asks_region: bool = False


@dataclass(frozen=True)
class RouteFinding:
    """One route without recognition, whether its condition about training is met, and why."""

    route: Route
    openness: Openness
    reason: Sentence


@dataclass(frozen=True)
class Found:
    """Everything that the finder says to one question."""

    regulated: RegulatedRow
    reserved: ReservedRow | None
    frame: Frame | None
    options: tuple[Option, ...]
    routes: tuple[RouteFinding, ...]
    evaluations: tuple[Evaluation, ...]
    would_open: tuple[Sentence, ...]


HOLDS_FOR: dict[ProcedureKind, frozenset[str]] = {
    ProcedureKind.REGULATED: frozenset({YES, UNKNOWN}),
    ProcedureKind.NON_REGULATED: frozenset({NO, UNKNOWN}),
    ProcedureKind.WITHOUT_PAPERS: frozenset({YES, NO, UNKNOWN}),
    ProcedureKind.DEGREE: frozenset({NO, UNKNOWN}),
    ProcedureKind.STATEMENT: frozenset({NO, UNKNOWN}),
    ProcedureKind.EMPLOYER_ASSESSMENT: frozenset({NO, UNKNOWN}),
}
"""The answers about regulation with which a kind of procedure can be the right one."""
DECIDED_AS: dict[ProcedureKind, ProcedureKind] = {ProcedureKind.WITHOUT_PAPERS: ProcedureKind.NON_REGULATED}
"""Kinds that another kind's authority decides."""
DEPENDS: dict[ProcedureKind, str] = {
    ProcedureKind.REGULATED: YES,
    ProcedureKind.NON_REGULATED: NO,
    ProcedureKind.DEGREE: NO,
    ProcedureKind.EMPLOYER_ASSESSMENT: NO,
}

NO_LENGTH_ASKED = N_("No length of training is asked for.")
LENGTH_NOT_KNOWN = N_("Whether it asks for a length of training is not known to us.")
OTHER_AWARD = N_("Your kind of award is not enough for it.")
LONG_ENOUGH = N_("It needs {needed} months of full-time training; you have {held}.")
TOO_SHORT = N_(
    "It needs {needed} months of full-time training; you have {held}. This way is closed with this award alone."
)
LENGTH_UNTOLD = N_("It needs {needed} months of full-time training. Say how long yours took.")
NOT_FOR_REGULATED = N_("It does not replace the permission that this profession needs.")
LONGER_TRAINING = N_(
    "A training recognised by the State of {needed} months or more, such as a DAE, would open: {routes}."
)
PARTIAL_OPENS = N_("A decision of partial recognition lets you come for the missing training (AufenthG § 16d(1)).")
NO_TRAINING_NEEDED = N_("These ways ask for no length of training: {routes}.")


def find(catalogue: Catalogue, question: Question) -> Found:
    """What is known for this question; the order of procedures and routes is that of the data."""
    rule = regulated(question.country, question.isco_group)
    routes = tuple(
        route_finding(row, question, rule.answer)
        for row in catalogue.routes
        if row.country == question.country and row.covers(question.isco_group)
    )
    return Found(
        regulated=rule,
        reserved=reserved_recruitment(question.country, question.isco_group),
        frame=next((row for row in catalogue.frames if row.country == question.country), None),
        options=tuple(options(catalogue, question, rule.answer)),
        routes=routes,
        evaluations=tuple(row for row in catalogue.evaluations if row.award is question.award),
        would_open=tuple(would_open(catalogue, question, routes)),
    )


def options(catalogue: Catalogue, question: Question, answer: str) -> list[Option]:
    """The procedures that may be the right one; those of a regulated profession first when it is one."""
    found = [
        Option(
            row,
            deciding(catalogue, row.kind, question),
            DEPENDS.get(row.kind, "") if answer == UNKNOWN else "",
            asks_region(catalogue, row.kind, question),
        )
        for row in catalogue.procedures
        if row.country == question.country
        and question.award in row.awards
        and answer in HOLDS_FOR[row.kind]
        and row.covers(question.isco_group)
    ]
    return sorted(found, key=lambda one: one.procedure.kind is ProcedureKind.WITHOUT_PAPERS)


def deciding(catalogue: Catalogue, kind: ProcedureKind, question: Question) -> tuple[Authority, ...]:
    """Who decides: those named for the occupation and the region before those for all."""
    fitting = [row for row in competent(catalogue, kind, question) if row.region in ("", question.region)]
    regional = [row for row in fitting if row.region]
    return tuple(sorted(regional or fitting, key=lambda row: not row.isco))


def competent(catalogue: Catalogue, kind: ProcedureKind, question: Question) -> list[Authority]:
    """The authorities for this kind of procedure and this occupation, of every region."""
    wanted = DECIDED_AS.get(kind, kind)
    return [
        row
        for row in catalogue.authorities
        if row.country == question.country and wanted in row.for_kinds and row.covers(question.isco_group)
    ]


def asks_region(catalogue: Catalogue, kind: ProcedureKind, question: Question) -> bool:
    """Whether who decides depends on the region in which the person wants to work."""
    return any(row.region or row.each_region for row in competent(catalogue, kind, question))


def route_finding(route: Route, question: Question, answer: str) -> RouteFinding:
    """Whether this award meets what the route asks of training."""
    if answer == YES:
        return RouteFinding(route, Openness.CLOSED, Sentence(NOT_FOR_REGULATED))
    if route.awards and question.award not in route.awards:
        return RouteFinding(route, Openness.CLOSED, Sentence(OTHER_AWARD))
    if route.months is None:
        return RouteFinding(route, Openness.UNKNOWN, Sentence(LENGTH_NOT_KNOWN))
    if route.months == 0 or (route.no_months_isco and question.isco_group.startswith(route.no_months_isco)):
        return RouteFinding(route, Openness.OPEN, Sentence(NO_LENGTH_ASKED))
    if question.months is None:
        return RouteFinding(route, Openness.UNKNOWN, Sentence(LENGTH_UNTOLD, {"needed": route.months}))
    said = {"needed": route.months, "held": question.months}
    if question.months < route.months:
        return RouteFinding(route, Openness.CLOSED, Sentence(TOO_SHORT, said))
    return RouteFinding(route, Openness.OPEN, Sentence(LONG_ENOUGH, said))


def would_open(catalogue: Catalogue, question: Question, routes: tuple[RouteFinding, ...]) -> list[Sentence]:
    """What would open a way, where training is too short for one."""
    short = [one.route for one in routes if one.reason.msgid in (TOO_SHORT, OTHER_AWARD)]
    if not short:
        return []
    needed = max(route.months or 0 for route in short)
    said = [Sentence(LONGER_TRAINING, {"needed": needed, "routes": named(short)})]
    if any(row.id == "de_bqfg_nonregulated" and row.country == question.country for row in catalogue.procedures):
        said.append(Sentence(PARTIAL_OPENS))
    free = [one.route for one in routes if one.openness is Openness.OPEN]
    return [*said, Sentence(NO_TRAINING_NEEDED, {"routes": named(free)})] if free else said


def named(routes: list[Route]) -> Sentence:
    """The titles of these routes in one phrase, each in the reader's language."""
    places = [f"r{number}" for number in range(len(routes))]
    pattern = " · ".join(f"{{{place}}}" for place in places)
    return Sentence(pattern, {place: Sentence(route.title) for place, route in zip(places, routes, strict=True)})
