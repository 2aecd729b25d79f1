"""The crosswalk: competency units of awards, the skills that each of them stands for, and what was published of it."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.foundation.database import Base, Instant, Key, state_column
from talent.taxonomy.levels import QualificationKind

CASCADE = "all, delete-orphan"


class LinkState(StrEnum):
    """What a person said of a link; nothing counts before somebody confirmed it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class AwardStandard(Base):
    """One award with the document in which its competency units stand; codes are the issuer's or empty."""

    __tablename__ = "award_standard"
    id: Mapped[Key]
    kind: Mapped[QualificationKind] = mapped_column(state_column(QualificationKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(400))
    as_of: Mapped[date]
    created_at: Mapped[Instant]
    created_by: Mapped[UUID]
    units: Mapped[list["AwardUnit"]] = relationship(lazy="raise", cascade=CASCADE, order_by="AwardUnit.number")
    __table_args__ = (UniqueConstraint("kind", "folded"),)


class AwardUnit(Base):
    """One competency unit of an award."""

    __tablename__ = "award_unit"
    id: Mapped[Key]
    standard_id: Mapped[UUID] = mapped_column(ForeignKey("award_standard.id", ondelete="CASCADE"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(300))
    links: Mapped[list["UnitLink"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="(UnitLink.likeness.desc().nulls_first(), UnitLink.id)"
    )
    __table_args__ = (UniqueConstraint("standard_id", "number"),)


class UnitLink(Base):
    """That a unit may stand for a skill: who proposed it, how alike the encoder finds them, what a person said."""

    __tablename__ = "unit_link"
    id: Mapped[Key]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("award_unit.id", ondelete="CASCADE"))
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skill.id"), index=True)
    verdict: Mapped[LinkState] = mapped_column(state_column(LinkState, "verdict"), default=LinkState.PROPOSED)
    likeness: Mapped[float | None]  # cosine; None for a skill that a person added
    model_hash: Mapped[str] = mapped_column(String(64), default="")
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[Instant | None]
    __table_args__ = (
        UniqueConstraint("unit_id", "skill_id"),
        CheckConstraint("(verdict = 'proposed') = (decided_at is null)", name="decided"),
    )


class CrosswalkRelease(Base):
    """One published version of an award's crosswalk, never changed: what the open data, matching and courses use."""

    __tablename__ = "crosswalk_release"
    id: Mapped[Key]
    standard_id: Mapped[UUID] = mapped_column(ForeignKey("award_standard.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    released_at: Mapped[Instant]
    released_by: Mapped[UUID]
    __table_args__ = (UniqueConstraint("standard_id", "number"), CheckConstraint("number > 0", name="number"))
