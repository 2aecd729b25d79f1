"""What staff read about how good and how fair matching is, and the pages on which they judge pairs."""

import pytest
from sqlalchemy import select

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.matching import evaluate, judging, runs
from talent.matching.agreement import agreement
from talent.matching.drift import drift
from talent.matching.engine import load
from talent.matching.trust_models import JudgedPair, Judgement, Measurement, MeasurementKind
from talent.monitoring.fairness import CHOSEN, SHOWN, PersonTold, fairness
from talent.monitoring.ladder import Dimension
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder

K = MeasurementKind


def keep(session, kind, content):
    session.add(Measurement(kind=kind, at=now(), took_ms=1, content=content))
    session.flush()


@pytest.fixture
def corridor(session):
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session), must=("welding steel", "wiring"))
    for skills in (("welding steel",), ("welding steel", "wiring"), ("care",)):
        make_published_profile(session, skills=skills)
    runs.match_everything(session, load(session, KeywordEncoder()))
    return vacancy


@pytest.fixture
def staff(session, signed_in):
    return lambda role=Role.PROJECT_STAFF: signed_in(make_account(session, role))


def test_before_anything_was_measured_the_page_says_so(corridor, staff):
    page = staff().get("/staff/matching")
    for words in ("not evaluated here yet", "No pair was judged by two people yet", "Not measured yet"):
        assert words in page.text


def test_two_recruiters_judge_one_pair_after_the_other_without_reading_each_other(session, corridor, staff):
    first, second = staff(), staff()
    assert first.send(first.get("/judging"), action="/judging/draw").startswith("/judging?drawn=3")
    for browser, grade in ((first, "3"), (second, "1")):
        links = browser.get("/judging").tree.xpath("//a[contains(@class, 'govuk-button')]/@href")
        (address,) = [link for link in links if link.startswith("/judging/")]
        while address != "/judging":
            page = browser.get(address)
            assert "How well does this person fit the job?" in page.text
            assert "Ayesha" not in page.text
            assert "TP-" not in page.text
            assert "I do " not in page.text, "own words may say who somebody is"
            address = browser.send(page, action=address, grade=grade, reason="One line")
        assert "No pair waits for you." in browser.get("/judging").text
    assert [len(given) for given in judging.grades(session).values()] == [2, 2, 2]
    response = first.client.get("/judging/grades.csv")
    assert response.headers["content-disposition"].startswith("attachment")
    assert len(response.text.splitlines()) == 4


def test_a_grade_has_to_be_chosen(session, corridor, staff):
    browser = staff()
    browser.send(browser.get("/judging"), action="/judging/draw")
    pair = session.scalars(select(JudgedPair)).first()
    again = browser.send(browser.get(f"/judging/{pair.id}"), action=f"/judging/{pair.id}", expect=422)
    assert "Choose how well the person fits the job" in again.text
    assert session.scalars(select(Judgement)).all() == []


def test_the_page_shows_the_last_evaluation_calibration_drift_agreement_groups_and_probes(session, corridor, staff):
    judges = [make_account(session, Role.PROJECT_STAFF) for _ in range(2)]
    browser = staff()
    browser.send(browser.get("/judging"), action="/judging/draw")
    for number, pair in enumerate(session.scalars(select(JudgedPair).order_by(JudgedPair.score)).all()):
        for judge in judges:
            session.add(Judgement(pair_id=pair.id, judge_id=judge.id, grade=number, at=now()))
    session.flush()
    evaluate.evaluate(session, KeywordEncoder(), others={"ece": 0.02})
    keep(session, K.AGREEMENT, agreement(judging.grades(session)))
    keep(session, K.DRIFT, drift([500, 500], [740, 260]))
    people = [
        PersonTold({Dimension.SEX: sex, Dimension.PROVINCE: "punjab"}, {SHOWN: number < shown, CHOSEN: False}, 0.5)
        for sex, shown in (("female", 10), ("male", 30))
        for number in range(40)
    ]
    keep(session, K.FAIRNESS, fairness(people))
    told = {
        "people": 120,
        "groups": 2,
        "accuracy": 0.71,
        "low": 0.62,
        "high": 0.8,
        "chance": 0.5,
        "why": "",
        "tells": True,
    }
    untold = told | {"accuracy": None, "low": None, "high": None, "chance": None, "why": "Too few", "tells": False}
    keep(session, K.LEAK_PROBE, {"sex": told, "province": untold})
    page = browser.get("/staff/matching")
    for words in (
        "Lists made again from what is stored that come out the same",
        "What a score is worth",
        "3 pairs were judged by two people.",
        "They gave the same grade in 100% of them.",
        "Agreement beyond chance (weighted kappa): 1.00",
        "Moved much: evaluate again",
        "Stability index 0.25",
        "10 of 40",
        "Below",
        "0.71 (between 0.62 and 0.80)",
        "Tells more than chance",
        "ece",
    ):
        assert words in page.text, words
    assert page.tree.xpath("//svg[@role='img']//circle")


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.AUDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.AGENCY_OFFICER, 403), (Role.CANDIDATE, 403)],
)
def test_whoever_watches_over_the_service_reads_it_and_nobody_else(staff, role, status):
    assert staff(role).get("/staff/matching", expect=status)


def test_nobody_but_project_staff_judges(staff):
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.CANDIDATE):
        assert staff(role).get("/judging", expect=403)


def test_the_page_is_read_in_urdu(session, corridor, signed_in):
    account = make_account(session, Role.PROJECT_STAFF, language="ur")
    page = signed_in(session.get_one(Account, account.id)).get("/staff/matching")
    assert "How good and how fair" not in page.text
