"""Letters about placements: who is written to at which step, once each, with a reference and without a name."""

import pytest
from sqlalchemy import text

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation import mail
from talent.foundation.clock import now
from talent.foundation.row_context import SystemContext, context_of, enter, of_system
from talent.placements.letters import WORDS, Occasion, write_to_agency, write_to_staff, write_to_worker
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState
from tests.factories.corridor import make_account
from tests.factories.smtp import mail_server
from tests.web.placement_world import World

QUEUED = text("select args from procrastinate_jobs where task_name = 'send_letter' and status = 'todo' order by id")


CHARGE = {"kind": "recruitment", "payee": "go_between", "amount_cents": "1500", "currency": "PKR"}


@pytest.fixture
def world(session, signed_in):
    return World(session, signed_in)


def tell_of_charge(world, **told):
    page = f"{world.here}/costs"
    world.candidate.send(world.candidate.get(page), action=page, **CHARGE, **told)


def letters(world):
    """Subject by recipient of every letter that waits, oldest first; each is taken once."""
    found = [(row["recipient"], row["subject"]) for row in world.session.scalars(QUEUED)]
    world.session.execute(text("delete from procrastinate_jobs where task_name = 'send_letter'"))
    return found


def subject(occasion, reference):
    return WORDS[occasion][0].format(reference=reference)


def logins(world):
    agency = {one.login for one in world.session.query(Account).filter_by(organisation_id=world.agency_id)}
    return world.session.get_one(Account, world.profile.account_id).login, agency


def test_the_worker_is_written_to_when_an_offer_is_made_and_when_the_terms_are_sent(world):
    worker, _ = logins(world)
    world.begin()
    assert letters(world) == [(worker, subject(Occasion.OFFER_MADE, world.placement.reference))]
    world.send_terms()
    ((recipient, told),) = letters(world)
    assert recipient == worker
    assert told.startswith("The terms of your contract: CT-")


def test_the_agency_is_written_to_when_the_worker_agrees_or_objects(world):
    _, agency = logins(world)
    world.begin()
    world.send_terms()
    letters(world)
    page = f"{world.here}/contract"
    world.candidate.send(world.candidate.get(page), action=f"{page}/step/object", words="The pay is another one.")
    objected = letters(world)
    world.send_terms()
    letters(world)
    world.candidate.send(world.candidate.get(page), action=f"{page}/step/confirm", was_read="yes")
    agreed = letters(world)
    assert {recipient for recipient, _ in objected} == agency == {recipient for recipient, _ in agreed}
    assert all(told.startswith("The worker objects") for _, told in objected)
    assert all(told.startswith("The worker agrees") for _, told in agreed)


def test_the_worker_is_written_to_when_the_agency_ends_the_placement_and_not_after_leaving_by_choice(world):
    worker, _ = logins(world)
    world.begin()
    letters(world)
    world.move(world.agency, "end", reason="offer_withdrawn")
    assert letters(world) == [(worker, subject(Occasion.PLACEMENT_ENDED, world.placement.reference))]


def test_a_charge_is_told_to_staff_and_the_freezing_to_the_agency_without_saying_who_told(world):
    worker, agency = logins(world)
    office = Organisation(kind=OrganisationKind.PROJECT, name="Project (test)", country="PK", created_at=now())
    world.session.add(office)
    world.session.flush()
    staff = make_account(world.session, Role.PROJECT_STAFF, organisation_id=office.id)
    world.begin()
    letters(world)
    tell_of_charge(world)
    found = letters(world)
    frozen = subject(Occasion.VACANCY_FROZEN, world.vacancy.reference)
    assert {recipient for recipient, words in found if words == frozen} == agency
    assert {recipient for recipient, words in found if words.startswith("Complaint CC-")} == {staff.login}
    assert worker not in dict(found)
    assert world.placement.reference not in " ".join(words for recipient, words in found if recipient in agency)


def test_a_further_charge_sends_the_agency_no_letter_that_would_tell_of_it(world):
    world.begin()
    tell_of_charge(world)
    letters(world)
    tell_of_charge(world)
    assert letters(world) == []


def test_a_charge_about_a_closed_vacancy_is_not_told_to_the_agency(world):
    world.begin()
    letters(world)
    vacancy = world.session.get_one(Vacancy, world.vacancy.id)
    vacancy.state = VacancyState.CLOSED
    world.session.flush()
    tell_of_charge(world)
    assert not [words for _, words in letters(world) if words.startswith("A vacancy is frozen")]


def test_each_letter_that_is_sent_says_where_to_read_on(world, monkeypatch):
    world.begin()
    waiting = world.session.scalars(QUEUED).all()
    with mail_server() as server:
        monkeypatch.setenv("TALENT_MAIL_URL", server.url)
        monkeypatch.setenv("TALENT_BASE_URL", "https://partnership.example/")
        for letter in waiting:
            mail.send_letter(**letter)
    assert [letter.get_content().strip().splitlines()[-1] for letter in server.letters] == [
        "https://partnership.example/placements"
    ]


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_letter_names_a_reference_and_candidates_read_theirs_in_both_languages(occasion):
    title, body = WORDS[occasion]
    assert "{reference}" in title
    assert "{" not in body
    is_workers = any(word in title for word in ("you", "Your", "contract was withdrawn"))
    assert is_workers is any("\u0600" <= letter <= "\u06ff" for letter in body)


def test_whoever_is_suspended_gets_no_letter(world):
    world.begin()
    letters(world)
    for account in world.session.query(Account):
        account.suspended_at = account.created_at
    world.session.flush()
    write_to_worker(world.session, Occasion.TERMS_SENT, world.profile.account_id, "CT-AAAAAA")
    write_to_agency(world.session, Occasion.TERMS_AGREED, world.agency_id, "CT-AAAAAA")
    write_to_staff(world.session, Occasion.COMPLAINT_OPENED, "CC-AAAAAA")
    assert letters(world) == []


def test_the_letters_see_no_candidate_without_a_placement_or_complaint(world):
    before = context_of(world.session)
    enter(world.session, of_system(SystemContext.LETTERS))
    candidates = text("select count(*) from account where role = 'candidate'")
    assert world.session.scalar(candidates) == 0
    enter(world.session, before)
    world.begin()
    enter(world.session, of_system(SystemContext.LETTERS))
    assert world.session.scalar(candidates) == 1
