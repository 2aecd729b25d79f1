"""A candidate's copy tells of each pair what was asked, what is held and what it gave, in words and points."""

import json

import pytest
from sqlalchemy import select

from talent.matching.engine import load
from talent.matching.models import MatchInput, Suggestion
from talent.matching.retelling import retold
from talent.matching.runs import match_everything
from tests.factories.corridor import make_agency, make_published_profile, make_published_vacancy, make_release
from tests.factories.encoder import KeywordEncoder
from tests.factories.matching import NO_REASONS


@pytest.fixture
def pair(session):
    make_release(session)
    make_published_profile(session, skills=("welding steel", "safety at work"), countries=["FI"], least_pay_euros=2_000)
    make_published_vacancy(session, make_agency(session), nice=("python",))
    match_everything(session, load(session, KeywordEncoder()))
    return session.execute(select(Suggestion.__table__)).mappings().one()


def test_a_pair_is_told_with_its_requirements_its_skills_and_its_points(session, pair):
    (told,) = retold(session, [pair])
    assert json.loads(json.dumps(told)) == told
    assert sum(told["parts"].values()) == pytest.approx(pair["score"])
    assert sum(points for points, _, _ in told["wishes"].values()) == pytest.approx(pair["wished"])
    (place,) = [one for one in told["requirements"] if one["kind"] == "place"]
    assert place == {"kind": "place", "which": "DE", "least": None, "verdict": "missing", "held": None}
    covered = {one["needed"]: (one["held"], one["strength"]) for one in told["skills"]}
    assert covered["welding steel"] == ("I do welding steel", 1.0)
    assert (None, 0.0) in covered.values()


def test_without_its_inputs_a_pair_is_told_in_points_alone(session, pair):
    for stored in session.scalars(select(MatchInput)):
        session.delete(stored)
    session.flush()
    assert [one.keys() for one in retold(session, [pair, pair])] == [{"parts", "wishes"}] * 2


def test_a_pair_that_nobody_compared_has_no_reasons(session):
    row = {"reasons": NO_REASONS, "vacancy_input": "i", "profile_input": "i"}
    assert retold(session, [row])[0]["wishes"] == {}
    assert retold(session, []) == []
