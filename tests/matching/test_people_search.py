"""Searching among people: what words find in three writings, each filter at its boundary, likeness to the digit."""

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now, today
from talent.foundation.errors import NotFound, NotPermitted
from talent.foundation.text import fold
from talent.matching import people
from talent.matching.embedding import load_concepts
from talent.matching.models import SubjectKind, SubjectVector
from talent.matching.people import find
from talent.matching.people_query import months_worked
from talent.matching.policy import visible_people
from talent.matching.schemas import PeopleQuestion
from talent.profiles import consent, keeping_out
from talent.profiles.models import ConsentPurpose, ProfileLanguage, WorkPeriod
from talent.profiles.rules import months_of_experience
from talent.profiles.states import ProfileState
from talent.staffing.states import AccountAction
from talent.taxonomy.levels import CEFR
from talent.taxonomy.models import Label
from tests.factories.corridor import concept, make_account, make_published_profile, make_release
from tests.factories.encoder import KeywordEncoder

STAFF = Actor(uuid4(), Role.PROJECT_STAFF)
DIMENSIONS = 16


@pytest.fixture(autouse=True)
def release(session):
    return make_release(session)


def found(session, number=1, **asked):
    return find(session, STAFF, PeopleQuestion(**asked), language="en", number=number)


def names(session, **asked):
    return [one.reference for one in found(session, **asked).page.rows]


def person(session, reference, **told):
    return make_published_profile(session, reference=reference, **told)


def work(occupation="Welder", *, since, until=None, title="", tasks=""):
    return WorkPeriod(
        occupation_id=concept(occupation), title=title or occupation, started_on=since, ended_on=until, tasks=tasks
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("plaster", {"about": "I plastered walls for years."}),
        ("Plastered", {"about": "PLASTERED, walls."}),
        ("tiles/plaster", {"about": "walls,plaster;and more"}),
        ("پلستر", {"about": "میں دیوار پر پلستر کرتا ہوں۔"}),
        ("كام", {"about": "دیوار کا کام"}),  # Arabic kaf for the Urdu one
        ("گھر", {"about": "گهر بنانا"}),
        ("مُستری", {"about": "میں مستری ہوں"}),
        ("rang saazi", {"about": "Mein rang saazi karta hun"}),
        ("CNC-drehen", {"about": "cnc und so fort"}),
        ("scaffold", {"work": [work(since=date(2024, 1, 1), tasks="Scaffolding at height")]}),
        ("foreman", {"work": [work(since=date(2024, 1, 1), title="Foreman of a crew")]}),
        ("lorry", {"occupation": "Lorry driver", "occupation_words": ""}),
        ("wiring", {"skills": ("solar wiring",)}),
    ],
)
def test_words_find_whoever_tells_them_in_english_urdu_or_urdu_in_latin_letters(session, typed, told):
    person(session, "TP-OTHER", occupation="Cook", skills=("care",))
    person(session, "TP-TELLS", **told)
    assert names(session, words=typed)[0] == "TP-TELLS"
    assert found(session, words=typed).page.rows[0].words


def test_a_name_of_an_occupation_in_another_language_finds_its_people(session):
    urdu = "ویلڈر"
    session.add(Label(occupation_id=concept("Welder"), language="ur", text=urdu, folded=fold(urdu), is_preferred=True))
    person(session, "TP-COOK", occupation="Cook", skills=())
    person(session, "TP-WELDER")
    assert names(session, words=urdu) == ["TP-WELDER"]


def test_a_word_that_nobody_holds_and_no_name_holds_finds_nobody(session):
    person(session, "TP-WELDER")
    result = found(session, words="xyzzy")
    assert (result.page.rows, result.page.total) == ([], 0)


def test_numbers_that_could_be_a_telephone_or_a_paper_are_not_searched(session):
    person(session, "TP-WELDER", about="Call 03012345678 please")
    assert names(session, words="03012345678") == []
    assert names(session, words="please") == ["TP-WELDER"]


@pytest.mark.parametrize("typed", ["Ayesha", "Bibi Khan", "923012345678", "Muster"])
def test_neither_name_nor_telephone_nor_employer_of_anybody_is_searched(session, typed):
    job = work(since=date(2024, 1, 1))
    job.employer = "Muster Stahlbau"
    person(session, "TP-WELDER", work=[job])
    assert names(session, words=typed) == []


def test_more_words_and_rarer_ones_stand_first_then_those_near_in_meaning_and_nobody_is_left_out(session):
    load_concepts(session, KeywordEncoder())
    person(session, "TP-BOTH", about="brick and steel", skills=())
    person(session, "TP-RARE", about="brick", occupation="Cook", skills=())
    for number in range(3):
        person(session, f"TP-OFTEN-{number}", about="steel", occupation="Cook", skills=())
    far = person(session, "TP-FAR", occupation="Cook", skills=())
    near = person(session, "TP-NEAR", occupation="Cook", skills=())
    encoder = KeywordEncoder()
    for profile, text in ((far, "cook"), (near, "welding steel")):
        keep(session, profile.id, encoder.encode([text])[0], encoder.model_hash)
    often = [f"TP-OFTEN-{number}" for number in range(3)]
    assert names(session, words="steel brick") == ["TP-BOTH", "TP-RARE", *often, "TP-NEAR", "TP-FAR"]


def keep(session, profile_id, vector, model_hash="m"):
    session.add(
        SubjectVector(
            subject_kind=SubjectKind.PROFILE, subject_id=profile_id, text_hash="t", model_hash=model_hash, vector=vector
        )
    )
    session.flush()


@pytest.fixture
def crowd(session):
    """Thirty people with vectors drawn by lot, the last of another model: references with their vectors."""
    draw = np.random.default_rng(7)
    made = {}
    for number in range(30):
        profile = person(session, f"TP-{number:02}", licences=["crane"] if number % 9 == 2 else [])
        vector = draw.standard_normal(DIMENSIONS, np.float32)
        made[profile.reference] = vector / np.linalg.norm(vector)
        keep(session, profile.id, made[profile.reference], "other" if number == 29 else "m")
    return made


def nearest(crowd, to, among):
    dots = {reference: float(crowd[reference].astype(np.float64) @ crowd[to]) for reference in among}
    return sorted(dots, key=lambda reference: -dots[reference])


@pytest.mark.parametrize("to", ["TP-00", "TP-13", "TP-28"])
def test_who_is_like_somebody_stands_exactly_as_comparing_with_everybody_gives(session, crowd, to):
    others = [one for one in crowd if one not in (to, "TP-29")]
    assert names(session, like=to) == [*nearest(crowd, to, others), "TP-29"]


def test_a_filter_that_keeps_few_loses_none_of_them(session, crowd):
    few = [f"TP-{number:02}" for number in range(30) if number % 9 == 2 and number != 29]
    assert names(session, like="TP-00", licence="crane") == [*nearest(crowd, "TP-00", few), "TP-29"]


def test_whoever_has_no_vector_yet_stands_last_and_cannot_be_the_example(session, crowd):
    person(session, "TP-NEW")
    assert names(session, like="TP-00")[-1] == "TP-NEW"
    result = found(session, like="TP-NEW")
    assert (result.is_compared, result.page.total) == (False, 0)


def test_nobody_is_like_somebody_unknown(session):
    with pytest.raises(NotFound):
        found(session, like="TP-NOBODY")


START = date(2027, 1, 1)
A_DAY = timedelta(days=1)
GERMAN = {"languages": [("de", CEFR.B1)]}


@pytest.mark.parametrize(
    ("asked", "told", "passes"),
    [
        ({"occupation": "7212"}, {}, True),
        ({"occupation": "72"}, {}, True),
        ({"occupation": "7213"}, {}, False),
        ({"occupation": str(concept("Welder"))}, {}, True),
        ({"occupation": str(concept("Cook"))}, {}, False),
        ({"occupation": "5120"}, {"work": [work("Cook", since=date(2020, 1, 1))]}, True),
        ({"skill": [concept("wiring")]}, {"skills": ("wiring",)}, True),
        ({"skill": [concept("wiring"), concept("care")]}, {"skills": ("wiring",)}, False),
        ({"skill": [concept("wiring"), concept("care")]}, {"skills": ("care", "python", "wiring")}, True),
        ({"language": "de", "level": "A2"}, GERMAN, True),
        ({"language": "de", "level": "B1"}, GERMAN, True),
        ({"language": "de", "level": "B2"}, GERMAN, False),
        ({"language": "en", "level": "A1"}, GERMAN, False),
        ({"language": "de"}, {"languages": [("de", None)]}, True),
        ({"language": "de", "level": "A1"}, {"languages": [("de", None)]}, False),
        ({"licence": "crane"}, {"licences": ["crane", "forklift"]}, True),
        ({"licence": "crane"}, {"licences": ["forklift"]}, False),
        ({"country": "DE"}, {"countries": ["IT", "DE"]}, True),
        ({"country": "DE"}, {"countries": ["IT"]}, False),
        ({"country": "DE"}, {"countries": []}, True),
        ({"by": START - A_DAY}, {"available_from": START}, False),
        ({"by": START}, {"available_from": START}, True),
        ({"by": START + A_DAY}, {"available_from": START}, True),
        ({"by": START}, {"available_from": None}, False),
        ({"months": 11}, {"work": [work(since=date(2020, 1, 15), until=date(2020, 12, 2))]}, True),
        ({"months": 12}, {"work": [work(since=date(2020, 1, 15), until=date(2020, 12, 2))]}, True),
        ({"months": 13}, {"work": [work(since=date(2020, 1, 15), until=date(2020, 12, 2))]}, False),
        ({"months": 1}, {}, False),
        ({"months": 0}, {}, True),
    ],
)
def test_each_filter_below_at_and_above_its_boundary(session, asked, told, passes):
    if "languages" in told:
        told = {"languages": [ProfileLanguage(language=code, level=level) for code, level in told["languages"]]}
    if "work" in told:
        told = {"work": [WorkPeriod(**{k: v for k, v in vars(one).items() if k[0] != "_"}) for one in told["work"]]}
    person(session, "TP-ONE", **told)
    assert names(session, **asked) == (["TP-ONE"] if passes else [])


def test_months_are_counted_as_matching_counts_them(session):
    days = [date(2019, 3, 31), date(2020, 1, 1), date(2020, 6, 30), date(2021, 5, 5), today() + timedelta(days=90)]
    spans = [(one, other) for one in days for other in (*days, None) if other is None or one <= other]
    for number in range(len(spans)):
        chosen = [spans[number], spans[-1 - number], spans[number // 2]]
        person(session, f"TP-{number}", work=[work(since=since, until=until) for since, until in chosen])
    worked = months_worked()
    told = dict(session.execute(select(worked.c.profile_id, worked.c.months)).all())
    for profile in session.scalars(visible_people(STAFF)):
        periods = session.scalars(select(WorkPeriod).where(WorkPeriod.profile_id == profile.id)).all()
        assert told[profile.id] == months_of_experience(periods, today())


def test_only_published_people_whose_consent_stands_and_who_are_not_suspended_appear(session):
    person(session, "TP-SEEN", about="brick")
    person(session, "TP-PAUSED", about="brick", state=ProfileState.PAUSED)
    person(session, "TP-LIMITED", about="brick", restricted_at=now())
    unwilling = person(session, "TP-WITHOUT", about="brick")
    consent.withdraw(session, Actor(unwilling.account_id, Role.CANDIDATE), ConsentPurpose.MATCHING)
    suspended = person(session, "TP-SUSPENDED", about="brick")
    office = make_account(session, Role.PROJECT_STAFF)
    account = session.get_one(Account, suspended.account_id)
    staff = Actor(office.id, Role.PROJECT_STAFF)
    keeping_out.decide(session, staff, account, AccountAction.SUSPEND, reason="Letters in her name.")
    assert names(session) == names(session, words="brick") == ["TP-SEEN"]
    with pytest.raises(NotFound):
        found(session, like="TP-SUSPENDED")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROJECT_STAFF])
def test_nobody_but_project_staff_may_search(session, role):
    person(session, "TP-ONE")
    with pytest.raises(NotPermitted):
        find(session, Actor(uuid4(), role), PeopleQuestion(), language="en")
    assert session.scalars(visible_people(Actor(uuid4(), role))).all() == []


def test_pages_hold_everybody_once_in_one_order_and_a_page_beyond_the_end_is_the_last(session, monkeypatch):
    monkeypatch.setattr(people, "PEOPLE_A_PAGE", 3)
    everybody = {person(session, f"TP-{number}", about="brick").reference for number in range(7)}
    for asked in ({}, {"words": "brick"}):
        pages = [found(session, number=number, **asked).page for number in (1, 2, 3)]
        assert [len(page.rows) for page in pages] == [3, 3, 1]
        assert {one.reference for page in pages for one in page.rows} == everybody
        assert {page.total for page in pages} == {7}
        assert found(session, number=99, **asked).page == pages[-1]


def test_a_changed_text_is_found_at_once_and_the_old_one_no_more(session):
    profile = person(session, "TP-ONE", about="brick")
    profile.about = "tiles"
    session.flush()
    assert names(session, words="tiles") == ["TP-ONE"]
    assert names(session, words="brick") == []


def test_each_look_at_a_card_is_written_down(session):
    profile = person(session, "TP-ONE")
    found(session)
    looks = session.scalars(select(AuditEntry).where(AuditEntry.action == "card.found")).all()
    assert [(one.subject_id, one.actor_id) for one in looks] == [(profile.id, STAFF.id)]
