"""What hangs on the steps of a placement: documents that prove them, rules that changed."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key


class PlacementProof(Base):
    """One document that was attached to a step of the journey, or to a move of the whole placement."""

    __tablename__ = "placement_proof"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    way_id: Mapped[str | None] = mapped_column(String(60))
    step_id: Mapped[str | None] = mapped_column(String(60))
    action: Mapped[str | None] = mapped_column(String(40))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), index=True)
    """The file; it belongs to the candidate, whoever brought it, so that it leaves and goes with the candidate."""
    added_at: Mapped[Instant]
    added_by: Mapped[UUID]
    added_role: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Whose officer brought it; none of a candidate and of project staff."""
    __table_args__ = (
        CheckConstraint("(way_id is null) = (step_id is null)", name="step_of_a_way"),
        CheckConstraint("(step_id is null) <> (action is null)", name="of_a_step_or_a_move"),
    )


class RulesChange(Base):
    """That the rules of a placement's way changed while it was open, and in what; rows are added and never changed."""

    __tablename__ = "rules_change"
    id: Mapped[Key]
    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    at: Mapped[Instant]
    changes: Mapped[list[list[str]]] = mapped_column(JSONB)
    """Each as way, part of it, how it changed, and its words."""
