"""Project staff search among all who may be compared: by words, by facts, and by likeness to one of them.

Nothing is scored and nobody is proposed. Who is found is shown by reference and coded facts, without own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.errors import NotFound
from talent.foundation.paging import Page
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.matching.models import SubjectKind, SubjectVector
from talent.matching.people_query import in_order, months_worked, over_everybody, people
from talent.matching.policy import visible_people
from talent.matching.schemas import PeopleQuestion
from talent.matching.views import HeldLanguage
from talent.profiles.models import Profile, ProfileLanguage, ProfileSkill, WorkPeriod
from talent.taxonomy.levels import CEFR
from talent.taxonomy.service import labels

PEOPLE_A_PAGE: Final = 50
NOBODY: Final = N_("There is no such candidate to compare others with.")


@dataclass(frozen=True)
class FoundPerson:
    """Somebody found: facts in the taxonomy's words, and which of the words typed the profile holds."""

    profile_id: UUID
    reference: str
    occupation: str
    occupation_id: UUID | None
    months: int
    skills: tuple[str, ...]
    languages: tuple[HeldLanguage, ...]
    licences: tuple[str, ...]
    countries: tuple[str, ...]
    available_from: date | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One page of those found; ``is_compared`` is false while the person to be like has no vector yet."""

    page: Page[FoundPerson]
    is_compared: bool


@dataclass(frozen=True)
class _Like:
    profile_id: UUID
    is_compared: bool


def find(session: Session, actor: Actor, question: PeopleQuestion, *, language: str, number: int = 1) -> Found:
    """One page of everybody who passes the filters, in the order that words or likeness give; each look is noted.

    Without words and likeness the newest published come first. Where the names of no occupation or skill hold a word,
    nearness means nothing, and only those are found whose profile holds one.

    Raises:
        NotPermitted: the actor may not search.
        NotFound: nobody who may be found has the reference of the person to be like.
    """
    actor.require(Permission.PEOPLE_SEARCH)
    with within(session, SystemContext.WORKER):  # what people told is nobody else's to read, and is shown in part
        like = _like(session, actor, question.like)
        aside = like.profile_id if like else None
        among = people(actor, question, aside=aside)
        with over_everybody(session):
            listed = _page(session, in_order(among, question.words, aside), number)
        held = {row.id: tuple(row.words or ()) for row in listed.rows}
        facts = session.execute(_facts(list(held))).all()
    rows = _with_names(session, {row.id: row for row in facts}, held, language)
    audit.write(session, [Deed("card.found", "profile", str(one.profile_id), one.profile_id) for one in rows], actor)
    return Found(Page(rows, listed.number, listed.total, PEOPLE_A_PAGE), like is None or like.is_compared)


def _like(session: Session, actor: Actor, reference: str) -> _Like | None:
    """Whom the others are to be like; None when nobody is named."""
    if not reference:
        return None
    own = (SubjectVector.subject_kind == SubjectKind.PROFILE) & (SubjectVector.subject_id == Profile.id)
    seen = visible_people(actor).where(Profile.reference == reference)
    with_vector = seen.outerjoin(SubjectVector, own).with_only_columns(Profile.id, SubjectVector.model_hash)
    row = session.execute(with_vector).first()
    if row is None:
        raise NotFound(NOBODY)
    return _Like(row[0], row[1] is not None)


def _page(session: Session, query: Select[Any], number: int) -> Page[Any]:
    """Page ``number``, or the last one where it lies beyond; the number of all stands in each row."""
    wanted = max(1, number)
    rows = session.execute(query.limit(PEOPLE_A_PAGE).offset((wanted - 1) * PEOPLE_A_PAGE)).all()
    if rows or wanted == 1:
        return Page(rows, wanted, rows[0].total if rows else 0, PEOPLE_A_PAGE)
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return _page(session, query, max(1, -(-total // PEOPLE_A_PAGE)))


def _facts(ids: Sequence[UUID]) -> Select[Any]:
    """What a card shows of these profiles, in one query."""
    worked = months_worked(WorkPeriod.profile_id.in_(ids))
    skills = select(ProfileSkill.skill_id).where(ProfileSkill.profile_id == Profile.id).order_by(ProfileSkill.words)
    spoken = func.concat(ProfileLanguage.language, ":", ProfileLanguage.level)
    languages = select(spoken).where(ProfileLanguage.profile_id == Profile.id).order_by(ProfileLanguage.language)
    return (
        select(
            Profile.id,
            Profile.reference,
            Profile.occupation_id,
            Profile.licences,
            Profile.countries,
            Profile.available_from,
            func.coalesce(worked.c.months, 0).label("months"),
            func.array(skills.correlate(Profile).scalar_subquery()).label("skills"),
            func.array(languages.correlate(Profile).scalar_subquery()).label("languages"),
        )
        .outerjoin(worked, worked.c.profile_id == Profile.id)
        .where(Profile.id.in_(ids))
    )


def _with_names(
    session: Session, facts: Mapping[UUID, Any], held: Mapping[UUID, tuple[str, ...]], language: str
) -> list[FoundPerson]:
    """The rows in the order of ``held``, their codes named in the reader's language."""
    codes = {row.occupation_id for row in facts.values() if row.occupation_id}
    names = labels(session, codes.union(*(row.skills for row in facts.values())), language=language)
    return [
        FoundPerson(
            profile_id=key,
            reference=row.reference,
            occupation=names.get(row.occupation_id, ""),
            occupation_id=row.occupation_id,
            months=row.months,
            skills=tuple(names[skill] for skill in row.skills if skill in names),
            languages=tuple(_spoken(one) for one in row.languages),
            licences=tuple(row.licences),
            countries=tuple(row.countries),
            available_from=row.available_from,
            words=words,
        )
        for key, words in held.items()
        for row in (facts[key],)
    ]


def _spoken(told: str) -> HeldLanguage:
    language, _, level = told.partition(":")
    return HeldLanguage(language, CEFR(level) if level else None)
