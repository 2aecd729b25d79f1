"""After arrival: rounds fall due by the day, answers stay the worker's, a charge opens its complaint, staff settle."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.pathways.catalogue import catalogue
from talent.placements import asking, check_ins
from talent.placements.after_models import CheckIn
from talent.placements.after_schemas import CheckInTold
from talent.placements.after_terms import MONTHS, Problem
from talent.placements.cost_models import ChargeComplaint
from talent.placements.models import Placement
from talent.placements.rules import months_between
from talent.placements.states import AT_WORK, MONTHS_TO, PlacementState
from tests.factories.corridor import make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

ALL_WELL = {"in_job": "yes", "pay": "yes", "hours": "yes", "job": "yes"}
STAFF = Actor(uuid4(), Role.PROJECT_STAFF)


@pytest.fixture
def placement(session):
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session))
    began = today() - timedelta(days=100)
    return make_placement(session, vacancy, state=PlacementState.EMPLOYED, work_began_on=began)


def worker(placement):
    return Actor(placement.account_id, Role.CANDIDATE)


def told(**changed):
    return CheckInTold.model_validate(ALL_WELL | changed)


def test_the_rounds_are_those_after_which_work_is_confirmed():
    assert set(MONTHS) == set(MONTHS_TO.values())


@pytest.mark.parametrize(
    ("began", "month", "day"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),  # February has no 30th
        (date(2024, 2, 29), 12, date(2025, 2, 28)),  # the year after a leap day
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
    ],
)
def test_a_round_falls_due_on_the_day_of_the_same_number_or_the_last_of_the_month(began, month, day):
    assert check_ins.due_on(began, month) == day


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 900))
def test_the_round_that_is_due_is_the_latest_whose_day_has_come(began, days):
    on = began + timedelta(days=days)
    at_work = Placement(state=PlacementState.EMPLOYED, work_began_on=began)
    month = check_ins.due_month(at_work, on=on)
    assert month == max((one for one in MONTHS if check_ins.due_on(began, one) <= on), default=None)
    assert month is None or months_between(began, on + timedelta(days=3)) >= month


def test_nobody_is_asked_who_is_not_at_work():
    states = {
        state
        for state in PlacementState
        if check_ins.due_month(Placement(state=state, work_began_on=date(2020, 1, 1)), on=date(2026, 1, 1))
    }
    assert states == set(AT_WORK)
    assert check_ins.due_month(Placement(state=PlacementState.EMPLOYED), on=date(2026, 1, 1)) is None


def test_the_night_asks_once_and_by_a_letter_in_both_languages(session, placement):
    with within(session, SystemContext.NIGHTLY):
        assert asking.ask(session, on=today()) == 1
        assert asking.ask(session, on=today()) == 0
    asked = session.scalars(select(CheckIn)).one()
    assert (asked.month, asked.answered_at) == (3, None)
    (letter,) = session.scalars(text("select args from procrastinate_jobs where task_name = 'send_letter'"))
    assert letter["body"].endswith(f"[[here]]/placements/{placement.id}/check-in")


@pytest.mark.parametrize(("days", "letters"), [(6, 0), (7, 1), (8, 1)])
def test_whoever_has_not_answered_after_a_week_is_asked_once_more_and_no_third_time(session, placement, days, letters):
    with within(session, SystemContext.NIGHTLY):
        asking.ask(session, on=today())
        session.scalars(select(CheckIn)).one().asked_at = now() - timedelta(days=days)
        session.flush()
        assert [asking.remind(session), asking.remind(session)] == [letters, 0]


def test_whoever_has_answered_is_not_asked_once_more(session, placement):
    with within(session, SystemContext.NIGHTLY):
        asking.ask(session, on=today())
    session.scalars(select(CheckIn)).one().asked_at = now() - timedelta(days=8)
    check_ins.answer(session, worker(placement), placement, told())
    with within(session, SystemContext.NIGHTLY):
        assert asking.remind(session) == 0


def test_when_all_is_well_nobody_has_to_look_and_the_round_is_answered_once(session, placement):
    row = check_ins.answer(session, worker(placement), placement, told())
    assert (row.month, row.needs_a_look, placement.last_check_in) == (3, False, 3)
    with pytest.raises(Conflict):
        check_ins.answer(session, worker(placement), placement, told())


WRONG = [
    {"pay": "no"},
    {"hours": "no"},
    {"job": "no"},
    {"in_job": "no"},
    {"problems": ["safety"]},
    {"wants_call": True},
]


@pytest.mark.parametrize("changed", WRONG)
def test_whatever_is_wrong_waits_for_staff_until_they_say_what_was_done(session, placement, changed):
    check_ins.answer(session, worker(placement), placement, told(**changed))
    assert [row.placement_id for row in check_ins.waiting(session, STAFF).rows] == [placement.id]
    with pytest.raises(Unprocessable):
        check_ins.settle(session, STAFF, placement, 3, words=" ")
    check_ins.settle(session, STAFF, placement, 3, words="We called the employer.")
    assert check_ins.waiting(session, STAFF).total == 0
    with pytest.raises(Conflict):
        check_ins.settle(session, STAFF, placement, 3, words="Again.")


def test_not_being_sure_is_no_alarm(session, placement):
    assert check_ins.answer(session, worker(placement), placement, told(pay="unsure")).needs_a_look is False


def test_a_charge_opens_its_complaint_at_once_and_needs_to_say_who_asked(session, placement):
    with pytest.raises(Unprocessable):
        check_ins.answer(session, worker(placement), placement, told(problems=[Problem.CHARGED]))
    charged = told(problems=[Problem.CHARGED], payee="employer", words="They keep 100 euro a month.")
    check_ins.answer(session, worker(placement), placement, charged)
    assert session.scalars(select(ChargeComplaint.account_id)).all() == [placement.account_id]


def test_two_weeks_of_silence_stand_with_staff_and_not_a_day_sooner(session, placement):
    row = check_ins.new_round(placement, 3, placement.work_began_on)
    session.add(row)
    waits = {}
    for days in (13, 15):
        row.asked_at = now() - timedelta(days=days)
        session.flush()
        waits[days] = check_ins.waiting(session, STAFF).total
    assert waits == {13: 0, 15: 1}


def test_agencies_employers_and_protectors_read_no_answer(session, placement):
    check_ins.answer(session, worker(placement), placement, told())
    for role in (Role.AGENCY_OFFICER, Role.EMPLOYER, Role.PROTECTORATE_OFFICER):
        actor = Actor(STAFF.id, role, organisation_id=placement.organisation_id)
        assert check_ins.of_placement(session, actor, placement) == []
        with pytest.raises(NotPermitted):
            check_ins.waiting(session, actor)


def test_what_is_said_about_help_and_rights_comes_from_a_row_or_is_not_said():
    said = {
        way.id: ([row.id for row in check_ins.help_there(way)], [row.id for row in check_ins.rights_there(way)])
        for way in catalogue().pathways
    }
    assert said["de_fast_track_81a"] == (["advice"], [])
    assert said["de_blue_card_18g"][1] == ["change"]
    assert said["it_flussi_art22"][1] == ["job_loss"]
    assert said["es_residencia_trabajo_cuenta_ajena"] == ([], ["change"])
    assert said["gr_metaklisi_e4"] == ([], [])
    assert {row.id for row in check_ins.rights_everywhere()} == {"eu_change", "eu_job_loss"}
