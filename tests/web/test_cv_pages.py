"""Bringing a CV in the browser: one question for each fact, and a sentence for every file that cannot be used."""

import pytest

from talent.accounts.models import Account
from talent.profiles import service
from tests.factories import files
from tests.factories.corridor import make_release
from tests.factories.profiles import begin, make_candidate

CV = """WORK EXPERIENCE
Welder, Descon Engineering, Lahore
March 2014 - February 2019
Helper, Gulf Steel LLC, Dubai, 2012 - 2014

SKILLS
welding steel

LANGUAGES
English B2

LICENCES
Driving licence LTV
"""
FACTS = "/profile/cv/facts"


@pytest.fixture
def gul(session):
    make_release(session)
    actor = make_candidate(session)
    begin(session, actor)
    return actor


@pytest.fixture
def page(session, signed_in, gul):
    return signed_in(session.get(Account, gul.id))


def bring(page, content=CV.encode(), name="cv.txt", kind="text/plain", *, expect=303):  # noqa: B008 - never changed
    upload = page.get("/profile/cv")
    return page.send(upload, action="/profile/cv", files={"cv": (name, content, kind)}, expect=expect)


def own(session, actor):
    session.expire_all()
    return service.own_profile(session, actor)


def answer(page, which):
    """Answer the fact that is asked now: confirm or remove."""
    got = page.get(FACTS)
    [action] = [form.action for form in got.tree.xpath("//main//form") if form.action.endswith(which)]
    return page.send(got, action=action)


def test_the_facts_are_asked_one_by_one_in_the_words_of_the_cv(page):
    assert bring(page) == FACTS
    first = page.get(FACTS)
    assert "From your CV: 1 of" in first.text
    assert "Welder" in first.tree.find(".//blockquote").text
    answer(page, "remove")
    assert "From your CV: 2 of" in page.get(FACTS).text


def test_a_yes_puts_the_fact_into_the_profile_and_a_no_leaves_it_out(session, page, gul):
    bring(page)
    for _ in range(20):
        got = page.get(FACTS)
        actions = [form.action for form in got.tree.xpath("//main//form")]
        if not actions:
            break
        wanted = "confirm" if any(action.endswith("confirm") for action in actions) else "remove"
        answer(page, wanted)
    held = own(session, gul).profile
    assert [job.title for job in held.work] == ["Welder"]
    assert [skill.words for skill in held.skills] == ["welding steel"]
    assert [one.language for one in held.languages] == ["en"]
    assert held.licences == []
    assert "Your CV is done" in page.get(FACTS).heading


def fact_about(page, words):
    """The page of the fact whose words hold these, after leaving out what stands before it."""
    for _ in range(20):
        got = page.get(FACTS)
        if words in (got.tree.findtext(".//blockquote") or ""):
            return got
        answer(page, "remove")
    raise AssertionError(f"no fact about {words}")


def test_a_job_without_its_months_is_changed_in_the_form_of_a_job(session, page, gul):
    bring(page)
    got = fact_about(page, "Helper")
    assert "Something is missing here" in got.text
    [change] = [link for link in got.links() if link.endswith("/change")]
    form = page.get(change)
    assert form.form().fields["started_year"] == "2012"
    refused = page.send(form, expect=422)
    assert {"#started_month", "#ended_month"} & set(refused.errors)
    assert page.send(form, started_month="1", ended_month="12", ended_year="2013") == FACTS
    assert [job.title for job in own(session, gul).profile.work] == ["Helper"]
    assert "Helper" not in page.get(FACTS).text


def test_a_licence_that_is_not_clear_is_chosen_from_the_list(session, page, gul):
    bring(page)
    got = fact_about(page, "LTV")
    [change] = [link for link in got.links() if link.endswith("/change")]
    form = page.get(change)
    assert set(page.send(form, expect=422).errors) == {"#choice"}
    assert set(page.send(form, choice="pilot", expect=422).errors) == {"#choice"}
    assert page.send(form, choice="driving_b") == FACTS
    assert own(session, gul).profile.licences == ["driving_b"]


def test_a_skill_may_be_changed_for_one_that_is_near(session, page, gul):
    bring(page)
    got = fact_about(page, "welding steel")
    [change] = [link for link in got.links() if link.endswith("/change")]
    form = page.get(change)
    choices = form.tree.xpath("//input[@name='choice']/@value")
    assert page.send(form, choice=choices[-1]) == FACTS
    [held] = own(session, gul).profile.skills
    assert (str(held.skill_id), held.words) == (choices[-1], "welding steel")


def test_the_rest_may_be_left_out_at_once(session, page, gul):
    bring(page)
    assert page.send(page.get(FACTS), action=f"{FACTS}/leave-out") == FACTS
    assert "You left everything out" in page.get(FACTS).text
    assert own(session, gul).open_cv_facts == 0


def test_a_double_click_on_yes_adds_one_job(session, page, gul):
    bring(page)
    got = fact_about(page, "Descon")
    [action] = [form.action for form in got.tree.xpath("//main//form") if form.action.endswith("confirm")]
    assert page.send(got, action=action) == page.send(got, action=action) == FACTS
    assert len(own(session, gul).profile.work) == 1


def test_the_file_can_be_deleted_and_nothing_that_was_confirmed_goes_with_it(session, page, gul):
    bring(page)
    fact_about(page, "Descon")
    answer(page, "confirm")
    page.send(page.get(FACTS), action=f"{FACTS}/leave-out")
    assert "cv.txt" in page.get("/profile/cv").text
    assert page.send(page.get("/profile/cv"), action="/profile/cv/remove") == "/profile/cv"
    assert "cv.txt" not in page.get("/profile/cv").text
    assert len(own(session, gul).profile.work) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 400, "cv.pdf", "picture"),
        (files.locked_pdf(), "cv.pdf", "password"),
        (files.pdf("Welder", pages=60), "cv.pdf", "60 pages"),
        (files.docx_bomb(), "cv.docx", ""),
        (b"a" * (2 * 1024 * 1024 + 1), "cv.txt", "2 MB"),
        (b"", "cv.txt", "empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(session, page, gul, content, name, sentence):
    again = bring(page, content, name, "application/pdf", expect=422)
    assert set(again.errors) == {"#cv"}
    assert sentence in again.errors["#cv"]
    assert own(session, gul).profile.answered == []


def test_no_file_at_all_is_said_and_going_on_without_is_a_button(page):
    upload = page.get("/profile/cv")
    assert "Choose a file" in page.send(upload, action="/profile/cv", expect=422).errors["#cv"]
    assert page.send(upload, action="/profile/cv/skip") == "/profile/name"


def test_what_reading_noticed_is_said_after_the_upload(page):
    address = bring(page, files.scanned_pdf("Welder\nSKILLS\nwelding steel"), "cv.pdf", "application/pdf")
    assert "scan" in page.get(address).text


def test_a_note_that_nobody_wrote_is_not_shown(page):
    bring(page)
    for forged in ("<b>", "999.1", "a.b", "0", "1.x-2.y"):
        assert page.get(f"{FACTS}?notes={forged}").tree.find(".//blockquote") is not None


def test_another_candidates_fact_is_no_page_for_me(session, page, gul, signed_in):
    bring(page)
    [change] = [link for link in page.get(FACTS).links() if link.endswith("/change")]
    other = make_candidate(session)
    begin(session, other)
    signed_in(session.get(Account, other.id)).get(change, expect=404)
