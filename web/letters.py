"""Letters about somebody's own account, in the language of the account; whoever has no e-mail address gets none."""

from collections.abc import Mapping
from enum import Enum

from sqlalchemy.orm import Session

from talent.accounts.models import Account
from talent.foundation.clock import now
from talent.foundation.mail import send_later
from talent.foundation.words import N_, Sentence
from web.i18n import ENGLISH, LANGUAGES, Words


class Letter(Enum):
    """Each letter: its subject and what it says; ``{when}`` and ``{device}`` are known for all of them."""

    NEW_DEVICE = (
        N_("Somebody signed in on a new device"),
        N_(
            "Your account was opened on {when} with {device}, which had not been used before.\n\n"
            "If that was you, there is nothing to do. If not, sign in, open “My sign-in”, end the other sessions "
            "and choose a new password."
        ),
    )
    SECOND_STEP_ADDED = (
        N_("A second step was added to your sign-in"),
        N_("This happened on {when} with {device}. If that was not you, choose a new password at once and tell us."),
    )
    SECOND_STEP_REMOVED = (
        N_("A second step was removed from your sign-in"),
        N_("This happened on {when} with {device}. If that was not you, choose a new password at once and tell us."),
    )
    RECOVERY_CODE_USED = (
        N_("A recovery code was used"),
        N_("This happened on {when} with {device}. If that was not you, choose a new password at once and tell us."),
    )
    PASSWORD_CHANGED = (
        N_("Your password was changed"),
        N_(
            "This happened on {when} with {device}, and every other session was ended. If that was not you, choose a "
            "new password with “I forgot my password” at once and tell us."
        ),
    )


SOME_BROWSER = N_("a browser that does not say its name")


def words_for(account: Account) -> Words:
    """The words of the account's language."""
    return Words(LANGUAGES.get(account.language, ENGLISH))


def write(session: Session, account: Account, letter: Letter, *, device: str) -> None:
    """Queue a letter in the caller's transaction; ``device`` is the browser in words."""
    words = words_for(account)
    values: Mapping[str, object] = {"when": words.moment(now()), "device": device or Sentence(SOME_BROWSER)}
    subject, body = letter.value
    send_later(
        session,
        recipient=account.login,
        subject=str(words.say(subject).unescape()),
        body=str(words.say(Sentence(body, values)).unescape()),
    )
