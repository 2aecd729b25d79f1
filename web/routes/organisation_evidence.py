"""Evidence about organisations: brought by project staff or by the organisation itself, confirmed by project staff."""

from pathlib import Path
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation.errors import Unprocessable
from talent.organisations import evidence, service
from talent.organisations.schemas import NewEvidence
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.downloads import attachment
from web.forms import MEGABYTE, Answer, Form, FormDep
from web.policy import holds
from web.routes.organisation_views import organisation_view, own_view

router = APIRouter(prefix="/organisations", dependencies=[holds(Permission.ORGANISATION_READ)])
own_router = APIRouter(prefix="/organisation", dependencies=[holds(Permission.ORGANISATION_OWN)])
LARGEST_BYTES = 5 * MEGABYTE
MEDIA = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


def brought(
    session: Session, actor: Actor, organisation: Organisation, form: Form, *, var_dir: Path, then: str
) -> Answer[NewEvidence]:
    """The form, with its errors; what was brought is kept when there are none."""
    answer = form.read(NewEvidence)
    try:
        file = form.file("file", at_most=LARGEST_BYTES)
        if answer.value is None:
            return answer
        with session.begin_nested():
            form.once(session, actor, then=then)
            content = file.content if file else b""
            evidence.add_evidence(session, actor, organisation, answer.value, var_dir=var_dir, content=content)
    except Unprocessable as refused:
        return answer.refuse("file", refused.message)
    return answer


@router.post("/{organisation_id}/evidence", dependencies=[holds(Permission.ORGANISATION_VET)])
def add_evidence(organisation_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write down what somebody has seen, with the paper itself if there is one."""
    here = f"/organisations/{organisation_id}"
    found = service.get_organisation(session, actor, organisation_id)
    answer = brought(session, actor, found, form, var_dir=page.shell.settings.var_dir, then=here)
    if answer.errors:
        return page.again("organisations/page.html", organisation_view(session, actor, found), answer)
    return form.done(session, here)


@router.post("/{organisation_id}/evidence/{evidence_id}/confirm", dependencies=[holds(Permission.ORGANISATION_VET)])
def confirm(organisation_id: UUID, evidence_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """Let evidence count that the organisation brought."""
    found = service.get_organisation(session, actor, organisation_id)
    evidence.confirm(session, actor, found, evidence_id)
    return see(f"/organisations/{organisation_id}")


@router.get("/{organisation_id}/evidence/{evidence_id}")
def read_file(
    organisation_id: UUID, evidence_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep
) -> Response:
    """The paper itself, as a file."""
    return served(session, actor, page, service.get_organisation(session, actor, organisation_id), evidence_id)


def served(session: Session, actor: Actor, page: PageDep, organisation: Organisation, evidence_id: UUID) -> Response:
    """The bytes as an attachment under a name of our own."""
    kind, content = evidence.read_file(session, actor, organisation, evidence_id, var_dir=page.shell.settings.var_dir)
    return attachment(content, name=f"{evidence.FILE_NAME}.{kind}", kind=MEDIA.get(kind, "application/octet-stream"))


@own_router.post("/evidence")
def bring(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Bring newer evidence about one's own organisation; it counts once the project has confirmed it."""
    own = service.own_organisation(session, actor)
    answer = brought(session, actor, own, form, var_dir=page.shell.settings.var_dir, then="/organisation")
    if answer.errors:
        return page.again("organisations/own.html", own_view(session, actor), answer)
    return form.done(session, "/organisation")


@own_router.get("/evidence/{evidence_id}")
def read_own(evidence_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """A paper about one's own organisation, as a file."""
    return served(session, actor, page, service.own_organisation(session, actor), evidence_id)
