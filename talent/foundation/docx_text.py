"""The text of a Word document that can be seen: no hidden runs, no white or tiny letters, no deleted passages."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from talent.foundation.archives import Archive
from talent.foundation.unreadable import BrokenFile
from talent.foundation.visible_text import PLAIN, Look, NamedLooks, Visible, is_white, letters_in, row_of
from talent.foundation.xml_parts import parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
MAIN_PART = "wordprocessingml.document.main+xml"

NOT_READ = {f"{MC}Fallback"} | {W + tag for tag in ("moveFrom", "del", "rPr", "pPr", "tblPr", "sectPr", "instrText")}
STANDS_FOR = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
OFF = {"0", "false", "off"}


def visible_text_of_docx(archive: Archive) -> Visible:
    """The visible text of the main part, paragraph by paragraph; headers, footers and notes are left out.

    Raises:
        Unreadable: the archive or its XML is broken or unsafe.
    """
    document = parsed(archive.read(_main_part(archive)))
    styles = _Styles(parsed(archive.read("word/styles.xml"))) if "word/styles.xml" in archive.names else _Styles(None)
    body = document.find(f"{W}body")
    if body is None:
        raise BrokenFile
    reader = _Reader(styles)
    text = reader.read(body, styles.defaults.over(Look(on_colour=_page_is_coloured(document))))
    return Visible(text, reader.hidden_characters)


def _main_part(archive: Archive) -> str:
    """The name that [Content_Types].xml gives the main part; some programs write ``word/document2.xml``."""
    for override in parsed(archive.read("[Content_Types].xml")):
        if override.get("ContentType", "").endswith((MAIN_PART, "document.macroEnabled.main+xml")):
            return override.get("PartName", "").lstrip("/")
    raise BrokenFile


def _page_is_coloured(document: Element) -> bool:
    background = document.find(f"{W}background")
    return background is not None and is_white(background.get(f"{W}color")) is False


def _is_on(properties: Element, tag: str) -> bool | None:
    found = properties.find(W + tag)
    return None if found is None else found.get(f"{W}val", "1") not in OFF


def _is_filled(properties: Element | None) -> bool | None:
    """Whether the shading or highlighting of these properties puts a colour behind the letters."""
    if properties is None:
        return None
    shading, highlight = properties.find(f"{W}shd"), properties.find(f"{W}highlight")
    if highlight is not None and highlight.get(f"{W}val") not in ("none", "white"):
        return True
    return None if shading is None or is_white(shading.get(f"{W}fill")) is not False else True


def _look_of_run(properties: Element | None) -> Look:
    if properties is None:
        return PLAIN
    colour, size = properties.find(f"{W}color"), properties.find(f"{W}sz")
    white = None
    if colour is not None:
        white = bool(is_white(colour.get(f"{W}val"))) or colour.get(f"{W}themeColor") in ("background1", "light1")
        if colour.get(f"{W}themeShade"):
            white = False  # A darkened white is a grey.
    half_points = "" if size is None else size.get(f"{W}val", "")
    return Look(
        hidden=_is_on(properties, "vanish"),
        white=white,
        points=int(half_points) / 2 if half_points.isdigit() else None,
        on_colour=_is_filled(properties),
    )


class _Styles:
    """The looks that the named styles of a document give."""

    def __init__(self, root: Element | None) -> None:
        self._looks = NamedLooks()
        self.coloured_tables: set[str] = set()
        self.defaults = PLAIN
        if root is None:
            return
        self.defaults = _look_of_run(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            self._add(style, style.get(f"{W}styleId", ""))

    def _add(self, style: Element, name: str) -> None:
        own = _look_of_run(style.find(f"{W}rPr")).over(Look(on_colour=_is_filled(style.find(f"{W}pPr"))))
        self._looks.add(name, own, based_on=_value(style.find(f"{W}basedOn")))
        if style.get(f"{W}type") == "table" and any(_is_filled(cell) for cell in style.iter(f"{W}tcPr")):
            self.coloured_tables.add(name)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1":
            self.defaults = own.over(self.defaults)

    def look(self, properties: Element | None, tag: str) -> Look:
        """The look of the style that these properties name, the styles it is based on included."""
        return self._looks.look(_value(None if properties is None else properties.find(W + tag)))


def _value(named: Element | None) -> str:
    return "" if named is None else named.get(f"{W}val", "")


class _Reader:
    """Walks the body once and keeps what can be seen."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self.hidden_characters = 0
        self._readers: dict[str, Callable[[Element, Look], str]] = {
            f"{W}t": self._letters,
            f"{W}r": self._run,
            f"{W}p": self._paragraph,
            f"{W}tbl": self._table,
            f"{W}tr": self._row,
            f"{W}tc": self._cell,
            f"{WPS}wsp": self._shape,
        }

    def read(self, element: Element, look: Look) -> str:
        """The visible text below this element; letters nobody can see are counted."""
        parts = []
        for child in element:
            if child.tag in NOT_READ:
                continue
            if child.tag in STANDS_FOR:
                parts.append(STANDS_FOR[child.tag])
            else:
                parts.append(self._readers.get(child.tag, self.read)(child, look))
        return "".join(parts)

    def _letters(self, element: Element, look: Look) -> str:
        text = element.text or ""
        if look.unseen:
            self.hidden_characters += letters_in(text)
            return ""
        return text

    def _run(self, run: Element, look: Look) -> str:
        properties = run.find(f"{W}rPr")
        styled = _look_of_run(properties).over(self._styles.look(properties, "rStyle"))
        return self.read(run, styled.over(look))

    def _paragraph(self, paragraph: Element, look: Look) -> str:
        properties = paragraph.find(f"{W}pPr")
        behind = Look(on_colour=_is_filled(properties))
        return self.read(paragraph, behind.over(self._styles.look(properties, "pStyle")).over(look)) + "\n"

    def _table(self, table: Element, look: Look) -> str:
        style = table.find(f"{W}tblPr/{W}tblStyle")
        coloured = style is not None and style.get(f"{W}val") in self._styles.coloured_tables
        return self.read(table, Look(on_colour=coloured or None).over(look))

    def _row(self, row: Element, look: Look) -> str:
        wrapped = row.findall(f"{W}sdt/{W}sdtContent/{W}tc")  # A cell that is a form field stands inside w:sdt.
        return row_of([self._cell(cell, look) for cell in [*row.findall(f"{W}tc"), *wrapped]])

    def _cell(self, cell: Element, look: Look) -> str:
        return self.read(cell, Look(on_colour=_is_filled(cell.find(f"{W}tcPr"))).over(look))

    def _shape(self, shape: Element, look: Look) -> str:
        filled = shape.find(f"{WPS}spPr/{A}solidFill")
        if filled is None:
            filled = shape.find(f"{WPS}spPr/{A}gradFill")
        colour = None if filled is None else filled.find(f"{A}srgbClr")
        white = colour is not None and is_white(colour.get("val"))
        return "\n" + self.read(shape, Look(on_colour=(filled is not None and not white) or None).over(look))
