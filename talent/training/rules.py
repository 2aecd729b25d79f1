"""What is true of seats and assessors without a database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.training.states import CohortState

ASSESSOR_TEACHES = N_("{name} teaches this cohort. Somebody else must assess it.")
SEAT_TAKEN = N_("Seat {seat} is taken. Keep at least {seat} seats.")


@dataclass(frozen=True)
class Seats:
    """The seats of one cohort: numbers 1 to ``reserved`` are kept for its vacancy, the others up to ``total`` are open.

    ``taken`` holds the numbers that somebody has.
    """

    total: int
    reserved: int
    taken: frozenset[int] = frozenset()

    def free_for(self, *, for_vacancy: bool) -> int | None:
        """The lowest free seat that this person may have, or None: a reserved one only for the vacancy."""
        first = 1 if for_vacancy else self.reserved + 1
        return next((seat for seat in range(first, self.total + 1) if seat not in self.taken), None)

    @property
    def free_open(self) -> int:
        """How many open seats are free."""
        return self.total - self.reserved - sum(seat > self.reserved for seat in self.taken)

    @property
    def free_reserved(self) -> int:
        """How many reserved seats are free."""
        return self.reserved - sum(seat <= self.reserved for seat in self.taken)


def seats_given(seats: Seats, waiting: Iterable[bool]) -> list[int | None]:
    """The seat of each who waits, in the order of arrival; True stands for somebody who is there for the vacancy.

    Nobody is passed over for somebody who came later and could have had no better claim to the same seat.
    """
    taken = set(seats.taken)
    reserved = _free(range(1, seats.reserved + 1), taken)
    open_ones = _free(range(seats.reserved + 1, seats.total + 1), taken)
    given: list[int | None] = []
    for for_vacancy in waiting:
        if for_vacancy and reserved:
            given.append(reserved.pop())
        else:
            given.append(open_ones.pop() if open_ones else None)
    return given


def _free(numbers: Iterable[int], taken: Collection[int]) -> list[int]:
    """The free numbers, the lowest last."""
    return [number for number in numbers if number not in taken][::-1]


def takes_people(state: CohortState, joins_until: date | None, on: date) -> bool:
    """Whether a seat may be given today: while the cohort enrols, and after the start until the day it set itself."""
    if state is CohortState.ENROLLING:
        return True
    return state is CohortState.RUNNING and joins_until is not None and on <= joins_until


def assessor_problem(assessor: str, instructors: Sequence[str]) -> Sentence | None:
    """Why this person may not assess the cohort; the names are compared folded."""
    if fold(assessor) in {fold(name) for name in instructors}:
        return Sentence(ASSESSOR_TEACHES, {"name": assessor})
    return None
