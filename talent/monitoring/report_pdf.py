"""A report as PDF, set by Typst with the Urdu font that this project carries."""

import json
from pathlib import Path

from talent.foundation.printed import FONTS
from talent.monitoring.paper import Paper

HERE = Path(__file__).parent
TEMPLATE = HERE / "data" / "report.typ"


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF file."""
    import typst

    blocks = [{"shape": block.shape.value, "said": block.said, "parts": block.parts} for block in paper.blocks]
    whole = {"language": paper.language, "title": paper.title, "redaction": paper.redaction, "blocks": blocks}
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(whole)},
    )
    assert isinstance(made, bytes)  # one file, because nothing else was asked for
    return made
