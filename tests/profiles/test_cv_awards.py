"""Qualifications, languages and licences in a CV: told as they are written, and no level made of "fluent"."""

import pytest

from talent.profiles.cv_facts import FactKind, facts_in
from talent.profiles.cv_languages import TESTS, language_keys
from talent.profiles.cv_licences import EU_CODES, OTHERS
from talent.taxonomy.languages import LANGUAGE_NAMES
from talent.taxonomy.levels import QualificationKind
from talent.taxonomy.licences import LICENCE_NAMES
from tests.factories.cvs import CORRIDOR

K = QualificationKind


def values(text, kind):
    return [fact.value for fact in facts_in(text, CORRIDOR) if fact.kind is kind]


AWARDS = [
    ("DAE Mechanical, PBTE 2011", K.DAE, "DAE Mechanical", None, "PBTE", 2011),
    ("D.A.E. (Electrical) - Punjab Board of Technical Education", K.DAE, "D.A.E. (Electrical)", None, None, None),
    ("Diploma of Associate Engineer in Civil Technology, 2015", K.DAE, None, None, "", 2015),
    ("NVQF Level 3", K.NVQF_CERTIFICATE, "NVQF Level 3", 3, "", None),
    ("NVQF-4 Welding, NAVTTC", K.NVQF_CERTIFICATE, "NVQF-4 Welding", 4, "NAVTTC", None),
    ("National Vocational Certificate Level II in Plumbing", K.NVQF_CERTIFICATE, None, 2, "", None),
    ("NVC L2 Plumbing", K.NVQF_CERTIFICATE, None, 2, "", None),
    ("TEVTA Level 2 certificate in Tailoring", K.NVQF_CERTIFICATE, None, 2, "TEVTA", None),
    ("NVQF certificate in Welding", K.NVQF_CERTIFICATE, None, None, "", None),
    ("B.Sc. (Hons) Nursing, University of Health Sciences Lahore, 2014", K.BACHELOR, None, None, None, 2014),
    ("Bachelor of Science in Computer Science", K.BACHELOR, "Bachelor of Science in Computer Science", None, "", None),
    ("BSN from Aga Khan University, 2019", K.BACHELOR, "BSN", None, "Aga Khan University", 2019),
    ("BA, Punjab University 2010", K.BACHELOR, "BA", None, "Punjab University", 2010),
    ("M.Sc Physics", K.MASTER, "M.Sc Physics", None, "", None),
    ("Master's degree in Education", K.MASTER, None, None, "", None),
    ("MBA", K.MASTER, "MBA", None, "", None),
    ("Matric (Science), BISE Multan 2008", K.SCHOOL, "Matric (Science)", None, "BISE Multan", 2008),
    ("B.A  University of the Punjab (Private)  2017", K.BACHELOR, "B.A", None, "University of the Punjab", 2017),
    ("BSc Nursing, 2010 - 2014", K.BACHELOR, "BSc Nursing", None, "", 2014),
    ("DAE Electrical (2016) · German A2 (Goethe, 2024)", K.DAE, "DAE Electrical", None, "", 2016),
    ("Matric with science. Urdu", K.SCHOOL, "Matric with science", None, "", None),
    ("ڈی اے ای الیکٹریکل، ۲۰۱۶", K.DAE, "ڈی اے ای الیکٹریکل", None, "", 2016),
    ("F.Sc Pre Engineering", K.SCHOOL, None, None, "", None),
    ("میٹرک، لاہور بورڈ", K.SCHOOL, None, None, None, None),
    ("General Nursing Diploma, Jinnah Hospital School of Nursing", K.OTHER, None, None, None, None),
    ("Certificate in Plumbing, 2012", K.OTHER, "Certificate in Plumbing", None, "", 2012),
]


@pytest.mark.parametrize(("line", "kind", "title", "level", "body", "year"), AWARDS, ids=[row[0] for row in AWARDS])
def test_a_qualification_is_read_from_its_line(line, kind, title, level, body, year):
    (award,) = values(f"Education\n{line}\n", FactKind.QUALIFICATION)
    assert (award["kind"], award["nvqf_level"], award["awarded_year"]) == (kind.value, level, year)
    assert title is None or award["title"] == title
    assert award["issuing_body"] == body if body is not None else award["issuing_body"]


def test_the_issuing_body_may_stand_on_the_line_below_or_above():
    below = "Education\nBSc Nursing\nUniversity of Health Sciences, Lahore"
    above = "Education\nGovernment College of Technology\nDAE Mechanical"
    assert values(below, FactKind.QUALIFICATION)[0]["issuing_body"] == "University of Health Sciences"
    assert values(above, FactKind.QUALIFICATION)[0]["issuing_body"] == "Government College of Technology"


def test_two_qualifications_below_each_other_keep_their_own_bodies():
    text = "Education\nDAE Mechanical, PBTE\nMatric, BISE Multan"
    assert [award["issuing_body"] for award in values(text, FactKind.QUALIFICATION)] == ["PBTE", "BISE Multan"]


NO_AWARDS = [
    "Skills\nMS Word, MS Excel, MS Office",
    "Boston, MA 02110",
    "M. A. Jinnah Road",
    "I like to be on time. BE careful.",
    "Scrum master in a master workshop",
    "Wiring to BS 7671",
    "No diploma yet",
    "Intermediate German",
    "Matric fail",
    "Under matric",
    "DAE: no",
    "Goal: a master's degree",
]


@pytest.mark.parametrize("text", NO_AWARDS)
def test_no_qualification_is_made_of(text):
    assert values(f"About\n{text}", FactKind.QUALIFICATION) == []


LANGUAGES = [
    ("Languages: English B2, German A1", [("en", "B2"), ("de", "A1")]),
    ("English (B1)", [("en", "B1")]),
    ("B2 English", [("en", "B2")]),
    ("German b1", [("de", "B1")]),
    ("English C1 C1 B2 B2 C1", [("en", "B2")]),
    ("Goethe-Zertifikat B1", [("de", "B1")]),
    ("telc Deutsch B2", [("de", "B2")]),
    ("IELTS 6.5", [("en", None)]),
    ("English: fluent", [("en", None)]),
    ("Urdu (native), English (very good)", [("ur", None), ("en", None)]),
    ("Fluent in English and Punjabi", [("en", None), ("pa", None)]),
    ("I speak Urdu, Pashto and Arabic", [("ur", None), ("ps", None), ("ar", None)]),
    ("زبانیں: اردو، انگریزی B1", [("ur", None), ("en", "B1")]),
    ("Zabanein: Urdu, angrezi", [("ur", None), ("en", None)]),
    ("Idiomas: Inglés B2", [("en", "B2")]),
    ("English B1, Spanish A1 (evening class), Urdu, Punjabi", [("en", "B1"), ("es", "A1"), ("ur", None), ("pa", None)]),
    ("English: IELTS 7.0. German: B1", [("en", None), ("de", "B1")]),
]


@pytest.mark.parametrize(("text", "languages"), LANGUAGES, ids=[row[0] for row in LANGUAGES])
def test_a_language_has_a_level_only_when_one_is_stated(text, languages):
    found = values(f"About\n{text}\n", FactKind.LANGUAGE)
    assert [(each["language"], each["level"]) for each in found] == languages


def test_words_about_a_language_are_kept_as_they_are():
    assert values("Languages\nEnglish - fluent", FactKind.LANGUAGE)[0]["stated"] == "fluent"


def test_a_level_that_is_stated_later_wins_over_none():
    assert values("I speak German.\n\nLanguages\nGerman B1", FactKind.LANGUAGE)[0]["level"] == "B1"


@pytest.mark.parametrize(
    "text",
    [
        "Worked for a German company",
        "English teacher, good school",
        "English medium school, very good",
        "French polish of tables",
        "No German",
        "EU driving licence class B1, German",
    ],
)
def test_no_language_is_made_of(text):
    assert values(f"About\n{text}", FactKind.LANGUAGE) == []


def test_every_language_that_is_asked_about_can_be_found():
    assert set(language_keys().values()) == set(LANGUAGE_NAMES)
    assert set(TESTS.values()) <= set(LANGUAGE_NAMES)


LICENCES = [
    ("Driving licence category B", ["driving_b"]),
    ("Driver's license: class B, C+E", ["driving_b", "driving_ce"]),
    ("Führerschein Klasse CE", ["driving_ce"]),
    ("Driving licence C1", [None]),
    ("Driving licence (LTV)", [None]),
    ("HTV licence holder", [None]),
    ("ڈرائیونگ لائسنس", [None]),
    ("Valid driving licence", [None]),
    ("Welder test EN ISO 9606-1 135", ["welder_iso_9606"]),
    ("AWS D1.1 certified", [None]),
    ("Forklift operator certificate", ["forklift"]),
    ("F-gas certificate", ["f_gas"]),
    ("HACCP training", ["food_hygiene"]),
    ("First aid certificate", ["first_aid"]),
    ("Registered with the Pakistan Nursing Council", ["nursing_registration"]),
    ("PNC registration 4711", ["nursing_registration"]),
    ("bike and car licence", [None]),
    ("I have no driving licence", []),
    ("Driving licence: no", []),
    ("drove a forklift", []),
]


@pytest.mark.parametrize(("text", "codes"), LICENCES, ids=[row[0] for row in LICENCES])
def test_a_licence_has_a_code_only_when_it_is_the_same(text, codes):
    assert [each["code"] for each in values(f"About\n{text}\n", FactKind.LICENCE)] == codes


def test_a_pakistani_driving_licence_is_no_category_of_the_union():
    (licence,) = values("About\nDriving licence: HTV", FactKind.LICENCE)
    assert licence == {"code": None, "name": "Driving licence: HTV"}


def test_every_code_is_one_that_profiles_and_vacancies_know():
    assert {code for code, _ in OTHERS if code} | set(EU_CODES.values()) <= set(LICENCE_NAMES)
