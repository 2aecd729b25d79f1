"""A start reads entries that are current, reads everybody else anew, and makes the same lists either way."""

from contextlib import contextmanager
from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.erasure import erase
from talent.foundation.clock import now
from talent.foundation.settings import Settings
from talent.matching import assemble, entries, reading, runs, snapshot
from talent.matching.assemble import Assembler
from talent.matching.engine import load
from talent.matching.entries import Outdated
from talent.matching.fixed_point import from_steps
from talent.matching.inputs import canonical, input_hash
from talent.matching.models import MatchInput, PoolEntry, Suggestion
from talent.profiles import consent, keeping_out
from talent.profiles.models import Consent, ConsentPurpose, ProfileChange, WorkPeriod
from talent.profiles.states import ProfileState
from talent.recognition import service as recognition
from talent.recognition.schemas import CaseBegun
from talent.recognition.states import CaseState
from talent.staffing.states import AccountAction
from talent.taxonomy.levels import QualificationKind
from talent.taxonomy.models import Label
from tests.factories.corridor import (
    SKILLS,
    concept,
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder

TODAY = date(2026, 11, 23)


class Corridor:
    """Eight candidates and three vacancies, loaded once so that everybody has an entry."""

    def __init__(self, session: Session) -> None:
        self.session = session
        make_release(session)
        agency = make_agency(session)
        self.profiles = [
            make_published_profile(session, skills=SKILLS[: number + 1], countries=["DE", "IT"][: number % 3])
            for number in range(8)
        ]
        session.add(WorkPeriod(profile_id=self.profiles[0].id, title="Welder", started_on=date(2025, 1, 1)))
        self.vacancies = [
            make_published_vacancy(session, agency, must=SKILLS[start : start + 3]) for start in (0, 3, 6)
        ]
        self.read = []
        self.engine = self.loaded()

    def loaded(self):
        self.session.flush()
        self.session.expire_all()
        return load(self.session, KeywordEncoder())

    def read_anew(self):
        """Whom a start reads and does not take from an entry."""
        self.read.clear()
        self.loaded()
        return set(self.read)

    def change(self, profile):
        self.session.add(ProfileChange(profile_id=profile.id, at=now()))

    def entry(self, profile):
        return self.session.scalars(select(PoolEntry).where(PoolEntry.profile_id == profile.id)).one()


@pytest.fixture
def corridor(session, monkeypatch):
    monkeypatch.setattr(reading, "today", lambda: TODAY)
    monkeypatch.setattr(assemble, "today", lambda: TODAY)
    monkeypatch.setattr(snapshot, "today", lambda: TODAY)
    made = Corridor(session)
    candidate = Assembler.candidate
    monkeypatch.setattr(
        Assembler,
        "candidate",
        lambda self, profile, *cases: made.read.append(profile.id) or candidate(self, profile, *cases),
    )
    return made


def columns(engine):
    """Everything that the pool holds of each person, but for the bounds and what is stored elsewhere."""
    pool = engine.pool
    return {
        one: {name: getattr(pool, name)[row].tolist() for name in pool.columns(1)} for one, row in pool.index.items()
    }


def lists(engine):
    """For each vacancy who stands in which place with which key."""
    found = {vacancy: engine.rank(vacancy) for vacancy in engine.vacancies}
    return {
        vacancy: [(engine.pool.profile_id(ranked.rows[i]), ranked.keys[i]) for i in ranked.order()]
        for vacancy, ranked in found.items()
    }


def test_a_second_start_reads_nobody_anew_and_makes_the_same_pool_and_lists(corridor):
    assert corridor.read_anew() == set()
    assert columns(corridor.loaded()) == columns(corridor.engine)
    assert lists(corridor.loaded()) == lists(corridor.engine)
    assert len(corridor.engine.pool.index) == 8


def test_a_copy_that_comes_in_many_blocks_makes_the_same_pool(corridor, monkeypatch):
    monkeypatch.setattr(snapshot, "BLOCK_BYTES", 100)
    assert columns(corridor.loaded()) == columns(corridor.engine)


def test_reading_in_many_parts_makes_the_same_pool(corridor, monkeypatch):
    monkeypatch.setattr(entries, "AT_ONCE", 3)
    corridor.session.execute(delete(PoolEntry))
    assert columns(corridor.loaded()) == columns(corridor.engine)
    assert corridor.read_anew() == set()


def without_entry(corridor, profile):
    corridor.session.execute(delete(PoolEntry).where(PoolEntry.profile_id == profile.id))


def with_other_setup(corridor, profile):
    corridor.session.execute(update(PoolEntry).where(PoolEntry.profile_id == profile.id).values(setup="other"))


def with_a_later_change(corridor, profile):
    corridor.change(profile)


def with_another_version(corridor, profile):
    profile.about = "I weld ships."


def with_a_record_of_another_length(corridor, profile):
    corridor.entry(profile).record += b"\0"


@pytest.mark.parametrize(
    "happens",
    [without_entry, with_other_setup, with_a_later_change, with_another_version, with_a_record_of_another_length],
)
def test_whoever_has_no_current_entry_is_read_anew_once_and_nobody_else(corridor, happens):
    happens(corridor, corridor.profiles[3])
    assert corridor.read_anew() == {corridor.profiles[3].id}
    assert corridor.read_anew() == set()


@pytest.mark.parametrize(("day", "anew"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_experience_that_grows_is_counted_anew_from_the_first_of_the_next_month(corridor, monkeypatch, day, anew):
    for module in (reading, assemble, snapshot):
        monkeypatch.setattr(module, "today", lambda: day)
    assert corridor.read_anew() == ({corridor.profiles[0].id} if anew else set())
    row = corridor.loaded().pool.index[corridor.profiles[0].id]
    assert corridor.loaded().pool.experience[row] == (24 if anew else 23)


def test_another_model_other_labels_and_other_code_make_every_entry_stale(corridor, monkeypatch):
    everybody = {profile.id for profile in corridor.profiles}
    monkeypatch.setattr(KeywordEncoder, "model_hash", "keywords-2")
    assert corridor.read_anew() == everybody
    label = corridor.session.scalars(select(Label).where(Label.skill_id == concept("care"))).one()
    label.text = "careful work"
    assert corridor.read_anew() == everybody
    monkeypatch.setattr(reading, "code_hash", lambda: "other")
    assert corridor.read_anew() == everybody
    assert corridor.read_anew() == set()


def paused(corridor, profile):
    profile.state = ProfileState.PAUSED


def withdrawn(corridor, profile):
    profile.state = ProfileState.WITHDRAWN


def restricted(corridor, profile):
    profile.restricted_at = now()


def without_consent(corridor, profile):
    consent.withdraw(corridor.session, Actor(profile.account_id, Role.CANDIDATE), ConsentPurpose.MATCHING)


def with_consent_run_out(corridor, profile):
    past = now() - timedelta(days=1)
    corridor.session.execute(update(Consent).where(Consent.account_id == profile.account_id).values(expires_at=past))


def suspended(corridor, profile):
    session, staff = corridor.session, make_account(corridor.session, Role.ADMINISTRATOR)
    account = session.get_one(type(staff), profile.account_id)
    keeping_out.decide(
        session, Actor(staff.id, Role.ADMINISTRATOR), account, AccountAction.SUSPEND, reason="Three reports of a fraud"
    )


LEAVING = [paused, withdrawn, restricted, without_consent, with_consent_run_out, suspended]


@pytest.mark.parametrize("leaves", LEAVING)
def test_whoever_may_not_be_ranked_is_not_loaded_though_there_is_an_entry(corridor, leaves):
    gone = corridor.profiles[2]
    leaves(corridor, gone)
    assert corridor.entry(gone)
    engine = corridor.loaded()
    assert set(engine.pool.index) == {profile.id for profile in corridor.profiles} - {gone.id}


@pytest.mark.parametrize("leaves", LEAVING)
def test_the_entry_of_whoever_leaves_goes_with_the_lists(corridor, leaves):
    gone = corridor.profiles[2]
    leaves(corridor, gone)
    corridor.session.flush()
    runs.match_profile(corridor.session, corridor.engine, gone.id)
    assert corridor.session.scalar(select(PoolEntry.profile_id).where(PoolEntry.profile_id == gone.id)) is None


def test_nothing_of_the_erased_is_kept_or_loaded(corridor, tmp_path):
    gone = corridor.profiles[2]
    profile_id, account_id = gone.id, gone.account_id
    erase(corridor.session, Settings(_env_file=None, var_dir=tmp_path), account_id, reason="test")
    assert profile_id not in corridor.session.scalars(select(PoolEntry.profile_id)).all()
    assert profile_id not in corridor.loaded().pool.index


def test_whoever_is_erased_between_reading_and_writing_is_written_nowhere(corridor, tmp_path):
    session, engine, gone = corridor.session, corridor.engine, corridor.profiles[2]
    profile_id = gone.id
    found = engine.read(session, [profile_id])
    engine.put_profiles(found, [from_steps(engine.pool.vectors[engine.pool.index[profile_id]])])
    erase(session, Settings(_env_file=None, var_dir=tmp_path), gone.account_id, reason="test")
    engine.write_entries(session)
    assert profile_id not in session.scalars(select(PoolEntry.profile_id)).all()


def test_a_case_begun_moved_or_ended_since_is_read_anew_and_judged(corridor):
    profile, place = corridor.profiles[4], ("FI", "2221")
    told = CaseBegun(procedure="fi_nurse_extra_eu", award=QualificationKind.BACHELOR, occupation="2221", title="BSN")
    case = recognition.begin_case(corridor.session, Actor(profile.account_id, Role.CANDIDATE), told)
    for state, stage in ((case.state, 1), (CaseState.FULL, 3), (CaseState.REFUSED, 0), (CaseState.MEASURE, 2)):
        case.state = state
        assert corridor.read_anew() == {profile.id}
        assert corridor.read_anew() == set()
        pool = corridor.loaded().pool
        assert pool.stages(*place, np.array([pool.index[profile.id]], np.int32)).tolist() == [stage]


def test_a_view_that_is_fetched_later_is_the_one_that_was_hashed(corridor):
    engine = corridor.loaded()
    seen = {profile.id: view for profile, view in Assembler(corridor.session).profiles()}
    views = engine.views(corridor.session, engine.pool.living().tolist())
    assert {view.profile_id: canonical(view) for view in views.values()} == {
        profile: canonical(view) for profile, view in seen.items()
    }
    for row, view in views.items():
        assert input_hash(view, from_steps(engine.pool.vectors[row])) == engine.pool.digest(row)


@contextmanager
def counted(session):
    """The statements that run meanwhile."""
    from sqlalchemy import event

    ran = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *told: ran.append(told[2]))
    yield ran


def test_the_views_of_everybody_are_fetched_by_one_statement(corridor):
    engine = corridor.loaded()
    with counted(corridor.session) as ran:
        engine.views(corridor.session, engine.pool.living().tolist())
    assert [statement.startswith("SELECT pool_entry.") for statement in ran] == [True]


def another_wrote(corridor, profile):
    """A later reading of this candidate by another worker, which the first one has not followed."""
    other = corridor.loaded()
    profile.about = "I weld ships."
    corridor.session.flush()
    runs.match_profile(corridor.session, other, profile.id)


def test_what_a_pool_saw_is_explained_by_its_stored_input_when_another_worker_wrote_a_later_entry(corridor):
    profile, engine = corridor.profiles[3], corridor.engine
    runs.match_profile(corridor.session, engine, profile.id)
    before, row = engine.pool.digest(engine.pool.index[profile.id]), engine.pool.index[profile.id]
    another_wrote(corridor, profile)
    view = engine.views(corridor.session, [row])[row]
    assert "ships" not in view.text
    assert input_hash(view, from_steps(engine.pool.vectors[row])) == before


def test_what_a_pool_saw_and_nobody_stored_is_never_explained_by_a_later_view(corridor):
    profile = corridor.profiles[3]
    another_wrote(corridor, profile)
    corridor.session.execute(delete(MatchInput))
    with pytest.raises(Outdated):
        corridor.engine.views(corridor.session, [corridor.engine.pool.index[profile.id]])


def test_an_older_reading_never_replaces_a_later_entry(corridor):
    session, profile, engine = corridor.session, corridor.profiles[3], corridor.engine
    found = engine.read(session, [profile.id])
    corridor.change(profile)
    another_wrote(corridor, profile)
    later = corridor.entry(profile).view
    engine.put_profiles(found, [from_steps(engine.pool.vectors[engine.pool.index[profile.id]])])
    engine.write_entries(session)
    session.expire_all()
    assert corridor.entry(profile).view == later
    assert "ships" in later["text"]


def test_a_change_that_is_committed_while_a_profile_is_read_counts_as_not_followed(corridor, monkeypatch):
    session, profile = corridor.session, corridor.profiles[3]
    last_changes = reading.last_changes

    def and_then_changed(*asked):
        found = last_changes(*asked)
        corridor.change(profile)
        session.flush()
        return found

    monkeypatch.setattr(reading, "last_changes", and_then_changed)
    runs.match_profile(session, corridor.engine, profile.id)
    monkeypatch.undo()
    assert corridor.entry(profile).followed < session.scalar(
        select(ProfileChange.number).where(ProfileChange.profile_id == profile.id)
    )


def test_who_is_kept_already_is_known_after_a_start(corridor):
    session, engine = corridor.session, corridor.engine
    runs.match_profile(session, engine, corridor.profiles[1].id)
    again = corridor.loaded()
    stored = set(session.scalars(select(MatchInput.input_hash)))
    assert stored
    for row in again.pool.living():
        assert again.pool.kept[row] == (again.pool.digest(row) in stored)


def test_the_stored_lists_after_a_start_from_entries_are_those_after_reading_everybody(corridor):
    session = corridor.session

    def stored():
        rows = session.execute(
            select(Suggestion.vacancy_id, Suggestion.profile_id, Suggestion.score, Suggestion.reasons)
        )
        return sorted((*row[:3], row.reasons) for row in rows)

    runs.match_everything(session, corridor.loaded())
    from_entries = stored()
    session.execute(delete(PoolEntry))
    runs.match_everything(session, corridor.loaded())
    assert stored() == from_entries
    assert from_entries


def test_who_is_read_anew_is_written_in_transactions_apart_where_there_are_any(corridor):
    begun = []

    @contextmanager
    def apart():
        begun.append(True)
        yield corridor.session

    corridor.session.execute(delete(PoolEntry))
    load(corridor.session, KeywordEncoder(), apart=apart)
    assert begun == [True]
    assert len(corridor.session.scalars(select(PoolEntry.profile_id)).all()) == 8
