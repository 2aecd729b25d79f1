"""The shipped taxonomy: complete for the corridor, readable in both languages, sound by its own checks."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from talent.taxonomy.release import Concept, Relation
from talent.taxonomy.sectors import SECTORS, sector_name, sector_of
from talent.taxonomy.starter_checks import starter_faults
from talent.taxonomy.starter_release import OCCUPATION_URI, SKILL_URI, read_starter, stated_hash

UNIT_GROUPS = """
    7111 7112 7114 7121 7122 7123 7124 7131 9312 9313 3123 7115 7411 7126 7127 8342 8343 2142 3112 7119
    7212 7213 7214 7221 7222 7223 7224 7231 7233 2144 3115 7412 7413 3113 2151 7421
    7422 2511 2512 2513 2514 2519 2521 2522 2523 2529 3511 3512 3513 3514 1330
    3434 5120 5131 5132 9411 9412 5151 9112 6111 6121 6122 6130 8341 9211 9212 9213 6112 6113 9214
    2221 2264 2211 3221 3211 3212 3213 3251 5321 5322 5329
    8322 8331 8332 8344 9333 7531 8153 7533 7511 7512 8160 8211 8212 9329
"""
ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff]")


@pytest.fixture(scope="module")
def starter():
    return read_starter()


def labels_of(starter, uri, language="en"):
    return next(concept for concept in starter.concepts() if concept.uri == uri).labels[language]


@pytest.mark.parametrize("code", UNIT_GROUPS.split())
def test_each_unit_group_of_the_corridor_has_an_occupation_without_suffix(starter, code):
    assert OCCUPATION_URI + code in {concept.uri for concept in starter.occupations}


def test_there_are_several_hundred_skills_and_most_serve_more_than_one_occupation(starter):
    used = Counter(relation.skill_uri for relation in starter.relations)
    assert len(starter.skills) >= 450
    assert sum(times > 1 for times in used.values()) > len(starter.skills) / 2


def test_the_starter_has_no_fault(starter):
    assert starter_faults(starter) == []


def test_a_changed_starter_has_a_new_version_and_a_new_hash(starter):
    assert stated_hash() == starter.content_hash, "raise the version in starter/release.yaml and write this hash"


def test_urdu_labels_are_in_urdu_script_and_roman_urdu_labels_are_not(starter):
    for concept in starter.concepts():
        assert all(ARABIC_SCRIPT.search(text) for text in concept.labels["ur"]), concept.uri
        assert not any(ARABIC_SCRIPT.search(text) for text in concept.labels.get("ur-Latn", ())), concept.uri


def test_labels_of_european_languages_hold_no_arabic_script(starter):
    for concept in starter.concepts():
        for language in ("en", "de", "it", "fi", "es"):
            assert not any(ARABIC_SCRIPT.search(text) for text in concept.labels.get(language, ())), concept.uri


def test_urdu_labels_use_urdu_letters_not_their_arabic_twins(starter):
    texts = [text for concept in starter.concepts() for text in concept.labels["ur"]]
    assert not [text for text in texts if re.search("[يكة]", text)]


@pytest.mark.parametrize(
    ("code", "language", "title"),
    [
        ("7212", "de", "Schweißer"),
        ("7212", "it", "saldatore"),
        ("7212", "fi", "hitsaaja"),
        ("7212", "es", "soldador"),
        ("7411", "de", "Elektroniker für Energie- und Gebäudetechnik"),
        ("7112", "de", "Maurer"),
        ("7112", "es", "albañil"),
        ("5120", "it", "cuoco"),
        ("5131", "it", "cameriere"),
        ("3221", "fi", "lähihoitaja"),
        ("2221", "de", "Pflegefachfrau"),
    ],
)
def test_the_title_in_the_language_of_the_corridor_is_there(starter, code, language, title):
    assert labels_of(starter, OCCUPATION_URI + code, language)[0] == title


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("mma-welding", "SMAW"),
        ("mma-welding", "arc welding"),
        ("tig-welding", "GTAW"),
        ("refrigerant-handling", "F-gas"),
        ("haccp", "HACCP"),
        ("plc-programming", "PLC"),
        ("python", "Python"),
        ("rest-api", "REST API"),
        ("version-control", "Git"),
        ("unit-testing", "unit testing"),
        ("agile", "agile"),
        ("sql", "SQL"),
    ],
)
def test_skills_carry_the_words_that_cvs_and_advertisements_use(starter, slug, label):
    assert label in labels_of(starter, SKILL_URI + slug)


def test_every_unit_group_stands_in_one_sector():
    groups = Counter(group for sector in SECTORS for group in sector.unit_groups)
    assert set(groups.values()) == {1}


def test_sectors_and_files_agree_except_for_the_solar_installer(starter):
    differing = {one.uri for one in starter.occupations if one.sector != sector_of(one.code)}
    assert differing == {OCCUPATION_URI + "7411-solar"}


def test_the_announced_sectors_are_five_and_each_sector_names_its_source():
    assert {sector.key for sector in SECTORS if sector.announced} == {
        "construction",
        "agriculture",
        "ict",
        "renewable_electrical",
        "hospitality",
    }
    assert all(sector.source and sector.as_of and sector.confidence for sector in SECTORS)


def test_an_occupation_outside_our_sectors_is_another_occupation():
    assert sector_of("0110") is None
    assert sector_name(None) == "Other occupations"


def faults_with(starter, **changes):
    return " ".join(starter_faults(replace(starter, **changes)))


def test_a_relation_to_a_skill_that_is_not_there_is_a_fault(starter):
    loose = Relation(OCCUPATION_URI + "7212", SKILL_URI + "juggling", essential=True)
    assert "juggling, which is not there" in faults_with(starter, relations=(*starter.relations, loose))


def test_a_relation_told_twice_is_a_fault(starter):
    assert "2 times" in faults_with(starter, relations=(*starter.relations, starter.relations[0]))


def test_two_skills_with_one_name_are_a_fault_even_in_other_letters(starter):
    again = Concept(SKILL_URI + "again", "skill", None, {"en": ("tig WELDING",), "ur": ("ایک اور",)}, None, "skill")
    assert "“tig welding” (en) names" in faults_with(starter, skills=(*starter.skills, again))


def test_a_skill_without_urdu_is_a_fault(starter):
    bare = Concept(SKILL_URI + "bare", "skill", None, {"en": ("bare",)}, None, "skill")
    assert "has no label in ur" in faults_with(starter, skills=(*starter.skills, bare))


def test_an_occupation_with_few_skills_is_a_fault(starter):
    thin = Concept(OCCUPATION_URI + "7316", "occupation", "7316", {"en": ("sign writer",), "ur": ("سائن لکھنے والا",)})
    assert "uses 0 skills" in faults_with(starter, occupations=(*starter.occupations, thin))


def test_the_content_hash_ignores_the_order_of_rows_and_sees_every_word(starter):
    turned = replace(starter, skills=starter.skills[::-1], relations=starter.relations[::-1])
    assert turned.content_hash == starter.content_hash
    renamed = replace(starter.skills[0], labels={**starter.skills[0].labels, "en": ("something else",)})
    assert replace(starter, skills=(renamed, *starter.skills[1:])).content_hash != starter.content_hash
