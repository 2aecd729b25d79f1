"""Two recruiters judge the same blind pairs; neither ever reads the other's grade, and the agreement is counted."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound
from talent.foundation.jobs import defer
from talent.foundation.row_context import SystemContext, within
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.models import MatchInput, MatchRun, Suggestion
from talent.matching.reasons import unpacked
from talent.matching.schemas import JudgedGrade
from talent.matching.scorer import BANDS, PART_KEYS
from talent.matching.service import look
from talent.matching.trust_models import JudgedPair, Judgement
from talent.matching.views import CandidateView, VacancyView
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile
from talent.taxonomy.service import labels
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

JUDGES: Final = 2
"""How many recruiters judge each pair."""
DRAWN_A_BAND: Final = 10
"""Pairs that are drawn from each band of scores at once (S-OWN-9)."""
COUNT_AGREEMENT: Final = "count_agreement"
NO_PAIR: Final = N_("There is no such pair to judge.")
JUDGED_ALREADY: Final = N_("You have judged this pair already. A grade stays as it was given.")


@dataclass(frozen=True)
class BlindPair:
    """A pair to judge: both sides as they were compared, without score, place, verdict, reference or own words.

    What the person is and can do is named by the taxonomy alone, in ``names``: own words may say who somebody is.
    """

    id: UUID
    vacancy: Vacancy
    asked: VacancyView
    candidate: CandidateView
    names: Mapping[UUID, str]


@dataclass(frozen=True)
class Standing:
    """How many pairs were drawn, and how many the reader judged and may still judge."""

    drawn: int
    judged: int
    waiting: int


def draw(session: Session, actor: Actor) -> int:
    """Draw new pairs, equally many from each band of scores, by the stable number of each pair; how many.

    Raises:
        NotPermitted: the actor is no judge.
    """
    actor.require(Permission.MATCH_JUDGE)
    bounds = [*zip([least for least, _ in BANDS], [None, *(least for least, _ in BANDS)], strict=False)]
    with within(session, SystemContext.FIGURES):
        rows = [row for low, high in bounds for row in _drawn_from(session, low, high)]
    for pair, weights_version in rows:
        session.add(
            JudgedPair(
                vacancy_id=pair.vacancy_id,
                profile_id=pair.profile_id,
                vacancy_input=pair.vacancy_input,
                profile_input=pair.profile_input,
                weights_version=weights_version,
                score=pair.score,
                missing=pair.missing,
                parts=dict(unpacked(pair.reasons).parts),
                drawn_at=now(),
            )
        )
    session.flush()
    return len(rows)


def _drawn_from(session: Session, low: float, high: float | None) -> Sequence[tuple[Suggestion, str]]:
    drawn = select(JudgedPair.id).where(
        JudgedPair.vacancy_id == Suggestion.vacancy_id, JudgedPair.profile_id == Suggestion.profile_id
    )
    query = (
        select(Suggestion, MatchRun.weights_version)
        .join(MatchRun, MatchRun.id == Suggestion.run_id)
        .join(Vacancy, Vacancy.id == Suggestion.vacancy_id)
        .join(Profile, Profile.id == Suggestion.profile_id)
        .where(Vacancy.state == VacancyState.PUBLISHED, may_be_ranked(), ~drawn.exists(), Suggestion.score >= low)
        .order_by(Suggestion.tie)
        .limit(DRAWN_A_BAND)
    )
    rows = session.execute(query if high is None else query.where(Suggestion.score < high)).all()
    return [(row[0], row[1]) for row in rows]


def _may_be_judged(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """That a pair is of people who may be ranked, that the actor has not judged it, and that a judge is missing."""
    grades = select(func.count(Judgement.id)).where(Judgement.pair_id == JudgedPair.id).scalar_subquery()
    own = select(Judgement.id).where(Judgement.pair_id == JudgedPair.id, Judgement.judge_id == actor.id).exists()
    return may_be_ranked(), ~own, grades < JUDGES


def _waiting(session: Session, actor: Actor) -> list[UUID]:
    """The pairs that the actor may judge now, those that wait for a second judge first."""
    grades = select(func.count(Judgement.id)).where(Judgement.pair_id == JudgedPair.id).scalar_subquery()
    query = (
        select(JudgedPair.id)
        .join(Profile, Profile.id == JudgedPair.profile_id)
        .where(*_may_be_judged(actor))
        .order_by(grades.desc(), JudgedPair.vacancy_id, JudgedPair.id)
    )
    with within(session, SystemContext.FIGURES):
        return list(session.scalars(query))


def standing(session: Session, actor: Actor) -> tuple[Standing, UUID | None]:
    """How far the judging is for the actor, and the next pair; None when none waits.

    Raises:
        NotPermitted: the actor is no judge.
    """
    actor.require(Permission.MATCH_JUDGE)
    drawn = session.scalar(select(func.count()).select_from(JudgedPair)) or 0
    judged = session.scalar(select(func.count()).select_from(Judgement).where(Judgement.judge_id == actor.id)) or 0
    waiting = _waiting(session, actor)
    return Standing(drawn, judged, len(waiting)), waiting[0] if waiting else None


def pair_to_judge(session: Session, actor: Actor, pair_id: UUID, *, language: str) -> BlindPair:
    """One pair as a judge reads it; the look is written down.

    Raises:
        NotPermitted: the actor is no judge.
        NotFound: there is no such pair, or it is not the actor's to judge any more.
    """
    actor.require(Permission.MATCH_JUDGE)
    pair = session.get(JudgedPair, pair_id)
    if pair is None or pair_id not in _waiting(session, actor):
        raise NotFound(NO_PAIR)
    stored = select(MatchInput.input_hash, MatchInput.view)
    hashes = (pair.vacancy_input, pair.profile_input)
    with within(session, SystemContext.WORKER):  # what was compared is nobody's to read but for this pair
        views: dict[str, dict[str, Any]] = dict(session.execute(stored.where(MatchInput.input_hash.in_(hashes))).all())
    if len(views) < len(hashes):
        raise NotFound(NO_PAIR)
    vacancy, candidate = vacancy_from(views[hashes[0]]), candidate_from(views[hashes[1]])
    concepts = {*candidate.occupation_ids, *(held.skill_id for held in candidate.skills)}
    concepts |= {vacancy.occupation_id} if vacancy.occupation_id else set()
    audit.record(session, actor, look("pair.read", pair.vacancy_id, pair.profile_id))
    return BlindPair(
        pair.id,
        session.get_one(Vacancy, pair.vacancy_id),
        vacancy,
        candidate,
        labels(session, concepts, language=language),
    )


def judge(session: Session, actor: Actor, pair_id: UUID, given: JudgedGrade) -> Judgement:
    """Give a grade; it stays as it is. The second grade of a pair has the agreement counted anew.

    Raises:
        NotPermitted: the actor is no judge.
        NotFound: there is no such pair, or it is not the actor's to judge any more.
        Conflict: the actor judged it already.
    """
    actor.require(Permission.MATCH_JUDGE)
    own = select(Judgement.id).where(Judgement.pair_id == pair_id, Judgement.judge_id == actor.id)
    if session.scalar(own) is not None:
        raise Conflict(JUDGED_ALREADY)
    if pair_id not in _waiting(session, actor):
        raise NotFound(NO_PAIR)
    made = Judgement(pair_id=pair_id, judge_id=actor.id, grade=given.grade, reason=clean(given.reason), at=now())
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise Conflict(JUDGED_ALREADY) from None
    defer(session, COUNT_AGREEMENT, once=COUNT_AGREEMENT)
    return made


def grades(session: Session) -> dict[UUID, list[int]]:
    """The grades of each pair, in the order of the judges' ids, so that who judged first tells nothing."""
    found: dict[UUID, list[int]] = defaultdict(list)
    query = select(Judgement.pair_id, Judgement.grade).order_by(Judgement.pair_id, Judgement.judge_id)
    for pair_id, grade in session.execute(query):
        found[pair_id].append(grade)
    return found


def exported(session: Session, actor: Actor) -> str:
    """What was judged, as ``as_csv`` says; taking it is written down.

    Raises:
        NotPermitted: the actor is no judge.
    """
    actor.require(Permission.MATCH_JUDGE)
    with within(session, SystemContext.FIGURES):
        found = as_csv(session)
    audit.record(session, actor, Deed("judgements.export", "judgement", ""))
    return found


def as_csv(session: Session) -> str:
    """Every judged pair as a line to learn from: score and parts as drawn, and the grades; no person, no reason."""
    given = grades(session)
    pairs = session.scalars(select(JudgedPair).order_by(JudgedPair.drawn_at, JudgedPair.id)).all()
    numbers = {vacancy: number for number, vacancy in enumerate(dict.fromkeys(pair.vacancy_id for pair in pairs), 1)}
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(["vacancy", "weights", "score", "missing", *PART_KEYS, "grade_1", "grade_2"])
    for pair in pairs:
        if given.get(pair.id):
            own: list[Any] = [*given[pair.id], ""][:JUDGES]
            parts = [pair.parts.get(key, "") for key in PART_KEYS]
            lines.writerow([numbers[pair.vacancy_id], pair.weights_version, pair.score, pair.missing, *parts, *own])
    return written.getvalue()
