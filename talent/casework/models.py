"""The journal of every case: who moved it, when, from where to where, and why."""

from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key


class CaseEvent(Base):
    """One move of one case; rows are added and never changed."""

    __tablename__ = "case_event"
    id: Mapped[Key]
    case_kind: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[UUID]
    at: Mapped[Instant]
    actor_id: Mapped[UUID]
    actor_role: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str] = mapped_column(String(40))
    to_state: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("ix_case_event_case", "case_kind", "case_id", "at"),
        Index("ix_case_event_day", "case_kind", "at"),
    )
