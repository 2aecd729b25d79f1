"""A paper's number is given by choice, sealed, and finds the same person again – never by telephone alone."""

from datetime import date

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.profiles.identity import Contact, save_contact
from talent.profiles.models import IdentityPaper, NumberKind
from talent.profiles.papers import (
    give_paper,
    normal_number,
    number_print,
    own_paper,
    person_print,
    registered_twice,
    remove_paper,
)
from talent.profiles.states import ProfileState
from tests.factories.corridor import make_account, make_published_profile, make_release

CNIC, PASSPORT = NumberKind.CNIC, NumberKind.PASSPORT
BORN = date(1995, 3, 27)


@pytest.fixture
def people(session):
    """Makes published candidates: ``people(name)`` is an actor."""
    make_release(session)

    def make(name="Ayesha Bibi Khan", phone="+923012345678", **overrides):
        profile = make_published_profile(session, **overrides)
        save_contact(session, profile, Contact(name, phone=phone))
        return Actor(profile.account_id, Role.CANDIDATE)

    return make


def staff(session):
    return Actor(make_account(session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)


def pairs(session):
    return [(twice.by_number, twice.by_name_and_birth) for twice in registered_twice(session, staff(session))]


@pytest.mark.parametrize(
    ("kind", "written", "normal"),
    [
        (CNIC, "35202-1234567-1", "3520212345671"),
        (CNIC, " 35202 1234567 1 ", "3520212345671"),
        (CNIC, "۳۵۲۰۲-۱۲۳۴۵۶۷-۱", "3520212345671"),
        (PASSPORT, "ab 1234567", "AB1234567"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(kind, written, normal):
    assert normal_number(kind, written) == normal


@pytest.mark.parametrize(
    ("kind", "written"),
    [(CNIC, "352021234567"), (CNIC, "35202123456712"), (CNIC, "AB1234567"), (PASSPORT, "AB123"), (PASSPORT, "A" * 10)],
)
def test_a_number_that_cannot_be_one_is_refused(kind, written):
    with pytest.raises(Unprocessable):
        normal_number(kind, written)


def test_number_and_date_are_sealed_and_shown_masked(session, people):
    one = people()
    give_paper(session, one, CNIC, "35202-1234567-1", BORN)
    row = session.scalars(select(IdentityPaper)).one()
    assert "1234567" not in row.number_sealed + row.number_print
    assert BORN.isoformat() not in row.birth_date_sealed + row.person_print
    assert (own_paper(session, one).kind, own_paper(session, one).last) == (CNIC, "5671")


@pytest.mark.parametrize("state", [ProfileState.DRAFT, ProfileState.WITHDRAWN])
def test_it_is_not_asked_before_publishing(session, people, state):
    with pytest.raises(Conflict):
        give_paper(session, people(state=state), CNIC, "35202-1234567-1", BORN)


@pytest.mark.parametrize("born", [date(1899, 12, 31), today()])
def test_a_date_of_birth_lies_in_the_past_and_in_living_memory(session, people, born):
    with pytest.raises(Unprocessable):
        give_paper(session, people(), CNIC, "35202-1234567-1", born)


def test_the_same_number_is_found_whatever_the_names(session, people):
    give_paper(session, people("Ayesha Bibi"), CNIC, "35202-1234567-1", BORN)
    give_paper(session, people("Somebody Else"), CNIC, "3520212345671", date(1990, 1, 1))
    assert pairs(session) == [(True, False)]


@pytest.mark.parametrize("other", ["AYESHA  bibi khan", "Khan Ayesha Bibi", "Ayesha-Bibi Khan"])
def test_the_same_folded_name_and_date_of_birth_are_found(session, people, other):
    give_paper(session, people("Ayesha Bibi Khan"), CNIC, "35202-1234567-1", BORN)
    give_paper(session, people(other), PASSPORT, "AB1234567", BORN)
    assert pairs(session) == [(False, True)]


def test_a_family_that_shares_a_telephone_is_not_one_person(session, people):
    give_paper(session, people("Ayesha Bibi Khan"), CNIC, "35202-1234567-1", BORN)
    give_paper(session, people("Bilal Khan"), CNIC, "35202-7654321-1", date(1993, 1, 1))
    assert pairs(session) == []


def test_the_same_digits_of_another_kind_of_paper_are_another_number():
    assert number_print(CNIC, "123456789") != number_print(PASSPORT, "123456789")


def test_another_date_of_birth_is_another_person():
    assert person_print("Ayesha Khan", BORN) != person_print("Ayesha Khan", date(1995, 3, 28))


def test_it_is_taken_back_at_any_time(session, people):
    one = people()
    give_paper(session, one, CNIC, "35202-1234567-1", BORN)
    remove_paper(session, one)
    assert own_paper(session, one) is None


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.AGENCY_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_project_staff_read_who_seems_to_be_registered_twice(session, role):
    with pytest.raises(NotPermitted):
        registered_twice(session, Actor(make_account(session).id, role))
