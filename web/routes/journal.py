"""The journal, for those who watch over the service."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation import audit_chain
from talent.foundation.audit_chain import Checkpoint
from talent.looking import Looks
from talent.looking import journal as read_journal
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import blank
from web.listings import JOURNAL
from web.policy import holds

router = APIRouter(prefix="/journal", dependencies=[holds(Permission.AUDIT_READ)])


@dataclass(frozen=True)
class JournalView:
    """One page of entries, what was searched for, and the last checkpoint."""

    looks: Looks
    checkpoint: Checkpoint | None
    is_trusted: bool
    arrangement: Arranged


@router.get("")
def journal(session: SessionDep, actor: ActorDep, page: PageDep, about: str = "", action: str = "") -> Response:
    """Entries, newest first; by a person's number or id, and by kind of entry."""
    looks = read_journal(session, actor, about=about, action=action, number=page.number)
    checkpoint, is_trusted = audit_chain.newest_checkpoint(audit_chain.checkpoint_path(page.shell.settings))
    view = JournalView(looks, checkpoint, is_trusted, arranged(session, actor, page, JOURNAL))
    return page.show("journal/list.html", view, form=blank(about=about, action=action))
