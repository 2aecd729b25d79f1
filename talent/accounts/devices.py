"""The browsers in which somebody has signed in: said in words, and remembered by the hash of their cookie."""

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.factor_models import KnownDevice
from talent.accounts.models import Account
from talent.accounts.throttle import Visit, hashed
from talent.foundation.clock import now

BROWSERS: tuple[tuple[str, str], ...] = (
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("Edg", "Edge"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""What a browser says of itself, the more special first: most of them say that they are Safari and Chrome too."""
SYSTEMS: tuple[tuple[str, str], ...] = (
    ("KAIOS", "KaiOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
MOST_DEVICES = 20


def in_words(browser: str) -> str:
    """The browser and its system, such as "Chrome, Android"; empty when it does not say."""
    found = (next((name for mark, name in table if mark in browser), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)


def remember(session: Session, account: Account, visit: Visit) -> bool:
    """Whether this browser is a new one beside others that the account knows; from now on it is known.

    The twenty browsers seen last are kept.
    """
    if not visit.device:
        return False
    has_others = session.scalar(select(exists().where(KnownDevice.account_id == account.id))) or False
    device, moment = hashed(visit.device), now()
    row = insert(KnownDevice).values(
        account_id=account.id, device_hash=device, first_seen_at=moment, last_seen_at=moment
    )
    keys = [KnownDevice.account_id, KnownDevice.device_hash]
    kept = row.on_conflict_do_update(index_elements=keys, set_={"last_seen_at": moment})
    first_seen = session.scalar(kept.returning(KnownDevice.first_seen_at))
    _forget_oldest(session, account)
    return has_others and first_seen == moment


def _forget_oldest(session: Session, account: Account) -> None:
    newest = (
        select(KnownDevice.device_hash)
        .where(KnownDevice.account_id == account.id)
        .order_by(KnownDevice.last_seen_at.desc(), KnownDevice.device_hash)
        .limit(MOST_DEVICES)
    )
    old = (KnownDevice.account_id == account.id, KnownDevice.device_hash.not_in(newest))
    session.execute(delete(KnownDevice).where(*old))


def known_count(session: Session, account: Account) -> int:
    """How many browsers the account knows."""
    query = select(func.count()).select_from(KnownDevice).where(KnownDevice.account_id == account.id)
    return session.scalar(query) or 0
