"""A zip file is opened only within its bounds, and what really comes out is counted."""

import contextlib
import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.foundation.archives import Archive, ArchiveLimits
from talent.foundation.unreadable import (
    BrokenFile,
    LockedFile,
    NestedArchive,
    UnpacksTooLarge,
    Unreadable,
    UnsafeFile,
)
from tests.factories import files

GOOD = files.zipped({"a.txt": b"welder", "b/c.xml": b"<x/>"})


def entry(name, content=b"welder", *, mode=0o644, flags=0):
    """A zip with one entry of this name, its bits as given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("n" * len(name.encode()))
        info.external_attr = mode << 16
        info.flag_bits |= flags
        archive.writestr(info, content)
    return out.getvalue().replace(b"n" * len(name.encode()), name.encode())


def patched(content, old, new):
    assert content.count(old) >= 1
    return content.replace(old, new, 1)


def with_locked_flag():
    changed = bytearray(GOOD)
    changed[6] |= 1
    changed[GOOD.find(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def with_lying_size():
    """The directory says 6 bytes where the local header says 5."""
    changed = bytearray(GOOD)
    changed[22:26] = struct.pack("<L", 5)
    return bytes(changed)


REFUSED = {
    "no archive at all": (b"welder", BrokenFile),
    "cut off before its directory": (files.truncated(GOOD), BrokenFile),
    "bytes before the archive": (b"MZ" + GOOD, BrokenFile),
    "a name that leads outside": (entry("../../etc/cron"), UnsafeFile),
    "an absolute name": (entry("/etc/passwd"), UnsafeFile),
    "a name with a drive letter": (entry("C:evil.xml"), UnsafeFile),
    "a name with backslashes": (entry("..\\evil.xml"), UnsafeFile),
    "an empty step in a name": (entry("word//document.xml"), UnsafeFile),
    "a link": (entry("link", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), UnsafeFile),
    "a locked entry": (with_locked_flag(), LockedFile),
    "a size that lies": (with_lying_size(), UnsafeFile),
    "a name that differs in its two headers": (patched(GOOD, b"a.txt", b"z.txt"), UnsafeFile),
    "the same name twice, for another system": (files.zipped({"word/a.xml": b"1", "WORD/A.xml": b"2"}), UnsafeFile),
    "entries that share their bytes": (files.overlapping_zip(), UnsafeFile),
    "a compression that is not read": (files.zipped({"a": b"x" * 50}, compression=zipfile.ZIP_BZIP2), UnsafeFile),
    "a zip inside": (files.zipped({"a.bin": GOOD}), NestedArchive),
    "a gzip inside": (files.zipped({"a.bin": b"\x1f\x8b\x08" + bytes(20)}), NestedArchive),
    "2,001 entries": (files.zipped({f"{number}": b"" for number in range(2_001)}), UnpacksTooLarge),
    "a ratio above 100": (files.zipped({"a.xml": b"A" * 1_000_000}), UnpacksTooLarge),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_archive_is_refused_with(content, reason):
    with pytest.raises(reason):
        Archive(content)


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        files.docx(),
        files.odt(),
        files.xlsx([["a"]]),
        files.zipped({str(number): b"" for number in range(2_000)}),
        files.zipped({"ویلڈر.xml": b"<x/>"}),
        files.zipped({"folder/": b"", "folder/a.txt": b"x"}),
    ],
    ids=["plain", "docx", "odt", "xlsx", "2,000 entries", "an Urdu name", "a folder"],
)
def test_an_archive_in_order_is_accepted(content):
    Archive(content).check_whole()


def test_what_is_inside_comes_out():
    archive = Archive(GOOD)
    assert archive.names == ("a.txt", "b/c.xml")
    assert archive.read("a.txt") == b"welder"


def test_a_file_that_is_not_inside_makes_the_archive_broken():
    with pytest.raises(BrokenFile):
        Archive(GOOD).read("word/document.xml")


def test_what_comes_out_of_several_files_is_counted_together():
    noise = bytes(range(256)) * 200
    archive = Archive(
        files.zipped({"a": noise, "b": noise}), ArchiveLimits(unpacked_bytes=2 * len(noise) + 1, entry_ratio=10_000)
    )
    archive.read("a")
    archive.read("b")
    with pytest.raises(UnpacksTooLarge):
        archive.read("a")


def test_a_whole_archive_above_its_threshold_may_not_unpack_to_fifty_times_its_size():
    stretched = files.zipped({str(number): b"ab" * 30_000 for number in range(20)})
    bounds = ArchiveLimits(entry_ratio=10_000, whole_ratio_above=1_000_000)
    with pytest.raises(UnpacksTooLarge):
        Archive(stretched, bounds)
    Archive(stretched, ArchiveLimits(entry_ratio=10_000))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_archive_gives_its_content_or_a_sentence_and_nothing_else(data):
    content = bytearray(files.docx())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        assert Archive(bytes(content)).check_whole() is None
