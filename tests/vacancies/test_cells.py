"""One row of a file: what its words mean, and what is said about those that mean nothing."""

from datetime import date
from uuid import uuid4

import pytest

from talent.taxonomy.levels import CEFR, QualificationKind
from talent.vacancies.cells import Meaning, read_row
from talent.vacancies.columns import COLUMNS
from talent.vacancies.terms import CostPayer, PayPeriod

WELDER, MAG, TIG = uuid4(), uuid4(), uuid4()
MEANING = Meaning({"7212": WELDER}, {"mag welding": MAG, "tig welding": TIG})
ROW = {"reference": "W-1", "title": "Welder", "occupation": "7212"}


def read(column: str, text: str):
    """The field that this cell fills, as it was read."""
    reading = read_row({**ROW, column: text}, MEANING)
    assert reading.problems == ()
    return getattr(reading.draft, next(one.field for one in COLUMNS if one.name == column))


def problems(column: str, text: str) -> list[str]:
    reading = read_row({**ROW, column: text}, MEANING)
    assert {problem.column for problem in reading.problems} <= {column}
    return [problem.sentence.english() for problem in reading.problems]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("occupation", "7212", WELDER),
        ("country", "DE", "DE"),
        ("country", "germany", "DE"),
        ("country", "EL", "GR"),
        ("seats", "4", 4),
        ("seats", "4.0", 4),
        ("seats", "", 1),
        ("seats", "10000", 10_000),
        ("qualification", "nvqf_certificate", QualificationKind.NVQF_CERTIFICATE),
        ("qualification", "Diploma of Associate Engineer (DAE)", QualificationKind.DAE),
        ("qualification", "", None),
        ("qualification_field", "715", "0715"),
        ("qualification_months", "1", 1),
        ("qualification_months", "120", 120),
        ("licences", "welder_iso_9606; forklift; forklift", ("welder_iso_9606", "forklift")),
        ("experience_months", "0", 0),
        ("experience_months", "600", 600),
        ("pay_from", "2.950,00", 2_950_00),
        ("pay_currency", "pln", "PLN"),
        ("pay_currency", "", "EUR"),
        ("pay_period", "Monthly", PayPeriod.MONTH),
        ("pay_period", "per hour", PayPeriod.HOUR),
        ("hours_per_week", "38,5", 38.5),
        ("hours_per_week", "1", 1.0),
        ("hours_per_week", "60", 60.0),
        ("start_date", "2027-09-01", date(2027, 9, 1)),
        ("start_date", "2027-09-01 00:00:00", date(2027, 9, 1)),
        ("closing_date", "30.06.2027", date(2027, 6, 30)),
        ("closing_date", "2027-06-30T23:59:59+02:00", date(2027, 6, 30)),
        ("closing_date", "", None),
        ("recruitment_costs_paid_by", "Employer", CostPayer.EMPLOYER),
        ("recruitment_costs_paid_by", "candidate", CostPayer.WORKER),
        ("recruitment_costs_paid_by", "", CostPayer.UNKNOWN),
    ],
)
def test_a_cell_says_what_the_agency_means(column, text, value):
    assert read(column, text) == value


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("reference", "", "must not be empty"),
        ("reference", "W" * 61, "longer than 60 characters"),
        ("title", "", "must not be empty"),
        ("title", "W" * 201, "longer than 200 characters"),
        ("occupation", "", "must not be empty"),
        ("occupation", "9999", "no occupation “9999”"),
        ("country", "Pakistan", "no Member State"),
        ("country", "Switzerland", "no Member State"),
        ("seats", "0", "from 1 to 10000"),
        ("seats", "10001", "from 1 to 10000"),
        ("seats", "four", "from 1 to 10000"),
        ("must_skills", "MAG welding; juggling", "no skill “juggling”"),
        ("languages", "de", "has no level"),
        ("languages", "Klingon B1", "no language that we know"),
        ("languages", "de D1", "has no level"),
        ("qualification", "wizard", "Write one of these: school"),
        ("qualification_field", "mechanics", "four digits"),
        ("qualification_months", "0", "from 1 to 120"),
        ("qualification_months", "121", "from 1 to 120"),
        ("licences", "pilot", "Write one of these: driving_b"),
        ("experience_months", "-1", "from 0 to 600"),
        ("experience_months", "601", "from 0 to 600"),
        ("pay_from", "much", "as a number"),
        ("pay_from", "0", "more than nothing"),
        ("pay_from", "1000001", "more than nothing"),
        ("pay_currency", "PKR", "Write one of these: EUR"),
        ("pay_period", "fortnight", "Write one of these: hour, month, year"),
        ("hours_per_week", "0.5", "between 1 and 60"),
        ("hours_per_week", "60.5", "between 1 and 60"),
        ("hours_per_week", "full time", "Write a number"),
        ("start_date", "2027-02-29", "no date 2027-02-29"),
        ("start_date", "31.02.2027", "no date 31.02.2027"),
        ("closing_date", "soon", "“soon” is no date"),
        ("recruitment_costs_paid_by", "nobody", "Write one of these: employer"),
        ("place", "Leip\u202ezig", "hidden character"),
    ],
)
def test_a_cell_that_means_nothing_is_a_sentence_at_its_column(column, text, said):
    found = problems(column, text)
    assert len(found) == 1
    assert said in found[0]


def test_languages_are_written_in_several_ways():
    for text in ("de A2; en B1", "German: A2, English: B1", "de-a2;en-b1"):
        reading = read_row({**ROW, "languages": text}, MEANING)
        assert [(row.language, row.level) for row in reading.draft.languages] == [("de", CEFR.A2), ("en", CEFR.B1)]


def test_must_and_nice_skills_are_one_list_and_a_must_stays_a_must():
    reading = read_row({**ROW, "must_skills": "MAG welding", "nice_skills": "TIG welding; MAG welding"}, MEANING)
    assert [(one.skill_id, one.words, one.is_must) for one in reading.draft.skills] == [
        (MAG, "MAG welding", True),
        (TIG, "TIG welding", False),
    ]


@pytest.mark.parametrize(("least", "most", "count"), [("2950", "2949.99", 1), ("2950", "2950", 0), ("", "2950", 1)])
def test_the_pay_does_not_fall(least, most, count):
    reading = read_row({**ROW, "pay_from": least, "pay_to": most}, MEANING)
    assert [problem.column for problem in reading.problems] == ["pay_to"] * count


def test_every_problem_of_a_row_is_said_at_once():
    reading = read_row({**ROW, "seats": "none", "country": "PK", "start_date": "32.1.2027"}, MEANING)
    assert [problem.column for problem in reading.problems] == ["country", "seats", "start_date"]


def test_columns_that_the_file_does_not_have_leave_their_fields_alone():
    assert read_row(ROW, MEANING).draft.model_fields_set == {"reference", "title", "occupation_id"}


def test_every_column_is_read_and_explained_and_has_its_own_name():
    from talent.vacancies.cells import READERS

    assert list(READERS) == [column.name for column in COLUMNS]
    assert all(column.meaning.endswith(".") for column in COLUMNS)
