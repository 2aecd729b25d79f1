"""What two people judged in the service becomes a proposal, or a sentence that says how much is missing."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from talent.foundation.clock import now
from talent.foundation.errors import Conflict
from talent.foundation.row_context import SystemContext, enter, of_system
from talent.matching import evaluate, judging, proposals, runs, trust_tasks, weighting
from talent.matching.engine import load
from talent.matching.proposals import is_news, keep, learning, material, stored_in_bands
from talent.matching.schemas import JudgedGrade
from talent.matching.scorer import HAND, PART_KEYS
from talent.matching.states import WeightsAction, WeightsState
from talent.matching.trust_models import JudgedPair, ScoreWeights
from talent.profiles.models import Profile
from tests.factories.corridor import SKILLS, make_agency, make_published_profile, make_published_vacancy, make_release
from tests.factories.encoder import KeywordEncoder
from tests.factories.weights import LEARNT, adopt, make_staff, make_weights


class Judged:
    """Three vacancies and twelve people; two judges who give the more, the more experience counts."""

    def __init__(self, session):
        make_release(session)
        self.session, agency = session, make_agency(session)
        for must in (("welding steel", "wiring"), ("care",), ("welding steel",)):
            make_published_vacancy(session, agency, must=must)
        for number in range(12):
            occupation = ("Welder", "Building electrician", "Cook")[number % 3]
            make_published_profile(session, occupation=occupation, skills=SKILLS[: 1 + number % 5])
        runs.match_everything(session, load(session, KeywordEncoder()))
        self.judges = [make_staff(session) for _ in range(2)]
        judging.draw(session, self.judges[0])

    def pairs(self):
        return list(self.session.scalars(select(JudgedPair).order_by(JudgedPair.drawn_at, JudgedPair.id)))

    def judge(self, *judges):
        for number, pair in enumerate(self.pairs()):
            for judge in judges or self.judges:
                judging.judge(self.session, judge, pair.id, JudgedGrade(grade=number % 4))


@pytest.fixture
def judged(session):
    return Judged(session)


@pytest.fixture
def enough(monkeypatch):
    monkeypatch.setattr(proposals, "LEAST_PAIRS", 8)
    monkeypatch.setattr(proposals, "LEAST_VACANCIES", 2)


def test_shares_are_read_back_from_the_stored_points_and_the_weights_that_gave_them(session, judged):
    judged.judge()
    found = material(session)
    pairs = judged.pairs()
    assert (len(found.given), found.left_out) == (len(pairs), 0)
    assert found.given.grades.tolist() == [number % 4 for number in range(len(pairs))]
    assert HAND.points(found.given.shares).tolist() == [
        [round(100 * pair.parts[key]) for key in PART_KEYS] for pair in pairs
    ]
    assert found.given.complete.tolist() == [pair.missing == 0 for pair in pairs]
    assert len(set(found.given.vacancies.tolist())) == len({pair.vacancy_id for pair in pairs})


def test_pairs_of_learnt_weights_give_their_shares_too_and_those_of_unknown_ones_are_left_out(session, judged):
    judged.judge()
    adopt(session, make_weights(session))
    first, second, *_ = judged.pairs()
    halves = {key: most / 200 for key, most in LEARNT.most_of.items()}
    first.weights_version, first.parts = LEARNT.version, halves
    second.weights_version = "2025.01-hand-0"
    session.flush()
    found = material(session)
    assert found.given.shares[0].tolist() == [0.5] * 5
    assert found.left_out == 1


def test_what_one_judge_alone_gave_is_not_learnt_from(session, judged):
    judged.judge(judged.judges[0])
    assert len(material(session).given) == 0


def test_too_few_judgements_give_no_proposal_and_say_how_many_are_needed(session, judged):
    judged.judge()
    made, row = learning(session)
    assert made is None
    assert (row["verdict"], row["pairs"]) == (None, len(judged.pairs()))
    assert "200 and 20 are needed" in next(proposals.said(row))


@pytest.mark.parametrize("least", ["LEAST_PAIRS", "LEAST_VACANCIES"])
def test_both_enough_pairs_and_enough_lists_are_needed(session, judged, enough, monkeypatch, least):
    judged.judge()
    found = material(session)
    measure = len(found.given) if least == "LEAST_PAIRS" else found.lists
    monkeypatch.setattr(proposals, least, measure)
    assert found.is_enough
    monkeypatch.setattr(proposals, least, measure + 1)
    assert not found.is_enough


def test_stored_pairs_are_counted_by_their_band(session, judged):
    drawn = dict.fromkeys((70.0, 50.0, 30.0, 0.0), 0)
    for pair in session.scalars(select(runs.Suggestion.score)):
        drawn[next(least for least in drawn if pair >= least)] += 1
    assert stored_in_bands(session) == {least: count for least, count in drawn.items() if count}


def test_a_proposal_is_kept_in_the_place_of_one_that_nobody_put_forward(session, judged, enough):
    judged.judge()
    made, row = learning(session)
    keep(session, made)
    second = keep(session, made)
    (kept,) = session.scalars(select(ScoreWeights))
    assert kept is second
    assert (kept.weights, kept.state) == (made.weights, WeightsState.COMPUTED)
    assert (kept.pairs, kept.vacancies, kept.compared_with) == (len(judged.pairs()), made.vacancies, HAND.version)
    assert row["points"] == list(made.weights.most)


def test_counting_alone_keeps_and_replaces_it_and_touches_nothing_that_is_put_forward(session, judged, enough):
    judged.judge()
    enter(session, of_system(SystemContext.FIGURES))
    keep(session, learning(session)[0])
    keep(session, learning(session)[0])
    changed = session.execute(update(ScoreWeights).values(state=WeightsState.PROPOSED))
    assert changed.rowcount == 0
    enter(session, of_system(SystemContext.OPERATOR))
    assert session.scalars(select(ScoreWeights.state)).all() == [WeightsState.COMPUTED]


def test_while_learnt_weights_are_put_forward_no_others_take_their_place(session, judged, enough):
    judged.judge()
    made, _ = learning(session)
    waiting = make_weights(session)
    weighting.decide(session, make_staff(session), waiting, WeightsAction.PROPOSE)
    with pytest.raises(Conflict):
        keep(session, made)
    assert not is_news(session)


def test_nothing_is_learnt_anew_until_somebody_judges_or_other_weights_are_adopted(session, judged, enough):
    judged.judge(judged.judges[0])
    assert is_news(session)
    kept = make_weights(session, computed_at=now())
    assert not is_news(session)
    judged.judge(judged.judges[1])
    assert is_news(session)
    kept.computed_at = now()
    session.flush()
    assert not is_news(session)
    adopt(session, make_weights(session, computed_at=kept.computed_at))
    make_weights(session, compared_with=HAND.version, computed_at=now())
    assert is_news(session)


def test_the_nightly_job_keeps_a_proposal_once(session, judged, enough, monkeypatch):
    judged.judge()
    of_the_test = SimpleNamespace(begin=lambda: nullcontext(session))
    monkeypatch.setattr(trust_tasks, "sessions_on", lambda *_: nullcontext(of_the_test))
    trust_tasks.learn_weights()
    (first,) = session.scalars(select(ScoreWeights.id))
    trust_tasks.learn_weights()
    assert session.scalars(select(ScoreWeights.id)).all() == [first]


def test_an_evaluation_says_what_would_be_learnt(session, judged, enough):
    judged.judge()
    made = evaluate.evaluate(session, KeywordEncoder(), others={})
    assert made.content["learning"]["version"].startswith(f"{now():%Y.%m}-learnt-")
    assert any("on held-out vacancies" in line for line in evaluate.lines(made))


def test_no_figure_of_a_proposal_names_anybody(session, judged, enough):
    judged.judge()
    written = repr(learning(session)[1])
    for pair in judged.pairs():
        reference = session.get_one(Profile, pair.profile_id).reference
        for secret in (pair.profile_id, pair.vacancy_id, pair.profile_input, reference):
            assert str(secret) not in written
    for judge in judged.judges:
        assert str(judge.id) not in written
