"""The life of a vacancy: written, checked, published, closed; frozen while its agency or a charge is looked into."""

from dataclasses import dataclass
from enum import StrEnum

from talent.accounts.permissions import Permission
from talent.casework.workflow import Step, Workflow
from talent.foundation.words import Sentence


class VacancyState(StrEnum):
    """Where a vacancy stands; only a published one is matched."""

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    FROZEN = "frozen"
    CLOSED = "closed"


class VacancyAction(StrEnum):
    """What may be done with it."""

    CHECK = "check"
    REVISE = "revise"
    PUBLISH = "publish"
    CLOSE = "close"
    EXPIRE = "expire"
    FREEZE = "freeze"
    THAW = "thaw"


class FrozenFor(StrEnum):
    """Why a vacancy is frozen; what froze it also thaws it."""

    ORGANISATION = "organisation"
    CHARGE = "charge"


@dataclass(frozen=True)
class VacancyFacts:
    """What the rules of fair recruitment and completeness found; see ``vacancies.rules``."""

    problems: tuple[Sentence, ...] = ()


def problems_left(facts: VacancyFacts) -> list[Sentence]:
    """One sentence for each problem that must be mended first."""
    return list(facts.problems)


S, A, P = VacancyState, VacancyAction, Permission
VACANCY: Workflow[VacancyState, VacancyAction, VacancyFacts] = Workflow(
    name="vacancy",
    initial=S.DRAFT,
    final=frozenset({S.CLOSED}),
    steps=(
        Step(S.DRAFT, A.CHECK, S.CHECKED, P.VACANCY_WRITE, problems_left),
        Step(S.DRAFT, A.CLOSE, S.CLOSED, P.VACANCY_WRITE),
        Step(S.CHECKED, A.REVISE, S.DRAFT, P.VACANCY_WRITE),
        Step(S.CHECKED, A.PUBLISH, S.PUBLISHED, P.VACANCY_WRITE, problems_left),
        Step(S.CHECKED, A.CLOSE, S.CLOSED, P.VACANCY_WRITE),
        Step(S.PUBLISHED, A.CLOSE, S.CLOSED, P.VACANCY_WRITE),
        Step(S.PUBLISHED, A.EXPIRE, S.CLOSED, P.MATCH_COMPUTE),
        *(Step(state, A.FREEZE, S.FROZEN, P.ORGANISATION_VET) for state in (S.DRAFT, S.CHECKED, S.PUBLISHED)),
        Step(S.FROZEN, A.THAW, S.CHECKED, P.ORGANISATION_VET),
        Step(S.FROZEN, A.CLOSE, S.CLOSED, P.VACANCY_WRITE),
    ),
)
