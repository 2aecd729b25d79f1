"""What kind of file this is, told from its content and never from its name."""

import json
import re
from enum import StrEnum

from talent.foundation.decoding import decode, looks_like_text
from talent.foundation.words import N_

PDF_HEADER_WITHIN = 1024  # bytes; ISO 32000-1, annex H.3.4.1: readers accept the header anywhere in the first 1024
NAMES_LOOKED_AT = 4096  # local headers of an archive; twice what we would open


class Kind(StrEnum):
    """A kind of file that is told apart, read or not."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    TEXT = "text"
    JSON = "json"
    XML = "xml"
    HTML = "html"
    JPEG = "jpeg"
    PNG = "png"
    OLD_OFFICE = "old_office"
    ARCHIVE = "archive"
    PROGRAM = "program"
    EMPTY = "empty"
    UNKNOWN = "unknown"

    @property
    def extension(self) -> str:
        """What the name of such a file ends with."""
        return "txt" if self is Kind.TEXT else self.value


KIND_WORDS: dict[Kind, str] = {
    Kind.PDF: N_("a PDF"),
    Kind.DOCX: N_("a Word document"),
    Kind.ODT: N_("an OpenDocument text"),
    Kind.XLSX: N_("an Excel workbook"),
    Kind.TEXT: N_("plain text"),
    Kind.JSON: N_("a JSON file"),
    Kind.XML: N_("an XML file"),
    Kind.HTML: N_("a web page"),
    Kind.JPEG: N_("a picture"),
    Kind.PNG: N_("a picture"),
    Kind.OLD_OFFICE: N_("an old Office file or one that is locked with a password"),
    Kind.ARCHIVE: N_("a packed file"),
    Kind.PROGRAM: N_("a program"),
    Kind.EMPTY: N_("empty"),
    Kind.UNKNOWN: N_("of a kind that we do not know"),
}

FIRST_BYTES: tuple[tuple[bytes, Kind], ...] = (
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"\xca\xfe\xba\xbe", Kind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Kind.PROGRAM),
    (b"#!", Kind.PROGRAM),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
    (b"{\\rtf", Kind.OLD_OFFICE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!", Kind.ARCHIVE),
)
ZIP_FIRST_BYTES = (b"PK\x03\x04", b"PK\x05\x06")
LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
PART_OF_ARCHIVE: tuple[tuple[bytes, Kind], ...] = (
    (b"word/", Kind.DOCX),
    (b"xl/", Kind.XLSX),
)
ODT_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
MARKUP: tuple[tuple[str, Kind], ...] = (
    ("<!doctype html", Kind.HTML),
    ("<html", Kind.HTML),
    ("<?xml", Kind.XML),
)


def kind_of(content: bytes) -> Kind:
    """The kind of these bytes; never fails, whatever they hold."""
    if not content:
        return Kind.EMPTY
    for first, kind in FIRST_BYTES:
        if content.startswith(first) and not (first == b"MZ" and looks_like_text(content)):
            return kind
    if content.startswith(ZIP_FIRST_BYTES):
        return _kind_of_archive(content)
    if b"%PDF-" in content[:PDF_HEADER_WITHIN]:
        return Kind.PDF
    if looks_like_text(content):
        return _kind_of_text(decode(content))
    return Kind.UNKNOWN


def _kind_of_archive(content: bytes) -> Kind:
    """Told by the names in the local headers, so that a file cut off before its directory is still known."""
    if content[30 : 30 + len(ODT_TYPE)] == ODT_TYPE:
        following = content[30 + len(ODT_TYPE) :][:1]
        return Kind.ARCHIVE if following == b"-" else Kind.ODT  # "text-template", "text-master" are other kinds
    for count, header in enumerate(LOCAL_HEADER.finditer(content)):
        name = content[header.end() : header.end() + int.from_bytes(header[1], "little")]
        for start, kind in PART_OF_ARCHIVE:
            if name.startswith(start):
                return kind
        if count == NAMES_LOOKED_AT:
            break
    return Kind.ARCHIVE


def _kind_of_text(text: str) -> Kind:
    opening = text.lstrip()[:20].lower()
    for start, kind in MARKUP:
        if opening.startswith(start):
            return kind
    if opening.startswith(("{", "[")) and _is_json(text):
        return Kind.JSON
    return Kind.TEXT


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
