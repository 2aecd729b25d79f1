"""Who was contacted, by which channel, with what result, and what is to be done next."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.monitoring.outreach_terms import Channel, Outcome, Task


class FollowUp(Base):
    """One thing to do for one placement: by whom, until when; done, by which channel and with what result."""

    __tablename__ = "follow_up"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = mapped_column(state_column(Task, "task"))
    due_on: Mapped[date]
    assigned_to: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    assigned_by: Mapped[UUID]
    assigned_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    done_by: Mapped[UUID | None]
    channel: Mapped[Channel | None] = mapped_column(state_column(Channel, "channel"))
    outcome: Mapped[Outcome | None] = mapped_column(state_column(Outcome, "outcome"))
    note: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("ix_follow_up_waiting", "assigned_to", "done_at", "due_on"),
        CheckConstraint("(done_at is null) = (outcome is null)", name="outcome_when_done"),
        CheckConstraint("(done_at is null) = (channel is null)", name="channel_when_done"),
    )
