"""Which clocks run in a case, from when and until when: each boundary with the paragraph that sets it."""

from datetime import date, timedelta
from itertools import product

import pytest

from talent.casework.clock_terms import OnSilence
from talent.casework.working_days import WorkCalendar
from talent.recognition import noting
from talent.recognition.calendars import region_of
from talent.recognition.clocks import RUNS, CaseDays, is_accelerated, next_deadline, readings, running
from talent.recognition.procedures import catalogue
from talent.recognition.states import CaseState
from talent.recognition.terms import Act, Measure, Noted

SENT, COMPLETE, DECIDED, CHOSEN = date(2026, 1, 12), date(2026, 1, 26), date(2026, 2, 2), date(2026, 3, 2)
ONE_DAY = timedelta(days=1)
S, N = CaseState, Noted


def procedure(name: str):
    found = catalogue().procedure(name)
    assert found is not None
    return found


def reading(name: str, days: CaseDays, act: Act, *, on: date, region: str = "DE"):
    """What the clock of this act says, None when it is not waited for."""
    found = readings(procedure(name), days, WorkCalendar(region), on=on)
    return next((one for rule, one in found if rule.act is act), None)


def on_measure(measure: Measure, *noted: tuple[Noted, date], decided: date | None = DECIDED) -> CaseDays:
    return CaseDays(S.MEASURE, SENT, COMPLETE, decided, measure, CHOSEN, noted=noted)


# Tests after a partial recognition


@pytest.mark.parametrize(
    ("name", "measure", "act", "end"),
    [
        # BQFG § 11(4): six months from the choice of the aptitude test; 2 September 2026 is a Wednesday.
        ("de_regulated_generic", Measure.APTITUDE_TEST, Act.APTITUDE_TEST_OFFERED, date(2026, 9, 2)),
        # PflAPrV § 45(8): six months from the decision; 2 August 2026 is a Sunday, so the Monday after it.
        ("de_nurse", Measure.KNOWLEDGE_TEST, Act.KNOWLEDGE_TEST_OFFERED, date(2026, 8, 3)),
    ],
)
def test_the_clock_of_a_test_runs_from_the_day_that_the_law_names(name, measure, act, end):
    found = reading(name, on_measure(measure), act, on=end)
    assert (found.ends_on, found.state) == (end, "running")
    assert reading(name, on_measure(measure), act, on=end + ONE_DAY).is_overdue


@pytest.mark.parametrize("name", ["de_regulated_generic", "de_nurse"])
def test_an_adaptation_period_has_no_clock_of_the_authority(name):
    assert running(procedure(name), on_measure(Measure.ADAPTATION_PERIOD)) == []


def test_without_a_decision_the_clock_of_the_knowledge_test_has_not_begun():
    days = on_measure(Measure.KNOWLEDGE_TEST, decided=None)
    assert reading("de_nurse", days, Act.KNOWLEDGE_TEST_OFFERED, on=CHOSEN).state == "waiting"


# The fee of the Digital statement: three weeks to pay (ZAB, S-DE-8)

FEE_ENDS = date(2026, 2, 2)  # three weeks after Monday 12 January


@pytest.mark.parametrize(
    ("on", "state", "left"),
    [
        (SENT, "running", 21),
        (FEE_ENDS - ONE_DAY, "running", 1),
        (FEE_ENDS, "running", 0),
        (FEE_ENDS + ONE_DAY, "overdue", -1),
    ],
)
def test_the_fee_is_due_three_weeks_after_the_application(on, state, left):
    found = reading("de_dab", CaseDays(S.SUBMITTED, SENT), Act.PAYMENT, on=on)
    assert (found.state, found.days_left, found.silence) == (state, left, OnSilence.NONE)


def test_the_fee_is_waited_for_until_it_is_paid_or_the_case_is_decided():
    expected = {S.SUBMITTED, S.DEFICIENT, S.SUPPLIED, S.COMPLETE}
    for state, paid in product(CaseState, [False, True]):
        days = CaseDays(state, SENT, noted=((N.FEE_PAID, SENT),) if paid else ())
        waits = reading("de_dab", days, Act.PAYMENT, on=SENT) is not None
        assert waits is (state in expected and not paid), (state, paid)


# The accelerated procedure (AufenthG § 81a)


@pytest.mark.parametrize("agreed", [False, True])
def test_a_nurses_case_is_decided_in_two_months_instead_of_four_once_an_employer_agreed_it_with_the_office(agreed):
    # PflAPrV § 43(3): four months by sentence 1, two under § 81a AufenthG by sentence 3.
    days = CaseDays(S.COMPLETE, SENT, COMPLETE, noted=((N.AGREEMENT, SENT),) if agreed else ())
    act, end = next_deadline(procedure("de_nurse"), days, WorkCalendar("DE-HE"), on=COMPLETE)
    expected = (Act.DECISION_FAST_TRACK, date(2026, 3, 26)) if agreed else (Act.DECISION, date(2026, 5, 26))
    assert (act, end) == expected
    assert [rule.act for rule in running(procedure("de_nurse"), days)] == [expected[0]]
    for day, state in ((end, "running"), (end + ONE_DAY, "overdue")):
        assert reading("de_nurse", days, act, on=day, region="DE-HE").state == state


def test_a_procedure_that_is_accelerated_by_itself_needs_no_note_and_others_need_the_agreement():
    for name, noted in product(["de_bqfg_fast_track", "de_nurse", "de_dab"], [(), ((N.AGREEMENT, SENT),)]):
        found = is_accelerated(procedure(name), CaseDays(S.SUBMITTED, SENT, noted=noted))
        assert found is (name == "de_bqfg_fast_track" or bool(noted)), (name, noted)


# The office invites the employer within three working days of receipt (AufenthG § 81a(3) no. 3)

RECEIVED = date(2026, 7, 16)  # a Thursday: Friday 17, Monday 20, Tuesday 21
INVITE_BY = date(2026, 7, 21)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (RECEIVED - ONE_DAY, "waiting"),
        (RECEIVED, "running"),
        (INVITE_BY - ONE_DAY, "running"),
        (INVITE_BY, "running"),
        (INVITE_BY + ONE_DAY, "overdue"),
    ],
)
@pytest.mark.parametrize("case_state", [S.DEFICIENT, S.PARTIAL, S.FULL, S.REFUSED])
def test_the_office_invites_the_employer_within_three_working_days_of_its_receipt(case_state, on, state):
    days = CaseDays(case_state, SENT, noted=((N.OFFICE_RECEIVED, RECEIVED),))
    found = reading("de_bqfg_fast_track", days, Act.INVITE_EMPLOYER, on=on, region="DE-BE")
    assert found.state == state
    if state in ("running", "overdue"):
        assert found.ends_on == INVITE_BY


def test_an_invitation_ends_its_clock_and_the_next_letter_begins_it_anew():
    noted = ((N.OFFICE_RECEIVED, RECEIVED), (N.EMPLOYER_INVITED, RECEIVED + ONE_DAY))
    invited = CaseDays(S.DEFICIENT, SENT, noted=noted)
    assert reading("de_bqfg_fast_track", invited, Act.INVITE_EMPLOYER, on=RECEIVED + 2 * ONE_DAY) is None
    later = date(2026, 9, 7)  # a Monday: the Thursday after it
    again = CaseDays(S.PARTIAL, SENT, noted=(*noted, (N.OFFICE_RECEIVED, later)))
    assert reading("de_bqfg_fast_track", again, Act.INVITE_EMPLOYER, on=later).ends_on == date(2026, 9, 10)


def test_nobody_is_invited_without_a_receipt_without_the_accelerated_procedure_or_after_it_was_left():
    received = ((N.OFFICE_RECEIVED, RECEIVED),)
    for name, days in (
        ("de_bqfg_fast_track", CaseDays(S.PARTIAL, SENT)),
        ("de_bqfg_fast_track", CaseDays(S.WITHDRAWN, SENT, noted=received)),
        ("de_nurse", CaseDays(S.PARTIAL, SENT, noted=received)),
        ("de_bqfg_nonregulated", CaseDays(S.PARTIAL, SENT, noted=received)),
    ):
        assert reading(name, days, Act.INVITE_EMPLOYER, on=RECEIVED) is None, (name, days)


# A longer course counts as granted after two weeks of silence (PflAPrV § 44(1a))

ASKED = date(2026, 9, 1)
GRANTED_BY_SILENCE = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("on", "state", "silence"),
    [
        (ASKED, "running", OnSilence.NONE),
        (GRANTED_BY_SILENCE - ONE_DAY, "running", OnSilence.NONE),
        (GRANTED_BY_SILENCE, "running", OnSilence.NONE),
        (GRANTED_BY_SILENCE + ONE_DAY, "overdue", OnSilence.DEEMED_CONSENT),
    ],
)
def test_a_longer_course_counts_as_granted_after_two_weeks_without_an_answer(on, state, silence):
    days = on_measure(Measure.ADAPTATION_PERIOD, (N.LONGER_COURSE_ASKED, ASKED))
    found = reading("de_nurse", days, Act.COURSE_EXTENSION, on=on, region="DE-HE")
    assert (found.state, found.ends_on, found.silence) == (state, GRANTED_BY_SILENCE, silence)


@pytest.mark.parametrize("answer", noting.COURSE_ANSWERS)
def test_an_answer_ends_the_clock_of_the_longer_course_and_asking_again_begins_it_anew(answer):
    asked, answered = (N.LONGER_COURSE_ASKED, ASKED), (answer, ASKED + ONE_DAY)
    done = on_measure(Measure.ADAPTATION_PERIOD, asked, answered)
    assert reading("de_nurse", done, Act.COURSE_EXTENSION, on=ASKED + 2 * ONE_DAY) is None
    again = on_measure(Measure.ADAPTATION_PERIOD, asked, answered, (N.LONGER_COURSE_ASKED, date(2026, 10, 5)))
    assert reading("de_nurse", again, Act.COURSE_EXTENSION, on=date(2026, 10, 5)).ends_on == date(2026, 10, 19)


# Several clocks, and who may note what


def test_every_act_of_every_procedure_has_its_row_in_the_table_of_clocks():
    assert set(RUNS) == set(Act)
    assert {row.act for one in catalogue().procedures for row in one.deadlines} == set(Act)


def test_of_several_clocks_the_inbox_takes_the_one_that_ends_first():
    days = CaseDays(S.COMPLETE, SENT, COMPLETE, noted=((N.AGREEMENT, SENT), (N.OFFICE_RECEIVED, RECEIVED)))
    acts = [rule.act for rule, _ in readings(procedure("de_nurse"), days, WorkCalendar("DE-BE"), on=RECEIVED)]
    assert acts == [Act.DECISION_FAST_TRACK, Act.INVITE_EMPLOYER]
    fee = CaseDays(S.COMPLETE, SENT, COMPLETE)  # the length of the decision is not known
    assert next_deadline(procedure("de_dab"), fee, WorkCalendar("DE"), on=SENT) == (Act.PAYMENT, FEE_ENDS)


ASKED_FOR = (N.LONGER_COURSE_ASKED, ASKED)
RECEIPT = (N.OFFICE_RECEIVED, RECEIVED)
ADAPTING = on_measure(Measure.ADAPTATION_PERIOD)


@pytest.mark.parametrize(
    ("name", "days", "expected"),
    [
        ("de_dab", CaseDays(S.DOCUMENTS), set()),
        ("de_dab", CaseDays(S.SUBMITTED, SENT), {N.FEE_PAID}),
        ("de_dab", CaseDays(S.SUBMITTED, SENT, noted=((N.FEE_PAID, SENT),)), set()),
        ("de_bqfg_nonregulated", CaseDays(S.SUBMITTED, SENT), set()),
        ("de_bqfg_fast_track", CaseDays(S.DOCUMENTS), {N.AGREEMENT}),
        ("de_bqfg_fast_track", CaseDays(S.SUBMITTED, SENT, noted=((N.AGREEMENT, SENT),)), {N.OFFICE_RECEIVED}),
        ("de_bqfg_fast_track", CaseDays(S.FULL, SENT, noted=(RECEIPT,)), {N.EMPLOYER_INVITED}),
        ("de_bqfg_fast_track", CaseDays(S.WITHDRAWN, SENT), set()),
        ("de_nurse", CaseDays(S.SUBMITTED, SENT), {N.AGREEMENT}),
        ("de_nurse", ADAPTING, {N.AGREEMENT, N.LONGER_COURSE_ASKED}),
        ("de_nurse", on_measure(Measure.KNOWLEDGE_TEST), {N.AGREEMENT}),
        ("de_nurse", on_measure(Measure.ADAPTATION_PERIOD, ASKED_FOR), {N.AGREEMENT, *noting.COURSE_ANSWERS}),
    ],
)
def test_a_day_can_be_noted_only_while_its_clock_asks_for_it(name, days, expected):
    assert set(noting.can_be_noted(procedure(name), days)) == expected


@pytest.mark.parametrize(
    ("authority", "region", "calendar"),
    [
        ("de_land", "DE-SN", "DE-SN"),
        ("de_land", "", "DE"),
        ("de_land_hesse", "DE-SN", "DE-HE"),
        ("de_ihk_fosa", "DE-SN", "DE-BY"),
        ("fi_lvv", "DE-SN", "FI"),
    ],
)
def test_an_authority_that_sits_in_every_land_works_by_the_calendar_of_the_persons_land(authority, region, calendar):
    assert region_of(authority, region) == calendar
