"""Facts in the text of a CV, each with the words it was found in: shown for confirmation, never used unseen.

There is no kind for a name, sex, age, date of birth, religion, family, photo, province or identity number, and words
that stand behind such a label are not looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from talent.profiles.cv_awards import awards_in
from talent.profiles.cv_dates import Month
from talent.profiles.cv_languages import languages_in
from talent.profiles.cv_licences import licences_in
from talent.profiles.cv_lines import (
    Line,
    Section,
    Span,
    forbidden_spans,
    lines_of,
    name_line,
    overlaps,
    plain_digits,
    with_bracket,
)
from talent.profiles.cv_terms import Lexicon, TermIndex, terms_in, words_of
from talent.profiles.cv_work import Job, jobs_in

MOST_CHARACTERS = 60_000  # looked at; twenty full pages


class FactKind(StrEnum):
    """What a fact is about."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    QUALIFICATION = "qualification"
    LANGUAGE = "language"
    WORK_PERIOD = "work_period"
    LICENCE = "licence"


@dataclass(frozen=True)
class FoundFact:
    """One fact and exactly the words it was found in: ``text[start:end] == words``.

    ``value`` can be kept as JSON. Its keys, by kind:

    - occupation: ``occupation_id``; skill: ``skill_id`` (UUID as text)
    - qualification: ``kind`` (a ``QualificationKind``), ``title``, ``nvqf_level``, ``issuing_body``, ``awarded_year``
    - language: ``language`` (BCP 47), ``level`` (A1 to C2 only when stated, else None), ``stated`` (such as "fluent")
    - work_period: the fields of ``schemas.JobAnswer``; a month that is not told is None
    - licence: ``code`` (of ``taxonomy.licences``, or None), ``name``
    """

    kind: FactKind
    value: dict[str, Any]
    words: str
    start: int
    end: int


def facts_in(text: str, lexicon: Lexicon | TermIndex) -> list[FoundFact]:
    """The facts of a CV in the order in which they stand, each once, at its first place.

    Works on English, Roman Urdu and Urdu text, and on the usual headings, months and names of other languages of the
    Union. Whoever reads many CVs builds ``TermIndex.of(lexicon)`` once.
    """
    text = text[:MOST_CHARACTERS]
    index = lexicon if isinstance(lexicon, TermIndex) else TermIndex.of(lexicon)
    lines = lines_of(text)
    words = words_of(text)
    plain = plain_digits(text)  # Of the same length: what is found in it stands at the same place in the text.
    occupations = list(terms_in(text, words, index.occupations))
    skills = list(terms_in(text, words, index.skills))
    known = [(start, end) for _, start, end in (*occupations, *skills)]
    forbidden = forbidden_spans(text, lines)
    name = name_line(lines, known)
    forbidden += [name] if name else []

    def is_occupation(start: int, end: int) -> bool:
        return any(start <= low and high <= end for _, low, high in occupations)

    jobs = list(jobs_in(text, lines, is_occupation))
    qualifications = list(_qualifications(text, plain, lines))
    elsewhere = [job.employer for job in jobs if job.employer]
    elsewhere += [(award.start, award.end) for award in qualifications]
    elsewhere += [(line.start, line.end) for line in lines if line.section is Section.PERSONAL]
    facts = [
        *_terms(FactKind.OCCUPATION, "occupation_id", occupations, text, elsewhere),
        *_terms(FactKind.SKILL, "skill_id", skills, text, elsewhere),
        *qualifications,
        *_languages(text, plain, lines),
        *(_work_period(text, job) for job in jobs),
        *_licences(text, plain, lines),
    ]
    allowed = [fact for fact in facts if not overlaps((fact.start, fact.end), forbidden)]
    return _once(sorted(allowed, key=lambda fact: (fact.start, fact.end)))


def _once(facts: list[FoundFact]) -> list[FoundFact]:
    """Each value once: what somebody repeats is not to be confirmed twice."""
    seen: dict[tuple[object, ...], FoundFact] = {}
    for fact in facts:
        key: tuple[object, ...] = (fact.kind, *sorted((name, str(each)) for name, each in fact.value.items()))
        if fact.kind is FactKind.LANGUAGE:
            key = (fact.kind, fact.value["language"])
            if key in seen and seen[key].value["level"] is None and fact.value["level"]:
                del seen[key]  # A level that is stated later tells more.
        seen.setdefault(key, fact)
    return sorted(seen.values(), key=lambda fact: (fact.start, fact.end))


def _fact(kind: FactKind, value: dict[str, Any], text: str, span: Span) -> FoundFact:
    start, end = with_bracket(text, span)
    return FoundFact(kind, value, text[start:end], start, end)


def _terms(
    kind: FactKind, key: str, found: list[tuple[UUID, int, int]], text: str, elsewhere: list[Span]
) -> Iterator[FoundFact]:
    """Terms on their own: "Descon Engineering" is no skill in engineering, "DAE Electrical" no occupation."""
    for identifier, start, end in found:
        if not overlaps((start, end), elsewhere):
            yield _fact(kind, {key: str(identifier)}, text, (start, end))


def _qualifications(text: str, plain: str, lines: list[Line]) -> Iterator[FoundFact]:
    for award in awards_in(plain, lines):
        value = {
            "kind": award.kind.value,
            "title": award.title,
            "nvqf_level": award.nvqf_level,
            "issuing_body": award.issuing_body,
            "awarded_year": award.year,
        }
        yield _fact(FactKind.QUALIFICATION, value, text, (award.start, award.end))


def _languages(text: str, plain: str, lines: list[Line]) -> Iterator[FoundFact]:
    for found in languages_in(plain, lines):
        value = {"language": found.code, "level": found.level, "stated": found.stated}
        yield _fact(FactKind.LANGUAGE, value, text, (found.start, found.end))


def _licences(text: str, plain: str, lines: list[Line]) -> Iterator[FoundFact]:
    for found in licences_in(plain, lines):
        yield _fact(FactKind.LICENCE, {"code": found.code, "name": found.name}, text, (found.start, found.end))


def _work_period(text: str, job: Job) -> FoundFact:
    first, last = job.time.first, job.time.last or Month(0)
    value = {
        "title": text[slice(*job.title)] if job.title else "",
        "employer": text[slice(*job.employer)] if job.employer else "",
        "country": job.country,
        "started_month": first.month or None,
        "started_year": first.year,
        "goes_on": job.time.last is None,
        "ended_month": last.month or None,
        "ended_year": last.year or None,
    }
    return _fact(FactKind.WORK_PERIOD, value, text, (job.start, job.end))
