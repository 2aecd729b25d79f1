"""Whatever somebody does to the journal behind the service's back is found, at the first bad position."""

import random

import pytest
from sqlalchemy import select, text

from benchmarks.tampering import KINDS, Tamperer
from talent.foundation.audit import AuditEntry
from talent.foundation.audit_chain import checked_lines, checkpoint_path, signing_key
from talent.foundation.crypto import new_secret
from talent.foundation.keyring import new_ring


def test_an_untouched_journal_is_whole(journal):
    journal.writes(10)
    assert journal.signs()
    journal.writes(3)
    assert journal.broken() == []


def test_an_empty_journal_is_whole(journal):
    assert journal.signs()
    assert journal.broken() == []


def test_nothing_new_needs_no_checkpoint(journal):
    journal.writes(1)
    assert [journal.signs(), journal.signs()] == [True, False]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_every_tampering_is_found_at_its_first_position(journal, kind, seed):
    journal.writes(12)
    journal.signs()
    journal.writes(4)
    journal.signs()
    tamperer = Tamperer(journal.session, journal.settings, random.Random(seed))
    assert tamperer.tampers(kind) in journal.broken()


def test_a_tail_cut_after_the_last_checkpoint_is_found_by_its_head(journal):
    journal.writes(5)
    journal.signs()
    journal.writes(5)
    chain = journal.session.scalar(select(AuditEntry.chain).limit(1))
    journal.session.execute(text("alter table audit_entry disable trigger all"))
    journal.session.execute(text("delete from audit_entry where position > 7"))
    assert journal.broken() == [(chain, 8)]


def test_a_chain_written_anew_with_the_right_key_is_found_by_its_checkpoint(journal):
    journal.writes(5)
    journal.signs()
    journal.writes(5)
    journal.signs()
    tamperer = Tamperer(journal.session, journal.settings, random.Random(1))
    chain = tamperer.rewrites_with_the_key(from_position=7)
    assert journal.broken() == [(chain, 6)]


def test_a_journal_under_another_ring_is_not_believed(journal, monkeypatch):
    journal.writes(3)
    ring = new_ring()
    monkeypatch.setattr("talent.foundation.audit.the_ring", lambda: ring)
    assert journal.broken()[0][1] == 1


@pytest.mark.parametrize("change", ["cut", "swap", "edit", "forge"])
def test_a_file_of_checkpoints_that_was_changed_is_not_believed(journal, change):
    for _ in range(4):
        journal.writes(2)
        journal.signs()
    path = checkpoint_path(journal.settings)
    lines = path.read_text().splitlines()
    changed = {
        "cut": [lines[0], *lines[2:]],
        "swap": [lines[0], lines[2], lines[1], lines[3]],
        "edit": [lines[0], lines[1].replace('"at": "2', '"at": "3'), *lines[2:]],
        "forge": [lines[0], lines[1].replace('"signature": "', '"signature": "A'), *lines[2:]],
    }[change]
    path.write_text("\n".join(changed) + "\n")
    assert journal.broken() == [(-1, 2)]


def test_an_outsider_checks_with_the_public_key_alone(journal):
    journal.writes(2)
    journal.signs()
    lines = checkpoint_path(journal.settings).read_text().splitlines()
    good, broken = checked_lines(lines, signing_key().public_key())
    assert (len(good), broken) == (1, [])
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    stranger = Ed25519PrivateKey.from_private_bytes(new_secret()).public_key()
    assert checked_lines(lines, stranger)[0] == []


def test_half_a_line_that_a_crash_left_is_written_over(journal):
    journal.writes(2)
    journal.signs()
    with checkpoint_path(journal.settings).open("a") as stream:
        stream.write('{"at": "2026-')
    journal.writes(2)
    assert journal.signs()
    assert journal.broken() == []
    assert len(checkpoint_path(journal.settings).read_text().splitlines()) == 2
