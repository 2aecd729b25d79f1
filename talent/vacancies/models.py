"""What an employer needs, as a Member State's employment agency posts it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.foundation.database import Base, Instant, Key, state_column
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.vacancies.states import VACANCY, FrozenFor, VacancyState
from talent.vacancies.terms import CostPayer as CostPayer
from talent.vacancies.terms import PayPeriod as PayPeriod

CASCADE = "all, delete-orphan"


class Vacancy(Base):
    """One or more equal seats with one employer."""

    __tablename__ = "vacancy"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str] = mapped_column(String(60))  # the agency's own, unique within it
    state: Mapped[VacancyState] = mapped_column(state_column(VacancyState, "state"), default=VACANCY.initial)
    frozen_for: Mapped[FrozenFor | None] = mapped_column(state_column(FrozenFor, "frozen_for"))
    title: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    occupation_id: Mapped[UUID | None] = mapped_column(ForeignKey("occupation.id"), index=True)
    country: Mapped[str] = mapped_column(String(2))  # ISO 3166-1 alpha-2
    place: Mapped[str] = mapped_column(String(200), default="")
    seats: Mapped[int] = mapped_column(default=1)
    experience_months: Mapped[int] = mapped_column(default=0)
    qualification_kind: Mapped[QualificationKind | None] = mapped_column(
        state_column(QualificationKind, "qualification_kind")
    )
    qualification_field: Mapped[str] = mapped_column(String(4), default="")  # ISCED-F 2013; empty: any
    qualification_months: Mapped[int | None]  # least full-time months of training
    licences: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    pay_from_cents: Mapped[int | None]
    pay_to_cents: Mapped[int | None]
    pay_currency: Mapped[str] = mapped_column(String(3), default="EUR")
    pay_period: Mapped[PayPeriod | None] = mapped_column(state_column(PayPeriod, "pay_period"))
    hours_per_week: Mapped[float | None]
    start_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    cost_payer: Mapped[CostPayer] = mapped_column(state_column(CostPayer, "cost_payer"), default=CostPayer.UNKNOWN)
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    published_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column()
    skills: Mapped[list["VacancySkill"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="(VacancySkill.is_must.desc(), VacancySkill.words)"
    )
    languages: Mapped[list["VacancyLanguage"]] = relationship(
        lazy="raise", cascade=CASCADE, order_by="VacancyLanguage.language"
    )
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference"),
        Index("ix_vacancy_state", "state"),
        CheckConstraint("seats between 1 and 10000", name="seats"),
        CheckConstraint("pay_to_cents >= pay_from_cents", name="pay_range"),
        CheckConstraint("hours_per_week between 1 and 60", name="hours_per_week"),
        CheckConstraint("(state = 'frozen') = (frozen_for is not null)", name="frozen_for_a_reason"),
    )


class VacancySkill(Base):
    """One skill that the work needs."""

    __tablename__ = "vacancy_skill"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skill.id"), index=True)
    words: Mapped[str] = mapped_column(String(300))
    is_must: Mapped[bool]
    __table_args__ = (UniqueConstraint("vacancy_id", "skill_id"),)


class VacancyLanguage(Base):
    """The least level of a language that the work needs."""

    __tablename__ = "vacancy_language"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(10))  # BCP 47
    level: Mapped[CEFR] = mapped_column(state_column(CEFR, "level"))
    __table_args__ = (UniqueConstraint("vacancy_id", "language"),)


class VacancyImport(Base):
    """One uploaded file of vacancies: what each row would do or has done."""

    __tablename__ = "vacancy_import"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), index=True)
    file_kind: Mapped[str] = mapped_column(String(10))
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    uploaded_at: Mapped[Instant]
    taken_at: Mapped[Instant | None]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # number, title, values, problems, vacancy_id


class VacancyChange(Base):
    """The sequence of changes that the worker reads to keep its pool current."""

    __tablename__ = "vacancy_change"
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    vacancy_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[Instant]
