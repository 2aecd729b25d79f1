"""What the pages of a CV show: each fact in the words it was found in, and how we read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from talent.foundation import reading
from talent.foundation.words import N_, Sentence
from talent.profiles.cv_facts import FactKind
from talent.profiles.cv_landing import is_complete
from talent.profiles.models import CVFact
from talent.taxonomy.languages import language_name
from talent.taxonomy.levels import qualification_name
from talent.taxonomy.licences import LICENCE_NAMES
from talent.taxonomy.service import labels
from web.parts import Row, Text
from web.routes.profile_answers import plain
from web.routes.profile_views import LEVEL_UNKNOWN, MONTHS, Frame, country_words

FACTS = "/profile/cv/facts"
NOT_TOLD = N_("not told")
NOT_CLEAR = N_("We do not know which one it is. Change it to choose.")


@dataclass(frozen=True)
class UploadView:
    """The page where a CV is brought; ``file_name`` is the one brought before."""

    frame: Frame
    file_name: str
    may_skip: bool


@dataclass(frozen=True)
class FactView:
    """One fact, its words and how we read them."""

    number: int
    of: int
    words: str
    rows: Sequence[Row]
    href: str
    is_complete: bool
    warnings: Sequence[Sentence] = ()


@dataclass(frozen=True)
class DoneView:
    """Every fact is answered."""

    added: int
    of: int
    onward: str
    warnings: Sequence[Sentence] = ()


def fact_view(
    session: Session, fact: CVFact, *, number: int, of: int, language: str, warnings: Sequence[Sentence] = ()
) -> FactView:
    """The page of one fact."""
    rows = ROWS[FactKind(fact.kind)](session, fact.value, language)
    return FactView(number, of, fact.words, rows, f"{FACTS}/{fact.id}", is_complete(fact), warnings)


def _concept_rows(key: str, title: str) -> Callable[[Session, Mapping[str, Any], str], list[Row]]:
    def rows(session: Session, value: Mapping[str, Any], language: str) -> list[Row]:
        found = UUID(value[key])
        return [Row(title, plain(labels(session, [found], language).get(found, "")))]

    return rows


def _language_rows(_session: Session, value: Mapping[str, Any], language: str) -> list[Row]:
    level: Text = plain(value["level"]) if value["level"] else LEVEL_UNKNOWN
    return [Row(N_("Language"), plain(language_name(value["language"], language))), Row(N_("Level"), level)]


def _licence_rows(_session: Session, value: Mapping[str, Any], _language: str) -> list[Row]:
    return [Row(N_("Licence"), LICENCE_NAMES.get(value["code"] or "", NOT_CLEAR))]


def _qualification_rows(_session: Session, value: Mapping[str, Any], _language: str) -> list[Row]:
    rows = [Row(N_("Name"), plain(value["title"])), Row(N_("Kind"), qualification_name(value["kind"]))]
    more = (
        (N_("NVQF level"), value["nvqf_level"]),
        (N_("Who issued it?"), value["issuing_body"]),
        (N_("Year"), value["awarded_year"]),
    )
    return rows + [Row(title, plain(str(told))) for title, told in more if told]


def _job_rows(_session: Session, value: Mapping[str, Any], language: str) -> list[Row]:
    rows = [Row(N_("Job"), plain(value["title"]) if value["title"] else NOT_TOLD)]
    if value["employer"]:
        rows.append(Row(N_("Employer"), plain(value["employer"])))
    if value["country"]:
        rows.append(Row(N_("Country"), plain(country_words(value["country"], language))))
    until = N_("today") if value["goes_on"] else _month(value["ended_month"], value["ended_year"])
    return [*rows, Row(N_("From"), _month(value["started_month"], value["started_year"])), Row(N_("Until"), until)]


def _month(month: int | None, year: int | None) -> Text:
    if not year:
        return NOT_TOLD
    if not month:
        return Sentence(N_("{year}, month not told"), {"year": str(year)})
    return Sentence("{month} {year}", {"month": Sentence(str(MONTHS[month - 1].label)), "year": str(year)})


ROWS: Mapping[FactKind, Callable[[Session, Mapping[str, Any], str], list[Row]]] = {
    FactKind.OCCUPATION: _concept_rows("occupation_id", N_("Your occupation")),
    FactKind.SKILL: _concept_rows("skill_id", N_("Skill")),
    FactKind.QUALIFICATION: _qualification_rows,
    FactKind.LANGUAGE: _language_rows,
    FactKind.WORK_PERIOD: _job_rows,
    FactKind.LICENCE: _licence_rows,
}

NOTES = (*reading.NOTES.values(), reading.HIDDEN_TEXT, reading.CUT_TEXT, reading.ARABIC_IN_PDF)
"""What reading a file may say about it; an address carries the place in this row, and a count."""


def notes_query(warnings: Sequence[Sentence]) -> str:
    """These warnings as a query, so that they survive the redirect after the upload."""
    marks = [f"{NOTES.index(one.msgid)}.{one.values.get('count', 0)}" for one in warnings if one.msgid in NOTES]
    return f"?notes={'-'.join(marks)}" if marks else ""


def notes_of(query: str) -> list[Sentence]:
    """The warnings of such a query; anything else in it is left out."""
    found = []
    for one in query[:100].split("-"):
        place, _, count = one.partition(".")
        if place.isascii() and place.isdigit() and int(place) < len(NOTES) and count.isascii() and count.isdigit():
            found.append(Sentence(NOTES[int(place)], {"count": int(count)}))
    return found
