"""An agency's pages: writing, mending, publishing, finding, two people at once, files with many."""

import json

import pytest
from sqlalchemy import event, select

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.vacancies import service
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState
from talent.vacancies.terms import CostPayer
from tests.factories.vacancies import (
    colleague_of,
    in_days,
    load_words,
    make_officer,
    make_vacancy,
    occupation,
    skill,
)
from tests.vacancies.test_importing import as_csv, row


@pytest.fixture
def officer(session):
    load_words(session)
    return make_officer(session)


@pytest.fixture
def desk(signed_in, session, officer):
    """The officer's browser."""
    return signed_in(session.get_one(Account, officer.id))


@pytest.fixture
def as_(signed_in, session):
    """The browser of anybody: ``as_(actor)``."""
    return lambda actor, **options: signed_in(session.get_one(Account, actor.id), **options)


def only(session):
    return session.scalars(select(Vacancy)).one()


def test_a_vacancy_is_written_in_four_parts_checked_and_published(session, desk):
    job = desk.get("/vacancies/new")
    assert job.heading == "The job"
    skills = desk.send(
        job, press=("go", "next"), title="Welder MAG/TIG", occupation="7212", employer="Muster Stahlbau GmbH",
        description="You weld steel frames for bridges in our workshop.", country="DE", place="Leipzig", seats="4",
    )  # fmt: skip
    assert skills.endswith("/change/skills")
    requirements = desk.send(
        desk.get(skills), press=("go", "next"), must=[str(skill("mig-mag"))], nice=[str(skill("drawings"))]
    )
    assert requirements.endswith("/change/requirements")
    conditions = desk.send(
        desk.get(requirements), press=("go", "next"), qualification_kind="dae", experience_months="24",
        licences=["welder_iso_9606"], **{"languages-0-language": "de", "languages-0-level": "A2"},
    )  # fmt: skip
    assert conditions.endswith("/change/conditions")
    closing = in_days(60)
    home = desk.send(
        desk.get(conditions), press=("go", "page"), pay_from_cents="2.950", pay_to_cents="3.400,50", pay_period="month",
        hours_per_week="38,5", cost_payer="employer",
        **{"closes_on-day": closing.day, "closes_on-month": closing.month, "closes_on-year": closing.year},
    )  # fmt: skip
    page = desk.get(home)
    for words in (
        "Saved.",
        "Draft",
        "welder",
        "MIG/MAG welding",
        "German: A2 or better",
        "€2,950 to €3,400.50 a month",
        "38.5",
    ):
        assert words in page.text
    here = f"/vacancies/{only(session).id}"
    assert desk.send(page, action=f"{here}/check") == here
    assert desk.send(desk.get(here), action=f"{here}/publish") == here
    published = desk.get(here)
    assert f"{here}/shortlist" in published.links()
    assert "Officer" in published.text
    assert only(session).state is VacancyState.PUBLISHED


def test_a_title_alone_makes_a_draft_that_says_where_to_mend_what(session, desk):
    home = desk.send(desk.get("/vacancies/new"), press=("go", "page"), title="Welder", country="")
    page = desk.get(home)
    here = f"/vacancies/{only(session).id}/change"
    for place in (
        "job#occupation",
        "job#employer",
        "skills#skills",
        "conditions#cost_payer",
        "conditions#closes_on-day",
    ):
        assert f"{here}/{place}" in page.links()
        assert desk.get(f"{here}/{place.partition('#')[0]}").tree.get_element_by_id(place.partition("#")[2]) is not None
    assert not page.tree.xpath("//form[contains(@action, '/check')]")


def test_without_a_title_everything_typed_stands_there_again(session, desk):
    again = desk.send(desk.get("/vacancies/new"), press=("go", "next"), employer="Muster GmbH", seats="0", expect=422)
    assert again.errors == {"#title": "Enter the job title", "#seats": "Seats: enter 1 or more"}
    assert again.form().fields["employer"] == "Muster GmbH"
    assert session.scalars(select(Vacancy)).all() == []


def test_words_that_mean_several_occupations_are_asked_about_and_the_choice_counts(session, desk):
    asked = desk.send(desk.get("/vacancies/new"), press=("go", "page"), title="Nurse", occupation="nurs", expect=422)
    assert "#occupation" in asked.errors
    home = desk.send(asked, press=("go", "page"), occupation_id=str(occupation("2221")))
    assert only(session).occupation_id == occupation("2221")
    assert "Bundesagentur" not in desk.get("/vacancies").text
    assert "Bundesagentur" in desk.get(home).text


def test_an_unknown_code_and_unknown_words_are_sentences(desk):
    new = desk.get("/vacancies/new")
    for words, said in (("9999", "no occupation with the code"), ("qqqq", "We know no occupation “qqqq”")):
        again = desk.send(new, press=("go", "page"), title="X", occupation=words, expect=422)
        assert said in again.errors["#occupation"]
        assert again.form().fields["occupation"] == words


def test_skills_are_searched_without_losing_what_is_ticked_and_without_saving(session, officer, desk):
    vacancy = make_vacancy(session, officer)
    page = desk.get(f"/vacancies/{vacancy.id}/change/skills")
    found = desk.send(page, press=("go", "search"), must=[str(skill("tig"))], nice=[], search="cook rice", expect=200)
    ticked = found.tree.xpath("//input[@type='checkbox'][@checked]/@value")
    assert ticked == [str(skill("tig"))]
    assert str(skill("cook")) in found.tree.xpath("//input[@type='checkbox']/@value")
    assert "Found by your search" in found.text
    (held,) = service.load_vacancies(session, [vacancy.id])
    assert len(held.skills) == 2


def test_a_language_needs_its_level_and_stands_there_once(session, officer, desk):
    page = desk.get(f"/vacancies/{make_vacancy(session, officer).id}/change/requirements")
    again = desk.send(page, **{"languages-0-language": "de", "languages-0-level": ""}, expect=422)
    assert again.errors == {"#languages-0-level": "Choose the level of the language"}
    twice = {f"languages-{n}-{name}": value for n in (0, 1) for name, value in (("language", "de"), ("level", "B1"))}
    assert desk.send(page, **twice, expect=422).errors == {"#languages": "Choose each language only once."}


@pytest.mark.parametrize(
    ("typed", "box", "said"),
    [
        ({"pay_from_cents": "much"}, "#pay_from_cents", "such as 2950"),
        ({"pay_from_cents": "3000", "pay_to_cents": "2000"}, "#pay_to_cents", "ends lower"),
        ({"hours_per_week": "61"}, "#hours_per_week", "60 or less"),
        ({"closes_on-day": "31", "closes_on-month": "2", "closes_on-year": "2027"}, "#closes_on-day", "no such date"),
    ],
)
def test_conditions_that_cannot_be_are_said_at_their_box(session, officer, desk, typed, box, said):
    page = desk.get(f"/vacancies/{make_vacancy(session, officer).id}/change/conditions")
    again = desk.send(page, **typed, expect=422)
    assert said in again.errors[box]


def test_a_published_vacancy_is_not_broken_by_an_edit(session, officer, desk):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    page = desk.get(f"/vacancies/{vacancy.id}/change/conditions")
    again = desk.send(page, cost_payer="worker", expect=422)
    assert "never pays" in again.errors["#cost_payer"]
    assert service.get_vacancy(session, officer, vacancy.id).cost_payer is CostPayer.EMPLOYER


def test_the_second_of_two_editors_sees_both_values_and_may_still_save_his(session, officer, desk, as_):
    vacancy = make_vacancy(session, officer)
    address = f"/vacancies/{vacancy.id}/change/job"
    mine, hers = desk.get(address), as_(colleague_of(session, officer))
    hers.send(hers.get(address), press=("go", "page"), seats="6")
    both = desk.send(mine, press=("go", "page"), seats="8", expect=409)
    row_shown = next(row for row in both.tree.xpath("//tbody/tr") if "Seats" in row.text_content())
    assert [" ".join(cell.text_content().split()) for cell in row_shown] == ["Seats", "6", "8"]
    assert only(session).seats == 6
    desk.send(both)
    assert only(session).seats == 8


def test_a_double_click_has_one_effect(session, desk):
    new = desk.get("/vacancies/new")
    first = desk.send(new, press=("go", "next"), title="Welder")
    assert desk.send(new, press=("go", "next"), title="Welder") == first
    assert len(session.scalars(select(Vacancy)).all()) == 1


def test_a_double_click_on_a_step_has_one_effect(session, officer, desk):
    vacancy = make_vacancy(session, officer, VacancyState.CHECKED)
    here = f"/vacancies/{vacancy.id}"
    page = desk.get(here)
    assert desk.send(page, action=f"{here}/publish") == desk.send(page, action=f"{here}/publish") == here


def test_a_reference_that_is_taken_is_said_at_its_box(session, officer, desk):
    make_vacancy(session, officer, reference="W-1")
    again = desk.send(desk.get("/vacancies/new"), press=("go", "page"), title="Welder", reference="W-1", expect=422)
    assert "W-1" in again.errors["#reference"]


def test_closing_asks_first_and_keeps_the_reason(session, officer, desk):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    here = f"/vacancies/{vacancy.id}"
    assert f"{here}/close" in desk.get(here).links()
    assert desk.send(desk.get(f"{here}/close"), note="All seats are filled.") == here
    closed = desk.get(here)
    assert "All seats are filled." in closed.text
    assert not any("/change/" in link for link in closed.links())


@pytest.mark.parametrize("what", ["change/job", "change/skills", "close"])
def test_a_closed_vacancy_refuses_in_a_sentence(session, officer, desk, what):
    vacancy = make_vacancy(session, officer, VacancyState.CLOSED)
    assert "This vacancy is closed" in desk.get(f"/vacancies/{vacancy.id}/{what}", expect=409).text


@pytest.mark.parametrize("what", ["", "/change/job", "/change/conditions", "/close", "/job-posting"])
def test_another_agencys_vacancy_does_not_exist_for_me(session, officer, as_, what):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    as_(make_officer(session)).get(f"/vacancies/{vacancy.id}{what}", expect=404)


@pytest.mark.parametrize("state", VacancyState)
def test_staff_read_every_vacancy_with_its_agency_and_change_none(session, officer, as_, state):
    vacancy = make_vacancy(session, officer, state)
    staff = as_(make_officer(session, role=Role.PROJECT_STAFF))
    assert "Agency" in staff.get("/vacancies").text
    page = staff.get(f"/vacancies/{vacancy.id}")
    assert not page.tree.xpath("//main//form | //main//a[contains(@href, '/change/')]")
    staff.get(f"/vacancies/{vacancy.id}/change/job", expect=403)
    staff.get("/vacancies/new", expect=403)
    staff.get("/imports", expect=403)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.INSTITUTE_OFFICER, Role.ADMINISTRATOR])
def test_nobody_else_has_a_list_of_vacancies(session, as_, role):
    as_(make_officer(session, role=role)).get("/vacancies", expect=403)


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(browser):
    assert browser.goes_to("/vacancies").startswith("/sign-in")


def test_the_list_is_narrowed_by_words_state_occupation_and_country(session, officer, desk):
    make_vacancy(session, officer, VacancyState.PUBLISHED, title="Welder for bridges", place="Leipzig")
    make_vacancy(session, officer, title="Cook", occupation_id=occupation("5120"), country="IT", place="Bologna")
    for query, shown in (
        ("", {"Welder for bridges", "Cook"}),
        ("words=bridges", {"Welder for bridges"}),
        ("words=bologna+cook", {"Cook"}),
        ("words=100%25", set()),
        ("state=published", {"Welder for bridges"}),
        ("state=nonsense", {"Welder for bridges", "Cook"}),
        (f"occupation={occupation('5120')}", {"Cook"}),
        ("country=IT", {"Cook"}),
        ("country=IT&state=published", set()),
    ):
        page = desk.get(f"/vacancies?{query}")
        assert set(page.tree.xpath("//tbody/tr/th/a/bdi/text()")) == shown, query


def test_the_list_turns_its_pages_and_keeps_the_filter(session, officer, desk):
    for number in range(27):
        make_vacancy(session, officer, title=f"Welder {number}")
    first = desk.get("/vacancies?words=welder")
    assert len(first.tree.xpath("//tbody/tr")) == 25
    assert "27 vacancies" in first.text
    second = desk.get("/vacancies?words=welder&page=2")
    assert len(second.tree.xpath("//tbody/tr")) == 2
    assert len(desk.get("/vacancies?words=welder&page=99").tree.xpath("//tbody/tr")) == 2


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.PROJECT_STAFF])
def test_the_list_needs_no_more_than_ten_queries(session, officer, as_, engine, role):
    for _ in range(25):
        make_vacancy(session, officer)
    browser = as_(officer if role is Role.AGENCY_OFFICER else make_officer(session, role=role))
    session.expire_all()
    seen = []
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    browser.get("/vacancies")
    assert 3 <= len([one for one in seen if "SAVEPOINT" not in one]) <= 10


def test_a_vacancy_is_downloaded_as_a_posting_that_can_be_imported(session, officer, desk):
    vacancy = make_vacancy(session, officer, reference="W-1")
    response = desk.client.get(f"/vacancies/{vacancy.id}/job-posting")
    assert response.headers["content-type"].startswith("application/ld+json")
    assert "attachment" in response.headers["content-disposition"]
    posting = json.loads(response.content)
    assert (posting["@type"], posting["tp:recruitmentFeePayer"]) == ("JobPosting", "employer")
    brought = desk.send(desk.get("/imports"), files={"file": ("w.jsonld", response.content)})
    assert "Already there" in desk.get(brought).text


def bring(desk, content, name="vacancies.csv"):
    return desk.send(desk.get("/imports"), files={"file": (name, content)})


def test_a_file_is_tried_taken_and_published(session, desk):
    here = bring(desk, as_csv(row(), row(reference="W-2", seats="none"), row(reference="W-3", place="")))
    dry = desk.get(here)
    assert dry.heading == "Dry run: vacancies.csv"
    for words in ("Would be added", "Cannot be taken", "Write a whole number from 1 to 10,000", "as a draft"):
        assert words in dry.text
    assert desk.send(dry, action=f"{here}/take") == here
    assert desk.send(dry, action=f"{here}/take") == here
    taken = desk.get(here)
    assert "Not taken" in taken.text
    assert desk.send(taken, action=f"{here}/publish") == f"{here}?published=1"
    assert "1 vacancy is published." in desk.get(f"{here}?published=1").text
    states = dict(session.execute(select(Vacancy.reference, Vacancy.state)).all())
    assert states == {"W-1": VacancyState.PUBLISHED, "W-3": VacancyState.DRAFT}


def test_rejected_rows_are_downloaded_with_reasons_in_the_readers_language(desk):
    here = bring(desk, as_csv(row(), row(reference="W-2", seats="none")))
    response = desk.client.get(f"{here}/rejected")
    assert response.headers["content-disposition"] == 'attachment; filename="rows-to-mend.csv"'
    assert b"seats: Write a whole number from 1 to 10,000." in response.content


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a file."),
        ({"file": ("x.csv", b"")}, "file is empty"),
        ({"file": ("x.csv", b"%PDF-1.7\n%%EOF")}, "This file is a PDF"),
        ({"file": ("x.csv", b"a,b\n1,2\n")}, "“reference” is missing"),
        ({"file": ("x.json", b'{"@type": "Person"}')}, "no JobPosting"),
        ({"file": ("x.json", b'{"@type": ')}, "not valid JSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(desk, files, said):
    again = desk.send(desk.get("/imports"), files=files or {"nothing": ("", b"")}, expect=422)
    assert said in again.errors["#file"]


def test_every_missing_column_is_named(desk):
    again = desk.send(desk.get("/imports"), files={"file": ("x.csv", b"a,b\n1,2\n")}, expect=422)
    assert all(f"“{name}” is missing" in again.errors["#file"] for name in ("reference", "title", "occupation"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_downloaded_and_every_column_explained(desk, kind):
    response = desk.client.get(f"/imports/template.{kind}")
    assert response.headers["content-disposition"] == f'attachment; filename="vacancies.{kind}"'
    assert "recruitment_costs_paid_by" in desk.get("/imports/help").text


def test_another_agencys_file_does_not_exist_for_me(session, desk, as_):
    here = bring(desk, as_csv(row()))
    stranger = as_(make_officer(session))
    stranger.get(here, expect=404)
    assert stranger.client.get(f"{here}/rejected").status_code == 404
    assert "vacancies.csv" not in stranger.get("/imports").text


def test_the_pages_speak_urdu(session, officer, as_):
    vacancy = make_vacancy(session, officer, VacancyState.PUBLISHED)
    browser = as_(officer)
    for path in ("/vacancies", f"/vacancies/{vacancy.id}", f"/vacancies/{vacancy.id}/change/conditions", "/imports"):
        assert browser.get(f"{path}?lang=ur").tree.get("dir") == "rtl"
