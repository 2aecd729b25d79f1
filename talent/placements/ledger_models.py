"""The ledger of places: what there is to give, who holds one, and every transfer from one pocket to another."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column


class BookKind(StrEnum):
    """What a book counts."""

    QUOTA = "quota"
    VACANCY = "vacancy"


class Pocket(StrEnum):
    """Where a place is: not given out by anybody yet, free, reserved, used."""

    SUPPLY = "supply"
    FREE = "free"
    RESERVED = "reserved"
    USED = "used"


class SeatBook(Base):
    """One counter of places as one source says it; its three balances add up to what there is."""

    __tablename__ = "seat_book"
    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80), unique=True)  # such as quota:it_seasonal_2026 or vacancy:<id>
    kind: Mapped[BookKind] = mapped_column(state_column(BookKind, "kind"))
    vacancy_id: Mapped[UUID | None] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), unique=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))  # empty: a country's quota
    capacity: Mapped[int] = mapped_column(default=0)
    free: Mapped[int] = mapped_column(default=0)  # below nothing: more was promised than there is
    reserved: Mapped[int] = mapped_column(default=0)
    used: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        CheckConstraint("free + reserved + used = capacity", name="balanced"),
        CheckConstraint("capacity >= 0 and reserved >= 0 and used >= 0", name="not_below_nothing"),
        CheckConstraint("(kind = 'vacancy') = (vacancy_id is not null)", name="vacancy_of_its_kind"),
    )


class SeatHold(Base):
    """One place of a book that a placement holds. After the person was erased it is nobody's."""

    __tablename__ = "seat_hold"
    id: Mapped[Key]
    book_id: Mapped[UUID] = mapped_column(ForeignKey("seat_book.id", ondelete="CASCADE"))
    held_for: Mapped[UUID | None] = mapped_column(ForeignKey("placement.id", ondelete="SET NULL"), index=True)
    pocket: Mapped[Pocket] = mapped_column(state_column(Pocket, "pocket"))
    __table_args__ = (
        UniqueConstraint("book_id", "held_for"),
        CheckConstraint("pocket in ('reserved', 'used')", name="held"),
    )


class SeatTransfer(Base):
    """Places that left one pocket of a book for another: both sides of the entry in one row, never changed."""

    __tablename__ = "seat_transfer"
    id: Mapped[Key]
    book_id: Mapped[UUID] = mapped_column(ForeignKey("seat_book.id", ondelete="CASCADE"))
    from_pocket: Mapped[Pocket] = mapped_column(state_column(Pocket, "from_pocket"))
    to_pocket: Mapped[Pocket] = mapped_column(state_column(Pocket, "to_pocket"))
    places: Mapped[int]
    at: Mapped[Instant]
    __table_args__ = (
        CheckConstraint("places > 0", name="places"),
        CheckConstraint("from_pocket <> to_pocket", name="two_pockets"),
        Index("ix_seat_transfer_book_id", "book_id", "at"),
    )
