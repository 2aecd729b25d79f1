"""Weights are proposed by one person and adopted by another; then every list is made with them, and says so."""

from dataclasses import fields
from itertools import product

import numpy as np
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.row_context import RowContext, SystemContext, enter, of_system
from talent.matching import evaluate, following, runs, weighting
from talent.matching.engine import load
from talent.matching.following import Outdated, Seen
from talent.matching.inputs import candidate_from, vacancy_from
from talent.matching.matcher import Matcher
from talent.matching.models import MatchInput, MatchRun, Suggestion
from talent.matching.pool import Pool
from talent.matching.prospects import prospect
from talent.matching.ranking import rank
from talent.matching.reasons import unpacked
from talent.matching.scorer import HAND, PART_KEYS
from talent.matching.service import candidate_matches
from talent.matching.sieve import nth_best
from talent.matching.states import SCORE_WEIGHTS, WeightsAction, WeightsFacts, WeightsState
from talent.matching.trust_models import ScoreWeights
from tests.factories.encoder import KeywordEncoder
from tests.factories.weights import LEARNT, adopt, adopt_hand, make_staff, make_weights
from tests.matching.test_runs import LIST, SHORT, assert_lists_are_exact, corridor  # noqa: F401 - a fixture
from tests.staffing.test_states import every, wrong_cells

S, A = WeightsState, WeightsAction
LEADS = {
    (S.COMPUTED, A.PROPOSE): S.PROPOSED,
    (S.COMPUTED, A.REJECT): S.REJECTED,
    (S.PROPOSED, A.ADOPT): S.ADOPTED,
    (S.PROPOSED, A.REJECT): S.REJECTED,
}
REWEIGHED = "select count(*) from procrastinate_jobs where task_name = 'match_anew' and status = 'todo'"


def test_each_pair_leads_where_the_table_says_and_nowhere_else():
    assert wrong_cells(SCORE_WEIGHTS, S, A, LEADS) == []
    assert {step.permission for step in SCORE_WEIGHTS.steps} == {Permission.WEIGHTS_DECIDE}


def blocked(action, facts):
    """How many things stand in the way, by the rules as the office knows them."""
    wrong = {
        A.PROPOSE: (facts.is_in_force, not facts.is_as_compared, not facts.is_better),
        A.ADOPT: (facts.is_own_proposal, not facts.is_as_compared),
        A.REJECT: (not facts.has_reason,),
    }
    return sum(wrong[action])


def test_each_step_asks_for_what_the_office_asks_for():
    differing = [
        (step.action, facts)
        for step, facts in product(SCORE_WEIGHTS.steps, every(WeightsFacts))
        if len(step.unmet(facts)) != blocked(step.action, facts)
    ]
    assert differing == []
    assert len(fields(WeightsFacts)) == 5


def test_while_none_were_adopted_those_set_by_hand_are_in_force(session):
    made = make_weights(session)
    assert weighting.in_force(session) == HAND
    weighting.decide(session, make_staff(session), made, A.PROPOSE)
    assert weighting.in_force(session) == HAND


def test_a_second_person_puts_them_into_force_and_all_lists_are_queued_once(session):
    adopt(session, made := make_weights(session))
    assert weighting.in_force(session) == LEARNT
    assert made.decided_by not in {None, made.proposed_by}
    assert [event.action for event in weighting.weights_journal(session, made)] == ["propose", "adopt"]
    assert session.scalar(text(REWEIGHED)) == 1


def test_who_proposes_may_not_adopt(session):
    made, staff = make_weights(session), make_staff(session)
    weighting.decide(session, staff, made, A.PROPOSE)
    with pytest.raises(Unprocessable, match="Somebody else"):
        weighting.decide(session, staff, made, A.ADOPT)
    assert weighting.in_force(session) == HAND


@pytest.mark.parametrize("nobody", ["proposed_by", "decided_by", "neither, but the same person"])
def test_the_database_itself_asks_for_two_people(session, nobody):
    made, first, second = make_weights(session), make_staff(session).id, make_staff(session).id
    by = {"proposed_by": first, "decided_by": second} | ({nobody: None} if nobody.endswith("_by") else {})
    if nobody.startswith("neither"):
        by["decided_by"] = first
    with pytest.raises(IntegrityError, match="adopted_by_another"), session.begin_nested():
        session.execute(update(ScoreWeights).where(ScoreWeights.id == made.id).values(state=S.ADOPTED, **by))


@pytest.mark.parametrize("verdict", ["no_difference", "worse", ""])
def test_weights_that_are_not_shown_to_be_better_are_not_proposed(session, verdict):
    made = make_weights(session, figures={"verdict": verdict})
    with pytest.raises(Unprocessable, match="not shown"):
        weighting.decide(session, make_staff(session), made, A.PROPOSE)


def test_what_was_compared_with_other_weights_than_those_in_force_is_not_adopted(session):
    first, second = make_weights(session), make_weights(session)
    weighting.decide(session, make_staff(session), second, A.PROPOSE)
    adopt(session, first)
    with pytest.raises(Unprocessable, match="Other weights"):
        weighting.decide(session, make_staff(session), second, A.ADOPT)


def test_a_rejection_says_why_and_what_is_rejected_is_over(session):
    made, staff = make_weights(session), make_staff(session)
    with pytest.raises(Unprocessable, match="Write why"):
        weighting.decide(session, staff, made, A.REJECT, reason="  ")
    weighting.decide(session, staff, made, A.REJECT, reason=" too few trades ")
    assert weighting.weights_journal(session, made)[0].note == "too few trades"
    assert weighting.to_decide(session, staff) == []
    assert weighting.decided(session, staff) == [made]
    with pytest.raises(Conflict):
        weighting.decide(session, staff, made, A.PROPOSE)


def test_the_weights_set_by_hand_can_be_adopted_again_and_are_proposed_once(session):
    adopt(session, make_weights(session))
    weighting.propose_hand(session, make_staff(session))
    with pytest.raises(Conflict):
        weighting.propose_hand(session, make_staff(session))
    (waiting,) = weighting.to_decide(session, make_staff(session))
    adopt(session, waiting, propose=False)
    assert weighting.in_force(session) == HAND
    with pytest.raises(Unprocessable, match="already"):
        weighting.propose_hand(session, make_staff(session))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.AGENCY_OFFICER, Role.CANDIDATE])
def test_nobody_but_project_staff_decides(session, role):
    made, other = make_weights(session), make_staff(session, role)
    with pytest.raises(NotPermitted):
        weighting.get_weights(session, other, made.id)
    with pytest.raises(NotPermitted):
        weighting.propose_hand(session, other)
    with pytest.raises(NotPermitted):
        weighting.decide(session, other, made, A.REJECT, reason="no")


def test_weights_that_do_not_exist_are_not_found(session):
    with pytest.raises(NotFound):
        weighting.get_weights(session, staff := make_staff(session), staff.id)


def test_what_waits_is_overseers_to_read_and_what_is_in_force_is_everybodys(session):
    make_weights(session)
    adopt(session, make_weights(session))
    readers = {role: RowContext(role, make_staff(session, role).id) for role in (Role.CANDIDATE, Role.AUDITOR)}
    readers["worker"] = of_system(SystemContext.WORKER)
    seen = {}
    for name, reader in readers.items():
        enter(session, reader)
        seen[name] = sorted(session.scalars(select(ScoreWeights.state)))
    assert seen == {
        Role.CANDIDATE: [S.ADOPTED],
        Role.AUDITOR: [S.ADOPTED, S.COMPUTED],
        "worker": [S.ADOPTED],
    }


class Weighed:
    """The corridor, a matcher that has loaded it, and weights that are adopted one after the other."""

    def __init__(self, session, made):
        self.session, self.corridor = session, made
        maker = sessionmaker(session.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False)
        maker.kw["info"] = dict(session.info)
        self.matcher = Matcher(maker, KeywordEncoder())
        self.matcher.catch_up()

    def versions(self):
        return set(self.session.scalars(select(Suggestion.weights_version)))


@pytest.fixture
def weighed(session, request):
    return Weighed(session, request.getfixturevalue("corridor"))


def test_after_an_adoption_every_list_is_computed_anew_and_is_exact(session, weighed):
    before = {row.vacancy_id: row.score for row in session.scalars(select(Suggestion))}
    adopt(session, make_weights(session))
    assert weighed.versions() == {HAND.version}, "the lists as they were stay until the new ones are there"
    weighed.matcher.match_anew()
    session.expire_all()
    assert weighed.versions() == {LEARNT.version}
    assert before != {row.vacancy_id: row.score for row in session.scalars(select(Suggestion))}
    assert_lists_are_exact(weighed.corridor)


def test_the_bounds_of_all_lists_are_those_of_the_adopted_weights(session, weighed):
    adopt(session, make_weights(session))
    engine = load(session, KeywordEncoder())
    runs.set_bounds(engine)
    ranked = {vacancy: engine.rank(vacancy) for vacancy in engine.vacancies}
    assert engine.enough_for_vacancy == {vacancy: nth_best(one.keys, SHORT) for vacancy, one in ranked.items()}
    of_people = np.stack([one.own_keys for one in ranked.values()])
    expected = [nth_best(of_people[:, row], LIST) for row in range(len(engine.pool))]
    assert engine.pool.enough[: len(engine.pool)].tolist() == expected


def test_going_back_to_weights_that_made_lists_before_computes_them_anew_too(session, weighed):
    adopt(session, make_weights(session))
    weighed.matcher.match_anew()
    adopt_hand(session)
    weighed.matcher.match_anew()
    session.expire_all()
    assert weighed.versions() == {HAND.version}
    assert_lists_are_exact(weighed.corridor)


def test_a_list_that_another_job_filled_up_in_between_is_computed_anew_all_the_same(session, weighed):
    adopt(session, make_weights(session))
    weighed.matcher.match_profile(weighed.corridor.profiles[0].id)
    assert weighed.versions() == {HAND.version, LEARNT.version}
    weighed.matcher.match_anew()
    session.expire_all()
    assert weighed.versions() == {LEARNT.version}
    assert_lists_are_exact(weighed.corridor)


def test_a_worker_that_compares_with_other_weights_cannot_follow(session, weighed):
    engine = load(session, KeywordEncoder())
    adopt(session, make_weights(session))
    with pytest.raises(Outdated):
        following.follow(session, engine, Seen(), weighed.matcher.worker)


def test_the_same_pairs_have_the_points_of_the_new_weights(session, weighed):
    adopt(session, make_weights(session))
    weighed.matcher.match_anew()
    session.expire_all()
    for row in session.scalars(select(Suggestion)):
        parts = unpacked(row.reasons).parts
        assert all(0 <= parts[key] <= most / 100 for key, most in LEARNT.most_of.items())
        assert sum(round(100 * parts[key]) for key in PART_KEYS) == round(100 * row.score)


def test_an_explanation_shows_the_most_points_of_the_weights_that_made_the_list(session, weighed):
    profile = weighed.corridor.profiles[0]
    candidate = Actor(profile.account_id, Role.CANDIDATE)

    def out_of():
        (shown, *_) = candidate_matches(session, candidate, language="en")
        return [part.out_of for part in shown.explanation.parts]

    adopt(session, make_weights(session))
    assert out_of() == [36, 30, 12, 10, 12]
    weighed.matcher.match_anew()
    session.expire_all()
    assert out_of() == [10, 20, 40, 5, 25]


def test_what_would_move_a_candidate_is_worked_out_with_the_weights_of_the_list(session, weighed):
    profile = weighed.corridor.profiles[0]
    candidate = Actor(profile.account_id, Role.CANDIDATE)
    pair = session.scalars(select(Suggestion).where(Suggestion.profile_id == profile.id)).first()
    adopt(session, make_weights(session))
    assert prospect(session, candidate, pair.vacancy_id).before.score == pair.score
    weighed.matcher.match_anew()
    session.expire_all()
    pair = session.scalars(select(Suggestion).where(Suggestion.profile_id == profile.id)).first()
    assert prospect(session, candidate, pair.vacancy_id).before.score == pair.score


def test_every_ranking_replays_with_the_weights_of_its_own_run(session, weighed):
    adopt(session, make_weights(session))
    weighed.matcher.match_anew()
    session.expire_all()
    lists = session.scalars(select(MatchRun).where(MatchRun.subject_kind == "vacancy")).all()
    known = weighting.by_version(session, {run.weights_version for run in lists})
    assert known == {HAND.version: HAND, LEARNT.version: LEARNT}
    inputs = {row.input_hash: row for row in session.scalars(select(MatchInput))}
    concepts = (weighed.corridor.engine.pool.occupation_concepts, weighed.corridor.engine.pool.skill_concepts)
    whole = [run for run in lists if all(digest in inputs for _, digest, _ in run.order_shown)]  # nothing filled up
    assert {run.weights_version for run in whole} == known.keys()
    for run in whole:
        asked, pool = inputs[run.input_hash], Pool(*concepts, KeywordEncoder.dimensions)
        for _, digest, _ in run.order_shown:
            pool.put(candidate_from(inputs[digest].view), np.asarray(inputs[digest].vector, np.float32))
        vector = np.asarray(asked.vector, np.float32)
        ranked = rank(pool, vacancy_from(asked.view), vector, weights=known[run.weights_version])
        replayed = [[str(pool.profile_id(int(ranked.rows[i]))), ranked.scores[i] / 100] for i in ranked.order()]
        assert replayed == [[profile, score] for profile, _, score in run.order_shown]


def test_an_evaluation_replays_lists_of_every_known_version_and_says_which_is_in_force(session, weighed):
    adopt(session, make_weights(session))
    weighed.matcher.match_anew()
    session.expire_all()
    made = evaluate.evaluate(session, KeywordEncoder(), others={})
    assert made.content["weights_version"] == LEARNT.version
    replayed = made.content["figures"][0]
    assert (replayed["key"], replayed["value"]) == ("replays_equal", 1.0)
    assert replayed["n"] > len(weighed.corridor.vacancies)
