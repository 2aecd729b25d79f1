"""Misspelt words of the trades are read as meant, and words with a meaning of their own are left alone."""

import pytest

from talent.matching.evidence import evidence_of
from talent.matching.phrases import trade_lexicon
from talent.matching.spelling import Spelling

KNOWN = Spelling(["electrician", "mechanic", "mason", "plumber", "painter", "farmer", "plaster", "refrigeration"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("elctrician", "electrician"),  # a letter left out
        ("mechannic", "mechanic"),  # a letter doubled
        ("mehcanic", "mechanic"),  # two that changed places
        ("masan", "mason"),  # another vowel
        ("plumber", "plumber"),
        ("refrigration", "refrigeration"),
    ],
)
def test_one_slip_is_read_as_what_is_meant(written, meant):
    assert KNOWN.meant(written) == meant


@pytest.mark.parametrize(
    "word",
    [
        "former",  # a common word, one vowel from farmer
        "printer",  # a common word
        "planter",  # another consonant is another word
        "masen" * 3,  # far from everything
        "maso",  # too short
        "painters",  # an ending is no slip
        "mstr",
        "میسن",
    ],
)
def test_other_words_stay_as_they_are(word):
    assert KNOWN.meant(word) == word


def test_a_word_between_two_known_ones_stays_as_it_is():
    assert Spelling(["walder", "welder"]).meant("wolder") == "wolder"


@pytest.mark.parametrize("word", ["mahine", "karte", "damper", "plating"])
def test_words_with_a_meaning_of_their_own_are_never_read_as_another(word):
    assert trade_lexicon().mentions(f"{word} {word}", "en") == ()


def test_a_misspelt_trade_counts_and_is_quoted_as_it_was_written():
    shown = evidence_of("Experience\n2015 to 2020 diesel mecanic in Lahore workshop", trade_lexicon(), "en")
    quotes = {held.quote for held in shown.recorded.values() if held.term.kind == "trade"}
    assert quotes == {"diesel mecanic"}


def test_another_language_is_read_letter_by_letter():
    assert trade_lexicon().mentions("masan", "fi") == ()
