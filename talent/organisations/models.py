"""What shows that an organisation is what it says, and who asked to become one here."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from talent.accounts.models import OrganisationKind
from talent.foundation.database import Base, Instant, Key, state_column


class EvidenceKind(StrEnum):
    """What kind of paper it is."""

    REGISTER = "register"
    LICENCE = "licence"
    MANDATE = "mandate"
    OTHER = "other"


class OrganisationEvidence(Base):
    """One paper or register entry; it counts from when somebody of the project has confirmed it, until its last day."""

    __tablename__ = "organisation_evidence"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(state_column(EvidenceKind, "kind"))
    number: Mapped[str] = mapped_column(String(60), default="")
    words: Mapped[str] = mapped_column(String(500))  # what it shows, and where it was looked up
    expires_on: Mapped[date]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    added_at: Mapped[Instant]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)
    reminded_at: Mapped[Instant | None]  # when its organisation was told that it runs out


class OrganisationApplication(Base):
    """Somebody outside asks that an organisation may work here; the project takes it up or sets it aside."""

    __tablename__ = "organisation_application"
    id: Mapped[Key]
    kind: Mapped[OrganisationKind] = mapped_column(state_column(OrganisationKind, "kind"))
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))  # ISO 3166-1 alpha-2
    number: Mapped[str] = mapped_column(String(60), default="")  # in a register or of a licence
    words: Mapped[str] = mapped_column(String(2000))
    contact_sealed: Mapped[str] = mapped_column(String(800), info={"sealed": True})  # until it is answered
    applied_at: Mapped[Instant]
    answered_at: Mapped[Instant | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)  # once taken up
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}
