"""One of the two sides of the scene, and the texts by which it is recognised."""

from dataclasses import dataclass, field
from uuid import UUID

from talent.accounts.actor import Actor
from talent.vacancies.models import Vacancy
from tests.access.scenes import Things


def mark(side: str, table: str, column: str) -> str:
    """The text that stands in this column of this side's rows, and nowhere else."""
    return f"Kanarie{side}{table.replace('_', '')}{column.replace('_', '')}"


@dataclass
class Side:
    """One agency, one institute and one office, their people, and a candidate who said yes and one who said nothing."""

    letter: str
    officer: Actor
    colleague: Actor
    institute: Actor
    teacher: Actor
    office: Actor
    candidate: Actor
    silent: Actor
    vacancy: Vacancy
    second: Vacancy
    offers: tuple[Vacancy, Vacancy]
    """Those for which the officer takes the candidate, and the colleague's."""
    others: tuple[Vacancy, Vacancy]
    far: Vacancy
    """Whose worker is about to leave Pakistan."""
    ids: Things = field(default_factory=dict)
    """The things of this side, by the gap that they fill."""
    colleagues: Things = field(default_factory=dict)
    """Those that a colleague in the same organisation wrote."""
    known: dict[str, Things] = field(default_factory=dict)
    """For the Protectorate and the employer: the placement that they know about, and their own documents of it."""
    unshared: dict[str, Things] = field(default_factory=dict)
    """For each kind of principal: things of people who have given them no yes."""

    @property
    def organisations(self) -> list[UUID]:
        """The agency, the institute and the office."""
        return [actor.organisation_id for actor in (self.officer, self.institute, self.office) if actor.organisation_id]
