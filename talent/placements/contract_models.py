"""The demand letter of a vacancy, and the contract that one worker is offered."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column
from talent.placements.contract_states import CONTRACT, ContractState
from talent.placements.contract_terms import Housing, Length, Payment
from talent.vacancies.terms import PayPeriod


class DemandLetter(Base):
    """How many people an employer asks for and on which terms: one record that both shores read and confirm."""

    __tablename__ = "demand_letter"
    id: Mapped[Key]
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # such as DL-7K3QM2
    job_title: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    seats: Mapped[int]
    pay_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    period: Mapped[PayPeriod] = mapped_column(state_column(PayPeriod, "period"))
    months: Mapped[int | None]  # empty: without an end
    changed_at: Mapped[Instant]
    agency_agreed_at: Mapped[Instant | None]
    protectorate_agreed_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("seats between 1 and 10000", name="seats"),
        CheckConstraint("pay_cents > 0", name="pay"),
        CheckConstraint("months between 1 and 120", name="months"),
    )


class Contract(Base):
    """The terms that one worker is offered; what was withdrawn stays, and a new one begins beside it."""

    __tablename__ = "contract"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # such as CT-7K3QM2
    state: Mapped[ContractState] = mapped_column(state_column(ContractState, "state"), default=CONTRACT.initial)
    pay_cents: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    period: Mapped[PayPeriod | None] = mapped_column(state_column(PayPeriod, "period"))
    hours_week: Mapped[float | None]
    length: Mapped[Length | None] = mapped_column(state_column(Length, "length"))
    months: Mapped[int | None]
    housing: Mapped[Housing | None] = mapped_column(state_column(Housing, "housing"))
    rent_cents: Mapped[int | None]
    return_ticket: Mapped[Payment | None] = mapped_column(state_column(Payment, "return_ticket"))
    insurance: Mapped[Payment | None] = mapped_column(state_column(Payment, "insurance"))
    probation_months: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(ARRAY(String(10)))
    attested_by: Mapped[str] = mapped_column(String(200), default="")
    attested_on: Mapped[date | None]
    attestation_number: Mapped[str] = mapped_column(String(60), default="")
    made_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("uq_contract_standing", "placement_id", unique=True, postgresql_where=text("state <> 'withdrawn'")),
        CheckConstraint("pay_cents > 0", name="pay"),
        CheckConstraint("hours_week between 1 and 80", name="hours"),
        CheckConstraint("months between 1 and 120", name="months"),
        CheckConstraint("probation_months between 0 and 120", name="probation"),
        CheckConstraint("(attested_on is null) = (attestation_number = '')", name="attested_whole"),
    )
