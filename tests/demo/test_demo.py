"""The demonstration: the same invented people each time, whole, plausible, and never mixed with real ones."""

from collections import Counter

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from talent.accounts import authenticator_apps
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.passwords import SHORTEST_CHARACTERS, checked_password
from talent.accounts.permissions import Role
from talent.accounts.service import register_candidate
from talent.accounts.signin import sign_in
from talent.accounts.standing import OrganisationState
from talent.demo import content
from talent.demo.load import is_empty, is_loaded, is_this_one, load_demo
from talent.demo.organisations import SIGN_INS, password_of, shown_code
from talent.foundation.settings import Settings
from talent.organisations.service import shown_something
from talent.profiles.identity import opened
from talent.profiles.models import PersonIdentity, Profile
from talent.profiles.rules import personal_details
from talent.profiles.states import ProfileState
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.licences import LICENCE_NAMES
from talent.vacancies.models import Vacancy
from talent.vacancies.service import what_to_mend
from talent.vacancies.states import VacancyState


def test_it_is_recognised_as_loaded_and_as_this_version(demo):
    assert is_loaded(demo)
    assert is_this_one(demo)
    assert not is_empty(demo)


def test_its_candidates_and_vacancies_are_published(demonstration):
    assert demonstration.published == (240, 60)


def test_loading_it_again_adds_nothing(demo, settings):
    before = demo.scalar(select(func.count()).select_from(Account))
    assert load_demo(demo, settings) == (0, 0)
    assert demo.scalar(select(func.count()).select_from(Account)) == before


def test_it_never_joins_people_who_are_there(session, settings):
    register_candidate(session, login="somebody@example.org", password="three old brick walls", language="en")
    assert load_demo(session, settings) == (0, 0)
    assert not is_loaded(session)


def test_there_are_six_agencies_four_institutes_one_employer_one_protectorate_and_one_project_office(demo):
    kinds = Counter(demo.scalars(select(Organisation.kind)))
    assert kinds == {
        OrganisationKind.AGENCY: 6,
        OrganisationKind.INSTITUTE: 4,
        OrganisationKind.EMPLOYER: 1,
        OrganisationKind.PROTECTORATE: 1,
        OrganisationKind.PROJECT: 1,
    }


def test_every_organisation_says_that_it_is_a_demonstration(demo):
    assert all("(demonstration)" in name for name in demo.scalars(select(Organisation.name)))


@pytest.mark.parametrize("who", SIGN_INS, ids=lambda who: who.role)
def test_each_group_can_sign_in_with_the_printed_password(demo, settings, who):
    account = sign_in(demo, login=who.login, password=password_of(settings, who.login), device="d", network="127.0.0.1")
    assert account.role is who.role


def test_the_printed_passwords_keep_our_own_rules_and_differ(settings):
    passwords = [password_of(settings, who.login) for who in SIGN_INS]
    assert all(len(word) >= SHORTEST_CHARACTERS for word in passwords)
    assert all(checked_password(word, login=who.login) for word, who in zip(passwords, SIGN_INS, strict=True))
    assert len(set(passwords)) == len(SIGN_INS)


def test_another_installation_has_other_passwords(settings):
    other = Settings(_env_file=None, secret_key="t" * 40)
    assert password_of(settings, SIGN_INS[0].login) != password_of(other, SIGN_INS[0].login)


def test_nobody_else_has_a_password_that_anybody_knows(demo):
    known = {who.login for who in SIGN_INS}
    hashes = set(demo.scalars(select(Account.password_hash).where(Account.login.not_in(known))))
    assert len(hashes) == 1


def test_logins_belong_to_a_name_that_nobody_can_register(demo):
    assert all(login.endswith("@demo.example") for login in demo.scalars(select(Account.login)))


def profiles(demo):
    whole = (Profile.skills, Profile.languages, Profile.qualifications, Profile.work)
    return demo.scalars(select(Profile).options(*map(selectinload, whole)).order_by(Profile.reference)).all()


def test_candidates_stand_in_every_state(demo):
    states = Counter(profile.state for profile in profiles(demo))
    assert set(states) == set(ProfileState)
    assert states[ProfileState.PUBLISHED] == 240


def test_every_candidate_has_three_skills_a_language_and_a_day_to_start(demo):
    assert all(len(profile.skills) >= 3 and profile.languages and profile.available_from for profile in profiles(demo))


def test_candidates_differ(demo):
    everybody = profiles(demo)
    assert len({profile.reference for profile in everybody}) == len(everybody)
    assert len({profile.occupation_id for profile in everybody}) == len(content.trades())
    assert len({frozenset(skill.skill_id for skill in profile.skills) for profile in everybody}) > 200
    assert 20 < sum(profile.about.startswith("میں") for profile in everybody) < 80


def test_nothing_that_a_candidate_wrote_says_who_they_are(demo):
    people = opened(demo, demo.scalars(select(PersonIdentity)))
    for profile in profiles(demo):
        written = [profile.occupation_words, profile.about, *(job.tasks for job in profile.work)]
        assert personal_details("\n".join(written), full_name=people[profile.id].full_name) is None


def test_every_job_ended_after_it_began_and_no_job_lies_in_the_future(demo):
    from talent.foundation.clock import today

    for profile in profiles(demo):
        for job in profile.work:
            assert job.started_on <= (job.ended_on or today()) <= today()


def vacancies(demo):
    whole = (Vacancy.skills, Vacancy.languages)
    return demo.scalars(select(Vacancy).options(*map(selectinload, whole)).order_by(Vacancy.reference)).all()


def test_vacancies_stand_in_every_state(demo):
    states = Counter(vacancy.state for vacancy in vacancies(demo))
    assert set(states) == set(VacancyState)
    assert states[VacancyState.PUBLISHED] == 60


def test_one_agency_is_suspended_and_its_open_vacancies_are_frozen_and_no_others(demo):
    suspended = demo.scalars(select(Organisation).where(Organisation.state == OrganisationState.SUSPENDED)).one()
    frozen = {vacancy.organisation_id for vacancy in vacancies(demo) if vacancy.state is VacancyState.FROZEN}
    assert frozen == {suspended.id}
    assert not [
        one for one in vacancies(demo) if one.organisation_id == suspended.id and one.state is not VacancyState.FROZEN
    ]


def test_one_organisation_is_not_yet_vetted_so_that_a_visitor_sees_how_that_looks(demo):
    everybody = demo.scalars(select(Organisation).where(Organisation.kind != OrganisationKind.PROJECT)).all()
    verified = [one for one in everybody if one.state is OrganisationState.VERIFIED]
    vetted = shown_something(demo, (one.id for one in verified))
    assert [one.kind for one in verified if one.id not in vetted] == [OrganisationKind.INSTITUTE]


def test_every_published_vacancy_keeps_the_rules(demo):
    published = [vacancy for vacancy in vacancies(demo) if vacancy.state is VacancyState.PUBLISHED]
    assert [
        (vacancy.reference, what_to_mend(demo, vacancy)) for vacancy in published if what_to_mend(demo, vacancy)
    ] == []


def test_a_draft_shows_that_workers_never_pay(demo):
    drafts = [vacancy for vacancy in vacancies(demo) if vacancy.state is VacancyState.DRAFT]
    assert drafts
    assert all("cost_payer" in {problem.field for problem in what_to_mend(demo, draft)} for draft in drafts)


def test_vacancies_are_in_five_member_states_and_every_employer_is_marked_as_invented(demo):
    assert {vacancy.country for vacancy in vacancies(demo)} == {"DE", "IT", "FI", "ES", "AT"} <= set(MEMBER_STATES)
    assert all(vacancy.employer.endswith("(invented)") for vacancy in vacancies(demo))


def test_every_licence_of_the_content_exists():
    assert {code for trade in content.trades() for code in trade.licences} <= set(LICENCE_NAMES)


def test_roles_are_those_of_people(demo):
    roles = Counter(demo.scalars(select(Account.role)))
    assert roles == {
        Role.CANDIDATE: 253,  # three of them have no profile, only a case of recognition
        Role.AGENCY_OFFICER: 6,
        Role.INSTITUTE_OFFICER: 4,
        Role.EMPLOYER: 1,
        Role.PROTECTORATE_OFFICER: 1,
        Role.PROJECT_STAFF: 1,
        Role.ADMINISTRATOR: 1,
    }


@pytest.mark.parametrize("who", SIGN_INS, ids=lambda who: who.role)
def test_the_page_of_a_demonstration_shows_the_code_of_its_own_staff_and_of_nobody_else(demo, settings, who):
    shown = shown_code(settings.model_copy(update={"demo": True}), who.login)
    account = demo.scalars(select(Account).where(Account.login == who.login)).one()
    if who.role is Role.CANDIDATE:
        assert shown == ""
    else:
        assert authenticator_apps.accept(demo, authenticator_apps.factor_key(settings), account.id, shown)


def test_outside_a_demonstration_no_code_is_shown(settings):
    assert {shown_code(settings.model_copy(update={"demo": False}), who.login) for who in SIGN_INS} == {""}


def test_an_account_with_a_secret_of_its_own_is_never_given_away_even_when_the_setting_is_wrong(demo, settings):
    wrong = settings.model_copy(update={"demo": True, "secret_key": SecretStr("another installation's secret" * 2)})
    assert shown_code(wrong, "officer@agency.example") == ""
    staff = demo.scalars(select(Account).where(Account.login == SIGN_INS[-1].login)).one()
    key = authenticator_apps.factor_key(settings)
    assert not authenticator_apps.accept(demo, key, staff.id, shown_code(wrong, staff.login))
