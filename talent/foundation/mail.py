"""Letters: queued with the change that causes them, sent by the worker, kept as files where no mail server is set."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlalchemy import text
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.jobs import defer, task
from talent.foundation.settings import Settings, load_settings

SEND_LETTER = "send_letter"
HERE = "[[here]]"
"""Where the worker puts the address of this service into a letter."""
TIMEOUT_S = 10
EMPTIED = text(
    "update procrastinate_jobs set args = args - 'body' - 'subject'"
    " where task_name = :task and status not in ('todo', 'doing') and args ? 'body' returning id"
)


def send_later(session: Session, *, recipient: str, subject: str, body: str) -> None:
    """Queue one letter in the caller's transaction; a recipient that is not an e-mail address is skipped."""
    if "@" in recipient:
        defer(session, SEND_LETTER, recipient=recipient, subject=subject, body=body)


@task(SEND_LETTER)
def send_letter(recipient: str, subject: str, body: str) -> None:
    """Hand one letter to the mail server, or write it under ``var_dir/mail`` where none is set."""
    settings = load_settings()
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, recipient, subject
    letter.set_content(body.replace(HERE, settings.base_url.rstrip("/")))
    if settings.mail_url is None:
        keep_letter(settings, letter)
        return
    with connect(settings.mail_url) as server:
        server.send_message(letter)


def forget_unsent(session: Session) -> int:
    """Empty the letters that could not be sent and wait for nobody: their links are single-use keys; how many.

    A letter that was sent leaves no row at all: the worker removes the job that succeeded.
    """
    return len(session.execute(EMPTIED, {"task": SEND_LETTER}).all())


def connect(mail_url: str) -> smtplib.SMTP:
    """A signed-in connection to the mail server of ``smtp://`` or ``smtps://``."""
    parts = urlsplit(mail_url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    server = kind(parts.hostname or "localhost", parts.port or 0, timeout=TIMEOUT_S)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def keep_letter(settings: Settings, letter: EmailMessage) -> None:
    """Write the letter as a file that any mail program opens."""
    folder = settings.var_dir / "mail"
    folder.mkdir(exist_ok=True)
    (folder / f"{now():%Y%m%dT%H%M%S.%f}.eml").write_bytes(bytes(letter))
