"""Bytes of a plain text into letters: UTF-8, UTF-16, and the Western and Arabic code pages of old Windows computers."""

import codecs
import re

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 65_536  # bytes; enough to tell an encoding
ZEROS_OF_UTF16 = 0.2  # share of zero bytes on one side from which a text without a mark is taken for UTF-16
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
CONTROLS_ALLOWED = 0.001  # share of control bytes that a text from an old program may hold

ARABIC_BYTES = bytes(
    value
    for value in range(0x80, 0x100)
    if bytes([value]).decode("cp1256", "ignore").strip().isalpha()
    and "\u0600" <= bytes([value]).decode("cp1256") <= "\u06ff"
)
"""Bytes that are a letter of Arabic script in Windows-1256."""
_ARABIC = b"[" + re.escape(ARABIC_BYTES) + b"]"
ARABIC_PAIR = re.compile(b"(?=" + _ARABIC + _ARABIC + b")")
LATIN_NEIGHBOUR = re.compile(b"[A-Za-z]" + _ARABIC + b"|" + _ARABIC + b"[A-Za-z]")


def encoding_of(content: bytes) -> str:
    """The name of the encoding that these bytes of text are most likely in; ``cp1252`` when nothing else fits."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:LOOKED_AT]
    if (wide := _utf16_without_mark(sample)) is not None:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pairs, neighbours = len(ARABIC_PAIR.findall(sample)), len(LATIN_NEIGHBOUR.findall(sample))
        return "cp1256" if pairs > neighbours else "cp1252"
    return "utf-8"


def decode(content: bytes) -> str:
    """The text of these bytes; a byte that stands for nothing becomes U+FFFD, never an error."""
    return content.decode(encoding_of(content), errors="replace")


def looks_like_text(content: bytes) -> bool:
    """Whether these bytes are a text that a person could read, in any of the encodings told apart here."""
    encoding = encoding_of(content)
    if encoding.startswith("utf-16"):
        sample = content[: LOOKED_AT & ~1].decode(encoding, errors="replace")
        strange = sum(letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f") for letter in sample)
        return strange <= len(sample) * CONTROLS_ALLOWED
    sample_bytes = content[:LOOKED_AT]
    if b"\x00" in sample_bytes:
        return False
    return len(CONTROLS.findall(sample_bytes)) <= len(sample_bytes) * CONTROLS_ALLOWED


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 shows itself by the zero upper bytes of its spaces and digits, all on one side."""
    if len(sample) < 4 or len(sample) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd >= ZEROS_OF_UTF16 and even == 0:
        return "utf-16-le"
    if even >= ZEROS_OF_UTF16 and odd == 0:
        return "utf-16-be"
    return None
