"""Files as people bring them, and files as an attacker would build them; all made here, none kept in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

WELDER_CV = "Pipe welder\nDescon Engineering, Lahore, Pakistan\n03/2018 - 11/2021\nDAE Mechanical, PBTE"

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
ODT_MIME = "application/vnd.oasis.opendocument.text"
ODT_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def zipped(parts: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """One run of a Word document; ``properties`` is the inside of ``w:rPr``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def docx_of(body: str, *, styles: str | None = None, extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document with this inside of ``w:body``."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{W_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    parts: dict[str, bytes | str] = {"[Content_Types].xml": DOCX_TYPES, "word/document.xml": document}
    if styles is not None:
        parts["word/styles.xml"] = f'<?xml version="1.0"?><w:styles xmlns:w="{W_NAMESPACE}">{styles}</w:styles>'
    return zipped(parts | dict(extra or {}))


def docx(text: str = WELDER_CV) -> bytes:
    """A Word document with one paragraph for each line."""
    return docx_of("".join(f"<w:p>{run(line)}</w:p>" for line in text.split("\n")))


def odt_of(body: str, *, styles: str = "", prologue: str = "") -> bytes:
    """An OpenDocument text with this inside of ``office:text``."""
    content = (
        f'<?xml version="1.0"?>{prologue}<office:document-content {ODT_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT_MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return out.getvalue()


def odt(text: str = WELDER_CV) -> bytes:
    """An OpenDocument text with one paragraph for each line."""
    return odt_of("".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")))


def xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """An Excel workbook with one sheet of these rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(text: str, *, size: float = 12) -> str:
    """The drawing operators that show these lines from the top of a page."""
    lines = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in text.split("\n")]
    return f"BT /F1 {size} Tf 72 760 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"


def pdf_of(pages: Sequence[str], *, picture: bool = False) -> bytes:
    """A PDF whose pages hold these drawing operators; ``picture`` puts a grey scan behind each page."""
    scan = zlib.compress(b"\x80" * 64)
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(scan), scan),
    ]
    page_numbers = []
    for operators in pages:
        drawn = ("q 595 0 0 842 0 0 cm /Scan Do Q " if picture else "") + operators
        stream = drawn.encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> %b >> >>"
            % (len(objects), b"/XObject << /Scan 4 0 R >>" if picture else b"")
        )
        page_numbers.append(len(objects))
    kids = b" ".join(b"%d 0 R" % number for number in page_numbers)
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(pages))
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def pdf(text: str = WELDER_CV, *, pages: int = 1) -> bytes:
    """A PDF with this text on each of its pages."""
    return pdf_of([shown(text)] * pages)


def locked_pdf(text: str = WELDER_CV, *, user_password: str = "lahore", owner_password: str = "owner") -> bytes:
    """A PDF encrypted with AES-256; an empty user password locks only the changing of it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt(user_password, owner_password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf(recognised: str | None = None) -> bytes:
    """A picture of a page; ``recognised`` is the invisible text layer that a scanner adds."""
    return pdf_of(["" if recognised is None else "3 Tr " + shown(recognised)], picture=True)


def docx_bomb(unpacked_mib: int = 45) -> bytes:
    """A Word document of a few kilobytes that unpacks to many megabytes."""
    return docx_of(f"<w:p>{run('A' * unpacked_mib * 1024 * 1024)}</w:p>")


def overlapping_zip(copies: int = 20) -> bytes:
    """Many names in the directory for one and the same packed bytes (David Fifield's trick)."""
    packed = bytearray(docx())
    end = packed.rfind(b"PK\x05\x06")
    start = struct.unpack("<L", packed[end + 16 : end + 20])[0]
    first_length = packed.find(b"PK\x01\x02", start + 4) - start
    first = bytes(packed[start : start + first_length])
    names = (first.replace(b"[Content_Types].xml", b"[Content_Type%02d.xml" % at) for at in range(copies))
    directory = bytes(packed[start:end]) + b"".join(names)
    count = packed[end + 10] + copies
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return bytes(packed[:start]) + directory + tail


def truncated(content: bytes, share: float = 0.6) -> bytes:
    """The first part of a file, as a lost connection leaves it."""
    return content[: int(len(content) * share)]


def rezipped(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same zip file with ``old`` replaced by ``new`` in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old in parts[name]
    return zipped(parts | {name: parts[name].replace(old, new)})
