"""What a clause proves: work done most, lists less, help and trade in goods little, denials nothing."""

from datetime import date

import pytest

from talent.matching import work_years
from talent.matching.documents import read_advertisement
from talent.matching.evidence import DUMPED_TRADES, evidence_of, needs_of
from talent.matching.phrases import Lexicon, Term, trade_lexicon
from talent.matching.sections import advertisement_clauses, cv_clauses
from talent.matching.work_years import years_of_work


def strength(cv, label, language="en"):
    found = evidence_of(cv, trade_lexicon(), language).strongest(label)
    return found.strength if found else 0.0


def test_work_done_proves_more_than_a_list_of_skills():
    done = strength("Experience\n2016-2022 TIG welding of tanks", "skill:TIG welding")
    listed = strength("Skills: TIG welding", "skill:TIG welding")
    assert done > listed > 0


@pytest.mark.parametrize(
    ("cv", "language", "label"),
    [
        ("Experience\n2016-2022 fitter, never did TIG welding", "en", "skill:TIG welding"),
        ("2016 se kaam kiya hai, argon nahi ki", "ur-Latn", "skill:TIG welding"),
        ("Solar ka kaam nahi kiya 2019 se", "ur-Latn", "skill:solar PV installation"),
    ],
)
def test_what_is_denied_is_not_held(cv, language, label):
    assert strength(cv, label, language) == 0.0


@pytest.mark.parametrize("words", ["helper with electrician", "salesman of tools for an electrician"])
def test_helping_and_selling_prove_less_than_doing(words):
    doing = strength("Experience\n2020-2024 electrician", "trade:building electrician")
    assert 0 < strength(f"Experience\n2020-2024 {words}", "trade:building electrician") < doing


def test_twenty_trades_in_one_list_are_not_believed():
    one = strength("Skills: welder", "trade:welder")
    dump = "Skills: welder; cook; nurse; bricklayer; plumber; waiter; truck driver; machinist; tailor; baker"
    assert strength(dump, "trade:welder") < 0.5 * one


TRADES = (
    *("welder", "cook", "nurse", "bricklayer", "plumber", "waiter", "truck driver", "machinist", "tailor", "baker"),
    *("carpenter", "painter", "electrician"),
)


@pytest.mark.parametrize("beside", range(7, len(TRADES) + 1))
def test_of_twelve_trades_in_lists_none_is_believed_and_a_recorded_one_is(beside):
    listed = f"Skills: {'; '.join(TRADES[:beside])}"
    mentions = {mention.term for mention in trade_lexicon().mentions(listed, "en")}
    families = {term.codes[0] for term in mentions if term.kind == "trade"}
    assert (strength(listed, "trade:welder") == 0) is (len(families) >= DUMPED_TRADES)
    assert strength(f"Experience\n2020-2024 welder\n{listed}", "trade:welder") > 0.9


@pytest.mark.parametrize(
    "dated",
    [
        "2016 - 2023 Lulu, Doha",
        "Jan 2016 – Dec 2023 Lulu, Doha",
        "03/2016 – 12/2023 Lulu, Doha",
        "2016-23 Lulu, Doha",
        "2016 – continued, Lulu, Doha",
        "۲۰۱۶ تا ۲۰۲۳ لولو، دوحہ",
    ],
)
def test_the_lines_below_a_dated_one_tell_of_that_work(dated):
    recorded = evidence_of(f"Abdul\n\n{dated}\n   TIG welding of tanks", trade_lexicon(), "en").recorded
    assert recorded["skill:TIG welding"].strength == 1.0


def test_a_paragraph_of_its_own_tells_of_no_dated_work_and_a_list_below_it_does():
    for below, is_recorded in (("TIG welding", False), ("- TIG welding", True)):
        recorded = evidence_of(f"Abdul\n\n2016 - 2023 Lulu, Doha\n\n{below}", trade_lexicon(), "en").recorded
        assert ("skill:TIG welding" in recorded) is is_recorded


def test_a_passing_mention_of_a_colleagues_trade_is_no_job_title():
    own = strength("Experience\n2020-2024 nurse in a ward", "trade:nurse")
    passing = strength("Experience\n2020-2024 cleaning of rooms and beds, reporting to the nurse", "trade:nurse")
    assert passing < own


def test_what_an_advertisement_offers_is_no_need():
    needs = needs_of(
        "Welder\n\nRequirements\n- MIG welding\n\nWe offer\n- forklift licence paid", trade_lexicon(), "en"
    )
    assert "skill:MIG/MAG welding" in needs.skills
    assert "skill:forklift licence" not in needs.skills


def test_what_is_welcome_weighs_less_than_what_is_required():
    text = "Schweißer\n\nIhr Profil\n- MAG-Schweißen\n- Staplerschein von Vorteil"
    needs = needs_of(text, trade_lexicon(), "de")
    assert needs.skills["skill:forklift licence"].weight < needs.skills["skill:MIG/MAG welding"].weight


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Experience\n2012 - 2018 mason, Dubai", 6),
        ("Experience\n2012 - 2015 mason\n2014 - 2018 mason", 6),
        ("main ne 5 saal welding ka kaam kiya hai", 5),
        ("تجربہ: پندرہ سال سے کام کر رہا ہوں", 15),
        ("Skills: mason", 0),
        ("Experience\nJan 2012 – Dec 2018 mason, Dubai", 6),
        ("Experience\n03/2012 - 12/2018 mason, Dubai", 6),
        ("Experience\n2012-18 mason, Dubai", 6),
        ("تجربہ\n۲۰۱۲ تا ۲۰۱۸ مستری", 6),
    ],
)
def test_years_of_work(text, years):
    assert years_of_work(cv_clauses(text)) == years


@pytest.mark.parametrize("text", ["Experience\n2020 - present mason, Dubai", "Experience\nmason in Lahore since 2020"])
@pytest.mark.parametrize(("year", "years"), [(2026, 6), (2027, 7), (2031, 11)])
def test_work_that_goes_on_is_counted_up_to_the_present_year(text, year, years, monkeypatch):
    monkeypatch.setattr(work_years, "today", lambda: date(year, 1, 1))
    assert years_of_work(cv_clauses(text)) == years


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Das bringst Du mit", "needs"),
        ("Requisiti preferenziali", "welcome"),
        ("¿QUÉ OFRECEMOS?", "offer"),
        ("Työssäsi", "tasks"),
        ("What we need", "needs"),
    ],
)
def test_headings_open_sections_in_each_language(heading, section):
    clauses = advertisement_clauses(f"Title\n\n{heading}\n- one thing")
    assert clauses[-1].section == section


@pytest.mark.parametrize(
    ("title", "trade"),
    [
        ("Cerchiamo un cuoco che ami stare ai fornelli", "cook"),
        ("Buscamos soldador con experiencia", "welder"),
        ("Wir suchen Maurer für unser Team", "bricklayer"),
        ("SE BUSCA ELECTRICISTA", "building electrician"),
    ],
)
def test_a_first_line_that_begins_with_we_are_looking_for_is_still_the_title(title, trade):
    read = read_advertisement(title + "\n\nOffriamo contratto a tempo indeterminato.", trade_lexicon())
    assert read.titled
    assert [need.term.label for need in read.needs.trades.values() if need.weight == 1.0] == [trade]


@pytest.mark.parametrize("heading", ["Requirements", "Aufgaben:", "Requisitos", "Odotamme sinulta:"])
def test_a_first_line_that_is_a_heading_and_nothing_more_is_no_title(heading):
    first = advertisement_clauses(heading + "\n- welding steel plates")[0]
    assert first.section in ("needs", "tasks")


def test_an_advertisement_without_a_known_title_is_about_the_trade_of_its_skills():
    """By hand: four tasks of welders (7212), at weight .8 each, and nothing that is at home elsewhere alone."""
    tasks = "Aufgaben\n- MAG Schweißen, WIG Schweißen\n- Schweißnähte prüfen\n- Elektrodenschweißen"
    read = read_advertisement(f"Verstärkung für unser Team\n{tasks}", trade_lexicon())
    assert read.needs.is_guessed
    assert not read.titled
    assert read.trades == ("7212",)


def test_few_skills_or_skills_of_many_trades_make_no_guess():
    for text in (
        "Office help\nTasks\n- answer the phone",
        "Team wanted\nTasks\n- welding steel\n- cook rice\n- wiring houses",
    ):
        read = read_advertisement(text, trade_lexicon())
        assert not read.needs.is_guessed
        assert read.trades == ()


def test_a_trade_named_outside_the_title_is_what_it_is_about_where_its_skills_are_at_home_too():
    tasks = "Mansioni\n- saldatura TIG\n- lettura del disegno tecnico"
    read = read_advertisement(f"Entra nella nostra squadra\n\nRicerchiamo 4 saldatori.\n{tasks}", trade_lexicon())
    assert read.needs.is_guessed
    assert read.trades == ("7212",)


def test_a_word_that_names_two_skills_counts_once_for_the_trade_where_both_are_at_home():
    twice = [("t 7212 welder", "saldatore"), ("s 7212 one", "plasma"), ("s 7212 other", "plasma")]
    terms = [
        (word, "it", Term(label, "trade" if label[0] == "t" else "skill", label, ("7212",))) for label, word in twice
    ]
    assert not read_advertisement("Entra da noi\n\nMansioni\n- plasma", Lexicon(terms)).needs.is_guessed
