"""Who is shown and chosen by group: no small number is told, and the alarm needs none."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.foundation.counting import SMALLEST_CELL
from talent.matching import runs
from talent.matching.engine import load
from talent.matching.models import Introduction, Suggestion
from talent.matching.states import IntroductionState
from talent.matching.trust_models import Measurement, MeasurementKind
from talent.monitoring.fairness import CHOSEN, SHOWN, PersonTold, changed, fairness, people_told, rate, with_alarms
from talent.monitoring.ladder import WITHHELD, Dimension
from talent.monitoring.trust import measure
from talent.profiles import consent
from talent.profiles.models import ConsentPurpose
from talent.profiles.statistics import Province, Sex, StatisticsAnswer
from tests.factories.corridor import make_agency, make_published_profile, make_published_vacancy, make_release
from tests.factories.encoder import KeywordEncoder


def told(sex, shown, chosen=False, province="punjab"):
    values = {Dimension.SEX: sex, Dimension.PROVINCE: province}
    return PersonTold(values, {SHOWN: shown, CHOSEN: chosen}, 1.0 if shown else 0.0)


def group(sex, people, shown):
    return [told(sex, number < shown) for number in range(people)]


def of_sex(people):
    return {row["value"]: row for row in fairness(people)["sex"]}


@pytest.mark.parametrize(
    ("people", "shown", "part", "low", "high"),
    [
        (40, 20, 20, 0.5, 0.5),
        (40, 10, 10, 0.25, 0.25),
        (40, 9, None, 0.0, 9 / 40),  # nine are too few to tell: certain is only that there are no more than nine
        (40, 0, 0, 0.0, 0.0),  # nobody at all singles nobody out, and is what has to be seen
        (40, 30, 30, 0.75, 0.75),
        (40, 31, None, 31 / 40, 1.0),
        (40, 40, 40, 1.0, 1.0),
    ],
)
def test_a_number_is_told_where_it_and_the_rest_are_ten_or_more_or_nobody(people, shown, part, low, high):
    found = rate(group("female", people, shown), SHOWN)
    assert (found.part, found.low, found.high) == (part, pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("women", "alarm"),
    [(20, False), (16, False), (15, True), (10, True), (9, True), (0, True)],  # of 40, beside 20 of 40 men: 16 is 4/5
)
def test_the_alarm_is_below_four_fifths_of_the_best_group(women, alarm):
    found = of_sex([*group("female", 40, women), *group("male", 40, 20)])
    assert (found["female"]["shown"]["alarm"], found["male"]["shown"]["alarm"]) == (alarm, False)


def test_what_is_not_certain_raises_no_alarm():
    # Nine of twelve cannot be told; it may be up to nine, which is more than four fifths of one half.
    rates = with_alarms({"few": rate(group("female", 12, 9), SHOWN), "many": rate(group("male", 40, 20), SHOWN)})
    assert rates["few"].part is None
    assert not rates["few"].alarm


def test_groups_of_fewer_than_ten_are_put_together_and_alone_they_are_not_told():
    found = of_sex([*group("female", 9, 9), *group("other", 3, 0), *group("male", 40, 20)])
    assert found.keys() == {"male", WITHHELD}
    assert found[WITHHELD]["people"] == 12
    assert of_sex(group("female", 9, 9)) == {}


def test_who_told_nothing_is_in_no_group():
    assert of_sex([*group("", 50, 20), *group("male", 20, 10)]).keys() == {"male"}


@given(st.lists(st.tuples(st.sampled_from(("female", "male", "other", "")), st.booleans()), max_size=80))
def test_no_number_between_one_and_nine_is_ever_told(people):
    for row in fairness([told(sex, shown) for sex, shown in people])["sex"]:
        for hit in (SHOWN, CHOSEN):
            part = row[hit]["part"]
            assert row["people"] >= SMALLEST_CELL
            if part is not None:
                assert part not in range(1, 10)
                assert row["people"] - part not in range(1, 10)


def test_what_changed_is_counted_where_most_people_stand_elsewhere():
    before = fairness([*group("female", 40, 20), *group("male", 40, 20)])
    assert changed(before, before) == 0
    assert changed(before, fairness([*group("female", 40, 29), *group("male", 40, 20)])) == 9
    assert changed(before, fairness([*group("female", 40, 30), *group("male", 40, 20)])) == 10


@pytest.fixture
def corridor(session):
    """Thirty candidates; those of even number told that they are women in Sindh, every third took back the yes."""
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session))
    profiles = [make_published_profile(session) for _ in range(30)]
    for number, profile in enumerate(profiles):
        actor = Actor(profile.account_id, Role.CANDIDATE)
        consent.give(session, actor, ConsentPurpose.STATISTICS)
        sex, province = (Sex.FEMALE, Province.SINDH) if number % 2 == 0 else (Sex.MALE, Province.PUNJAB)
        session.add(StatisticsAnswer(account_id=profile.account_id, sex=sex, province=province, told_at=now()))
        if number % 3 == 0:
            consent.withdraw(session, actor, ConsentPurpose.STATISTICS)
    session.flush()
    runs.match_everything(session, load(session, KeywordEncoder()))
    session.execute(
        insert(Introduction).values(
            vacancy_id=vacancy.id, profile_id=profiles[1].id, organisation_id=vacancy.organisation_id,
            state=IntroductionState.ACCEPTED, changed_at=now(), version=1,
        )
    )  # fmt: skip
    return SimpleNamespace(session=session, vacancy=vacancy, profiles=profiles)


def test_only_people_with_the_separate_yes_are_counted_with_what_lists_and_agencies_did(session, corridor):
    people = people_told(session)
    assert Counter(one.values[Dimension.SEX] for one in people) == {"female": 10, "male": 10}
    assert [one.hit[SHOWN] for one in people] == [True] * 20
    assert sum(one.hit[CHOSEN] for one in people) == 1
    places = session.scalar(select(func.count()).select_from(Suggestion))
    discounts = [1 / np.log2(1 + place) for place in range(1, places + 1)]
    assert all(min(discounts) - 1e-9 <= one.exposure <= max(discounts) + 1e-9 for one in people)


def test_the_night_keeps_what_it_measured_and_no_night_tells_one_persons_step(session, corridor):
    assert measure(session) == [MeasurementKind.FAIRNESS, MeasurementKind.LEAK_PROBE]
    assert measure(session) == [MeasurementKind.LEAK_PROBE], "nobody stands elsewhere than in the night before"
    kept = session.scalars(select(Measurement).where(Measurement.kind == MeasurementKind.LEAK_PROBE)).first()
    assert kept.content["sex"]["accuracy"] is None


def test_where_nobody_said_yes_to_statistics_nothing_is_measured_and_nothing_breaks(session):
    assert measure(session) == [MeasurementKind.FAIRNESS, MeasurementKind.LEAK_PROBE]
    kept = {one.kind: one.content for one in session.scalars(select(Measurement))}
    assert kept[MeasurementKind.FAIRNESS] == {"sex": [], "province": []}
    assert {one["accuracy"] for one in kept[MeasurementKind.LEAK_PROBE].values()} == {None}
