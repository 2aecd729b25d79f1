"""A yes to one agency reveals one name to that agency, and nothing to any other."""

from itertools import product

import pytest

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.matching import introductions, revealing, runs, service
from talent.matching.engine import load
from talent.matching.revealing import RevealReason
from talent.matching.states import (
    INTRODUCTION,
    REVEALED,
    IntroductionAction,
    IntroductionFacts,
    IntroductionState,
    not_open,
    reason_missing,
)
from talent.profiles.states import ProfileState
from talent.vacancies.states import VacancyState
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder

A, S = IntroductionAction, IntroductionState
REASON = "We look for somebody with experience of pipes."


class Corridor:
    def __init__(self, session):
        make_release(session)
        self.session = session
        self.agency, self.other_agency = make_agency(session), make_agency(session)
        self.profile = make_published_profile(session)
        self.vacancy = make_published_vacancy(session, self.agency)
        self.other_vacancy = make_published_vacancy(session, self.other_agency)
        runs.match_everything(session, load(session, KeywordEncoder()))
        self.candidate = Actor(self.profile.account_id, Role.CANDIDATE)
        self.officer, self.other_officer = (
            Actor(
                make_account(session, Role.AGENCY_OFFICER, organisation_id=agency.id).id,
                Role.AGENCY_OFFICER,
                "",
                agency.id,
            )
            for agency in (self.agency, self.other_agency)
        )

    def answer(self, action):
        return introductions.answer(self.session, self.candidate, self.vacancy.id, action)

    def decide(self, action, reason=""):
        return introductions.decide(self.session, self.officer, self.vacancy.id, self.profile.id, action, reason)

    def reveal(self, officer=None, vacancy=None):
        vacancy = vacancy or self.vacancy
        return revealing.reveal(
            self.session, officer or self.officer, vacancy.id, self.profile.id, RevealReason.INTERVIEW
        )

    def card(self, officer=None, vacancy=None):
        cards = service.shortlist(self.session, officer or self.officer, (vacancy or self.vacancy).id, language="en")[
            1
        ].rows
        return cards[0]


@pytest.fixture
def corridor(session):
    return Corridor(session)


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(corridor, state, action):
    introduction = introductions.begun(corridor.session, corridor.vacancy, corridor.profile.id)
    introduction.state = state
    corridor.session.flush()
    step = INTRODUCTION.step(state, action)
    act = corridor.answer if action in {A.SAY_YES, A.SAY_NO, A.WITHDRAW} else lambda a: corridor.decide(a, REASON)
    if step is None:
        with pytest.raises(Conflict):
            act(action)
        assert introduction.state is state
    else:
        assert act(action).to_state == step.target
        assert introduction.state is step.target


def test_before_a_yes_the_card_is_blind(corridor):
    card = corridor.card()
    assert not card.is_open
    assert card.reference == corridor.profile.reference


def test_a_yes_reveals_the_name_to_this_agency_alone(corridor):
    corridor.answer(A.SAY_YES)
    assert corridor.reveal().full_name == "Ayesha Bibi Khan"
    with pytest.raises(NotFound):
        corridor.reveal(corridor.other_officer, corridor.other_vacancy)


def test_a_yes_taken_back_hides_the_name_again(corridor):
    corridor.answer(A.SAY_YES)
    corridor.answer(A.WITHDRAW)
    assert not corridor.card().is_open
    with pytest.raises(NotFound):
        corridor.reveal()


@pytest.mark.parametrize("state", sorted(set(S) - REVEALED))
def test_no_other_state_reveals_a_name(corridor, state):
    introductions.begun(corridor.session, corridor.vacancy, corridor.profile.id).state = state
    corridor.session.flush()
    assert not corridor.card().is_open
    with pytest.raises(NotFound):
        corridor.reveal()


def test_a_shortlist_of_another_agency_does_not_exist_for_me(corridor):
    with pytest.raises(NotFound):
        service.shortlist(corridor.session, corridor.other_officer, corridor.vacancy.id, language="en")


def test_a_match_of_another_candidate_does_not_exist_for_me(corridor):
    other = Actor(make_account(corridor.session).id, Role.CANDIDATE)
    assert service.candidate_matches(corridor.session, other, language="en") == []
    with pytest.raises(NotFound):
        introductions.answer(corridor.session, other, corridor.vacancy.id, A.SAY_YES)


@pytest.mark.parametrize("role", [Role.INSTITUTE_OFFICER, Role.PROJECT_STAFF, Role.CANDIDATE])
def test_only_an_agency_reads_shortlists(corridor, role):
    with pytest.raises(NotPermitted):
        service.shortlist(corridor.session, Actor(corridor.candidate.id, role), corridor.vacancy.id, language="en")


def test_a_closed_vacancy_takes_no_yes(corridor):
    corridor.vacancy.state = VacancyState.CLOSED
    corridor.session.flush()
    with pytest.raises(NotFound):
        corridor.answer(A.SAY_YES)


def test_who_was_asked_before_the_vacancy_closed_can_no_longer_say_yes_but_can_say_no(corridor):
    corridor.decide(A.ASK)
    corridor.vacancy.state = VacancyState.CLOSED
    corridor.session.flush()
    with pytest.raises(Unprocessable, match="closed"):
        corridor.answer(A.SAY_YES)
    assert corridor.answer(A.SAY_NO).to_state == S.DECLINED


def test_turning_down_needs_a_reason_and_the_journal_keeps_it(corridor):
    corridor.answer(A.SAY_YES)
    with pytest.raises(Unprocessable, match="reason"):
        corridor.decide(A.TURN_DOWN, "no")
    corridor.decide(A.TURN_DOWN, REASON)
    card = corridor.card()
    assert introductions.introduction_journal(corridor.session, card.introduction)[-1].note == REASON


@pytest.mark.parametrize(("reason", "enough"), [("x" * 19, False), ("x" * 20, True), (" " * 30, False)])
def test_a_reason_has_at_least_twenty_characters(reason, enough):
    assert (reason_missing(IntroductionFacts(True, True, reason)) == []) is enough


@pytest.mark.parametrize(
    ("open_", "published", "sentences"), [(True, True, 0), (False, True, 1), (True, False, 1), (False, False, 2)]
)
def test_both_sides_must_be_there(open_, published, sentences):
    assert len(not_open(IntroductionFacts(open_, published))) == sentences


def test_a_paused_candidate_leaves_the_shortlist_at_once(corridor):
    corridor.profile.state = ProfileState.PAUSED
    corridor.session.flush()
    assert service.shortlist(corridor.session, corridor.officer, corridor.vacancy.id, language="en")[1].rows == []


def test_who_said_yes_stays_on_the_shortlist_however_many_are_better(corridor):
    corridor.answer(A.SAY_YES)
    for _ in range(60):
        make_published_profile(corridor.session, skills=("welding steel", "pipe welding"))
    corridor.profile.countries = ["FI"]
    corridor.session.flush()
    runs.match_everything(corridor.session, load(corridor.session, KeywordEncoder()))
    _, listed = service.shortlist(corridor.session, corridor.officer, corridor.vacancy.id, language="en", number=9)
    assert (listed.total, listed.number, listed.last) == (51, 3, 3)
    assert [card.number for card in listed.rows] == list(range(41, 52))
    assert listed.rows[-1].profile_id == corridor.profile.id


def test_each_matched_skill_is_shown_with_the_candidates_own_words(corridor):
    match = service.candidate_match(corridor.session, corridor.candidate, corridor.vacancy.id, language="en")
    line = match.explanation.skills[0]
    assert (line.needed, line.verdict, line.words) == ("welding steel", "met", "I do welding steel")


def test_the_explained_parts_add_up_to_the_score(corridor):
    explanation = service.candidate_match(
        corridor.session, corridor.candidate, corridor.vacancy.id, language="en"
    ).explanation
    assert sum(part.points for part in explanation.parts) == pytest.approx(explanation.score, abs=1e-9)


def test_a_request_for_review_is_one_however_often_it_is_sent_and_is_answered_once(corridor):
    staff = Actor(make_account(corridor.session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)
    first = introductions.ask_for_review(corridor.session, corridor.candidate, corridor.vacancy.id, "My certificate")
    again = introductions.ask_for_review(corridor.session, corridor.candidate, corridor.vacancy.id, "My test too")
    assert first.id == again.id
    assert [request.words for request, _ in introductions.open_reviews(corridor.session, staff)] == ["My test too"]
    introductions.answer_review(corridor.session, staff, first.id, "We looked at it.")
    assert introductions.open_reviews(corridor.session, staff) == []
    (mine,) = introductions.reviews_of(corridor.session, corridor.candidate, corridor.vacancy.id)
    assert mine.answer == "We looked at it."


def test_a_candidate_may_not_answer_a_review(corridor):
    request = introductions.ask_for_review(corridor.session, corridor.candidate, corridor.vacancy.id, "Please look")
    with pytest.raises(NotPermitted):
        introductions.answer_review(corridor.session, corridor.candidate, request.id, "All good")
