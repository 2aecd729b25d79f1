"""What project staff see first: how many stand where, and when the lists were last made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation.row_context import SystemContext, within
from talent.matching.models import Introduction, MatchRun, ReviewRequest, Suggestion
from talent.profiles.models import Profile
from talent.vacancies.models import Vacancy


@dataclass(frozen=True)
class Overview:
    """Counts by state, and the state of the matching itself."""

    profiles: Mapping[str, int]
    vacancies: Mapping[str, int]
    introductions: Mapping[str, int]
    organisations: Mapping[str, int]
    suggestions: int
    reviews_waiting: int
    jobs_waiting: int
    last_run_at: datetime | None
    weights_version: str
    taxonomy_version: str


def overview(session: Session, actor: Actor) -> Overview:
    """The counts of now.

    Raises:
        NotPermitted: the actor may not read them.
    """
    actor.require(Permission.OVERVIEW_READ)
    with within(session, SystemContext.FIGURES):
        return counted(session)


def counted(session: Session) -> Overview:
    """The counts of now, for whoever may read them."""
    last = session.scalar(select(MatchRun).order_by(MatchRun.at.desc()).limit(1))
    waiting = text("select count(*) from procrastinate_jobs where status in ('todo', 'doing')")
    return Overview(
        profiles=by_state(session, Profile.state),
        vacancies=by_state(session, Vacancy.state),
        introductions=by_state(session, Introduction.state),
        organisations=by_state(session, Organisation.kind),
        suggestions=session.scalar(select(func.count()).select_from(Suggestion)) or 0,
        reviews_waiting=session.scalar(select(func.count()).where(ReviewRequest.answered_at.is_(None))) or 0,
        jobs_waiting=session.scalar(waiting) or 0,
        last_run_at=last.at if last else None,
        weights_version=last.weights_version if last else "",
        taxonomy_version=last.taxonomy_version if last else "",
    )


def by_state(session: Session, column: InstrumentedAttribute[Any]) -> dict[str, int]:
    """How many rows stand in each state, those without any left out."""
    rows = session.execute(select(column, func.count()).group_by(column))
    return {str(state.value): number for state, number in rows}
