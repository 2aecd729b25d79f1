"""What a list of placements can be narrowed to, as an address says it and as a form offers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from talent.foundation.words import N_
from talent.pathways.terms import DOER_NAMES, Doer
from talent.placements.listing import Cases
from talent.placements.states import PlacementState
from talent.taxonomy.countries import country_name
from web.parts import Choice
from web.routes.placement_views import STATE_TAGS

ALL = Choice("", N_("All"))
LATE = (Choice("", N_("Any")), Choice("true", N_("Only those past a deadline")))


class Asked(Protocol):
    """An address, a form or a kept list: what each field says, nothing for a field that is not there."""

    def get(self, name: str, /) -> str | None:
        """What this field says."""


@dataclass(frozen=True)
class CaseChoices:
    """What each field of the filter offers."""

    countries: tuple[Choice, ...]
    states: tuple[Choice, ...]
    doers: tuple[Choice, ...]
    late: tuple[Choice, ...] = LATE


def case_choices(countries: Iterable[str], states: Iterable[PlacementState], language: str) -> CaseChoices:
    """The choices for placements in these countries and states."""
    return CaseChoices(
        (ALL, *(Choice(code, country_name(code, language)) for code in countries)),
        (ALL, *(Choice(state.value, STATE_TAGS[state].label) for state in states)),
        (ALL, *(Choice(doer.value, DOER_NAMES[doer]) for doer in Doer)),
    )


def cases_asked(query: Asked, states: Iterable[PlacementState]) -> Cases:
    """The placements that are meant; what is said wrongly is not asked."""
    state, doer = query.get("state"), query.get("doer")
    return Cases(
        country=query.get("country") or "",
        state=next((known for known in states if known == state), None),
        doer=next((known for known in Doer if known == doer), None),
        late=query.get("late") == "true",
    )


def query_of(which: Cases) -> dict[str, str]:
    """The placements that are meant, as they stand in an address."""
    told = {"country": which.country, "state": which.state, "doer": which.doer, "late": "true" if which.late else ""}
    return {name: str(value) for name, value in told.items() if value}
