"""Beginning, publishing, pausing, withdrawing; what tells the worker; what loads in how many queries."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import event, func, select, text

from talent.accounts.models import Account
from talent.casework.models import CaseEvent
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.profiles import answers, entries, service
from talent.profiles.models import Profile, ProfileChange, ProfileLanguage
from talent.profiles.schemas import AboutAnswer
from talent.profiles.states import PROFILE, ProfileAction, ProfileState
from talent.profiles.steps import StepName
from tests.factories.corridor import make_release
from tests.factories.profiles import answer_everything, begin, make_candidate, publish_one

S, A = ProfileState, ProfileAction
MOVES = {
    A.PUBLISH: service.publish,
    A.PAUSE: service.pause,
    A.RESUME: service.resume,
    A.WITHDRAW: service.withdraw,
    A.REOPEN: service.reopen,
}


@pytest.fixture
def nurse(session):
    make_release(session)
    return make_candidate(session)


def changes(session, own):
    return session.scalar(select(func.count()).where(ProfileChange.profile_id == own.profile.id))


def jobs(session, own):
    waiting = text("select count(*) from procrastinate_jobs where queueing_lock = :lock and status = 'todo'")
    return session.scalar(waiting, {"lock": f"profile:{own.profile.id}"})


def test_a_begun_profile_is_an_empty_draft_with_a_reference(session, nurse):
    own = begin(session, nurse)
    assert own.profile.state is S.DRAFT
    assert own.profile.reference.startswith("TP-")
    assert own.identity is None
    assert own.profile.skills == own.profile.work == own.profile.languages == own.profile.qualifications == []


def test_beginning_twice_gives_the_same_profile(session, nurse):
    first = service.get_or_begin(session, nurse)
    assert service.get_or_begin(session, nurse).id == first.id
    assert session.scalar(select(func.count()).where(Profile.account_id == nurse.id)) == 1


def test_reading_begins_nothing(session, nurse):
    assert service.own_profile(session, nurse) is None
    assert session.scalar(select(func.count()).where(Profile.account_id == nurse.id)) == 0


def test_what_is_not_begun_cannot_be_changed(session, nurse):
    with pytest.raises(NotFound):
        service.profile_to_change(session, nurse)


def test_the_login_is_suggested_as_the_contact(session):
    by_phone = make_candidate(session, login="+923012345678")
    by_mail = make_candidate(session, login="nurse@example.com")
    assert service.suggested_contact(session, by_phone) == {"phone": "+923012345678"}
    assert service.suggested_contact(session, by_mail) == {"email": "nurse@example.com"}


@pytest.mark.parametrize(("state", "action"), list(product(S, MOVES)))
def test_the_service_moves_a_complete_profile_where_the_table_says_and_nowhere_else(session, nurse, state, action):
    own = answer_everything(session, nurse)
    own.profile.state = state
    session.flush()
    step = PROFILE.step(state, action)
    if step is None:
        with pytest.raises(Conflict):
            MOVES[action](session, nurse, own)
        assert own.profile.state is state
    else:
        MOVES[action](session, nurse, own)
        assert own.profile.state is step.target


@pytest.mark.parametrize(("state", "action"), list(product(S, MOVES)))
def test_only_moves_into_and_out_of_published_tell_the_worker(session, nurse, state, action):
    own = answer_everything(session, nurse)
    own.profile.state = state
    session.flush()
    step = PROFILE.step(state, action)
    if step is None:
        return
    MOVES[action](session, nurse, own)
    expected = 1 if S.PUBLISHED in (state, step.target) else 0
    assert changes(session, own) == expected
    assert jobs(session, own) == expected


def test_publishing_is_written_into_the_journal_with_who_and_when(session, nurse):
    own = publish_one(session, nurse)
    [line] = service.profile_journal(session, nurse, own)
    assert (line.from_state, line.to_state, line.actor_id) == ("draft", "published", nurse.id)
    assert own.profile.published_at == line.at


def test_an_incomplete_profile_is_not_published_and_the_sentence_says_what_is_missing(session, nurse):
    own = begin(session, nurse)
    with pytest.raises(Unprocessable, match="Enter your name"):
        service.publish(session, nurse, own)
    assert own.profile.state is S.DRAFT
    assert session.scalar(select(func.count()).where(CaseEvent.case_id == own.profile.id)) == 0


def test_a_paused_profile_that_lost_a_needed_step_is_not_resumed(session, nurse):
    own = publish_one(session, nurse)
    service.pause(session, nurse, own)
    entries.remove_entry(session, nurse, own, StepName.LANGUAGES, own.profile.languages[0].id)
    with pytest.raises(Unprocessable, match="Add at least one language"):
        service.resume(session, nurse, own)


def test_a_published_profile_cannot_lose_what_publishing_needs(session, nurse):
    own = publish_one(session, nurse)
    with pytest.raises(Unprocessable, match=r"needs this\. Add at least one language\. To remove it, pause"):
        entries.remove_entry(session, nurse, own, StepName.LANGUAGES, own.profile.languages[0].id)


def test_saving_a_step_of_a_published_profile_tells_the_worker_once_for_many_changes(session, nurse):
    own = publish_one(session, nurse)
    answers.save_about(session, nurse, own, AboutAnswer(about="I read drawings."))
    answers.save_about(session, nurse, own, AboutAnswer(about="I read drawings and weld pipes."))
    assert changes(session, own) == 3
    assert jobs(session, own) == 1


def test_saving_a_step_of_a_draft_tells_nobody(session, nurse):
    own = answer_everything(session, nurse)
    assert (changes(session, own), jobs(session, own)) == (0, 0)


def test_a_withdrawn_profile_is_opened_again_before_it_is_changed(session, nurse):
    own = publish_one(session, nurse)
    service.withdraw(session, nurse, own)
    with pytest.raises(Conflict, match="Open it again"):
        service.profile_to_change(session, nurse)
    service.reopen(session, nurse, service.profile_to_move(session, nurse))
    assert service.profile_to_change(session, nurse).profile.state is S.DRAFT


def test_every_change_moves_the_instant_of_change_and_the_version(session, nurse):
    own = begin(session, nurse)
    version, moment = own.profile.version, own.profile.changed_at
    answers.save_about(session, nurse, own, AboutAnswer(about="Pipes"))
    assert own.profile.version > version
    assert moment < own.profile.changed_at <= now()


def test_a_start_that_has_passed_stays_an_answer(session, nurse):
    own = publish_one(session, nurse)
    own.profile.available_from = today() - timedelta(days=400)
    assert own.facts.has_availability


def test_profiles_for_matching_come_with_everything_in_five_queries_however_many(session):
    make_release(session)
    ids = [publish_one(session, make_candidate(session)).profile.id for _ in range(7)]
    session.expire_all()
    seen: list[str] = []

    @event.listens_for(session.connection(), "before_cursor_execute")
    def count(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    loaded = service.load_profiles(session, ids)
    spoken = {(len(one.skills), len(one.languages), len(one.qualifications), len(one.work)) for one in loaded}
    event.remove(session.connection(), "before_cursor_execute", count)
    assert [one.id for one in loaded] == sorted(ids)
    assert spoken == {(3, 1, 1, 1)}
    assert len(seen) == 5


def test_erasing_an_account_erases_its_profile_and_everything_in_it(session, nurse):
    own = publish_one(session, nurse)
    session.delete(session.get(Account, nurse.id))
    session.flush()
    assert session.scalar(select(func.count()).where(Profile.id == own.profile.id)) == 0
    assert session.scalar(select(func.count()).where(ProfileLanguage.profile_id == own.profile.id)) == 0


def test_a_profile_begun_in_two_windows_at_once_is_one_profile(session, nurse, monkeypatch):
    first = service.get_or_begin(session, nurse)
    answers_of_reading = iter([None])  # The second window looked before the first one had saved.
    really = service.own_profile
    monkeypatch.setattr(service, "own_profile", lambda *asked: next(answers_of_reading, really(*asked)))
    assert service.get_or_begin(session, nurse).id == first.id
