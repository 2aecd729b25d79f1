"""Advertisements in five languages: what shuts people out is found, what does not is left alone."""

import pytest

from talent.vacancies.wording import SENTENCES, Ground, found_in, objections, wording

PHRASES = wording().phrases


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase.language}-{phrase.example}")
def test_each_row_finds_its_own_example_and_only_its_own_ground(phrase):
    assert phrase.pattern.search(phrase.example.lower())
    assert [ground for ground, _ in found_in(phrase.example)] == [phrase.ground]


@pytest.mark.parametrize("ground", list(Ground))
def test_each_ground_is_known_in_each_language(ground):
    wanted = {"en", "de", "it", "es", "fi"}
    assert {phrase.language for phrase in PHRASES if phrase.ground is ground} == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Female thread fittings from 20 to 40 mm",
        "The work is in a Catholic hospital in Munich",
        "You are at least 18 years old",
        "25 to 30 years of experience in the team",
        "We look for male and female welders",
        "Waiter/waitress for a hotel in Rhodes",
        "Wir suchen Schweißer (m/w/d), unabhängig von Alter, Religion und Herkunft",
        "Frauen und Männer sind gleich willkommen",
        "zwischen 20 und 35 Jahren Berufserfahrung",
        "höchstens 40 Stunden in der Woche, maximal 25 kg heben",
        "Kontakt: Christian Bauer",
        "No recruitment fee is payable by the candidate",
        "You will not pay the visa: the employer does",
        "Hakijat iästä ja äidinkielestä riippumatta",
        "Candidati di ambo i sessi, senza distinzione di nazionalità",
        "Con independencia de su edad o religión",
        "massimo 40 ore, contratto di 24 mesi",
        "Attach photos of your welds",
        "Only EU standards apply; German-speaking team",
        "German at level B1, only German norms (DIN)",
        "Crew of 20 to 30 persons, machines under 40 tonnes",
    ],
)
def test_ordinary_lines_pass(line):
    assert list(found_in(line)) == []


def test_the_words_are_quoted_as_they_were_written():
    assert list(found_in("Schweißer, nur MÄNNER bitte")) == [(Ground.SEX, "nur MÄNNER")]


def test_a_broken_line_hides_nothing():
    assert list(found_in("Ladies\n   only")) == [(Ground.SEX, "Ladies only")]


def test_a_letter_that_grows_in_lower_case_moves_no_quotation():
    assert list(found_in("İstanbul kitchen, ladies only")) == [(Ground.SEX, "ladies only")]


def test_a_promise_of_equality_does_not_cover_the_next_sentence():
    text = "Regardless of age. Male candidates only."
    assert [ground for ground, _ in found_in(text)] == [Ground.SEX]


def test_several_grounds_are_each_named_once():
    text = "Young women only, unmarried women, native German speaker, attach a photo, young team"
    grounds = [ground for ground, _ in found_in(text)]
    assert grounds == [Ground.SEX, Ground.AGE, Ground.MOTHER_TONGUE, Ground.FAMILY, Ground.LOOKS]


def test_every_ground_has_a_sentence_that_says_what_to_do():
    assert set(SENTENCES) == set(Ground)
    assert objections("Native German speaker")[0].english() == (
        "“Native German speaker” asks where somebody grew up. Ask for a language level instead, such as C1."
    )
