"""The text of a PDF that can be seen: no invisible, white-on-white or tiny letters."""

import io
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from talent.foundation.unreadable import BrokenFile, LockedFile, PictureOnly, TooManyPages
from talent.foundation.visible_text import NEARLY_WHITE, TINY_POINTS, Visible, letters_in

INVISIBLE = (3, 7)  # text rendering modes that paint nothing, ISO 32000-1, table 106
FEWEST_LETTERS = 20  # in a whole document; fewer is a stray page number on a scan, not a text
SHOWS_TEXT = {b"Tj", b"TJ", b"'", b'"'}
PAINTS_PATH = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
ENDS_PATH = PAINTS_PATH | {b"S", b"s", b"n"}
PATH_POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2}
WHITE = NEARLY_WHITE / 0xFF
Box = tuple[float, float, float, float]


def visible_text_of_pdf(content: bytes, *, most_pages: int) -> Visible:
    """The visible text, page by page; a scan with a recognised text layer is read from that layer, with a note.

    Raises:
        Unreadable: the file is broken, locked, too long, or holds no text.
    """
    try:
        pages = _opened(content, most_pages)
        visible = _read(pages, keep_invisible=False)
        if letters_in(visible.text) < FEWEST_LETTERS and visible.hidden_characters >= FEWEST_LETTERS:
            scan = _read([page for page in pages if _has_picture(page)], keep_invisible=True)
            visible = replace(scan, pages=len(pages), notes=(*scan.notes, "recognised_scan"))
    except PyPdfError as broken:
        raise BrokenFile from broken
    if letters_in(visible.text) < FEWEST_LETTERS:
        raise PictureOnly
    return visible


def _opened(content: bytes, most_pages: int) -> list[Any]:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise LockedFile
    count = len(reader.pages)
    if count == 0:
        raise BrokenFile
    if count > most_pages:
        raise TooManyPages.because(pages=count, limit=most_pages)
    return list(reader.pages)


def _has_picture(page: Any) -> bool:
    resources: Any = page.get("/Resources")
    drawn: Any = resources.get_object().get("/XObject") if resources else None
    parts = drawn.get_object().values() if drawn else ()
    return any(part.get_object().get("/Subtype") in ("/Image", "/Form") for part in parts)


def _read(pages: list[Any], *, keep_invisible: bool) -> Visible:
    texts, hidden, notes = [], 0, []
    for page in pages:
        painter = Painter(keep_invisible=keep_invisible)
        try:
            texts.append(page.extract_text(visitor_operand_before=painter.before))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # A page made to mislead can raise anything; the other pages are still good.
            notes = ["unread_page"]
        hidden += painter.hidden_characters
    return Visible("\n\n".join(texts), hidden, len(pages), tuple(notes))


@dataclass(frozen=True)
class Ink:
    """The part of a PDF's graphics state that decides whether letters can be seen."""

    white: bool = False
    mode: int = 0
    points: float = 12.0


@dataclass
class Painter:
    """Follows the drawing of one page and takes out the letters that nobody could see, before they are read."""

    keep_invisible: bool = False
    hidden_characters: int = 0
    ink: Ink = Ink()
    saved: list[Ink] = field(default_factory=list)
    path: list[tuple[float, float]] = field(default_factory=list)
    painted: list[Box] = field(default_factory=list)
    """What was painted in a colour or as a picture so far: white letters can be read on it."""

    def before(self, operator: bytes, operands: list[Any], page_matrix: list[float], text_matrix: list[float]) -> None:
        """Look at one operator before it is carried out; the operands of unseen text are emptied in place."""
        if operator in SHOWS_TEXT:
            self._show(operands, page_matrix, text_matrix)
        elif operator == b"q":
            self.saved.append(self.ink)
        elif operator == b"Q":
            self.ink = self.saved.pop() if self.saved else Ink()
        else:
            self._set_ink(operator, operands)
            self._follow_path(operator, operands, page_matrix)

    def _set_ink(self, operator: bytes, operands: list[Any]) -> None:
        numbers = [float(each) for each in operands if isinstance(each, int | float)]
        if operator in (b"g", b"rg", b"k", b"sc", b"scn"):
            named = len(numbers) != len(operands)  # A pattern, which is not white.
            self.ink = replace(self.ink, white=not named and _is_white(numbers))
        elif operator == b"cs":
            self.ink = replace(self.ink, white=False)
        elif operator == b"Tr" and numbers:
            self.ink = replace(self.ink, mode=int(numbers[0]))
        elif operator == b"Tf" and numbers:
            self.ink = replace(self.ink, points=numbers[-1])

    def _follow_path(self, operator: bytes, operands: list[Any], matrix: list[float]) -> None:
        if operator == b"re" and len(operands) == 4:
            x, y, width, height = map(float, operands)
            self.path += [_moved(matrix, x, y), _moved(matrix, x + width, y + height)]
        elif operator in PATH_POINTS and len(operands) == 2 * PATH_POINTS[operator]:
            numbers = list(map(float, operands))
            self.path += [_moved(matrix, *numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
        elif operator in (b"Do", b"sh"):
            corners = [_moved(matrix, x, y) for x in (0, 1) for y in (0, 1)]
            self.painted.append(_box(corners) if operator == b"Do" else (-1e9, -1e9, 1e9, 1e9))
        elif operator in ENDS_PATH:
            if operator in PAINTS_PATH and self.path and not self.ink.white:
                self.painted.append(_box(self.path))
            self.path = []

    def _show(self, operands: list[Any], page_matrix: list[float], text_matrix: list[float]) -> None:
        if not self._unseen(page_matrix, text_matrix):
            return
        for operand in operands:
            for part in operand if isinstance(operand, list) else [operand]:
                if isinstance(part, str | bytes):
                    self.hidden_characters += letters_in(part if isinstance(part, str) else part.decode("latin-1"))
        operands.clear()

    def _unseen(self, page_matrix: list[float], text_matrix: list[float]) -> bool:
        if self.ink.mode in INVISIBLE:
            return not self.keep_invisible
        scale = abs(_area(page_matrix) * _area(text_matrix)) ** 0.5
        if abs(self.ink.points) * scale < TINY_POINTS:
            return True
        if not self.ink.white:
            return False
        x, y = _moved(page_matrix, *_moved(text_matrix, 0, 0))
        return not any(left <= x <= right and low <= y <= high for left, low, right, high in self.painted)


def _is_white(numbers: list[float]) -> bool:
    if len(numbers) == 4:  # Cyan, magenta, yellow, black: white is no ink at all.
        return max(numbers) <= 1 - WHITE
    return len(numbers) in (1, 3) and min(numbers) >= WHITE


def _moved(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _area(matrix: list[float]) -> float:
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


def _box(points: list[tuple[float, float]]) -> Box:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)
