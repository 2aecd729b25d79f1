"""The programme register: what the partnership set out to do, what of it is done, and every change of these words."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.foundation.database import Base, Instant, Key, state_column
from talent.monitoring.report import ItemKind
from talent.monitoring.terms import Part


class ReportIssue(Base):
    """One report as it was read or given out, whole; the next is compared with it."""

    __tablename__ = "programme_report"
    id: Mapped[Key]
    reference: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID]
    is_import: Mapped[bool] = mapped_column(Boolean)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    __table_args__ = (Index("ix_programme_report_newest", "recorded_at"),)


class RegisterText(Base):
    """One text of the register that belongs to no measure: an objective, a principle, a draft message."""

    __tablename__ = "programme_text"
    id: Mapped[Key]
    part: Mapped[Part] = mapped_column(state_column(Part, "part"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("part", "number"),)


class Measure(Base):
    """One measure of the action plan; its words are text and lead to no person and no case."""

    __tablename__ = "programme_measure"
    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    chapter: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    lead_actors: Mapped[list[str]] = mapped_column(ARRAY(Text))
    timeframe: Mapped[str] = mapped_column(Text)
    indicator: Mapped[str] = mapped_column(String(60))
    """The key of the indicator whose figure is its evidence; empty for none."""
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    items: Mapped[list["MeasureItem"]] = relationship(
        lazy="raise", order_by="MeasureItem.number", cascade="all, delete-orphan", passive_deletes=True
    )
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("number > 0", name="number_is_positive"),)


class MeasureItem(Base):
    """One thing of a measure: planned, completed or pending."""

    __tablename__ = "programme_item"
    id: Mapped[Key]
    measure_id: Mapped[UUID] = mapped_column(ForeignKey("programme_measure.id", ondelete="CASCADE"))
    kind: Mapped[ItemKind] = mapped_column(state_column(ItemKind, "kind"))
    number: Mapped[int]
    when: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_programme_item_order", "measure_id", "kind", "number"),)


class RegisterChange(Base):
    """One change of the register: who, when, what it said before and says now; rows are added and never changed."""

    __tablename__ = "programme_change"
    id: Mapped[Key]
    measure_id: Mapped[UUID | None] = mapped_column(ForeignKey("programme_measure.id", ondelete="CASCADE"), index=True)
    at: Mapped[Instant]
    actor_id: Mapped[UUID]
    actor_role: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


class IndicatorGoal(Base):
    """Where an indicator began and where it shall come to; what nobody has set is unknown."""

    __tablename__ = "indicator_goal"
    indicator: Mapped[str] = mapped_column(String(60), primary_key=True)
    baseline: Mapped[int | None]
    baseline_on: Mapped[date | None]
    target: Mapped[int | None]
    target_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[Instant]
    set_by: Mapped[UUID]
