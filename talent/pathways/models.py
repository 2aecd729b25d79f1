"""What readers report about the public pages of the ways."""

from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key


class ErrorReport(Base):
    """Something that a reader of a way's page found wrong: no account, no address, only the words."""

    __tablename__ = "error_report"
    id: Mapped[Key]
    pathway_id: Mapped[str] = mapped_column(String(60))
    rules_version: Mapped[str] = mapped_column(String(12))
    """The version of the page's rules that the reader saw."""
    words: Mapped[str] = mapped_column(String(1000))
    reported_at: Mapped[Instant]
    settled_at: Mapped[Instant | None]
    settled_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(String(1000))
    __table_args__ = (Index("ix_error_report_waiting", "settled_at", "reported_at"),)
