"""A candidate registers, an agency posts, the match explains itself, and people decide."""

import pytest

from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.matching import introductions
from talent.matching.revealing import RevealReason, reveal
from talent.matching.service import candidate_match, candidate_matches, card, shortlist
from talent.matching.states import IntroductionAction, IntroductionState
from talent.profiles import service as profiles
from talent.vacancies import service as vacancies
from tests.factories.profiles import publish_one

FULL_NAME = "Muhammad Aslam Khan"
REASON = "Thank you. We chose somebody who has welded bridges before."
A = IntroductionAction


@pytest.fixture
def the_card(place, candidate, officer, vacancy):
    """Reads the candidate's card as the agency of the vacancy."""
    return lambda: card(place.session, officer, vacancy.id, place.profile_of(candidate).id, language="en")[1]


@pytest.fixture
def the_name(place, candidate, officer, vacancy):
    """Opens the candidate's name as the agency of the vacancy."""
    profile = place.profile_of(candidate)
    return lambda: reveal(place.session, officer, vacancy.id, profile.id, RevealReason.INTERVIEW).full_name


@pytest.fixture
def the_match(place, candidate, vacancy):
    """Reads the match as the candidate."""
    return lambda: candidate_match(place.session, candidate, vacancy.id, language="en")


@pytest.fixture
def say(place, candidate, vacancy):
    """Takes a step of the candidate."""
    return lambda action: introductions.answer(place.session, candidate, vacancy.id, action)


@pytest.fixture
def decide(place, candidate, officer, vacancy):
    """Takes a step of the agency."""
    profile = place.profile_of(candidate)
    return lambda action, reason="": introductions.decide(
        place.session, officer, vacancy.id, profile.id, action, reason
    )


def test_each_finds_the_other_whoever_came_first(place, candidate, officer, vacancy):
    later = place.registers()
    publish_one(place.session, later)
    place.work()
    listed = [one.profile_id for one in shortlist(place.session, officer, vacancy.id, language="en")[1].rows]
    assert set(listed) == {place.profile_of(candidate).id, place.profile_of(later).id}
    for actor in (candidate, later):
        assert [one.vacancy.id for one in candidate_matches(place.session, actor, language="en")] == [vacancy.id]


def test_each_requirement_is_met_missing_or_unknown_in_a_sentence(the_match):
    lines = the_match().explanation.requirements
    assert [(line.verdict, line.sentence.english()) for line in lines][:3] == [
        ("met", "English: you recorded B1; the job asks for A2."),
        ("missing", "German: you recorded nothing; the job asks for A2."),
        (
            "unknown",
            "Vocational certificate (NVQF): you recorded another kind. Only the competent authority can compare them.",
        ),
    ]


def test_each_skill_cites_the_words_that_cover_it(the_match):
    skills = {line.needed: (line.verdict, line.words) for line in the_match().explanation.skills}
    assert skills == {"welding steel": ("met", "welding steel"), "python": ("missing", "")}


def test_the_parts_add_up_to_the_score(the_match):
    explained = the_match().explanation
    assert sum(part.points for part in explained.parts) == pytest.approx(explained.score, abs=0.005)


def test_nobody_knows_the_name_before_the_yes(the_card):
    assert not the_card().is_open
    assert FULL_NAME not in repr(the_card())


def test_the_yes_tells_the_name_to_that_agency(the_card, the_name, say):
    say(A.SAY_YES)
    assert the_card().is_open
    assert the_name() == FULL_NAME


def test_the_yes_tells_no_other_agency(place, candidate, stranger, say):
    other = place.posts(stranger)
    place.work()
    say(A.SAY_YES)
    read = card(place.session, stranger, other.id, place.profile_of(candidate).id, language="en")[1]
    assert not read.is_open


def test_another_agencys_shortlist_does_not_exist_for_me(place, stranger, vacancy):
    with pytest.raises(NotFound):
        shortlist(place.session, stranger, vacancy.id, language="en")


def test_the_letter_to_the_agency_names_no_person(place, say):
    say(A.SAY_YES)
    place.work()
    (letter,) = place.letters
    assert letter["subject"].startswith("A candidate is interested: Welder MAG/TIG")
    assert "Aslam" not in repr(letter)


def test_taking_the_yes_back_hides_the_name_again(the_card, say):
    say(A.SAY_YES)
    say(A.WITHDRAW)
    assert not the_card().is_open
    assert the_card().state is IntroductionState.WITHDRAWN


def test_saying_yes_twice_is_one_yes(place, the_card, say):
    say(A.SAY_YES)
    with pytest.raises(Conflict):
        say(A.SAY_YES)
    assert len(introductions.introduction_journal(place.session, the_card().introduction)) == 1


def test_an_agency_that_asks_still_waits_for_the_yes(the_card, decide):
    decide(A.ASK)
    assert the_card().state is IntroductionState.ASKED
    assert not the_card().is_open


def test_the_candidate_reads_why_the_agency_turned_down(place, the_match, say, decide):
    say(A.SAY_YES)
    decide(A.TURN_DOWN, REASON)
    lines = introductions.introduction_journal(place.session, the_match().introduction)
    assert the_match().state is IntroductionState.TURNED_DOWN
    assert [line.note for line in lines] == ["", REASON]


def test_one_word_is_no_reason(say, decide, the_card):
    say(A.SAY_YES)
    with pytest.raises(Unprocessable, match="Write the reason in a sentence"):
        decide(A.TURN_DOWN, "No.")
    assert the_card().state is IntroductionState.INTERESTED


def test_a_candidate_asks_a_person_and_reads_the_answer(place, candidate, staff, vacancy):
    asked = introductions.ask_for_review(place.session, candidate, vacancy.id, "I do speak German.")
    assert [row[0].id for row in introductions.open_reviews(place.session, staff)] == [asked.id]
    introductions.answer_review(place.session, staff, asked.id, "Add German to your languages, then it counts.")
    (read,) = introductions.reviews_of(place.session, candidate, vacancy.id)
    assert read.answer == "Add German to your languages, then it counts."
    assert introductions.open_reviews(place.session, staff) == []


def test_whoever_pauses_leaves_the_shortlist_and_comes_back_with_it(place, candidate, officer, vacancy):
    profiles.pause(place.session, candidate, profiles.profile_to_move(place.session, candidate))
    place.work()
    assert shortlist(place.session, officer, vacancy.id, language="en")[1].rows == []
    profiles.resume(place.session, candidate, profiles.profile_to_move(place.session, candidate))
    place.work()
    assert len(shortlist(place.session, officer, vacancy.id, language="en")[1].rows) == 1


def test_a_closed_vacancy_leaves_the_candidates_list(place, candidate, officer, vacancy):
    vacancies.close(place.session, officer, vacancy, note="All seats are filled.")
    place.work()
    assert candidate_matches(place.session, candidate, language="en") == []


def test_an_agency_never_reads_or_acts_as_the_candidate(place, officer, vacancy):
    with pytest.raises(NotPermitted):
        candidate_match(place.session, officer, vacancy.id, language="en")
    with pytest.raises(NotPermitted):
        introductions.ask_for_review(place.session, officer, vacancy.id, "Look at this candidate again.")
