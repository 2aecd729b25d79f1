"""Reports: due where a source says so, unknown elsewhere, sent once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from talent.foundation.clock import today
from talent.foundation.errors import NotPermitted
from talent.training import reports, seats
from talent.training.records import CohortReport
from talent.training.reports import DUE_RULES, due_on
from talent.training.terms import ReportKind
from tests.factories.training import KEYS, a_person, make_cohort

K = ReportKind
START = date(2026, 11, 30)


def test_every_kind_of_report_has_one_rule():
    assert [rule.kind for rule in DUE_RULES] == list(ReportKind)


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
def test_a_report_is_due_where_a_source_says_so_and_nowhere_else(kind, day):
    (rule,) = (one for one in DUE_RULES if one.kind is kind)
    assert due_on(rule, START) == day


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
    names = [line[0] for line in reports.lines(session, small, K.TRAINEES) if line]
    assert "Muhammad Aslam 1" in names
    assert "Muhammad Aslam 2" not in names
