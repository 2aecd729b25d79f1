"""A CV before it is compared: nothing that says who somebody is, nothing hidden, every letter still in its place."""

import re

import pytest

from talent.matching.cleaning import clean_cv
from talent.matching.hidden_text import visible
from talent.matching.phrases import trade_lexicon

WORK = "Experience\n2016-2022 Welder, steel workshop: MIG welding, grinding\n"


def words(text):
    return re.findall(r"\w+", text)


def cleaned(text):
    return clean_cv(text, lambda line: bool(trade_lexicon().mentions(line, "en")))


@pytest.mark.parametrize(
    "line",
    [
        "Name: Muhammad Aslam",
        "FATHER NAME : BASHIR AHMED",
        "CNIC: 35202-1234567-1",
        "Date of birth: 03-04-1995",
        "Sex: Female",
        "Gender: Male, Age: 31 years",
        "RELIGION : ISLAM      CAST : ARAIN",
        "Marital status: Married",
        "Domicile: Khyber Pakhtunkhwa",
        "Address: House 7, Street 3, Lahore",
        "Email aslam@example.org, Mobile 0300-1234567",
        "Mera naam Imran Latif hai, walid ka naam Ramzan Anwar.",
        "Umar 27 saal.",
        "نام: محمد یوسف",
        "مذہب: اسلام",
        "عمر ۲۹ سال",
        "ضلع وہاڑی",
        "Familienstand: ledig",
        "Stato civile: celibe",
        "Estado civil: casado",
    ],
)
def test_a_line_about_the_person_is_gone(line):
    assert words(cleaned(f"{WORK}{line}\n").text) == words(WORK)


@pytest.mark.parametrize(
    "line",
    [
        "Ladies tailor, 6 years",
        "Single needle machine operator",
        "Ward boy, district hospital",
        "Lady health visitor",
        "Driving licence LTV",
        "English B1",
    ],
)
def test_words_of_work_stay_even_where_they_sound_personal(line):
    assert line.split()[-1] in cleaned(f"{WORK}{line}\n").text


def test_a_name_alone_at_the_top_is_removed_and_a_trade_alone_at_the_top_is_kept():
    assert "Johnson" not in cleaned(f"Sarah Johnson\n456 Oak Avenue\n\n{WORK}").text
    assert "WELDER" in cleaned(f"WELDER\n\n{WORK}").text


def test_what_stays_stands_where_it_stood():
    text = f"Name: Aslam\n{WORK}"
    found = cleaned(text)
    place = found.text.index("MIG welding")
    assert text[place : place + len("MIG welding")] == "MIG welding"


def test_hidden_characters_are_taken_out_and_counted():
    seen = visible("wel\u200bder \u2066MIG\u2069")
    assert seen.text == "welder MIG"
    assert seen.hidden_characters == 3


def test_the_joiners_that_urdu_needs_are_not_counted_as_hidden():
    assert visible("خوش\u200cنویس").hidden_characters == 0


def test_look_alike_letters_are_read_as_they_look():
    seen = visible("plumbеr Fοntanero pIumber")
    assert seen.text == "plumber Fontanero plumber"
    assert seen.look_alike_words == 3


@pytest.mark.parametrize("text", ["сварщик", "Ηλεκτρολόγος", "McIntyre IT"])
def test_a_word_wholly_in_another_script_is_left_alone(text):
    assert visible(text).text.split()[0][0] == text[0]


def test_a_quotation_points_into_the_original():
    original = "wel\u200bder and mason"
    seen = visible(original)
    start, end = seen.original_span(0, 6)
    assert original[start:end] == "wel\u200bder"
