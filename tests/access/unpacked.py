"""The words inside whatever an answer carries: pages as they are, archives entry by entry, PDFs as text."""

import gzip
import io
import zipfile

from pypdf import PdfReader
from pypdf.errors import PyPdfError

DEEPEST = 3
"""How many archives may lie inside each other."""


def words_in(content: bytes, *, depth: int = 0) -> str:
    """Every word of this content, file names inside an archive included; its bytes as text, whatever they are."""
    plain = content.decode("utf-8", "replace")
    if depth == DEEPEST:
        return plain
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [f"{one.filename}\n{words_in(archive.read(one), depth=depth + 1)}" for one in archive.infolist()]
        return "\n".join(inside)
    if content.startswith(b"\x1f\x8b"):
        return words_in(gzip.decompress(content), depth=depth + 1)
    if content.startswith(b"%PDF"):
        return f"{plain}\n{text_of_pdf(content)}"
    return plain


def text_of_pdf(content: bytes) -> str:
    """The text and the properties of a PDF; nothing, when it has no pages."""
    try:
        read = PdfReader(io.BytesIO(content))
        return "\n".join([*(page.extract_text() for page in read.pages), str(read.metadata or "")])
    except (PyPdfError, KeyError, ValueError, AttributeError):
        return ""
