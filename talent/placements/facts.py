"""What a profile and a vacancy say about the ways into a country; filled in for the page of the candidate alone."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.clock import today
from talent.foundation.errors import NotFound
from talent.matching.service import NO_MATCH
from talent.pathways.catalogue import catalogue
from talent.pathways.eligibility import Comparison, compare, with_regulation
from talent.pathways.facts import RouteFacts
from talent.pathways.schemas import CENTS, RouteQuestion, told_facts
from talent.profiles.models import Profile, Qualification, WorkPeriod
from talent.profiles.service import own_profile
from talent.taxonomy.levels import QualificationKind
from talent.taxonomy.models import Occupation
from talent.vacancies.models import CostPayer, PayPeriod, Vacancy

MONTHS_A_YEAR = 12
FIVE_YEARS, SEVEN_YEARS = 5, 7
RANK = (
    QualificationKind.MASTER,
    QualificationKind.BACHELOR,
    QualificationKind.DAE,
    QualificationKind.NVQF_CERTIFICATE,
    QualificationKind.OTHER,
    QualificationKind.SCHOOL,
)
"""Which of several awards is looked at: the one that most ways ask for. No award is worth more than another."""


def known_answers(session: Session, actor: Actor, vacancy: Vacancy) -> dict[str, str]:
    """What profile and vacancy say, as answers to the fields of the check; what they do not say is left out.

    Raises:
        NotFound: the candidate has no profile, or the vacancy names no occupation.
    """
    own = own_profile(session, actor)
    group = session.scalar(select(Occupation.isco_group).where(Occupation.id == vacancy.occupation_id))
    if own is None or group is None:
        raise NotFound(NO_MATCH)
    profile = own.profile
    award = first_award(profile)
    values: dict[str, object] = {
        "country": vacancy.country,
        "occupation": group,
        "pay_year": pay_year_euros(vacancy),
        "award": award.kind.value if award else None,
        "training_months": award.full_time_months if award else None,
        "german": language_level(profile, "de"),
        "english": language_level(profile, "en"),
        **experience(profile.work, groups_of(session, profile), group, on=today()),
    }
    return {name: str(value) for name, value in values.items() if value is not None}


def compared_for(question: RouteQuestion, vacancy: Vacancy) -> Comparison:
    """All ways into the vacancy's country for these answers, with what the vacancy says about who pays."""
    facts = told_facts(question, on=today())
    payer = vacancy.cost_payer
    fair = None if payer is CostPayer.UNKNOWN else payer is not CostPayer.WORKER
    told = RouteFacts(**{**vars(facts), "worker_pays_nothing": fair})
    return compare(catalogue(), vacancy.country, with_regulation(told, vacancy.country))


def first_award(profile: Profile) -> Qualification | None:
    """The award that the ways ask about."""
    return min(profile.qualifications, key=lambda row: RANK.index(row.kind), default=None)


def language_level(profile: Profile, language: str) -> str | None:
    """The level of a language; None while it is not told."""
    row = next((row for row in profile.languages if row.language == language), None)
    return row.level.value if row and row.level else None


def pay_year_euros(vacancy: Vacancy) -> int | None:
    """The lowest pay of the vacancy for a year, in whole euros; None when it is told for an hour or in other money."""
    if vacancy.pay_from_cents is None or vacancy.pay_currency != "EUR":
        return None
    times = {PayPeriod.MONTH: MONTHS_A_YEAR, PayPeriod.YEAR: 1}.get(vacancy.pay_period) if vacancy.pay_period else None
    return vacancy.pay_from_cents * times // CENTS if times else None


def groups_of(session: Session, profile: Profile) -> dict[UUID, str]:
    """The ISCO-08 group of each occupation that a job of the profile names."""
    ids = {row.occupation_id for row in profile.work if row.occupation_id}
    rows = session.execute(select(Occupation.id, Occupation.isco_group).where(Occupation.id.in_(ids)))
    return {row.id: row.isco_group for row in rows}


def experience(work: Sequence[WorkPeriod], groups: dict[UUID, str], group: str, *, on: date) -> dict[str, int | None]:
    """Months of work in the occupation within five and seven years; unknown when a job names no occupation."""
    counted = [row for row in work if row.occupation_id and groups.get(row.occupation_id) == group]
    unnamed = any(row.occupation_id is None for row in work)
    found = {years: months_within(counted, years, on=on) for years in (FIVE_YEARS, SEVEN_YEARS)}
    return {f"experience_months_in_{years}": None if unnamed else months for years, months in found.items()}


def months_within(work: Sequence[WorkPeriod], years: int, *, on: date) -> int:
    """How many different calendar months of the last years were worked, the present one left out."""
    now_month = on.year * MONTHS_A_YEAR + on.month
    first = now_month - years * MONTHS_A_YEAR
    months: set[int] = set()
    for row in work:
        end = row.ended_on or on
        begun = row.started_on.year * MONTHS_A_YEAR + row.started_on.month
        months |= set(range(max(begun, first), min(end.year * MONTHS_A_YEAR + end.month + 1, now_month)))
    return len(months)
