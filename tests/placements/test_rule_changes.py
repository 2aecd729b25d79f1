"""When the rules of a way change, open placements are read anew and say what changed; nothing else is touched."""

from datetime import date

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.pathways.catalogue import catalogue
from talent.placements.outlines import changes_between, outline, read_now, version_of
from talent.placements.rule_changes import changes_of, follow_rules, in_words
from talent.placements.states import PlacementState
from talent.placements.step_models import RulesChange
from tests.factories.corridor import make_account, make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

WAY = catalogue().pathway("de_fast_track_81a")
STEP, FEE = WAY.steps[0], WAY.fees[0]


def changed(**rows):
    """The catalogue in which the fast track has these rows instead."""
    other = WAY.model_copy(update=rows)
    return catalogue().model_copy(
        update={"pathways": tuple(other if row.id == WAY.id else row for row in catalogue().pathways)}
    )


def fee_raised():
    return (FEE.model_copy(update={"least_cents": 50_000, "most_cents": 50_000}), *WAY.fees[1:])


@pytest.fixture
def placement(session):
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session))
    said = read_now(WAY.id, catalogue())
    made = make_placement(session, vacancy, way=WAY.id, rules_read=said, rules_version=version_of(said))
    session.refresh(made, ["done", "pauses"])
    return made


def told(session, placement):
    actor = Actor(placement.account_id, Role.CANDIDATE)
    return [[one.english() for one in in_words(row)] for row in changes_of(session, actor, placement)]


def test_rules_that_stay_as_they_are_change_nothing(session, placement):
    assert follow_rules(session) == 0
    assert told(session, placement) == []


def test_a_fee_that_rose_a_step_that_is_new_and_one_that_went_are_told_once(session, placement):
    new = STEP.model_copy(update={"id": "interview", "text": "Speak with the office by video"})
    known = changed(fees=fee_raised(), steps=(new, *WAY.steps[1:]))
    assert follow_rules(session, known) == 1
    assert told(session, placement) == [
        [
            "Step – new: Speak with the office by video",
            f"Fee – changed: {FEE.text}",
            f"Step – no longer: {STEP.text}",
        ]
    ]
    assert follow_rules(session, known) == 0
    assert len(session.scalars(select(RulesChange)).all()) == 1
    assert follow_rules(session) == 1, "and back again, when the data was corrected"


def test_who_looked_at_a_row_again_has_changed_no_rule():
    looked = tuple(row.model_copy(update={"as_of": "2027-01-01", "review_by": date(2028, 1, 1)}) for row in WAY.fees)
    assert changes_between(outline([WAY]), outline([WAY.model_copy(update={"fees": looked})])) == []
    note = STEP.model_copy(update={"note": "Only on weekdays."})
    (change,) = changes_between(outline([WAY]), outline([WAY.model_copy(update={"steps": (note, *WAY.steps[1:])})]))
    assert change == [WAY.id, "steps", "changed", STEP.text]


def test_a_changed_step_of_pakistan_is_told_in_the_placements_of_every_country():
    leaving = catalogue().pathway("pk_exit")
    other = leaving.model_copy(update={"fees": leaving.fees[1:]})
    known = catalogue().model_copy(
        update={"pathways": tuple(other if row.id == leaving.id else row for row in catalogue().pathways)}
    )
    for row in known.pathways:
        if row.country != "PK":
            (change,) = changes_between(read_now(row.id, catalogue()), read_now(row.id, known))
            assert change == ["pk_exit", "fees", "gone", leaving.fees[0].text]


@pytest.mark.parametrize("state", [PlacementState.ENDED, PlacementState.RETURNED, PlacementState.SETTLED])
def test_a_placement_that_is_over_keeps_the_rules_by_which_it_was_read(session, placement, state):
    placement.state, placement.last_active = state, PlacementState.PERMIT
    placement.exit_reason = "permit_refused" if state is PlacementState.ENDED else None
    session.flush()
    assert follow_rules(session, changed(fees=fee_raised())) == 0
    assert told(session, placement) == []


def test_a_placement_from_before_is_remembered_without_a_word(session):
    make_release(session)
    old = make_placement(session, make_published_vacancy(session, make_agency(session)), way=WAY.id)
    assert follow_rules(session) == 0
    session.refresh(old)
    assert old.rules_version == version_of(old.rules_read) != "none"


def test_nobody_reads_of_anothers_placement(session, placement):
    follow_rules(session, changed(fees=fee_raised()))
    stranger = Actor(make_account(session).id, Role.CANDIDATE)
    assert changes_of(session, stranger, placement) == []
