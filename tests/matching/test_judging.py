"""Two recruiters judge the same blind pairs, each alone; what they gave stays, and is read by counting alone."""

import csv
import io
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select, update

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.errors import Conflict, NotFound, NotPermitted
from talent.foundation.row_context import RowContext, SystemContext, enter, of_system, within
from talent.matching import evaluate, judging, runs
from talent.matching.engine import load
from talent.matching.judged_lists import FITS_FROM, judged_pairs
from talent.matching.models import MatchInput, MatchRun, Suggestion
from talent.matching.schemas import JudgedGrade
from talent.matching.scorer import BANDS, PART_KEYS, band
from talent.matching.trust_models import JudgedPair, Judgement, MeasurementKind
from talent.profiles.models import Profile
from talent.profiles.states import ProfileState
from talent.subject_rights import person_of, tables_about
from tests.factories.corridor import (
    SKILLS,
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder


class Corridor:
    def __init__(self, session):
        make_release(session)
        self.session = session
        agency = make_agency(session)
        self.vacancies = [make_published_vacancy(session, agency, must=("welding steel", "wiring")) for _ in range(2)]
        occupations = ("Welder", "Building electrician", "Cook")
        for number in range(12):
            make_published_profile(session, occupation=occupations[number % 3], skills=SKILLS[: 1 + number % 3])
        self.engine = load(session, KeywordEncoder())
        runs.match_everything(session, self.engine)
        self.first, self.second, self.third = (self.recruiter() for _ in range(3))

    def recruiter(self):
        return Actor(make_account(self.session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)

    def judge(self, judge, pair_id, grade):
        return judging.judge(self.session, judge, pair_id, JudgedGrade(grade=grade, reason=" clear "))

    def pairs(self):
        return list(self.session.scalars(select(JudgedPair).order_by(JudgedPair.score.desc(), JudgedPair.id)))


@pytest.fixture
def corridor(session):
    made = Corridor(session)
    judging.draw(session, made.first)
    return made


def test_pairs_are_drawn_from_every_band_that_has_any_and_never_twice(session, corridor):
    drawn = corridor.pairs()
    of_band = {name: [pair for pair in drawn if band(pair.score) == name] for _, name in BANDS}
    stored = {band(score) for score in session.scalars(select(Suggestion.score))}
    assert {name for name, pairs in of_band.items() if pairs} == stored
    assert max(len(pairs) for pairs in of_band.values()) <= judging.DRAWN_A_BAND
    judging.draw(session, corridor.second)
    assert len({(pair.vacancy_id, pair.profile_id) for pair in corridor.pairs()}) == len(corridor.pairs())


def test_a_judge_reads_what_was_compared_and_neither_score_nor_free_text_and_the_look_is_written_down(
    session, corridor
):
    pair = corridor.pairs()[0]
    shown = judging.pair_to_judge(session, corridor.first, pair.id, language="en")
    assert (shown.asked.vacancy_id, shown.candidate.profile_id) == (pair.vacancy_id, pair.profile_id)
    assert set(vars(shown)) == {"id", "vacancy", "asked", "candidate", "names"}
    assert {held.skill_id for held in shown.candidate.skills} <= shown.names.keys()
    looks = session.scalars(select(AuditEntry).where(AuditEntry.action == "pair.read")).all()
    assert [(look.subject_id, look.actor_id) for look in looks] == [(pair.profile_id, corridor.first.id)]


def test_a_pair_takes_two_grades_of_two_people_and_each_stays_as_it_was_given(session, corridor):
    pair = corridor.pairs()[0]
    assert corridor.judge(corridor.first, pair.id, 3).reason == "clear"
    with pytest.raises(Conflict):
        corridor.judge(corridor.first, pair.id, 0)
    corridor.judge(corridor.second, pair.id, 1)
    with pytest.raises(NotFound):
        corridor.judge(corridor.third, pair.id, 2)
    assert sorted(session.scalars(select(Judgement.grade))) == [1, 3]


def test_what_waits_for_a_second_judge_comes_first_and_the_own_never_comes_again(session, corridor):
    pair = corridor.pairs()[-1]
    corridor.judge(corridor.first, pair.id, 2)
    before, following = judging.standing(session, corridor.first)
    assert following != pair.id
    assert (before.judged, before.waiting) == (1, before.drawn - 1)
    assert judging.standing(session, corridor.second)[1] == pair.id


@pytest.mark.parametrize("what", ["draw", "standing", "judge", "pair", "export"])
def test_nobody_but_project_staff_judges(session, corridor, what):
    officer = Actor(uuid4(), Role.AGENCY_OFFICER)
    acts = {
        "draw": lambda: judging.draw(session, officer),
        "standing": lambda: judging.standing(session, officer),
        "judge": lambda: corridor.judge(officer, corridor.pairs()[0].id, 1),
        "pair": lambda: judging.pair_to_judge(session, officer, corridor.pairs()[0].id, language="en"),
        "export": lambda: judging.exported(session, officer),
    }
    with pytest.raises(NotPermitted):
        acts[what]()


def test_the_database_itself_keeps_a_grade_from_the_other_judge(session, corridor):
    pair = corridor.pairs()[0]
    corridor.judge(corridor.first, pair.id, 3)
    candidate = session.scalar(select(Profile.account_id).where(Profile.id == pair.profile_id))
    count, seen = select(func.count()).select_from(Judgement), {}
    readers = {
        "first": RowContext(Role.PROJECT_STAFF, corridor.first.id),
        "second": RowContext(Role.PROJECT_STAFF, corridor.second.id),
        "the candidate": RowContext(Role.CANDIDATE, candidate),
        "another candidate": RowContext(Role.CANDIDATE, uuid4()),
        "auditor": RowContext(Role.AUDITOR, uuid4()),
        "counting": of_system(SystemContext.FIGURES),
    }
    for name, reader in readers.items():
        enter(session, reader)
        seen[name] = session.scalar(count)
    enter(session, of_system(SystemContext.OPERATOR))
    assert seen == {
        "first": 1, "second": 0, "the candidate": 1, "another candidate": 0, "auditor": 0, "counting": 1
    }  # fmt: skip


def test_a_person_who_may_not_be_ranked_any_more_is_not_judged(session, corridor):
    pair = corridor.pairs()[0]
    session.execute(update(Profile).where(Profile.id == pair.profile_id).values(state=ProfileState.PAUSED))
    with pytest.raises(NotFound):
        judging.pair_to_judge(session, corridor.first, pair.id, language="en")


def test_what_was_given_about_a_person_is_among_what_is_held_about_them(session, corridor):
    pair = corridor.pairs()[0]
    corridor.judge(corridor.first, pair.id, 3)
    person = person_of(session, session.scalar(select(Profile.account_id).where(Profile.id == pair.profile_id)))
    held = {table.name: session.execute(select(table).where(about)).all() for table, about in tables_about(person)}
    assert (len(held["judged_pair"]), len(held["judgement"])) >= (1, 1)


def test_the_export_names_nobody_and_holds_score_parts_and_grades(session, corridor):
    pair = corridor.pairs()[0]
    corridor.judge(corridor.first, pair.id, 3)
    corridor.judge(corridor.second, pair.id, 2)
    written = judging.exported(session, corridor.first)
    (row,) = csv.DictReader(io.StringIO(written))
    assert list(row) == ["vacancy", "weights", "score", "missing", *PART_KEYS, "grade_1", "grade_2"]
    assert (float(row["score"]), {row["grade_1"], row["grade_2"]}) == (pair.score, {"2", "3"})
    assert sum(float(row[key]) for key in PART_KEYS) == pytest.approx(pair.score)
    for secret in (pair.profile_id, pair.vacancy_id, corridor.first.id, pair.profile_input, "clear"):
        assert str(secret) not in written


def test_an_evaluation_reads_the_grades_replays_the_lists_and_is_kept(session, corridor):
    best = max(pair.score for pair in corridor.pairs())
    fitting = [pair for pair in corridor.pairs() if pair.score == best]
    for pair in corridor.pairs():
        corridor.judge(corridor.first, pair.id, 3 if pair in fitting else 0)
    made = evaluate.evaluate(session, KeywordEncoder(), others={"texts_map": 0.9})
    figures = {one["key"]: one for one in made.content["figures"]}
    assert figures["replays_equal"]["value"] == 1.0
    assert figures["replays_equal"]["n"] == len(corridor.vacancies)
    # Those with the most points are those who fit, so each list has them on top.
    assert figures["judged_map"]["value"] == figures["judged_ndcg"]["value"] == 1.0
    assert set(figures["judged_map"]["baselines"]) == {"BM25", "char TF-IDF", "encoder"}
    assert sum(made.content["distribution"]) == session.scalar(select(func.count()).select_from(Suggestion))
    assert sum(one["n"] for one in made.content["calibration"]["bins"]) == len(judged_pairs(session))
    assert sum(one["fits"] for one in made.content["calibration"]["bands"]) == len(fitting)
    said = "\n".join(evaluate.lines(made))
    assert "replays_equal    1.000 n=2" in said
    assert "texts_map" in said


def test_a_list_that_does_not_come_out_the_same_is_counted(session, corridor):
    run = session.scalars(select(MatchRun).order_by(MatchRun.at)).first()
    run.order_shown = [[profile, digest, score + 0.01] for profile, digest, score in run.order_shown]
    session.flush()
    made = evaluate.evaluate(session, KeywordEncoder(), others={})
    assert made.content["figures"][0]["value"] == 0.5


def test_without_judgements_and_inputs_a_figure_says_why_it_is_not_measured(session, corridor):
    session.execute(delete(MatchInput))
    made = evaluate.evaluate(session, KeywordEncoder(), others={})
    assert [(one["value"], one["why"]) for one in made.content["figures"]] == [
        (None, evaluate.NOT_LOGGED), (None, evaluate.NOT_JUDGED), (None, evaluate.NOT_JUDGED)
    ]  # fmt: skip
    assert made.kind is MeasurementKind.EVALUATION
    assert FITS_FROM == 2
    with within(session, SystemContext.FIGURES):
        assert judging.grades(session) == {}
