"""What was measured about matching, and what recruiters said about pairs: rows that pages and commands read."""

from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.matching.scorer import CENTIPOINTS, PART_KEYS, Weights
from talent.matching.states import WeightsState


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


ADOPTED: Final = text("state = 'adopted'")


class Verdict(StrEnum):
    """How learnt weights order judged pairs that they were not learnt from, beside the weights in force."""

    BETTER = "better"
    NO_DIFFERENCE = "no_difference"
    WORSE = "worse"


class WeightsSource(StrEnum):
    """Where weights come from."""

    HAND = "hand"
    LEARNT = "learnt"


class ScoreWeights(Base):
    """The most hundredths of a point of each part: learnt or set by hand, proposed by one person, adopted by another.

    Lists are made with those adopted last.
    """

    __tablename__ = "score_weights"
    id: Mapped[Key]
    weights_version: Mapped[str] = mapped_column(String(40))
    must_skills: Mapped[int] = mapped_column(SmallInteger)
    occupation: Mapped[int] = mapped_column(SmallInteger)
    experience: Mapped[int] = mapped_column(SmallInteger)
    nice_skills: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[int] = mapped_column(SmallInteger)
    source: Mapped[WeightsSource] = mapped_column(state_column(WeightsSource, "source"))
    pairs: Mapped[int]  # judged pairs from which they were learnt
    vacancies: Mapped[int]
    compared_with: Mapped[str] = mapped_column(String(40))  # the version in force at the time
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)  # held out, as ``proposals.Proposal`` says
    computed_at: Mapped[Instant]
    state: Mapped[WeightsState] = mapped_column(state_column(WeightsState, "state"), default=WeightsState.COMPUTED)
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    proposed_at: Mapped[Instant | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(f"{' + '.join(PART_KEYS)} = {CENTIPOINTS}", name="full_score"),
        CheckConstraint(f"least({', '.join(PART_KEYS)}) >= 0", name="no_part_below_nothing"),
        CheckConstraint(
            "state <> 'adopted' or proposed_by is not null and decided_by is not null and proposed_by <> decided_by",
            name="adopted_by_another",
        ),
        Index("ix_score_weights_adopted", "decided_at", postgresql_where=ADOPTED),
    )

    @property
    def weights(self) -> Weights:
        """The row as weights to score with."""
        return Weights(self.weights_version, tuple(getattr(self, key) for key in PART_KEYS))
