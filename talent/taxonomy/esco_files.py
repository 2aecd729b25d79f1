"""The CSV files of an ESCO release, wherever they lie: in a folder, in a zip, in zips inside either.

Every archive is read within bounds, and what comes out is counted while it comes, so that a lying archive costs little.
"""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, ClassVar

from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence

MIB = 1024 * 1024
MOST_FILES = 5_000  # entries of all archives and folders together
MOST_BYTES_OF_A_FILE = 512 * MIB  # the largest file of ESCO 1.2 is 21 MiB
MOST_BYTES_OF_ALL = 8_192 * MIB  # 28 languages unpack to about 1 GiB
MOST_ARCHIVES_DEEP = 2  # zips in a zip, no deeper
CHUNK = 1024 * 1024

NOT_THERE = N_("There is no file or folder “{path}”.")
NOT_A_ZIP = N_("“{name}” is not a zip file. Download the release again, or name the folder it was unpacked to.")
DAMAGED = N_("“{name}” is damaged: it cannot be unpacked. Download the release again.")
LOCKED = N_("“{name}” is locked with a password. An official release is not.")
TOO_LARGE = N_("“{name}” unpacks to more than an ESCO release can hold, so it was not read.")
TOO_MANY = N_("“{name}” holds too many files to be an ESCO release, so it was not read.")
TOO_DEEP = N_("“{name}” is an archive in an archive in an archive. Unpack it first and name the folder.")


class EscoFault(Unprocessable):
    """The files are not a release of ESCO that can be read; the sentence says what to do."""

    default: ClassVar[str] = N_("This is not a release of ESCO.")


def fault(msgid: str, **values: object) -> EscoFault:
    """The fault with this sentence."""
    return EscoFault(Sentence(msgid, values))


@dataclass(frozen=True)
class CsvFile:
    """One CSV file found; ``where`` names it with the archives and folders around it, ``name`` alone."""

    name: str
    where: str
    source: "Path | _Packed"

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """The bytes of the file, unpacked and counted as they are read."""
        return self.source.open("rb") if isinstance(self.source, Path) else self.source.open()


@dataclass(frozen=True)
class _Packed:
    archive: zipfile.ZipFile
    entry: zipfile.ZipInfo
    budget: "_Budget"

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        with _telling(self.entry.filename), self.archive.open(self.entry) as packed:
            counted = _Counted(packed, self.entry.filename, self.budget)
            with io.BufferedReader(counted, CHUNK) as stream:
                yield stream


@dataclass
class _Budget:
    """What may still come out of all archives together."""

    bytes_left: int = field(default_factory=lambda: MOST_BYTES_OF_ALL)
    files_left: int = field(default_factory=lambda: MOST_FILES)

    def count_file(self, name: str) -> None:
        """Take one file off what is left."""
        self.files_left -= 1
        if self.files_left < 0:
            raise fault(TOO_MANY, name=name)


class _Counted(io.RawIOBase):
    """A packed file that refuses to unpack to more than it may."""

    def __init__(self, packed: IO[bytes], name: str, budget: _Budget) -> None:
        super().__init__()
        self._packed, self._name, self._budget = packed, name, budget
        self._left = MOST_BYTES_OF_A_FILE

    def readable(self) -> bool:
        """Always: it is only read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # typeshed wants any buffer; io passes this
        """Bytes read into the buffer; 0 at the end."""
        piece = self._packed.read(len(buffer))
        self._left -= len(piece)
        self._budget.bytes_left -= len(piece)
        if self._left < 0 or self._budget.bytes_left < 0:
            raise fault(TOO_LARGE, name=self._name)
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Turns what goes wrong inside an archive into a sentence."""
    try:
        yield
    except RuntimeError as locked:  # zipfile says so of an entry that needs a password
        raise fault(LOCKED, name=name) from locked
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as damaged:
        raise fault(DAMAGED, name=name) from damaged


@contextmanager
def csv_files(path: Path) -> Iterator[list[CsvFile]]:
    """All CSV files of a release, in the order of their places; they can be opened until the context ends.

    Raises:
        EscoFault: there is nothing, or it is no archive, or it unpacks to too much.
    """
    with ExitStack() as archives:
        yield list(_walk(path, archives, _Budget()))


def _walk(path: Path, archives: ExitStack, budget: _Budget) -> Iterator[CsvFile]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            budget.count_file(path.name)
            if inner.suffix.lower() == ".csv" and inner.is_file():
                yield CsvFile(inner.name, inner.relative_to(path.parent).as_posix(), inner)
            elif inner.suffix.lower() == ".zip" and inner.is_file():
                yield from _unzip(inner.open("rb"), inner.name, archives, budget, depth=1)
    elif path.is_file():
        yield from _unzip(path.open("rb"), path.name, archives, budget, depth=1)
    else:
        raise fault(NOT_THERE, path=path)


def _unzip(file: IO[bytes], where: str, archives: ExitStack, budget: _Budget, *, depth: int) -> Iterator[CsvFile]:
    archives.enter_context(file)
    if depth > MOST_ARCHIVES_DEEP:
        raise fault(TOO_DEEP, name=where)
    try:
        archive = archives.enter_context(zipfile.ZipFile(file))
    except (zipfile.BadZipFile, OSError) as not_one:
        raise fault(NOT_A_ZIP, name=where) from not_one
    for entry in archive.infolist():
        budget.count_file(where)
        inner = PurePosixPath(entry.filename)
        if entry.is_dir() or inner.name.startswith("._"):  # the shadow files that macOS adds
            continue
        packed = _Packed(archive, entry, budget)
        if inner.suffix.lower() == ".csv":
            yield CsvFile(inner.name, f"{where}/{entry.filename}", packed)
        elif inner.suffix.lower() == ".zip":
            yield from _unzip(_spooled(packed), f"{where}/{entry.filename}", archives, budget, depth=depth + 1)


def _spooled(packed: _Packed) -> IO[bytes]:
    """The packed archive in a temporary file: an archive must be read from its end."""
    whole = tempfile.SpooledTemporaryFile(max_size=64 * MIB)  # noqa: SIM115 - the caller's ExitStack closes it
    with packed.open() as stream:
        while piece := stream.read(CHUNK):
            whole.write(piece)
    whole.seek(0)
    return whole
