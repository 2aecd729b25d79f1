"""What anybody may read about others before applying: figures in fives with their day, or that nothing is known."""

from datetime import date

import pytest

from talent.recognition.models import RecognitionDuration, RecognitionPrecedent
from talent.recognition.precedents import Part
from talent.taxonomy.levels import QualificationKind
from tests.factories.recognition import load_trades

DAY = date(2026, 11, 22)
ASKED = "/recognition/precedents?country=DE&occupation=7411&award=dae"
FINDER = "/recognition/finder?award=dae&months=36&occupation=7411&country=DE"


def line(part, name="", **changed):
    values = {
        "country": "DE", "isco_group": "7411", "award": QualificationKind.DAE, "part": part, "name": name,
        "folded": name.casefold(), "cases": 15, "outcomes": {"partial": 10}, "days": None, "missing_parts": [],
        "counted": None, "as_of": DAY,
    }  # fmt: skip
    return RecognitionPrecedent(**(values | changed))


@pytest.fixture
def trades(session):
    load_trades(session)
    return session


@pytest.fixture
def history(trades):
    trades.add_all(
        [
            line(Part.ALL, days=95, missing_parts=["Norms of VDE"], counted=16),
            line(Part.INSTITUTE, "GCT Lahore"),
            line(Part.YEAR, "2020"),
            RecognitionDuration(
                procedure_id="de_bqfg_nonregulated", decisions=16, median_days=95, first_days=60, last_days=None,
                as_of=DAY,
            ),
        ]
    )  # fmt: skip
    trades.flush()
    return trades


def test_figures_stand_in_fives_with_their_day_and_what_is_withheld_says_so(browser, history):
    said = browser.get(ASKED).text
    assert "10 or more" in said
    assert "fewer than 5, or none" in said
    assert "Norms of VDE" in said
    assert "as of 22 November 2026" in said
    assert "16" not in said


@pytest.mark.parametrize(("institute", "is_there"), [("gct", True), ("Multan", False)])
def test_an_institute_is_searched_by_a_part_of_its_name(browser, history, institute, is_there):
    assert ("GCT Lahore" in browser.get(f"{ASKED}&institute={institute}").text) is is_there


@pytest.mark.parametrize("address", [ASKED, "/recognition/precedents?country=XX&occupation=1&award=nothing"])
def test_without_five_decisions_nothing_is_said(browser, trades, address):
    said = browser.get(address).text
    assert "or more" not in said


def test_the_finder_says_how_long_it_took_others_or_that_it_is_unknown(browser, history):
    said = browser.get(FINDER).text
    assert "Half of the cases were decided within 95 days. One of ten was decided within 60 days" in said
    assert "From 15 or more decisions in this service, waiting cases included – as of 22 November 2026" in said
    assert "not known yet: fewer than 10 decisions are known here" in said  # the other procedures
    assert ASKED in browser.get(FINDER).links()
