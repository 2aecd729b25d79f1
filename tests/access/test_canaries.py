"""Each side's texts are marked: nobody of one side ever reads a mark of the other, whatever is asked, and however."""

import sys

import pytest
from sqlalchemy import select, text

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.row_context import NOBODY, context_of, enter
from talent.matching.models import Introduction
from talent.profiles.models import PersonIdentity
from talent.row_security import ALL_RULES
from tests.access.asking import ASKED, PRINCIPALS, RELATIONS
from tests.access.checks import hidden_alike, wrong
from tests.access.filters import FILTERS
from tests.access.marks import MARK, foreign
from tests.access.sides import mark
from tests.access.verdicts import read_verdicts
from tests.access.world import marked_columns, rows_of
from tests.proving import WHOLE

UNFILTERED = {name: select(model) for name, (_, model) in FILTERS.items()}
UNFILTERED["revealed_identities"] = select(PersonIdentity).join(
    Introduction, Introduction.profile_id == PersonIdentity.profile_id
)
CRAWLED = RELATIONS if WHOLE else ("own", "same_organisation", "no_consent")
"""Every request of these tests is searched for marks; the other relations are asked by the matrix."""
UNFILTERED_FOR = PRINCIPALS if WHOLE else ("candidate", "agency_officer", "institute_officer", "project_staff")
UNGUARDED_FOR = PRINCIPALS if WHOLE else ("candidate", "agency_officer", "institute_officer")
READS = [one for one in read_verdicts() if one.method == "GET"]


def crawl(asking, principal, relations=CRAWLED):
    """How many pages and files this kind of principal was answered, at every address and about everything."""
    asked = 0
    for one in READS:
        for relation in [known for known in relations if asking.has(one.path, principal, known)]:
            cell = asking.ask("GET", one.path, principal, relation)
            assert cell.status < 500, (one.path, relation)
            asked += 1
    return asked


def test_every_free_text_of_both_sides_is_marked(world):
    for side in world.sides.values():
        for table, where in rows_of(side).items():
            for column in marked_columns(table):
                rows = world.session.scalars(text(f"select {column} from {table} where {where}")).all()
                assert rows, f"{table} holds nothing of side {side.letter}"
                if table not in {"case_event", "review_request"}:  # marked where they are written
                    assert any(mark(side.letter, table, column) in (row or "") for row in rows), (table, column)


def test_the_alarm_rings(asking):
    """An officer reads their own side's marks, so the crawl sees what is on a page."""
    whole = asking.asked_anew("GET", "/vacancies/{vacancy_id}", "agency_officer").body
    assert MARK.findall(whole)
    assert foreign("candidate", "KanarieBidentityfullname")
    assert foreign("project_staff", "KanarieAidentityfullname")


@pytest.mark.parametrize("principal", ASKED)
def test_no_page_shows_a_mark_of_the_other_side(asking, principal):
    assert crawl(asking, principal) >= len(READS)


@pytest.mark.parametrize("principal", UNFILTERED_FOR)
def test_no_page_shows_one_when_every_filter_of_the_application_is_gone(asking, principal, forgetful, monkeypatch):
    """Row-level security alone: each ``visible_…`` query selects everything."""
    gone = 0
    for module in [module for name, module in sys.modules.items() if name.startswith(("talent.", "web."))]:
        for name, query in UNFILTERED.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, lambda _actor, query=query: query)
                gone += 1
    assert gone > len(UNFILTERED)
    assert crawl(asking, principal, ("own", "other_organisation", "no_consent")) >= len(READS)


@pytest.mark.parametrize("principal", UNGUARDED_FOR)
@pytest.mark.usefixtures("without_row_security")
def test_no_page_shows_one_when_row_security_is_gone(asking, principal):
    """The application's filters alone: the database shows everybody every row."""
    rows = [one for one in read_verdicts() if one.lets_in(principal)]
    assert wrong(hidden_alike, asking, rows, [principal]) == []
    assert crawl(asking, principal, ("own", "no_consent")) >= len(READS)


def seen_by(world, context):
    """Every row of every protected table, as text, that this context sees; by table."""
    before = context_of(world.session)
    enter(world.session, context)
    try:
        return {
            table: "\n".join(world.session.scalars(text(f"select t::text from {table} t")).all()) for table in ALL_RULES
        }
    finally:
        enter(world.session, before)


def test_whoever_works_for_nobody_sees_no_row_of_any_table(world):
    assert {table: rows for table, rows in seen_by(world, NOBODY).items() if rows} == {}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_the_database_alone_shows_no_row_of_the_other_side(world, role):
    actor = world.actor(role)
    rows = seen_by(world, actor.rows)
    assert {table: found for table, words in rows.items() if (found := foreign(role.value, words))} == {}


def test_the_database_alone_hides_the_name_of_whoever_said_nothing(world):
    side = world.sides["A"]
    shown = seen_by(world, side.officer.rows)["identity"]
    assert str(side.ids["profile_id"]) in shown
    assert str(side.unshared["agency_officer"]["profile_id"]) not in shown


def test_a_candidate_sees_no_other_candidate(world):
    side = world.sides["A"]
    rows = seen_by(world, side.candidate.rows)
    assert [table for table, words in rows.items() if str(side.silent.id) in words] == []
    assert [table for table, words in rows.items() if str(side.unshared["agency_officer"]["profile_id"]) in words] == []


def test_the_protectorate_sees_the_files_of_pakistans_own_steps_alone(world):
    protectorate = world.actor(Role.PROTECTORATE_OFFICER)
    papers = text("select document_id::text from placement_proof where way_id = 'pk_exit'")
    of_itself = text("select document_id::text from organisation_evidence where organisation_id = :own")
    may = set(world.session.scalars(papers))
    assert may
    may |= set(world.session.scalars(of_itself, {"own": protectorate.organisation_id}))
    shown = seen_by(world, protectorate.rows)["stored_file"]
    assert {row.split(",")[0].strip("(") for row in shown.splitlines()} == may


def test_an_employer_sees_the_documents_that_its_own_office_brought_alone(world):
    rows = seen_by(world, world.actor(Role.EMPLOYER).rows)["placement_proof"]
    assert [row.split(",")[0].strip("(") for row in rows.splitlines()] == [
        str(world.sides["A"].known["employer"]["proof_id"])
    ]


def test_matching_sees_no_name(world):
    from talent.foundation.row_context import SystemContext, of_system

    rows = seen_by(world, of_system(SystemContext.WORKER))
    assert not rows["identity"]
    assert rows["profile"]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("vacancy", "title = 'mine'"),
        ("profile", "about = 'mine'"),
        ("introduction", "state = 'accepted'"),
        ("identity", "full_name_sealed = 'mine'"),
        ("account", "name = 'mine'"),
    ],
)
def test_the_database_alone_lets_nobody_change_a_row_of_the_other_side(world, table, change):
    a, b = world.sides["A"], world.sides["B"]
    before = context_of(world.session)
    for actor in (a.officer, a.candidate):
        with world.session.begin_nested() as undone:
            enter(world.session, actor.rows)
            where = {"identity": f"profile_id = '{b.ids['profile_id']}'"}.get(table) or rows_of(b).get(
                table, f"organisation_id = '{b.officer.organisation_id}'"
            )
            changed = world.session.execute(text(f"update {table} set {change} where {where}"))
            assert changed.rowcount == 0
            undone.rollback()
        enter(world.session, before)


def test_a_row_cannot_be_written_in_the_name_of_another_organisation(world):
    a, b = world.sides["A"], world.sides["B"]
    given = {"organisation": b.officer.organisation_id, "vacancy": a.vacancy.id}
    given_away = text("update vacancy set organisation_id = :organisation where id = :vacancy")
    before = context_of(world.session)
    with world.session.begin_nested() as undone:
        enter(world.session, a.officer.rows)
        with pytest.raises(Exception, match="row-level security"):
            world.session.execute(given_away, given)
        undone.rollback()
    enter(world.session, before)


def test_signing_in_finds_accounts_and_nothing_of_theirs(world):
    from talent.foundation.row_context import SystemContext, of_system

    rows = seen_by(world, of_system(SystemContext.SIGN_IN))
    assert rows["account"]
    assert not rows["profile"]
    assert not rows["vacancy"]
    assert not rows["identity"]
    assert world.session.scalar(select(Account.id).limit(1))
