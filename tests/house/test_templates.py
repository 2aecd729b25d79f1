"""Templates run no script, trust no text, and speak through the catalogue."""

import re

import pytest

from tests.house.code import ROOT, short

TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
THE_SCRIPT = '<script src="{{ asset("passkeys.js") }}" nonce="{{ page.script_nonce() }}" defer></script>'
"""No browser gives a passkey without a script: this one, from a file of ours, named by the page's own nonce."""
INLINE = re.compile(r"""<script\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE)
TRUSTING = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_no_template_holds_inline_script_or_style(template):
    assert INLINE.findall(template.read_text(encoding="utf-8").replace(THE_SCRIPT, "")) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_no_template_trusts_a_text(template):
    assert TRUSTING.findall(template.read_text(encoding="utf-8")) == []


def test_every_page_belongs_to_a_layout_or_is_a_part():
    loose = [
        short(template)
        for template in TEMPLATES
        if not re.search(r"{%-?\s*(extends|macro|import|from)", template.read_text(encoding="utf-8"))
    ]
    assert [name for name in loose if name != "web/templates/layout.html"] == []
