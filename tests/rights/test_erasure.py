"""Erased is erased: no row, file, letter or job holds a word of the person, and nobody else loses anything."""

import pytest
from sqlalchemy import func, select, text

from talent.erasure import KEPT, addresses_of, erase, ledger_path, remembered, replay, scrub, tables_to_scrub
from talent.foundation.audit import AuditEntry
from talent.foundation.audit_chain import add_checkpoint, verify
from talent.foundation.errors import NotFound
from talent.matching.models import Suggestion
from talent.profiles.models import Profile, ProfileChange
from talent.subject_rights import person_of
from tests.factories.everywhere import marked_everywhere, traces_of
from tests.factories.marked import Marked


def words_in_files(settings, person):
    return [
        str(path)
        for path in settings.var_dir.rglob("*")
        if path.is_file() and any(marker.encode() in path.read_bytes() for marker in person.markers)
    ]


@pytest.fixture
def erased(session, settings, person):
    erase(session, settings, person.id, reason="own wish")
    session.commit()
    return person


def test_before_the_person_is_everywhere(person):
    assert {"account", "profile", "cv_fact", "match_input", "case_event", "procrastinate_jobs"} <= set(person.traces())


def test_afterwards_no_table_holds_a_word_of_the_person(erased):
    assert erased.traces() == []


def test_afterwards_no_file_and_no_letter_holds_a_word_of_the_person(erased, settings):
    assert words_in_files(settings, erased) == []


def test_nobody_else_loses_anything(session, settings, person, neighbour):
    before = sorted(neighbour.traces())
    erase(session, settings, person.id, reason="own wish")
    session.commit()
    assert sorted(neighbour.traces()) == before
    assert words_in_files(settings, neighbour)


def test_a_file_that_two_people_brought_stays_for_the_other(session, settings, vacancy):
    from talent.foundation.documents import Purpose, open_file, store

    one, other = Marked(session, settings, vacancy), Marked(session, settings, vacancy)
    same = [
        store(session, settings.var_dir, b"shared", owner_id=who.account.id, purpose=Purpose.CV, original_name="x")
        for who in (one, other)
    ]
    erase(session, settings, one.id, reason="own wish")
    session.commit()
    with open_file(settings.var_dir, same[1]) as stream:
        assert stream.read() == b"shared"


def test_the_journal_still_holds_and_names_the_erasure(session, settings, person):
    add_checkpoint(session, settings)
    erase(session, settings, person.id, reason="own wish")
    add_checkpoint(session, settings)
    assert verify(session, settings).broken == ()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.erase")).one()
    assert (entry.subject_id, entry.reason) == (person.id, "own wish")


def test_the_worker_is_told_to_forget(erased, session):
    assert session.scalar(select(func.count()).where(ProfileChange.profile_id == erased.profile_id)) == 1
    waiting = session.scalars(text("select args ->> 'profile_id' from procrastinate_jobs")).all()
    assert str(erased.profile_id) in waiting


def test_the_worker_is_told_which_lists_the_person_leaves(session, settings, person):
    on = session.scalars(select(Suggestion.vacancy_id).where(Suggestion.profile_id == person.profile_id)).all()
    assert on
    erase(session, settings, person.id, reason="own wish")
    told = session.execute(text("select args ->> 'profile_id', args -> 'left' from procrastinate_jobs")).all()
    assert (str(person.profile_id), sorted(str(vacancy) for vacancy in on)) in [tuple(row) for row in told]


def test_nobody_is_erased_who_is_not_there(session, settings, erased):
    with pytest.raises(NotFound):
        erase(session, settings, erased.id, reason="again")


def test_the_ledger_holds_ids_alone(erased, settings):
    assert remembered(settings) == [erased.id]
    assert not any(marker in ledger_path(settings).read_text() for marker in erased.markers)


def test_whoever_comes_back_with_a_backup_is_erased_again(session, settings, person):
    before = session.begin_nested()
    erase(session, settings, person.id, reason="own wish")
    before.rollback()  # the database as it was, the ledger as it is
    session.expire_all()
    assert person.traces()
    assert replay(session, settings) == 1
    session.commit()
    assert person.traces() == []
    assert replay(session, settings) == 0


def test_half_a_line_of_the_ledger_is_passed_over(erased, settings):
    with ledger_path(settings).open("a") as stream:
        stream.write("2026-11-22T10:00:00+00:00 1234")
    assert remembered(settings) == [erased.id]


def test_an_erasure_that_fails_half_way_changes_nothing(session, settings, person, monkeypatch):
    before = sorted(person.traces())
    monkeypatch.setattr("talent.erasure.remove_letters", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), session.begin_nested():
        erase(session, settings, person.id, reason="own wish")
    session.expire_all()
    assert sorted(person.traces()) == before
    assert words_in_files(settings, person)


def test_letters_to_the_name_on_the_profile_go_too(session, person):
    assert len(addresses_of(session, person_of(session, person.id))) == 2


def test_every_table_with_personal_columns_is_scrubbed_but_the_journal():
    scrubbed = tables_to_scrub()
    assert {"account", "profile", "identity", "cv_fact", "match_input", "procrastinate_jobs"} <= set(scrubbed)
    assert set(scrubbed) & set(KEPT) == set()


def test_scrubbing_says_what_it_was_not_permitted():
    said = scrub(lambda statement: "pg_switch_wal" not in statement)
    assert said == ["select pg_switch_wal()"]


def test_there_is_something_to_erase(session, person):
    assert session.scalar(select(func.count()).where(Profile.id == person.profile.id)) == 1
    assert session.scalar(select(func.count()).where(Suggestion.profile_id == person.profile.id)) == 1


def test_a_row_in_every_table_that_can_hold_one_about_the_person_is_erased(session, settings, person):
    """Tables of later migrations are met by themselves: whatever leads to a person is filled, marked and searched."""
    marks = marked_everywhere(session, person.id)
    words = {word for row in marks.values() for word in row}
    assert {name for name, row in marks.items() if row} <= traces_of(session, words)
    assert {"contract", "check_in", "cost", "placement_proof", "placement_pause", "judgement"} <= set(marks)
    erase(session, settings, person.id, reason="own wish")
    session.commit()
    assert traces_of(session, words) == set()
