"""The word lists of the trades hold together: every line can be read, and says one thing of one concept."""

import re
from collections import defaultdict

import pytest

from talent.matching.phrases import TRADE_WORDS, trade_lexicon, written_lines

LANGUAGES = {"en", "de", "it", "fi", "es", "ur", "ur-Latn"}
CODES = r"(?:\d{4}(?:\.\d)?|-)(?:,(?:\d{4}(?:\.\d)?|-))*"
HEAD = re.compile(rf"([TS]) ({CODES}) ([^|]+)")
LEAST_STEM = 3


def columns(line):
    head, *rest = line.split(" | ")
    return head, {column.split(" ", 1)[0]: column.split(" ", 1)[1].split(",") for column in rest}


@pytest.mark.parametrize("file", sorted(TRADE_WORDS.glob("*.txt")), ids=lambda file: file.stem)
def test_every_line_names_a_concept_and_words_in_known_languages(file):
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert lines
    for line in lines:
        head, forms = columns(line)
        assert HEAD.fullmatch(head), line
        assert set(forms) <= LANGUAGES, line
        assert forms, line
        assert all(form == form.strip() and form for found in forms.values() for form in found), line


def test_a_concept_has_the_same_codes_wherever_it_is_named():
    codes = defaultdict(set)
    for line in written_lines():
        kind, of, label = HEAD.fullmatch(columns(line)[0]).groups()
        codes[kind, label].add(of)
    assert {label: found for label, found in codes.items() if len(found) > 1} == {}


def test_a_stem_is_long_enough_to_be_told_from_other_words():
    stems = [
        piece
        for line in written_lines()
        for found in columns(line)[1].values()
        for form in found
        for piece in form.split()
        if "*" in piece
    ]
    assert [stem for stem in stems if len(stem.strip("*")) < LEAST_STEM] == []


def test_every_concept_is_found_by_one_of_its_english_forms():
    """What no text could ever name, because another trade's name hides every form of it, is no word of the list."""
    lexicon = trade_lexicon()
    unread = []
    for line in written_lines():
        head, forms = columns(line)
        label = HEAD.fullmatch(head).group(3)
        named = {mention.term.label for form in forms.get("en", []) for mention in lexicon.mentions(form, "en")}
        if "en" in forms and label not in named:
            unread.append(label)
    assert unread == []
