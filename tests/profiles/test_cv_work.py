"""Times and jobs in a CV: every usual way to write them, and nothing made of times of study."""

import pytest

from talent.profiles.cv_dates import times_in
from talent.profiles.cv_facts import FactKind, facts_in
from talent.profiles.cv_places import country_of
from tests.factories.cvs import CORRIDOR

TIMES = [
    ("03/2018–11/2021", "2018-03", "2021-11"),
    ("3/2018 - 11/2021", "2018-03", "2021-11"),
    ("March 2018 - Present", "2018-03", None),
    ("Sept. 2019 – Feb. 2021", "2019-09", "2021-02"),
    ("March, 2018 to November, 2021", "2018-03", "2021-11"),
    ("Jan'18 – Mar'20", "2018-01", "2020-03"),
    ("1st Jan 2018 till date", "2018-01", None),
    ("5 June 2019 - 7 July 2020", "2019-06", "2020-07"),
    ("01.03.2018 - 30.11.2021", "2018-03", "2021-11"),
    ("2018-03 - 2021-11", "2018-03", "2021-11"),
    ("2018-03-01 to 2021-11-30", "2018-03", "2021-11"),
    ("2015-2019", "2015", "2019"),
    ("2015-19", "2015", "2019"),
    ("2015 to date", "2015", None),
    ("since March 2020", "2020-03", None),
    ("March 2018 to March 2018", "2018-03", "2018-03"),
    ("مارچ ۲۰۱۸ تا حال", "2018-03", None),
    ("جنوری 2015 سے دسمبر 2019 تک", "2015-01", "2019-12"),
    ("٢٠١٥-٢٠١٩", "2015", "2019"),
    ("2015 se 2019 tak", "2015", "2019"),
    ("March 2018 se ab tak", "2018-03", None),
    ("Marzo 2021 - Presente", "2021-03", None),
    ("Januar 2015 bis März 2018", "2015-01", "2018-03"),
]
NO_TIMES = [
    "11/2021 - 03/2018",
    "2019-2015",
    "13/2018 - 14/2019",
    "1815-1819",
    "0300-1234567",
    "35202-1234567-1",
    "2015",
    "electrician 2015",
    "Room 2015-2019-22",
]


@pytest.mark.parametrize(("text", "first", "last"), TIMES)
def test_a_time_is_read_from(text, first, last):
    times = list(times_in(f"Welder, {text}, Lahore"))
    assert [(str(time.first), time.last and str(time.last)) for time in times] == [(first, last)]


@pytest.mark.parametrize("text", NO_TIMES)
def test_no_time_is_read_from(text):
    assert list(times_in(text)) == []


def jobs(text):
    return [fact for fact in facts_in(text, CORRIDOR) if fact.kind is FactKind.WORK_PERIOD]


BLOCKS = {
    "three lines": ("Electrician\nNishat Mills, Faisalabad\n03/2018 - 11/2021", "Nishat Mills", "PK"),
    "one line": ("Electrician, Al Futtaim Group, Dubai, UAE — 03/2018–11/2021", "Al Futtaim Group", "AE"),
    "time first": ("03/2018 – 11/2021: Electrician at Nishat Mills", "Nishat Mills", ""),
    "time on a line above": ("03/2018 – 11/2021\nElectrician\nSaudi Oger Ltd, Riyadh", "Saudi Oger Ltd", "SA"),
    "a sentence": ("Worked as Electrician in XYZ Company from March 2018 to November 2021.", "XYZ Company", ""),
    "employer before title": ("Nishat Mills, Lahore  03/2018-11/2021\nElectrician", "Nishat Mills", "PK"),
    "a row of a table": ("Electrician\tNishat Mills\tLahore\t03/2018-11/2021", "Nishat Mills", "PK"),
    "bars": ("Electrician | Nishat Mills | Lahore | Mar 2018 - Nov 2021", "Nishat Mills", "PK"),
    "labels": (
        "Company: Saudi Aramco\nDesignation: Electrician\nCountry: Saudi Arabia\nDuration: 03/2018 to 11/2021",
        "Saudi Aramco",
        "SA",
    ),
    "brackets": ("Electrician (03/2018 - 11/2021)\nDescon Engineering Ltd., Lahore", "Descon Engineering Ltd", "PK"),
    "Roman Urdu": ("Nishat Mills mein bator electrician March 2018 se November 2021 tak", "Nishat Mills", ""),
}


@pytest.mark.parametrize(("block", "employer", "country"), BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("before", ["Experience\n", "Experience\nI did all kinds of wiring work in big houses.\n\n"])
def test_a_job_is_read_from_a_block_written_as(before, block, employer, country):
    text = before + block + "\n- installed switches and cables\n"
    (job,) = jobs(text)
    assert job.value["title"].casefold() == "electrician"
    assert (job.value["employer"], job.value["country"]) == (employer, country)
    assert (job.value["started_year"], job.value["started_month"]) == (2018, 3)
    assert (job.value["ended_year"], job.value["ended_month"], job.value["goes_on"]) == (2021, 11, False)
    assert job.words in block


def test_jobs_below_each_other_keep_their_own_employers():
    text = (
        "Work history\nSenior Welder\nDescon Engineering, Lahore\nMarch 2018 - Present\n- pipes\n- tanks\n\n"
        "Helper\nNishat Mills, Multan\nJune 2015 - February 2018\n"
    )
    assert [(job.value["title"], job.value["employer"]) for job in jobs(text)] == [
        ("Senior Welder", "Descon Engineering"),
        ("Helper", "Nishat Mills"),
    ]


STUDIES = [
    "Education\nBSc Nursing, University of Lahore 2014-2018",
    "Education\nUniversity of Lahore\n2014 - 2018",
    "تعلیم\nمیٹرک 2010 - 2012",
    "Studied at Government College Lahore 2010-2012",
    "Matric, Government High School Multan 2006-2008",
    "Experience\n2022 – 2024 student",
    "Certificates\nShort course 2014-2015, NAVTTC",
]


@pytest.mark.parametrize("text", STUDIES)
def test_a_time_of_study_is_no_job(text):
    assert jobs(text) == []


def test_a_time_with_neither_title_nor_employer_is_no_job():
    assert jobs("Experience\n\n2015-2019\n") == []


MESSY = [
    ("hotel obhur jeddah 2018-2023 - Cook contenental , live pasta station", "Cook contenental", "hotel obhur jeddah"),
    ("2015–2018 Qatar steel company. Duty: loading trailer, welder helper", "", "Qatar steel company"),
    ("2021 to 2024 – MEP contractor, Dubai South", "", "MEP contractor"),
    (
        "Nurse, medical ward (42 beds, many older patients), 2019 - 2020",
        "Nurse",
        "medical ward (42 beds, many older patients)",
    ),
    ("Biscuit company 2018–2021, 35 shops a day, cash collection", "", "Biscuit company"),
    (
        "2016–2020: Electrician, building contractor; then own shop. Wiring of plazas",
        "Electrician",
        "building contractor",
    ),
    ("I AM WORKING IN BUS BODY FACTRY LAHORE SINCE 2018 TO TILL DATE", "", "BUS BODY FACTRY LAHORE"),
    ("helper with electrician, Sargodha, Feb 2024 – Sep 2024", "helper", ""),
    ("۲۰۱۹ تا حال: سولر کمپنی میں ٹیم لیڈر، ۱۴۰ سسٹم", "ٹیم لیڈر", "سولر کمپنی"),
]


@pytest.mark.parametrize(("line", "title", "employer"), MESSY, ids=[row[0] for row in MESSY])
def test_a_job_told_in_passing_has_no_more_than_what_is_sure(line, title, employer):
    (job,) = jobs(f"Experience\n{line}\n")
    assert (job.value["title"], job.value["employer"]) == (title, employer)


def test_a_line_with_another_label_is_neither_title_nor_employer():
    (job,) = jobs("Experience\n2021–2024 Nishat Mills\nCourse: forklift operator\n")
    assert (job.value["title"], job.value["employer"]) == ("", "Nishat Mills")


def test_a_teacher_at_a_school_has_a_job():
    (job,) = jobs("Teacher, Beaconhouse School, Lahore 2014-2018")
    assert (job.value["title"], job.value["employer"]) == ("Teacher", "Beaconhouse School")


PLACES = [
    ("Pakistan", "PK", True),
    ("پاکستان", "PK", True),
    ("Dubai UAE", "AE", True),
    ("K.S.A.", "SA", True),
    ("Deutschland", "DE", True),
    ("Italia", "IT", True),
    ("Descon Engineering Lahore", "PK", False),
]


@pytest.mark.parametrize(("words", "country", "whole"), PLACES)
def test_a_place_names_its_country(words, country, whole):
    place = country_of(words)
    assert place is not None
    assert (place.country, place.whole) == (country, whole)


@pytest.mark.parametrize("words", ["Descon Engineering", "", "San Francisco, CA", "Indian Motors Workshop"])
def test_other_words_name_no_country(words):
    assert country_of(words) is None
