"""Who takes part in a case beside candidate and authority: an employer or agency with a power of attorney (AufenthG
§ 81a), and the institute that is asked for a curriculum. Nobody sees more than the candidate agreed to.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now, today
from talent.foundation.documents import StoredFile
from talent.matching.models import Introduction
from talent.matching.states import IntroductionState
from talent.recognition.models import RecognitionCase, RecognitionPaper
from talent.recognition.party_models import CurriculumRequest, Mandate
from talent.recognition.reminders import remind
from talent.recognition.terms import Act, PaperKind
from talent.subject_rights import files_of, person_of
from talent.training.people import Person, PersonKeys
from talent.training.seats import trainee_for
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.web.test_recognition_cases import PDF, add_all, step

FAST = "/recognition/new?procedure=de_bqfg_fast_track&award=dae&occupation=7411"
ACTING = "/recognition/acting"
CURRICULA = "/recognition/curricula"


class World:
    """A candidate who said yes to a job, its agency and its employer, another agency, an institute, and staff."""

    def __init__(self, session, signed_in):
        make_release(session)
        self.session, self.signed_in = session, signed_in
        self.agency = make_agency(session)
        vacancy = make_published_vacancy(session, self.agency)
        self.profile = make_published_profile(session)
        self.introduction = Introduction(
            vacancy_id=vacancy.id,
            profile_id=self.profile.id,
            organisation_id=self.agency.id,
            state=IntroductionState.ACCEPTED,
            changed_at=now(),
        )
        session.add(self.introduction)
        session.flush()
        self.employer = self.organisation(OrganisationKind.EMPLOYER, vacancy.employer, parent_id=self.agency.id)
        self.institute = self.organisation(OrganisationKind.INSTITUTE, "GCT Nilamgarh", country="PK")
        self.candidate = signed_in(session.get_one(Account, self.profile.account_id))
        self.staff = self.officer(Role.PROJECT_STAFF)
        self.here = self.candidate.send(self.candidate.get(FAST), title="DAE Electrical", year="2015")
        self.helpers = f"{self.here}/helpers"

    def organisation(self, kind, name, *, country="DE", **more):
        made = Organisation(kind=kind, name=name, country=country, created_at=now(), **more)
        self.session.add(made)
        self.session.flush()
        return made

    def officer(self, role, organisation=None):
        return self.signed_in(make_account(self.session, role, organisation_id=organisation and organisation.id))

    def joined(self):
        """The institute has the candidate in its register."""
        of_mine = trainee_for(
            self.session, self.institute.id, Person("Ahmed Khan", phone="0301 2345678"), PersonKeys("s" * 40)
        )
        of_mine.profile_id = self.profile.id
        self.session.flush()

    def empower(self, organisation, *shares, expect=303):
        page = self.candidate.get(self.helpers)
        day = today()
        return self.candidate.send(
            page, action=f"{self.helpers}/mandate", organisation=str(organisation.id), shares=list(shares),
            **{"signed_on-day": str(day.day), "signed_on-month": str(day.month), "signed_on-year": str(day.year)},
            expect=expect,
        )  # fmt: skip

    def ask(self, *, expect=303):
        page = self.candidate.get(self.helpers)
        return self.candidate.send(
            page, action=f"{self.helpers}/curriculum", institute=str(self.institute.id), expect=expect
        )

    def note(self, browser, what, *, days_ago=0, expect=303):
        told = (today() - timedelta(days=days_ago)).isoformat()
        return browser.send(browser.get(self.here), action=f"{self.here}/days/{what}", day=told, expect=expect)

    @property
    def case(self) -> RecognitionCase:
        self.session.expire_all()
        return self.session.scalars(select(RecognitionCase)).one()


@pytest.fixture
def world(session, signed_in):
    return World(session, signed_in)


def letters(session) -> list[tuple[str, str]]:
    """The letters that wait, each with whom it goes to."""
    jobs = session.scalars(text("select args from procrastinate_jobs where args ? 'recipient'")).all()
    return [(job["recipient"], job["body"]) for job in jobs]


def actions(page) -> list[str]:
    return [form.action for form in page.tree.iter("form")]


# Power of attorney


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.EMPLOYER])
def test_whoever_has_the_power_of_attorney_sees_the_case_in_an_inbox_and_loses_it_when_it_ends(world, role):
    organisation = world.employer if role is Role.EMPLOYER else world.agency
    acting = world.officer(role, organisation)
    acting.get(world.here, expect=404)
    assert "No case waits here." in acting.get(ACTING).text
    world.empower(organisation)
    assert world.here in acting.get(ACTING).links()
    assert "You act under a power of attorney." in acting.get(world.here).text
    assert organisation.name in world.candidate.get(world.here).text
    assert organisation.name in world.staff.get(world.here).text
    world.candidate.send(world.candidate.get(world.helpers), action=f"{world.helpers}/mandate/end")
    acting.get(world.here, expect=404)
    assert "No case waits here." in acting.get(ACTING).text
    told = world.candidate.get(world.helpers).text
    assert "Ended" in told


def test_a_mandate_keeps_its_date_what_was_agreed_and_in_which_words(world):
    world.empower(world.agency, "decision")
    mandate = world.session.scalars(select(Mandate)).one()
    assert (mandate.signed_on, mandate.shares, mandate.language) == (today(), ["decision"], "en")
    assert mandate.text_version
    assert mandate.ended_at is None


def test_only_those_to_whom_the_candidate_said_yes_can_be_chosen(world):
    other = make_agency(world.session)
    page = world.candidate.get(world.helpers)
    assert {world.agency.name, world.employer.name} <= set(
        page.tree.xpath("//select[@id='organisation']/option/text()")
    )
    assert other.name not in page.text
    refused = world.empower(other, expect=422)
    assert "You can choose only an employer or an agency that you met" in refused.errors["#organisation"]
    world.introduction.state = IntroductionState.DECLINED
    world.session.flush()
    assert "When you have said yes to a job" in world.candidate.get(world.helpers).text


def test_an_employer_of_the_same_agency_who_has_nothing_to_do_with_the_job_cannot_be_chosen(world):
    other = world.organisation(OrganisationKind.EMPLOYER, "Another employer", parent_id=world.agency.id)
    assert other.name not in world.candidate.get(world.helpers).text


def test_a_second_power_of_attorney_waits_until_the_first_has_ended(world):
    world.empower(world.agency)
    page = world.candidate.get(world.helpers)
    assert f"{world.helpers}/mandate" not in actions(page)
    world.candidate.send(page, action=f"{world.helpers}/mandate/end")
    world.empower(world.employer)
    assert world.case.acting_id == world.employer.id


def test_nobody_else_of_the_same_kind_sees_the_case(world):
    world.empower(world.agency, "documents", "decision")
    for stranger in (
        world.officer(Role.AGENCY_OFFICER, make_agency(world.session)),
        world.officer(Role.EMPLOYER, world.employer),
        world.officer(Role.INSTITUTE_OFFICER, world.institute),
    ):
        assert stranger.client.get(world.here, headers={"Accept": "text/html"}).status_code in (403, 404)


@pytest.mark.parametrize("shares", [(), ("documents",), ("decision",), ("documents", "decision")])
def test_who_acts_sees_of_documents_and_letters_what_was_ticked_and_nothing_else(world, shares):
    world.empower(world.agency, *shares)
    acting = world.officer(Role.AGENCY_OFFICER, world.agency)
    add_all(world.candidate, world.here, "de_bqfg_fast_track")
    step(world.candidate, world.here, "submit")
    step(world.staff, world.here, "confirm_complete")
    step(world.staff, world.here, "recognise_in_part", note="Secret module nine")
    page = acting.get(world.here)
    paper = next(link for link in world.candidate.get(world.here).links() if "/papers/" in link)
    assert (paper in page.links()) is ("documents" in shares)
    assert acting.client.get(paper).status_code == (200 if "documents" in shares else 404)
    assert ("Secret module nine" in page.text) is ("decision" in shares)
    assert "Partial recognition" in page.text
    looked = world.session.scalars(select(AuditEntry).where(AuditEntry.action == "recognition_paper.read")).all()
    assert [one.subject_id for one in looked] == [world.profile.account_id] * ("documents" in shares)


def test_who_acts_takes_no_step_that_is_the_workers_or_the_authoritys(world):
    world.empower(world.agency, "documents", "decision")
    acting = world.officer(Role.AGENCY_OFFICER, world.agency)
    add_all(world.candidate, world.here, "de_bqfg_fast_track")
    offered = [action for action in actions(acting.get(world.here)) if world.here in action]
    assert offered == [f"{world.here}/days/agreement"]


def test_taking_the_application_back_ends_every_power_and_every_request(world):
    world.joined()
    world.empower(world.agency)
    world.ask()
    step(world.candidate, world.here, "withdraw")
    assert world.case.acting_id is None
    assert world.session.scalars(select(Mandate)).one().ended_at is not None
    assert world.session.scalars(select(CurriculumRequest)).one().withdrawn_at is not None
    assert "/mandate" not in " ".join(actions(world.candidate.get(world.helpers)))


# The employer's part of the accelerated procedure, with its clock


def test_the_employer_notes_agreement_receipt_and_invitation_and_the_clock_follows(world):
    world.empower(world.employer)
    employer = world.officer(Role.EMPLOYER, world.employer)
    world.note(employer, "agreement")
    add_all(world.candidate, world.here, "de_bqfg_fast_track")
    step(world.candidate, world.here, "submit")
    step(world.staff, world.here, "find_deficit", note="Proof of hours")
    assert world.case.next_act is None
    world.note(employer, "office_received")
    case = world.case
    assert case.next_act is Act.INVITE_EMPLOYER
    assert case.next_deadline_on > today()
    assert "The office invites the employer by" in employer.get(world.here).text
    assert world.here in employer.get(ACTING).links()
    world.note(employer, "employer_invited")
    assert world.case.next_act is None
    journal = world.candidate.get(world.here).text
    assert "The office for foreigners invited the employer" in journal
    assert "Employer with a power of attorney" in journal


def test_a_day_in_the_future_or_before_its_beginning_is_refused_in_a_sentence(world):
    world.empower(world.agency)
    acting = world.officer(Role.AGENCY_OFFICER, world.agency)
    refused = world.note(acting, "agreement", days_ago=-1, expect=422)
    assert "The day has not come yet" in " ".join(refused.errors.values())
    add_all(world.candidate, world.here, "de_bqfg_fast_track")
    step(world.candidate, world.here, "submit")
    early = world.note(acting, "office_received", days_ago=1, expect=422)
    assert "on which this time began" in " ".join(early.errors.values())


def test_a_fee_is_noted_by_the_candidate_and_its_clock_ends(world):
    here = world.candidate.send(
        world.candidate.get("/recognition/new?procedure=de_dab&award=dae&occupation=7411"), title="DAE Electrical"
    )
    add_all(world.candidate, here, "de_dab")
    step(world.candidate, here, "submit")
    assert "You pay the fee by" in world.candidate.get(here).text
    world.session.expire_all()
    assert (remind(world.session), remind(world.session)) == (1, 0)
    assert any("Pay the fee in your case" in letter for _, letter in letters(world.session))
    world.here = here
    world.note(world.candidate, "fee_paid")
    assert "You pay the fee by" not in world.candidate.get(here).text


def test_when_the_office_is_late_the_employer_who_is_to_ask_it_is_written_to_as_well(world):
    world.empower(world.agency)
    acting = world.officer(Role.AGENCY_OFFICER, world.agency)
    add_all(world.candidate, world.here, "de_bqfg_fast_track")
    step(world.candidate, world.here, "submit")
    step(world.staff, world.here, "find_deficit", note="Proof of hours")
    world.note(acting, "office_received")
    due = world.case.next_deadline_on
    assert remind(world.session, on=due) == 0
    assert remind(world.session, on=due + timedelta(days=1)) == 1
    officer = world.session.scalar(select(Account.login).where(Account.organisation_id == world.agency.id))
    candidate = world.session.get_one(Account, world.profile.account_id).login
    assert sorted(to for to, _ in letters(world.session)) == sorted([officer, candidate])


# Curricula


def test_an_institute_supplies_the_curriculum_that_its_trainee_asked_for_and_the_case_says_who_did(world):
    world.joined()
    teacher = world.officer(Role.INSTITUTE_OFFICER, world.institute)
    assert "Nobody waits for a curriculum." in teacher.get(CURRICULA).text
    world.ask()
    there = next(link for link in teacher.get(CURRICULA).links() if link.startswith(f"{CURRICULA}/"))
    page = teacher.get(there)
    assert "DAE Electrical" in page.text
    assert world.case.reference not in page.text
    teacher.send(page, action=there, files={"file": ("curriculum.pdf", PDF, "application/pdf")})
    paper = world.session.scalars(select(RecognitionPaper)).one()
    assert (paper.kind, paper.supplied_by) == (PaperKind.CURRICULUM, world.institute.id)
    stored = world.session.get_one(StoredFile, paper.document_id)
    assert len(stored.sha256) == 64
    assert stored in files_of(world.session, person_of(world.session, world.profile.account_id))
    told = world.candidate.get(world.here).text
    assert "GCT Nilamgarh" in told
    assert "Your institute supplied it" in teacher.get(there).text
    assert there not in actions(teacher.get(there))


def test_an_institute_is_asked_only_by_those_in_its_register_and_only_once_at_a_time(world):
    assert "No institute has you in its register yet." in world.candidate.get(world.helpers).text
    world.joined()
    world.ask()
    again = world.ask(expect=422)
    assert "You asked this institute already." in again.errors["#institute"]


def test_an_institute_that_was_not_asked_or_no_longer_sees_no_request(world):
    world.joined()
    world.ask()
    asked = world.session.scalars(select(CurriculumRequest)).one()
    there = f"{CURRICULA}/{asked.id}"
    other = world.organisation(OrganisationKind.INSTITUTE, "Another institute", country="PK")
    world.officer(Role.INSTITUTE_OFFICER, other).get(there, expect=404)
    teacher = world.officer(Role.INSTITUTE_OFFICER, world.institute)
    teacher.get(there)
    world.candidate.send(world.candidate.get(world.helpers), action=f"{world.helpers}/curriculum/{asked.id}/end")
    teacher.get(there, expect=404)
    teacher.get(world.here, expect=403)


def test_a_file_that_is_no_document_is_not_supplied(world):
    world.joined()
    world.ask()
    there = f"{CURRICULA}/{world.session.scalars(select(CurriculumRequest)).one().id}"
    teacher = world.officer(Role.INSTITUTE_OFFICER, world.institute)
    for content, sentence in ((b"MZ\x90\x00 program", "Bring a PDF, a JPEG or a PNG"), (None, "Choose a file.")):
        files = {"file": ("x.pdf", content, "application/pdf")} if content else {}
        refused = teacher.send(teacher.get(there), action=there, files=files, expect=422)
        assert sentence in refused.errors["#file"]
    assert world.session.scalars(select(RecognitionPaper)).all() == []


# The Land


def test_the_land_decides_who_decides_and_unknown_stays_unknown(world):
    assert "Not known yet" in world.candidate.get(world.here).text
    page = world.candidate.get(world.here)
    world.candidate.send(page, action=f"{world.here}/region", region="DE-SN")
    assert "Sachsen" in world.candidate.get(world.here).text
    refused = world.candidate.send(
        world.candidate.get(world.here), action=f"{world.here}/region", region="FI-01", expect=422
    )
    assert "Choose one of the Länder" in refused.errors["#region"]
    assert world.case.region == "DE-SN"
    world.candidate.send(world.candidate.get(world.here), action=f"{world.here}/region", region="")
    assert world.case.region == ""
    add_all(world.candidate, world.here, "de_bqfg_fast_track")
    step(world.candidate, world.here, "submit")
    assert f"{world.here}/region" not in actions(world.candidate.get(world.here))
