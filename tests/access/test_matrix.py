"""Every address × every kind of principal × everything it can be about: the verdicts are the reviewed table's."""

import pytest

from tests.access.asking import ASKED, NOT_IN, PRINCIPALS
from tests.access.checks import (
    OPENS_NOTHING,
    OWNERS,
    changed_by_reading,
    changed_while_suspended,
    hidden_alike,
    is_owned,
    not_written_down,
    overseen,
    reached,
    refused_alike,
    shared_with_colleagues,
    taken_without_token,
    wrong,
)
from tests.access.verdicts import PEOPLE, present, read_verdicts

VERDICTS = read_verdicts()
NEEDS_IDS = [one for one in VERDICTS if "_id" in one.path]


def test_the_reviewed_table_lists_exactly_the_addresses_and_roles_of_the_application():
    assert {(one.method, one.path): one.roles for one in VERDICTS} == present(), "see tests/access/verdicts.py"


def test_fifteen_kinds_of_principal_are_asked():
    assert len(PRINCIPALS) == 15
    assert set(PEOPLE) | set(NOT_IN) == set(PRINCIPALS)


def test_whoever_passes_a_policy_has_something_of_their_own_there_or_sees_everybodys():
    nobodys = [
        (one.method, one.path, principal)
        for one in NEEDS_IDS
        for principal in sorted(one.roles & set(PEOPLE))
        if not is_owned(one, principal) and (principal, one.path) not in OPENS_NOTHING
    ]
    assert nobodys == []


@pytest.mark.parametrize("principal", ASKED)
def test_who_may_not_is_refused_in_the_same_words_whatever_it_is_about(asking, principal):
    assert wrong(refused_alike, asking, VERDICTS, [principal]) == []


@pytest.mark.parametrize("principal", ASKED)
def test_whoever_may_reaches_their_own(asking, principal):
    assert wrong(reached, asking, VERDICTS, [principal]) == []


@pytest.mark.parametrize("principal", ASKED)
def test_what_is_hidden_and_what_does_not_exist_are_told_apart_by_no_byte(asking, principal):
    assert wrong(hidden_alike, asking, VERDICTS, [principal]) == []


@pytest.mark.parametrize("principal", sorted(OWNERS - {"candidate"}))
def test_whoever_works_for_the_same_organisation_reaches_what_a_colleague_wrote(asking, principal):
    assert any(one.lets_in(principal) and asking.has(one.path, principal, "same_organisation") for one in NEEDS_IDS)
    assert wrong(shared_with_colleagues, asking, VERDICTS, [principal]) == []


@pytest.mark.parametrize("principal", sorted({principal for one in VERDICTS for principal in one.see_all}))
def test_whoever_sees_everybodys_things_sees_both_sides(asking, principal):
    assert wrong(overseen, asking, VERDICTS, [principal]) == []


@pytest.mark.parametrize("principal", ASKED)
def test_reading_changes_nothing(asking, principal):
    """Also when it is read for the first time; the pages of the other side are asked above."""
    assert wrong(changed_by_reading, asking, VERDICTS, [principal]) == []


@pytest.mark.parametrize("principal", ["anonymous", "candidate", "agency_officer", "project_staff"])
def test_an_unsafe_address_takes_no_form_without_a_token_of_this_very_session(asking, principal):
    assert wrong(taken_without_token, asking, VERDICTS, [principal]) == []


def test_people_of_a_suspended_organisation_read_and_change_nothing(asking):
    assert changed_while_suspended(asking, VERDICTS) == []


@pytest.mark.parametrize("principal", ASKED)
def test_each_refusal_is_written_down_once(asking, principal):
    assert wrong(not_written_down, asking, VERDICTS, [principal]) == []
