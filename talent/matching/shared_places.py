"""The night's sharing-out: who is proposed to whom when all vacancies are looked at together, and whom nobody sees.

Only pairs are shared out in which nothing is missing and which fit at least in part. A proposal is a hint beside the
list: it moves nobody on a list and takes nobody off one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import numpy as np
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    Row,
    Select,
    Subquery,
    Uuid,
    all_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.paging import Page, page_of
from talent.matching.lengths import CARDS_A_PAGE, shortlist_length
from talent.matching.models import Introduction, SharedPlace
from talent.matching.places import places
from talent.matching.policy import visible_shared_places
from talent.matching.scorer import FIT_BOUNDS
from talent.matching.sharing import places_for, shared_out
from talent.matching.snapshot import reading_much
from talent.matching.states import IntroductionState
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

S = IntroductionState
PAIR: Final = (SharedPlace.vacancy_id, SharedPlace.profile_id)
OVER = (S.DECLINED, S.WITHDRAWN, S.TURNED_DOWN)
"""An introduction in one of these states is not proposed again."""


@dataclass(frozen=True)
class Unseen:
    """Somebody who fits and whom no agency sees; the place on the nearest shortlist is None where it is beyond it."""

    reference: str
    vacancy: Vacancy
    agency: str
    standing: int | None
    is_proposed: bool


def share_out(session: Session) -> int:
    """Share the open seats out afresh and store it; how many people are proposed.

    The lists of all vacancies are read; who is on none of them is looked for where the pairs are stored.
    """
    at = now()
    with reading_much(session):
        rows = session.execute(_listed_pairs()).all()
        seen = {row.profile_id for row in rows if row.place <= CARDS_A_PAGE or row.state is not None}
        session.execute(delete(SharedPlace))
        session.execute(_note_unseen(seen, at))
    chosen = _proposed(rows, _open_seats(session))
    if chosen:
        proposed = upsert(SharedPlace).values(is_unseen=False, is_proposed=True, at=at)
        pairs = [
            {
                "vacancy_id": row.vacancy_id,
                "profile_id": row.profile_id,
                "reference": row.reference,
                "standing": row.place,
            }
            for row in chosen
        ]
        session.execute(proposed.on_conflict_do_update(index_elements=PAIR, set_={"is_proposed": True}), pairs)
    return len(chosen)


def _proposed(rows: Sequence[Row[Any]], seats: dict[UUID, int]) -> list[Row[Any]]:
    """Those of the pairs on lists to whom a seat is proposed."""
    free = [row for row in rows if row.is_on_list and row.state not in OVER]
    people = {key: number for number, key in enumerate(sorted({row.profile_id for row in free}))}
    vacancies = {key: number for number, key in enumerate(sorted(seats))}
    numbers = [(vacancies[row.vacancy_id], people[row.profile_id], round(row.mutual * 100)) for row in free]
    room = np.array([places_for(seats[key]) for key in vacancies], np.int64)
    chosen = shared_out(room, *np.array(numbers, np.int64).reshape(len(free), 3).T)
    return [row for row, taken in zip(free, chosen.tolist(), strict=True) if taken]


def _fitting(listed: Subquery) -> tuple[ColumnElement[bool], ...]:
    """What makes a pair fit to be proposed or surfaced; its profile is joined."""
    taken = select(Introduction.profile_id).where(Introduction.state == S.ACCEPTED)
    fits = listed.c.missing == 0, listed.c.score >= min(FIT_BOUNDS)
    return *fits, may_be_ranked(), listed.c.profile_id.not_in(taken)


def _listed_pairs() -> Select[Any]:
    """Fitting pairs on a list or with an introduction, the best place first; the state is None without one."""
    listed = places()
    met = (Introduction.vacancy_id == listed.c.vacancy_id) & (Introduction.profile_id == listed.c.profile_id)
    of_pair = (listed.c[name] for name in ("vacancy_id", "profile_id", "mutual", "is_on_list", "place"))
    return (
        select(*of_pair, Profile.reference, Introduction.state)
        .select_from(listed)
        .join(Profile, Profile.id == listed.c.profile_id)
        .outerjoin(Introduction, met)
        .where(*_fitting(listed), listed.c.is_on_list | Introduction.state.is_not(None))
        .order_by(listed.c.place, listed.c.vacancy_id, listed.c.profile_id)
    )


def _note_unseen(seen: Collection[UUID], at: datetime) -> Insert:
    """Note everybody else who fits, with the vacancy on whose list they are nearest to the first place."""
    listed = places()
    of_pair = listed.c.vacancy_id, listed.c.profile_id, Profile.reference, listed.c.place
    known = bindparam("seen", sorted(seen), ARRAY(Uuid()))
    nearest = (
        select(*of_pair, literal(False), literal(True), literal(at))
        .select_from(listed)
        .join(Profile, Profile.id == listed.c.profile_id)
        .where(*_fitting(listed), listed.c.profile_id != all_(known))
        .ext(distinct_on(listed.c.profile_id))
        .order_by(listed.c.profile_id, listed.c.place, listed.c.vacancy_id)
    )
    names = ["vacancy_id", "profile_id", "reference", "standing", "is_proposed", "is_unseen", "at"]
    return insert(SharedPlace).from_select(names, nearest)


def _open_seats(session: Session) -> dict[UUID, int]:
    """The seats of each open vacancy for which nobody was accepted yet."""
    accepted = (
        select(Introduction.vacancy_id, func.count().label("people"))
        .where(Introduction.state == S.ACCEPTED)
        .group_by(Introduction.vacancy_id)
        .subquery()
    )
    open_ = (
        select(Vacancy.id, Vacancy.seats - func.coalesce(accepted.c.people, 0))
        .outerjoin(accepted, accepted.c.vacancy_id == Vacancy.id)
        .where(Vacancy.state == VacancyState.PUBLISHED)
    )
    return {vacancy: max(0, seats) for vacancy, seats in session.execute(open_)}


def proposed_to(session: Session, actor: Actor, vacancies: Collection[UUID]) -> frozenset[UUID]:
    """The profiles that are proposed to these vacancies of the actor's agency."""
    own = visible_shared_places(actor).where(SharedPlace.vacancy_id.in_(vacancies))
    return frozenset(session.scalars(own.with_only_columns(SharedPlace.profile_id)))


def unseen(session: Session, actor: Actor, *, number: int = 1) -> Page[Unseen]:
    """Those who fit an open vacancy and stand on the first page of no shortlist, best places first.

    Raises:
        NotPermitted: the actor is no member of the project's staff.
    """
    actor.require(Permission.REVIEW_ANSWER)
    own = visible_shared_places(actor).order_by(SharedPlace.standing, SharedPlace.reference)
    listed = page_of(session, own, number=number)
    wanted = {place.vacancy_id for place in listed.rows}
    of_agency = (
        select(Vacancy, Organisation.name)
        .join(Organisation, Organisation.id == Vacancy.organisation_id)
        .where(Vacancy.id.in_(wanted))
    )
    jobs = {vacancy.id: (vacancy, agency) for vacancy, agency in session.execute(of_agency)}
    rows = [_unseen(one, *jobs[one.vacancy_id]) for one in listed.rows]
    return Page(rows, listed.number, listed.total, listed.size)


def _unseen(place: SharedPlace, vacancy: Vacancy, agency: str) -> Unseen:
    on_list = place.standing <= shortlist_length(vacancy.seats)
    return Unseen(place.reference, vacancy, agency, place.standing if on_list else None, place.is_proposed)
