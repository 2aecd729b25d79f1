"""Choosing a new password with a single-use code: out of a letter, or given out by two people of the staff."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from talent.accounts import authenticator_apps, recovery_codes, sessions
from talent.accounts.factor_models import CodeKind, Passkey, PasswordCode
from talent.accounts.models import Account
from talent.accounts.own_sign_in import set_password
from talent.accounts.signin import login_as_typed
from talent.accounts.throttle import (
    Visit,
    begin_anew,
    count_failure,
    hashed,
    network_prefix,
    refuse_when_throttled,
    throttle_keys,
)
from talent.foundation.clock import now
from talent.foundation.database import sessions_on
from talent.foundation.embedded import database_url
from talent.foundation.errors import Gone, NotPermitted
from talent.foundation.jobs import defer, task
from talent.foundation.mail import send_later
from talent.foundation.row_context import SystemContext, enter, of_system
from talent.foundation.settings import load_settings
from talent.foundation.text import fold
from talent.foundation.words import N_

PASSWORD_LETTER = "password_letter"  # noqa: S105 - the name of a job
LASTS: Mapping[CodeKind, timedelta] = {CodeKind.LETTER: timedelta(hours=1), CodeKind.HELP: timedelta(hours=24)}
"""How long each code opens; S-NIST, section 4.2.2, allows 24 hours."""
ADDRESS = "/sign-in/new-password/{code}"
LINK_MARK = "[[link]]"
"""Where the worker puts the link into the letter that the page worded."""
OLD_LINK = N_("This link was used or is too old. Ask for a new one.")
WRONG = N_("Login and code do not fit together, or the code was used or is too old. Check both and try again.")


def ask_for_letter(session: Session, *, login: str, letters: Mapping[str, Mapping[str, str]], visit: Visit) -> None:
    """Queue the same job whether or not the login has an account: only the worker looks, so that no answer tells.

    ``letters`` holds subject and body in each language, with ``LINK_MARK`` in the body. Each request is counted.

    Raises:
        TooMany: too many letters were asked for, for this login or from this network.
    """
    folded = login_as_typed(login)
    here = f"letters:{hashed(network_prefix(visit.network))[:32]}"
    keys = {"letter": f"letter:{hashed(folded)[:32]}", "letters": here}
    refuse_when_throttled(session, keys)
    count_failure(session, keys)
    defer(session, PASSWORD_LETTER, login=folded, letters={code: dict(letter) for code, letter in letters.items()})


@task(PASSWORD_LETTER)
def password_letter(login: str, letters: dict[str, dict[str, str]]) -> None:
    """Write to the account of this login, if there is one."""
    settings = load_settings()
    with sessions_on(database_url(settings)) as opened, opened.begin() as session:
        enter(session, of_system(SystemContext.SIGN_IN))
        send_link(session, login=login, letters=letters, base_url=settings.base_url)


def send_link(session: Session, *, login: str, letters: Mapping[str, Mapping[str, str]], base_url: str) -> None:
    """Queue the letter with a fresh link, in the account's language; nothing, when nobody may have one."""
    account = session.scalar(select(Account).where(Account.login == login, Account.suspended_at.is_(None)))
    if account is None or "@" not in account.login:
        return
    code = secrets.token_urlsafe(32)
    keep_code(session, account.id, code, CodeKind.LETTER)
    letter = letters.get(account.language) or letters["en"]
    link = base_url.rstrip("/") + ADDRESS.format(code=code)
    body = letter["body"].replace(LINK_MARK, link)
    send_later(session, recipient=account.login, subject=letter["subject"], body=body)


def keep_code(session: Session, account_id: UUID, code: str, kind: CodeKind) -> None:
    """Keep the hash of a new code; earlier ones of the account end."""
    session.execute(delete(PasswordCode).where(PasswordCode.account_id == account_id, PasswordCode.used_at.is_(None)))
    moment = now()
    session.add(
        PasswordCode(
            code_hash=code_hash(code, kind),
            account_id=account_id,
            kind=kind,
            created_at=moment,
            expires_at=moment + LASTS[kind],
        )
    )
    session.flush()


def code_hash(code: str, kind: CodeKind) -> str:
    """Under which a code is kept; in one that is typed, spaces, hyphens and capitals make no difference."""
    typed = "".join(letter for letter in fold(code) if letter.isalnum()) if kind is CodeKind.HELP else code
    return hashed(f"password code|{kind}|{typed}")


def open_link(session: Session, code: str) -> Account:
    """Whose link this is, while it opens.

    Raises:
        Gone: it is unknown, used or too old.
    """
    account = session.scalar(
        select(Account)
        .join(PasswordCode, PasswordCode.account_id == Account.id)
        .where(
            PasswordCode.code_hash == code_hash(code, CodeKind.LETTER),
            PasswordCode.used_at.is_(None),
            PasswordCode.expires_at >= now(),
            Account.suspended_at.is_(None),
        )
    )
    if account is None:
        raise Gone(OLD_LINK)
    return account


def choose_by_link(session: Session, *, code: str, chosen: str) -> Account:
    """The account whose password is new; the link is used up, every session ends, and the second step stays.

    Raises:
        Gone: the link is unknown, used or too old.
        Unprocessable: the password is too short, too long or a guess; the link still opens.
    """
    account = open_link(session, code)
    set_password(session, account, chosen)
    if use_up(session, code_hash(code, CodeKind.LETTER), account.id) is False:
        raise Gone(OLD_LINK)
    after_new_password(session, account)
    return account


def choose_with_help(session: Session, *, login: str, code: str, chosen: str, visit: Visit) -> Account:
    """The account whose password is new; its second step ends too, since two people made sure who asked.

    A failure is counted by adding rows: the caller commits them although this raises.

    Raises:
        NotPermitted: login and code do not fit together; the same sentence whether or not there is an account.
        TooMany: too many tries.
        Unprocessable: the password is too short, too long or a guess; the code still opens.
    """
    folded = login_as_typed(login)
    keys = throttle_keys(f"help|{folded}", visit.device, visit.network, kind="code")
    refuse_when_throttled(session, keys)
    fitting = code_hash(code, CodeKind.HELP)
    account = session.scalar(
        select(Account)
        .join(PasswordCode, PasswordCode.account_id == Account.id)
        .where(PasswordCode.code_hash == fitting, PasswordCode.used_at.is_(None), PasswordCode.expires_at >= now())
        .where(Account.login == folded, Account.suspended_at.is_(None))
    )
    if account is None:
        count_failure(session, keys)
        raise NotPermitted(WRONG)
    set_password(session, account, chosen)
    if not use_up(session, fitting, account.id):
        raise NotPermitted(WRONG)
    forget_second_steps(session, account)
    begin_anew(session, keys)
    after_new_password(session, account)
    return account


def use_up(session: Session, fitting: str, account_id: UUID) -> bool:
    """Whether the code of this hash was still open; of two at once, one is told yes."""
    unused = (PasswordCode.code_hash == fitting, PasswordCode.account_id == account_id, PasswordCode.used_at.is_(None))
    used = update(PasswordCode).where(*unused).values(used_at=now()).returning(PasswordCode.account_id)
    return session.execute(used).first() is not None


def forget_second_steps(session: Session, account: Account) -> None:
    """End everything that this account has for the second step."""
    authenticator_apps.remove(session, account.id)
    recovery_codes.remove(session, account.id)
    session.execute(delete(Passkey).where(Passkey.account_id == account.id))


def after_new_password(session: Session, account: Account) -> None:
    """End every session of the account, and forget the failures in a row of browsers that it does not know."""
    sessions.end_sessions_of(session, account.id)
    begin_anew(session, throttle_keys(account.login, "", ""))
