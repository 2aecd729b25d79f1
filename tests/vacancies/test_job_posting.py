"""schema.org JobPosting in JSON-LD: as other services write it, and there and back again."""

import json

import pytest

from talent.foundation.unreadable import Unreadable
from talent.vacancies.columns import COLUMNS
from talent.vacancies.job_posting import NoPosting, NotJson, postings, prose, row_of
from talent.vacancies.job_posting_export import posting_of

WELDER = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "name": "Muster", "value": "W-1"},
    "title": "Welder MAG/TIG",
    "description": "<p>You weld <b>steel</b> frames.</p><ul><li>two shifts</li><li>own seams</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "Muster Stahlbau GmbH"},
    "relevantOccupation": {
        "@type": "Occupation",
        "name": "Welder",
        "occupationalCategory": {"@type": "CategoryCode", "inCodeSet": "ISCO-08", "codeValue": "7212"},
    },
    "skills": ["MIG/MAG welding", {"@type": "DefinedTerm", "name": "TIG welding"}],
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
    "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "dae"},
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 2950, "maxValue": 3400.5, "unitText": "MONTH"},
    },
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Leipzig", "addressCountry": "DE"},
    },
    "totalJobOpenings": 4,
    "workHours": "38.5 hours per week",
    "jobStartDate": "2027-09-01",
    "validThrough": "2027-06-30T23:59:59+02:00",
    "tp:languages": [{"tp:language": "de", "tp:level": "A2"}],
    "tp:recruitmentFeePayer": "employer",
}
ROW = {
    "reference": "W-1",
    "title": "Welder MAG/TIG",
    "employer": "Muster Stahlbau GmbH",
    "occupation": "7212",
    "description": "You weld steel frames.\n\n- two shifts\n- own seams",
    "country": "DE",
    "place": "Leipzig",
    "seats": "4",
    "must_skills": "MIG/MAG welding; TIG welding",
    "languages": "de A2",
    "qualification": "dae",
    "experience_months": "24",
    "pay_from": "2950",
    "pay_to": "3400.5",
    "pay_currency": "EUR",
    "pay_period": "month",
    "hours_per_week": "38.5",
    "start_date": "2027-09-01",
    "closing_date": "2027-06-30T23:59:59+02:00",
    "recruitment_costs_paid_by": "employer",
}


def read(value: object) -> list[dict[str, str]]:
    return [row_of(posting) for posting in postings(json.dumps(value).encode())]


def only(**changed: object) -> dict[str, str]:
    return read({"@type": "JobPosting", **changed})[0]


def test_a_posting_as_other_services_write_it():
    assert read(WELDER) == [ROW]


@pytest.mark.parametrize(
    "around",
    [
        [WELDER, WELDER],
        {"@context": "https://schema.org", "@graph": [WELDER, {"@type": "Organization"}, WELDER]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one} for one in (WELDER, WELDER)]},
        [{"@type": ["JobPosting", "Thing"], **{key: WELDER[key] for key in WELDER if key != "@type"}}] * 2,
    ],
    ids=["list", "graph", "item list", "several types"],
)
def test_postings_are_found_wherever_they_stand(around):
    assert read(around) == [ROW, ROW]


def test_full_addresses_of_schema_org_mean_the_same():
    full = {
        f"https://schema.org/{key}" if not key.startswith(("@", "tp:")) else key: one for key, one in WELDER.items()
    }
    full["@type"] = "https://schema.org/JobPosting"
    assert read(full) == [ROW]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"occupationalCategory": "7212"}, "7212"),
        ({"occupationalCategory": "7212 Welders and flamecutters"}, "7212"),
        ({"occupationalCategory": ["Welder", "7212"]}, "7212"),
        ({"relevantOccupation": {"@type": "Occupation", "name": "Welder"}}, "Welder"),
        ({"relevantOccupation": {"occupationalCategory": "7212"}, "occupationalCategory": "5120"}, "7212"),
        ({}, None),
    ],
)
def test_the_occupation_is_its_code_or_else_its_name(given, code):
    assert only(**given).get("occupation") == code


@pytest.mark.parametrize(
    ("given", "months"),
    [
        ("2 years of experience", "24"),
        ("18 months", "18"),
        ("mindestens 3 Jahre", "36"),
        ("some", None),
        ({"monthsOfExperience": 6}, "6"),
    ],
)
def test_experience_is_read_in_months(given, months):
    assert only(experienceRequirements=given).get("experience_months") == months


@pytest.mark.parametrize(
    ("salary", "row"),
    [
        ({"currency": "EUR", "value": {"value": 14.5, "unitText": "HOUR"}}, ("14.5", None, "hour")),
        ({"currency": "EUR", "minValue": 2900, "maxValue": 3100, "unitText": "MONTH"}, ("2900", "3100", "month")),
        ({"currency": "EUR", "value": {"minValue": "30000", "unitCode": "ANN"}}, ("30000", None, "year")),
        ({"currency": "EUR", "value": {"value": 120, "unitText": "DAY"}}, ("120", None, "DAY")),
        (2950, ("2950", None, None)),
    ],
)
def test_pay_is_read_in_the_forms_that_services_use(salary, row):
    read_row = only(baseSalary=salary)
    assert tuple(read_row.get(name) for name in ("pay_from", "pay_to", "pay_period")) == row


def test_skills_in_one_line_are_cut_at_semicolons_or_commas():
    assert only(skills="MAG welding, TIG welding")["must_skills"] == "MAG welding; TIG welding"
    assert only(skills="weld pipes, plates; TIG welding")["must_skills"] == "weld pipes, plates; TIG welding"


def test_what_a_posting_does_not_speak_of_is_left_out():
    assert only(title="Welder") == {"title": "Welder"}


def test_html_becomes_lines_of_text_and_its_scripts_vanish():
    html = "<h2>Work</h2><script>steal()</script><p>You weld &amp; grind.<br>Two&nbsp;shifts.</p>"
    assert prose(html) == "Work\n\nYou weld & grind.\nTwo shifts."


def test_plain_text_stays_as_it_is():
    assert prose("Pay < 3000 & more\nTwo shifts") == "Pay < 3000 & more\nTwo shifts"


@pytest.mark.parametrize("content", [b'{"@type": "JobPosting", ', b"[1, 2", b"{]"])
def test_broken_json_names_the_line(content):
    with pytest.raises(NotJson, match="line 1"):
        postings(content)


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"@type": "Person"}', b"3", b'{"@graph": 5}', b'"JobPosting"'])
def test_json_without_a_posting_says_so(content):
    with pytest.raises(NoPosting):
        postings(content)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"@type": "JobPosting", "skills": ' + b"[" * 300 + b"]" * 300 + b"}",
        b'{"@type": "JobPosting", "totalJobOpenings": ' + b"9" * 5_000 + b"}",
    ],
    ids=["without end", "deep skills", "a number of 5,000 digits"],
)
def test_json_that_would_exhaust_the_reader_is_refused(content):
    with pytest.raises(Unreadable):
        postings(content)


@pytest.mark.parametrize("odd", ["Infinity", "NaN", "-1e400", "true", "null", "[]", "{}", '[{"a": [1]}]'])
def test_odd_values_never_break_the_reading(odd):
    names = ("identifier", "title", "skills", "baseSalary", "jobLocation", "totalJobOpenings", "workHours", "languages")
    posting = ", ".join(f'"{name}": {odd}' for name in names)
    (read,) = postings(f'{{"@type": "JobPosting", {posting}}}'.encode())
    assert all(isinstance(text, str) for text in row_of(read).values())


def test_a_vacancy_goes_out_and_comes_back_the_same():
    row = {column.name: column.example for column in COLUMNS if column.example}
    assert {column.name for column in COLUMNS} - set(row) == {"qualification"}
    row["qualification"] = "dae"
    written = json.dumps([posting_of(row)]).encode()
    assert [row_of(posting) for posting in postings(written)] == [row]


def test_an_empty_draft_goes_out_without_empty_objects():
    assert set(posting_of({"reference": "W-1", "title": "Welder"})) == {
        "@context", "@type", "identifier", "title", "totalJobOpenings", "experienceRequirements",
    }  # fmt: skip
