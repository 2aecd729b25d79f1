"""Files of vacancies: a dry run row by row, the good rows taken once, the bad ones given back with reasons."""

import csv
import io
import json
from datetime import datetime
from time import perf_counter

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from talent.foundation.errors import NotFound, NotPermitted
from talent.foundation.tables import table_file
from talent.foundation.unreadable import Unreadable
from talent.vacancies import importing, service
from talent.vacancies.columns import COLUMNS
from talent.vacancies.examining import Outcome
from talent.vacancies.models import Vacancy
from talent.vacancies.sources import MOST_ROWS, UnusableTable, read_source
from talent.vacancies.states import VacancyState
from tests.factories.vacancies import colleague_of, in_days, make_vacancy

GOOD = {
    "reference": "W-1",
    "title": "Welder MAG/TIG",
    "employer": "Muster Stahlbau GmbH",
    "occupation": "7212",
    "description": "You weld steel frames for bridges in our workshop and check your own seams.",
    "country": "DE",
    "place": "Leipzig",
    "seats": "4",
    "must_skills": "MIG/MAG welding; argon welding",
    "languages": "de A2",
    "pay_from": "2950",
    "pay_period": "month",
    "hours_per_week": "38.5",
    "closing_date": str(in_days(60)),
    "recruitment_costs_paid_by": "employer",
}


def row(**changed: str) -> dict[str, str]:
    return GOOD | changed


def as_csv(*rows: dict[str, str], columns: tuple[str, ...] = tuple(GOOD)) -> bytes:
    return table_file([columns, *([one.get(name, "") for name in columns] for one in rows)], "csv")


@pytest.fixture
def bring(session, officer, tmp_path):
    def brought(content: bytes, name: str = "vacancies.csv"):
        return importing.upload(session, officer, content, original_name=name, var_dir=tmp_path)

    return brought


@pytest.fixture
def take(session, officer, tmp_path):
    def taken(imported):
        importing.take(session, officer, imported, var_dir=tmp_path)
        return importing.results(imported)

    return taken


def outcomes(imported) -> list[Outcome]:
    return [result.outcome for result in importing.results(imported)]


def said(imported, number: int = 0) -> list[str]:
    return [f"{one.column}: {one.sentence.english()}" for one in importing.results(imported)[number].problems]


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(Vacancy))


def test_a_dry_run_writes_no_vacancy(session, bring):
    imported = bring(as_csv(row(), row(reference="W-2")))
    assert outcomes(imported) == [Outcome.NEW, Outcome.NEW]
    assert count(session) == 0


def test_good_rows_are_checked_and_unfinished_ones_are_drafts(session, bring, take):
    imported = bring(as_csv(row(), row(reference="W-2", recruitment_costs_paid_by="", title="Welder, ladies only")))
    assert [len(result.left) for result in importing.results(imported)] == [0, 2]
    take(imported)
    states = dict(session.execute(select(Vacancy.reference, Vacancy.state)).all())
    assert states == {"W-1": VacancyState.CHECKED, "W-2": VacancyState.DRAFT}


def test_what_was_written_is_what_stood_in_the_row(session, bring, take):
    (taken,) = take(bring(as_csv(row())))
    (vacancy,) = service.load_vacancies(session, [taken.vacancy_id])
    assert (vacancy.title, vacancy.seats, vacancy.pay_from_cents, vacancy.hours_per_week) == (
        "Welder MAG/TIG", 4, 2_950_00, 38.5,
    )  # fmt: skip
    assert sorted(skill.words for skill in vacancy.skills) == ["MIG/MAG welding", "argon welding"]


def test_a_file_taken_twice_has_one_effect(session, bring, take):
    imported = bring(as_csv(row()))
    first = take(imported)
    assert take(imported) == first
    assert count(session) == 1


def test_the_same_file_brought_again_changes_nothing(session, bring, take):
    take(bring(as_csv(row())))
    version = session.scalar(select(Vacancy.version))
    again = bring(as_csv(row()))
    assert outcomes(again) == [Outcome.SAME]
    take(again)
    assert (count(session), session.scalar(select(Vacancy.version))) == (1, version)


def test_a_row_with_the_reference_of_a_draft_replaces_it(session, bring, take):
    take(bring(as_csv(row())))
    again = bring(as_csv(row(seats="6")))
    assert outcomes(again) == [Outcome.REPLACES]
    take(again)
    assert session.scalars(select(Vacancy.seats)).all() == [6]


def test_columns_that_the_file_lacks_keep_what_was_written_by_hand(session, officer, bring, take):
    make_vacancy(session, officer, reference="W-1", place="Halle")
    take(bring(as_csv(row(title="Pipe welder"), columns=("reference", "title", "occupation"))))
    vacancy = session.scalar(select(Vacancy))
    assert (vacancy.title, vacancy.place) == ("Pipe welder", "Halle")


@pytest.mark.parametrize(
    ("state", "words"), [(VacancyState.PUBLISHED, "is published"), (VacancyState.CLOSED, "new reference")]
)
def test_a_file_does_not_change_what_is_published_or_closed(session, officer, bring, take, state, words):
    make_vacancy(session, officer, state, reference="W-1")
    imported = bring(as_csv(row(seats="9")))
    assert words in said(imported)[0]
    take(imported)
    assert session.scalars(select(Vacancy.seats)).all() == [4]


def test_another_agencys_reference_is_no_obstacle(session, stranger, bring, take):
    make_vacancy(session, stranger, VacancyState.PUBLISHED, reference="W-1")
    take(bring(as_csv(row())))
    assert count(session) == 2


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"occupation": "9999"}, "occupation", "no occupation with the code “9999”"),
        ({"occupation": "weldor"}, "occupation", "Do you mean “welder”?"),
        ({"must_skills": "MAG weldng"}, "must_skills", "Do you mean “MIG/MAG welding”?"),
        ({"must_skills": "xyzzy"}, "must_skills", "We know no skill “xyzzy”"),
        ({"closing_date": "2027-02-31"}, "closing_date", "There is no date 2027-02-31"),
        ({"seats": "many"}, "seats", "from 1 to 10000"),
        ({"pay_from": "a lot"}, "pay_from", "Write the amount as a number"),
        ({"title": ""}, "title", "must not be empty"),
    ],
)
def test_each_bad_cell_is_a_sentence_at_its_column(bring, changed, column, words):
    imported = bring(as_csv(row(**changed), row(reference="W-2")))
    assert outcomes(imported) == [Outcome.REFUSED, Outcome.NEW]
    assert said(imported)[0].startswith(f"{column}: ")
    assert words in said(imported)[0]


def test_a_reference_twice_in_one_file_is_told_with_the_first_row(bring):
    imported = bring(as_csv(row(), row(title="Cook", occupation="5120")))
    assert outcomes(imported) == [Outcome.NEW, Outcome.REFUSED]
    assert said(imported, 1) == ["reference: Row 2 has the same reference. Give each vacancy its own."]


@pytest.mark.parametrize("column", [column.name for column in COLUMNS if column.required])
def test_a_missing_column_is_named_with_those_that_are_there(bring, column):
    with pytest.raises(UnusableTable, match=f"“{column}” is missing"):
        bring(as_csv(row(), columns=tuple(name for name in GOOD if name != column)))


def test_a_file_has_up_to_two_thousand_rows():
    assert len(read_source(as_csv(*(row(reference=str(n)) for n in range(MOST_ROWS)))).rows) == MOST_ROWS
    with pytest.raises(UnusableTable, match="more than 2000"):
        read_source(as_csv(*(row(reference=str(n)) for n in range(MOST_ROWS + 1))))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64])
def test_a_file_of_another_kind_is_refused_with_a_sentence(bring, content):
    with pytest.raises(Unreadable):
        bring(content, "vacancies.csv")


def test_rejected_rows_come_back_as_they_came_with_reasons_and_can_be_brought_again(session, officer, bring, tmp_path):
    columns = (*GOOD, "our own notes")
    bad = row(reference="=W-2", seats="none", country="PK") | {"our own notes": "ask Eva"}
    imported = bring(as_csv(row(), bad, columns=columns))
    content, kind = importing.rejected(session, imported, var_dir=tmp_path, say=lambda sentence: sentence.english())
    (given,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert kind == "csv"
    assert given["our own notes"] == "ask Eva"
    assert given["reference"] == "'=W-2"
    assert given["reason"].startswith("country: “PK” is no Member State")
    assert "seats: Write a whole number" in given["reason"]
    mended = content.replace(b'"none"', b'"2"').replace(b'"PK"', b'"IT"')
    again = bring(mended)
    assert [(result.reference, result.outcome) for result in importing.results(again)] == [("=W-2", Outcome.NEW)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_with_its_example_can_be_brought_as_it_is(monkeypatch, bring, take, kind):
    imported = bring(importing.template(kind), f"template.{kind}")
    assert (outcomes(imported), importing.results(imported)[0].left) == ([Outcome.NEW], ())
    assert take(imported)[0].vacancy_id is not None


def test_postings_in_json_are_taken_like_rows_and_given_back_as_a_table(session, bring, take, tmp_path):
    posting = {
        "@type": "JobPosting",
        "identifier": "J-1",
        "title": "Cook",
        "occupationalCategory": "5120",
        "skills": ["cook rice dishes"],
    }
    imported = bring(
        json.dumps([posting, posting | {"identifier": "J-2", "totalJobOpenings": 0}]).encode(), "jobs.json"
    )
    assert outcomes(imported) == [Outcome.NEW, Outcome.REFUSED]
    content, kind = importing.rejected(session, imported, var_dir=tmp_path, say=lambda sentence: sentence.english())
    (given,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (kind, given["reference"], given["occupation"], given["seats"]) == ("csv", "J-2", "5120", "0")
    take(imported)
    assert session.scalars(select(Vacancy.reference)).all() == ["J-1"]


def test_all_checked_vacancies_of_a_file_are_published_at_once_and_only_once(session, officer, bring, take):
    imported = bring(as_csv(row(), row(reference="W-2"), row(reference="W-3", place="")))
    take(imported)
    assert importing.ready_to_publish(session, imported) == 2
    assert importing.publish_checked(session, officer, imported) == 2
    assert importing.publish_checked(session, officer, imported) == 0
    states = dict(session.execute(select(Vacancy.reference, Vacancy.state)).all())
    assert states == {"W-1": VacancyState.PUBLISHED, "W-2": VacancyState.PUBLISHED, "W-3": VacancyState.DRAFT}


def test_a_reference_written_between_the_dry_run_and_the_taking_is_not_overwritten(session, officer, bring, take):
    imported = bring(as_csv(row(seats="9")))
    make_vacancy(session, colleague_of(session, officer), VacancyState.PUBLISHED, reference="W-1")
    (result,) = take(imported)
    assert result.outcome is Outcome.REFUSED
    assert session.scalars(select(Vacancy.seats)).all() == [4]


def test_another_agencys_file_does_not_exist_for_me(session, officer, stranger, staff, bring):
    imported = bring(as_csv(row()))
    assert importing.get_import(session, officer, imported.id) is imported
    for other in (stranger, staff):
        with pytest.raises(NotFound):
            importing.get_import(session, other, imported.id)


def test_staff_bring_no_files(session, staff, tmp_path):
    with pytest.raises(NotPermitted):
        importing.upload(session, staff, as_csv(row()), original_name="x.csv", var_dir=tmp_path)


def test_five_hundred_rows_are_examined_within_two_seconds(bring):
    content = as_csv(*(row(reference=f"W-{number}") for number in range(500)))
    begun = perf_counter()
    imported = bring(content)
    assert perf_counter() - begun < 2
    assert outcomes(imported) == [Outcome.NEW] * 500


def test_a_workbook_with_numbers_and_dates_in_its_cells_is_read_as_its_author_meant(session, bring, take):
    book = Workbook()
    typed = row() | {"occupation": 7212, "seats": 4, "pay_from": 2950.5, "hours_per_week": 38.5}
    typed["closing_date"] = datetime.combine(in_days(60), datetime.min.time())
    book.active.append([name.replace("_", " ").title() for name in typed])
    book.active.append(list(typed.values()))
    out = io.BytesIO()
    book.save(out)
    (taken,) = take(bring(out.getvalue(), "vacancies.xlsx"))
    assert (taken.problems, taken.left) == ((), ())
    (vacancy,) = service.load_vacancies(session, [taken.vacancy_id])
    assert (vacancy.seats, vacancy.pay_from_cents, vacancy.hours_per_week, vacancy.closes_on) == (
        4, 2_950_50, 38.5, in_days(60),
    )  # fmt: skip


def test_a_semicolon_table_of_a_german_excel_in_its_old_encoding_is_read(bring):
    line = "W-1;Schweißer;7212;Köln;38,5"
    imported = bring(f"Reference;Title;ISCO;City;Hours\r\n{line}\r\n".encode("cp1252"))
    (result,) = importing.results(imported)
    assert (result.title, result.outcome) == ("Schweißer", Outcome.NEW)


def test_a_cell_too_many_refuses_its_row_and_no_other(bring):
    imported = bring(b'reference,title,occupation\nW-1,Welder, MAG,7212\nW-2,"Welder, MAG",7212\n')
    assert outcomes(imported) == [Outcome.REFUSED, Outcome.NEW]
    assert "more cells than there are columns" in said(imported)[0]
