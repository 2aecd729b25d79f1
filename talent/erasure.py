"""Erasing a person: rows, vectors, files, letters and jobs go, the key is destroyed, and the erasure is remembered.

The ledger of erasures is a file in the second place, outside the database and its backups. It holds ids alone. After a
backup was restored, ``talent erase replay`` erases again whoever was erased since.
"""

import os
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from typing import Final
from uuid import UUID

from psycopg import errors
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from talent.accounts.models import Account
from talent.column_classes import CLASSES, P2, P3
from talent.foundation import audit
from talent.foundation.audit import Deed, Doer
from talent.foundation.clock import now
from talent.foundation.database import engine_at
from talent.foundation.documents import forget
from talent.foundation.embedded import owner_url
from talent.foundation.errors import NotFound
from talent.foundation.jobs import defer
from talent.foundation.person_keys import destroy_key
from talent.foundation.row_context import SystemContext, within
from talent.foundation.settings import Settings
from talent.matching.models import Suggestion
from talent.profiles.identity import contact_of
from talent.profiles.models import ProfileChange
from talent.profiles.service import MATCH_PROFILE
from talent.subject_rights import Person, files_of, person_of, tables_about

LEDGER: Final = "erasures.txt"
KEPT: Final = {
    "audit_entry": "who did what and when, by ids that lead to nobody any more; kept to prove what was done",
}
"""Tables whose rows about an erased person stay, and why."""
BEHIND_A_DOOR: Final = frozenset({"case_event"})
"""Tables from which the service itself may remove nothing: a function of the database's owner does."""
ERASE_CASE_EVENTS: Final = text("select erase_case_events(cast(:cases as uuid[]))")
JOBS_OF_PERSON: Final = text(
    "delete from procrastinate_jobs where status <> 'doing' "
    "and (args ->> 'profile_id' = :profile or lower(args ->> 'recipient') = any(:addresses))"
)


def erase(session: Session, settings: Settings, account_id: UUID, *, doer: Doer | None = None, reason: str) -> None:
    """Erase this candidate for good, in every table: under the operator's context, whoever asks.

    The bytes that PostgreSQL leaves behind go with ``scrub``.

    Raises:
        NotFound: there is no such account.
    """
    with within(session, SystemContext.OPERATOR):
        _erase(session, settings, account_id, doer, reason)


def _erase(session: Session, settings: Settings, account_id: UUID, doer: Doer | None, reason: str) -> None:
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    person = person_of(session, account_id)
    remember(settings, person)
    addresses = addresses_of(session, person)
    for stored in files_of(session, person):
        forget(session, settings.var_dir, stored)
    session.flush()
    session.execute(JOBS_OF_PERSON, {"profile": str(person.profile_id), "addresses": addresses})
    destroy_key(session, account_id)
    left = session.scalars(select(Suggestion.vacancy_id).where(Suggestion.profile_id == person.profile_id)).all()
    for table, about in reversed(list(tables_about(person))):
        if table.name not in KEPT and table.name not in BEHIND_A_DOOR:
            session.execute(delete(table).where(about))
    session.execute(ERASE_CASE_EVENTS, {"cases": list(person.case_ids)})
    session.expire_all()
    if person.profile_id is not None:  # The worker has the profile in memory and forgets it with this.
        session.add(ProfileChange(profile_id=person.profile_id, at=now()))
        session.flush()
        lists = [str(vacancy) for vacancy in sorted(left)]
        defer(session, MATCH_PROFILE, profile_id=str(person.profile_id), left=lists)
    remove_letters(settings.var_dir / "mail", addresses)
    audit.write(session, [Deed("account.erase", "account", str(account_id), account_id, reason=reason)], doer)


def addresses_of(session: Session, person: Person) -> list[str]:
    """Where letters to the person went, folded."""
    login = session.scalar(select(Account.login).where(Account.id == person.account_id)) or ""
    contact = contact_of(session, person.profile_id) if person.profile_id else None
    return sorted({address.casefold() for address in (login, contact.email if contact else "") if address})


def remove_letters(folder: Path, addresses: list[str]) -> None:
    """Remove kept letters to these addresses."""
    for letter in folder.glob("*.eml"):
        if str(message_from_bytes(letter.read_bytes())["To"]).casefold() in addresses:
            letter.unlink()


def ledger_path(settings: Settings) -> Path:
    """The ledger of erasures: in the second place, if the settings name one."""
    return (settings.checkpoints_dir or settings.var_dir / "checkpoints") / LEDGER


def remember(settings: Settings, person: Person) -> None:
    """Add a line to the ledger, synced before anything is erased: an erasure that fails half way is done by replay."""
    path = ledger_path(settings)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as stream:
        stream.write(f"{now().isoformat(timespec='seconds')} {person.account_id}\n")
        stream.flush()
        os.fsync(stream.fileno())


def remembered(settings: Settings) -> list[UUID]:
    """The accounts in the ledger, each once; half a line that a crash left is passed over."""
    path = ledger_path(settings)
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    found = {}
    for line in lines:
        parts = line.split()
        if len(parts) == 2 and len(parts[1]) == 36:
            found[UUID(parts[1])] = True
    return list(found)


def replay(session: Session, settings: Settings) -> int:
    """Erase again whoever is in the ledger and, after a restored backup, in the database; how many they were."""
    done = 0
    for account_id in remembered(settings):
        try:
            erase(session, settings, account_id, reason="replay")
        except NotFound:
            continue
        done += 1
    return done


def tables_to_scrub() -> list[str]:
    """Where bytes of an erased person can lie: tables about people, the queue, and the planner's samples."""
    about_people = {table.name for table, _ in tables_about(Person(UUID(int=0), UUID(int=0)))}
    personal = about_people | {table for table, classes in CLASSES.items() if {P2, P3} & set(classes)}
    return [*sorted(personal - KEPT.keys()), "procrastinate_jobs", "procrastinate_events", "pg_catalog.pg_statistic"]


SCRUB_AFTER: Final = ("checkpoint", "select pg_switch_wal()", "checkpoint")
"""Makes PostgreSQL drop the log segments that still hold what was removed."""
FORGET_LOGS: Final = ("alter system set wal_recycle = off", "select pg_reload_conf()")
"""Log segments are removed instead of written over later."""
FORGET_SAMPLES: Final = (
    "delete from pg_catalog.pg_statistic where starelid in "
    "(select oid from pg_class where relnamespace = 'public'::regnamespace)"
)
"""The planner keeps sample values of each column, also of a table that is empty by now; analysing makes new ones."""


def scrub(statements: Callable[[str], bool]) -> list[str]:
    """Rewrite every table that can hold bytes of an erased person, and drop old log segments; what was refused.

    It locks one table after the other for as long as writing it anew takes: a job for the night. ``statements`` runs
    one statement outside a transaction and tells whether it was permitted.
    """
    refused = [one for one in (*FORGET_LOGS, FORGET_SAMPLES) if not statements(one)]
    for table in tables_to_scrub():
        statement = f"vacuum (full, analyze) {table}" if "." not in table else f"vacuum (full) {table}"
        refused += [] if statements(statement) else [statement]
    return refused + [one for one in SCRUB_AFTER if not statements(one)]


def wipe(engine: Engine) -> list[str]:
    """Scrub this database; the statements that its user may not run, for its administrator."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))

        def permitted(statement: str) -> bool:
            try:
                connection.execute(text(statement))
            except ProgrammingError as problem:
                if isinstance(problem.orig, errors.InsufficientPrivilege):
                    return False
                raise
            return True

        return scrub(permitted)


def wipe_if_needed(settings: Settings) -> list[str]:
    """Scrub as the tables' owner, when somebody was erased since this was done last; what was not permitted."""
    ledger, done = ledger_path(settings), settings.var_dir / "scrubbed"
    if not ledger.exists() or (done.exists() and done.stat().st_mtime_ns >= ledger.stat().st_mtime_ns):
        return []
    started = ledger.stat().st_mtime_ns
    with engine_at(owner_url(settings)) as engine:
        refused = wipe(engine)
    done.touch()
    os.utime(done, ns=(started, started))
    return refused
