"""Who is shown and who is chosen, by what people told for statistics under a yes of its own: groups, never a person.

A group is of ten people or more. How many of it were shown or chosen is told only where both they and the others are
ten or more, or nobody; the alarm uses what is then certain, so that a group too small to be told still raises it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.foundation.counting import SMALLEST_CELL, counted
from talent.foundation.row_context import SystemContext, within
from talent.matching.leak_probe import probe
from talent.matching.models import Introduction, SubjectKind, SubjectVector
from talent.matching.places import places
from talent.matching.states import IntroductionState
from talent.monitoring.groups import pooled
from talent.monitoring.ladder import WITHHELD, Dimension
from talent.profiles.consent import may_be_ranked, standing
from talent.profiles.models import ConsentPurpose, Profile
from talent.profiles.statistics import StatisticsAnswer

FOUR_FIFTHS: Final = 0.8
"""Share of the best group's rate below which a group's rate raises the alarm (S-FOURFIFTHS)."""
SHOWN, CHOSEN = "shown", "chosen"
TOLD: Final = (Dimension.SEX, Dimension.PROVINCE)


@dataclass(frozen=True)
class PersonTold:
    """One person's own words for statistics, and whether a list showed and an agency chose them; kept nowhere."""

    values: Mapping[Dimension, str]
    hit: Mapping[str, bool]
    exposure: float


@dataclass(frozen=True)
class Rate:
    """How many of a group; ``part`` is None where it would single people out, and then only the bounds are certain."""

    part: int | None
    low: float
    high: float
    alarm: bool = False


def people_told(session: Session) -> list[PersonTold]:
    """Everybody who may be ranked and gave the yes for statistics."""
    listed = places()
    exposure = func.sum(func.ln(2) / func.ln(1 + listed.c.place)).label("exposure")
    shown = select(listed.c.profile_id, exposure).where(listed.c.is_on_list).group_by(listed.c.profile_id).subquery()
    accepted = Introduction.state == IntroductionState.ACCEPTED
    chosen = select(Introduction.profile_id).where(Introduction.profile_id == Profile.id, accepted).exists()
    query = (
        select(StatisticsAnswer.sex, StatisticsAnswer.province, shown.c.exposure, chosen)
        .join(Profile, Profile.account_id == StatisticsAnswer.account_id)
        .outerjoin(shown, shown.c.profile_id == Profile.id)
        .where(may_be_ranked(), standing(ConsentPurpose.STATISTICS, StatisticsAnswer.account_id))
    )
    return [
        PersonTold(
            {Dimension.SEX: str(sex or ""), Dimension.PROVINCE: str(province or "")},
            {SHOWN: seen is not None, CHOSEN: bool(taken)},
            float(seen or 0),
        )
        for sex, province, seen, taken in session.execute(query)
    ]


def fairness(people: Sequence[PersonTold]) -> dict[str, Any]:
    """For each dimension its groups, largest first: people, rates of being shown and chosen, mean exposure, alarms."""
    return {dimension.value: _groups(people, dimension) for dimension in TOLD}


def _groups(people: Sequence[PersonTold], dimension: Dimension) -> list[dict[str, Any]]:
    told = [one for one in people if one.values[dimension]]
    small = pooled(Counter(one.values[dimension] for one in told))
    of_group: dict[str, list[PersonTold]] = defaultdict(list)
    for one in told:
        of_group[WITHHELD if one.values[dimension] in small else one.values[dimension]].append(one)
    large = {name: own for name, own in of_group.items() if len(own) >= SMALLEST_CELL}
    rates = {hit: with_alarms({name: rate(own, hit) for name, own in large.items()}) for hit in (SHOWN, CHOSEN)}
    return [
        {
            "value": name,
            "people": len(own),
            "exposure": round(float(np.mean([one.exposure for one in own])), 2),
            **{hit: asdict(rates[hit][name]) for hit in rates},
        }
        for name, own in sorted(large.items(), key=lambda pair: (pair[0] == WITHHELD, -len(pair[1]), pair[0]))
    ]


def rate(group: Sequence[PersonTold], hit: str) -> Rate:
    """How many of a group were shown or chosen, as far as it may be told."""
    part, whole = sum(one.hit[hit] for one in group), len(group)
    if counted(part) is not None and counted(whole - part) is not None:
        return Rate(part, part / whole, part / whole)
    few = SMALLEST_CELL - 1
    if counted(part) is None:
        return Rate(None, 0.0, few / whole)
    return Rate(None, (whole - few) / whole, 1.0)


def with_alarms(rates: Mapping[str, Rate]) -> dict[str, Rate]:
    """The rates, those marked that are certainly below four fifths of the best group's."""
    best = max((one.low for one in rates.values()), default=0.0)
    return {name: Rate(one.part, one.low, one.high, alarm=one.high < FOUR_FIFTHS * best) for name, one in rates.items()}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """How many people stand in another cell than before, where most do: told groups, shown or not, chosen or not."""
    return max(_moved(_cells(before, hit, name), _cells(after, hit, name)) for name in after for hit in (SHOWN, CHOSEN))


def _cells(content: Mapping[str, Any], hit: str, dimension: str) -> Counter[tuple[str, bool]]:
    found: Counter[tuple[str, bool]] = Counter()
    for group in content.get(dimension, ()):
        part = group[hit]["part"] or 0
        found[(group["value"], True)] += part
        found[(group["value"], False)] += group["people"] - part
    return found


def _moved(before: Counter[tuple[str, bool]], after: Counter[tuple[str, bool]]) -> int:
    return max((after - before).total(), (before - after).total())


def leaks(session: Session) -> dict[str, Any]:
    """For each dimension how well a classifier tells its groups by the stored vectors of profiles."""
    told = (
        select(Profile.id, StatisticsAnswer.sex, StatisticsAnswer.province)
        .join(StatisticsAnswer, StatisticsAnswer.account_id == Profile.account_id)
        .where(may_be_ranked(), standing(ConsentPurpose.STATISTICS, StatisticsAnswer.account_id))
        .order_by(Profile.id)
    )
    with within(session, SystemContext.FIGURES):
        rows = session.execute(told).all()
    stored = select(SubjectVector.subject_id, SubjectVector.vector).where(
        SubjectVector.subject_kind == SubjectKind.PROFILE
    )
    with within(session, SystemContext.WORKER):
        known = {row[0] for row in rows}
        vectors = {row[0]: row[1] for row in session.execute(stored) if row[0] in known}
    found = {}
    for place, dimension in enumerate(TOLD, start=1):
        own = [(vectors[row[0]], str(row[place])) for row in rows if row[place] and row[0] in vectors]
        seen = np.array([vector for vector, _ in own], np.float32) if own else np.zeros((0, 1), np.float32)
        one = probe(seen, [group for _, group in own])
        found[dimension.value] = asdict(one) | {"tells": one.tells, "people": one.people - one.people % SMALLEST_CELL}
    return found
