"""What would move a candidate in the list of one vacancy, from the inputs and the list that are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.row_context import SystemContext, within
from talent.matching.counterfactuals import Change, Others, Outcome, Rescoring, lacking
from talent.matching.embedding import grouped
from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.lengths import shortlist_length
from talent.matching.models import MatchInput, SubjectKind, SubjectVector, Suggestion
from talent.matching.policy import IN_ORDER, visible_suggestions
from talent.matching.pool import Pool
from talent.matching.scorer import HAND
from talent.matching.service import NO_MATCH
from talent.matching.similarity import NEAR_OCCUPATION, NEAR_SKILL
from talent.matching.views import CandidateView, VacancyView
from talent.matching.weighting import by_version
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile
from talent.taxonomy.models import Label, Occupation

MOST_SHOWN: Final = 3
"""Changes that are shown alone, beside the best two together (S-OWN-1)."""


@dataclass(frozen=True)
class Prospect:
    """Where a candidate stands in a vacancy's list, and what would change it; ``length`` places of it are known.

    ``moves`` lead to a better place, the best first; ``raises`` are told only where nothing moves: they raise the
    standing, and the place is as before.
    """

    before: Outcome
    seats: int
    length: int
    moves: tuple[Outcome, ...]
    raises: tuple[Outcome, ...]


def prospect(session: Session, actor: Actor, vacancy_id: UUID) -> Prospect | None:
    """What would move the candidate in this vacancy's list; None while the pair is being compared anew.

    The stored inputs are scored again as they are first: where that is not what is stored, the software or the words
    that everybody shares changed since, and nothing is said until the worker has caught up.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: the candidate has no match with this vacancy.
    """
    actor.require(Permission.MATCH_ANSWER)
    pair = session.scalar(visible_suggestions(actor).where(Suggestion.vacancy_id == vacancy_id))
    if pair is None:
        raise NotFound(NO_MATCH)
    asked = _rescoring(session, pair)
    if asked is None:
        return None
    before = asked.outcome()
    if (before.score, before.missing, before.tie) != (pair.score, pair.missing, pair.tie):
        return None
    singles = asked.singles(_lacking(asked))
    moves, raises = worth_saying(before, singles, asked.best_pair(singles))
    return Prospect(before, asked.vacancy.seats, asked.length, moves, raises)


def worth_saying(
    before: Outcome, singles: Sequence[Outcome], pair: Outcome | None
) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """The changes that lead to a better place, and where there are none, those that raise the standing alone.

    Two together are told when they lead further than the best of one.
    """
    moves = [one for one in singles if _is_better(one, before)]
    if pair is not None and _is_better(pair, moves[0] if moves else before):
        return (pair, *moves[:MOST_SHOWN]), ()
    if moves:
        return tuple(moves[:MOST_SHOWN]), ()
    return (), tuple([one for one in singles if one.key > before.key][:MOST_SHOWN])


def _is_better(one: Outcome, other: Outcome) -> bool:
    return one.place is not None and (other.place is None or one.place < other.place)


def _lacking(asked: Rescoring) -> list[Change]:
    from talent.matching.features import skill_strengths
    from talent.matching.requirements import judge, requirements_of

    row = np.array([asked.pool.index[asked.candidate.profile_id]], np.int32)
    requirements = requirements_of(asked.vacancy)
    strengths, _ = skill_strengths(asked.pool, asked.vacancy.skills, row)
    return lacking(requirements, judge(asked.pool, requirements, row)[0].tolist(), asked.vacancy, strengths[0].tolist())


def _rescoring(session: Session, pair: Suggestion) -> Rescoring | None:
    hashes = (pair.vacancy_input, pair.profile_input)
    stored = select(MatchInput.input_hash, MatchInput.view, MatchInput.vector)
    inputs = {row[0]: row for row in session.execute(stored.where(MatchInput.input_hash.in_(hashes)))}
    if len(inputs) < len(hashes):
        return None
    vacancy, candidate = vacancy_from(inputs[hashes[0]][1]), candidate_from(inputs[hashes[1]][1])
    asked, held = (np.asarray(inputs[digest][2], np.float32) for digest in hashes)
    length = shortlist_length(vacancy.seats)
    with within(session, SystemContext.WORKER):  # labels' vectors and the order of others: numbers, and nobody's name
        pool = _pool_of_one(session, vacancy, candidate, len(held))
        others = _others(session, pair, length)
    weights = by_version(session, {pair.weights_version}).get(pair.weights_version, HAND)
    return Rescoring(pool, vacancy, asked, candidate, held, others, length, weights)


def _others(session: Session, pair: Suggestion, length: int) -> Others:
    """The best others on the vacancy's list, at most ``length`` of them."""
    from talent.matching.ranking import list_keys, own_keys  # with their compiled loops, once somebody asks

    query = (
        select(Suggestion.missing, Suggestion.score, Suggestion.tie, Suggestion.mutual)
        .join(Profile, Profile.id == Suggestion.profile_id)
        .where(Suggestion.vacancy_id == pair.vacancy_id, Suggestion.profile_id != pair.profile_id, may_be_ranked())
        .order_by(*IN_ORDER)
        .limit(length)
    )
    found = [(row.missing, round(100 * row.score), row.tie, round(100 * row.mutual)) for row in session.execute(query)]
    missing, scores, ties, both = np.array(found, np.int64).reshape(-1, 4).T
    listed = list_keys(missing.astype(np.int16), scores.astype(np.int32), ties)
    return Others(listed, own_keys(listed, both.astype(np.int32)))


def _pool_of_one(session: Session, vacancy: VacancyView, candidate: CandidateView, dimensions: int) -> Pool:
    """An empty pool that knows the concepts of this pair alone: how alike two are depends on no third."""
    skills = sorted({needed.skill_id for needed in vacancy.skills} | {held.skill_id for held in candidate.skills})
    occupations = sorted({*candidate.occupation_ids, *([vacancy.occupation_id] if vacancy.occupation_id else [])})
    named = select(Label.occupation_id, Label.skill_id, SubjectVector.vector).join(
        SubjectVector, (SubjectVector.subject_id == Label.id) & (SubjectVector.subject_kind == SubjectKind.LABEL)
    )
    labels = session.execute(
        named.where(Label.language == "en", or_(Label.occupation_id.in_(occupations), Label.skill_id.in_(skills)))
    ).all()
    codes = select(Occupation.id, Occupation.isco_group).where(Occupation.id.in_(occupations))
    isco: dict[UUID, str] = dict(session.execute(codes).all())
    vectors = np.array([row[2] for row in labels], np.float32).reshape(len(labels), dimensions)
    known = sorted(isco)
    return Pool(
        grouped(known, [row[0] for row in labels], vectors, NEAR_OCCUPATION, [isco[one] for one in known]),
        grouped(skills, [row[1] for row in labels], vectors, NEAR_SKILL),
        dimensions,
    )
