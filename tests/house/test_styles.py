"""Style sheets: what a block of the page looks like stands in one file, so that no other page changes it unseen."""

import re
from collections import defaultdict

from tests.house.code import ROOT

SHEETS = sorted((ROOT / "web" / "styles").glob("_*.scss"))
OF_ALL = {"_print.scss", "_urdu.scss"}
"""Files that say of many blocks how they are on paper, and in Urdu."""
BLOCK = re.compile(r"^\.(app-[a-z0-9]+(?:--?[a-z0-9]+)*)", re.MULTILINE)
"""The first block, or form of one, that a rule at the edge of its file names."""


def test_each_block_is_styled_in_one_file():
    places = defaultdict(set)
    for sheet in SHEETS:
        if sheet.name not in OF_ALL:
            for name in BLOCK.findall(sheet.read_text(encoding="utf-8")):
                places[name].add(sheet.name)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
