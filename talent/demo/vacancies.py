"""The demonstration's vacancies: invented employers in invented towns of five Member States."""

import random
from collections import Counter
from datetime import timedelta

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.casework.take import take_step
from talent.demo.candidates import LANGUAGE_OF
from talent.demo.content import Trade, chance, identity, read, trades
from talent.demo.organisations import People
from talent.demo.words import DemoWords
from talent.foundation.clock import now, today
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.vacancies.models import Vacancy, VacancyChange, VacancyLanguage, VacancySkill
from talent.vacancies.service import what_to_mend
from talent.vacancies.states import VACANCY, VacancyAction, VacancyFacts
from talent.vacancies.terms import CostPayer, PayPeriod

PAY_OF_COUNTRY = {"DE": 100, "AT": 98, "FI": 97, "IT": 78, "ES": 72}  # percent; invented like every pay here
ENGLISH_TRADES = frozenset({"2512", "2513", "2142"})
PAPER_TRADES = {"2512": QualificationKind.BACHELOR, "2142": QualificationKind.BACHELOR, "7233": QualificationKind.DAE}
LICENCE_TRADES = {"8332": ("driver_cpc", "driving_ce"), "7127": ("f_gas",)}
OTHER_ENDS: dict[int, tuple[VacancyAction, ...]] = {
    0: (),
    1: (VacancyAction.CHECK,),
    2: (VacancyAction.CHECK, VacancyAction.PUBLISH, VacancyAction.CLOSE),
}
UNPUBLISHED_EACH = 7  # every seventh vacancy stands somewhere else than published
CONTRACT = "You read and sign the contract before you leave, and a colleague shows you the work in the first weeks."
PUBLISH = (VacancyAction.CHECK, VacancyAction.PUBLISH)


def add_vacancies(session: Session, people: People, words: DemoWords) -> int:
    """Add every vacancy with its journal; how many are published."""
    published = 0
    numbers: Counter[str] = Counter()
    for trade in trades():
        for country in trade.vacancies:
            number = numbers.total()
            numbers[country] += 1
            vacancy = vacancy_of(trade, country, numbers[country], people.officers[country], words)
            session.add(vacancy)
            session.flush()
            published += move(session, people.officers[country], vacancy, number)
    return published


def vacancy_of(trade: Trade, country: str, number: int, officer: Actor, words: DemoWords) -> Vacancy:
    """One draft of a country's agency; its number is part of the agency's own reference."""
    rng = chance("vacancy", country, number)
    agency = next(row for row in read("organisations")["agencies"] if row["country"] == country)
    pay = trade.monthly_pay * PAY_OF_COUNTRY[country] // 100 * 100
    moment = now()
    return Vacancy(
        id=identity("vacancy", country, number),
        organisation_id=officer.organisation_id,
        reference=f"{country}-{number:03}",
        state=VACANCY.initial,
        title=trade.job_title,
        employer=f"{rng.choice(agency['employers'])} (invented)",
        description=f"{trade.job_text} {CONTRACT}",
        occupation_id=words.by_group[trade.isco].occupation_id,
        country=country,
        place=rng.choice(agency["towns"]),
        seats=rng.choice((1, 1, 2, 3, 5, 8)),
        experience_months=rng.choice((0, 12, 24, 24, 36)),
        qualification_kind=PAPER_TRADES.get(trade.isco),
        licences=list(LICENCE_TRADES.get(trade.isco, ())),
        pay_from_cents=pay,
        pay_to_cents=pay * rng.choice((105, 110, 120)) // 100,
        pay_period=PayPeriod.MONTH,
        hours_per_week=rng.choice((37.5, 38.5, 40.0)),
        start_on=today() + timedelta(days=rng.choice((90, 120, 180, 240))),
        closes_on=today() + timedelta(days=rng.choice((45, 60, 90, 120))),
        cost_payer=rng.choice((CostPayer.EMPLOYER, CostPayer.EMPLOYER, CostPayer.AGENCY)),
        created_at=moment,
        changed_at=moment,
        skills=needed_skills(trade, rng, words),
        languages=[needed_language(trade, country, rng)],
    )


def needed_skills(trade: Trade, rng: random.Random, words: DemoWords) -> list[VacancySkill]:
    """Four to six musts, some of them not everybody's, and one to three skills that help."""
    offered = words.by_group[trade.isco]
    special = rng.sample(offered.optional, min(len(offered.optional), rng.randint(2, 5)))
    musts = [
        *rng.sample(offered.essential, min(len(offered.essential), rng.randint(3, 4))),
        *special[: rng.randint(1, 2)],
    ]
    return [
        VacancySkill(skill_id=skill, words=words.name(skill), is_must=skill in musts)
        for skill in dict.fromkeys((*musts, *special))
    ]


def needed_language(trade: Trade, country: str, rng: random.Random) -> VacancyLanguage:
    """English for work at a desk, else the country's language at a level for beginners."""
    if trade.isco in ENGLISH_TRADES:
        return VacancyLanguage(language="en", level=CEFR.B2)
    return VacancyLanguage(language=LANGUAGE_OF[country], level=rng.choice((CEFR.A1, CEFR.A2, CEFR.A2, CEFR.B1)))


def move(session: Session, officer: Actor, vacancy: Vacancy, number: int) -> bool:
    """Publish the vacancy, or leave it where every seventh stands; whether it is published in the end."""
    other = number % UNPUBLISHED_EACH == UNPUBLISHED_EACH - 1
    end = number // UNPUBLISHED_EACH % len(OTHER_ENDS)
    steps = OTHER_ENDS[end] if other else PUBLISH
    if not steps:
        vacancy.cost_payer = CostPayer.WORKER  # a draft that the rules of fair recruitment hold back
    facts = VacancyFacts(problems=tuple(problem.sentence for problem in what_to_mend(session, vacancy)))
    for action in steps:
        event = take_step(session, officer, vacancy, VACANCY, action, facts)
        if action is VacancyAction.PUBLISH:
            vacancy.published_at = event.at
        session.add(VacancyChange(vacancy_id=vacancy.id, at=event.at))
    return steps == PUBLISH
