"""After a partial recognition the clock of the chosen test runs; other measures have none."""

from datetime import date, timedelta

import pytest

from talent.casework.working_days import WorkCalendar
from talent.recognition import rules
from talent.recognition.procedures import catalogue
from talent.recognition.rules import CaseDays
from talent.recognition.states import CaseState
from talent.recognition.terms import Act, Measure

DECIDED, CHOSEN = date(2026, 2, 2), date(2026, 3, 2)


def reading(procedure: str, measure: Measure, *, on: date = CHOSEN, decided: date | None = DECIDED):
    days = CaseDays(CaseState.MEASURE, decided_on=decided, measure=measure, measure_on=CHOSEN)
    return rules.next_deadline(catalogue().procedure(procedure), days, WorkCalendar("DE"), on=on)


@pytest.mark.parametrize(
    ("procedure", "measure", "act", "end"),
    [
        # BQFG § 11(4): six months from the choice of the aptitude test; 2 September 2026 is a Wednesday.
        ("de_regulated_generic", Measure.APTITUDE_TEST, Act.APTITUDE_TEST_OFFERED, date(2026, 9, 2)),
        # PflAPrV § 45(8): six months from the decision; 2 August 2026 is a Sunday, so the Monday after it.
        ("de_nurse", Measure.KNOWLEDGE_TEST, Act.KNOWLEDGE_TEST_OFFERED, date(2026, 8, 3)),
    ],
)
def test_the_clock_of_a_test_runs_from_the_day_that_the_law_names(procedure, measure, act, end):
    found_act, found = reading(procedure, measure, on=end)
    assert (found_act, found.ends_on, found.state) == (act, end, "running")
    assert reading(procedure, measure, on=end + timedelta(days=1))[1].is_overdue


@pytest.mark.parametrize("procedure", ["de_regulated_generic", "de_nurse"])
def test_an_adaptation_period_has_no_clock_of_the_authority(procedure):
    assert reading(procedure, Measure.ADAPTATION_PERIOD) is None


def test_without_a_decision_the_clock_of_the_knowledge_test_has_not_begun():
    assert reading("de_nurse", Measure.KNOWLEDGE_TEST, decided=None)[1].state == "waiting"
