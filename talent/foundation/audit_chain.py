"""Proving the journal: each chain is read from its beginning, and held against signed checkpoints kept elsewhere.

The marks show every change inside a chain. What marks cannot show – a tail that was cut together with its head, or a
chain written anew by somebody who holds the ring – the checkpoints show, because they lie in a second place and each
carries the digest of the one before it.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.foundation.audit import BEFORE_THE_FIRST, CHAINS, AuditEntry, AuditHead, journal_key, mark_of
from talent.foundation.clock import now
from talent.foundation.crypto import as_text, derive, from_text
from talent.foundation.keyring import the_ring
from talent.foundation.settings import Settings

FILE_NAME: Final = "checkpoints.jsonl"
AT_ONCE: Final = 5_000
NOTHING_BEFORE: Final = ""
LONGEST_LINES: Final = 65_536  # bytes; one line has about 2,700
ONE_SIGNER: Final = 0x7461_6C65_6E74_6373
"""The advisory lock under which checkpoints are signed, one after the other."""
Heads = Mapping[int, tuple[int, str]]
"""The position and mark at the end of each chain."""


@dataclass(frozen=True, order=True)
class Broken:
    """The first bad position of a chain, and what is wrong there; chain -1 is the file of checkpoints."""

    chain: int
    position: int
    problem: str


@dataclass(frozen=True)
class Proof:
    """What reading the whole journal showed; ``broken`` is empty when it is whole."""

    entries: int
    checkpoints: int
    broken: tuple[Broken, ...]


@dataclass(frozen=True)
class Checkpoint:
    """The ends of all chains at one moment."""

    at: str
    heads: Heads
    line: int


def verify(session: Session, settings: Settings) -> Proof:
    """Read the whole journal and its checkpoints; one finding for each chain that is not whole, the first bad position.

    Whoever writes meanwhile does no harm: outside a transaction, everything is read as of one moment.
    """
    checkpoints, broken = read_checkpoints(checkpoint_path(settings))
    if not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    promised: dict[int, dict[int, str]] = {chain: {} for chain in range(CHAINS)}
    for checkpoint in checkpoints:
        for chain, (position, mark) in checkpoint.heads.items():
            promised[chain][position] = mark
    heads = read_heads(session)
    entries = 0
    for chain in range(CHAINS):
        read, problem = _prove(session, chain, heads.get(chain), promised[chain])
        entries += read
        broken += [problem] if problem else []
    return Proof(entries, len(checkpoints), tuple(sorted(broken)))


def _prove(
    session: Session, chain: int, head: tuple[int, str] | None, promised: Mapping[int, str]
) -> tuple[int, Broken | None]:
    """How many entries were read, and the first bad position of one chain."""
    if head is None:
        return 0, Broken(chain, 1, "the chain's head is gone")
    key, mark, position, agreed = journal_key(), BEFORE_THE_FIRST, 0, 0
    for row in _rows(session, chain):
        if row["position"] != position + 1:
            return position, Broken(chain, position + 1, "an entry is missing")
        if row["mark"] != mark_of(key, row, mark):
            return position, Broken(chain, position + 1, "the entry was changed, added or moved")
        position, mark = row["position"], row["mark"]
        if promised.get(position, mark) != mark:
            return position, Broken(chain, agreed + 1, f"entries {agreed + 1} to {position} were written anew")
        agreed = position if position in promised else agreed
    last = max(promised, default=0)
    if position < max(head[0], last):
        return position, Broken(chain, position + 1, "the end of the chain was cut off")
    if (position, mark) != head:
        return position, Broken(chain, head[0] + 1, "the head does not match the last entry")
    return position, None


def _rows(session: Session, chain: int) -> Iterator[dict[str, Any]]:
    """The entries of a chain in order, a few thousand at a time."""
    after = -(2**62)
    columns = AuditEntry.__table__.columns
    while True:
        query = select(*columns).where(AuditEntry.chain == chain, AuditEntry.position > after)
        query = query.order_by(AuditEntry.position).limit(AT_ONCE)
        rows = session.execute(query).mappings().all()
        yield from (dict(row) for row in rows)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1]["position"]


def read_heads(session: Session) -> dict[int, tuple[int, str]]:
    """Where each chain ends now."""
    rows = session.execute(select(AuditHead.chain, AuditHead.position, AuditHead.mark).order_by(AuditHead.chain))
    return {chain: (position, mark) for chain, position, mark in rows}


def checkpoint_path(settings: Settings) -> Path:
    """The file of checkpoints: in the second place, if the settings name one."""
    return (settings.checkpoints_dir or settings.var_dir / "checkpoints") / FILE_NAME


def add_checkpoint(session: Session, settings: Settings) -> bool:
    """Sign the ends of all chains and append them to the file, synced; False when the last one says the same."""
    session.execute(select(func.pg_advisory_xact_lock(ONE_SIGNER)))
    path = checkpoint_path(settings)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        before, end = last_line(stream)
        heads = {str(chain): list(head) for chain, head in read_heads(session).items()}
        if before and json.loads(before)["heads"] == heads:
            return False
        said = {"at": now().isoformat(), "before": digest(before) if before else NOTHING_BEFORE, "heads": heads}
        line = json.dumps({**said, "signature": as_text(signing_key().sign(spelled(said)))}, sort_keys=True)
        stream.truncate(end)
        stream.write(line.encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return True


def last_line(stream: BinaryIO) -> tuple[str, int]:
    """The last whole line of a file, and where the file would end with it: a crash can leave half a line behind."""
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - LONGEST_LINES)
    stream.seek(start)
    content = stream.read()
    end = content.rfind(b"\n") + 1
    whole = content[:end].splitlines()
    return (whole[-1].decode("ascii", errors="replace") if whole else ""), start + end


def read_checkpoints(path: Path) -> tuple[list[Checkpoint], list[Broken]]:
    """The good checkpoints of the file, and what is wrong with it; reading ends at the first bad line."""
    lines = path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []
    return checked_lines(lines, signing_key().public_key())


def newest_checkpoint(path: Path) -> tuple[Checkpoint | None, bool]:
    """The last checkpoint, if there is one, and whether its signature is good."""
    if not path.exists():
        return None, False
    with path.open("rb") as stream:
        line, _ = last_line(stream)
    try:
        said = json.loads(line)
        signature = from_text(said.pop("signature"))
        checkpoint = Checkpoint(said["at"], {int(c): (h[0], h[1]) for c, h in said["heads"].items()}, 0)
        signing_key().public_key().verify(signature, spelled(said))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return None, False
    return checkpoint, True


def checked_lines(lines: Iterable[str], public_key: Ed25519PublicKey) -> tuple[list[Checkpoint], list[Broken]]:
    """The same for lines and a public key alone, as an outsider checks them."""
    good: list[Checkpoint] = []
    before = NOTHING_BEFORE
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            public_key.verify(from_text(said.pop("signature")), spelled(said))
            if said["before"] != before:
                return good, [Broken(-1, number, "a checkpoint before this one is missing")]
            heads = {int(chain): (head[0], head[1]) for chain, head in said["heads"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
            return good, [Broken(-1, number, "this checkpoint was changed")]
        good.append(Checkpoint(said["at"], heads, number))
        before = digest(line)
    return good, []


def spelled(said: Mapping[str, Any]) -> bytes:
    """The one spelling of a checkpoint that is signed."""
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def digest(line: str) -> str:
    """The SHA-256 of a line."""
    return hashlib.sha256(line.encode()).hexdigest()


def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints."""
    return Ed25519PrivateKey.from_private_bytes(derive(the_ring().key("seal").secret, "checkpoints"))


def public_key_text() -> str:
    """The public half in base64url, for whoever checks from outside."""
    return as_text(signing_key().public_key().public_bytes_raw())
