"""Vetting organisations: who may, two people, evidence that expires, and vacancies that freeze with a suspension."""

from datetime import timedelta

import pytest

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from talent.accounts.service import invite
from talent.accounts.sessions import actor_of, open_session_for
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.organisations import evidence, service
from talent.organisations.models import EvidenceKind, OrganisationEvidence
from talent.organisations.schemas import NewEvidence
from talent.organisations.states import OrganisationAction, OrganisationState
from talent.vacancies import service as vacancies
from talent.vacancies.freezing import decide, freeze_for_charge, suspend_lapsed, thaw_after_charge
from talent.vacancies.states import FrozenFor, VacancyAction, VacancyState
from tests.factories.corridor import make_account
from tests.factories.vacancies import load_words, make_officer, make_vacancy

A, S = OrganisationAction, OrganisationState


@pytest.fixture
def staff(session):
    return Actor(make_account(session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)


@pytest.fixture
def second(session):
    return Actor(make_account(session, Role.ADMINISTRATOR).id, Role.ADMINISTRATOR)


@pytest.fixture
def applied(session, staff):
    return service.apply(session, staff, kind=OrganisationKind.AGENCY, name="Agentur Nord", country="DE")


@pytest.fixture
def officer(session):
    load_words(session)
    return make_officer(session)


def seen(session, actor, organisation, days=30):
    words = "Entry 4711 in the register of the ministry, looked up on its site"
    shown = NewEvidence(kind=EvidenceKind.REGISTER, words=words, expires_on=today() + timedelta(days=days))
    return evidence.add_evidence(session, actor, organisation, shown)


def test_an_organisation_is_verified_by_two_people_with_evidence(session, staff, second, applied):
    assert applied.state is S.APPLIED
    decide(session, staff, applied, A.REVIEW)
    with pytest.raises(Unprocessable, match="what shows"):
        decide(session, second, applied, A.VERIFY)
    seen(session, staff, applied)
    with pytest.raises(Unprocessable, match="Somebody else"):
        decide(session, staff, applied, A.VERIFY)
    decide(session, second, applied, A.VERIFY)
    assert applied.state is S.VERIFIED
    assert [event.action for event in service.organisation_journal(session, applied)] == ["review", "verify"]


def test_nobody_of_an_organisation_that_is_not_verified_is_invited(session, second, applied):
    with pytest.raises(Conflict, match="not verified"):
        invite(session, second, role=Role.AGENCY_OFFICER, organisation=applied)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_evidence_counts_until_the_end_of_its_last_day(session, staff, second, applied, days):
    decide(session, staff, applied, A.REVIEW)
    shown = seen(session, staff, applied)
    shown.expires_on = today() + timedelta(days=days)
    session.flush()
    if days < 0:
        with pytest.raises(Unprocessable):
            decide(session, second, applied, A.VERIFY)
    else:
        decide(session, second, applied, A.VERIFY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_who_holds_the_permission_vets(session, applied, role):
    actor = Actor(make_account(session, role).id, role)
    if Permission.ORGANISATION_VET in ROLE_PERMISSIONS[role]:
        assert decide(session, actor, applied, A.REVIEW)
    else:
        with pytest.raises(NotPermitted):
            decide(session, actor, applied, A.REVIEW)
        with pytest.raises(NotPermitted):
            seen(session, actor, applied)
        with pytest.raises(NotPermitted):
            service.apply(session, actor, kind=OrganisationKind.AGENCY, name="Another", country="DE")


def test_an_agency_brings_employers_and_sees_its_own_and_no_other(session, officer):
    employer = service.bring_employer(session, officer, name="Muster Stahlbau GmbH", country="DE")
    assert (employer.kind, employer.state, employer.parent_id) == (
        OrganisationKind.EMPLOYER,
        S.APPLIED,
        officer.organisation_id,
    )
    other = make_officer(session)
    assert service.get_organisation(session, officer, employer.id) is employer
    with pytest.raises(NotFound):
        service.get_organisation(session, other, employer.id)
    with pytest.raises(Conflict):
        service.bring_employer(session, other, name="Muster Stahlbau GmbH", country="DE")


def test_a_suspension_freezes_open_vacancies_and_leaves_the_others(session, staff, officer):
    published, draft = make_vacancy(session, officer, VacancyState.PUBLISHED), make_vacancy(session, officer)
    strangers = make_vacancy(session, make_officer(session), VacancyState.PUBLISHED)
    agency = session.get_one(Organisation, officer.organisation_id)
    with pytest.raises(Unprocessable, match="reason"):
        decide(session, staff, agency, A.SUSPEND)
    decide(session, staff, agency, A.SUSPEND, reason="Workers were asked for fees.")
    states = (published.state, draft.state, strangers.state)
    assert states == (VacancyState.FROZEN, VacancyState.DRAFT, VacancyState.PUBLISHED)


def test_after_a_suspension_the_agency_publishes_again_itself(session, staff, officer):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    agency = session.get_one(Organisation, officer.organisation_id)
    decide(session, staff, agency, A.SUSPEND, reason="Workers were asked for fees.")
    seen(session, staff, agency)
    decide(session, staff, agency, A.REINSTATE, reason="The fees were paid back.")
    assert vacancy.state is VacancyState.CHECKED
    vacancies.move(session, officer, vacancy, VacancyAction.PUBLISH)


def test_a_reinstated_agency_gets_no_vacancy_back_that_is_frozen_for_a_charge(session, staff, officer):
    vacancy, other = (make_vacancy(session, officer, VacancyState.PUBLISHED) for _ in range(2))
    agency = session.get_one(Organisation, officer.organisation_id)
    freeze_for_charge(session, vacancy.id)
    decide(session, staff, agency, A.SUSPEND, reason="Workers were asked for fees.")
    seen(session, staff, agency)
    decide(session, staff, agency, A.REINSTATE, reason="The fees were paid back.")
    assert (vacancy.state, other.state) == (VacancyState.FROZEN, VacancyState.CHECKED)
    thaw_after_charge(session, other.id)
    thaw_after_charge(session, vacancy.id)
    assert vacancy.state is VacancyState.CHECKED


def test_a_vacancy_frozen_with_its_agency_stays_frozen_when_a_charge_comes_to_light(session, staff, officer):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    agency = session.get_one(Organisation, officer.organisation_id)
    decide(session, staff, agency, A.SUSPEND, reason="Workers were asked for fees.")
    again, froze_now = freeze_for_charge(session, vacancy.id)
    assert (again.frozen_for, froze_now) == (FrozenFor.CHARGE, False)
    closed = make_vacancy(session, officer, VacancyState.CLOSED)
    assert (closed.state, freeze_for_charge(session, closed.id)) == (VacancyState.CLOSED, (closed, False))


@pytest.mark.parametrize("state", S)
def test_people_of_a_suspended_or_removed_organisation_read_and_change_nothing(session, officer, state):
    session.get_one(Organisation, officer.organisation_id).state = state
    session.flush()
    token = open_session_for(session, session.get_one(Account, officer.id), device="test")
    actor = actor_of(session, token)
    assert actor.may_only_read == (state in {S.SUSPENDED, S.REMOVED})
    vacancy = make_vacancy(session, officer, VacancyState.CHECKED)
    if actor.may_only_read:
        with pytest.raises(NotPermitted, match="suspended"):
            vacancies.move(session, actor, vacancy, VacancyAction.PUBLISH)
    else:
        vacancies.move(session, actor, vacancy, VacancyAction.PUBLISH)


@pytest.mark.parametrize(("days", "suspended"), [(-1, 1), (0, 0), (1, 0)])
def test_the_night_suspends_whose_evidence_has_expired(session, staff, officer, days, suspended):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    agency = session.get_one(Organisation, officer.organisation_id)
    seen(session, staff, agency).expires_on = today() + timedelta(days=days)
    session.flush()
    assert suspend_lapsed(session) == suspended
    assert vacancy.state is (VacancyState.FROZEN if suspended else VacancyState.PUBLISHED)


def test_the_night_leaves_who_never_showed_anything_to_people(session, officer):
    assert session.query(OrganisationEvidence).count() == 0
    assert suspend_lapsed(session) == 0
