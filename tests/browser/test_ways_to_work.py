"""Five journeys to work, each on the pages of whoever acts: both shores' steps, the way there, and the way back."""

from datetime import timedelta

import pytest

from talent.foundation.clock import today
from talent.placements.schemas import PlacementMoved
from talent.placements.states import PlacementAction as A
from talent.vacancies.models import VacancySkill
from tests.browser.people import Person
from tests.browser.travelling import Travelling

EXIT = "pk_exit"


@pytest.fixture
def one(someone) -> Person:
    """The browser before which everybody sits down in turn."""
    return someone("en", "phone")


def boxes(name: str, days_ago: int) -> dict[str, str]:
    """The three boxes of a date."""
    day = today() - timedelta(days=days_ago)
    return {f"{name}__day": str(day.day), f"{name}__month": str(day.month), f"{name}__year": str(day.year)}


def leaves_and_works(journey: Travelling) -> None:
    """On the pages: the Protector registers and clears; the agency says that the worker arrived and works."""
    listed = journey.sits("protector", "/placements")
    assert journey.here in listed.page.content()
    journey.notes("protector", EXIT, "registration")
    journey.presses("protector", "Clear the departure")
    journey.presses("agency", "Has arrived and registered")
    begins_to_work(journey)


def begins_to_work(journey: Travelling) -> None:
    """On the pages: the agency says that the work has begun, and the candidate reads it."""
    journey.is_done("arrival")
    one = journey.sits("agency")
    one.fill(**boxes("on", 0))
    one.press("The work has begun")
    journey.sits("candidate").sees("At work")


def up_to_the_protector(journey: Travelling) -> None:
    """Unseen: every step of leaving but the Protector's registration."""
    with journey.service.sessions.begin() as session:
        party = journey.party(session)
        for _ in range(4):
            party.note("exit", at_most=1)


def test_a_welder_goes_to_germany_by_the_fast_track_over_the_steps_of_both_shores(service, one):
    way = "de_fast_track_81a"
    journey = Travelling(service, one, "DE", "7212", title="Welder")
    journey.offers(way)
    journey.sits("agency", f"{journey.here}/contract/terms")
    one.fill(pay_cents="2950", hours_week="40")
    one.tick("period", "month")
    one.press("Save")
    one.press("Send the terms to the worker")
    journey.sits("candidate", f"{journey.here}/contract")
    one.tick("was_read")
    one.press("I agree to these terms")
    journey.presses("candidate", "Accept the offer")
    journey.notes("agency", way, "offer", document="contract.pdf")
    journey.notes("candidate", EXIT, "papers")
    line = journey.sits("candidate").page.locator("#line + p + ol").inner_text()
    assert line.count("Done") == 2
    assert "Germany" in line
    assert "Pakistan" in line
    one.sees("Open the document of")
    assert "Give the employer a power of attorney" in journey.next_step()
    journey.is_done("training", A.BEGIN_PERMIT)
    journey.is_done("permit")
    journey.presses("agency", "Go on to the visa")
    journey.is_done("visa", A.BEGIN_EXIT)
    up_to_the_protector(journey)
    leaves_and_works(journey)


def test_a_hospitality_trainee_reads_in_urdu_how_the_way_to_a_hotel_in_finland_goes_on(service, someone):
    one = someone("ur", "phone")
    way = "fi_employed_person"
    journey = Travelling(service, one, "FI", "9112", title="Hotel cleaner")
    journey.begins(way)
    journey.sits("candidate").sees("Offer: the candidate answers")
    journey.is_answered()
    journey.notes("agency", way, "offer")
    journey.notes("agency", way, "posting")
    journey.sits("candidate")
    assert one.say("The vacancy stands open for at least two weeks") in journey.next_step()
    journey.is_done("training", A.BEGIN_PERMIT)
    journey.is_done("permit")
    journey.presses("agency", "Go on to the visa")
    journey.is_done("visa", A.BEGIN_EXIT)
    up_to_the_protector(journey)
    leaves_and_works(journey)


def test_a_farm_worker_goes_to_italy_out_of_quota_after_a_course(service, one):
    way = "it_art23_trained"
    journey = Travelling(service, one, "IT", "6113", title="Farm worker")
    journey.sits("agency", f"/placements/new/{journey.introduction}").sees("can be called outside the quota")
    journey.offers(way)
    journey.is_answered()
    journey.is_done("preparation")
    journey.presses("agency", "The training begins")
    journey.notes("agency", way, "course_start")
    journey.is_done("preparation")
    with service.sessions.begin() as session:
        journey.party(session).note("training", at_most=1)
    journey.notes("candidate", way, "course", document="course.pdf")
    one.sees("Apply for the visa within six months of the end of the course")
    one.sees("Until")
    journey.is_done("training", A.BEGIN_PERMIT)
    journey.is_done("permit", A.BEGIN_VISA)
    journey.is_done("visa", A.BEGIN_EXIT)
    journey.is_done("exit", A.CLEAR, A.ARRIVE)
    begins_to_work(journey)


def test_an_it_worker_without_a_degree_finds_the_blue_card_and_goes_by_it(service, one):
    asked = "country=DE&occupation=2512&award=school&has_offer=yes&contract_months=24&pay_year=57600"
    one.go(f"/pathways/check?{asked}&experience_months_in_7=40&has_licence=yes")
    one.sees("Germany: EU Blue Card (§ 18g)")
    way = "de_blue_card_18g"
    journey = Travelling(service, one, "DE", "2512", title="Software developer")
    journey.offers(way)
    journey.is_answered()
    journey.notes("agency", way, "offer")
    journey.is_done("training", A.BEGIN_PERMIT)
    journey.is_done("permit", A.BEGIN_VISA)
    journey.notes("candidate", way, "visa_application")
    assert "The Federal Employment Agency consents" in one.text
    journey.is_done("visa")
    journey.presses("agency", "Go on to the exit clearance")
    journey.is_done("exit", A.CLEAR, A.ARRIVE)
    begins_to_work(journey)


def test_one_comes_back_with_the_skill_of_the_job_on_the_profile(service, one):
    words = "MIG/MAG welding"
    skill = service.skill(words)
    asked = [VacancySkill(skill_id=skill, words=words, is_must=True)]
    journey = Travelling(service, one, "DE", "7212", title="Welder", skills=asked)
    journey.begins("de_fast_track_81a")
    journey.is_answered()
    journey.is_done("training", A.BEGIN_PERMIT)
    journey.is_done("permit", A.BEGIN_VISA)
    journey.is_done("visa", A.BEGIN_EXIT)
    journey.is_done("exit", A.CLEAR, A.ARRIVE)
    worked = PlacementMoved(on=today() - timedelta(days=200))
    journey.is_done("arrival", A.START_WORK, A.CONFIRM_WORK, A.CONFIRM_WORK, on=worked)
    journey.sits("candidate", f"{journey.here}/check-in")
    for question in ("in_job", "pay", "hours", "job"):
        one.tick(question, "yes")
    one.press("Send")
    journey.presses("candidate", "I have returned to Pakistan")
    one.follow("You are back: your skills, and help")
    one.tick("skills", skill)
    one.press("Add to my profile")
    one.go("/profile/skills")
    one.sees(words)
    journey.sits("agency").sees("Returned")
