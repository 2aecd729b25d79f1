"""Ten codes to print or write down: each opens once, when the phone is lost. Only their hashes are kept."""

import base64
import secrets
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from talent.accounts.factor_models import RecoveryCode
from talent.accounts.throttle import hashed
from talent.foundation.clock import now
from talent.foundation.text import fold

CODES = 10
CODE_BYTES = 15  # 120 bits: above the 112 from which S-ASVS 6.5.2 takes a plain hash
GROUP_CHARACTERS = 4


def issue(session: Session, account_id: UUID) -> list[str]:
    """Ten fresh codes, shown this once; those from before end."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [new_code() for _ in range(CODES)]
    moment = now()
    session.add_all(
        RecoveryCode(code_hash=code_hash(account_id, code), account_id=account_id, created_at=moment) for code in codes
    )
    session.flush()
    return codes


def new_code() -> str:
    """A random code in groups of four letters and digits."""
    letters = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
    return "-".join(letters[at : at + GROUP_CHARACTERS] for at in range(0, len(letters), GROUP_CHARACTERS))


def code_hash(account_id: UUID, code: str) -> str:
    """Under which a code is kept; spaces, hyphens and capitals make no difference."""
    letters = "".join(letter for letter in fold(code) if letter.isalnum())
    return hashed(f"recovery code|{account_id}|{letters}")


def accept(session: Session, account_id: UUID, code: str) -> bool:
    """Whether the code is one of the account's that was not used; it is used up by this."""
    unused = (RecoveryCode.code_hash == code_hash(account_id, code), RecoveryCode.used_at.is_(None))
    mine = update(RecoveryCode).where(*unused, RecoveryCode.account_id == account_id).values(used_at=now())
    return session.execute(mine.returning(RecoveryCode.code_hash)).first() is not None


def left(session: Session, account_id: UUID) -> int:
    """How many codes of the account still open."""
    unused = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def remove(session: Session, account_id: UUID) -> None:
    """End every code of the account."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
