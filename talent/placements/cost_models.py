"""What was paid around a placement, and the complaint that a charge opens."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.foundation.database import Base, Instant, Key, state_column
from talent.placements.complaint_states import COMPLAINT, ComplaintState
from talent.placements.cost_terms import CostKind, CostParty


class Cost(Base):
    """One cost as somebody told it; a row is never changed, so that what was said stays said."""

    __tablename__ = "cost"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    placement_id: Mapped[UUID | None] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    """Empty when somebody was charged before there was a placement."""
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[CostKind] = mapped_column(state_column(CostKind, "kind"))
    payer: Mapped[CostParty] = mapped_column(state_column(CostParty, "payer"))
    payee: Mapped[CostParty] = mapped_column(state_column(CostParty, "payee"))
    payee_name: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(String(1000))
    amount_cents: Mapped[int | None]  # empty: not known
    currency: Mapped[str] = mapped_column(String(3))
    paid_on: Mapped[date | None]  # empty: asked for, and not paid yet
    fee: Mapped[str] = mapped_column(String(121))  # such as pk_exit/insurance; empty: no fee of the law
    legal: Mapped[str] = mapped_column(String(200))
    is_charge: Mapped[bool]
    noted_by: Mapped[UUID]
    noted_role: Mapped[str] = mapped_column(String(40))
    noted_at: Mapped[Instant]
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount"),)


class ChargeComplaint(Base):
    """One charge that staff look into; while they do, and when they find it true, the vacancy is frozen."""

    __tablename__ = "charge_complaint"
    id: Mapped[Key]
    cost_id: Mapped[UUID] = mapped_column(ForeignKey("cost.id", ondelete="CASCADE"), unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # such as CC-7K3QM2
    job_title: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(200))
    state: Mapped[ComplaintState] = mapped_column(state_column(ComplaintState, "state"), default=COMPLAINT.initial)
    opened_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    cost: Mapped[Cost] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_charge_complaint_state", "state", "opened_at"),)
