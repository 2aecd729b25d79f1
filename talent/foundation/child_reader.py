"""Starting the child process that reads files, and ending it when it takes too long."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from talent.foundation.errors import TooMany
from talent.foundation.reading_child import STARTED
from talent.foundation.unreadable import REASONS, BrokenFile, TakesTooLong
from talent.foundation.words import N_

MIB = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
CHILD = "talent.foundation.reading_child"
AT_ONCE = 4  # children of one process of ours; each may use the memory below
NEEDED_BY_WINDOWS = ("SYSTEMROOT",)
PLACES = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class ReadingLimits:
    """What the reading of one file may cost."""

    file_bytes: int = 2 * MIB
    pages: int = 50
    characters: int = 200_000
    """Letters kept; a CV of fifty full pages has fewer."""
    rows: int = 0
    """Of a workbook."""
    cpu_seconds: int = 10
    memory_bytes: int = 512 * MIB
    wall_seconds: float = 20.0
    """From start to answer, the waiting for a free place included."""


def read_in_child(kind: str, content: bytes, limits: ReadingLimits) -> dict[str, Any]:
    """The child's answer for a file of this kind (``pdf``, ``docx``, ``odt``, ``xlsx``).

    Raises:
        Unreadable: the reason that the child found, or that it had to be ended.
        TooMany: every place for reading stayed taken.
    """
    if not PLACES.acquire(timeout=limits.wall_seconds):
        raise TooMany(N_("Many files are being read just now. Wait a minute and choose your file again."))
    try:
        finished = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in as input
            [sys.executable, "-s", "-P", "-B", "-m", CHILD, kind, json.dumps(asdict(limits))],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TakesTooLong from late
    finally:
        PLACES.release()
    return _answer(finished)


def _environment() -> dict[str, str]:
    """Where our modules are and nothing else: no address of a database, no key."""
    needed = {name: os.environ[name] for name in NEEDED_BY_WINDOWS if name in os.environ}
    return {**needed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def _answer(finished: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    if finished.returncode and not finished.stdout.startswith(STARTED):
        raise RuntimeError(f"The process that reads files does not start: try `python -m {CHILD}`.")
    if finished.returncode:  # Out of time, out of memory, or crashed over this file.
        raise TakesTooLong
    try:
        answer: dict[str, Any] = json.loads(finished.stdout)
    except ValueError as broken:
        raise BrokenFile from broken
    if "reason" in answer:
        reason = REASONS[answer["reason"]]
        raise reason.because(**answer["values"])
    return answer
