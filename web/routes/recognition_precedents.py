"""How others fared and how long it took them: open to everybody, before anybody applies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from talent.foundation.words import N_, Sentence
from talent.recognition.durations import FEWEST_DECISIONS
from talent.recognition.history import outcomes_of, precedents
from talent.recognition.models import RecognitionDuration, RecognitionPrecedent
from talent.recognition.precedents import SMALLEST_CELL, Part, in_fives
from talent.recognition.procedures import catalogue
from talent.recognition.states import Outcome
from talent.taxonomy.countries import country_name
from talent.taxonomy.levels import QUALIFICATION_NAMES, QualificationKind
from web.dependencies import OptionalActorDep, PageDep, SessionDep
from web.forms import blank
from web.occupations import occupation_groups
from web.parts import Choice
from web.policy import PUBLIC

router = APIRouter(prefix="/recognition/precedents", dependencies=[PUBLIC])
OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.FULL: N_("Fully recognised"),
    Outcome.PARTIAL: N_("Recognised in part"),
    Outcome.REFUSED: N_("Refused"),
}
AT_LEAST = N_("{n} or more")
WITHHELD = N_("fewer than {n}, or none")
HALF = N_("Half of the cases were decided within {days} days.")
HALF_UNKNOWN = N_("More than half of the cases waited longer than can be said yet.")
BETWEEN = N_("Four of five were decided after {first} to {last} days.")
FROM_ON = N_("One of ten was decided within {first} days; the longest cannot be said yet.")
RESTS_ON = N_("From {n} or more decisions in this service, waiting cases included – as of {day}")
UNKNOWN = N_("How long it takes in practice is not known yet: fewer than {n} decisions are known here.")


@dataclass(frozen=True)
class ExpectedView:
    """How long a procedure is likely to take, in sentences; ``source`` is empty while it is unknown."""

    sentences: Sequence[Sentence]
    source: Sentence | None = None


@dataclass(frozen=True)
class PrecedentView:
    """One line of how others fared; an outcome that is withheld says so."""

    part: Part
    name: str
    cases: Sentence
    outcomes: Sequence[Sentence]


@dataclass(frozen=True)
class PrecedentsView:
    """One table of how others fared, or none, and the question."""

    occupations: Sequence[Choice]
    awards: Sequence[Choice]
    countries: Sequence[Choice]
    asked: bool
    lines: Sequence[PrecedentView]
    outcomes: Sequence[str]
    days: int | None
    missing_parts: Sequence[str]
    as_of: date | None


def expected_view(row: RecognitionDuration | None) -> ExpectedView:
    """The expectation in words, with what it rests on and its day."""
    if row is None:
        return ExpectedView([Sentence(UNKNOWN, {"n": FEWEST_DECISIONS})])
    values = {"days": row.median_days, "first": row.first_days, "last": row.last_days}
    said = [Sentence(HALF if row.median_days is not None else HALF_UNKNOWN, values)]
    if row.first_days is not None:
        said.append(Sentence(BETWEEN if row.last_days is not None else FROM_ON, values))
    return ExpectedView(said, Sentence(RESTS_ON, {"n": in_fives(row.decisions), "day": row.as_of}))


def precedent_view(row: RecognitionPrecedent) -> PrecedentView:
    """One published line in words."""
    return PrecedentView(
        row.part,
        row.name,
        Sentence(AT_LEAST, {"n": row.cases}),
        [
            Sentence(AT_LEAST, {"n": n}) if n is not None else Sentence(WITHHELD, {"n": SMALLEST_CELL})
            for n in outcomes_of(row).values()
        ],
    )


@router.get("")
def search(
    session: SessionDep,
    _actor: OptionalActorDep,
    page: PageDep,
    country: str = "",
    occupation: str = "",
    award: str = "",
    institute: str = "",
) -> Response:
    """What was decided about others with this award, as far as it can be told."""
    kinds = {kind.value: kind for kind in QualificationKind}
    place = (country, occupation, kinds[award]) if award in kinds else None
    found = precedents(session, place, institute=institute) if place else []
    whole = next((row for row in found if row.part is Part.ALL), None)
    view = PrecedentsView(
        occupations=occupation_groups(session, page.language.code),
        awards=[Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items()],
        countries=[Choice(row.country, country_name(row.country, page.language.code)) for row in catalogue().frames],
        asked=bool(country and occupation and place),
        lines=[precedent_view(row) for row in found],
        outcomes=list(OUTCOME_NAMES.values()),
        days=whole.days if whole else None,
        missing_parts=whole.missing_parts if whole else (),
        as_of=whole.as_of if whole else None,
    )
    form = blank(country=country, occupation=occupation, award=award, institute=institute)
    return page.show("recognition/precedents.html", view, form=form)
