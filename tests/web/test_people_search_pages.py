"""The page on which project staff look for people: a form that only reads, blind lines, a sentence for each case."""

from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import event, select

from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.matching import people
from talent.matching.engine import load
from talent.profiles.models import WorkPeriod
from tests.factories.corridor import concept, make_account, make_published_profile, make_release
from tests.factories.encoder import KeywordEncoder

PLACE = "/staff/search"


@pytest.fixture
def staff(session):
    return make_account(session, Role.PROJECT_STAFF, name="Dana Staff")


@pytest.fixture
def desk(signed_in, staff):
    return signed_in(staff)


@pytest.fixture(autouse=True)
def corridor(session):
    """A welder who tells more in own words, and a cook; both with vectors."""
    make_release(session)
    made = {}
    for reference, told in {
        "TP-WELDER": {"about": "Ayesha of Lahore laid bricks.", "skills": ("welding steel", "wiring")},
        "TP-COOK": {"occupation": "Cook", "skills": ("cook rice",), "countries": ["DE"], "licences": ["crane"]},
    }.items():
        job = WorkPeriod(
            occupation_id=concept("Welder"),
            title="Foreman",
            employer="Muster Stahlbau",
            started_on=date(2020, 1, 1),
            ended_on=date(2020, 7, 1),
        )
        made[reference] = make_published_profile(session, reference=reference, work=[job], **told)
    load(session, KeywordEncoder())
    return made


def listed(got):
    return [" ".join(cell.text_content().split()) for cell in got.tree.xpath("//main//tbody//th/bdi")]


def test_staff_find_the_page_from_their_overview_and_see_everybody_without_asking(desk):
    assert PLACE in desk.get("/staff").links()
    got = desk.get(PLACE)
    assert got.heading == "Search for people"
    assert "2 people found. The profiles published last stand first." in got.text
    assert sorted(listed(got)) == ["TP-COOK", "TP-WELDER"]


def test_the_page_says_that_it_is_no_ranking_and_that_a_person_decides(desk):
    text = desk.get(PLACE).text
    assert "This is a search, not a ranking for a vacancy." in text
    assert "a person decides what follows" in text


def test_a_line_holds_coded_facts_and_neither_name_nor_own_words_nor_employer(desk):
    got = desk.get(PLACE + "?words=bricks")
    assert listed(got)[0] == "TP-WELDER"
    for words in ("Found by: bricks", "Welder", "7 months", "welding steel, wiring", "German A2", "1 January 2027"):
        assert words in got.text, words
    for hidden in ("Ayesha", "Bibi", "Khan", "+92", "Lahore", "laid", "Foreman", "Muster", "I do welding"):
        assert hidden not in got.text, hidden


def test_filters_stay_in_the_form_and_in_the_address(desk):
    query = f"occupation=5120&skill={concept('cook rice')}&language=de&level=A2&licence=crane&country=DE&months=7"
    got = desk.get(f"{PLACE}?{query}&by-day=1&by-month=1&by-year=2027")
    assert listed(got) == ["TP-COOK"]
    form = got.tree.xpath("//main//form[@role='search']")[0]
    kept = dict(form.form_values())
    assert kept["skill"] == str(concept("cook rice"))
    assert (kept["occupation"], kept["level"], kept["months"], kept["by-year"]) == ("5120", "A2", "7", "2027")
    assert any("occupation=5120" in link and "like=TP-COOK" in link for link in got.links())


def test_skills_looked_for_stand_as_boxes_to_tick(desk):
    got = desk.get(PLACE + "?look=welding")
    assert str(concept("pipe welding")) in got.tree.xpath("//input[@name='skill']/@value")
    assert "We found no skill for “xyzzy”" in desk.get(PLACE + "?look=xyzzy").text


def test_who_is_like_somebody_is_a_link_of_each_line(desk):
    like = next(link for link in desk.get(PLACE).links() if "like=TP-WELDER" in link)
    got = desk.get(like)
    assert "People like TP-WELDER" in got.text
    assert listed(got) == ["TP-COOK"]


def test_nobody_found_is_said_in_a_sentence(desk):
    assert "Nobody was found. Take a filter away" in desk.get(PLACE + "?words=xyzzy").text
    assert "Nobody was found." in desk.get(PLACE + "?occupation=8332").text


def test_somebody_unknown_to_be_like_is_not_found(desk):
    desk.get(PLACE + "?like=TP-NOBODY", expect=404)


def test_somebody_without_a_vector_cannot_be_the_example_yet(session, desk):
    make_published_profile(session, reference="TP-NEW")
    assert "has not been compared with others yet" in desk.get(PLACE + "?like=TP-NEW").text


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("words=" + quote("?!، ۔"), "#words", "Write at least one word of letters or digits."),
        ("words=" + "welder+" * 500, "#words", "Write at most 200 characters."),
        ("words=%00", "#words", "hidden character"),
        ("months=x", "#months", "whole number from 0 to 600"),
        ("months=-1", "#months", "whole number from 0 to 600"),
        ("occupation=welder", "#occupation", "Choose the occupation from the list."),
        ("language=xx", "#language", "Choose one from the list."),
        ("licence=xx", "#licence", "Choose one from the list."),
        ("country=US", "#country", "Choose one from the list."),
        ("level=A1", "#level", "Choose the language of this level as well."),
        ("language=de&level=Z9", "#level", "Choose a level from the list."),
        ("skill=steel", "#skill", "Tick at most ten skills of the list."),
        ("by-day=31&by-month=2&by-year=2027", "#by-day", "There is no such date."),
        ("like=" + "x" * 40, "#like", "no candidate’s reference"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_box_and_nobody_is_shown(desk, query, field, words):
    got = desk.get(f"{PLACE}?{query}", expect=422)
    assert list(got.errors) == [field]
    assert words in got.errors[field]
    assert listed(got) == []


@pytest.mark.parametrize("typed", ["'", "a:*", "weld & !cook", "(((", "\\", "<b>", "%", "weld:A", "'x' | 'y'"])
def test_signs_of_a_query_language_are_words_or_nothing(desk, typed):
    got = desk.client.get(PLACE, params={"words": typed}, headers={"Accept": "text/html"})
    assert got.status_code in {200, 422}


def test_pages_go_on_with_the_question(session, desk, monkeypatch):
    monkeypatch.setattr(people, "PEOPLE_A_PAGE", 1)
    first = desk.get(PLACE + "?words=welder")
    assert "Page 1 of 2" in first.text
    second = desk.get(next(link for link in first.links() if "page=2" in link))
    assert (listed(first), listed(second)) == (["TP-WELDER"], ["TP-COOK"])


def test_each_person_shown_can_read_of_it(session, desk, staff, corridor, signed_in):
    desk.get(PLACE + "?occupation=5120")
    looks = session.scalars(select(AuditEntry).where(AuditEntry.action == "card.found")).all()
    assert [(one.subject_id, one.actor_id) for one in looks] == [(corridor["TP-COOK"].id, staff.id)]


def test_the_page_in_urdu(session, staff, signed_in):
    got = signed_in(staff, language="ur-PK,ur;q=0.9").get(PLACE + "?lang=ur&words=welder")
    assert got.tree.get("dir") == "rtl"
    assert "لوگ تلاش کریں" in got.heading
    assert "This is a search" not in got.text


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PROJECT_STAFF, Role.SYSTEM)])
def test_nobody_else_opens_the_page(session, signed_in, role):
    signed_in(make_account(session, role)).get(PLACE, expect=403)


def test_the_number_of_queries_does_not_grow_with_the_people(session, desk, engine):
    def asked(query):
        seen = []
        listen = lambda *given: seen.append(given[2])  # noqa: E731 - removed again by its name
        event.listen(engine, "before_cursor_execute", listen)
        desk.get(PLACE + query)
        event.remove(engine, "before_cursor_execute", listen)
        return [one for one in seen if "SAVEPOINT" not in one and "set_config" not in one]

    desk.get(PLACE)
    few = asked("?like=TP-COOK&words=welder")
    for number in range(20):
        make_published_profile(session, reference=f"TP-{number}")
    session.expire_all()
    many = asked("?like=TP-COOK&words=welder")
    assert len(many) <= len(few) <= 14, many
