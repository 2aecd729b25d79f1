"""What the pages of the shell show; each area keeps its own views beside its routes."""

from dataclasses import dataclass
from datetime import datetime

from web.i18n import LANGUAGES
from web.parts import Choice
from web.passkey_views import PasskeyView


@dataclass(frozen=True)
class SignInView:
    """Where to go after signing in, empty for the role's own first page; and what a passkey is asked."""

    next: str
    passkey: PasskeyView | None = None
    has_new_password: bool = False


@dataclass(frozen=True)
class SuspendedView:
    """Why an account is suspended; empty when nobody wrote it down."""

    reason: str


@dataclass(frozen=True)
class InvitationView:
    """What an invitation makes of whoever accepts it."""

    token: str
    role: str
    organisation: str
    expires_at: datetime


@dataclass(frozen=True)
class LanguageView:
    """The languages to choose from, each by its own name."""

    choices: tuple[Choice, ...] = tuple(Choice(language.code, language.name) for language in LANGUAGES.values())
