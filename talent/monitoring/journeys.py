"""One row for each candidate: how far on the ladder, since when on each stage, and what figures are told apart by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from talent.monitoring.ladder import LADDER, Dimension, Stage, Standing, standing_of
from talent.taxonomy.sectors import sector_of

D = Dimension
IN_PLACEMENT = LADDER[LADDER.index(Stage.PERMIT) :]
"""The stages that are states of a placement of the same name."""
STAGE_OF_STATE = {"offered": Stage.OFFERED, "accepted": Stage.AGREED, "training": Stage.AGREED} | {
    stage.value: stage for stage in IN_PLACEMENT
}

JOURNEYS = text(
    """
with best as (
  select distinct on (account_id) id, account_id, country, pathway_id, isco_group, state, exit_reason, created_at,
         case when last_active is null then state else last_active end as furthest
  from placement
  order by account_id, array_position(cast(:states as text[]), case when last_active is null then state
           else last_active end::text) desc, created_at desc, id
), moved as (
  select case_id, jsonb_object_agg(to_state, day) as days from (
    select case_id, to_state, cast(min(at at time zone 'UTC') as date) as day
    from case_event where case_kind = 'placement' group by case_id, to_state) first_time
  group by case_id
), met as (
  select account_id, bool_or(state in ('interested', 'accepted', 'turned_down', 'withdrawn')) as interested,
         bool_or(state = 'accepted') as chosen
  from introduction group by account_id
), taught as (
  select distinct on (trainee.profile_id) trainee.profile_id, organisation.name as institute,
         organisation.name || ' – ' || cohort.reference as cohort
  from trainee join enrolment on enrolment.trainee_id = trainee.id
  join cohort on cohort.id = enrolment.cohort_id join organisation on organisation.id = cohort.organisation_id
  where enrolment.state in ('enrolled', 'active', 'completed') and trainee.profile_id is not null
  order by trainee.profile_id, enrolment.number desc
), told as (
  select account_id, sex, province from statistics_answer where account_id in (
    select account_id from consent where purpose = 'statistics' and withdrawn_at is null
    and (expires_at is null or expires_at > now()))
)
select cast(profile.created_at at time zone 'UTC' as date) as registered,
       cast(profile.published_at at time zone 'UTC' as date) as published,
       coalesce(met.interested, false) as interested, coalesce(met.chosen, false) as chosen,
       best.furthest, best.state, best.exit_reason, best.country, best.pathway_id,
       cast(best.created_at at time zone 'UTC' as date) as offered, moved.days,
       coalesce(best.isco_group, occupation.isco_group, '') as occupation,
       taught.institute, taught.cohort, told.sex, told.province
from profile
left join best on best.account_id = profile.account_id
left join moved on moved.case_id = best.id
left join met on met.account_id = profile.account_id
left join occupation on occupation.id = profile.occupation_id
left join taught on taught.profile_id = profile.id
left join told on told.account_id = profile.account_id
"""
)


HASH_JOINS = text("set local enable_nestloop = off")
"""Everybody is read once: loops inside loops, which PostgreSQL prefers for few rows, take minutes for many."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One candidate without a name: the furthest stage, the days on which stages began, values to tell apart by."""

    stage: Stage
    values: Mapping[Dimension, str]
    days: Mapping[Stage, date]
    """Only stages whose day is known."""
    over_on: date | None
    """The day on which the placement ended, was settled or led home."""


def journeys(session: Session) -> Iterator[Journey]:
    """Every candidate, once."""
    states = ["offered", "accepted", "training", *(stage.value for stage in IN_PLACEMENT)]
    session.execute(HASH_JOINS)
    for row in session.execute(JOURNEYS, {"states": states}).mappings():
        yield _journey(dict(row))


def _journey(row: Mapping[str, object]) -> Journey:
    furthest, state = row["furthest"], str(row["state"] or "")
    values = {
        D.COUNTRY: row["country"],
        D.SECTOR: sector_of(str(row["occupation"])),
        D.PATHWAY: row["pathway_id"],
        D.STANDING: standing_of(state, str(row["exit_reason"])) if furthest else Standing.ON_THE_WAY,
        D.OCCUPATION: row["occupation"],
        D.INSTITUTE: row["institute"],
        D.COHORT: row["cohort"],
        D.SEX: row["sex"],
        D.PROVINCE: row["province"],
    }
    told = {dimension: str(value or "") for dimension, value in values.items()}
    days = {Stage.REGISTERED: row["registered"], Stage.PUBLISHED: row["published"], Stage.OFFERED: row["offered"]}
    moves = row["days"] if isinstance(row["days"], dict) else {}
    reached = {name: date.fromisoformat(day) for name, day in moves.items()}
    agreed = min((reached[name] for name in ("accepted", "training") if name in reached), default=None)
    known = {**days, Stage.AGREED: agreed, **{stage: reached.get(stage.value) for stage in IN_PLACEMENT}}
    over = next((reached[name] for name in ("ended", "returned", "settled") if state == name in reached), None)
    return Journey(
        STAGE_OF_STATE[str(furthest)] if furthest else _before_placement(row),
        told,
        {stage: day for stage, day in known.items() if isinstance(day, date)},
        over,
    )


def _before_placement(row: Mapping[str, object]) -> Stage:
    if row["chosen"]:
        return Stage.CHOSEN
    if row["interested"]:
        return Stage.INTERESTED
    return Stage.PUBLISHED if row["published"] else Stage.REGISTERED
