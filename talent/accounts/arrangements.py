"""How somebody arranged a list: the columns that are shown and what narrows it, kept until they forget it."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import ListArrangement
from talent.foundation.clock import now


def kept(session: Session, actor: Actor, listing: str) -> ListArrangement | None:
    """How this person arranged this list; None while they did not."""
    return session.get(ListArrangement, (actor.id, listing))


def keep(
    session: Session, actor: Actor, listing: str, *, columns: Iterable[str], filters: Mapping[str, str]
) -> ListArrangement:
    """Keep this arrangement of this list in place of the one before."""
    arrangement = kept(session, actor, listing) or ListArrangement(account_id=actor.id, listing=listing)
    arrangement.columns, arrangement.filters, arrangement.kept_at = sorted(columns), dict(filters), now()
    session.add(arrangement)
    session.flush()
    return arrangement


def forget(session: Session, actor: Actor, listing: str) -> None:
    """Show this list to this person as to everybody; nothing happens when they never arranged it."""
    arrangement = kept(session, actor, listing)
    if arrangement is not None:
        session.delete(arrangement)
        session.flush()
