"""Whom a candidate let into a case: who acts under a power of attorney, and which institute was asked for papers."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.taxonomy.levels import QualificationKind


class Mandate(Base):
    """One power of attorney in one case: to whom, signed when, what it lets them see, in which words, until when."""

    __tablename__ = "recognition_mandate"
    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recognition_case.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    signed_on: Mapped[date]  # the date on the paper
    shares: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))  # in which the words were read
    given_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    __table_args__ = (
        Index("ix_recognition_mandate_standing", "case_id", unique=True, postgresql_where=text("ended_at is null")),
    )


class CurriculumRequest(Base):
    """A candidate asks an institute for the curriculum of an award; the institute reads nothing else of the case."""

    __tablename__ = "curriculum_request"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("recognition_case.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    award: Mapped[QualificationKind] = mapped_column(state_column(QualificationKind, "award"))
    award_title: Mapped[str] = mapped_column(String(200))
    award_year: Mapped[int | None]
    asked_at: Mapped[Instant]
    supplied_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None]
    __table_args__ = (
        Index("ix_curriculum_request_waiting", "organisation_id", "asked_at"),
        Index(
            "ix_curriculum_request_open",
            "case_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("supplied_at is null and withdrawn_at is null"),
        ),
        CheckConstraint("supplied_at is null or withdrawn_at is null", name="answered_once"),
    )
