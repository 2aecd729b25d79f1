"""The text of an OpenDocument text that can be seen: no hidden passages, no white or tiny letters, no old versions."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from talent.foundation.archives import Archive
from talent.foundation.unreadable import BrokenFile, LockedFile
from talent.foundation.visible_text import PLAIN, Look, NamedLooks, Visible, is_white, letters_in, row_of
from talent.foundation.xml_parts import parsed

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

NOT_READ = {f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}note", f"{TEXT}sequence-decls", f"{OFFICE}forms"}
HIDDEN = {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"}
STANDS_FOR = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
STYLE_NAMES = (f"{TEXT}style-name", f"{TABLE}style-name", f"{DRAW}style-name")
MOST_SPACES = 80  # of a <text:s>; it names a number, and a large one would fill the memory


def visible_text_of_odt(archive: Archive) -> Visible:
    """The visible text of the body, paragraph by paragraph.

    Raises:
        Unreadable: the archive or its XML is broken, unsafe or locked.
    """
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise LockedFile
    content = parsed(archive.read("content.xml"))
    named = [parsed(archive.read("styles.xml"))] if "styles.xml" in archive.names else []
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise BrokenFile
    reader = _Reader(_looks_of([*named, content]))
    return Visible(reader.read(body, PLAIN), reader.hidden_characters)


def _points(length: str) -> float | None:
    try:
        return float(length.removesuffix("pt")) if length.endswith("pt") else None
    except ValueError:
        return None


def _filled(*colours: str | None) -> bool | None:
    return True if any(is_white(colour) is False for colour in colours) else None


def _look_of(style: Element) -> Look:
    letters = style.find(f"{STYLE}text-properties")
    look = PLAIN
    if letters is not None:
        look = Look(
            hidden={"none": True, "true": False}.get(letters.get(f"{TEXT}display", "")),
            white=is_white(letters.get(f"{FO}color")),
            points=_points(letters.get(f"{FO}font-size", "")),
        )
    behind = [
        each.get(name)
        for each in style
        for name in (f"{FO}background-color", f"{DRAW}fill-color")
        if each.get(f"{DRAW}fill") != "none"
    ]
    return look.over(Look(on_colour=_filled(*behind)))


def _looks_of(roots: list[Element]) -> NamedLooks:
    """The looks that the styles of a document give, by name and family's default."""
    looks = NamedLooks()
    for root in roots:
        for style in root.iter(f"{STYLE}style"):
            looks.add(style.get(f"{STYLE}name", ""), _look_of(style), style.get(f"{STYLE}parent-style-name", ""))
    return looks


class _Reader:
    """Walks the body once and keeps what can be seen."""

    def __init__(self, styles: NamedLooks) -> None:
        self._styles = styles
        self.hidden_characters = 0
        self._readers: dict[str, Callable[[Element, Look], str]] = {
            f"{TEXT}p": self._paragraph,
            f"{TEXT}h": self._paragraph,
            f"{TABLE}table-row": self._row,
            f"{TEXT}s": self._spaces,
        }

    def read(self, element: Element, look: Look) -> str:
        """The visible text below this element; letters nobody can see are counted."""
        for name in STYLE_NAMES:
            look = self._styles.look(element.get(name, "")).over(look)
        if element.tag in HIDDEN or element.get(f"{TEXT}display") == "none":
            look = Look(hidden=True).over(look)
        parts = [self._letters(element.text, look)]
        for child in element:
            if child.tag in STANDS_FOR:
                parts.append(STANDS_FOR[child.tag])
            elif child.tag not in NOT_READ:
                parts.append(self._readers.get(child.tag, self.read)(child, look))
            parts.append(self._letters(child.tail, look))
        return "".join(parts)

    def _letters(self, text: str | None, look: Look) -> str:
        squeezed = " ".join((text or "").split("\n"))
        if look.unseen:
            self.hidden_characters += letters_in(squeezed)
            return ""
        return squeezed

    def _paragraph(self, paragraph: Element, look: Look) -> str:
        return self.read(paragraph, look) + "\n"

    def _row(self, row: Element, look: Look) -> str:
        return row_of([self.read(cell, look) for cell in row if cell.tag == f"{TABLE}table-cell"])

    def _spaces(self, element: Element, _look: Look) -> str:
        count = element.get(f"{TEXT}c", "1")
        return " " * min(int(count) if count.isdecimal() and len(count) < 9 else MOST_SPACES, MOST_SPACES)
