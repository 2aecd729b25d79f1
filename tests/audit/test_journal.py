"""What the journal holds, that it cannot be changed, and that every change writes itself down."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry, AuditHead, Deed, acting, canonical, record, write
from talent.foundation.audit_changes import NOT_WRITTEN_DOWN
from talent.foundation.database import make_engine
from talent.profiles.models import Profile
from talent.registry import METADATA, migrate
from tests.factories.corridor import make_account, make_agency

OFFICER = Actor(UUID(int=7), Role.AGENCY_OFFICER, organisation_id=UUID(int=8))
LOOK = Deed("identity.read", "identity", "x", UUID(int=9), ("phone", "full_name"), "interview")


def last(session):
    return session.scalars(select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.position.desc())).first()


def test_an_entry_says_who_what_whose_and_why(session):
    record(session, OFFICER, LOOK)
    entry = last(session)
    assert (entry.actor_id, entry.actor_role, entry.organisation_id) == (OFFICER.id, "agency_officer", UUID(int=8))
    assert (entry.action, entry.subject_id, entry.reason) == ("identity.read", UUID(int=9), "interview")
    assert entry.fields == ["full_name", "phone"]


def test_the_spelling_of_an_entry_never_changes(session):
    record(session, OFFICER, LOOK)
    entry = last(session)
    row = {column.name: getattr(entry, column.name) for column in AuditEntry.__table__.columns}
    said = json.loads(canonical(row))
    assert list(said) == sorted(said)
    assert said["at"].endswith("+00:00")
    assert said["fields"] == ["full_name", "phone"]
    assert "mark" not in said


def test_entries_follow_each_other_without_a_gap(journal):
    journal.writes(5)
    (chain,) = set(journal.session.scalars(select(AuditEntry.chain)))
    assert list(journal.session.scalars(select(AuditEntry.position).order_by(AuditEntry.position))) == [1, 2, 3, 4, 5]
    head = journal.session.get_one(AuditHead, chain)
    assert head.position == 5


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set reason = ''",
        "update audit_entry set actor_id = gen_random_uuid()",
        "delete from audit_entry",
        "truncate audit_entry",
        "truncate audit_entry cascade",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(journal, statement):
    journal.writes(1)
    with pytest.raises(ProgrammingError, match="append-only"):
        journal.session.execute(text(statement))


def test_an_entry_goes_with_its_transaction(session):
    with session.begin_nested() as inner:
        record(session, OFFICER, LOOK)
        inner.rollback()
    assert last(session) is None


def test_a_change_writes_itself_down_in_the_name_of_whoever_is_signed_in(session):
    account = make_account(session)
    acting(session, OFFICER)
    account.language = "ur"
    session.flush()
    entry = last(session)
    assert (entry.action, entry.actor_id, entry.subject_id) == ("account.change", OFFICER.id, account.id)
    assert entry.fields == ["language"]


def test_the_journal_names_columns_and_never_their_content(session):
    account = make_account(session, login="canary@example.org")
    account.name = "Canary Name"
    session.flush()
    for entry in session.scalars(select(AuditEntry)):
        assert (
            "anary"
            not in canonical(
                {column.name: getattr(entry, column.name) for column in AuditEntry.__table__.columns}
            ).decode()
        )


@pytest.mark.parametrize("statement", [update(Account).values(language="ur"), delete(Account)])
def test_a_change_of_many_rows_at_once_writes_itself_down(session, statement):
    make_account(session)
    session.execute(statement)
    assert last(session).action in {"account.change", "account.remove"}
    assert last(session).thing_id == "several"


def test_a_row_that_is_added_and_removed_is_two_entries(session):
    agency = make_agency(session)
    session.delete(agency)
    session.flush()
    actions = set(session.scalars(select(AuditEntry.action).where(AuditEntry.thing_id == str(agency.id))))
    assert actions == {"organisation.add", "organisation.remove"}


def test_reading_writes_nothing_down_by_itself(session):
    session.scalars(select(Profile)).all()
    assert last(session) is None


def test_every_table_is_written_down_or_left_out_for_a_reason():
    assert set(NOT_WRITTEN_DOWN) <= set(METADATA.tables)
    assert all(len(reason) > 10 for reason in NOT_WRITTEN_DOWN.values())
    assert {"account", "profile", "identity", "introduction", "consent", "stored_file"}.isdisjoint(NOT_WRITTEN_DOWN)


@pytest.fixture
def own_engine(server):
    """A migrated database of this test alone, because its writers commit."""
    name = f"journal_{uuid4().hex[:16]}"
    url = server.ensure(name)
    migrate(url)
    made = make_engine(url)
    yield made
    made.dispose()
    server.drop(name)


def test_writers_at_once_never_share_a_position(own_engine):
    engine = own_engine

    def writes(number):
        with Session(engine) as own, own.begin():
            for _ in range(5):
                write(own, [Deed("test.write", "test", str(number))])

    before = chains_of(engine)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writes, range(40)))
    after = chains_of(engine)
    assert sum(after.values()) - sum(before.values()) == 200
    with Session(engine) as own:
        for chain, position in after.items():
            count = own.scalar(text("select count(*) from audit_entry where chain = :chain"), {"chain": chain})
            assert count == position


def chains_of(engine):
    with Session(engine) as own:
        return dict(own.execute(select(AuditHead.chain, AuditHead.position)).all())
