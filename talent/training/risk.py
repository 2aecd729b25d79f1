"""How many people of a running cohort are about to miss a rule: counted when a register or a result is written.

Lists of cohorts read the number from the cohort's row; the worker counts every running cohort anew each hour.
"""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from talent.foundation.clock import today
from talent.training.destinations import at_risk
from talent.training.facts import facts_by_cohort
from talent.training.models import Cohort
from talent.training.states import CohortState

AT_ONCE = 100
"""Cohorts whose people are in memory together."""


def count_at_risk(session: Session, cohorts: Collection[Cohort]) -> None:
    """Count the people at risk of each of these cohorts, whose courses are loaded."""
    on = today()
    facts = facts_by_cohort(session, {one.id: (one, one.course) for one in cohorts})
    for cohort in cohorts:
        risky = sum(any(at_risk(one, on=on)) for one in facts.get(cohort.id, {}).values())
        if risky != cohort.at_risk:  # a statement of its own: a figure is no change that another change would meet
            session.execute(update(Cohort).where(Cohort.id == cohort.id).values(at_risk=risky))


def count_everywhere(session: Session) -> None:
    """Count the people at risk of every running cohort."""
    running = select(Cohort).where(Cohort.state == CohortState.RUNNING).options(joinedload(Cohort.course))
    every = session.scalars(running.order_by(Cohort.id)).all()
    for start in range(0, len(every), AT_ONCE):
        count_at_risk(session, every[start : start + AT_ONCE])
