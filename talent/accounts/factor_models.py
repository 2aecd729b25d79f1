"""Second factors, known devices, codes that help people back in, and sign-in through an organisation's own provider."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talent.foundation.database import Base, Instant, Key, state_column


class AuthenticatorApp(Base):
    """The time-based codes of one account (RFC 6238)."""

    __tablename__ = "authenticator_app"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)  # the newest step whose code was used
    created_at: Mapped[Instant]


class Passkey(Base):
    """The public half of one key pair that a phone, computer or security key keeps."""

    __tablename__ = "passkey"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[Instant]
    last_used_at: Mapped[Instant | None]


class RecoveryCode(Base):
    """One code of a printed list; only its hash is kept, and it opens once."""

    __tablename__ = "recovery_code"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class KnownDevice(Base):
    """A browser in which an account has signed in completely; by the hash of its device cookie."""

    __tablename__ = "known_device"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    device_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_seen_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]


class FailureStreak(Base):
    """How many tries for one login failed in a row, whether or not it has an account; by the hash of the login."""

    __tablename__ = "failure_streak"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[Instant] = mapped_column(index=True)


class CodeKind(StrEnum):
    """How somebody who cannot sign in gets back in."""

    LETTER = "letter"
    HELP = "help"


class PasswordCode(Base):
    """A single-use code that lets its holder choose a new password; only its hash is kept."""

    __tablename__ = "password_code"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CodeKind] = mapped_column(state_column(CodeKind, "kind"))
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant] = mapped_column(index=True)
    used_at: Mapped[Instant | None]


class IdentityCheck(StrEnum):
    """How staff made sure whom they help."""

    CARD = "card"
    KNOWN_PERSON = "known_person"


class SignInHelp(Base):
    """One request of staff to help a candidate back in; a second member of staff answers it."""

    __tablename__ = "sign_in_help"
    id: Mapped[Key]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    checked: Mapped[IdentityCheck] = mapped_column(state_column(IdentityCheck, "checked"))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    asked_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    answered_at: Mapped[Instant | None]
    agreed: Mapped[bool | None]
    __table_args__ = (CheckConstraint("answered_by <> asked_by", name="two_people"),)


class IdentityProvider(Base):
    """Where the staff of one organisation sign in with their own accounts (OpenID Connect)."""

    __tablename__ = "identity_provider"
    id: Mapped[Key]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), unique=True)
    issuer: Mapped[str] = mapped_column(String(300), unique=True)
    client_id: Mapped[str] = mapped_column(String(200))
    sealed_secret: Mapped[str] = mapped_column(String(500))
    is_open: Mapped[bool] = mapped_column(server_default=text("true"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[Instant]


class ProviderAccount(Base):
    """The account that one person of a provider has here; ``subject`` is the provider's lasting name for the person."""

    __tablename__ = "provider_account"
    id: Mapped[Key]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("identity_provider.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(255))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Instant]
    __table_args__ = (UniqueConstraint("provider_id", "subject"),)


class ProviderErrand(Base):
    """One way to a provider and back, bound to the browser that began it; it ends with its first return."""

    __tablename__ = "provider_errand"
    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("identity_provider.id", ondelete="CASCADE"), index=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    sealed_secrets: Mapped[str] = mapped_column(String(500))  # the nonce and the proof key's verifier
    then: Mapped[str] = mapped_column(String(500))
    expires_at: Mapped[Instant] = mapped_column(index=True)
