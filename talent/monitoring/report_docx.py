"""A report as DOCX: headings and lists as such, our words in the reader's direction, redactions as black bars."""

import io
from typing import Any, Final

from talent.monitoring.paper import Paper, SaidBlock
from talent.monitoring.report_writer import Shape

STYLES: Final = {
    Shape.TITLE: "Title",
    Shape.PART: "Heading 1",
    Shape.CHAPTER: "Heading 2",
    Shape.LABEL: "Heading 3",
    Shape.ITEM: "List Bullet",
}
"""Styles of Word's own template; every other block is plain text."""
URDU_FONT: Final = "Noto Nastaliq Urdu"


def as_docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    from docx import Document

    document = Document()
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    for block in paper.blocks:
        _add(document, paper, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Any, paper: Paper, block: SaidBlock) -> None:
    style = STYLES.get(block.shape, "Normal")
    paragraph = document.add_paragraph(style=style)
    if block.said:
        run = paragraph.add_run(f"{block.said}: " if block.words and not paper.is_right_to_left else block.said)
        run.bold = style == "Normal" and block.shape is not Shape.EVIDENCE
        if paper.is_right_to_left:
            _turn(paragraph, run)
            paragraph = document.add_paragraph(style=style) if block.words else paragraph
    for number, part in enumerate(block.parts):
        if number:
            _redaction(paragraph, paper)
        paragraph.add_run(part)


def _redaction(paragraph: Any, paper: Paper) -> None:
    """A black bar that says what it is."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import RGBColor

    paragraph.add_run(" ")
    run = paragraph.add_run(f" {paper.redaction} ")
    run.font.highlight_color = WD_COLOR_INDEX.BLACK
    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    paragraph.add_run(" ")


def _turn(paragraph: Any, run: Any) -> None:
    """Let a paragraph run from right to left in the Urdu font."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    run.font.rtl = True
    run.font.name = URDU_FONT
    fonts = run._r.get_or_add_rPr().find(qn("w:rFonts"))
    fonts.set(qn("w:cs"), URDU_FONT)
