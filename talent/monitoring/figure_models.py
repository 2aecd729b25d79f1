"""Stored figures: groups of at least ten people, made by the worker and read by pages; they lead to nobody."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key

ENOUGH = "people >= 10"


class FigureCell(Base):
    """One group of people who share these values; an empty value is unknown, ``*`` is withheld, None not asked."""

    __tablename__ = "figure_cell"
    id: Mapped[Key]
    cube: Mapped[str] = mapped_column(String(20))
    people: Mapped[int]
    stage: Mapped[str] = mapped_column(String(40))
    country: Mapped[str | None] = mapped_column(Text)
    sector: Mapped[str | None] = mapped_column(Text)
    pathway: Mapped[str | None] = mapped_column(Text)
    standing: Mapped[str | None] = mapped_column(Text)
    occupation: Mapped[str | None] = mapped_column(Text)
    institute: Mapped[str | None] = mapped_column(Text)
    cohort: Mapped[str | None] = mapped_column(Text)
    sex: Mapped[str | None] = mapped_column(Text)
    province: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_figure_cell_cube", "cube"), CheckConstraint(ENOUGH, name="enough_people"))


class FigureSpan(Base):
    """How long one part of the way takes for one group, those who still wait counted with the time they waited."""

    __tablename__ = "figure_span"
    span: Mapped[str] = mapped_column(String(40), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(Text, primary_key=True)
    people: Mapped[int]
    median_days: Mapped[int | None]  # None: longer than anybody was seen to take
    first_days: Mapped[int | None]
    last_days: Mapped[int | None]
    __table_args__ = (CheckConstraint(ENOUGH, name="enough_people"),)


class FigureTrend(Base):
    """How many people came to a stage in the months from one to another; months of few are put together."""

    __tablename__ = "figure_trend"
    stage: Mapped[str] = mapped_column(String(40), primary_key=True)
    from_month: Mapped[date] = mapped_column(primary_key=True)
    to_month: Mapped[date]
    people: Mapped[int]
    __table_args__ = (
        CheckConstraint(ENOUGH, name="enough_people"),
        CheckConstraint("to_month >= from_month", name="in_order"),
    )


class FigureRefresh(Base):
    """When the stored figures were made, from how many people."""

    __tablename__ = "figure_refresh"
    id: Mapped[Key]
    at: Mapped[Instant]
    took_ms: Mapped[int]
    people: Mapped[int]
    stages: Mapped[list[str]] = mapped_column(JSONB)
    """The stages whose number of people can be told; others are put together with the one before."""


class SavedTable(Base):
    """A cross-table that somebody named, to come back to it; its address works for whoever may read figures."""

    __tablename__ = "saved_table"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    question: Mapped[dict[str, Any]] = mapped_column(JSONB)
    saved_at: Mapped[Instant]
