"""What is kept of the time after arrival: the worker's answers, and what moving many at once refused."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.placements.after_terms import Kept, Problem


class CheckIn(Base):
    """One question round after arrival: asked when it is due, answered by the worker, settled by project staff."""

    __tablename__ = "check_in"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    month: Mapped[int]  # after so many months of work: 3, 6, 12 or 24
    due_on: Mapped[date]
    asked_at: Mapped[Instant | None]
    reminded_at: Mapped[Instant | None]
    answered_at: Mapped[Instant | None]
    in_job: Mapped[Kept | None] = mapped_column(state_column(Kept, "in_job"))
    pay: Mapped[Kept | None] = mapped_column(state_column(Kept, "pay"))
    hours: Mapped[Kept | None] = mapped_column(state_column(Kept, "hours"))
    job: Mapped[Kept | None] = mapped_column(state_column(Kept, "job"))
    problems: Mapped[list[Problem]] = mapped_column(ARRAY(String(40)))
    words: Mapped[str] = mapped_column(String(1000))
    wants_call: Mapped[bool]
    needs_a_look: Mapped[bool]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[UUID | None]
    settled_words: Mapped[str] = mapped_column(String(1000))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("placement_id", "month"),
        CheckConstraint("month in (3, 6, 12, 24)", name="month"),
        CheckConstraint("answered_at is not null or not needs_a_look", name="answered_before_a_look"),
        Index("ix_check_in_waiting", "needs_a_look", "settled_at", "answered_at", "due_on"),
    )


class BulkMove(Base):
    """Many placements that were moved by the same step at once; colleagues read what came of it."""

    __tablename__ = "bulk_move"
    id: Mapped[Key]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Of the agency whose officer moved them; empty when project staff did."""
    moved_by: Mapped[UUID]
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[Instant]
    moved: Mapped[int]
    unused_files: Mapped[int] = mapped_column(default=0, server_default="0")
    """Files whose names hold no reference of a placement that was ticked."""


class BulkRefusal(Base):
    """One placement that was not moved with the others, and why, as a sentence and its values."""

    __tablename__ = "bulk_refusal"
    id: Mapped[Key]
    bulk_id: Mapped[UUID] = mapped_column(ForeignKey("bulk_move.id", ondelete="CASCADE"), index=True)
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(12))
    sentence: Mapped[str] = mapped_column(String(300))
    facts: Mapped[dict[str, str]] = mapped_column(JSONB)
