"""Levels, kinds, countries, languages and rules by country: complete, sourced, and never said to be equal."""

import re

import pytest

from talent.taxonomy import countries, languages
from talent.taxonomy.countries import COUNTRY_NAMES, MEMBER_STATES, country_name, is_member_state
from talent.taxonomy.languages import LANGUAGE_NAMES, language_name
from talent.taxonomy.levels import (
    CEFR,
    CEFR_PROVENANCE,
    CEFR_WORDS,
    EQF_LEVELS,
    EQF_PROVENANCE,
    NVQF_LEVELS,
    NVQF_NOTE,
    QUALIFICATION_NAMES,
    Evidence,
    QualificationKind,
    eqf_name,
    qualification_name,
)
from talent.taxonomy.provenance import CONFIDENCES
from talent.taxonomy.regulated import NO, NOT_KNOWN, REGULATED, RESERVED, UNKNOWN, YES, regulated, reserved_recruitment

SOURCE = re.compile(r"S-[A-Z0-9-]+")
AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|undated")
EU_LANGUAGES = "bg hr cs da nl en et fi fr de el hu ga it lv lt mt pl pt ro sk sl es sv".split()  # noqa: SIM905 - a list of tags reads best so


def test_cefr_rises_from_a1_to_c2():
    assert [level.order for level in (CEFR.A1, CEFR.A2, CEFR.B1, CEFR.B2, CEFR.C1, CEFR.C2)] == [1, 2, 3, 4, 5, 6]
    assert set(CEFR_WORDS) == set(CEFR)


def test_evidence_rises_from_the_persons_own_word_to_an_assessment():
    assert [evidence.value for evidence in sorted(Evidence, key=lambda one: one.order)] == [
        "self_declared",
        "document",
        "institute_attested",
        "issuer_verified",
        "assessed",
    ]


def test_kinds_of_qualification_have_names_and_no_order():
    assert set(QUALIFICATION_NAMES) == set(QualificationKind)
    assert not hasattr(QualificationKind.DAE, "order")
    assert qualification_name("dae") == "Diploma of Associate Engineer (DAE)"
    assert qualification_name("not a kind") == "not a kind"


def test_nvqf_has_eight_levels_and_none_knows_an_eqf_level():
    assert [row.level for row in NVQF_LEVELS] == list(range(1, 9))
    assert not [name for row in NVQF_LEVELS for name in vars(row) if "eqf" in name.lower()]
    assert "has not been referenced to the EQF" in NVQF_NOTE


def test_nvqf_levels_whose_award_the_sources_dispute_are_low_in_confidence():
    assert {row.level for row in NVQF_LEVELS if row.confidence == "low"} == {6, 7, 8}


def test_an_eqf_level_is_only_a_name():
    assert eqf_name(4).english() == "EQF level 4"
    assert list(EQF_LEVELS) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("level", [0, 9, -1])
def test_there_is_no_eqf_level_below_one_or_above_eight(level):
    with pytest.raises(ValueError, match="no EQF level"):
        eqf_name(level)


@pytest.mark.parametrize(
    "row",
    [*NVQF_LEVELS, *REGULATED, *RESERVED, CEFR_PROVENANCE, EQF_PROVENANCE, countries.PROVENANCE, languages.PROVENANCE],
)
def test_every_row_says_where_it_comes_from_as_of_when_and_how_sure_it_is(row):
    assert SOURCE.fullmatch(row.source)
    assert AS_OF.fullmatch(row.as_of)
    assert row.confidence in CONFIDENCES


def test_there_are_27_member_states_and_pakistan_is_none():
    assert len(MEMBER_STATES) == 27
    assert set(COUNTRY_NAMES) == {*MEMBER_STATES, "PK"}
    assert is_member_state("DE")
    assert not any(is_member_state(code) for code in ("PK", "GB", "CH", "NO", "de", ""))


def test_greece_is_gr_as_in_iso_and_not_el():
    assert is_member_state("GR")
    assert not is_member_state("EL")


@pytest.mark.parametrize("names", [*COUNTRY_NAMES.values(), *LANGUAGE_NAMES.values()])
def test_each_country_and_language_has_an_english_and_an_urdu_name(names):
    english, urdu = names
    assert re.fullmatch(r"[A-Za-z ]+", english)
    assert re.search(r"[\u0600-\u06ff]", urdu)


def test_a_country_is_named_in_the_readers_language_and_an_unknown_one_by_its_code():
    assert (country_name("FI"), country_name("FI", "ur"), country_name("XX", "ur")) == ("Finland", "فن لینڈ", "XX")
    assert (language_name("de"), language_name("de", "ur"), language_name("xx")) == ("German", "جرمن", "xx")


def test_all_official_languages_of_the_union_and_those_of_pakistan_are_offered():
    assert {*EU_LANGUAGES, "ur", "pa", "sd", "ps", "skr", "bal"} <= set(LANGUAGE_NAMES)


@pytest.mark.parametrize(
    ("country", "group", "answer"),
    [
        ("DE", "2221", YES),
        ("DE", "2211", YES),
        ("DE", "2264", YES),
        ("DE", "7411", UNKNOWN),
        ("DE", "3251", UNKNOWN),
        ("IT", "2221", YES),
        ("IT", "3211", YES),
        ("FI", "2221", YES),
        ("FI", "5321", NO),
        ("ES", "2221", UNKNOWN),
        ("GR", "2211", UNKNOWN),
        ("XX", "2221", UNKNOWN),
        ("DE", "", UNKNOWN),
    ],
)
def test_what_is_not_known_to_be_regulated_is_unknown_and_never_no(country, group, answer):
    assert regulated(country, group).answer == answer


def test_the_longest_prefix_decides_and_the_finding_names_its_source():
    assert regulated("FI", "2221").source == "S-FI-7"
    assert regulated("ES", "7212") is NOT_KNOWN


def test_every_answer_is_yes_or_no_and_each_place_is_told_once():
    assert {row.answer for row in REGULATED} <= {YES, NO}
    assert len({(row.country, row.isco_prefix) for row in REGULATED}) == len(REGULATED)


@pytest.mark.parametrize(
    "group", ["2211", "2221", "2264", "3211", "3212", "3213", "3221", "3251", "5321", "5322", "5329"]
)
def test_recruiting_from_pakistan_for_health_and_care_in_germany_is_the_federal_agencys(group):
    row = reserved_recruitment("DE", group)
    assert row is not None
    assert row.reserved_to == "Bundesagentur für Arbeit"
    assert "38" in row.legal


@pytest.mark.parametrize(
    ("country", "group"), [("DE", "7212"), ("DE", "5120"), ("IT", "2221"), ("FI", "5321"), ("DE", "")]
)
def test_other_recruiting_is_not_reserved(country, group):
    assert reserved_recruitment(country, group) is None
