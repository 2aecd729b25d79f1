"""Forms become models, or come back with everything typed and a sentence for each error."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from starlette.datastructures import FormData, Headers, UploadFile

from talent.foundation.words import N_, Sentence
from web.forms import MEGABYTE, Form, blank


class Level(StrEnum):
    A2 = "A2"
    B1 = "B1"


class Job(BaseModel):
    title: Annotated[str, Field(min_length=2, title=N_("Job title"))]
    months: Annotated[int, Field(ge=1)] = 1
    started: date | None = None


class Answers(BaseModel):
    name: Annotated[str, Field(max_length=10, json_schema_extra={"missing": N_("Enter your full name")})]
    level: Annotated[Level, Field(title=N_("German"))]
    born: date | None = None
    hours: Annotated[int | None, Field(title=N_("Hours a week"), le=48)] = None
    skills: Annotated[list[str], Field(max_length=2)] = []
    agreed: bool = False
    jobs: list[Job] = []
    secret: SecretStr | None = None

    @field_validator("hours")
    @classmethod
    def hours_are_even(cls, hours: int | None) -> int | None:
        if hours and hours % 2:
            raise ValueError(Sentence(N_("{hours} hours is odd"), {"hours": hours}))
        return hours

    @model_validator(mode="after")
    def names_differ(self):
        if self.name in self.skills:
            raise ValueError(N_("A name is no skill"))
        return self


GOOD = {"name": "Ayesha", "level": "B1"}


def read(**fields):
    sent = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    return Form(FormData(sent)).read(Answers)


def said(answer):
    return {name: sentence.english() for name, sentence in answer.errors.items()}


def test_a_good_form_is_its_model():
    answer = read(**GOOD, hours="40", skills=["MAG", "TIG"], agreed="true")
    assert answer.value == Answers(name="Ayesha", level=Level.B1, hours=40, skills=["MAG", "TIG"], agreed=True)
    assert said(answer) == {}


def test_an_empty_box_is_an_absent_answer():
    assert said(read(name="", level="", hours="")) == {"name": "Enter your full name", "level": "Enter German"}


def test_spaces_around_an_answer_are_dropped_and_urdu_stays():
    assert read(name="  عائشہ ", level="B1").value.name == "عائشہ"


def test_a_password_is_taken_as_it_was_typed():
    assert read(**GOOD, secret="  two spaces each side  ").value.secret.get_secret_value() == "  two spaces each side  "


def test_lines_end_in_one_way_so_that_lengths_are_those_that_people_count():
    assert read(name="a\r\nb", level="B1").value.name == "a\nb"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("level", "C3", "Choose one of the answers for German"),
        ("hours", "forty", "Hours a week: enter a whole number, such as 12"),
        ("hours", "50", "Hours a week: enter 48 or less"),
        ("hours", "41", "41 hours is odd"),
        ("name", "Abdul Rehman Qureshi", "this answer: write at most 10 characters"),
        ("name", "a\u202eb", "The text holds a hidden character. Type it again instead of pasting it."),
        ("skills", ["a", "b", "c"], "this answer: choose at most 2"),
    ],
)
def test_a_wrong_answer_gets_its_sentence_and_keeps_its_words(name, typed, sentence):
    answer = read(**(GOOD | {name: typed}))
    assert answer.value is None
    assert said(answer)[name] == sentence
    assert list(answer.all(name)) == (typed if isinstance(typed, list) else [typed])


def test_answers_that_do_not_fit_together_belong_to_the_whole_page():
    answer = read(**GOOD, skills=["Ayesha"])
    assert list(answer.summary()) == [("main-content", Sentence("A name is no skill"))]


def boxes(day, month, year):
    return {"born-day": day, "born-month": month, "born-year": year}


def test_three_boxes_are_one_date():
    assert read(**GOOD, **boxes("27", "3", "1998")).value.born == date(1998, 3, 27)


def test_urdu_digits_are_digits():
    assert read(**GOOD, **boxes("۲۷", "۳", "۱۹۹۸")).value.born == date(1998, 3, 27)


def test_no_box_filled_is_no_date():
    assert read(**GOOD, **boxes("", "", "")).value.born is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "3", "1998"), "The date must include a day"),
        (("27", "", "1998"), "The date must include a month"),
        (("27", "3", ""), "The date must include a year"),
        (("27", "3", "98"), "Enter the year with four digits, such as 2024"),
        (("29", "2", "2023"), "There is no such date. Check the day, the month and the year"),
        (("31", "4", "2024"), "There is no such date. Check the day, the month and the year"),
        (("0", "1", "2024"), "There is no such date. Check the day, the month and the year"),
        (("1", "13", "2024"), "There is no such date. Check the day, the month and the year"),
        (("first", "1", "2024"), "There is no such date. Check the day, the month and the year"),
        (("1", "1", "0000"), "There is no such date. Check the day, the month and the year"),
        (("²", "1", "2024"), "There is no such date. Check the day, the month and the year"),
    ],
)
def test_an_impossible_date_says_what_is_wrong_and_keeps_its_boxes(typed, sentence):
    answer = read(**GOOD, **boxes(*typed))
    assert said(answer) == {"born": sentence}
    assert [answer.text(f"born-{box}") for box in ("day", "month", "year")] == list(typed)
    assert next(iter(answer.summary()))[0] == "born-day"


def test_leap_day_of_a_leap_year_is_a_date():
    assert read(**GOOD, **boxes("29", "2", "2024")).value.born == date(2024, 2, 29)


def test_rows_become_a_list_and_blank_rows_are_no_rows():
    answer = read(
        **GOOD, **{"jobs-0-title": "Welder", "jobs-1-title": "", "jobs-2-title": "Fitter", "jobs-2-months": "9"}
    )
    assert [(job.title, job.months) for job in answer.value.jobs] == [("Welder", 1), ("Fitter", 9)]


def test_an_error_in_a_row_carries_the_rows_own_number_after_blank_rows():
    answer = read(**GOOD, **{"jobs-0-title": "", "jobs-3-title": "W", "jobs-4-title": "Fitter", "jobs-4-months": "0"})
    assert said(answer) == {
        "jobs-3-title": "Job title: write at least 2 characters",
        "jobs-4-months": "this answer: enter 1 or more",
    }


def test_a_bad_date_in_a_row_carries_the_rows_number():
    answer = read(**GOOD, **{"jobs-1-title": "Fitter", "jobs-1-started-day": "31", "jobs-1-started-month": "2",
                             "jobs-1-started-year": "2020"})  # fmt: skip
    assert list(said(answer)) == ["jobs-1-started"]
    assert next(iter(answer.summary()))[0] == "jobs-1-started-day"


def test_more_rows_than_the_limit_are_refused():
    answer = read(**GOOD, **{f"jobs-{number}-title": "Fitter" for number in range(61)})
    assert said(answer) == {"jobs": "Send at most 60 rows at once."}


def test_errors_come_in_the_order_of_the_page():
    assert list(said(read(name="", level="", **boxes("1", "", "")))) == ["name", "level", "born"]


def test_fields_that_the_model_does_not_know_are_ignored():
    assert read(**GOOD, role="administrator").value.model_dump().get("role") is None


def test_a_refusal_by_the_service_stands_beside_its_field():
    answer = read(**GOOD).refuse("name", "Somebody has this name")
    assert answer.value is None
    assert said(answer) == {"name": "Somebody has this name"}
    assert answer.text("level") == "B1"


def test_an_untouched_form_shows_what_is_known():
    form = blank(name="Ayesha", level=Level.B1, born=date(1998, 3, 27), skills=["MAG", "TIG"], agreed=True, hours=None)
    assert form.fields == {
        "name": ("Ayesha",),
        "level": ("B1",),
        "born-day": ("27",),
        "born-month": ("3",),
        "born-year": ("1998",),
        "skills": ("MAG", "TIG"),
        "agreed": ("true",),
    }


def upload(content, name="cv.pdf"):
    from io import BytesIO

    return UploadFile(BytesIO(content), filename=name, headers=Headers({"content-type": "application/pdf"}))


def read_file(content, name="cv.pdf", most=MEGABYTE):
    class WithFile(BaseModel):
        cv: object = None

    return Form(FormData([("cv", upload(content, name))])).read(WithFile, files={"cv": most})


def test_a_file_arrives_with_its_bytes_and_what_the_browser_says_about_it():
    file = read_file(b"%PDF-1.7").value.cv
    assert (file.name, file.kind, file.content) == ("cv.pdf", "application/pdf", b"%PDF-1.7")


def test_a_file_of_exactly_the_limit_is_taken():
    assert len(read_file(b"a" * 100, most=100).value.cv.content) == 100


def test_a_file_over_the_limit_is_refused_with_the_limit():
    assert said(read_file(b"a" * (2 * MEGABYTE + 1), most=2 * MEGABYTE)) == {
        "cv": "The file must be smaller than 2 MB."
    }


def test_an_empty_file_is_refused():
    assert said(read_file(b"")) == {"cv": "The file is empty. Choose another one."}


def test_no_file_chosen_is_no_file():
    assert read_file(b"", name="").value.cv is None
