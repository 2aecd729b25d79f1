"""Places: quotas as each source counts them, seats of vacancies, and where more was promised than there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import Sentence
from talent.pathways.catalogue import Quota
from talent.placements import places
from talent.placements.places import Promise
from talent.vacancies.models import Vacancy
from web.dependencies import ActorDep, PageDep, SessionDep
from web.policy import holds
from web.routes.recognition_finder import source_line

router = APIRouter(prefix="/places", dependencies=[holds(Permission.PLACEMENT_MOVE)])


@dataclass(frozen=True)
class PlacesView:
    """Every counter that the reader may know."""

    quotas: Sequence[tuple[Quota, Promise]]
    seats: Sequence[tuple[Promise, Vacancy]]
    from_courses: Mapping[UUID, int]

    def source(self, row: Quota) -> Sentence:
        """Where a quota's number comes from, with its as-of date."""
        return source_line(row.source, row.legal, row.as_of, row.confidence)

    def is_disputed(self, row: Quota) -> bool:
        """Whether another source counts the same quota of the same year otherwise."""
        same = [one for one, _ in self.quotas if (one.country, one.category, one.year) == _place_of(row)]
        return len({one.places for one in same}) > 1

    def taught_too_many(self, vacancy: Vacancy) -> int:
        """How many more people are expected from the courses for a vacancy than it has seats."""
        return max(0, self.from_courses.get(vacancy.id, 0) - vacancy.seats)


def _place_of(row: Quota) -> tuple[str, str, int]:
    return row.country, row.category, row.year


@router.get("")
def every(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Quotas and seats, what is promised of them, and a warning where it is too much."""
    seats = places.promises(session, actor)
    taught = places.expected_from_courses(session, [vacancy for _, vacancy in seats])
    return page.show("placements/places.html", PlacesView(places.quotas(session, actor), seats, taught))
