"""A candidate's profile in the browser: every step, its errors, saving and coming back, two windows, double clicks."""

import pytest
from sqlalchemy import event, select

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.profiles import service
from talent.profiles.identity import contact_of
from talent.profiles.models import Profile
from talent.profiles.states import ProfileState
from talent.profiles.steps import STEPS
from tests.factories.corridor import concept, make_account, make_release
from tests.factories.profiles import THREE_SKILLS, answer_everything, begin, make_candidate, publish_one

STEP_PAGES = [f"/profile/{step.name}" for step in STEPS]
IDENTITY = {"full_name": "Muhammad Aslam Khan", "phone": "0301 2345678"}


@pytest.fixture
def aslam(session):
    make_release(session)
    return make_candidate(session, login="aslam@example.com")


@pytest.fixture
def page(session, signed_in, aslam):
    """The browser of a candidate who has begun nothing."""
    return signed_in(session.get(Account, aslam.id))


@pytest.fixture
def begun(session, page, aslam):
    """The same browser, once the profile is begun."""
    begin(session, aslam)
    return page


def own(session, actor):
    session.expire_all()
    return service.own_profile(session, actor)


def step(browser, name, *, expect=303, press=None, **filled):
    """Open a step's page, fill it in, send it."""
    return browser.send(
        browser.get(f"/profile/{name}"), action=f"/profile/{name}", expect=expect, press=press, **filled
    )


def test_before_the_first_question_stands_who_decides_what_is_never_used_and_what_is_not_promised(page):
    first = page.get("/profile")
    for words in (
        "Who can use it",
        "Software ranks, people decide",
        "never used to compare you",
        "No promise of a job or a visa",
    ):
        assert words in first.text
    assert page.send(first, action="/profile/begin") == "/profile/name"


def test_reading_the_first_page_begins_nothing(session, page, aslam):
    page.get("/profile")
    assert own(session, aslam) is None


def test_whoever_has_not_begun_is_led_to_the_first_page_from_every_step(page):
    for address in (*STEP_PAGES, "/profile/check", "/profile/pause", "/profile/cv/facts"):
        assert page.goes_to(address) == "/profile"


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.INSTITUTE_OFFICER, Role.PROJECT_STAFF, Role.ADMINISTRATOR])
def test_only_candidates_have_a_profile(session, signed_in, role):
    browser = signed_in(make_account(session, role))
    for address in ("/profile", "/profile/name", "/profile/cv"):
        assert "Only a candidate" in browser.get(address, expect=403).text


def test_nobody_reads_a_profile_without_signing_in(browser):
    assert browser.goes_to("/profile").startswith("/sign-in")


def test_each_step_leads_to_the_next_from_the_name_to_the_check(session, begun, aslam):
    assert step(begun, "name", **IDENTITY) == "/profile/occupation"
    found = begun.get("/profile/occupation/find?words=weld")
    assert begun.send(found, action="/profile/occupation", occupation=str(concept("Welder"))) == "/profile/experience"
    assert step(begun, "experience", answer="no") == "/profile/skills"
    ticked = [str(concept(name)) for name in THREE_SKILLS]
    added = begun.get("/profile/skills/find?words=weld")
    assert begun.send(added, action="/profile/skills/add", found=[str(concept("pipe welding"))]) == "/profile/skills"
    assert step(begun, "skills", skills=[*ticked]) == "/profile/about"
    assert step(begun, "about", about="I weld ship hulls.") == "/profile/qualifications"
    assert step(begun, "qualifications", kind="none") == "/profile/languages"
    first = begun.get("/profile/languages")
    assert begun.send(first, action="/profile/languages/add", language="en", level="unknown") == "/profile/languages"
    assert "/profile/licences" in begun.get("/profile/languages").links()
    assert step(begun, "licences", none="true") == "/profile/countries"
    assert step(begun, "countries", anywhere="true") == "/profile/wishes"
    assert step(begun, "wishes") == "/profile/start"
    assert step(begun, "start", when="now") == "/profile/cv"
    assert begun.send(begun.get("/profile/cv"), action="/profile/cv/skip") == "/profile/check"
    checked = begun.get("/profile/check")
    assert begun.send(checked, action="/profile/publish") == "/profile?saved=yes"
    assert own(session, aslam).profile.state is ProfileState.PUBLISHED
    assert "/matches" in begun.get("/profile?saved=yes").links()


def test_the_task_list_says_how_far_everything_is(begun):
    before = begun.get("/profile").text
    assert "0 of 12 steps" in before
    step(begun, "name", **IDENTITY)
    step(begun, "experience", answer="no")
    after = begun.get("/profile").text
    assert "2 of 12 steps" in after
    assert "done: nothing to add" in after


def test_the_login_is_the_first_suggestion_of_a_contact(begun):
    assert begun.get("/profile/name").form().fields["email"] == "aslam@example.com"


@pytest.mark.parametrize(
    ("name", "filled", "errors"),
    [
        ("name", {"full_name": "", "phone": "1"}, {"#full_name", "#phone"}),
        ("name", {"full_name": "محمد اسلم"}, {"#full_name"}),
        ("name", {"full_name": "Aslam Khan", "email": "", "phone": ""}, {"#email"}),
        ("experience", {}, {"#answer"}),
        ("skills", {"skills": []}, {"#skills"}),
        ("about", {"about": "Ring me: 0301 2345678"}, {"#about"}),
        ("qualifications", {}, {"#kind"}),
        ("licences", {}, {"#licences"}),
        ("licences", {"licences": ["forklift"], "none": "true"}, {"#licences"}),
        ("countries", {}, {"#countries"}),
        ("wishes", {"least_pay_euros": "a lot"}, {"#least_pay_euros"}),
        ("wishes", {"first_countries": ["DE", "IT", "ES", "FI"]}, {"#first_countries"}),
        ("start", {}, {"#when"}),
        ("start", {"when": "later"}, {"#available_from-day"}),
        (
            "start",
            {"when": "later", "available_from-day": "31", "available_from-month": "2", "available_from-year": "2027"},
            {"#available_from-day"},
        ),
        (
            "start",
            {"when": "later", "available_from-day": "1", "available_from-month": "1", "available_from-year": "2020"},
            {"#available_from-day"},
        ),
    ],
)
def test_an_answer_that_cannot_be_used_comes_back_with_a_sentence_and_everything_typed(begun, name, filled, errors):
    again = step(begun, name, expect=422, **filled)
    assert again.title.startswith("Error:")
    assert set(again.errors) == errors
    typed = dict(again.form(f"/profile/{name}").form_values())
    for field, value in filled.items():
        if value and not isinstance(value, list):
            assert typed[field] == value


@pytest.mark.parametrize(
    ("filled", "error"),
    [
        ({"title": ""}, "#title"),
        ({"ended_year": "2018"}, "#ended_month"),
        ({"started_year": str(today().year + 1)}, "#started_month"),
        ({"ended_month": "", "ended_year": ""}, "#ended_month"),
        ({"goes_on": "true"}, "#ended_month"),
        ({"started_year": "19"}, "#started_year"),
        ({"tasks": "Call 0301 2345678"}, "#tasks"),
    ],
)
def test_an_impossible_job_is_refused_beside_its_field_and_not_saved(session, begun, aslam, filled, error):
    job = {"title": "Welder", "started_month": "3", "started_year": "2019", "ended_month": "2", "ended_year": "2024"}
    again = begun.send(begun.get("/profile/experience/add"), expect=422, **(job | filled))
    assert error in again.errors
    assert own(session, aslam).profile.work == []


def test_jobs_are_added_changed_and_removed_one_by_one(session, begun, aslam):
    job = {"title": "Welder", "started_month": "3", "started_year": "2019", "goes_on": "true"}
    assert begun.send(begun.get("/profile/experience/add"), **job) == "/profile/experience"
    [saved] = own(session, aslam).profile.work
    page_of_job = begun.get(f"/profile/experience/{saved.id}")
    assert begun.send(page_of_job, title="Foreman") == "/profile/experience"
    assert "Foreman" in begun.get("/profile/experience").text
    asked = begun.get(f"/profile/experience/{saved.id}/remove")
    assert begun.send(asked) == "/profile/experience"
    assert own(session, aslam).profile.work == []
    begun.get(f"/profile/experience/{saved.id}", expect=404)


def test_a_certificate_is_asked_by_its_kind_first_and_only_the_vocational_one_for_its_level(begun):
    address = step(begun, "qualifications", kind="nvqf_certificate")
    assert address == "/profile/qualifications/add?kind=nvqf_certificate"
    assert "nvqf_level" in begun.get(address).form().fields
    degree = begun.get("/profile/qualifications/add?kind=bachelor")
    assert "nvqf_level" not in degree.form().fields
    sent = {"title": "BSc Nursing", "length": "4", "unit": "years", "field": "0913", "awarded_year": "2018"}
    assert begun.send(degree, **sent) == "/profile/qualifications"
    assert "BSc Nursing" in begun.get("/profile/qualifications").text


def test_the_length_of_a_diploma_of_associate_engineer_is_suggested(begun):
    fields = begun.get("/profile/qualifications/add?kind=dae").form().fields
    assert (fields["length"], fields["unit"]) == ("3", "years")


def test_each_level_of_a_language_is_said_in_plain_words_and_not_knowing_is_an_answer(begun):
    words = begun.get("/profile/languages").text
    assert "I can follow instructions at work" in words
    assert "I do not know my level" in words


def test_coming_back_later_keeps_what_was_answered_and_asks_nothing_of_an_empty_page(session, begun, aslam):
    assert step(begun, "name", press=("go", "later"), **IDENTITY) == "/profile?saved=yes"
    assert own(session, aslam).full_name == "Muhammad Aslam Khan"
    assert "Saved." in begun.get("/profile?saved=yes").text
    for name in ("experience", "skills", "licences", "countries", "start", "qualifications"):
        assert step(begun, name, press=("go", "later")).startswith("/profile")


def test_searching_for_more_skills_saves_the_ticks_first(session, begun, aslam):
    answer_everything(session, aslam)
    ticked = [str(concept(THREE_SKILLS[0]))]
    assert step(begun, "skills", skills=ticked, press=("go", "find")) == "/profile/skills/find"
    assert [str(held.skill_id) for held in own(session, aslam).profile.skills] == ticked


def test_an_occupation_that_is_not_found_leads_on(begun):
    nothing = begun.get("/profile/occupation/find?words=zzzzqqq")
    assert "found no occupation" in nothing.text
    assert "/profile/occupation" in nothing.links()


def test_a_sector_that_does_not_exist_is_no_page(begun):
    begun.get("/profile/occupation/sector/piracy", expect=404)


def test_a_change_from_the_check_leads_back_to_the_check(session, begun, aslam):
    answer_everything(session, aslam)
    links = begun.get("/profile/check").links()
    assert {f"/profile/{one.name}?then=check" for one in STEPS} <= set(links)
    got = begun.get("/profile/about?then=check")
    assert begun.send(got, about="Pipes") == "/profile/check?saved=yes"
    jobs = begun.get("/profile/experience?then=check")
    assert "/profile/check?saved=yes" in jobs.links()


def test_what_is_missing_is_said_before_publishing_and_nothing_is_published(session, begun, aslam):
    missing = begun.get("/profile/check")
    assert "Enter your name as it is in your passport." in missing.text
    assert [form.action for form in missing.tree.xpath("//main//form")] == []


def test_a_publication_that_slipped_through_is_refused_on_the_page(session, begun, aslam):
    answer_everything(session, aslam)
    ready = begun.get("/profile/check")
    service.own_profile(session, aslam).profile.available_from = None
    session.flush()
    assert "Say when you could start." in begun.send(ready, action="/profile/publish", expect=422).text


def test_pausing_resuming_and_withdrawing_say_what_they_mean_first(session, begun, aslam):
    publish_one(session, aslam)
    pause = begun.get("/profile/pause")
    assert "Nothing is deleted" in pause.text
    assert begun.send(pause) == "/profile"
    assert "paused" in begun.get("/profile").heading
    assert begun.send(begun.get("/profile/resume")) == "/profile?saved=yes"
    leave = begun.get("/profile/withdraw")
    assert "leaves every list" in leave.text
    assert begun.send(leave) == "/profile"
    gone = begun.get("/profile")
    assert "withdrawn" in gone.heading
    assert begun.send(gone, action="/profile/reopen") == "/profile"
    assert own(session, aslam).profile.state is ProfileState.DRAFT


def test_a_withdrawn_profile_is_not_changed_behind_its_back(session, begun, aslam):
    publish_one(session, aslam)
    about = begun.get("/profile/about")
    service.withdraw(session, aslam, service.profile_to_move(session, aslam))
    assert "Open it again" in begun.send(about, about="Pipes", expect=409).text


def test_a_step_saved_in_another_window_is_shown_with_both_values_and_either_may_be_kept(session, begun, aslam):
    first, second = begun.get("/profile/about"), begun.get("/profile/about")
    begun.send(first, about="From the first window")
    both = begun.send(second, about="From the second window", expect=409)
    assert "From the first window" in both.text
    assert "From the second window" in both.text
    assert own(session, aslam).profile.about == "From the first window"
    assert "/profile/about" in both.links()
    begun.send(both)
    assert own(session, aslam).profile.about == "From the second window"


@pytest.mark.parametrize(
    ("name", "one", "other", "words"),
    [
        ("countries", {"countries": ["DE"]}, {"countries": ["IT"]}, ("Germany", "Italy")),
        ("licences", {"licences": ["forklift"]}, {"licences": ["crane"]}, ("Forklift", "Crane")),
        (
            "start",
            {"when": "now"},
            {"when": "later", "available_from-day": "1", "available_from-month": "9", "available_from-year": "2027"},
            ("Now", "From a day"),
        ),
    ],
)
def test_both_values_are_shown_in_words(session, begun, aslam, name, one, other, words):
    answer_everything(session, aslam)
    first, second = begun.get(f"/profile/{name}"), begun.get(f"/profile/{name}")
    cleared = {"anywhere": [], "none": []}
    begun.send(first, action=f"/profile/{name}", **(cleared | one))
    both = begun.send(second, action=f"/profile/{name}", expect=409, **(cleared | other))
    assert all(word in both.text for word in words)


def test_a_double_click_adds_one_job_and_leads_to_the_same_page(session, begun, aslam):
    form = begun.get("/profile/experience/add")
    job = {"title": "Welder", "started_month": "3", "started_year": "2019", "goes_on": "true"}
    assert begun.send(form, **job) == begun.send(form, **job) == "/profile/experience"
    assert len(own(session, aslam).profile.work) == 1


def test_a_double_click_publishes_once(session, begun, aslam):
    answer_everything(session, aslam)
    ready = begun.get("/profile/check")
    assert begun.send(ready, action="/profile/publish") == begun.send(ready, action="/profile/publish")
    assert len(service.profile_journal(session, aslam, own(session, aslam))) == 1


def test_a_form_that_was_refused_may_be_mended_and_sent_again_from_the_same_page(session, begun, aslam):
    form = begun.get("/profile/name")
    begun.send(form, expect=422, full_name="محمد")
    assert begun.send(form, **IDENTITY) == "/profile/occupation"
    assert own(session, aslam).full_name == "Muhammad Aslam Khan"


def test_another_candidates_entries_are_no_pages_for_me(session, begun, aslam):
    other = make_candidate(session)
    theirs = publish_one(session, other).profile
    for path in (
        f"experience/{theirs.work[0].id}",
        f"experience/{theirs.work[0].id}/remove",
        f"qualifications/{theirs.qualifications[0].id}",
        f"languages/{theirs.languages[0].id}",
    ):
        begun.get(f"/profile/{path}", expect=404)


def test_a_published_profile_cannot_lose_its_last_language_and_says_why(session, begun, aslam):
    held = publish_one(session, aslam).profile.languages[0]
    refused = begun.send(begun.get(f"/profile/languages/{held.id}/remove"), expect=422)
    assert "pause your profile first" in refused.text
    assert len(own(session, aslam).profile.languages) == 1


def test_the_name_stands_on_no_page_but_the_candidates_own(session, begun, aslam):
    publish_one(session, aslam)
    assert "Muhammad Aslam Khan" in begun.get("/profile/check").text
    assert contact_of(session, session.scalars(select(Profile.id)).one()).full_name == "Muhammad Aslam Khan"
    assert not any("name" in column.key for column in Profile.__table__.columns)


@pytest.mark.parametrize("address", ["/profile", "/profile/check", "/profile/skills", "/profile/experience"])
@pytest.mark.parametrize("is_published", [False, True])
def test_a_page_asks_the_database_at_most_twelve_times(session, begun, aslam, address, is_published):
    (publish_one if is_published else answer_everything)(session, aslam)
    session.expire_all()
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(session.connection(), "before_cursor_execute", count)
    begun.get(address)
    event.remove(session.connection(), "before_cursor_execute", count)
    asked = [statement for statement in seen if "SAVEPOINT" not in statement and "app.role" not in statement]
    assert len(asked) <= 12, asked


@pytest.mark.parametrize("address", [*STEP_PAGES, "/profile", "/profile/check", "/profile/experience/add"])
def test_every_page_is_well_made_in_urdu_too(session, app, signed_in, aslam, address):
    answer_everything(session, aslam)
    browser = signed_in(session.get(Account, aslam.id), language="ur")
    assert browser.get(f"{address}?lang=ur").tree.get("dir") == "rtl"
