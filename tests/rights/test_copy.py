"""A person's copy holds everything about that person, readable, and nothing about anybody else."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.column_classes import CLASSES, P2, P3
from talent.column_secrets import HASHED
from talent.foundation.audit import AuditEntry
from talent.foundation.errors import NotPermitted
from talent.registry import METADATA
from talent.subject_rights import OTHERS, about, copy_of_everything, person_of, safe_name

NOT_ABOUT_CANDIDATES = {
    "error_report": "what readers without an account say about a public page",
    "organisation_key": "the wrapped key of an institute; it tells nothing about anybody",
    "invitation": "staff are invited, candidates register themselves",
    "sign_in_failure": "prints of logins, for one day",
    "failure_streak": "prints of logins",
    "organisation_application": "whoever speaks for an organisation that is not here yet",
    "identity_provider": "how staff of an agency sign in",
    "provider_errand": "one sign-in of staff, for minutes",
    "assessment": "names the assessor, who works for the institute",
    "cohort": "names instructors, who work for the institute",
    "integrity_finding": "about a cohort; its facts are not reached by an erasure",
    "register_file": "the file of an institute; an erasure does not reach into it",
    "seat_hold": "a place of a book: the state of the placement says the same, and an erasure leaves it nobody's",
    "training_concern": "words about a day of a cohort, without its writer",
}


def contents(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def copied(session, settings, person, neighbour):
    return contents(copy_of_everything(session, person.actor, settings.var_dir))


def test_every_marker_that_is_theirs_stands_in_the_copy(copied, person):
    everything = b"".join(copied.values()).decode() + " ".join(copied)
    not_there = {marker for marker in person.markers if marker not in everything}
    assert not_there == letter_markers(person) | {person.name_at_home}, "what a file was called at home is kept nowhere"


def letter_markers(person):
    """Subject and body of a letter that still waits to be sent: it goes to the person anyway."""
    return set(person.markers[-2:])


def test_no_word_of_anybody_else_stands_in_it(copied, neighbour):
    everything = b"".join(copied.values()).decode() + " ".join(copied)
    assert [marker for marker in neighbour.markers if marker in everything] == []


def test_names_are_readable_in_the_copy(copied, person):
    identity = json.loads(copied["data.json"])["identity"][0]
    assert identity["full_name_sealed"] in person.markers
    assert identity["phone_sealed"] in person.markers


def test_the_files_are_in_it_byte_for_byte(copied, person):
    (name,) = [name for name in copied if name.startswith("files/")]
    assert copied[name].startswith(b"My CV. mk")


def test_no_print_key_vector_or_other_person_is_in_it(copied):
    data = json.loads(copied["data.json"])
    names = {f"{table}.{name}" for table, rows in data.items() for row in rows for name in row}
    assert names & set(HASHED) == set()
    assert {name for name in names if name.split(".")[1] in OTHERS} == set()


def test_taking_a_copy_is_written_down(copied, session, person):
    assert (
        session.scalars(select(AuditEntry).where(AuditEntry.action == "account.copy")).one().actor_id
        == person.account.id
    )


def test_only_a_candidate_takes_one(session, settings, person):
    with pytest.raises(NotPermitted):
        copy_of_everything(session, Actor(person.account.id, Role.PROJECT_STAFF), settings.var_dir)


@pytest.mark.parametrize("table", sorted(CLASSES))
def test_every_table_that_says_something_about_a_candidate_is_found(session, person, table):
    personal = {P2, P3} & set(CLASSES[table])
    reached = about(METADATA.tables[table], person_of(session, person.account.id)) is not None
    assert reached or not personal or table in NOT_ABOUT_CANDIDATES


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("CV.pdf", "CV.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("", "file"),
        ("...", "file"),
        ("سی وی.pdf", "سی وی.pdf"),
        ("a\\b:c|d.docx", "a_b_c_d.docx"),
    ],
)
def test_a_name_inside_the_archive_is_safe_everywhere(name, safe):
    assert safe_name(name) == safe
