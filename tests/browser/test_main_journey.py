"""From the front page to the name: a candidate, an agency and project staff, each in a browser without JavaScript."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from talent.accounts import service as accounts
from talent.accounts.authenticator_apps import code_at, present_step
from talent.accounts.models import OrganisationKind
from talent.accounts.permissions import Role
from talent.casework.models import CaseEvent
from talent.foundation.clock import today
from talent.taxonomy.languages import language_name
from talent.vacancies import service as vacancies
from talent.vacancies.conflicts import draft_of
from talent.vacancies.states import VacancyAction
from tests.browser.people import Person
from tests.proving import WHOLE

PASSWORD = "four quiet words here"
PHONE = "0301 2345678"
DESCRIPTION = "You weld steel frames for bridges in our workshop and check your own seams."
OCCUPATION_WORDS = {"en": "welder", "ur": "ویلڈر"}
OTHER_WORK = "forklift"
TOLD = {
    ("en", "phone"): ("Ayesha Bibi Yousafzai", "Leipzig"),
    ("ur", "phone"): ("Zubaida Parveen Khattak", "Rostock"),
    ("en", "desktop"): ("Ghulam Rasool Bhatti", "Kassel"),
    ("ur", "desktop"): ("Nadeem Akhtar Qureshi", "Bremen"),
}
"""The story is told to each of these, with another candidate and another town, in one and the same service."""
TOLD_TO = list(TOLD) if WHOLE else [("en", "desktop"), ("ur", "phone")]
UNTOLD = re.compile(r"0301|3012345678|@")
"""A telephone number or an e-mail address of the candidate; no other one stands on a page of an agency."""


@dataclass
class Story:
    """Who takes part in one telling of the story."""

    candidate: Person
    agency: Person
    name: str
    login: str
    town: str

    @property
    def title(self) -> str:
        """The title of the vacancy."""
        return f"Welder MAG/TIG in {self.town}"

    @property
    def name_words(self) -> list[str]:
        """Each word of the candidate's name."""
        return self.name.split()


@pytest.fixture(params=TOLD_TO, ids="-".join)
def story(request, someone) -> Story:
    language, size = request.param
    login = f"candidate-{uuid4().hex[:8]}@example.com"
    name, town = TOLD[request.param]
    return Story(someone(language, size), someone(language, size), name, login, town)


def test_a_match_is_made_explained_and_answered_and_the_name_is_known_only_as_long_as_the_candidate_wants(
    story, service, someone
):
    candidate, agency = story.candidate, story.agency
    registers(story)
    answers_the_first_steps(story)
    comes_back_later(story)
    answers_the_other_steps(candidate)
    candidate.press_twice("Publish my profile", until="Saved. Your matches follow in a moment.")
    assert moves_of(service, "profile", "publish", story.login) == 1
    number = re.search(r"TP-\w{6}", candidate.text).group()

    joins_by_invitation(story, service, someone)
    vacancy_id = posts_a_vacancy(story, service)
    service.work()

    agency.follow("See the shortlist")
    assert is_blind(agency.html, story)
    agency.follow_words(number)
    agency.sees("You see the name once this candidate says yes to your agency.")
    assert is_blind(agency.html, story)

    reads_the_match(candidate, story.title)
    candidate.press_twice("I am interested", until="You said yes")
    assert moves_of(service, "introduction", "say_yes", story.login) == 1

    agency.page.reload()
    assert is_blind(agency.html, story), "the name is opened for a reason, and never by itself"
    address = agency.page.url
    agency.tick("purpose", "interview")
    agency.press("Show name and contact")
    assert agency.heading == story.name
    assert "+923012345678" in agency.text
    assert story.login in agency.text
    assert is_blind_to_another_agency(story, service, someone, vacancy_id)

    candidate.press("Take my yes back")
    candidate.sees("You took your yes back")
    agency.go(address)
    assert is_blind(agency.html, story)
    agency.go(f"/vacancies/{vacancy_id}/shortlist")
    assert is_blind(agency.html, story)


def is_blind(html: str, story: Story) -> bool:
    """Whether nothing of who the candidate is stands anywhere in this page, shown or not."""
    assert "TP-" in html
    return not any(word in html for word in story.name_words) and not UNTOLD.search(html)


def registers(story: Story) -> None:
    """From the front page to an account and a begun profile."""
    one = story.candidate
    one.go("/")
    one.follow("Start your profile")
    one.sees("Software ranks, people decide")
    one.sees("Who can use this service")
    one.follow("Continue")
    one.fill(login=story.login, password=PASSWORD, again=PASSWORD)
    one.press("Make my account")
    one.sees("What is never used to compare you")
    one.press("Start my profile")


def answers_the_first_steps(story: Story) -> None:
    """Name, occupation, experience, skills."""
    one = story.candidate
    assert one.box("email").input_value() == story.login
    one.fill(full_name=story.name, phone=PHONE)
    one.press("Save and continue")
    one.fill(words=OCCUPATION_WORDS[one.language.code])
    one.press("Search")
    one.box("occupation").first.check()
    one.press("Save and continue")
    one.tick("answer", "yes")
    one.press("Continue")
    one.fill(title="MAG welder", employer="Karachi Shipyard", started_year="2019", tasks="Ship hulls, 6 to 40 mm")
    one.choose(country="PK", started_month="3")
    one.tick("same_work")
    one.tick("goes_on")
    one.press("Save this job")
    one.follow("Continue")
    skills = ("MIG/MAG welding", "TIG welding", "manual metal arc welding")
    one.tick("skills", *(one.service.skill(name) for name in skills))
    one.press("Save and search for other skills")
    one.fill(words=OTHER_WORK)
    one.press("Search")
    one.box("found").first.check()
    one.press("Add what I ticked")
    one.press("Save and continue")


def comes_back_later(story: Story) -> None:
    """Stop in the middle, sign out, and go on where it stopped."""
    one = story.candidate
    one.fill(about="I weld thick steel and read drawings.")
    one.press("Save and come back later")
    one.sees("Saved. Stop whenever you like: sign in again and go on from here.")
    one.press("Sign out")
    one.go("/sign-in")
    one.fill(login=story.login, password=PASSWORD)
    one.press("Sign in")
    one.follow("Go on")
    assert one.page.url.endswith("/profile/qualifications")


def answers_the_other_steps(one: Person) -> None:
    """Certificates, languages, licences, countries, start, CV."""
    one.tick("kind", "nvqf_certificate")
    one.press("Continue")
    one.fill(title="Welding level 3", issuing_body="NAVTTC", length="12", awarded_year="2018")
    one.tick("unit", "months")
    one.press("Save this certificate")
    one.follow("Continue")
    one.choose(language="en")
    one.tick("level", "B1")
    one.press("Save this language")
    one.follow("Add another language")
    one.choose(language="de")
    one.tick("level", "unknown")
    one.press("Save this language")
    one.follow("Continue")
    one.tick("none")
    one.press("Save and continue")
    one.tick("anywhere")
    one.press("Save and continue")
    one.press("Save and continue")  # no special wishes
    one.tick("when", "now")
    one.press("Save and continue")
    one.press("I have no CV: go on without")
    one.sees("Check your answers")


def joins_by_invitation(story: Story, service, someone) -> None:
    """Project staff sign in and invite; the officer opens the link and makes the account."""
    login = f"staff-{uuid4().hex[:8]}@example.com"
    with service.sessions.begin() as session:
        token = accounts.invite(session, None, role=Role.PROJECT_STAFF)
        accounts.accept_invitation(session, token=token, login=login, password=PASSWORD, name="Sadia Malik")
    agency = story.agency
    staff = someone("en", "desktop")
    staff.go("/sign-in")
    staff.fill(login=login, password=PASSWORD)
    staff.press("Sign in")
    sets_up_an_app(staff)
    staff.follow("Invite somebody")
    officer = f"officer-{uuid4().hex[:8]}@example.org"
    staff.tick("role", "agency_officer")
    staff.fill(organisation=f"Arbeitsagentur {uuid4().hex[:6]}", sent_to=officer)
    staff.choose(country="DE")
    staff.press("Make the invitation")
    agency.go(staff.page.get_by_text(re.compile("/invitation/")).inner_text().strip())
    assert agency.box("login").input_value() == officer
    agency.fill(name="Sabine Roth", password=PASSWORD, again=PASSWORD)
    agency.press("Accept and sign in")
    sets_up_an_app(agency)


def sets_up_an_app(one: Person) -> None:
    """The first sign-in: an authenticator app that shows codes, and recovery codes to keep."""
    one.follow("An app that shows codes")
    secret = one.page.locator(".app-code-letters").inner_text().replace(" ", "").strip()
    one.fill(code=code_at(secret, present_step()))
    one.press("Continue")
    one.follow("I have kept them: continue")


def posts_a_vacancy(story: Story, service) -> UUID:
    """The four parts of the form, checked and published; the id of the vacancy."""
    one = story.agency
    one.follow("Write a vacancy")
    one.fill(title=story.title, occupation="7212", employer="Muster Stahlbau GmbH", description=DESCRIPTION)
    one.fill(place=story.town, seats="4")
    one.choose(country="DE")
    one.press("Save and continue")
    one.tick("must", service.skill("MIG/MAG welding"), service.skill("TIG welding"))
    one.fill(search=OTHER_WORK)
    one.press("Search")
    one.box("nice").first.check()
    one.press("Save and continue")
    one.choose(languages__0__language="en", languages__0__level="A2")
    one.choose(languages__1__language="de", languages__1__level="A2")
    one.tick("licences", "welder_iso_9606")
    one.press("Save and continue")
    closes = today() + timedelta(days=60)
    one.fill(pay_from_cents="2950", pay_to_cents="3400", hours_per_week="38.5")
    one.fill(closes_on__day=f"{closes.day}", closes_on__month=f"{closes.month}", closes_on__year=f"{closes.year}")
    one.tick("pay_period", "month")
    one.tick("cost_payer", "employer")
    one.press("Save")
    one.press("Mark as checked")
    one.press_twice("Publish", until="See the shortlist")
    return UUID(one.page.url.rsplit("/", 1)[1].partition("?")[0])


def reads_the_match(one: Person, title: str) -> None:
    """The list, then the match: what is met, what is missing, what nobody knows, and the candidate's own words."""
    one.follow("See my matches")
    one.follow_words(title)
    for word in ("Met", "Missing", "Unknown"):
        one.sees(word)
    rows = one.page.locator(".app-requirements li")
    said = {" ".join(row.split()) for row in rows.all_text_contents()}
    german = language_name("de", one.language.code)
    in_own_words = one.say("In your words: “%(words)s”") % {"words": OTHER_WORK}
    assert any(one.say("Unknown") in row and german in row for row in said), said
    assert any(one.say("Missing") in row and "ISO 9606" in row for row in said), said
    assert any(one.say("Met") in row and in_own_words in row for row in said), said


def moves_of(service, case_kind: str, action: str, login: str) -> int:
    """How often this person took this step."""
    with service.sessions() as session:
        query = select(func.count()).where(
            CaseEvent.case_kind == case_kind,
            CaseEvent.action == action,
            CaseEvent.actor_id == service.account(login).id,
        )
        return session.scalar(query) or 0


def is_blind_to_another_agency(story: Story, service, someone, vacancy_id: UUID) -> bool:
    """An agency with the same vacancy sees the same candidate without the name, and nothing of the first agency's."""
    login = f"officer-{uuid4().hex[:8]}@example.net"
    with service.sessions.begin() as session:
        name = f"Työvoimatoimisto {uuid4().hex[:6]}"
        agency = accounts.add_organisation(session, kind=OrganisationKind.AGENCY, name=name, country="FI")
        token = accounts.invite(session, None, role=Role.AGENCY_OFFICER, organisation=agency)
        accounts.accept_invitation(session, token=token, login=login, password=PASSWORD, name="Aino Niemi")
    officer = service.actor(login)
    with service.sessions.begin() as session:
        same = draft_of(vacancies.load_vacancies(session, [vacancy_id])[0])
        own = vacancies.create(session, officer, same)
        for step in (VacancyAction.CHECK, VacancyAction.PUBLISH):
            vacancies.move(session, officer, own, step)
        own_id = own.id
    service.work()
    other = someone(story.agency.language.code, "desktop")
    other.signs_in_as(login)
    other.go(f"/vacancies/{own_id}/shortlist")
    assert is_blind(other.html, story)
    other.go(f"/vacancies/{vacancy_id}/shortlist", expect_status=404)
    other.go(story.agency.page.url, expect_status=404)
    return True
