"""The papers of a placement side by side: typed in for the moment, compared, and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import N_
from talent.placements import service
from talent.placements.consistency import PAPER_NAMES, Answer, Compared, Paper, compare_papers
from talent.placements.models import Placement
from talent.placements.schemas import SAID, PapersTold
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.parts import Tag
from web.policy import holds

router = APIRouter(prefix="/placements", dependencies=[holds(Permission.PLACEMENT_READ)])
ANSWER_TAGS: Mapping[Answer, Tag] = {
    Answer.SAME: Tag(N_("Same"), "good"),
    Answer.LOOK: Tag(N_("Look again"), "attention"),
    Answer.DIFFERENT: Tag(N_("Different"), "bad"),
    Answer.UNKNOWN: Tag(N_("Not compared"), "neutral"),
}
WORST_FIRST = (Answer.DIFFERENT, Answer.LOOK, Answer.UNKNOWN, Answer.SAME)


@dataclass(frozen=True)
class PapersView:
    """What can be told of each paper, and what came of comparing."""

    placement: Placement
    found: Sequence[Compared] = ()

    @property
    def papers(self) -> list[tuple[Paper, str, Sequence[str]]]:
        """Each paper with its name and what it says."""
        return [(paper, PAPER_NAMES[paper], said) for paper, said in SAID.items()]

    @property
    def answers(self) -> list[tuple[Tag, Compared]]:
        """What was found, the worst on top."""
        ordered = sorted(self.found, key=lambda one: WORST_FIRST.index(one.answer))
        return [(ANSWER_TAGS[one.answer], one) for one in ordered]


@router.get("/{placement_id}/papers")
def papers(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Ask what the papers say."""
    return page.show("placements/papers.html", PapersView(service.get(session, actor, placement_id)), form=blank())


@router.post("/{placement_id}/papers")
def compare(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Compare what the papers say; nothing of it is kept."""
    placement = service.get(session, actor, placement_id)
    answer = form.read(PapersTold)
    if answer.value is None:
        return page.again("placements/papers.html", PapersView(placement), answer)
    told = answer.value
    until, decision = told.passport_until, told.decision_on
    found = compare_papers(told.told(), passport_until=until, decision_on=decision, country=placement.country)
    return page.show("placements/papers.html", PapersView(placement, found), form=answer)
