"""Trades and skills in the words of the corridor: seven ways to write each, inflected, gendered, in compounds."""

import pytest

from talent.matching.phrases import inflected, lexicon_of, tokens, trade_lexicon
from talent.taxonomy.starter_release import read_starter


def labels(text, language, kind):
    return {m.term.label for m in trade_lexicon().mentions(text, language) if m.term.kind == kind}


@pytest.mark.parametrize(
    ("text", "language", "trade"),
    [
        ("certified welder", "en", "welder"),
        ("Schweißer (m/w/d) gesucht", "de", "welder"),
        ("MAG-Schweißerin", "de", "welder"),
        ("saldatori esperti", "it", "welder"),
        ("hitsaajia telakalle", "fi", "welder"),
        ("soldador homologado", "es", "welder"),
        ("ویلڈر", "ur", "welder"),
        ("welding ka kaam", "ur-Latn", "welder"),
        ("CUOCO/A", "it", "cook"),
        ("CAMARERA/O DE PISOS", "es", "cleaner"),
        ("Elektroniker*in", "de", "building electrician"),
        ("raj mistri", "ur-Latn", "bricklayer"),
        ("راج مستری", "ur", "bricklayer"),
        ("Zerspanungsmechaniker", "de", "CNC machinist"),
    ],
)
def test_a_trade_is_found_however_it_is_written(text, language, trade):
    assert trade in labels(text, language, "trade")


@pytest.mark.parametrize(
    ("text", "language", "skill"),
    [
        ("Lesen von technischen Zeichnungen", "de", "technical drawings"),
        ("lettura del disegno", "it", "technical drawings"),
        ("naqsha parh leta hoon", "ur-Latn", "technical drawings"),
        ("Führerschein CE", "de", "licence for heavy vehicles"),
        ("HTV licence", "en", "licence for heavy vehicles"),
        ("hygieniapassi", "fi", "food hygiene HACCP"),
        ("گیس بھرنا", "ur", "refrigeration and air conditioning"),
    ],
)
def test_a_skill_is_found_however_it_is_written(text, language, skill):
    assert skill in labels(text, language, "skill")


def test_a_longer_phrase_hides_the_shorter_inside_it():
    assert labels("kitchen helper", "en", "trade") == {"kitchen helper"}


def test_a_skill_inside_the_name_of_another_trade_is_not_claimed():
    assert "welding" not in labels("welding inspector", "en", "skill")


def test_a_short_word_counts_only_in_a_text_of_its_language():
    assert "MIG/MAG welding" in labels("MAG", "de", "skill")
    assert "licence for heavy vehicles" not in labels("a cap and boots", "en", "skill")


def test_a_mention_quotes_the_text_it_stands_in():
    text = "five years of MIG welding in Dubai"
    (mention,) = [m for m in trade_lexicon().mentions(text, "en") if m.term.label == "MIG/MAG welding"]
    assert text[mention.start : mention.end] == "MIG welding"


def test_a_release_adds_its_labels_to_the_projects_own_words():
    release = read_starter()
    lexicon = lexicon_of(release)
    assert {concept.uri for concept in release.occupations} <= set(lexicon.terms)
    assert set(trade_lexicon().terms) <= set(lexicon.terms)


def test_technical_names_are_single_words():
    assert [token.word for token in tokens("C++, C#, .NET and node.js")] == ["c++", "c#", ".net", "and", "node", "js"]


@pytest.mark.parametrize(
    ("label", "language", "pattern"),
    [
        ("hissiasentaja", "fi", "hissiasentaj*"),
        ("Softwareingenieur", "de", "Softwareingenieur*"),
        ("ingegnere elettrotecnico", "it", "ingegnere elettrotecnic*"),
        ("Koch", "de", "Koch"),
        ("bricklayer", "en", "bricklayer"),
    ],
)
def test_long_nouns_of_a_release_are_found_with_their_endings(label, language, pattern):
    assert inflected(label, language) == pattern
