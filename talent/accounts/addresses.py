"""Where letters reach people: one place, so that nobody who is suspended is written to."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from talent.accounts.models import Account
from talent.foundation.row_context import SystemContext, within


def addresses(session: Session, who: ColumnElement[bool]) -> list[str]:
    """The addresses of these accounts that may sign in, in their order."""
    query = select(Account.login).where(who, Account.suspended_at.is_(None)).order_by(Account.login)
    with within(session, SystemContext.LETTERS):
        return list(session.scalars(query))


def officers_addresses(session: Session, organisation_id: UUID) -> list[str]:
    """The addresses of an organisation's officers who may sign in."""
    return addresses(session, Account.organisation_id == organisation_id)
