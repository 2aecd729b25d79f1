"""Pairs that were stored with whole words say the same after the schema was changed."""

import json
from uuid import UUID, uuid4

import psycopg
import pytest
from alembic import command

from talent.matching.inputs import as_json
from talent.matching.reasons import GivenWish, unpacked
from talent.matching.requirements import Verdict
from talent.matching.wishes import Granted
from talent.registry import alembic_config
from tests.factories.matching import concept, make_candidate

VACANCY, PROFILE, OTHER = (UUID(int=number) for number in (1, 2, 3))
MAG, RICE = (str(concept(name)) for name in ("MAG welding", "cooking rice"))
PARTS = {"must_skills": 20.5, "occupation": 30, "experience": 0, "nice_skills": 7.25, "text": 0.01}
WISHES = {"pay": [12.5, 25, "partly"], "work": [75, 75, "met"]}
SKILLS = [[MAG, MAG, 1.0], [RICE, None, 0.0], [RICE, MAG, 0.75]]
FINDINGS = [{"kind": "place", "which": "DE", "least": None, "verdict": 2, "held": None}]
SAME = {"run_id": UUID(int=4), "organisation_id": UUID(int=5), "account_id": UUID(int=6), "weights_version": "w"}
SAME |= {"score": 57.76, "missing": 0, "tie": 1, "wished": 87.5, "mutual": 69.59, "vacancy_input": "v"}


@pytest.fixture
def before(server, migrated, testrun_uid, worker_id):
    """A database as the release before left it, without the guards of its rows."""
    name = f"former_{testrun_uid[:16]}_{worker_id}"
    address = server.ensure(name, template=migrated)
    command.downgrade(alembic_config(address), "0040")
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("select set_config('app.role', 'operator', false)")
        yield address, connection
    server.drop(name)


def add(connection, table, row):
    values = {name: json.dumps(value) if isinstance(value, (dict, list)) else value for name, value in row.items()}
    names = ", ".join(values)
    connection.execute(f"insert into {table} ({names}) values ({', '.join(f'%({one})s' for one in values)})", values)


def test_what_was_stored_of_a_pair_is_packed(before):
    address, connection = before
    view = as_json(make_candidate(skills=("food hygiene", "MAG welding")))
    seen = {"input_hash": "p", "subject_kind": "profile", "subject_id": PROFILE, "view": view, "vector": "[1]"}
    add(connection, "match_input", seen | {"at": "2026-11-20"})
    why = {"parts": PARTS, "wishes": WISHES, "skills": SKILLS, "findings": FINDINGS}
    add(connection, "suggestion", {"vacancy_id": VACANCY, "profile_id": PROFILE, "profile_input": "p", **why, **SAME})
    nothing = {"parts": {}, "wishes": {}, "skills": [], "findings": []}
    add(connection, "suggestion", {"vacancy_id": VACANCY, "profile_id": OTHER, "profile_input": "?", **nothing, **SAME})
    command.upgrade(alembic_config(address), "head")
    packed = dict(connection.execute("select profile_id, reasons from suggestion").fetchall())
    reasons = unpacked(packed[PROFILE])
    assert reasons.parts == pytest.approx(PARTS)
    assert reasons.wishes == {
        "work": GivenWish(75.0, 75.0, Granted.MET),
        "pay": GivenWish(12.5, 25.0, Granted.PARTLY),
    }
    assert reasons.covered == ((1, 1.0), (None, 0.0), (1, 0.75))
    assert reasons.verdicts == (Verdict.MET,)
    assert unpacked(packed[OTHER]).wishes == {}
    assert unpacked(packed[OTHER]).covered == ()


def test_the_number_of_a_pair_without_its_input_is_kept_and_no_skill_is_named(before):
    address, connection = before
    why = {"parts": PARTS, "wishes": {}, "skills": SKILLS, "findings": []}
    add(connection, "suggestion", {"vacancy_id": uuid4(), "profile_id": OTHER, "profile_input": "?", **why, **SAME})
    command.upgrade(alembic_config(address), "head")
    (packed,) = connection.execute("select reasons from suggestion").fetchone()
    assert unpacked(packed).covered == ((None, 0.0),) * 3
