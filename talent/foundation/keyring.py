"""The key ring of one installation: one file outside the database, whose keys wrap the keys of persons.

Each line is ``<name> <base64url of 32 bytes>``. The last key named ``k…`` wraps what is new; older ones still open
what they wrapped until nothing needs them. ``index`` makes blind indexes, ``journal`` the marks of the journal,
``seal`` signs its checkpoints; those three stay, because what they made would no longer be found.
"""

import os
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from talent.foundation.crypto import DoesNotOpen, Key, as_text, from_text, new_secret
from talent.foundation.errors import Conflict
from talent.foundation.settings import load_settings
from talent.foundation.words import N_

FIXED: Final = ("index", "journal", "seal")
WRAPPING = re.compile(r"k(\d+)")
FIRST_KEY: Final = "k1"
FILE_NAME: Final = "keys.txt"


@dataclass(frozen=True)
class KeyRing:
    """The keys by name, in the order in which they were made."""

    keys: dict[str, Key]

    def __post_init__(self) -> None:
        missing = [name for name in FIXED if name not in self.keys]
        if missing or not self.wrapping:
            raise ValueError(f"The key ring lacks {', '.join(missing) or 'a wrapping key'}: restore its file.")

    @property
    def wrapping(self) -> list[Key]:
        """The keys that wrap, oldest first."""
        return [key for name, key in self.keys.items() if WRAPPING.fullmatch(name)]

    @property
    def current(self) -> Key:
        """The key that wraps what is new."""
        return self.wrapping[-1]

    def key(self, name: str) -> Key:
        """The key of this name.

        Raises:
            DoesNotOpen: it is not on the ring: destroyed, or the ring of another installation.
        """
        if name not in self.keys:
            raise DoesNotOpen(f"The key {name} is not on the ring.")
        return self.keys[name]

    def with_new_key(self) -> "KeyRing":
        """The ring with one more wrapping key, which is the current one from now on."""
        number = 1 + max(int(WRAPPING.sub(r"\1", key.id)) for key in self.wrapping)
        return KeyRing(self.keys | {f"k{number}": Key(f"k{number}", new_secret())})

    def without(self, names: set[str]) -> "KeyRing":
        """The ring without these wrapping keys; what they alone can open is lost.

        Raises:
            Conflict: one of them is in use for what is new, or makes indexes and marks.
        """
        if names & {*FIXED, self.current.id}:
            raise Conflict(N_("This key is in use. Rotate first."))
        return KeyRing({name: key for name, key in self.keys.items() if name not in names})


def new_ring() -> KeyRing:
    """A ring with fresh keys."""
    return KeyRing({name: Key(name, new_secret()) for name in (*FIXED, FIRST_KEY)})


def read_ring(path: Path) -> KeyRing:
    """The ring in this file; a new one, readable by its owner alone, the first time.

    Raises:
        ValueError: the file is damaged.
    """
    if not path.exists():
        write_ring(path, new_ring(), first=True)
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    if not all(len(line) == 2 for line in lines):
        raise ValueError(f"{path} is no key ring: each line holds a name and a key.")
    return KeyRing({name: Key(name, from_text(secret)) for name, secret in lines})


def write_ring(path: Path, ring: KeyRing, *, first: bool = False) -> None:
    """Replace the file in one step, synced; with ``first`` a ring that another process made just now stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # for its owner alone
    beside = Path(name)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.writelines(f"{key.id} {as_text(key.secret)}\n" for key in ring.keys.values())
        stream.flush()
        os.fsync(stream.fileno())
    if not first:
        beside.replace(path)
        return
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        return
    finally:
        beside.unlink()


def ring_path() -> Path:
    """Where this installation keeps its ring."""
    settings = load_settings()
    return settings.keys_file or settings.var_dir / FILE_NAME


@lru_cache(maxsize=1)
def _path() -> Path:
    return ring_path()


@lru_cache(maxsize=1)
def _ring_as_of(path: Path, _changed_ns: int) -> KeyRing:
    return read_ring(path)


def the_ring() -> KeyRing:
    """The ring of this process; a key that another process adds or removes is noticed at once."""
    path = _path()
    return _ring_as_of(path, path.stat().st_mtime_ns if path.exists() else 0)
