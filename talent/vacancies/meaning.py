"""What the words of a whole file stand for: each occupation and skill looked up once, with a guess for the unknown."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.taxonomy.models import Label, Occupation, Skill, TaxonomyRelease
from talent.taxonomy.service import ISCO_CODE, Hit, UnknownCode, find_occupations, find_skills, occupation_by_code
from talent.vacancies.cells import Meaning, parts_of
from talent.vacancies.choosing import SAME_BUT_FOR_SPACES

MOST_GUESSES = 100  # words of one file for which something similar is looked up; each takes milliseconds
SKILL_COLUMNS = ("must_skills", "nice_skills")

Meant = UUID | Sentence
UNKNOWN_OCCUPATION = N_("We know no occupation “{text}”. Write its four-digit ISCO-08 code.")
SIMILAR_OCCUPATION = N_("We know no occupation “{text}”. Do you mean “{similar}”?")
UNKNOWN_SKILL = N_("We know no skill “{text}”. Write it in other words, or leave it out.")
SIMILAR_SKILL = N_("We know no skill “{text}”. Do you mean “{similar}”?")


def meaning_of(session: Session, rows: Iterable[Mapping[str, str]]) -> Meaning:
    """What the occupations and skills named in these rows stand for in the active release."""
    occupations, skills = set(), set()
    for row in rows:
        occupations.add(row.get("occupation", "").strip())
        for column in SKILL_COLUMNS:
            skills.update(parts_of(row.get(column, "")))
    codes = {word for word in occupations if ISCO_CODE.fullmatch(word) or "://" in word}
    return Meaning(
        {
            **_by_code(session, codes),
            **_by_name(
                session,
                occupations - codes - {""},
                (Label.occupation_id, Occupation),
                lambda word: find_occupations(session, word, limit=1),
                (SIMILAR_OCCUPATION, UNKNOWN_OCCUPATION),
            ),
        },
        _by_name(
            session,
            skills,
            (Label.skill_id, Skill),
            lambda word: find_skills(session, word, limit=1),
            (SIMILAR_SKILL, UNKNOWN_SKILL),
        ),
    )


def _by_code(session: Session, codes: set[str]) -> dict[str, Meant]:
    known: dict[str, Meant] = {}
    for code in codes:
        try:
            known[fold(code)] = occupation_by_code(session, code).id
        except UnknownCode as unknown:
            known[fold(code)] = unknown.message
    return known


def _by_name(
    session: Session,
    words: set[str],
    concept: tuple[InstrumentedAttribute[UUID | None], Any],
    find: Callable[[str], list[Hit]],
    sentences: tuple[str, str],
) -> dict[str, Meant]:
    """Whole labels in one query, preferred ones before others; then a guess for each word that is no label."""
    folded = {fold(word): word for word in sorted(words)}
    column, table = concept
    same_name = session.execute(
        select(Label.folded, column)
        .join(table, column == table.id)
        .join(TaxonomyRelease, TaxonomyRelease.id == table.release_id)
        .where(TaxonomyRelease.is_active, Label.folded.in_(list(folded)))
        .order_by(Label.is_preferred, table.uri.desc())  # what comes last stays
    )
    known: dict[str, Meant] = {name: meant for name, meant in same_name if meant is not None}
    guesses = 0
    for name, word in folded.items():
        if name not in known:
            guesses += 1
            known[name] = _guessed(word, find(word) if guesses <= MOST_GUESSES else [], *sentences)
    return known


def _guessed(word: str, found: list[Hit], similar: str, unknown: str) -> Meant:
    if not found:
        return Sentence(unknown, {"text": word})
    best = found[0]
    if best.score >= SAME_BUT_FOR_SPACES:
        return best.id
    return Sentence(similar, {"text": word, "similar": best.label})
