"""The ring of keys: made once, rotated without losing a value, destroyed on purpose only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from talent.foundation import keyring, person_keys
from talent.foundation.crypto import DoesNotOpen, Place
from talent.foundation.errors import Conflict
from talent.foundation.keyring import KeyRing, new_ring, read_ring, the_ring, write_ring
from talent.foundation.person_keys import PersonKey, destroy_key, key_for, rewrap, seal_for, unneeded, unseal_for
from tests.factories.corridor import make_account


@pytest.fixture
def own_ring(tmp_path, monkeypatch):
    """A ring of this test alone: a function that tells its file."""
    path = tmp_path / "keys.txt"
    monkeypatch.setattr(keyring, "_path", lambda: path)
    return path


@pytest.fixture
def person(session) -> UUID:
    return make_account(session).id


def place_of(person: UUID) -> Place:
    return Place("identity", "full_name", person)


def test_a_ring_is_made_once_and_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "deep" / "keys.txt"
    made = read_ring(path)
    assert read_ring(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.txt"]


def test_processes_that_start_at_once_agree_on_one_ring(tmp_path):
    path = tmp_path / "keys.txt"
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: read_ring(path), range(8)))
    assert {ring.current.secret for ring in rings} == {read_ring(path).current.secret}


@pytest.mark.parametrize("lost", ["index", "journal", "seal", "k1"])
def test_a_ring_that_lacks_a_key_is_refused(tmp_path, lost):
    path = tmp_path / "keys.txt"
    write_ring(path, new_ring())
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith(lost)))
    with pytest.raises(ValueError, match="ring"):
        read_ring(path)


def test_a_damaged_ring_is_refused(tmp_path):
    path = tmp_path / "keys.txt"
    path.write_text("k1\n")
    with pytest.raises(ValueError, match="ring"):
        read_ring(path)


def test_a_new_key_is_current_from_then_on_and_the_old_one_stays():
    ring = new_ring()
    rotated = ring.with_new_key()
    assert (ring.current.id, rotated.current.id) == ("k1", "k2")
    assert rotated.key("k1") == ring.current
    assert rotated.with_new_key().without({"k1"}).with_new_key().current.id == "k4"


@pytest.mark.parametrize("needed", ["k2", "index", "journal", "seal"])
def test_a_key_in_use_is_not_destroyed(needed):
    with pytest.raises(Conflict):
        new_ring().with_new_key().without({needed})


def test_a_process_that_runs_notices_a_rotation_at_once(own_ring):
    before = the_ring()
    write_ring(own_ring, before.with_new_key())
    assert the_ring().current.id == "k2"


def test_each_account_has_one_key_of_its_own(session, person):
    other = make_account(session).id
    assert key_for(session, person) == key_for(session, person)
    assert key_for(session, person).secret != key_for(session, other).secret


def test_a_value_of_one_person_does_not_open_as_anothers(session, person):
    other = make_account(session).id
    sealed = seal_for(session, person, "Ayesha", place_of(person))
    key_for(session, other)
    with pytest.raises(DoesNotOpen):
        unseal_for(session, other, sealed, place_of(person))


def test_a_wrapped_key_that_is_moved_to_another_person_does_not_open(session, person):
    other = make_account(session).id
    key_for(session, person)
    key_for(session, other)
    wrapped = session.scalar(select(PersonKey.wrapped).where(PersonKey.account_id == person))
    session.execute(update(PersonKey).where(PersonKey.account_id == other).values(wrapped=wrapped))
    with pytest.raises(DoesNotOpen):
        key_for(session, other)


def test_after_a_rotation_everything_opens_and_the_old_key_is_needed_no_more(session, own_ring):
    people = [make_account(session).id for _ in range(7)]
    sealed = {one: seal_for(session, one, f"name of {one}", place_of(one)) for one in people}
    write_ring(own_ring, the_ring().with_new_key())
    assert unneeded(session, the_ring()) == set()
    done = [rewrap(session, the_ring(), at_most=3) for _ in range(4)]
    assert done == [3, 3, 1, 0]
    assert unneeded(session, the_ring()) == {"k1"}
    write_ring(own_ring, the_ring().without({"k1"}))
    for one in people:
        assert unseal_for(session, one, sealed[one], place_of(one)) == f"name of {one}"


def test_while_a_rotation_is_stopped_half_way_everything_opens(session, own_ring):
    people = [make_account(session).id for _ in range(4)]
    sealed = {one: seal_for(session, one, "Ayesha", place_of(one)) for one in people}
    write_ring(own_ring, the_ring().with_new_key())
    rewrap(session, the_ring(), at_most=2)
    assert {unseal_for(session, one, sealed[one], place_of(one)) for one in people} == {"Ayesha"}
    assert set(session.scalars(select(PersonKey.key_id))) == {"k1", "k2"}


def test_a_person_of_a_destroyed_ring_key_cannot_be_read(session, own_ring, person):
    sealed = seal_for(session, person, "Ayesha", place_of(person))
    write_ring(own_ring, the_ring().with_new_key().without({"k1"}))
    with pytest.raises(DoesNotOpen):
        unseal_for(session, person, sealed, place_of(person))


def test_a_destroyed_key_opens_nothing_even_when_a_new_one_is_made(session, person):
    sealed = seal_for(session, person, "Ayesha", place_of(person))
    destroy_key(session, person)
    with pytest.raises(DoesNotOpen):
        unseal_for(session, person, sealed, place_of(person))


def test_the_key_goes_with_the_account(session, person):
    from talent.accounts.models import Account

    key_for(session, person)
    session.execute(delete(Account).where(Account.id == person))
    assert session.scalar(select(PersonKey).where(PersonKey.account_id == person)) is None


def test_a_wrapped_key_hides_the_key():
    ring: KeyRing = new_ring()
    wrapped = person_keys.wrap(ring, uuid4(), b"s" * 32)["wrapped"]
    assert "s" * 10 not in wrapped
    assert "c3Nzc3Nz" not in wrapped
