"""What registers give away, and that a person settles it."""

from datetime import timedelta

import pytest

from talent.foundation.clock import today
from talent.foundation.errors import NotPermitted, Unprocessable
from talent.training import attendance, integrity, seats, service
from talent.training.attendance import DayPlan
from talent.training.integrity import FEWEST_ALIKE, FEWEST_DAYS, FEWEST_SHARING, LATE_DAYS
from talent.training.states import CohortAction, EnrolmentAction, FindingAction, FindingState
from talent.training.terms import FindingKind
from tests.factories.training import KEYS, a_cohort, a_person, make_cohort

DAYS = 12


@pytest.fixture
def running(session, institute):
    """Five people; twelve days are past and every register but none is kept yet."""
    made = make_cohort(
        session, institute, starts_on=today() - timedelta(days=DAYS), ends_on=today() + timedelta(days=5)
    )
    for number in range(5):
        seats.enrol(session, institute, made.id, a_person(number), keys=KEYS)
    attendance.plan_days(session, institute, made, [DayPlan(frozenset(range(7)), 360)])
    service.move(session, institute, made, CohortAction.START)
    return made


def keep(session, institute, cohort, *, alike, days=DAYS):
    """Keep the registers; the first ``alike`` people miss exactly the second day, each other one a day of their own."""
    people = seats.people_in(session, cohort)
    past = [one.day for one in attendance.days(session, cohort) if one.day < today()][:days]
    for place, day in enumerate(past):
        absent = {one.id for number, one in enumerate(people) if place == (1 if number < alike else 2 + number)}
        attendance.keep_day(session, institute, cohort, day, {one.id: 0 if one.id in absent else 360 for one in people})


def kinds(session, cohort):
    return {kind for kind, _, _ in integrity.noticed(session, cohort)}


@pytest.mark.parametrize(("alike", "seen"), [(FEWEST_ALIKE - 1, False), (FEWEST_ALIKE, True)])
def test_people_absent_on_exactly_the_same_days_are_pointed_at(session, institute, running, alike, seen):
    keep(session, institute, running, alike=alike)
    assert (FindingKind.SAME_PATTERN in kinds(session, running)) == seen


def test_a_few_days_are_no_pattern(session, institute, running):
    keep(session, institute, running, alike=5, days=integrity.FEWEST_DAYS - 1)
    assert FindingKind.SAME_PATTERN not in kinds(session, running)


@pytest.mark.parametrize(("sharing", "seen"), [(FEWEST_SHARING - 1, False), (FEWEST_SHARING, True)])
def test_families_share_phones_and_whole_classes_do_not(session, institute, sharing, seen):
    cohort = make_cohort(session, institute)
    for number in range(sharing):
        seats.enrol(session, institute, cohort.id, a_person(number, phone="03001111111"), keys=KEYS)
    assert (FindingKind.SHARED_CONTACT in kinds(session, cohort)) == seen


def test_a_register_is_missing_after_some_days_and_not_before(session, institute, running):
    found = {what for kind, what, _ in integrity.noticed(session, running) if kind is FindingKind.MISSING_REGISTER}
    assert (today() - timedelta(days=LATE_DAYS)).isoformat() in found
    assert (today() - timedelta(days=LATE_DAYS - 1)).isoformat() not in found


@pytest.mark.parametrize(("left_out", "seen"), [(0, None), (1, {"marked": 4}), (4, {"marked": 1})])
def test_a_register_that_leaves_out_people_who_stood_in_one_before_does_not_agree(
    session, institute, running, left_out, seen
):
    first, second = [one.day for one in attendance.days(session, running)][:2]
    people = seats.people_in(session, running)
    attendance.keep_day(session, institute, running, first, {one.id: 360 for one in people})
    attendance.keep_day(session, institute, running, second, {one.id: 360 for one in people[left_out:]})
    found = [facts for kind, _, facts in integrity.noticed(session, running) if kind is FindingKind.COUNT_MISMATCH]
    assert found == ([{"day": second.isoformat(), "people": 5, **seen}] if seen else [])


def test_whoever_left_the_class_may_be_missing_from_its_register(session, institute, running):
    first, second = [one.day for one in attendance.days(session, running)][:2]
    people = seats.people_in(session, running)
    attendance.keep_day(session, institute, running, first, {one.id: 360 for one in people})
    seats.leave(session, institute, people[0], EnrolmentAction.DROP_OUT, reason="Found work at home")
    attendance.keep_day(session, institute, running, second, {one.id: 360 for one in people[1:]})
    assert FindingKind.COUNT_MISMATCH not in kinds(session, running)


@pytest.mark.parametrize(
    ("days", "minutes", "seen"),
    [(FEWEST_DAYS - 1, 0, False), (FEWEST_DAYS, 0, True), (FEWEST_DAYS + 1, 0, True), (FEWEST_DAYS, 1, False)],
)
def test_a_seat_of_somebody_who_was_never_there_is_pointed_at(session, institute, running, days, minutes, seen):
    people = seats.people_in(session, running)
    past = [one.day for one in attendance.days(session, running) if one.day < today()]
    for place, day in enumerate(past[:days]):
        there = {one.id: 360 for one in people[1:]} | {people[0].id: minutes if place == 0 else 0}
        attendance.keep_day(session, institute, running, day, there)
    found = [facts for kind, _, facts in integrity.noticed(session, running) if kind is FindingKind.GHOST_TRAINEE]
    assert found == ([{"people": 1, "days": FEWEST_DAYS}] if seen else [])


def test_whoever_stood_in_no_register_yet_is_not_pointed_at(session, institute, running):
    _late, *others = seats.people_in(session, running)
    for day in [one.day for one in attendance.days(session, running) if one.day < today()]:
        attendance.keep_day(session, institute, running, day, {one.id: 360 for one in others})
    assert not kinds(session, running) & {FindingKind.GHOST_TRAINEE, FindingKind.COUNT_MISMATCH}


def test_a_class_that_moves_while_it_runs_is_pointed_at_once_a_day_and_a_planned_one_is_not(
    session, institute, staff, running
):
    planned = make_cohort(session, institute, reference="Planned")
    for cohort, places in ((running, ("Hall B", "Hall B", "Hall C")), (planned, ("Hall B",))):
        for venue in places:
            days = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
            service.edit_cohort(session, institute, cohort, a_cohort(reference=cohort.reference, venue=venue, **days))
    moved = [(one, cohort.id) for one, cohort in integrity.findings(session, staff)]
    assert [(one.kind, cohort) for one, cohort in moved] == [(FindingKind.RELOCATION, running.id)]
    assert moved[0][0].facts["now"] == "Hall B"


def test_looking_twice_finds_nothing_new(session, institute, running):
    assert integrity.look_at(session) > 0
    assert integrity.look_at(session) == 0


def test_project_staff_settle_a_finding_with_its_reason_and_the_institute_may_not(session, institute, staff, running):
    integrity.look_at(session)
    found, _ = integrity.findings(session, staff)[0]
    with pytest.raises(NotPermitted):
        integrity.settle(session, institute, found.id, FindingAction.EXPLAIN, reason="It was Eid")
    with pytest.raises(Unprocessable):
        integrity.settle(session, staff, found.id, FindingAction.EXPLAIN, reason="")
    integrity.settle(session, staff, found.id, FindingAction.EXPLAIN, reason="It was Eid")
    assert found.state is FindingState.EXPLAINED
