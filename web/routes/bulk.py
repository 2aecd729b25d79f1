"""Many placements moved one step at once, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import Unprocessable
from talent.foundation.tables import table_file
from talent.foundation.words import N_, Sentence
from talent.pathways.terms import DOER_NAMES, Doer
from talent.placements import bulk
from talent.placements.after_models import BulkMove, BulkRefusal
from talent.placements.models import Placement
from talent.placements.proofs import Brought
from talent.placements.schemas import PlacementMoved
from talent.placements.states import PlacementAction
from web.dependencies import ActorDep, PageDep, SessionDep
from web.downloads import TABLE_KINDS, attachment
from web.forms import MEGABYTE, WHOLE_FORM, FormDep, blank
from web.i18n import Words
from web.parts import Choice
from web.policy import holds
from web.routes.placement_views import ACTION_NAMES

router = APIRouter(prefix="/placements/together", dependencies=[holds(Permission.PLACEMENT_MOVE)])
STEPS = tuple(Choice(action.value, ACTION_NAMES[action]) for action in bulk.TOGETHER)
FIRST = bulk.TOGETHER[0]
MOST_BYTES_EACH = 2 * MEGABYTE


class MovedTogether(PlacementMoved):
    """Which placements, and by which step."""

    action: PlacementAction = Field(title=N_("Step"), json_schema_extra={"*": N_("Choose one of the steps.")})
    chosen: list[UUID] = Field(
        default_factory=list, title=N_("Placements"), json_schema_extra={"*": N_("Tick at least one placement.")}
    )


class Asked(BaseModel):
    """Which step is looked at."""

    action: PlacementAction = FIRST


@dataclass(frozen=True)
class TogetherView:
    """The placements that may take one step, and the step."""

    action: PlacementAction
    rows: Sequence[Placement]
    doers: Mapping[Doer, str]
    steps: Sequence[Choice] = STEPS
    most: int = bulk.MOST

    @property
    def name(self) -> str:
        """The step in words."""
        return ACTION_NAMES[self.action]


@dataclass(frozen=True)
class MovedView:
    """How many were moved, and who was refused and why."""

    made: BulkMove
    refused: Sequence[tuple[BulkRefusal, Sentence]]

    @property
    def name(self) -> str:
        """The step in words."""
        return ACTION_NAMES[PlacementAction(self.made.action)]


def together_view(session: Session, actor: Actor, action: PlacementAction) -> TogetherView:
    """The placements that stand where this step begins."""
    step = action if action in bulk.TOGETHER else FIRST
    return TogetherView(step, bulk.ready_for(session, actor, step), DOER_NAMES)


@router.get("")
def choose(session: SessionDep, actor: ActorDep, page: PageDep, asked: Annotated[Asked, Query()]) -> Response:
    """Choose a step, then the placements."""
    view = together_view(session, actor, asked.action)
    return page.show("placements/together.html", view, form=blank(action=view.action))


@router.post("")
def move(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Move what was ticked; what was refused comes back with its reason."""
    form.once(session, actor, then="/placements")
    answer = form.read(MovedTogether)
    if answer.value is None:
        chosen = next((action for action in bulk.TOGETHER if action == answer.text("action")), FIRST)
        return page.again("placements/together.html", together_view(session, actor, chosen), answer)
    told = answer.value
    var_dir = page.shell.settings.var_dir
    try:
        brought = [Brought(file.name, file.content) for file in form.files("documents", at_most=MOST_BYTES_EACH)]
        made = bulk.move_together(session, actor, told.chosen, told.action, told, brought=brought, var_dir=var_dir)
    except Unprocessable as refused:
        view = together_view(session, actor, told.action)
        return page.again("placements/together.html", view, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, f"/placements/together/{made.id}")


@router.get("/{bulk_id}")
def moved(bulk_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What came of it."""
    made, refused = bulk.get_move(session, actor, bulk_id)
    return page.show("placements/moved.html", MovedView(made, [(row, bulk.reason_of(row)) for row in refused]))


@router.get("/{bulk_id}/refused")
def refused_file(bulk_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Who was refused and why, as a table."""
    _, refused = bulk.get_move(session, actor, bulk_id)
    words = Words(page.language)
    lines = [["reference", "reason"]]
    lines += [[row.reference, str(words.say(bulk.reason_of(row)).unescape())] for row in refused]
    return attachment(table_file(lines, "csv"), name="refused.csv", kind=TABLE_KINDS["csv"])
