"""Reading of zip-based files (DOCX, ODT, XLSX) within bounds that a hostile file cannot move.

What the archive says of itself is checked first (names, sizes, the two copies of each header), and what really comes
out is counted while it is read, so that a lie costs at most one chunk.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from talent.foundation.unreadable import BrokenFile, LockedFile, NestedArchive, UnpacksTooLarge, UnsafeFile

MIB = 1024 * 1024
CHUNK = 64 * 1024  # bytes read at once; the most that a lying size can cost
SMALL_ENTRY = 64 * 1024  # bytes; a ratio says nothing of an entry that unpacks to less
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
ENCRYPTED, SIZES_FOLLOW = 0x1, 0x8  # general purpose flags, APPNOTE 4.4.4
PACKED_INSIDE = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")
DAMAGED = (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
CAN_BE_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class ArchiveLimits:
    """What one archive may hold."""

    entries: int = 2_000
    unpacked_bytes: int = 50 * MIB
    entry_ratio: int = 100
    """Unpacked to packed bytes of one entry."""
    whole_ratio: int = 50
    """Unpacked to packed bytes of the whole archive, once more than ``whole_ratio_above`` bytes came out."""
    whole_ratio_above: int = 64 * MIB


DOCUMENT_LIMITS = ArchiveLimits()


class Archive:
    """A zip file whose directory has been checked and whose every byte that comes out is counted."""

    def __init__(self, content: bytes, limits: ArchiveLimits = DOCUMENT_LIMITS) -> None:
        self._content = content
        self._limits = limits
        self._came_out = 0
        if not content.startswith(b"PK\x03\x04"):
            raise BrokenFile
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError) as broken:
            raise BrokenFile from broken
        self._check_directory(entries)
        self._refuse_nested(entries)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files inside, folders left out."""
        return tuple(entry.filename for entry in self._zip.infolist() if not entry.is_dir())

    def read(self, name: str) -> bytes:
        """The unpacked bytes of one file inside.

        Raises:
            BrokenFile: there is no such file, or its bytes are damaged.
            UnpacksTooLarge: more comes out than the limits allow.
        """
        return b"".join(self._chunks(name))

    def check_whole(self) -> None:
        """Read every file inside once and keep nothing; for parsers that open the archive themselves."""
        for name in self.names:
            for _ in self._chunks(name):
                pass

    def _chunks(self, name: str) -> Iterator[bytes]:
        entry_bytes = 0
        try:
            entry = self._zip.getinfo(name)
            with self._zip.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    entry_bytes += len(chunk)
                    self._count(entry, entry_bytes, len(chunk))
                    yield chunk
        except DAMAGED as broken:
            raise BrokenFile from broken

    def _refuse_nested(self, entries: list[zipfile.ZipInfo]) -> None:
        """Nothing inside may itself be an archive; its first bytes tell, whatever it is called."""
        try:
            for entry in entries:
                with self._zip.open(entry) as stream:
                    if stream.read(4).startswith(PACKED_INSIDE):
                        raise NestedArchive
        except DAMAGED as broken:
            raise BrokenFile from broken

    def _count(self, entry: zipfile.ZipInfo, entry_bytes: int, new_bytes: int) -> None:
        self._came_out += new_bytes
        if self._came_out > self._limits.unpacked_bytes:
            raise UnpacksTooLarge
        if entry_bytes > SMALL_ENTRY and entry_bytes > self._limits.entry_ratio * max(entry.compress_size, 1):
            raise UnpacksTooLarge
        self._check_whole_ratio(self._came_out)

    def _check_whole_ratio(self, unpacked: int) -> None:
        if unpacked > self._limits.whole_ratio_above and unpacked > self._limits.whole_ratio * len(self._content):
            raise UnpacksTooLarge

    def _check_directory(self, entries: list[zipfile.ZipInfo]) -> None:
        if not entries:
            raise BrokenFile
        declared = sum(entry.file_size for entry in entries)
        if len(entries) > self._limits.entries or declared > self._limits.unpacked_bytes:
            raise UnpacksTooLarge
        self._check_whole_ratio(declared)
        if len({entry.filename.casefold() for entry in entries}) != len(entries):
            raise UnsafeFile
        reached = 0
        for entry in sorted(entries, key=lambda each: each.header_offset):
            _check_name(entry)
            if entry.file_size > max(SMALL_ENTRY, self._limits.entry_ratio * entry.compress_size):
                raise UnpacksTooLarge
            if entry.header_offset < reached:
                raise UnsafeFile  # Two entries share bytes: one small piece would unpack many times.
            reached = self._end_of(entry)

    def _end_of(self, entry: zipfile.ZipInfo) -> int:
        """Where the packed bytes of this entry end, once its two headers have been found to agree."""
        header = self._content[entry.header_offset : entry.header_offset + LOCAL_HEADER.size]
        if len(header) < LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise BrokenFile
        fields: tuple[int, ...] = LOCAL_HEADER.unpack(header)[2:]
        flags, method, _, _, crc, packed, unpacked, name_length, extra_length = fields
        name_at = entry.header_offset + LOCAL_HEADER.size
        name = self._content[name_at : name_at + name_length]
        if (flags | entry.flag_bits) & ENCRYPTED:
            raise LockedFile
        if name != entry.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace"):
            raise UnsafeFile
        if method != entry.compress_type or method not in CAN_BE_READ:
            raise UnsafeFile
        told_twice = ((crc, entry.CRC), (packed, entry.compress_size), (unpacked, entry.file_size))
        if any(local not in (said, 0xFFFFFFFF, 0 if flags & SIZES_FOLLOW else said) for local, said in told_twice):
            raise UnsafeFile
        end = name_at + name_length + extra_length + entry.compress_size
        if end > len(self._content):
            raise BrokenFile
        return end


def _check_name(entry: zipfile.ZipInfo) -> None:
    """Refuse names that lead outside, links, and names that two systems would read differently."""
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise UnsafeFile
    if any(letter in name for letter in "\\:\x00") or stat.S_ISLNK(entry.external_attr >> 16):
        raise UnsafeFile
