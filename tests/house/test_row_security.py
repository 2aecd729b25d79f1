"""Every table says which rows exist for whom, and the database holds exactly these rules."""

import pytest
from sqlalchemy import create_engine, text

from talent.accounts.permissions import Role
from talent.foundation.errors import TalentError
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import APPLICATION_ROLE, EVERYTHING, fingerprint, policies
from talent.registry import METADATA
from talent.row_guard import open_tables, refuse_open_rows
from talent.row_security import ALL_RULES, OPEN_TABLES, RULES

CONTEXTS = {role.value for role in Role if role is not Role.SYSTEM} | {context.value for context in SystemContext}
DECLARED = {
    (table, name): fingerprint(statement)
    for table, rules in ALL_RULES.items()
    for name, statement in policies(table, rules).items()
}


def test_every_table_has_rules_or_a_reason_to_be_open():
    assert set(RULES) ^ set(OPEN_TABLES) == set(METADATA.tables)
    assert all(OPEN_TABLES.values())


@pytest.mark.parametrize("table", RULES)
def test_every_rule_names_contexts_that_exist_and_allows_something(table):
    for rule in RULES[table]:
        assert set(rule.to) <= CONTEXTS
        assert rule.to
        assert rule.may
        assert set(rule.may) <= set(EVERYTHING)


@pytest.mark.parametrize("table", RULES)
def test_whoever_runs_the_service_holds_every_row(table):
    assert any(rule.to == ("operator",) and rule.where == "true" for rule in ALL_RULES[table])


def test_no_role_of_a_person_sees_every_candidate_or_identity():
    people = {role.value for role in Role}
    for table in ("profile", "identity", "suggestion", "qualification", "work_period", "cv_fact", "stored_file"):
        assert not [rule for rule in RULES[table] if rule.where == "true" and people & set(rule.to)], table


def test_matching_never_reads_who_somebody_is():
    for table in ("identity", "account", "cv_fact", "stored_file"):
        assert not [rule for rule in RULES[table] if SystemContext.WORKER.value in rule.to], table


def test_the_database_holds_exactly_the_declared_rules(session):
    found = session.execute(
        text(
            "select c.relname, p.polname, d.description from pg_policy p join pg_class c on c.oid = p.polrelid"
            " left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_policy'::regclass"
        )
    )
    assert {(table, name): mark for table, name, mark in found} == DECLARED, "see talent/row_security.py"


def test_row_security_binds_even_the_owner_of_every_protected_table(session):
    bound = text("select relname from pg_class where relrowsecurity and relforcerowsecurity")
    assert set(session.scalars(bound)) == set(ALL_RULES)


def test_the_role_of_the_service_owns_nothing_and_bypasses_nothing(session):
    assert session.scalar(text("select current_user")) == APPLICATION_ROLE
    powers = "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication from pg_roles"
    assert session.scalar(text(f"{powers} where rolname = current_user")) is False
    owned = "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
    assert session.scalar(text(owned)) == 0


@pytest.mark.parametrize("statement", ["create table mine (id int)", "drop table account", "truncate account"])
def test_the_role_of_the_service_makes_and_drops_no_table(session, statement):
    with pytest.raises(Exception, match=r"permission denied|must be owner"), session.begin_nested():
        session.execute(text(statement))


@pytest.mark.parametrize("statement", ["update case_event set note = ''", "delete from case_event"])
def test_a_journal_is_only_ever_added_to(session, statement):
    with pytest.raises(Exception, match="permission denied"), session.begin_nested():
        session.execute(text(statement))


def test_the_role_of_the_service_starts(engine):
    with engine.connect() as connection:
        assert open_tables(connection) == []
    refuse_open_rows(engine)


def test_a_connection_that_row_security_does_not_bind_does_not_start(owner_database):
    owner = create_engine(owner_database.replace("postgresql://", "postgresql+psycopg://"))
    with pytest.raises(TalentError, match="talent_app"):
        refuse_open_rows(owner)
    owner.dispose()
