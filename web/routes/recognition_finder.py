"""The finder, open to everybody: which recognition an award needs, its cost and time, and what works without it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from talent.casework.clock_terms import BINDING_NAMES, PAUSE_NAMES, SILENCE_NAMES, length_in_words
from talent.casework.sourced import Sourced
from talent.foundation.words import N_, Sentence
from talent.recognition.finder import Found, Question, RouteFinding, find
from talent.recognition.history import durations
from talent.recognition.models import RecognitionDuration
from talent.recognition.procedures import Deadline, Fee, catalogue
from talent.recognition.regions import regions_of
from talent.recognition.schemas import FinderQuestion
from talent.recognition.terms import (
    ACT_NAMES,
    FEE_NAMES,
    FORM_NAMES,
    MEASURE_NAMES,
    PAPER_NAMES,
    PAYER_NAMES,
    START_NAMES,
    TRANSLATION_NAMES,
    WHEN_NAMES,
)
from talent.taxonomy.countries import country_name
from talent.taxonomy.levels import NVQF_NOTE, QUALIFICATION_NAMES, QualificationKind
from web.dependencies import OptionalActorDep, PageDep, SessionDep
from web.forms import Answer, Form, blank
from web.occupations import occupation_groups
from web.parts import Choice, Requirement, Tag, Text
from web.policy import PUBLIC
from web.routes.recognition_precedents import ExpectedView, expected_view

router = APIRouter(prefix="/recognition/finder", dependencies=[PUBLIC])
ANSWERS: Mapping[str, Tag] = {
    "yes": Tag(N_("Regulated: a permission is needed"), "attention"),
    "no": Tag(N_("Not regulated"), "good"),
    "unknown": Tag(N_("Not known whether it is regulated"), "neutral"),
}
CONFIDENCE_NAMES: Mapping[str, str] = {
    "high": N_("read in the official text"),
    "medium": N_("from second hand, or read in part"),
    "low": N_("not sure"),
    "unknown": N_("not known"),
}
NOT_KNOWN = N_("Not known")
UNDATED = "undated"
REGION_UNKNOWN = N_("Not known yet")


def region_choices(country: str) -> list[Choice]:
    """The regions of a country on which an authority can depend, with the answer that it is not known yet."""
    regions = regions_of(country).items()
    return [Choice("", REGION_UNKNOWN), *(Choice(code, name) for code, name in regions)] if regions else []


@dataclass(frozen=True)
class FinderView:
    """What can be asked."""

    occupations: Sequence[Choice]
    awards: Sequence[Choice]
    countries: Sequence[Choice]
    frames: Sequence[Sourced]
    regions: Sequence[Choice]
    """Asked here only when an address names one that there is not; otherwise with what was found."""


@dataclass(frozen=True)
class FoundView:
    """What was found, with the words that the page needs."""

    found: Found
    question: Question
    occupation: str
    award: Text
    answer: Tag
    nvqf_note: str
    names: Mapping[str, Mapping[Any, str]]
    history: Mapping[str, RecognitionDuration]

    @property
    def region(self) -> str:
        """The Land that was chosen; empty when it is not known."""
        return regions_of(self.question.country).get(self.question.region, "")

    @property
    def regions(self) -> list[Choice]:
        """The Länder to choose from, where who decides depends on them."""
        depends = any(option.asks_region for option in self.found.options)
        return region_choices(self.question.country) if depends else []

    def expected(self, procedure_id: str) -> ExpectedView:
        """How long this procedure is likely to take, from the service's own history."""
        return expected_view(self.history.get(procedure_id))

    def cost(self, fee: Fee) -> bool:
        """Whether the amount of this fee is known."""
        return fee.least_cents is not None

    def length(self, row: Deadline) -> Text:
        """How long, in words."""
        return length_in_words(row.length, row.counts) if row.length else NOT_KNOWN

    def longest(self, length: str | None) -> Text:
        """How long a measure lasts at most."""
        return Sentence(N_("at most {length}"), {"length": length_in_words(length)}) if length else NOT_KNOWN

    @property
    def rule_source(self) -> Sentence:
        """Where the answer about regulation comes from."""
        rule = self.found.regulated
        return source_line(rule.source, "", rule.as_of, rule.confidence)

    @property
    def reserved_source(self) -> Sentence:
        """Where the reservation of recruiting comes from; only asked for when there is one."""
        row = self.found.reserved
        return source_line(row.source, row.legal, row.as_of, row.confidence) if row else Sentence(NOT_KNOWN)

    def reason(self, one: RouteFinding) -> list[Requirement]:
        """Whether the route's condition about training is met."""
        return [Requirement(one.openness.value, one.reason)]

    def source(self, row: Sourced) -> Sentence:
        """Where a figure comes from, its paragraph, its date and how sure it is."""
        return source_line(row.source, row.legal, row.as_of, row.confidence)


NAMES: Mapping[str, Mapping[Any, str]] = {
    "act": ACT_NAMES,
    "binding": BINDING_NAMES,
    "fee": FEE_NAMES,
    "form": FORM_NAMES,
    "measure": MEASURE_NAMES,
    "paper": PAPER_NAMES,
    "pause": PAUSE_NAMES,
    "payer": PAYER_NAMES,
    "silence": SILENCE_NAMES,
    "start": START_NAMES,
    "translation": TRANSLATION_NAMES,
    "when": WHEN_NAMES,
}


def source_line(source: str, legal: str, as_of: str, confidence: str) -> Sentence:
    """The small line below a figure: its source, the state of the text, how sure."""
    return Sentence(
        N_("{source} – as of {as_of} – {confidence}"),
        {
            "source": f"{legal} ({source})" if legal else source,
            "as_of": Sentence(N_("an undated copy")) if as_of == UNDATED else as_of,
            "confidence": Sentence(CONFIDENCE_NAMES[confidence]),
        },
    )


@router.get("")
def ask(
    session: SessionDep,
    _actor: OptionalActorDep,
    page: PageDep,
    award: str = "",
    occupation: str = "",
    country: str = "",
    months: str | None = None,
    region: str = "",
) -> Response:
    """The question, which a link may have begun, or with all of it answered what was found."""
    language = page.language.code
    groups = {one.value: one for one in occupation_groups(session, language)}
    sent = {"award": award, "months": months or "", "occupation": occupation, "country": country, "region": region}
    view = FinderView(
        occupations=list(groups.values()),
        awards=[Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items()],
        countries=[Choice(row.country, country_name(row.country, language)) for row in catalogue().frames],
        frames=catalogue().frames,
        regions=region_choices(country),
    )
    if not award and months is None:  # the form always sends both, a link neither
        return page.show("recognition/finder.html", view, form=blank(**sent))
    answer = read(sent, groups)
    if answer.value is None:
        return page.show("recognition/finder.html", view, form=answer, status=422)
    asked = answer.value
    region = asked.region if asked.region in regions_of(asked.country) else ""
    question = Question(asked.award, asked.occupation, asked.country, asked.months, region)
    view_found = found_view(session, question, str(groups[asked.occupation].label))
    return page.show("recognition/found.html", view_found, form=blank(region=region))


def read(sent: Mapping[str, str], groups: Mapping[str, Choice]) -> Answer[FinderQuestion]:
    """The question of the address as the model, or with a sentence for each error."""
    answer = Form(FormData(list(sent.items()))).read(FinderQuestion)
    if answer.value is None:
        return answer
    if answer.value.occupation not in groups:
        return answer.refuse("occupation", N_("Choose the occupation from the list."))
    if answer.value.country not in {row.country for row in catalogue().frames}:
        return answer.refuse("country", N_("Choose the country."))
    return answer


def found_view(session: Session, question: Question, occupation: str) -> FoundView:
    """What the catalogue says to this question, ready to be shown."""
    found = find(catalogue(), question)
    return FoundView(
        found=found,
        question=question,
        occupation=occupation,
        award=QUALIFICATION_NAMES[question.award],
        answer=ANSWERS[found.regulated.answer],
        nvqf_note=NVQF_NOTE if question.award is QualificationKind.NVQF_CERTIFICATE else "",
        names=NAMES,
        history=durations(session),
    )
