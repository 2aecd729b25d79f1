"""Names, phones and addresses in institutes' lists: unreadable in the database, found by print, opened row by row."""

import pytest
from sqlalchemy import select, text

from talent.foundation.crypto import DoesNotOpen
from talent.foundation.person_keys import OrganisationKey, key_of_organisation, rewrap, unneeded
from talent.training import register, seats
from talent.training.cards import Card, opened
from talent.training.models import RegisterFile, Trainee
from talent.training.register import RegisterKind
from tests.factories.training import KEYS, a_person, make_cohort

PERSON = a_person(7, email="aslam.seven@example.org")
TOLD = (PERSON.full_name, "+923010000007", PERSON.email)


def everything_in(session, table):
    return str(session.execute(text(f"select * from {table}")).all())


@pytest.fixture
def trainee(session, institute, cohort):
    seats.enrol(session, institute, cohort.id, PERSON, keys=KEYS)
    return session.scalars(select(Trainee)).one()


def test_a_card_opens_whole_and_none_of_it_stands_in_the_database(session, trainee):
    assert opened(session, [trainee])[trainee.id] == Card(*TOLD)
    written = everything_in(session, "trainee").casefold()
    assert [one for one in (*TOLD, "aslam", "3010000007") if one.casefold() in written] == []


def test_a_card_that_is_moved_to_another_row_or_institute_does_not_open(session, institute, other_institute, trainee):
    seats.enrol(session, institute, make_cohort(session, institute).id, a_person(8), keys=KEYS)
    seats.enrol(session, other_institute, make_cohort(session, other_institute).id, a_person(9), keys=KEYS)
    others = session.scalars(select(Trainee).where(Trainee.id != trainee.id)).all()
    assert len(others) == 2
    for other in others:
        other.card_sealed = trainee.card_sealed
        with pytest.raises(DoesNotOpen):
            opened(session, [other])


def test_a_card_does_not_print_itself():
    assert PERSON.full_name not in repr(Card(*TOLD))


def test_prints_find_the_same_phone_and_address_and_nothing_empty(session, trainee):
    assert trainee.phone_key == KEYS.of_phone(TOLD[1])
    assert trainee.email_key == KEYS.of_email(TOLD[2].upper())
    assert KEYS.of_phone(TOLD[1]) not in {KEYS.of_phone("+923010000008"), KEYS.of_email(TOLD[1]), ""}
    assert (KEYS.of_phone(""), KEYS.of_email("")) == ("", "")


def test_rows_that_were_refused_are_sealed_with_the_file_and_open_for_the_institute(session, institute, tmp_path):
    content = "cohort,name,cnic,phone\nNOWHERE,Zainab Malik,,0301 7654321\n"
    brought = register.upload(
        session, institute, RegisterKind.PEOPLE, content.encode(), original_name="a.csv", var_dir=tmp_path, keys=KEYS
    )
    ((number, name, problems),) = register.refused_rows(session, brought)
    assert (number, name, problems[0][0]) == (2, "Zainab Malik", "cohort")
    assert "Zainab" not in everything_in(session, RegisterFile.__tablename__)


def test_an_institutes_key_is_wrapped_anew_with_the_ring_and_needed_until_then(session, trainee, institute):
    from talent.foundation.keyring import the_ring

    before = key_of_organisation(session, institute.organisation_id)
    newer = the_ring().with_new_key()
    while rewrap(session, newer, at_most=500):
        pass
    row = session.get_one(OrganisationKey, institute.organisation_id)
    assert (row.key_id, unneeded(session, newer)) == (newer.current.id, {one.id for one in newer.wrapping[:-1]})
    assert before.secret not in row.wrapped.encode()
