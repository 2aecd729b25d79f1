"""Staff read learnt weights beside those in force; one of them proposes, another one adopts or rejects."""

import pytest
from sqlalchemy import select, text

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.matching import weighting
from talent.matching.scorer import HAND
from talent.matching.states import WeightsAction, WeightsState
from talent.matching.trust_models import ScoreWeights
from tests.factories.corridor import make_account, make_release
from tests.factories.weights import FIGURES, LEARNT, adopt, make_staff, make_weights

PAGE = "/staff/matching"


@pytest.fixture
def staff(session, signed_in):
    make_release(session)
    return lambda role=Role.PROJECT_STAFF, **more: signed_in(make_account(session, role, **more))


def decide(browser, weights, action, *, expect=303, reason=""):
    address = f"/staff/weights/{weights.id}/decide"
    return browser.send(browser.get(PAGE), action=address, press=("action", action), reason=reason, expect=expect)


def forms(page):
    """The addresses to which the page sends what is decided about weights."""
    return [action for action in page.tree.xpath("//form/@action") if action.startswith("/staff/weights/")]


def options(page):
    return page.tree.xpath("//input[@name='action']/@value")


def test_while_nothing_is_learnt_the_page_says_how_much_is_needed_and_shows_the_weights_in_force(staff):
    page = staff().get(PAGE)
    for words in (HAND.version, "200 pairs are needed", "20 vacancies", "Skills that the job must have"):
        assert words in page.text
    assert options(page) == []


def test_learnt_weights_stand_beside_those_in_force_with_verdict_intervals_and_both_curves(session, staff):
    make_weights(session)
    page = staff().get(PAGE)
    for words in (
        LEARNT.version,
        "Better: these weights order judged pairs better",
        "0.880 with the learnt weights, 0.810 with those in force",
        "+0.020",
        "Learnt from 240 pairs of 30 vacancies",
        "between 36 and 44",
        "candidates never see it",
        "off by 0.040",
    ):
        assert words in page.text, words
    rows = page.tree.xpath("//tr[th='Experience']/td/text()")
    assert [cell.strip() for cell in rows] == ["12", "40", "between 36 and 44"]
    now, then = page.tree.xpath("//*[local-name()='polyline']/@points")
    assert now.split()[0] == then.split()[0] == "0,100.0"
    assert now.split()[-1] == "100,0.0"


@pytest.mark.parametrize(
    ("verdict", "words"), [("no_difference", "No difference shown"), ("worse", "Worse: these weights")]
)
def test_what_is_not_shown_to_be_better_can_only_be_rejected(session, staff, verdict, words):
    make_weights(session, figures=FIGURES | {"verdict": verdict})
    page = staff().get(PAGE)
    assert words in page.text
    assert "were not shown to order" in page.text
    assert options(page) == ["reject"]


def test_one_proposes_another_adopts_and_the_journal_and_the_queue_know_it(session, staff):
    made, first, second = make_weights(session), staff(), staff()
    assert decide(first, made, "propose") == PAGE
    page = first.get(PAGE)
    assert "Somebody else must adopt it" in page.text
    assert options(page) == ["reject"]
    assert "adopt" in options(second.get(PAGE))
    assert decide(second, made, "adopt") == PAGE
    page = second.get(PAGE)
    assert f"Lists are made with weights {LEARNT.version}" in page.text
    assert "What was decided about weights" in page.text
    assert weighting.in_force(session) == LEARNT
    written = session.scalars(select(AuditEntry.action).where(AuditEntry.thing == "score_weights")).all()
    assert written.count("score_weights.change") == 2
    queued = "select count(*) from procrastinate_jobs where task_name = 'match_anew'"
    assert session.scalar(text(queued)) == 1


def test_whoever_sends_an_adoption_of_their_own_proposal_is_told_why_not(session, staff):
    made, first = make_weights(session), staff()
    decide(first, made, "propose")
    page = decide(first, made, "adopt", expect=422)
    assert "Somebody else must adopt it" in page.text
    assert weighting.in_force(session) == HAND


def test_a_rejection_needs_a_reason_and_a_decision_a_choice(session, staff):
    made, browser = make_weights(session), staff()
    assert "Write why they are rejected." in decide(browser, made, "reject", expect=422).text
    assert "Choose what to do" in decide(browser, made, "", expect=422).text
    assert decide(browser, made, "reject", reason="One trade alone") == PAGE
    assert session.get_one(ScoreWeights, made.id).state is WeightsState.REJECTED


def test_the_way_back_to_the_weights_set_by_hand_takes_two_people_too(session, staff):
    adopt(session, make_weights(session))
    first, second = staff(), staff()
    assert first.send(first.get(PAGE), action="/staff/weights/hand") == PAGE
    (waiting,) = weighting.to_decide(session, make_staff(session))
    assert "Set by hand" in second.get(PAGE).text
    assert decide(second, waiting, "adopt") == PAGE
    assert weighting.in_force(session) == HAND
    assert forms(second.get(PAGE)) == []


def test_what_is_proposed_stands_before_what_was_learnt_later(session, staff):
    proposed = make_weights(session)
    weighting.decide(session, make_staff(session), proposed, WeightsAction.PROPOSE)
    make_weights(session)
    assert forms(staff().get(PAGE)) == [f"/staff/weights/{proposed.id}/decide"]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_oversees_reads_and_decides_nothing(session, staff, role):
    make_weights(session)
    adopt(session, make_weights(session))
    page = staff(role).get(PAGE)
    assert LEARNT.version in page.text
    assert forms(page) == []


def test_the_page_is_read_in_urdu(session, staff, signed_in):
    make_weights(session)
    account = make_account(session, Role.PROJECT_STAFF, language="ur")
    page = signed_in(session.get_one(Account, account.id)).get(PAGE)
    for words in ("Weights of the score", "Better: these weights", "Most points", "Gain by grade", "Reject them"):
        assert words not in page.text
    assert "سکور کے وزن" in page.text
