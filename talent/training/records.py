"""What happens in a cohort: days, attendance, assessments, awards, reports, and what does not look right."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.taxonomy.levels import CEFR, Evidence
from talent.training.states import INTEGRITY_FINDING, FindingState
from talent.training.terms import AssessmentKind, CoursePart, FindingKind, ReportKind


class TrainingDay(Base):
    """One day on which the cohort is taught."""

    __tablename__ = "training_day"
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    part: Mapped[CoursePart] = mapped_column(state_column(CoursePart, "part"), default=CoursePart.VOCATIONAL)
    minutes: Mapped[int]
    kept_at: Mapped[Instant | None]  # when the register of the day was first saved
    __table_args__ = (CheckConstraint("minutes between 15 and 720", name="minutes"),)


class Attendance(Base):
    """How long one trainee was there on one day; no row means that nothing was written down."""

    __tablename__ = "attendance"
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    __table_args__ = (CheckConstraint("minutes between 0 and 720", name="minutes"),)


class Assessment(Base):
    """One test of a cohort; whoever assesses does not teach it."""

    __tablename__ = "assessment"
    id: Mapped[Key]
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    kind: Mapped[AssessmentKind] = mapped_column(state_column(AssessmentKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    assessor: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="")  # of a language test, BCP 47


class AssessmentResult(Base):
    """What one trainee reached in one assessment; a language test states the level."""

    __tablename__ = "assessment_result"
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(
        ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    passed: Mapped[bool]
    level: Mapped[CEFR | None] = mapped_column(state_column(CEFR, "level"))
    recorded_at: Mapped[Instant]


class Award(Base):
    """One skill, or one level of a language, that an institute certified for one trainee."""

    __tablename__ = "award"
    id: Mapped[Key]
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)  # the issuer
    skill_id: Mapped[UUID | None] = mapped_column(ForeignKey("skill.id"), index=True)
    words: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    level: Mapped[CEFR | None] = mapped_column(state_column(CEFR, "level"))
    eqf_level: Mapped[int | None]  # of a skill, as the course stated it on the day
    evidence: Mapped[Evidence] = mapped_column(state_column(Evidence, "evidence"), default=Evidence.ASSESSED)
    awarded_on: Mapped[date]
    on_profile_at: Mapped[Instant | None]  # when the candidate's profile took it
    __table_args__ = (
        UniqueConstraint("enrolment_id", "skill_id", "language", postgresql_nulls_not_distinct=True),
        CheckConstraint("(skill_id is null) <> (language = '')", name="skill_or_language"),
        CheckConstraint("eqf_level between 1 and 8", name="eqf_level"),
    )


class CohortReport(Base):
    """One report that is due about a cohort; without a sourced date it is due on no day."""

    __tablename__ = "cohort_report"
    id: Mapped[Key]
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    kind: Mapped[ReportKind] = mapped_column(state_column(ReportKind, "kind"))
    month: Mapped[date | None]  # of a monthly report, its first day
    due_on: Mapped[date | None]
    sent_at: Mapped[Instant | None]
    sent_by: Mapped[UUID | None]
    reminded_at: Mapped[Instant | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)  # as they stood when it was sent
    __table_args__ = (UniqueConstraint("cohort_id", "kind", "month", postgresql_nulls_not_distinct=True),)


class ReportDays(Base):
    """When a kind of report is due, as the project decided it; without a row the published days count."""

    __tablename__ = "report_days"
    kind: Mapped[ReportKind] = mapped_column(state_column(ReportKind, "kind"), primary_key=True)
    days: Mapped[int]  # after the day from which this kind is counted
    decided_by: Mapped[str] = mapped_column(String(200))  # who decided, or which paper says so
    decided_on: Mapped[date]
    set_at: Mapped[Instant]
    set_by: Mapped[UUID]
    __table_args__ = (CheckConstraint("days between -365 and 365", name="days"),)


class IntegrityFinding(Base):
    """Something in the registers that a person should look at; nothing follows from it by itself."""

    __tablename__ = "integrity_finding"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    kind: Mapped[FindingKind] = mapped_column(state_column(FindingKind, "kind"))
    what: Mapped[str] = mapped_column(String(200))  # told apart from other findings of this kind
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    noticed_at: Mapped[Instant]
    state: Mapped[FindingState] = mapped_column(state_column(FindingState, "state"), default=INTEGRITY_FINDING.initial)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("cohort_id", "kind", "what"),)


class Concern(Base):
    """What somebody reported without a name: neither the account nor the hour is kept."""

    __tablename__ = "training_concern"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohort.id", ondelete="SET NULL"), index=True)
    kind: Mapped[FindingKind] = mapped_column(state_column(FindingKind, "kind"))
    words: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date]
    __table_args__ = (Index("ix_training_concern_day", "organisation_id", "on_day"),)
