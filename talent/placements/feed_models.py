"""The private address under which somebody's calendar program reads their deadlines."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant


class CalendarFeed(Base):
    """One address for each account at most; its secret part is kept as a hash, and taking it back removes the row."""

    __tablename__ = "calendar_feed"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Instant]
