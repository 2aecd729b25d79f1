"""Stored figures: each equals what is counted apart from the service, and no two of them leave fewer than ten."""

import random
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise, product

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.orm import Session

from talent.accounts.permissions import Role
from talent.foundation.counting import SMALLEST_CELL
from talent.foundation.errors import Unprocessable
from talent.foundation.row_context import KEPT, SystemContext, of_system, within
from talent.monitoring import crosstab
from talent.monitoring.crosstab import Question
from talent.monitoring.figure_models import FigureCell, FigureSpan, FigureTrend
from talent.monitoring.figures import refresh
from talent.monitoring.ladder import CUBES, LADDER, WITHHELD, Dimension, Stage
from talent.profiles.models import Profile
from tests.factories.corridor import make_account
from tests.monitoring.crowds import BEGAN, Crowd, day_of

TODAY = date(2026, 11, 22)
PEOPLE = 900
D = Dimension


@pytest.fixture(scope="module")
def crowd(engine):
    """The crowd and its figures, made once, in a transaction that is taken back at the end."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(
            connection, join_transaction_mode="create_savepoint", info={KEPT: of_system(SystemContext.OPERATOR)}
        ) as made:
            found = Crowd(made, PEOPLE)
            assert refresh(made, on=TODAY) is not None
            yield found
        outer.rollback()


@pytest.fixture(scope="module")
def session(crowd):
    return crowd.session


def came_to(told, stage):
    return LADDER.index(Stage(told["stage"])) >= LADDER.index(stage)


def test_the_counting_context_alone_can_make_them(crowd):
    before = crowd.session.query(FigureCell).count()
    with within(crowd.session, SystemContext.FIGURES):
        assert refresh(crowd.session, on=TODAY) is None, "it sees the same people and finds nothing changed"
    assert crowd.session.query(FigureCell).count() == before > 0


def test_the_funnel_equals_what_is_counted_by_hand(crowd, session):
    rungs = crosstab.funnel(session)
    told = {rung.stage: rung.people for rung in rungs if rung.people is not None}
    assert len(told) > 8, "a crowd of this size tells most stages"
    assert told == {stage: sum(came_to(one, stage) for one in crowd.told) for stage in told}


def test_the_funnel_equals_plain_sql(session):
    told = {rung.stage: rung.people for rung in crosstab.funnel(session)}
    counts = {
        Stage.REGISTERED: "select count(*) from profile",
        Stage.PUBLISHED: "select count(*) from profile where published_at is not null",
        Stage.OFFERED: "select count(distinct account_id) from placement",
        Stage.ARRIVED: "select count(distinct case_id) from case_event where to_state = 'arrived'",
    }
    assert {stage: told[stage] for stage in counts} == {
        stage: session.scalar(text(question)) for stage, question in counts.items()
    }


def every_question():
    for cube in CUBES.values():
        for rows, columns in product(cube, [None, *cube]):
            if rows is not columns:
                yield Question(rows=rows, columns=columns)


def test_each_cell_tells_no_more_than_is_true_and_rows_with_what_is_withheld_add_up(crowd, session):
    wrong = []
    for question, stage in product(every_question(), crosstab.made(session).stages):
        asked = question.model_copy(update={"measure": Stage(stage)})
        answer = crosstab.answer(session, asked)
        true = Counter()
        for one in crowd.told:
            if came_to(one, asked.measure):
                true[one[asked.rows], one[asked.columns] if asked.columns else ""] += 1
        named = {key: count for key, count in answer.cells.items() if WITHHELD not in key}
        if any(count > true[key] for key, count in named.items()) or answer.total() != true.total():
            wrong.append(asked)
    assert wrong == []


def test_a_share_is_of_those_who_came_less_far_and_never_more_than_all_of_them(crowd, session):
    question = Question(rows=D.COUNTRY, columns=D.STANDING, measure=Stage.ARRIVED, out_of=Stage.OFFERED)
    answer = crosstab.answer(session, question)
    assert answer.begun == crosstab.answer(session, question.model_copy(update={"measure": Stage.OFFERED})).cells
    shares = {key: answer.share(*key) for key in answer.begun}
    assert all(0 <= share <= 1 for share in shares.values())
    assert len(shares) >= 3
    key = max(answer.cells, key=lambda key: answer.cells[key])
    assert shares[key] == answer.cells[key] / answer.begun[key]
    assert crosstab.answer(session, Question(rows=D.COUNTRY)).share("IT", "") is None, "nobody asked for a share"


@pytest.mark.parametrize("out_of", [Stage.ARRIVED, Stage.EMPLOYED])
def test_a_share_of_those_who_came_as_far_or_farther_is_no_question(out_of):
    with pytest.raises(ValidationError, match="earlier stage"):
        Question(measure=Stage.ARRIVED, out_of=out_of)


def test_a_row_that_no_small_group_touches_is_exactly_what_is_counted_by_hand(crowd, session):
    answer = crosstab.answer(session, Question(rows=D.COUNTRY))
    true = Counter(one["country"] for one in crowd.told)
    assert answer.cells["", ""] == true[""] > 100
    hidden = sum(true.values()) - sum(true[key[0]] for key in answer.cells if key[0] != WITHHELD)
    assert answer.total(row=WITHHELD) >= hidden


def test_no_stored_row_is_about_fewer_than_ten(session):
    for model in (FigureCell, FigureSpan, FigureTrend):
        assert min(row.people for row in session.query(model)) >= SMALLEST_CELL


def test_a_thousand_random_pairs_of_questions_leave_nobody_alone(crowd, session):
    """A pair is a group and a part of it; the part is taken from the whole, as by somebody who looks for one person."""
    draw, cells = random.Random(11), session.query(FigureCell).all()
    tried, found = 0, []
    while tried < 1000:
        cube, members = draw.choice(list(CUBES.items()))
        other_cube = draw.choice([cube, cube, *CUBES])
        stages = {stage.value for stage in LADDER[draw.randrange(len(LADDER)) :]}
        fewer = {stage.value for stage in LADDER[draw.randrange(len(LADDER)) :]} & stages
        wanted = {each: draw.choice([cell for cell in cells if cell.cube == cube]) for each in draw.sample(members, 2)}
        values = {each: getattr(cell, each.value) for each, cell in wanted.items()}
        shared = {each: value for each, value in values.items() if each in CUBES[other_cube]}
        dropped = draw.choice([None, *shared])
        whole = {each: value for each, value in shared.items() if each is not dropped}
        if other_cube != cube and set(whole) - {D.COUNTRY}:
            continue
        tried += 1
        larger = asked(cells, other_cube, stages, whole)
        smaller = asked(cells, cube, fewer, values)
        parts = defaultdict(int)
        for cell in cells:  # every single column of the smaller question is a figure somebody can take away
            if cell.cube == cube and cell.stage in fewer and fits(cell, values):
                parts[cell.stage] += cell.people
        for taken in (smaller, *parts.values()):
            left = larger - taken
            if 0 < left < SMALLEST_CELL or 0 < taken < SMALLEST_CELL:
                found.append((cube, other_cube, whole, values, larger, taken))
    assert found == []


def fits(cell, values):
    return all(getattr(cell, each.value) == value for each, value in values.items())


def asked(cells, cube, stages, values):
    return sum(cell.people for cell in cells if cell.cube == cube and cell.stage in stages and fits(cell, values))


def test_what_is_not_told_together_is_refused(session):
    for rows, columns in ((D.SEX, D.INSTITUTE), (D.PROVINCE, D.PATHWAY), (D.COHORT, D.OCCUPATION)):
        with pytest.raises(Unprocessable, match="not told together"):
            crosstab.answer(session, Question(rows=rows, columns=columns))


def test_sex_and_province_count_only_who_said_yes_to_statistics(crowd, session):
    for dimension in (D.SEX, D.PROVINCE):
        answer = crosstab.answer(session, Question(rows=dimension))
        true = Counter(one[dimension] for one in crowd.told)
        assert true["female" if dimension is D.SEX else "sindh"] > SMALLEST_CELL
        told = {key[0]: count for key, count in answer.cells.items() if key[0] != WITHHELD}
        assert all(count <= true[value] for value, count in told.items())
        assert sum(told.values()) + answer.total(row=WITHHELD) == PEOPLE


def kaplan_meier(cases):
    """The median by the textbook: the first day on which at most half are still waiting."""
    still = 1.0
    for day in sorted({days for days, is_event in cases if is_event}):
        at_risk = sum(days >= day for days, _ in cases)
        still *= 1 - sum(days == day and is_event for days, is_event in cases) / at_risk
        if still <= 0.5 + 1e-9:
            return day
    return None


def test_durations_equal_the_textbook_with_those_who_wait_counted(crowd, session):
    spans = {row.span: row for row in crosstab.spans(session)}
    for key, begins, ends in (("to_publish", "registered", "published"), ("to_work", "offered", "employed")):
        after = [stage.value for stage in LADDER[LADDER.index(Stage(ends)) :]]
        cases = []
        for one in crowd.told:
            began = day_of(one, begins)
            if began is None:
                continue
            reached = min((day for stage in after if (day := day_of(one, stage))), default=None)
            end = reached or one.get("over") or TODAY
            cases.append(((end - began).days, reached is not None))
        assert spans[key].median_days == kaplan_meier(cases), key
        assert spans[key].people == len(cases) // 10 * 10, key


def test_the_time_in_a_stage_ends_with_whatever_comes_next(crowd, session):
    cases = []
    for one in crowd.told:
        if began := day_of(one, "permit"):
            later = [day for stage in LADDER[LADDER.index(Stage.VISA) :] if (day := day_of(one, stage.value))]
            end = min(later, default=None) or one.get("over") or TODAY
            cases.append(((end - began).days, bool(later)))
    assert {row.span: row for row in crosstab.spans(session)}["permit"].median_days == kaplan_meier(cases)


def test_trends_add_up_to_everybody_whose_day_is_known(crowd, session):
    for stage in (Stage.REGISTERED, Stage.PUBLISHED, Stage.PERMIT, Stage.ARRIVED):
        periods = crosstab.trend(session, stage)
        assert sum(period.people for period in periods) == sum(
            day_of(one, stage.value) is not None for one in crowd.told
        )
        assert all(a.to_month < b.from_month for a, b in pairwise(periods))


@pytest.mark.parametrize(("more", "is_made"), [(SMALLEST_CELL - 1, False), (SMALLEST_CELL, True)])
def test_figures_are_made_anew_only_when_ten_people_moved(crowd, session, more, is_made):
    with session.begin_nested() as moment:
        for number in range(more):
            person = make_account(session, Role.CANDIDATE)
            session.add(
                Profile(
                    account_id=person.id, reference=f"T{more}-{number}", created_at=BEGAN, changed_at=BEGAN,
                    countries=[], licences=[], answered=[],
                )
            )  # fmt: skip
        session.flush()
        assert (refresh(session, on=TODAY) is not None) is is_made
        moment.rollback()
    session.expire_all()
