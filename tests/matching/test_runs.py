"""After any change, the stored lists are exactly those of comparing everybody with everything anew."""

import random
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from talent.matching import ends, filling, runs
from talent.matching.engine import Engine, load
from talent.matching.inputs import candidate_from, input_hash, vacancy_from
from talent.matching.matcher import stale
from talent.matching.models import MatchInput, MatchRun, PoolEntry, SubjectKind, Suggestion
from talent.matching.policy import IN_ORDER, OWN_ORDER
from talent.matching.pool import Pool
from talent.matching.ranking import rank
from talent.matching.reasons import unpacked
from talent.matching.scorer import HAND
from talent.matching.wishes import both_sides
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileSkill, SkillSource
from talent.profiles.states import ProfileState
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState
from talent.vacancies.terms import PayPeriod
from tests.factories.corridor import (
    OCCUPATIONS,
    SKILLS,
    any_pay,
    any_wishes,
    concept,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder

LIST, SHORT = 4, 6


@dataclass
class Corridor:
    session: Session
    engine: Engine
    profiles: list
    vacancies: list


@pytest.fixture
def corridor(session, monkeypatch):
    """30 candidates and 12 vacancies drawn with a fixed seed; lists of 4 and shortlists of 6 so that pairs drop out."""
    for module in (runs, filling):
        monkeypatch.setattr(module, "CANDIDATE_LIST", LIST)
        monkeypatch.setattr(module, "shortlist_length", lambda _seats: SHORT)
    draw, wishes = random.Random(20261122), random.Random(20261124)
    make_release(session)
    agency = make_agency(session)
    profiles = [
        make_published_profile(
            session,
            occupation=draw.choice(list(OCCUPATIONS)),
            skills=tuple(draw.sample(SKILLS, draw.randint(1, 5))),
            countries=draw.choice([[], ["DE"], ["IT"]]),
            **any_wishes(wishes),
        )
        for _ in range(30)
    ]
    vacancies = [
        make_published_vacancy(
            session,
            agency,
            occupation=draw.choice(list(OCCUPATIONS)),
            must=tuple(draw.sample(SKILLS, draw.randint(1, 4))),
            **any_pay(wishes),
        )
        for _ in range(12)
    ]
    engine = load(session, KeywordEncoder())
    runs.match_everything(session, engine)
    return Corridor(session, engine, profiles, vacancies)


IS_OPEN = Suggestion.vacancy_id.in_(select(Vacancy.id).where(Vacancy.state == VacancyState.PUBLISHED))
IS_RANKED = Suggestion.profile_id.in_(select(Profile.id).where(may_be_ranked()))
"""What somebody has acted on stays stored, and stands in no list once its other side left."""


def shown_to_candidate(session, profile):
    rows = session.scalars(
        select(Suggestion)
        .where(Suggestion.profile_id == profile.id, IS_OPEN, IS_RANKED)
        .order_by(*OWN_ORDER)
        .limit(LIST)
    )
    return [(row.vacancy_id, row.score) for row in rows]


def shown_to_agency(session, vacancy):
    rows = session.scalars(
        select(Suggestion)
        .where(Suggestion.vacancy_id == vacancy.id, IS_OPEN, IS_RANKED)
        .order_by(*IN_ORDER)
        .limit(SHORT)
    )
    return [(row.profile_id, row.score) for row in rows]


def fresh_engine(session):
    """An engine that reads everybody anew, whatever was kept for its start."""
    session.execute(delete(PoolEntry))
    return load(session, KeywordEncoder())


def assert_lists_are_exact(corridor):
    """Every list that people see is the list of a fresh engine that compares everything."""
    session = corridor.session
    session.flush()
    session.expire_all()
    fresh = fresh_engine(session)
    keys = {}
    for vacancy in fresh.vacancies:
        ranked = fresh.rank(vacancy)
        ids = [fresh.pool.profile_id(row) for row in ranked.rows]
        keys |= {
            (vacancy, profile): (key, score / 100)
            for profile, key, score in zip(ids, ranked.own_keys, ranked.scores, strict=True)
        }
        best = [(ids[i], ranked.scores[i] / 100) for i in ranked.order()[:SHORT]]
        assert shown_to_agency(session, next(v for v in corridor.vacancies if v.id == vacancy)) == best
    for profile in corridor.profiles:
        mine = sorted(
            ((key, vacancy, score) for (vacancy, who), (key, score) in keys.items() if who == profile.id), reverse=True
        )
        assert shown_to_candidate(session, profile) == [(vacancy, score) for _, vacancy, score in mine[:LIST]]


def test_computing_everything_stores_exact_lists(corridor):
    assert_lists_are_exact(corridor)


def test_a_candidate_who_learns_a_skill_moves_in_every_list(corridor):
    profile = corridor.profiles[3]
    held = {skill.skill_id for skill in profile.skills}
    for name in SKILLS:
        if concept(name) not in held:
            profile.skills.append(ProfileSkill(skill_id=concept(name), words=name, source=SkillSource.CHOSEN))
    corridor.session.flush()
    runs.match_profile(corridor.session, corridor.engine, profile.id)
    assert_lists_are_exact(corridor)


def test_when_the_best_candidate_becomes_the_worst_the_next_one_moves_up(corridor):
    session = corridor.session
    for vacancy in corridor.vacancies[:4]:
        best = session.get_one(type(corridor.profiles[0]), shown_to_agency(session, vacancy)[0][0])
        session.execute(delete(ProfileSkill).where(ProfileSkill.profile_id == best.id))
        best.occupation_id, best.countries = None, ["FI"]
        session.flush()
        session.expire_all()
        runs.match_profile(session, corridor.engine, best.id)
    assert_lists_are_exact(corridor)


@pytest.mark.parametrize("state", [ProfileState.PAUSED, ProfileState.WITHDRAWN, ProfileState.DRAFT])
def test_a_candidate_who_leaves_stands_in_no_list(corridor, state):
    leaving = corridor.profiles[5]
    leaving.state = state
    corridor.session.flush()
    runs.match_profile(corridor.session, corridor.engine, leaving.id)
    assert shown_to_candidate(corridor.session, leaving) == []
    corridor.profiles.remove(leaving)
    assert_lists_are_exact(corridor)


def test_a_closed_vacancy_stands_in_no_list_and_candidates_see_the_next_best(corridor):
    closing = corridor.vacancies[2]
    closing.state = VacancyState.CLOSED
    corridor.session.flush()
    runs.match_vacancy(corridor.session, corridor.engine, closing.id)
    assert shown_to_agency(corridor.session, closing) == []
    corridor.vacancies.remove(closing)
    assert_lists_are_exact(corridor)


def test_a_new_vacancy_enters_the_lists_it_belongs_to(corridor):
    agency = make_agency(corridor.session)
    new = make_published_vacancy(corridor.session, agency, occupation="Cook", must=("cook rice", "kitchen hygiene"))
    corridor.vacancies.append(new)
    runs.match_vacancy(corridor.session, corridor.engine, new.id)
    assert_lists_are_exact(corridor)


def test_a_vacancy_that_changes_its_mind_leaves_the_lists_it_no_longer_belongs_to(corridor):
    changed = corridor.vacancies[0]
    changed.occupation_id, changed.country, changed.skills = concept("Lorry driver"), "IT", []
    corridor.session.flush()
    runs.match_vacancy(corridor.session, corridor.engine, changed.id)
    assert_lists_are_exact(corridor)


def test_who_wishes_for_more_pay_sees_other_vacancies_first_and_stands_where_they_stood_on_shortlists(corridor):
    session, profile = corridor.session, corridor.profiles[4]
    before = [shown_to_agency(session, vacancy) for vacancy in corridor.vacancies]
    profile.least_pay_euros = 90_000
    session.flush()
    runs.match_profile(session, corridor.engine, profile.id)
    assert_lists_are_exact(corridor)
    assert [shown_to_agency(session, vacancy) for vacancy in corridor.vacancies] == before


@pytest.mark.parametrize("cents", [1, 10_000_000, None])
def test_a_vacancy_that_pays_something_else_moves_in_the_lists_of_candidates_alone(corridor, cents):
    session, vacancy = corridor.session, corridor.vacancies[1]
    before = shown_to_agency(session, vacancy)
    vacancy.pay_from_cents, vacancy.pay_currency, vacancy.pay_period = cents, "EUR", PayPeriod.MONTH
    session.flush()
    runs.match_vacancy(session, corridor.engine, vacancy.id)
    assert_lists_are_exact(corridor)
    assert shown_to_agency(session, vacancy) == before


def test_a_long_row_of_mixed_changes_keeps_every_list_exact(corridor):
    draw, wishes, session = random.Random(7), random.Random(8), corridor.session
    for _ in range(25):
        if draw.random() < 0.6:
            profile = draw.choice(corridor.profiles)
            profile.occupation_id = concept(draw.choice(list(OCCUPATIONS)))
            profile.available_from = date(2027, draw.randint(1, 12), 1)
            for name, value in any_wishes(wishes).items():
                setattr(profile, name, value)
            session.flush()
            runs.match_profile(session, corridor.engine, profile.id)
        else:
            vacancy = draw.choice(corridor.vacancies)
            vacancy.occupation_id = concept(draw.choice(list(OCCUPATIONS)))
            vacancy.start_on = date(2027, draw.randint(1, 12), 1)
            for name, value in any_pay(wishes).items():
                setattr(vacancy, name, value)
            session.flush()
            runs.match_vacancy(session, corridor.engine, vacancy.id)
    assert_lists_are_exact(corridor)


def test_the_stored_parts_of_either_side_add_up_to_its_score(corridor):
    for row in corridor.session.scalars(select(Suggestion)):
        reasons = unpacked(row.reasons)
        assert sum(round(points * 100) for points in reasons.parts.values()) == round(row.score * 100)
        assert sum(round(one.points * 100) for one in reasons.wishes.values()) == round(row.wished * 100)
        assert sum(round(one.out_of * 100) for one in reasons.wishes.values()) == 10_000
        score, wished = (np.array([round(points * 100)], np.int32) for points in (row.score, row.wished))
        assert round(row.mutual * 100) == both_sides(score, wished)[0]


def test_every_ranking_replays_from_its_stored_inputs(corridor):
    session = corridor.session
    inputs = {row.input_hash: row for row in session.scalars(select(MatchInput))}
    rankings = session.scalars(select(MatchRun).where(MatchRun.subject_kind == SubjectKind.VACANCY)).all()
    assert rankings
    for run in rankings:
        vacancy = inputs[run.input_hash]
        pool = Pool(
            corridor.engine.pool.occupation_concepts, corridor.engine.pool.skill_concepts, KeywordEncoder.dimensions
        )
        for _, digest, _ in run.order_shown:
            pool.put(candidate_from(inputs[digest].view), np.asarray(inputs[digest].vector, np.float32))
        ranked = rank(pool, vacancy_from(vacancy.view), np.asarray(vacancy.vector, np.float32))
        replayed = [[str(pool.profile_id(ranked.rows[i])), ranked.scores[i] / 100] for i in ranked.order()]
        assert replayed == [[profile, score] for profile, _, score in run.order_shown]


def test_a_stored_input_still_has_its_own_hash(corridor):
    for row in corridor.session.scalars(select(MatchInput)):
        made = (candidate_from if row.subject_kind is SubjectKind.PROFILE else vacancy_from)(row.view)
        assert input_hash(made, np.asarray(row.vector, np.float32)) == row.input_hash


def test_no_list_is_short_after_a_candidate_was_erased_from_it(corridor):
    session, profile = corridor.session, corridor.profiles[5]
    left = session.scalars(
        delete(Suggestion).where(Suggestion.profile_id == profile.id).returning(Suggestion.vacancy_id)
    ).all()
    profile.state = ProfileState.PAUSED
    session.flush()
    runs.match_profile(session, corridor.engine, profile.id, left=left)
    assert_lists_are_exact(corridor)


def test_nothing_is_stale_after_everything_was_computed_and_a_change_is_noticed(corridor):
    session, engine = corridor.session, corridor.engine
    assert stale(session, engine)[0] == []
    corridor.vacancies[1].seats = 3
    session.flush()
    ends.write_all(session, engine)
    started = load(session, KeywordEncoder())
    ends.load(session, started)
    assert stale(session, started)[0] == [corridor.vacancies[1].id]
    without_ends = stale(session, load(session, KeywordEncoder()))[0]
    assert set(without_ends) == {one.id for one in corridor.vacancies}


def test_a_run_says_with_what_it_was_made(corridor):
    run = corridor.session.scalars(select(MatchRun)).first()
    assert run.model_hash == "keywords-1"
    assert run.weights_version == HAND.version
    assert run.taxonomy_version.startswith("test 1 ")
    assert run.compared == 30


def test_whose_list_fell_while_a_vacancy_was_compared_is_looked_at_again(corridor):
    session, engine, vacancy = corridor.session, corridor.engine, corridor.vacancies[0].id
    shortlist = runs.made_shortlist(session, engine, vacancy)
    left_out = next(row for row in engine.pool.living().tolist() if row not in shortlist.ranked.rows)
    assert left_out not in runs.come_late(session, engine, shortlist).rows
    (own,) = engine.rank(vacancy, np.array([left_out], np.int32)).own_keys
    engine.pool.enough[left_out] = own + 1  # what stands last is still better than this vacancy
    assert left_out not in runs.come_late(session, engine, shortlist).rows
    engine.pool.enough[left_out] = own
    assert left_out in runs.come_late(session, engine, shortlist).rows
