"""Expected errors: each has one HTTP meaning and a sentence for the person."""

from typing import ClassVar

from talent.foundation.words import N_, Sentence


class TalentError(Exception):
    """Something the person can be told about; anything else is a bug and falls."""

    http_status: ClassVar[int] = 500
    default: ClassVar[str] = N_("Something went wrong.")
    retry_after_s: ClassVar[int | None] = None
    """After how many seconds it is worth while to try again; None where trying again changes nothing."""

    def __init__(self, message: Sentence | str = "") -> None:
        self.message = message if isinstance(message, Sentence) else Sentence(message or self.default)
        super().__init__(self.message.english())


class NotFound(TalentError):
    """It does not exist, or this person may not know that it does."""

    http_status = 404
    default = N_("There is no such page.")


class NotPermitted(TalentError):
    """It exists, the person may know, and may not do this."""

    http_status = 403
    default = N_("You may not do this.")


class Conflict(TalentError):
    """Somebody else was first, or the thing is no longer in the state that this needs."""

    http_status = 409
    default = N_("This was changed while you were reading it.")


class Gone(TalentError):
    """It existed and was removed or has expired."""

    http_status = 410
    default = N_("This is no longer available.")


class Unprocessable(TalentError):
    """What was sent cannot be used; the sentence says what to do."""

    http_status = 422
    default = N_("We cannot use what you sent.")


class TooMany(TalentError):
    """Too many tries; the sentence says when to come back."""

    http_status = 429
    default = N_("Too many tries. Wait a few minutes and try again.")
    retry_after_s = 15 * 60


class Busy(TalentError):
    """More people come at once than can be served, or the database does not answer in time."""

    http_status = 503
    default = N_(
        "Very many people use this service right now. Wait half a minute, then load this page or send it again."
    )
    retry_after_s = 30
