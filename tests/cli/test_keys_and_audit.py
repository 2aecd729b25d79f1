"""``talent keys`` and ``talent audit`` on an installation of its own."""

import pytest
from sqlalchemy import text

from talent.foundation import keyring
from talent.foundation.audit import Deed, write
from talent.foundation.keyring import read_ring
from talent.foundation.person_keys import key_for
from tests.factories.corridor import make_account


@pytest.fixture(autouse=True)
def own_ring(environment, monkeypatch):
    path = environment / "ring" / "keys.txt"
    monkeypatch.setenv("TALENT_KEYS_FILE", str(path))
    monkeypatch.setattr(keyring, "_path", lambda: path)
    return path


def test_keys_rotate_and_the_old_one_is_destroyed_on_demand(talent, rows, own_ring):
    people = [make_account(rows).id for _ in range(3)]
    before = [key_for(rows, person) for person in people]
    rows.commit()
    done = talent("keys", "rotate")
    assert done.exit_code == 0, done.output
    assert "k2" in done.output
    assert "3 persons' keys" in done.output
    assert talent("keys", "retire").output.startswith("Destroyed: k1")
    assert [key.id for key in read_ring(own_ring).wrapping] == ["k2"]
    rows.expire_all()
    assert [key_for(rows, person) for person in people] == before


def test_a_rotation_that_was_stopped_goes_on_with_its_own_key(talent, rows, own_ring):
    key_for(rows, make_account(rows).id)
    rows.commit()
    keyring.write_ring(own_ring, read_ring(own_ring).with_new_key())  # stopped before anything was wrapped anew
    assert "1 persons' keys" in talent("keys", "rotate").output
    assert [key.id for key in read_ring(own_ring).wrapping] == ["k1", "k2"]


def test_a_key_that_is_needed_is_not_destroyed(talent, rows, own_ring):
    key_for(rows, make_account(rows).id)
    rows.commit()
    keyring.write_ring(own_ring, read_ring(own_ring).with_new_key())
    assert "Destroyed: none" in talent("keys", "retire").output


def test_the_journal_is_proved_and_a_tampering_named(talent, rows):
    write(rows, [Deed("test.write", "test", str(number)) for number in range(3)])
    chain = rows.scalar(text("select chain from audit_entry limit 1"))
    rows.commit()
    assert "Signed." in talent("audit", "checkpoint").output
    whole = talent("audit", "verify")
    assert (whole.exit_code, whole.output.strip()) == (0, "The journal is whole: 3 entries, 1 checkpoints.")
    rows.execute(text("alter table audit_entry disable trigger all"))
    rows.execute(text("update audit_entry set reason = 'x' where position = 2"))
    rows.commit()
    broken = talent("audit", "verify")
    assert broken.exit_code == 1
    assert f"chain {chain}, position 2" in broken.output
