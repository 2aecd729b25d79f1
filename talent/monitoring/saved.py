"""Cross-tables that somebody named: the question is kept, never the figures."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.clock import now
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.monitoring.crosstab import Question, may_read
from talent.monitoring.figure_models import SavedTable


class Naming(BaseModel):
    """How a cross-table is called when it is kept."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] = Field(
        title=N_("a name for the table")
    )


def own_tables(session: Session, actor: Actor) -> Sequence[SavedTable]:
    """The tables that this person kept, by name."""
    may_read(actor)
    own = select(SavedTable).where(SavedTable.account_id == actor.id).order_by(SavedTable.title, SavedTable.id)
    return session.scalars(own).all()


def save(session: Session, actor: Actor, question: Question, *, title: str) -> SavedTable:
    """Keep a question under a name; the same name again takes the place of the one before."""
    may_read(actor)
    found = session.scalar(select(SavedTable).where(SavedTable.account_id == actor.id, SavedTable.title == title))
    table = found or SavedTable(account_id=actor.id, title=title)
    table.question, table.saved_at = question.model_dump(mode="json"), now()
    session.add(table)
    session.flush()
    return table


def remove(session: Session, actor: Actor, table_id: UUID) -> None:
    """Forget a table of one's own.

    Raises:
        NotFound: this person kept no such table.
    """
    found = next((table for table in own_tables(session, actor) if table.id == table_id), None)
    if found is None:
        raise NotFound
    session.delete(found)
    session.flush()
