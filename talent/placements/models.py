"""Placements, the steps of both shores that were done in each, and the times in which a clock stood still."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.casework.clock_terms import Pause
from talent.foundation.database import Base, Instant, Key, state_column
from talent.pathways.terms import Doer
from talent.placements.states import PLACEMENT, ExitReason, PlacementState


class Placement(Base):
    """One accepted candidate on the way to one seat, and back; it knows no name."""

    __tablename__ = "placement"
    id: Mapped[Key]
    introduction_id: Mapped[UUID] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    employer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The employer's own account here, once the agency has let it take part."""
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # such as PL-7K3QM2
    profile_reference: Mapped[str] = mapped_column(String(12))
    job_title: Mapped[str] = mapped_column(String(200))
    employer: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    isco_group: Mapped[str] = mapped_column(String(4))
    pathway_id: Mapped[str] = mapped_column(String(60))
    rules_version: Mapped[str] = mapped_column(String(12))
    """The version of the pathway's rules by which the case was last read."""
    rules_read: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    """What the rules said when the case was last read: the mark and the words of each row of its ways."""
    state: Mapped[PlacementState] = mapped_column(state_column(PlacementState, "state"), default=PLACEMENT.initial)
    last_active: Mapped[PlacementState | None] = mapped_column(state_column(PlacementState, "last_active"))
    exit_reason: Mapped[ExitReason | None] = mapped_column(state_column(ExitReason, "exit_reason"))
    work_began_on: Mapped[date | None]
    last_check_in: Mapped[
        int | None
    ]  # months of work at the last check-in that was answered; says nothing of the answers
    waits_for: Mapped[Doer | None] = mapped_column(state_column(Doer, "waits_for"))
    next_due_on: Mapped[date | None]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    version: Mapped[int] = mapped_column()
    done: Mapped[list["PlacementStep"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="(PlacementStep.done_on, PlacementStep.noted_at)"
    )
    pauses: Mapped[list["PlacementPause"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="(PlacementPause.since, PlacementPause.noted_at)"
    )
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_placement_inbox", "next_due_on", "id"),
        Index("ix_placement_where", "state", "country", "waits_for", "next_due_on", "changed_at"),
        Index("ix_placement_came_to_work", "pathway_id", "work_began_on"),
        Index("ix_placement_agency_inbox", "organisation_id", "next_due_on", "id"),
        CheckConstraint(
            "(state in ('ended', 'returned', 'settled')) = (last_active is not null)", name="last_active_when_final"
        ),
        CheckConstraint("(state = 'ended') = (exit_reason is not null)", name="reason_when_ended"),
    )


class PlacementStep(Base):
    """One step of one way that was done in a placement."""

    __tablename__ = "placement_step"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    way_id: Mapped[str] = mapped_column(String(60))
    step_id: Mapped[str] = mapped_column(String(60))
    done_on: Mapped[date]
    noted_by: Mapped[UUID]
    noted_at: Mapped[Instant]
    __table_args__ = (UniqueConstraint("placement_id", "way_id", "step_id"),)


class PlacementPause(Base):
    """A time in which the clock of a step stood still because the authority waited for something."""

    __tablename__ = "placement_pause"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    way_id: Mapped[str] = mapped_column(String(60))
    step_id: Mapped[str] = mapped_column(String(60))
    why: Mapped[Pause] = mapped_column(state_column(Pause, "why"))
    since: Mapped[date]
    until: Mapped[date | None]
    noted_by: Mapped[UUID]
    noted_at: Mapped[Instant]
    __table_args__ = (
        Index("ix_placement_pause_step", "placement_id", "way_id", "step_id"),
        CheckConstraint("until >= since", name="ends_after_it_begins"),
        Index(
            "uq_placement_pause_standing",
            "placement_id",
            "way_id",
            "step_id",
            unique=True,
            postgresql_where="until is null",
        ),
    )
