"""The reader's language, and numbers, dates, money and sentences in it."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from talent.foundation.words import Sentence
from web import catalogue
from web.i18n import ENGLISH, LANGUAGES, URDU, Words, preferred_language

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def english():
    return Words(ENGLISH)


@pytest.fixture(scope="module")
def urdu():
    return Words(URDU)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ur", "ur"),
        ("ur-PK,ur;q=0.9,en;q=0.5", "ur"),
        ("en-GB,en;q=0.9,ur;q=0.8", "en"),
        ("en;q=0.4, ur;q=0.9", "ur"),
        ("en; q=0.4, ur; q=0.9", "ur"),
        ("de,fr;q=0.9,ur;q=0.1", "ur"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("ur;q=none", "ur"),
        (";;;===,,,", "en"),
        ("x" * 100_000, "en"),
    ],
)
def test_the_first_language_that_we_speak_is_chosen_else_english(header, code):
    assert preferred_language(header).code == code


def test_the_address_beats_the_browser_which_beats_the_account(signed_in, session):
    from talent.accounts import service

    browser = signed_in(
        service.register_candidate(session, login="a@example.com", password="three quiet boats", language="ur"),
        language="en",
    )
    assert browser.get("/about/privacy").tree.get("lang") == "ur"
    browser.client.cookies.set("language", "en")
    assert browser.get("/about/privacy").tree.get("lang") == "en"
    assert browser.get("/about/privacy?lang=ur").tree.get("lang") == "ur"


def test_an_unknown_language_in_the_address_is_ignored(browser):
    assert browser.get("/?lang=xx").tree.get("lang") == "en"
    assert browser.client.cookies.get("language") is None


def test_urdu_runs_from_right_to_left_with_its_own_sheet(browser):
    page = browser.get("/?lang=ur")
    assert page.tree.get("dir") == "rtl"
    assert page.tree.xpath("//link[@rel='stylesheet']/@href")[0].startswith("/static/rtl.")


def test_dates_are_written_out(english, urdu):
    assert english.day(DAY) == "22 November 2026"
    assert urdu.day(DAY) == "22 نومبر، 2026"
    assert english.month(DAY) == "November 2026"
    assert english.day(None) == ""


def test_an_instant_is_shown_on_pakistans_clock(english):
    late = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
    assert english.moment(late) == "23 November 2026, 02:30"
    assert english.day(late) == "23 November 2026"


@pytest.mark.parametrize(
    ("cents", "currency", "said"),
    [(295000, "EUR", "€2,950"), (1275, "EUR", "€12.75"), (0, "EUR", "€0"), (4500000, "PKR", "PKR45,000")],
)
def test_money_is_whole_when_it_can_be(english, cents, currency, said):
    assert english.money(cents, currency).replace("\xa0", "") == said


@pytest.mark.parametrize("words", [Words(language) for language in LANGUAGES.values()], ids=LANGUAGES)
def test_digits_are_latin_in_every_language(words):
    written = [words.number(12345.5), words.day(DAY), words.percent(0.62), words.money(295000, "EUR")]
    assert all(not letter.isdigit() or letter.isascii() for text in written for letter in text)


def test_a_country_has_a_name_in_each_language(english, urdu):
    assert (english.country("DE"), urdu.country("DE"), english.country("ZZX")) == ("Germany", "جرمنی", "ZZX")


def test_a_sentence_is_said_with_its_values(english):
    sentence = Sentence("{years} years of {skill}", {"years": 4, "skill": Sentence("MAG welding")})
    assert english.say(sentence) == "4 years of MAG welding"


def test_what_people_wrote_is_escaped_inside_a_sentence(english):
    assert english.say(Sentence("You wrote {words}", {"words": "<b>&"})) == Markup("You wrote &lt;b&gt;&amp;")


def test_braces_in_what_people_wrote_are_only_braces(english):
    assert english.say(Sentence("You wrote {words}", {"words": "{0.__class__}"})) == "You wrote {0.__class__}"


def test_words_of_the_other_direction_are_isolated(english, urdu):
    assert english.isolated("Lahore") == "Lahore"
    assert english.isolated("لاہور") == "\u2068لاہور\u2069"
    assert urdu.isolated("MAG 135") == "\u2068MAG 135\u2069"
    assert urdu.isolated("لاہور") == "لاہور"
    assert urdu.isolated("2027-06-30") == "\u20682027-06-30\u2069"


def test_nothing_is_said_of_nothing(english, urdu):
    assert english.say(None) == english.say("") == urdu.say("") == urdu.say(Sentence("")) == ""


def test_placeholders_of_a_translation_are_those_of_the_english_sentence():
    found = catalogue.Catalog(locale="ur")
    found.add("Wait {minutes} minutes", "{minutes} منٹ انتظار کریں")
    found.add("Page %(number)s of %(last)s", "صفحہ %(number)s")
    found.add("Enter {field}", "{filed} لکھیں")
    assert [fault.partition(": ")[2] for fault in catalogue.placeholder_faults(found)] == [
        "'Page %(number)s of %(last)s'",
        "'Enter {field}'",
    ]


def test_a_new_sentence_is_missing_until_it_is_translated_and_a_vanished_one_goes():
    source, known = catalogue.Catalog(locale="ur"), catalogue.Catalog(locale="ur")
    source.add("new")
    source.add("kept")
    known.add("kept", "موجود")
    known.add("vanished", "غائب")
    result = catalogue.merged(source, known)
    assert {message.id: message.string or "" for message in catalogue.sentences(result)} == {
        "kept": "موجود",
        "new": "",
    }


def test_the_same_sentences_give_the_same_files():
    one = catalogue.urdu_catalogue()
    assert catalogue.as_po(one) == catalogue.as_po(catalogue.urdu_catalogue())
    assert catalogue.as_mo(one) == catalogue.as_mo(catalogue.urdu_catalogue())


def test_every_sentence_of_the_service_is_there_in_urdu_and_compiled():
    assert catalogue.check([]) == []
