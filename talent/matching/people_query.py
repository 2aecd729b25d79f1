"""The query behind a search among people: what narrows it, and what puts it in order. The database looks at everybody.

Row-level security keeps an index of words or of vectors from being used for people, and none is wanted: an approximate
one could lose somebody behind a filter. What is kept ready are the words of each text and the vector of each profile.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from pgvector.sqlalchemy import Vector
from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Float,
    Integer,
    Numeric,
    Select,
    Subquery,
    Text,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import TSQUERY, aggregate_order_by
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.clock import today
from talent.foundation.full_text import SEARCH_WORDS, words_in
from talent.matching.models import SubjectKind, SubjectVector
from talent.matching.policy import visible_people
from talent.matching.schemas import PeopleQuestion
from talent.profiles.models import Profile, ProfileLanguage, ProfileSkill, WorkPeriod
from talent.taxonomy.levels import CEFR
from talent.taxonomy.models import Label, Occupation

BEGINNING: Final = 3
"""Letters from which a word also finds longer words that begin with it (S-OWN-1)."""
PARTS_OF_ONE: Final = 1_000
"""A word's rarity is kept in whole thousandths, so that its sum is the same in whatever order it is made."""
LONG_ID: Final = 36
"""Letters of a key; a group's code has four at most."""


def months_worked(*of: ColumnElement[bool]) -> Subquery:
    """``profile_id`` and ``months``: calendar months that hold some work, as ``rules.months_of_experience`` counts."""
    now = literal(today(), Date)
    first = _month(WorkPeriod.started_on)
    last = _month(func.least(func.coalesce(WorkPeriod.ended_on, now), now))
    span = func.int4range(first, func.greatest(first, last + 1))
    spans = (
        select(WorkPeriod.profile_id, func.range_agg(span).label("spans"))
        .where(*of)
        .group_by(WorkPeriod.profile_id)
        .subquery()
    )
    part = func.unnest(spans.c.spans).column_valued("part")
    length = func.upper(part, type_=Integer) - func.lower(part, type_=Integer)
    months = select(func.coalesce(func.sum(length), 0)).scalar_subquery()
    return select(spans.c.profile_id, months.label("months")).subquery()


def _month(day: Any) -> ColumnElement[int]:
    return cast(extract("year", day) * 12 + extract("month", day), Integer)


def _of_occupation(code: str) -> ColumnElement[bool]:
    """The occupation chosen, or one of a job held; ``code`` is a key or the beginning of an ISCO-08 code."""
    among = select(Occupation.id).where(
        Occupation.id == UUID(code) if len(code) == LONG_ID else Occupation.isco_group.startswith(code)
    )
    held = exists().where(WorkPeriod.profile_id == Profile.id, WorkPeriod.occupation_id.in_(among))
    return or_(Profile.occupation_id.in_(among), held)


def _with_skills(skills: Sequence[UUID]) -> ColumnElement[bool]:
    wanted = set(skills)
    held = select(ProfileSkill.profile_id).where(ProfileSkill.skill_id.in_(wanted)).group_by(ProfileSkill.profile_id)
    return Profile.id.in_(held.having(func.count() == len(wanted)))


def _with_language(question: PeopleQuestion) -> ColumnElement[bool]:
    spoken = select(ProfileLanguage.profile_id).where(ProfileLanguage.language == question.language)
    if question.level is not None:
        enough = [level for level in CEFR if level.order >= question.level.order]
        spoken = spoken.where(ProfileLanguage.level.in_(enough))
    return Profile.id.in_(spoken)


def _going_to(country: str) -> ColumnElement[bool]:
    return or_(func.cardinality(Profile.countries) == 0, Profile.countries.contains([country]))


def _with_experience(least: int) -> ColumnElement[bool]:
    worked = months_worked()
    return Profile.id.in_(select(worked.c.profile_id).where(worked.c.months >= least))


def _free_by(day: date) -> ColumnElement[bool]:
    return Profile.available_from <= day


NARROWED_BY: Mapping[str, Callable[[PeopleQuestion], ColumnElement[bool]]] = {
    "occupation": lambda question: _of_occupation(question.occupation),
    "skill": lambda question: _with_skills(question.skill),
    "language": _with_language,
    "licence": lambda question: Profile.licences.contains([question.licence]),
    "country": lambda question: _going_to(question.country),
    "months": lambda question: _with_experience(question.months or 0),
    "by": lambda question: _free_by(question.by or date.max),
}
"""The condition of each filter that is filled in. What is not told fulfils none; no country named is any."""


def people(actor: Actor, question: PeopleQuestion, *, aside: UUID | None) -> CTE:
    """Everybody who passes the filters, but for one profile that is left aside."""
    conditions = [make(question) for name, make in NARROWED_BY.items() if getattr(question, name)]
    if aside is not None:
        conditions.append(Profile.id != aside)
    seen = visible_people(actor).where(*conditions)
    kept = Profile.__table__.c[SEARCH_WORDS]
    columns = (Profile.id, Profile.reference, Profile.published_at, Profile.occupation_id, kept)
    return seen.with_only_columns(*columns).cte("people")


@dataclass(frozen=True)
class Words:
    """What was typed, as rows: each word with its query, the concepts whose names hold it, and the profiles."""

    word: CTE
    concept: CTE
    found: CTE


def words_of(typed: str, among: CTE) -> Words:
    """Each word typed, and where it stands: in the names of concepts, and in what people told themselves."""
    lexeme = func.unnest(func.tsvector_to_array(words_in(typed)), type_=Text()).column_valued("lexeme")
    ending = case((func.length(lexeme) >= BEGINNING, ":*"), else_="")
    asked = cast(func.quote_literal(lexeme).concat(ending), TSQUERY)
    word = select(lexeme.label("lexeme"), asked.label("query")).cte("word")
    holds = words_in(Label.text).bool_op("@@")(word.c.query)
    named = select(word.c.lexeme, Label.occupation_id, Label.skill_id).join(Label, holds)
    concept = named.distinct().cte("concept")
    return Words(word, concept, union(*_places(word, concept, among)).cte("found"))


def _places(word: CTE, concept: CTE, among: CTE) -> list[Select[Any]]:
    skills, work = ProfileSkill.__table__.c, WorkPeriod.__table__.c
    own = ((among.c[SEARCH_WORDS], among.c.id), (skills[SEARCH_WORDS], skills.profile_id))
    coded = ((among.c.occupation_id, among.c.id), (work.occupation_id, work.profile_id))
    any_word = select(cast(func.string_agg(cast(word.c.query, Text), " | "), TSQUERY)).scalar_subquery()
    return [
        *(
            select(word.c.lexeme, profile.label("profile_id")).where(
                kept.bool_op("@@")(any_word),  # one look at each text, however many words there are
                kept.bool_op("@@")(word.c.query),
            )
            for kept, profile in (*own, (work[SEARCH_WORDS], work.profile_id))
        ),
        *(select(concept.c.lexeme, profile).where(concept.c.occupation_id == held) for held, profile in coded),
        select(concept.c.lexeme, skills.profile_id).where(concept.c.skill_id == skills.skill_id),
    ]


def hits(words: Words, among: CTE) -> CTE:
    """``profile_id``, the words that a profile holds, and their rarity: the logarithm of 1 + all people / holders."""
    found = words.found
    held = select(found.c.lexeme, found.c.profile_id).join(among, among.c.id == found.c.profile_id).cte("held")
    everybody = select(func.count()).select_from(among).scalar_subquery()
    rarity = func.ln(1 + cast(everybody, Numeric) / func.count())
    worth = cast(func.round(PARTS_OF_ONE * rarity), Integer).label("worth")
    weight = select(held.c.lexeme, worth).group_by(held.c.lexeme).cte("weight")
    in_order = func.array_agg(aggregate_order_by(held.c.lexeme, held.c.lexeme.asc()))
    return (
        select(held.c.profile_id, func.sum(weight.c.worth).label("worth"), in_order.label("words"))
        .join(weight, weight.c.lexeme == held.c.lexeme)
        .group_by(held.c.profile_id)
        .cte("hits")
    )


def towards_words(words: Words) -> CTE:
    """``model_hash`` and ``vector``: the middle of the English names of those concepts that hold most of the words."""
    concept = words.concept
    key = func.coalesce(concept.c.occupation_id, concept.c.skill_id)
    counted = select(key.label("id"), func.count().label("number")).group_by(key).cte("counted")
    most = select(func.max(counted.c.number)).scalar_subquery()
    meant = select(counted.c.id).where(counted.c.number == most)
    middle = func.avg(SubjectVector.vector, type_=Vector()).label("vector")
    return (
        select(SubjectVector.model_hash, middle)
        .join(Label, Label.id == SubjectVector.subject_id)
        .where(
            SubjectVector.subject_kind == SubjectKind.LABEL,
            Label.language == "en",
            or_(Label.occupation_id.in_(meant), Label.skill_id.in_(meant)),
        )
        .group_by(SubjectVector.model_hash)
        .cte("direction")
    )


def towards_person(profile_id: UUID) -> CTE:
    """``model_hash`` and ``vector`` of one profile; no row while it has none."""
    own = select(SubjectVector.model_hash, SubjectVector.vector).where(
        SubjectVector.subject_kind == SubjectKind.PROFILE, SubjectVector.subject_id == profile_id
    )
    return own.cte("direction")


def in_order(among: CTE, typed: str, like: UUID | None) -> Select[Any]:
    """Key, words held and the number of all, in the order of the page; nearness is exact, by the inner product."""
    none = cast(literal(None), Text)
    words = words_of(typed, among) if typed else None
    if like is not None:
        direction = towards_person(like)
    elif words is not None:
        direction = towards_words(words)
    else:
        newest = select(among.c.id, none.label("words"), among.c.reference, among.c.published_at).cte("listed")
        return _counted(newest, newest.c.published_at.desc(), newest.c.reference)
    near = nearness(direction)
    beside = among.outerjoin(near, near.c.subject_id == among.c.id)
    held: ColumnElement[Any] = none
    worth: ColumnElement[Any] = literal(0)
    is_found: ColumnElement[bool] = exists(select(direction.c.model_hash))
    if words is not None:
        hit = hits(words, among)
        beside = beside.outerjoin(hit, hit.c.profile_id == among.c.id)
        held, worth = hit.c.words, func.coalesce(hit.c.worth, 0)
        is_found = or_(is_found, hit.c.profile_id.is_not(None))
    columns = (among.c.id, held.label("words"), worth.label("worth"), near.c.distance, among.c.reference)
    listed = select(*columns).select_from(beside).where(is_found).cte("listed")
    return _counted(listed, listed.c.worth.desc(), listed.c.distance.asc().nulls_last(), listed.c.reference)


def _counted(listed: CTE, *order: ColumnElement[Any]) -> Select[Any]:
    total = select(func.count()).select_from(listed).scalar_subquery()
    return select(listed.c.id, listed.c.words, total.label("total")).order_by(*order)


@contextmanager
def over_everybody(session: Session) -> Iterator[None]:
    """Within, what is joined is hashed.

    The planner takes the rows behind row-level security for a handful, and would look up all others for each of them:
    that takes the square of the time.
    """
    session.execute(HASHED)
    yield
    session.execute(AS_EVER)  # a failure needs none: the setting ends with its transaction


HASHED, AS_EVER = text("set local enable_nestloop = off"), text("set local enable_nestloop = on")


def nearness(direction: CTE) -> CTE:
    """``subject_id`` and ``distance`` of every profile whose vector the same model made; less is nearer."""
    distance = SubjectVector.vector.op("<#>", return_type=Float())(direction.c.vector)
    return (
        select(SubjectVector.subject_id, distance.label("distance"))
        .join(direction, direction.c.model_hash == SubjectVector.model_hash)
        .where(SubjectVector.subject_kind == SubjectKind.PROFILE)
        .cte("near")
    )
