"""Facts found in a CV carry their own words, and nothing that is not asked is ever found."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.profiles.cv_facts import MOST_CHARACTERS, FactKind, facts_in
from talent.profiles.cv_terms import TermIndex
from tests.factories.cvs import (
    CORRIDOR,
    ELECTRICIAN_CV_ROMAN,
    ELECTRICIAN_CV_URDU,
    WELDER_CV,
    identifier,
    word_list,
)

INDEX = TermIndex.of(CORRIDOR)
K = FactKind
CVS = {"English": WELDER_CV, "Urdu": ELECTRICIAN_CV_URDU, "Roman Urdu": ELECTRICIAN_CV_ROMAN}


def found(text, kind, key=None):
    """The values of this kind in order; of one key when it is given."""
    values = [fact.value for fact in facts_in(text, INDEX) if fact.kind is kind]
    return [value[key] for value in values] if key else values


def named(text, kind):
    """The names of the occupations or skills found."""
    names = {str(identifier(label)): label for _, label in (*CORRIDOR.occupations, *CORRIDOR.skills)}
    return {names[next(iter(value.values()))] for value in found(text, kind)}


@pytest.mark.parametrize("text", CVS.values(), ids=CVS)
def test_each_fact_carries_the_exact_words_it_was_found_in(text):
    facts = facts_in(text, INDEX)
    assert facts
    assert all(text[fact.start : fact.end] == fact.words != "" for fact in facts)


@pytest.mark.parametrize("text", CVS.values(), ids=CVS)
def test_the_value_of_each_fact_can_be_kept_as_json(text):
    values = [fact.value for fact in facts_in(text, INDEX)]
    assert json.loads(json.dumps(values)) == values


def test_an_english_cv_gives_its_facts():
    assert named(WELDER_CV, K.OCCUPATION) == {"welder", "electrician"}
    assert named(WELDER_CV, K.SKILL) == {"MIG welding", "reading technical drawings", "welding"}
    assert found(WELDER_CV, K.QUALIFICATION, "kind") == ["dae", "nvqf_certificate", "school"]
    assert found(WELDER_CV, K.LANGUAGE) == [
        {"language": "en", "level": "B2", "stated": ""},
        {"language": "de", "level": "A1", "stated": ""},
        {"language": "ur", "level": None, "stated": "native"},
        {"language": "pa", "level": None, "stated": ""},
    ]
    assert [(job["title"], job["employer"], job["country"]) for job in found(WELDER_CV, K.WORK_PERIOD)] == [
        ("Pipe Welder (6G)", "Descon Engineering Ltd", "PK"),
        ("Electrician", "Al Futtaim Engineering", "AE"),
    ]
    assert found(WELDER_CV, K.LICENCE, "code") == [None, "welder_iso_9606"]


def test_a_cv_in_urdu_script_gives_its_facts():
    assert named(ELECTRICIAN_CV_URDU, K.OCCUPATION) == {"electrician"}
    assert named(ELECTRICIAN_CV_URDU, K.SKILL) == {"electrical wiring"}
    assert found(ELECTRICIAN_CV_URDU, K.QUALIFICATION) == [
        {
            "kind": "dae",
            "title": "ڈی اے ای الیکٹریکل",
            "nvqf_level": None,
            "issuing_body": "پی بی ٹی ای",
            "awarded_year": None,
        },
        {
            "kind": "nvqf_certificate",
            "title": "این وی کیو ایف لیول 3 الیکٹریشن",
            "nvqf_level": 3,
            "issuing_body": "نیوٹیک",
            "awarded_year": None,
        },
    ]
    assert found(ELECTRICIAN_CV_URDU, K.LANGUAGE, "language") == ["ur", "en", "pa"]
    assert found(ELECTRICIAN_CV_URDU, K.LANGUAGE, "level") == [None, "B1", None]
    job = found(ELECTRICIAN_CV_URDU, K.WORK_PERIOD)[0]
    assert (job["title"], job["country"]) == ("الیکٹریشن", "PK")
    assert (job["started_year"], job["started_month"], job["goes_on"]) == (2018, 3, True)


def test_a_cv_in_roman_urdu_gives_its_facts():
    assert named(ELECTRICIAN_CV_ROMAN, K.OCCUPATION) == {"electrician"}
    assert named(ELECTRICIAN_CV_ROMAN, K.SKILL) == {"electrical wiring"}
    assert found(ELECTRICIAN_CV_ROMAN, K.LANGUAGE, "language") == ["ur", "en", "pa"]
    assert found(ELECTRICIAN_CV_ROMAN, K.QUALIFICATION, "title") == ["DAE Electrical"]
    job = found(ELECTRICIAN_CV_ROMAN, K.WORK_PERIOD)[0]
    assert (job["title"], job["employer"]) == ("electrician", "Descon")
    assert (job["started_year"], job["started_month"], job["ended_year"]) == (2015, None, 2019)


NOT_ASKED = [
    "Name: Nurse Baker",
    "Father's Name: Mason Welder",
    "Father’s name : Welder",
    "S/O Mason Baker",
    "Date of Birth: 03/1990 - present",
    "D.O.B 01-01-1990, electrician",
    "Place of birth: Baker colony",
    "Age: 32 welder",
    "Gender: welder",
    "Sex: nurse",
    "Religion: Islam, Urdu native",
    "Marital status: Married welder",
    "Nationality: mason",
    "Domicile: Welder town",
    "Province: Punjab English fluent",
    "CNIC: 35202-1234567-1",
    "CNIC 3520212345671 electrician",
    "Passport No: AB1234567 driving licence",
    "Caste: Mistri mason",
    "Address: Welder Street 5, Lahore",
    "Photo: electrician",
    "Full name: Baker  |  Sex: nurse",
    "Naam: Baker",
    "Mazhab: Islam mason",
    "نام: مستری",
    "ولدیت: مستری اسلم",
    "تاریخ پیدائش: ۱۹۹۰ الیکٹریشن",
    "مذہب: اسلام نرس",
    "شناختی کارڈ: 35202-1234567-1 نرس",
    "Marital Status\nMarried welder",
    "Religion:\nnurse",
]


@pytest.mark.parametrize("told", NOT_ASKED)
def test_nothing_is_found_behind_a_label_of_what_is_not_asked(told):
    assert facts_in(f"Curriculum vitae\n{told}\n", INDEX) == []


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_of_a_personal_line_is_found_wherever_it_stands(data):
    lines = WELDER_CV.split("\n")
    told = data.draw(st.sampled_from(NOT_ASKED))
    lines.insert(data.draw(st.integers(1, len(lines) - 1)), told)
    text = "\n".join(lines)
    start = text.index(told)
    inside = [fact for fact in facts_in(text, INDEX) if start < fact.end and fact.start < start + len(told)]
    assert inside == []


def test_no_fact_says_who_the_person_is():
    told = json.dumps([(fact.words, fact.value) for fact in facts_in(WELDER_CV, INDEX)])
    for private in (
        "Khan",
        "Abdul",
        "1990",
        "35202",
        "AB1234567",
        "Islam",
        "Married",
        "Punjab |",
        "Ali Raza",
        "Jinnah",
    ):
        assert private not in told


def test_a_licence_on_the_same_line_as_what_is_not_asked_is_found():
    assert "Driving Licence: LTV/HTV" in [fact.words for fact in facts_in(WELDER_CV, INDEX)]


def test_a_name_in_the_first_line_is_no_occupation_but_a_title_there_is():
    assert named("Ali Mason\n\nI lay bricks.", K.OCCUPATION) == set()
    assert named("Mason\n\nI lay bricks.", K.OCCUPATION) == {"mason"}
    assert named("Ali Raza | Mason\n", K.OCCUPATION) == {"mason"}


@pytest.mark.parametrize("heading", ["References", "REFEREES:", "Hobbies", "حوالہ جات"])
def test_what_stands_under_referees_and_hobbies_is_not_the_candidates(heading):
    assert (
        facts_in(f"Skills\nwelding\n\n{heading}\nStaff nurse, wiring, German B2\n2010-2012 Baker, Khan Mills", INDEX)[
            0
        ].words
        == "welding"
    )
    assert len(facts_in(f"Skills\nwelding\n\n{heading}\nStaff nurse, wiring, German B2", INDEX)) == 1


def test_what_is_repeated_is_found_once_at_its_first_place():
    text = "About\nwelding, welding\nWelding is what I do. " + "welding " * 500
    assert [(fact.kind, fact.start) for fact in facts_in(text, INDEX)] == [(K.SKILL, 6)]


def test_a_part_of_an_employers_name_is_no_skill():
    text = "Experience\nElectrician at Descon Engineering Ltd 2015-2019"
    assert named(text, K.SKILL) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Experience: no welding",
        "welding: no",
        "I have never done welding",
        "without welding experience",
        "ویلڈنگ نہیں آتی",
        "welding nahi aati",
    ],
)
def test_what_somebody_says_not_to_know_is_no_skill(text):
    assert named(text, K.SKILL) == set()


@pytest.mark.parametrize(
    "text", ["Registration no 4711 welding", "No helper needed, welding done", "وائرنگ نہیں، ویلڈنگ آتی ہے"]
)
def test_a_no_that_belongs_to_something_else_denies_nothing(text):
    assert "welding" in named(f"About\n{text}", K.SKILL)


TERMS = [
    ("pipe welders wanted", {"welder"}),
    ("WELDER", {"welder"}),
    ("waiter in Dubai", {"waiter/waitress"}),
    ("waitress", {"waiter/waitress"}),
    ("weldership", set()),
    ("الیكٹریشن", {"electrician"}),
]


@pytest.mark.parametrize(("text", "occupations"), TERMS)
def test_occupations_are_found_by_whole_words_whatever_their_spelling(text, occupations):
    assert named(f"About\nI am a {text} since long, and this is a line", K.OCCUPATION) == occupations


SKILLS = [
    ("MIG  Welding", {"MIG welding"}),
    ("metal inert\ngas welding", {"MIG welding"}),
    ("uses SAP daily", {"SAP"}),
    ("the sap of trees", set()),
    ("C++ and .NET", {"C++", ".NET"}),
    ("C and net", set()),
    ("an electrical system", {"electrical systems"}),
    ("cleaned a window", set()),
    ("pays welding-tax", set()),
    ("does MIG-welding", {"MIG welding"}),
]


@pytest.mark.parametrize(("text", "skills"), SKILLS)
def test_skills_are_found_longest_first_and_short_names_only_as_they_are_written(text, skills):
    assert named(f"About\nThis person {text}.", K.SKILL) == skills


def test_of_two_concepts_with_one_label_the_first_wins():
    lexicon = word_list({}, {"fitting": ("assembly",), "assembling": ("assembly",)})
    assert facts_in("About\nassembly work", lexicon)[0].value == {"skill_id": str(identifier("fitting"))}


def test_only_the_first_pages_are_searched():
    assert facts_in("x " * (MOST_CHARACTERS // 2) + "welding", INDEX) == []


FRAGMENTS = (
    *("welding", "Welder", "MIG", "no", "nahi", "2015-2019", "03/2018 - ", "Present", "DAE", "Level 3", "BSc", "PBTE"),
    *(
        "English",
        "B2",
        "fluent",
        "Experience",
        "Education",
        "Languages",
        "at",
        "as",
        "Ltd",
        "Lahore",
        "Driving licence",
    ),
    *(
        "category C+E",
        "ISO 9606",
        "Religion",
        "CNIC",
        "35202-1234567-1",
        "الیکٹریشن",
        "اردو",
        "تجربہ",
        "سے",
        "تک",
        "۲۰۱۸",
    ),
    *("\n", "\n\n", ":", " - ", "–", "(", ")", ",", "،", ".", "۔", "|", "\t", "•", "'", "\u200c", "-"),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(" ".join))
def test_any_jumble_of_a_cv_gives_facts_with_their_words(text):
    assert all(text[fact.start : fact.end] == fact.words for fact in facts_in(text, INDEX))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="Bb.AaScEd 20159-–/\n\t:,()|• welderنامC", max_size=300))
def test_any_text_gives_facts_with_their_words(text):
    assert all(text[fact.start : fact.end] == fact.words for fact in facts_in(text, INDEX))


@pytest.mark.parametrize(
    "piece",
    [
        "A ",
        "DAE ",
        "2015 - ",
        "(",
        "\t",
        "English ",
        "University of ",
        "diploma in ",
        "Welder\n2015-2016\n",
        "یونیورسٹی ",
    ],
)
def test_a_text_made_to_take_long_does_not(piece):
    import time

    started = time.process_time()
    facts_in(piece * (MOST_CHARACTERS // len(piece)), INDEX)
    assert time.process_time() - started < 6
