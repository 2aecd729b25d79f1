"""Lists are replayed from what was logged of them, and what is lost never raises a score."""

import json
from dataclasses import replace

import pytest

from benchmarks.rankings import logged, market, removals_raised, replays_equal
from talent.matching.scorer import HAND
from talent.taxonomy.starter_release import read_starter
from tests.factories.encoder import KeywordEncoder
from tests.factories.weights import LEARNT


@pytest.fixture(scope="module")
def small_market():
    return market(read_starter(), KeywordEncoder(), people=40, vacancies=30)


def test_every_logged_list_replays_with_the_same_people_order_and_scores(small_market):
    assert replays_equal(small_market, logged(small_market)) == 30


def test_a_list_replays_with_the_weights_of_its_own_version_and_with_no_others(small_market):
    log = logged(small_market, LEARNT)
    assert replays_equal(small_market, log) == 30
    assert replays_equal(small_market, replace(log, weights={LEARNT.version: HAND})) < 30


def test_a_changed_score_in_the_log_is_noticed(small_market):
    log = logged(small_market)
    first = json.loads(log.lists[0])
    first["shown"][0][1] += 1
    assert replays_equal(small_market, replace(log, lists=[json.dumps(first), *log.lists[1:]])) == 29


def test_removing_the_skill_that_met_a_must_have_never_raises_a_score(small_market):
    raised, tried = removals_raised(small_market)
    assert tried > 0
    assert raised == 0
