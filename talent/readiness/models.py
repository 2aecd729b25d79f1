"""Pictures of demand and supply, computed by the worker and read by pages."""

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key


class Outlook(Base):
    """One picture of this kind; pages read the newest and say how old it is."""

    __tablename__ = "outlook"
    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    computed_at: Mapped[Instant]
    took_ms: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    __table_args__ = (Index("ix_outlook_newest", "kind", "computed_at"),)
