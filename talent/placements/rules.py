"""What is true of placements without a database: who may note which step, and how long somebody has worked."""

from datetime import date

from talent.accounts.permissions import Role
from talent.pathways.terms import Doer

NOTED_BY: dict[Role, frozenset[Doer]] = {
    Role.CANDIDATE: frozenset({Doer.WORKER, Doer.WORKER_AND_EMPLOYER, Doer.PAKISTANI_OFFICE}),
    Role.AGENCY_OFFICER: frozenset(Doer) - {Doer.WORKER, Doer.PROTECTOR, Doer.PAKISTANI_OFFICE},
    Role.EMPLOYER: frozenset({Doer.EMPLOYER, Doer.WORKER_AND_EMPLOYER}),
    Role.PROTECTORATE_OFFICER: frozenset(
        {Doer.PROTECTOR, Doer.PROMOTER, Doer.WELFARE_ATTACHE, Doer.PAKISTANI_OFFICE, Doer.WORKER}
    ),
    Role.PROJECT_STAFF: frozenset(Doer),
}
"""Who notes the steps of whom; project staff hold the letters of everybody."""
MONTHS_A_YEAR = 12


def may_note(role: Role, doer: Doer) -> bool:
    """Whether somebody in this role notes the steps of this doer."""
    return doer in NOTED_BY.get(role, frozenset())


def months_between(began: date, on: date) -> int:
    """Whole months from one day to another; a month is over on the day of the same number."""
    return (on.year - began.year) * MONTHS_A_YEAR + on.month - began.month - (on.day < began.day)
