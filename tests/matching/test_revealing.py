"""A name is opened for a yes that is in force, for a reason, and each time is written down."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now
from talent.foundation.errors import NotFound, NotPermitted
from talent.matching import introductions, revealing, runs, service
from talent.matching.engine import load
from talent.matching.revealing import IDENTITY_READ, RevealReason
from talent.matching.states import IntroductionAction, IntroductionState
from talent.profiles import consent
from talent.profiles.models import Consent, ConsentPurpose
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder


class Place:
    def __init__(self, session):
        make_release(session)
        self.session = session
        self.agency = make_agency(session)
        self.profile = make_published_profile(session)
        self.vacancy = make_published_vacancy(session, self.agency)
        self.second = make_published_vacancy(session, self.agency)
        runs.match_everything(session, load(session, KeywordEncoder()))
        self.candidate = Actor(self.profile.account_id, Role.CANDIDATE, language="ur")
        officer = make_account(session, Role.AGENCY_OFFICER, organisation_id=self.agency.id)
        self.officer = Actor(officer.id, Role.AGENCY_OFFICER, "", self.agency.id)

    def says(self, action, vacancy=None):
        return introductions.answer(self.session, self.candidate, (vacancy or self.vacancy).id, action)

    def reveals(self, actor=None, vacancy=None, reason=RevealReason.PAPERS):
        vacancy = vacancy or self.vacancy
        return revealing.reveal(self.session, actor or self.officer, vacancy.id, self.profile.id, reason)

    def listed(self):
        page = service.shortlist(self.session, self.officer, self.vacancy.id, language="en")[1]
        return [card.profile_id for card in page.rows]

    def looks(self, action):
        return self.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()


@pytest.fixture
def place(session):
    return Place(session)


A = IntroductionAction


def test_a_yes_opens_the_name_for_this_vacancy_alone(place):
    place.says(A.SAY_YES)
    assert place.reveals().full_name == "Ayesha Bibi Khan"
    with pytest.raises(NotFound):
        place.reveals(vacancy=place.second)


def test_each_look_is_written_down_with_its_reason(place):
    place.says(A.SAY_YES)
    place.reveals(reason=RevealReason.INTERVIEW)
    place.reveals(reason=RevealReason.PAPERS)
    looks = place.looks(IDENTITY_READ)
    assert sorted(look.reason for look in looks) == ["interview", "papers"]
    assert {(look.actor_id, look.organisation_id, look.subject_id) for look in looks} == {
        (place.officer.id, place.agency.id, place.candidate.id)
    }
    assert looks[0].fields == ["email", "full_name", "phone"]


def test_a_look_that_was_refused_opens_nothing_and_is_no_look(place):
    with pytest.raises(NotFound):
        place.reveals()
    assert place.looks(IDENTITY_READ) == []


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.INSTITUTE_OFFICER, Role.PROJECT_STAFF, Role.ADMINISTRATOR])
def test_nobody_but_the_agency_opens_a_name(place, role):
    place.says(A.SAY_YES)
    with pytest.raises(NotPermitted):
        place.reveals(Actor(make_account(place.session).id, role))


def test_the_yes_is_a_consent_with_recipient_words_fields_and_end(place):
    place.says(A.SAY_YES)
    given = place.session.scalars(select(Consent).where(Consent.purpose == ConsentPurpose.INTRODUCTION)).one()
    assert (given.recipient_id, given.occasion_id) == (place.agency.id, place.vacancy.id)
    assert given.fields == ["full_name", "email", "phone"]
    assert (given.text_version, given.language) == ("2026-11", "ur")
    assert given.expires_at == given.given_at + timedelta(days=365)


def test_withdrawing_bites_in_the_very_next_query_whatever_the_introduction_says(place):
    place.says(A.SAY_YES)
    consent.withdraw(
        place.session,
        place.candidate,
        ConsentPurpose.INTRODUCTION,
        recipient_id=place.agency.id,
        occasion_id=place.vacancy.id,
    )
    with pytest.raises(NotFound):
        place.reveals()


def test_a_consent_that_has_run_out_opens_nothing(place):
    place.says(A.SAY_YES)
    place.session.execute(update(Consent).values(expires_at=now() - timedelta(seconds=1)))
    with pytest.raises(NotFound):
        place.reveals()


@pytest.mark.parametrize("action", [A.WITHDRAW])
def test_taking_the_yes_back_takes_the_consent_back(place, action):
    place.says(A.SAY_YES)
    place.says(action)
    given = place.session.scalars(select(Consent).where(Consent.purpose == ConsentPurpose.INTRODUCTION)).one()
    assert given.withdrawn_at is not None


def test_a_yes_given_again_is_a_new_consent_and_the_old_one_stays_on_record(place):
    place.says(A.SAY_YES)
    place.says(A.WITHDRAW)
    place.says(A.SAY_YES)
    rows = place.session.scalars(select(Consent).where(Consent.purpose == ConsentPurpose.INTRODUCTION)).all()
    assert sorted(row.withdrawn_at is None for row in rows) == [False, True]
    assert place.reveals().phone == "+923012345678"


def test_an_introduction_without_a_consent_reveals_nothing(place):
    introductions.begun(place.session, place.vacancy, place.profile.id).state = IntroductionState.INTERESTED
    place.session.flush()
    with pytest.raises(NotFound):
        place.reveals()


def test_without_a_consent_to_matching_nobody_is_on_a_list(place):
    assert place.listed() == [place.profile.id]
    consent.withdraw(place.session, place.candidate, ConsentPurpose.MATCHING)
    assert place.listed() == []


def test_a_restricted_person_is_on_no_list(place):
    place.profile.restricted_at = now()
    place.session.flush()
    assert place.listed() == []


def test_reading_a_shortlist_is_written_down_for_each_person_on_it(place):
    place.listed()
    assert [look.subject_id for look in place.looks("card.list")] == [place.profile.id]


def test_reading_a_card_is_written_down(place):
    service.card(place.session, place.officer, place.vacancy.id, place.profile.id, language="en")
    (look,) = place.looks("card.read")
    assert (look.subject_id, look.thing_id) == (place.profile.id, str(place.vacancy.id))


@pytest.mark.parametrize(("days", "counts"), [(729, True), (731, False)])
def test_a_yes_to_matching_counts_for_two_years(session, days, counts):
    make_release(session)
    with time_machine.travel(now() - timedelta(days=days), tick=True):
        profile = make_published_profile(session)
    ranked = session.scalars(select(type(profile).id).where(consent.may_be_ranked())).all()
    assert (profile.id in ranked) is counts
