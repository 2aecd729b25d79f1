"""Accounts, organisations, sign-in sessions, invitations and used form keys."""

from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from talent.accounts.permissions import Role
from talent.accounts.standing import OrganisationState
from talent.foundation.database import Base, Instant, Key, state_column


class OrganisationKind(StrEnum):
    """What an organisation is in the corridor."""

    AGENCY = "agency"
    EMPLOYER = "employer"
    INSTITUTE = "institute"
    AWARDING_BODY = "awarding_body"
    RECOGNITION_AUTHORITY = "recognition_authority"
    PROTECTORATE = "protectorate"
    RESOURCE_CENTRE = "resource_centre"
    PROJECT = "project"


ORGANISATION_OF: dict[Role, OrganisationKind] = {
    Role.AGENCY_OFFICER: OrganisationKind.AGENCY,
    Role.EMPLOYER: OrganisationKind.EMPLOYER,
    Role.INSTITUTE_OFFICER: OrganisationKind.INSTITUTE,
    Role.AWARDING_OFFICER: OrganisationKind.AWARDING_BODY,
    Role.RECOGNITION_OFFICER: OrganisationKind.RECOGNITION_AUTHORITY,
    Role.PROTECTORATE_OFFICER: OrganisationKind.PROTECTORATE,
    Role.RESOURCE_CENTRE_OFFICER: OrganisationKind.RESOURCE_CENTRE,
    Role.PROJECT_STAFF: OrganisationKind.PROJECT,
    Role.ADMINISTRATOR: OrganisationKind.PROJECT,
    Role.AUDITOR: OrganisationKind.PROJECT,
}
"""What kind of organisation each invited role works for."""


class Organisation(Base):
    """Whom people work for: an agency, an employer, an institute, an authority, or the project itself."""

    __tablename__ = "organisation"
    id: Mapped[Key]
    kind: Mapped[OrganisationKind] = mapped_column(state_column(OrganisationKind, "kind"))
    name: Mapped[str] = mapped_column(String(200), unique=True)
    country: Mapped[str] = mapped_column(String(2))  # ISO 3166-1 alpha-2
    created_at: Mapped[Instant]
    state: Mapped[OrganisationState] = mapped_column(
        state_column(OrganisationState, "state"), default=OrganisationState.VERIFIED
    )
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)  # an employer's agency
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Account(Base):
    """Somebody who can sign in. ``login`` is a folded e-mail address or an E.164 phone number."""

    __tablename__ = "account"
    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(state_column(Role, "role"))
    name: Mapped[str] = mapped_column(String(200), default="")  # staff only; a candidate's name is in its profile
    language: Mapped[str] = mapped_column(String(10), default="en")
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_at: Mapped[Instant]
    suspended_at: Mapped[Instant | None]  # from then on nobody signs in with it
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    __table_args__ = (CheckConstraint("role <> 'system'", name="nobody_signs_in_as_the_service"),)


class SignInStage(StrEnum):
    """How far somebody has come with signing in; only ``FULL`` opens pages."""

    SECOND_STEP = "second_step"
    SET_UP = "set_up"
    FULL = "full"


class SignInSession(Base):
    """One signed-in device; the token itself is never stored, only its hash."""

    __tablename__ = "sign_in_session"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4, server_default=text("gen_random_uuid()"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    stage: Mapped[SignInStage] = mapped_column(state_column(SignInStage, "stage"), server_default=SignInStage.FULL)
    role: Mapped[str] = mapped_column(String(40), server_default="")  # at sign-in; another one ends the session
    device: Mapped[str] = mapped_column(String(200))  # in words, such as "Chrome, Android"
    network: Mapped[str] = mapped_column(String(50), server_default="")  # the prefix only, such as 39.32.1.0/24
    then: Mapped[str] = mapped_column(String(500), server_default="")  # where to go once signed in
    created_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    proved_at: Mapped[Instant | None]  # when the person last typed a password or used a passkey


class Invitation(Base):
    """A single-use link that makes one account of one role."""

    __tablename__ = "invitation"
    id: Mapped[Key]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(state_column(Role, "role"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    sent_to: Mapped[str] = mapped_column(String(254), default="")
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)  # see TAKE_TWO
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")


class SignInFailure(Base):
    """One failed try to sign in, counted by account, device and network; kept one day."""

    __tablename__ = "sign_in_failure"
    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[Instant] = mapped_column(index=True)


class UsedFormKey(Base):
    """A form that was sent once; the second sending of the same form has no effect."""

    __tablename__ = "used_form_key"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    sent_by: Mapped[UUID]
    at: Mapped[Instant] = mapped_column(index=True)
    went_to: Mapped[str] = mapped_column(String(500), default="")  # where the first sending led


class ListArrangement(Base):
    """How one person wants to see one list: the columns that are shown, and what narrows it."""

    __tablename__ = "list_arrangement"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    listing: Mapped[str] = mapped_column(String(40), primary_key=True)  # such as "placements"
    columns: Mapped[list[str]] = mapped_column(JSONB)
    filters: Mapped[dict[str, str]] = mapped_column(JSONB)
    kept_at: Mapped[Instant]
