"""What was measured about matching, and what recruiters said about pairs: rows that pages and commands read."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column


class MeasurementKind(StrEnum):
    """What a measurement is about."""

    EVALUATION = "evaluation"
    AGREEMENT = "agreement"
    DRIFT = "drift"
    FAIRNESS = "fairness"
    LEAK_PROBE = "leak_probe"


class Measurement(Base):
    """One measuring of matching: figures alone, never a person; the newest of each kind is shown."""

    __tablename__ = "measurement"
    id: Mapped[Key]
    kind: Mapped[MeasurementKind] = mapped_column(state_column(MeasurementKind, "kind"))
    at: Mapped[Instant]
    took_ms: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    __table_args__ = (Index("ix_measurement_kind", "kind", "at"),)


class JudgedPair(Base):
    """A vacancy and a blind card that two recruiters judge: the inputs and the score as they were when it was drawn."""

    __tablename__ = "judged_pair"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("profile.id", ondelete="CASCADE"), index=True)
    vacancy_input: Mapped[str] = mapped_column(String(64), index=True)
    profile_input: Mapped[str] = mapped_column(String(64), index=True)
    weights_version: Mapped[str] = mapped_column(String(40))
    score: Mapped[float]
    missing: Mapped[int] = mapped_column(SmallInteger)
    parts: Mapped[dict[str, float]] = mapped_column(JSONB)
    drawn_at: Mapped[Instant]
    __table_args__ = (UniqueConstraint("vacancy_id", "profile_id"),)


class Judgement(Base):
    """What one recruiter gave one pair: 0 to 3, with a line of reason; nobody else reads it."""

    __tablename__ = "judgement"
    id: Mapped[Key]
    pair_id: Mapped[UUID] = mapped_column(ForeignKey("judged_pair.id", ondelete="CASCADE"), index=True)
    judge_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    grade: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Instant]
    __table_args__ = (
        UniqueConstraint("pair_id", "judge_id"),
        CheckConstraint("grade between 0 and 3", name="grade"),
    )
