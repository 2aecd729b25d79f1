"""The agency says which employer takes part in a placement, or takes it out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.words import N_
from talent.placements import employers, service
from talent.placements.models import Placement
from talent.placements.schemas import EmployerChosen
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, FormDep, blank
from web.parts import Choice
from web.policy import holds

router = APIRouter(prefix="/placements/{placement_id}/employer", dependencies=[holds(Permission.PLACEMENT_MOVE)])
NOBODY = "nobody"
NO_EMPLOYER = N_("No employer takes part")
NO_EMPLOYER_HINT = N_("The agency notes the employer’s steps.")


@dataclass(frozen=True)
class EmployerView:
    """The employers that the agency of a placement may let in."""

    placement: Placement
    choices: Sequence[Choice]


def employer_view(session: Session, placement: Placement) -> EmployerView:
    """The verified employers of the placement's agency, and nobody."""
    known = [Choice(str(one.id), one.name) for one in employers.employers_of(session, placement)]
    return EmployerView(placement, [*known, Choice(NOBODY, NO_EMPLOYER, NO_EMPLOYER_HINT)] if known else [])


@router.get("")
def ask_employer(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Ask which employer takes part."""
    placement = service.get(session, actor, placement_id)
    chosen = blank(employer=str(placement.employer_id or NOBODY))
    return page.show("placements/employer.html", employer_view(session, placement), form=chosen)


@router.post("")
def let_in(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Let an employer take part, or nobody."""
    placement = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(EmployerChosen)
    view = employer_view(session, placement)
    if answer.value is None:
        return page.again("placements/employer.html", view, answer)
    here = f"/placements/{placement_id}"
    form.once(session, actor, then=here)
    try:
        employers.let_in(session, actor, placement, answer.value.employer_id)
    except (Conflict, Unprocessable) as refused:
        return page.again("placements/employer.html", view, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, here)
