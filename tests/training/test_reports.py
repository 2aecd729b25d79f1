"""Reports: due where a source says so, unknown elsewhere, sent once."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pydantic import ValidationError
from pypdf import PdfReader
from sqlalchemy import func, select

from talent.foundation.clock import today
from talent.foundation.errors import NotPermitted
from talent.foundation.printed import Sheet, as_pdf
from talent.foundation.words import Sentence
from talent.training import attendance, reports, seats, service
from talent.training.attendance import DayPlan
from talent.training.models import Cohort, Trainee
from talent.training.records import CohortReport
from talent.training.report_letters import REMINDED_BEFORE, remind
from talent.training.report_sheets import Work, sheet
from talent.training.reports import due_on, due_rules
from talent.training.schemas import ReportDaysDraft
from talent.training.states import CohortAction, CohortState, EnrolmentState
from talent.training.terms import ReportKind
from tests.factories.profiles import begin, make_candidate
from tests.factories.training import KEYS, a_person, make_cohort

K = ReportKind
START = date(2026, 11, 30)


def test_every_kind_of_report_has_one_rule(session, staff):
    assert [rule.kind for rule in due_rules(session)] == list(ReportKind)
    for kind in ReportKind:
        decide(session, staff, kind, 10)
    assert [(rule.kind, rule.days, rule.is_own) for rule in due_rules(session)] == [(kind, 10, True) for kind in K]


OF_A_COHORT = Cohort(starts_on=START, ends_on=date(2027, 2, 26))
NOVEMBER = date(2026, 11, 1)


def decide(session, staff, kind, days, *, by="Contract 12/2026, article 7", on=date(2026, 11, 20)):
    reports.set_days(session, staff, ReportDaysDraft(kind=kind, days=days, decided_by=by, decided_on=on))


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (K.INCEPTION, date(2026, 11, 20)),
        (K.TRAINEES, date(2026, 12, 15)),
        (K.PROGRESS, None),
        (K.COMPLETION, None),
        (K.ON_THE_JOB, None),
    ],
)
def test_a_report_is_due_where_a_source_says_so_and_nowhere_else(session, kind, day):
    (rule,) = (one for one in due_rules(session) if one.kind is kind)
    assert due_on(rule, OF_A_COHORT, NOVEMBER) == day


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (K.INCEPTION, date(2026, 12, 5)),
        (K.TRAINEES, date(2026, 12, 5)),
        (K.PROGRESS, date(2026, 12, 5)),
        (K.COMPLETION, date(2027, 3, 3)),
        (K.ON_THE_JOB, date(2027, 3, 3)),
    ],
)
def test_what_the_project_decided_counts_from_the_first_day_the_months_end_or_the_last_day(session, staff, kind, day):
    decide(session, staff, kind, 5)
    (rule,) = (one for one in due_rules(session) if one.kind is kind)
    assert due_on(rule, OF_A_COHORT, NOVEMBER) == day
    assert (rule.source, rule.as_of) == ("Contract 12/2026, article 7", "2026-11-20")


def test_a_decision_that_is_taken_back_leaves_what_was_published(session, staff):
    before = due_rules(session)
    for kind in K:
        decide(session, staff, kind, 3)
        reports.forget_days(session, staff, kind)
    assert due_rules(session) == before


def test_only_project_staff_decide_when_reports_are_due(session, institute, agency):
    for actor in (institute, agency):
        with pytest.raises(NotPermitted):
            decide(session, actor, K.COMPLETION, 5)
        with pytest.raises(NotPermitted):
            reports.forget_days(session, actor, K.COMPLETION)


def test_a_decision_is_never_of_a_day_to_come():
    with pytest.raises(ValidationError, match="still to come"):
        ReportDaysDraft(kind=K.PROGRESS, days=1, decided_by="Board", decided_on=today() + timedelta(days=1))


def test_there_is_a_progress_report_for_every_month_that_has_begun(session, institute):
    cohort = make_cohort(
        session, institute, starts_on=today() - timedelta(days=70), ends_on=today() + timedelta(days=70)
    )
    months = [one.month for one in reports.due_reports(session, institute, cohort) if one.kind is K.PROGRESS]
    assert months[0] == cohort.starts_on.replace(day=1)
    assert months[-1] == today().replace(day=1)
    assert len(set(months)) == len(months)


@pytest.mark.parametrize(("days", "late"), [(9, True), (10, False), (11, False)])
def test_an_inception_report_is_late_the_day_after_it_was_due(session, institute, days, late):
    first = today() + timedelta(days=days)
    cohort = make_cohort(session, institute, starts_on=first, ends_on=first + timedelta(days=90))
    (inception,) = (one for one in reports.due_reports(session, institute, cohort) if one.kind is K.INCEPTION)
    assert inception.is_late == late


def test_a_report_is_sent_once(session, institute, cohort):
    for _ in range(2):
        reports.mark_sent(session, institute, cohort, K.TRAINEES, None)
    assert session.scalar(select(func.count()).select_from(CohortReport)) == 1


def test_a_sent_report_keeps_the_figures_of_its_day(session, institute, cohort):
    seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    sent = reports.mark_sent(session, institute, cohort, K.TRAINEES, None)
    seats.enrol(session, institute, cohort.id, a_person(2), keys=KEYS)
    assert sent.figures == {"enrolled": 1}


def test_project_staff_read_reports_and_send_none(session, staff, cohort):
    assert reports.due_reports(session, staff, cohort)
    with pytest.raises(NotPermitted):
        reports.mark_sent(session, staff, cohort, K.TRAINEES, None)


def test_the_list_of_trainees_names_those_who_have_a_seat_and_not_those_who_wait(session, institute):
    small = make_cohort(session, institute, seats=1)
    for number in (1, 2):
        seats.enrol(session, institute, small.id, a_person(number), keys=KEYS)
    names = [row[0] for row in told(session, small, K.TRAINEES).rows]
    assert names == ["Muhammad Aslam 1"]


def told(session, cohort, kind, month=None):
    return sheet(session, cohort, kind, month=month, language="en", say=lambda one: Sentence(str(one)).english())


@pytest.mark.parametrize("kind", list(K))
def test_every_report_has_rows_as_long_as_its_header_and_prints_in_both_directions(session, institute, cohort, kind):
    seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    made = told(session, cohort, kind)
    assert all(len(row) == len(made.header) for row in made.rows)
    for language in ("en", "ur"):
        assert as_pdf(replace(made, language=language)).startswith(b"%PDF-")


def test_urdu_is_printed_in_nastaliq_with_its_letters_inside():
    made = as_pdf(Sheet("ur", "ماہانہ پیش رفت", [("کورس", "ویلڈنگ")], ["نام"], [["عائشہ خان"]], "آج"))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(BytesIO(made)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("NotoNastaliqUrdu" in name for name in fonts), fonts


def test_what_people_wrote_is_printed_as_they_wrote_it():
    sheet_of = Sheet("en", "#title *[", [("a", "$x$ #sys.inputs")], ["n"], [["@someone <b> \\ `"]], "//")
    words = PdfReader(BytesIO(as_pdf(sheet_of))).pages[0].extract_text()
    assert "#sys.inputs" in words
    assert "@someone" in words


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 9, 30), "0"), (date(2026, 10, 1), "6"), (date(2026, 10, 31), "6"), (date(2026, 11, 1), "0")],
)
def test_a_monthly_report_tells_of_the_days_of_its_month_alone(session, institute, day, hours):
    month = date(2026, 10, 1)
    cohort = make_cohort(session, institute, starts_on=day, ends_on=day)
    person = seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    attendance.plan_days(session, institute, cohort, [DayPlan(frozenset(range(7)), 360)])
    service.move(session, institute, cohort, CohortAction.START)
    attendance.keep_day(session, institute, cohort, day, {person.id: 360})
    (row,) = told(session, cohort, K.PROGRESS, month).rows
    assert row[2] == hours


@pytest.mark.parametrize(
    ("days", "letters"), [(REMINDED_BEFORE.days + 1, 0), (REMINDED_BEFORE.days, 1), (0, 1), (-1, 1)]
)
def test_the_institute_is_reminded_three_days_before_a_report_is_due_and_told_once(
    session, institute, mail, days, letters
):
    first = today() + timedelta(days=10 + days)  # the inception report is due ten days before
    make_cohort(session, institute, starts_on=first, ends_on=first + timedelta(days=90))
    assert [remind(session), remind(session)] == [letters, 0]
    assert len(mail) == letters


def test_nobody_is_reminded_of_a_report_that_was_sent_or_of_a_cohort_that_was_cancelled(session, institute, mail):
    first = today() + timedelta(days=10)
    sent, cancelled = (
        make_cohort(session, institute, starts_on=first, ends_on=first + timedelta(days=90)) for _ in range(2)
    )
    reports.mark_sent(session, institute, sent, K.INCEPTION, None)
    service.move(session, institute, cancelled, CohortAction.CANCEL, note="No workshop")
    assert remind(session) == 0
    assert mail == []


def test_a_report_of_which_somebody_was_reminded_can_still_be_sent(session, institute, mail):
    first = today() + timedelta(days=10)
    cohort = make_cohort(session, institute, starts_on=first, ends_on=first + timedelta(days=90))
    remind(session)
    (inception,) = (one for one in reports.due_reports(session, institute, cohort) if one.kind is K.INCEPTION)
    assert not inception.is_sent
    assert reports.mark_sent(session, institute, cohort, K.INCEPTION, None).sent_at is not None


def test_each_month_and_the_end_are_reminded_of_once_the_project_has_decided(session, institute, staff, mail):
    first = today().replace(day=1)
    make_cohort(session, institute, starts_on=first - timedelta(days=1), ends_on=today() + timedelta(days=1))
    remind(session)
    mail.clear()
    decide(session, staff, K.PROGRESS, 0)
    decide(session, staff, K.COMPLETION, 2)
    assert [remind(session, on=today() + timedelta(days=40)), remind(session)] == [3, 0]
    told = " ".join(letter["body"] for letter in mail)
    for month in (first - timedelta(days=1), first):
        assert f"progress report ({month:%Y-%m})" in told
    assert "completion report" in told


@pytest.mark.parametrize(("decided", "letters"), [(-1, 1), (0, 1), (1, 0)])
def test_a_closed_cohort_is_reminded_of_what_fell_due_since_the_decision_alone(
    session, institute, staff, mail, decided, letters
):
    due = today() - timedelta(days=2)
    cohort = make_cohort(session, institute, starts_on=due - timedelta(days=60), ends_on=due - timedelta(days=5))
    cohort.state = CohortState.CLOSED
    session.flush()
    decide(session, staff, K.ON_THE_JOB, 5, on=due + timedelta(days=decided))
    assert remind(session) == letters


def test_the_on_the_job_report_names_the_work_that_is_known_and_leaves_the_rest_to_be_filled_in(session, institute):
    cohort = make_cohort(session, institute, seats=2)
    known, unknown = (seats.enrol(session, institute, cohort.id, a_person(number), keys=KEYS) for number in (1, 2))
    for one in (known, unknown):
        one.state, one.seat = EnrolmentState.COMPLETED, None
    session.get_one(Trainee, known.trainee_id).profile_id = profile = begin(session, make_candidate(session)).profile.id
    session.flush()
    work = {profile: Work("Stahlbau GmbH", date(2027, 5, 3))}
    made = sheet(session, cohort, K.ON_THE_JOB, month=None, language="en", say=str, work=work)
    assert [row[2:4] for row in made.rows] == [["Stahlbau GmbH", "2027-05-03"], ["", ""]]


@pytest.fixture
def mail(monkeypatch):
    sent = []
    monkeypatch.setattr("talent.training.report_letters.send_later", lambda _session, **letter: sent.append(letter))
    return sent
