"""What shows that an organisation is what it says."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column


class EvidenceKind(StrEnum):
    """What kind of paper it is."""

    REGISTER = "register"
    LICENCE = "licence"
    MANDATE = "mandate"
    OTHER = "other"


class OrganisationEvidence(Base):
    """One paper or register entry that somebody of the project has seen; it counts until its last day."""

    __tablename__ = "organisation_evidence"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(state_column(EvidenceKind, "kind"))
    number: Mapped[str] = mapped_column(String(60), default="")
    words: Mapped[str] = mapped_column(String(500))  # what it shows, and where it was looked up
    expires_on: Mapped[date]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    added_at: Mapped[Instant]
