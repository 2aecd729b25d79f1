"""The text of a file that somebody brought, or a sentence that says what to do instead."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from talent.foundation.child_reader import ReadingLimits, read_in_child
from talent.foundation.decoding import decode
from talent.foundation.sniff import KIND_WORDS, Kind, kind_of
from talent.foundation.unreadable import EmptyFile, FileTooLarge, NoText, WrongType
from talent.foundation.words import N_, Sentence

CV_LIMITS = ReadingLimits()
"""2 MB, 50 pages, 10 s of processor time, 512 MiB of memory."""
READ_BY_CHILD = frozenset({Kind.PDF, Kind.DOCX, Kind.ODT})
DOCUMENT_WORDS = N_("a PDF, a Word document (DOCX), an OpenDocument text (ODT) or plain text")

NOTES: dict[str, str] = {
    "recognised_scan": N_("This PDF is a scan. Its text was recognised by a machine and can hold mistakes."),
    "unread_page": N_("One or more pages could not be read. Check that nothing is missing."),
}
HIDDEN_TEXT = N_("Some text in this file cannot be seen and was left out. Number of characters: {count}.")
CUT_TEXT = N_("This file is very long. Only the first {count} characters were read.")
ARABIC_IN_PDF = N_("Urdu text often comes out of a PDF with mistakes. Check each line, or choose a Word file.")

ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
LINE_ENDS = re.compile("\r\n?|[\f\v\x85\u2028\u2029]")
JOINERS = "\u200c\u200d"
SMUGGLED = frozenset("\u200b\u2060\ufeff\u2061\u2062\u2063\u2064") | {chr(code) for code in range(0xE0000, 0xE0080)}
"""Letters of no width, which no program that people write CVs with puts between words."""


@dataclass(frozen=True)
class ReadText:
    """What could be read and seen in a file."""

    text: str
    """In NFC, lines ended by a line feed, free of control, direction-changing and private characters."""
    pages: int | None
    """Of a PDF; None where the file does not know."""
    hidden_characters: int
    """Letters left out because no person could have seen them."""
    warnings: tuple[Sentence, ...]


def read_text(source: bytes | Path, *, limits: ReadingLimits = CV_LIMITS) -> ReadText:
    """The visible text of a PDF, DOCX, ODT or plain text file, told apart by content.

    Raises:
        Unreadable: the file cannot be used; its sentence says what to do.
        TooMany: too many files are being read at once.
    """
    content = source if isinstance(source, bytes) else content_of(source, limits.file_bytes)
    if len(content) > limits.file_bytes:
        raise FileTooLarge.because(megabytes=limits.file_bytes // (1024 * 1024))
    kind = kind_of(content)
    if kind is Kind.EMPTY:
        raise EmptyFile
    if kind in READ_BY_CHILD:
        answer = read_in_child(kind.value, content, limits)
        return _read(answer["text"], kind, answer["pages"], answer["hidden_characters"], answer["notes"], limits)
    if kind is Kind.TEXT:
        return _read(decode(content), kind, None, 0, [], limits)
    raise WrongType.because(found=Sentence(KIND_WORDS[kind]), accepted=Sentence(DOCUMENT_WORDS))


def content_of(path: Path, most_bytes: int) -> bytes:
    """The bytes of this file, of which no more than one too many is read."""
    with path.open("rb") as stream:
        return stream.read(most_bytes + 1)


def tidy(text: str) -> tuple[str, int]:
    """The text without what cannot be seen, and how many characters had been smuggled in between.

    Letters of old Arabic presentation forms become plain letters; every line end is a line feed.
    """
    text = PRESENTATION_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), LINE_ENDS.sub("\n", text))
    letters = set(text)
    smuggled = sum(text.count(letter) for letter in letters & SMUGGLED)
    text = text.translate({ord(letter): _stand_in(letter) for letter in letters})
    text = re.sub(r"[^\S\n\t]+", " ", text)
    text = re.sub(r" ?(?:\t ?)+", "\t", text)
    text = re.sub(r"[ \t]\n", "\n", text)
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", text)).strip(), smuggled


def _stand_in(letter: str) -> str | None:
    """The letter itself, what to write for it, or None to leave it out."""
    category = unicodedata.category(letter)
    if letter in "\n\t" or letter in JOINERS:
        return letter
    if category == "Cc":
        return " "
    if category == "Co":
        return "•"  # Symbol fonts keep their bullets there.
    return None if category in ("Cf", "Cs") else letter


def _read(text: str, kind: Kind, pages: int | None, hidden: int, notes: list[str], limits: ReadingLimits) -> ReadText:
    seen, smuggled = tidy(text.removeprefix("\ufeff"))
    if not seen:
        raise NoText
    warnings = [Sentence(NOTES[note]) for note in notes]
    if hidden + smuggled:
        warnings.append(Sentence(HIDDEN_TEXT, {"count": hidden + smuggled}))
    if len(text) > limits.characters:
        warnings.append(Sentence(CUT_TEXT, {"count": limits.characters}))
    if kind is Kind.PDF and ARABIC_SCRIPT.search(seen):
        warnings.append(Sentence(ARABIC_IN_PDF))
    return ReadText(seen[: limits.characters].rstrip(), pages, hidden + smuggled, tuple(warnings))
