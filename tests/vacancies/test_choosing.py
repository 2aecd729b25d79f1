"""What an agency means by its words: an occupation, or skills to tick."""

from uuid import uuid4

import pytest

from talent.foundation.errors import Unprocessable
from talent.taxonomy.service import UnknownCode
from talent.vacancies.choosing import ChooseOccupation, occupation_meant, skill_rows, wanted_skills
from talent.vacancies.schemas import MOST_SKILLS
from tests.factories.vacancies import load_words, occupation, skill


@pytest.fixture(autouse=True)
def loaded_words(session):
    load_words(session)


def meant(session, words, *, chosen=None, chosen_for=""):
    return occupation_meant(session, words, chosen=chosen, chosen_for=chosen_for, language="en")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("7212", "7212"),
        ("welder", "7212"),
        ("Fabrication Welder", "7212"),
        ("C7212.1", "7212"),
        ("http://data.europa.eu/esco/isco/C5120", "5120"),
    ],
)
def test_a_code_an_address_or_an_exact_name_means_one_occupation(session, words, code):
    assert meant(session, words) == occupation(code)


def test_no_words_mean_no_occupation(session):
    assert meant(session, "") is None


def test_words_that_only_come_close_are_asked_about(session):
    with pytest.raises(ChooseOccupation) as asked:
        meant(session, "electrician")
    assert [hit.id for hit in asked.value.hits] == [occupation("7411")]


def test_words_that_mean_nothing_are_said_to_mean_nothing(session):
    with pytest.raises(ChooseOccupation, match="no occupation “qqqq”") as asked:
        meant(session, "qqqq")
    assert asked.value.hits == ()


def test_an_unknown_code_is_said_to_be_unknown(session):
    with pytest.raises(UnknownCode, match="9999"):
        meant(session, "9999")


def test_a_choice_counts_while_the_words_stay_the_same(session):
    assert meant(session, "Weld", chosen=occupation("5120"), chosen_for="weld") == occupation("5120")
    with pytest.raises(ChooseOccupation):
        meant(session, "electrician", chosen=occupation("5120"), chosen_for="weld")


def test_a_choice_of_something_that_does_not_exist_does_not_count(session):
    with pytest.raises(ChooseOccupation):
        meant(session, "electrician", chosen=uuid4(), chosen_for="electrician")


def test_skills_found_come_first_then_those_ticked_then_those_of_the_occupation_each_once(session):
    rows = skill_rows(
        session,
        occupation_id=occupation("7212"),
        held=[skill("flame"), skill("tig")],
        search="read technical drawings",
        language="en",
    )
    assert [(row.id, row.why) for row in rows] == [
        (skill("drawings"), "found"),
        (skill("flame"), "held"),
        (skill("mig-mag"), "always"),
        (skill("tig"), "always"),
    ]


def test_without_an_occupation_there_is_what_is_ticked(session):
    rows = skill_rows(session, occupation_id=None, held=[skill("cook"), uuid4()], search="", language="en")
    assert [row.id for row in rows] == [skill("cook")]


def test_a_skill_ticked_as_both_is_a_must_and_unknown_ones_are_left_out(session):
    wanted = wanted_skills(session, [skill("tig")], [skill("tig"), skill("flame"), uuid4()])
    assert [(one.words, one.is_must) for one in wanted] == [("TIG welding", True), ("flame cutting", False)]


def test_sixty_skills_are_enough(session):
    with pytest.raises(Unprocessable, match="at most 60"):
        wanted_skills(session, [uuid4() for _ in range(MOST_SKILLS + 1)], [])
