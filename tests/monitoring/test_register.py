"""The register: reports are taken in exactly, every change leaves a line, and nothing leads to a person."""

from dataclasses import replace

import pytest

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import NotPermitted, Unprocessable
from talent.monitoring import register
from talent.monitoring.programmes import NOTHING, of_measure, programmes
from talent.monitoring.report import ItemKind
from talent.monitoring.report_reader import read_report
from talent.monitoring.schemas import ItemChange, MeasureChange
from talent.monitoring.taking_in import load_starter, take_in
from talent.registry import METADATA
from tests.factories.corridor import make_account
from tests.house.test_words_we_keep_out import denied
from tests.monitoring.reports import TEXT

REPORT = read_report(TEXT)


@pytest.fixture
def staff(session):
    account = make_account(session, Role.PROJECT_STAFF)
    return Actor(account.id, Role.PROJECT_STAFF)


@pytest.fixture
def taken(session):
    return take_in(session, SYSTEM, REPORT)


def test_what_was_taken_in_comes_out_the_same(taken):
    assert register.report_of_register(taken) == REPORT


def test_words_are_kept_whole_however_long_they_are(session):
    first, *others = REPORT.measures
    item = replace(first.completed[0], when="w" * 500)
    first = replace(
        first, chapter="c" * 500, timeframe="t" * 500, lead_actors=("a" * 500,), completed=(item, *first.completed[1:])
    )
    long = replace(REPORT, reference="r" * 500, title="n" * 500, measures=(first, *others))
    assert register.report_of_register(take_in(session, SYSTEM, long)) == long


def test_the_same_report_twice_changes_nothing_but_is_kept_twice(session, staff, taken):
    ids = {measure.id: [item.id for item in measure.items] for measure in taken.measures}
    again = take_in(session, SYSTEM, REPORT)
    assert {measure.id: [item.id for item in measure.items] for measure in again.measures} == ids
    assert len(register.changes_of(session, staff, again.measures[0])) == 1


def test_a_later_report_keeps_the_measures_their_indicator_and_journal(session, staff, taken):
    first = taken.measures[0]
    register.change_measure(
        session, staff, first, MeasureChange(words=first.words, lead_actors="Commission", indicator="people_trained")
    )
    take_in(session, SYSTEM, read_report(TEXT.replace("A mission prepared", "Two missions prepared")))
    kept = register.get_measure(session, staff, first.id)
    assert kept.indicator == "people_trained"
    whats = sorted(change.what for change in register.changes_of(session, staff, kept))
    assert whats == ["imported", "imported", "indicator", "lead_actors"]
    assert "Two missions prepared the next meeting." in register.words_of(kept)


def test_counts_of_a_measure(taken):
    assert register.counts_of(taken.measures[0]) == register.Counts(planned=2, completed=2, pending=2, redacted=2)


def test_each_change_of_a_measure_leaves_a_line_with_what_was_said_before(session, staff, taken):
    measure = taken.measures[1]
    wanted = MeasureChange(words="Train 300 welders.", lead_actors="Commission\n\nEEAS ", timeframe="Q3-Q4 2031")
    register.change_measure(session, staff, measure, wanted)
    lines = {line.what: (line.before, line.after) for line in register.changes_of(session, staff, measure)}
    assert lines["words"] == ("Train 200 welders.", "Train 300 welders.")
    assert lines["lead_actors"] == ("Commission, Member States (Embassies)", "Commission, EEAS")
    assert set(lines) == {"words", "lead_actors", "imported"}


def test_an_item_moves_from_pending_to_completed_and_stands_last(session, staff, taken):
    measure = taken.measures[2]
    (item,) = register.items_of(measure, ItemKind.PENDING)
    register.change_item(session, staff, measure, item, ItemChange(kind=ItemKind.COMPLETED, words=item.words))
    assert register.items_of(measure, ItemKind.PENDING) == []
    assert register.items_of(measure, ItemKind.COMPLETED) == [item]
    newest = register.changes_of(session, staff, measure)[0]
    assert (newest.what, newest.before, newest.after) == ("item_moved", "pending: Visas.", "completed: Visas.")


def test_an_item_is_added_at_the_end_and_taken_out_with_its_words_kept(session, staff, taken):
    measure = taken.measures[0]
    added = register.add_item(session, staff, measure, ItemChange(kind=ItemKind.COMPLETED, when="May", words="Done."))
    assert register.items_of(measure, ItemKind.COMPLETED)[-1] is added
    register.remove_item(session, staff, measure, added)
    said = {line.what: line.before or line.after for line in register.changes_of(session, staff, measure)}
    assert said["item_removed"] == said["item_added"] == "completed: May: Done."


def test_nobody_writes_over_what_was_blacked_out(session, staff, taken):
    measure = taken.measures[0]
    item = register.items_of(measure, ItemKind.PENDING)[1]
    with pytest.raises(Unprocessable, match="blacked out"):
        register.change_item(session, staff, measure, item, ItemChange(kind=ItemKind.PENDING, words="With the king."))
    with pytest.raises(Unprocessable, match="blacked out"):
        register.change_measure(
            session, staff, measure, MeasureChange(words="Keep [REDACTED] talking.", lead_actors="Commission")
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROJECT_STAFF, Role.SYSTEM}))
def test_only_project_staff_change_the_register(session, taken, role):
    with pytest.raises(NotPermitted):
        register.add_item(session, Actor(SYSTEM.id, role), taken.measures[0], ItemChange(kind="pending", words="x"))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROJECT_STAFF, Role.ADMINISTRATOR, Role.AUDITOR}))
def test_only_whoever_oversees_the_project_reads_it(session, role):
    with pytest.raises(NotPermitted):
        register.the_register(session, Actor(SYSTEM.id, role))


def test_an_empty_register_gets_the_nine_measures_in_our_own_words_once(session):
    assert load_starter(session)
    assert not load_starter(session)
    measures = register.kept_register(session).measures
    assert [measure.number for measure in measures] == list(range(1, 10))
    assert {measure.source for measure in measures} == {"S-PR-1"}
    counts = [register.counts_of(measure) for measure in measures]
    assert (sum(one.completed for one in counts), sum(one.pending for one in counts)) == (23, 10)


def test_every_programme_has_a_source_and_every_measure_a_programme():
    assert len(programmes()) > 40
    assert all(of_measure(number) for number in range(1, 10))


def test_where_a_programme_is_about_returns_nothing_passes_between_it_and_the_service():
    about = [one for one in programmes() if {6, 7, 8} & set(one.measures) and one.key != "mobility_dialogue"]
    assert len(about) >= 10
    assert {(one.needs, one.gives) for one in about} == {(NOTHING, NOTHING)}


def test_words_of_returns_are_text_of_the_register_and_no_key_of_it(session):
    load_starter(session)
    assert any("readmission" in one.title.casefold() for one in programmes())
    assert [one.key for one in programmes() if denied(one.key)] == []
    tables = [table for name, table in METADATA.tables.items() if name.startswith("programme_")]
    assert len(tables) == 5
    leads_to = {key.column.table.name for table in tables for key in table.foreign_keys}
    assert leads_to <= {"programme_measure"}, "no row of the register leads to a person, a case or a vacancy"
    returns = [measure for measure in register.kept_register(session).measures if measure.number in {6, 7, 8}]
    assert [measure.indicator for measure in returns] == ["", "", ""], "and no figure of this service serves them"
