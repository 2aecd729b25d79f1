"""Two officers at the same moment, each in a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete

from talent.accounts.models import Account, Organisation
from talent.foundation.database import session_factory
from talent.foundation.row_context import SystemContext
from talent.vacancies import service
from talent.vacancies.conflicts import EditedMeanwhile
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft
from tests.factories.vacancies import make_officer


@pytest.fixture
def sessions(engine):
    return session_factory(engine, SystemContext.OPERATOR)


@pytest.fixture
def officer(sessions):
    """An officer whom every transaction sees; gone with the vacancies after the test."""
    with sessions.begin() as session:
        made = make_officer(session)
    yield made
    with sessions.begin() as session:
        session.execute(delete(Vacancy).where(Vacancy.organisation_id == made.organisation_id))
        session.execute(delete(Account).where(Account.id == made.id))
        session.execute(delete(Organisation).where(Organisation.id == made.organisation_id))


def at_once(work, count):
    """What each of so many threads got, all let go at the same moment."""
    together = Barrier(count)

    def one(number):
        together.wait()
        try:
            return work(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_one_of_eight_editors_saves_and_the_others_are_shown_both_values(sessions, officer):
    with sessions.begin() as session:
        vacancy = service.create(session, officer, VacancyDraft(title="Welder"))
        key, read_by_all = vacancy.id, vacancy.version

    def edit(number):
        with sessions.begin() as session:
            vacancy = service.vacancy_to_change(session, officer, key)
            service.edit(session, officer, vacancy, VacancyDraft(seats=number + 2), version=read_by_all)
            return number + 2

    answers = at_once(edit, 8)
    saved = [answer for answer in answers if isinstance(answer, int)]
    refused = [answer for answer in answers if isinstance(answer, EditedMeanwhile)]
    assert (len(saved), len(refused)) == (1, 7)
    assert {one.differences[0].saved for one in refused} == set(saved)


def test_one_of_eight_new_vacancies_gets_the_reference(sessions, officer):
    def create(_number):
        with sessions.begin() as session:
            return service.create(session, officer, VacancyDraft(title="Welder", reference="W-1")).id

    answers = at_once(create, 8)
    assert sum(isinstance(answer, service.ReferenceTaken) for answer in answers) == 7
