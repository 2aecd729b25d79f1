"""Files that people brought, kept sealed under the hash of their content, safe on disk before the row exists.

Equal files are kept once. Each file's hash is locked in the database while somebody stores or forgets it, and the bytes
of a forgotten file go only with the commit that removes the last row: a transaction that fails brings them back.
"""

import contextlib
import hashlib
import os
import tempfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, Index, String, event, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from talent.foundation.clock import now
from talent.foundation.database import Base, Instant, Key
from talent.foundation.errors import Gone
from talent.foundation.row_context import SystemContext, within
from talent.foundation.sealed_files import opened, sealed
from talent.foundation.sniff import kind_of
from talent.foundation.words import N_

LONGEST_NAME = 200  # characters of the name that a file had at home
SHA256_DIGITS = 64
PENDING = "talent_forgotten_files"
GOING = ".going-"
"""Between the name and the mark of bytes that go with the next commit."""


class Purpose(StrEnum):
    """What a file was brought for; it decides how long it is kept."""

    CV = "cv"
    EVIDENCE = "evidence"
    IMPORT = "import"


ABOUT_PEOPLE = frozenset({Purpose.CV, Purpose.EVIDENCE})
"""Files whose names at home often are somebody's name: such a name is not kept, the file is called by its purpose."""


class StoredFile(Base):
    """One file that one account brought for one purpose."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("size_bytes >= 0", name="size_not_negative"),
        Index(None, "owner_id"),
        Index(None, "sha256"),
    )

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    """Told from the content, a value of ``sniff.Kind``."""
    original_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """For showing to its owner alone; never part of a path."""
    created_at: Mapped[Instant]
    owner_id: Mapped[UUID]
    """The account that brought it."""
    purpose: Mapped[str] = mapped_column(String(40))


def store(
    session: Session, var_dir: Path, content: bytes, *, owner_id: UUID, purpose: Purpose, original_name: str
) -> StoredFile:
    """Keep these bytes and add their row; the bytes are on disk, synced, when this returns."""
    sha256, kind = hashlib.sha256(content).hexdigest(), kind_of(content)
    _lock(session, sha256)
    path = path_of(var_dir, sha256)
    if not path.exists():
        _write_synced(path, sealed(content, sha256))
    stored = StoredFile(
        sha256=sha256,
        size_bytes=len(content),
        kind=kind.value,
        original_name=f"{purpose}.{kind.extension}" if purpose in ABOUT_PEOPLE else shown_name(original_name),
        created_at=now(),
        owner_id=owner_id,
        purpose=purpose.value,
    )
    session.add(stored)
    session.flush()
    return stored


def open_file(var_dir: Path, stored: StoredFile) -> BinaryIO:
    """The bytes of a stored file, open for reading.

    Raises:
        Gone: the bytes are no longer there.
        DoesNotOpen: they were changed on disk, or sealed with another ring of keys.
    """
    path = path_of(var_dir, stored.sha256)
    for place in (path, *path.parent.glob(f"{stored.sha256}{GOING}*")):  # A crash can leave bytes set aside.
        with contextlib.suppress(FileNotFoundError):
            return BytesIO(opened(place.read_bytes(), stored.sha256))
    raise Gone(N_("This file was removed. Choose it again."))


def forget(session: Session, var_dir: Path, stored: StoredFile) -> None:
    """Remove this row, and with the commit the bytes too when no other row points to them."""
    session.delete(stored)
    pending: set[tuple[Path, str]] = session.info.setdefault(PENDING, set())
    pending.add((var_dir, stored.sha256))
    if not event.contains(session, "before_commit", _set_aside):
        event.listen(session, "before_commit", _set_aside)
        event.listen(session, "after_commit", _remove_set_aside)
        event.listen(session, "after_rollback", _bring_back)


def sweep(session: Session, var_dir: Path) -> int:
    """Remove bytes that a crash left without a row, bring back those it left with one; the number removed.

    Files that somebody is storing or forgetting at this moment wait for the next time.
    """
    files = [path for path in sorted((var_dir / "files").glob("*/*")) if path.is_file()]
    known = set(session.scalars(select(StoredFile.sha256)))
    removed = 0
    for path in files:
        sha256 = path.name[:SHA256_DIGITS]
        if path.name == sha256 and sha256 in known:
            continue
        if not session.scalar(select(func.pg_try_advisory_xact_lock(_lock_key(sha256)))):
            continue
        if GOING in path.name and _is_needed(session, sha256):
            path.replace(path_of(var_dir, sha256))
        elif path.name != sha256 or not _is_needed(session, sha256):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def path_of(var_dir: Path, sha256: str) -> Path:
    """Where the bytes with this hash are kept."""
    return var_dir / "files" / sha256[:2] / sha256


def shown_name(original_name: str) -> str:
    """The last part of a name as a browser sends it, without what cannot be shown; never used as a path."""
    last = original_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-LONGEST_NAME:] or "file"


def _lock(session: Session, sha256: str) -> None:
    """Nobody else stores or forgets these bytes until this transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(_lock_key(sha256))))


def _lock_key(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:16]), "big", signed=True)


def _is_needed(session: Session, sha256: str) -> bool:
    with within(session, SystemContext.FILES):  # Somebody else may have brought the same bytes.
        return bool(session.scalar(select(exists().where(StoredFile.sha256 == sha256))))


def _write_synced(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(PermissionError):  # Windows does not open folders.
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _set_aside(session: Session) -> None:
    """Before the commit: take the bytes that no row needs out of the way, still able to come back."""
    if session.in_nested_transaction() or not session.info.get(PENDING):
        return
    session.flush()
    going: list[tuple[Path, Path]] = session.info.setdefault(PENDING + GOING, [])
    for var_dir, sha256 in sorted(session.info.pop(PENDING)):
        _lock(session, sha256)
        path = path_of(var_dir, sha256)
        if path.exists() and not _is_needed(session, sha256):
            aside = path.with_name(f"{sha256}{GOING}{uuid4().hex}")
            path.rename(aside)
            going.append((aside, path))


def _remove_set_aside(session: Session) -> None:
    if not session.in_nested_transaction():
        for aside, path in session.info.pop(PENDING + GOING, []):
            aside.unlink(missing_ok=True)
            _sync_folder(path.parent)


def _bring_back(session: Session) -> None:
    if session.in_nested_transaction():  # A savepoint alone went back; before the commit the rows are counted again.
        return
    session.info.pop(PENDING, None)
    for aside, path in session.info.pop(PENDING + GOING, []):
        aside.replace(path)
