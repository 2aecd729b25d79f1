"""Languages of advertisements and CVs: told apart by their function words, by their script, or not at all."""

import pytest

from talent.matching.language import OTHER, UNKNOWN, detect_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("We are looking for a welder with experience in the shop and on site.", "en"),
        ("Wir suchen einen Schweißer mit Erfahrung für die Werkstatt und die Montage.", "de"),
        ("Cerchiamo un cuoco con esperienza per il ristorante della nostra azienda.", "it"),
        ("Buscamos un fontanero con experiencia para una empresa de la zona.", "es"),
        ("Haemme hitsaajaa, jolla on kokemusta ja joka voi aloittaa heti, tarjoamme hyvän palkan.", "fi"),
        ("Nous cherchons un soudeur avec une expérience dans le travail des métaux et une formation.", "fr"),
        ("میں آٹھ سال سے ویلڈنگ کا کام کر رہا ہوں", "ur"),
        ("main ne 5 saal bijli ka kaam kiya hai gharon mein", "ur-Latn"),
    ],
)
def test_the_language_of_a_sentence(text, tag):
    assert detect_language(text).tag == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Ηλεκτρολόγος με δέκα χρόνια εμπειρία σε εργοτάξια", "el"),
        ("Търсим заварчик с опит в строителството", "ru"),
        ("میں آٹھ سال سے ویلڈنگ کا کام کر رہا ہوں", "ur"),
    ],
)
def test_a_text_in_another_script_may_be_in_the_language_of_its_script_alone(text, tag):
    found = detect_language(text)
    assert (found.tag, found.candidates) == (tag, {tag})


@pytest.mark.parametrize("text", ["", "   ", "6G TIG SMAW", "2014-2018"])
def test_a_text_that_says_too_little_has_no_language(text):
    assert detect_language(text).tag == UNKNOWN


def test_only_english_is_known_to_the_encoder():
    assert detect_language("the work of a mason and his tools in the shop").known_to_encoder
    assert not detect_language("der Maurer und seine Werkzeuge für die Arbeit mit dem Stein").known_to_encoder


def test_a_long_text_in_a_language_that_is_not_listed_is_not_taken_for_one_that_is():
    latvian = "Meklējam metinātāju darbam rūpnīcā Rīgā. Pienākumi: tērauda konstrukciju metināšana, rasējumu lasīšana. "
    assert detect_language(latvian * 4).tag == OTHER


def test_a_long_text_with_a_stray_english_word_is_not_english():
    assert detect_language(f"{'kala vesi laud aken uks tool ' * 30} the for with").tag == OTHER
