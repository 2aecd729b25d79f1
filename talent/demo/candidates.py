"""The demonstration's candidates: the same people each time, with dates counted from the day of loading."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.casework.take import take_step
from talent.demo.content import DOMAIN, Trade, chance, identity, read, trades
from talent.demo.organisations import People
from talent.demo.words import DemoWords
from talent.foundation.clock import now, today
from talent.foundation.references import LENGTH, READABLE
from talent.profiles import consent
from talent.profiles.identity import Contact, save_contact
from talent.profiles.models import (
    ConsentPurpose,
    Profile,
    ProfileChange,
    ProfileLanguage,
    ProfileSkill,
    Qualification,
    SkillSource,
    WorkPeriod,
)
from talent.profiles.rules import profile_facts
from talent.profiles.states import PROFILE, ProfileAction
from talent.profiles.steps import StepName
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind

LANGUAGE_OF = {"DE": "de", "AT": "de", "IT": "it", "FI": "fi", "ES": "es"}
UNPUBLISHED_EACH = 24  # every 24th candidate stands somewhere else than published
OTHER_ENDS: tuple[tuple[ProfileAction, ...], ...] = (
    (),
    (ProfileAction.PUBLISH, ProfileAction.PAUSE),
    (ProfileAction.PUBLISH, ProfileAction.WITHDRAW),
)


@dataclass(frozen=True)
class Standing:
    """How far somebody is in the trade; shares are of the occupation's skills."""

    name: str
    years: tuple[int, int]
    essential: float
    optional: float
    english: tuple[CEFR | None, ...]
    abroad: float
    paper: float


STANDINGS = (
    Standing("experienced", (5, 15), 0.95, 0.5, (CEFR.B1, CEFR.B2, CEFR.C1), 0.5, 0.9),
    Standing("settled", (2, 6), 0.75, 0.3, (CEFR.A2, CEFR.B1, CEFR.B2), 0.2, 0.7),
    Standing("beginning", (0, 2), 0.5, 0.1, (None, CEFR.A1, CEFR.A2), 0.05, 0.5),
)
HOW_MANY = (35, 45, 20)  # percent of each standing
WRITES_URDU = 0.18
LEARNS_THE_LANGUAGE = 0.45
LIKES_SOME_BEST = 0.35
WISHES_FOR_PAY = 0.3
PAY_WISHED_FOR = (70, 80, 90, 100)  # percent of what the trade pays in the demonstration


@dataclass(frozen=True)
class Draw:
    """One candidate being made: the choices of this person, and nobody else's."""

    number: int
    trade: Trade
    rng: random.Random
    standing: Standing
    urdu: bool
    words: DemoWords


def everybody() -> Iterator[tuple[int, Trade]]:
    """Each candidate's number, from 0, and trade; number 0 is the one whom a visitor may be."""
    number = 0
    for trade in trades():
        for _ in range(trade.people):
            yield number, trade
            number += 1


def add_candidates(session: Session, people: People, words: DemoWords) -> int:
    """Add every candidate with profile, identity and journal; how many are published."""
    published = 0
    for number, trade in everybody():
        rng = chance("candidate", number)
        standing = STANDINGS[0] if number == 0 else rng.choices(STANDINGS, HOW_MANY)[0]
        urdu = number != 0 and rng.random() < WRITES_URDU
        draw = Draw(number, trade, rng, standing, urdu, words)
        account = people.candidate if number == 0 else new_account(draw, people.nobodys_hash)
        profile, person = profile_of(draw, account)
        for row in (account, profile):  # each hangs on the one before
            session.add(row)
            session.flush()
        save_contact(session, profile, person)
        published += move(session, draw, account, profile, person)
    return published


def new_account(draw: Draw, password_hash: str) -> Account:
    """A candidate's account whose password nobody knows."""
    login = f"candidate-{draw.number:03}@{DOMAIN}"
    return Account(
        id=identity("account", login),
        login=login,
        password_hash=password_hash,
        role=Role.CANDIDATE,
        language="ur" if draw.urdu else "en",
        created_at=now(),
    )


def profile_of(draw: Draw, account: Account) -> tuple[Profile, Contact]:
    """The profile with everything in it, and the invented name apart from it."""
    rng, trade = draw.rng, draw.trade
    names = read("names")
    full_name = f"{rng.choice(names['given'])} {rng.choice(names['family'])}"
    moment = now()
    answered_licences = rng.random() < 0.85
    profile = Profile(
        id=identity("profile", draw.number),
        account_id=account.id,
        reference="TP-" + "".join(rng.choice(READABLE) for _ in range(LENGTH)),
        state=PROFILE.initial,
        occupation_id=draw.words.by_group[trade.isco].occupation_id,
        occupation_words=trade.urdu_title if draw.urdu else rng.choice(trade.titles),
        about=(trade.urdu_about if draw.urdu else trade.about) if rng.random() < 0.8 else "",
        countries=countries(draw),
        available_from=today() + timedelta(days=rng.choice((0, 14, 30, 60, 90, 150))),
        licences=sorted(rng.sample(trade.licences, rng.randint(0, len(trade.licences)))) if answered_licences else [],
        answered_licences=answered_licences,
        answered=[step.value for step in StepName],
        created_at=moment,
        changed_at=moment,
        skills=list(skills(draw)),
        languages=list(languages(draw)),
        qualifications=list(qualifications(draw)),
        work=list(work(draw)),
    )
    profile.first_countries, profile.least_pay_euros = wishes(draw, profile.countries)
    email = account.login if draw.number == 0 else f"person-{draw.number:03}@{DOMAIN}"
    return profile, Contact(full_name, email)


def countries(draw: Draw) -> list[str]:
    """Where this person would work; for half of them anywhere."""
    wanted = sorted(set(draw.trade.vacancies))
    if draw.number == 0 or draw.rng.random() < 0.5:
        return []
    return sorted(draw.rng.sample(wanted, draw.rng.randint(1, len(wanted))))


def wishes(draw: Draw, would_work_in: list[str]) -> tuple[list[str], int | None]:
    """Countries liked best and the least pay; most have neither wish, and the one whom a visitor may be has none."""
    likes_some, wishes_for_pay = draw.rng.random() < LIKES_SOME_BEST, draw.rng.random() < WISHES_FOR_PAY
    among = would_work_in or sorted(set(draw.trade.vacancies))
    liked = sorted(draw.rng.sample(among, draw.rng.randint(1, min(2, len(among)))))
    pay = draw.trade.monthly_pay * draw.rng.choice(PAY_WISHED_FOR) // 100 // 50 * 50
    if draw.number == 0:
        return [], None
    return liked if likes_some else [], pay if wishes_for_pay else None


def skills(draw: Draw) -> Iterator[ProfileSkill]:
    """Skills of the occupation, in the person's own words: at least three, more with experience."""
    trade = draw.words.by_group[draw.trade.isco]
    held = [skill for skill in trade.essential if draw.rng.random() < draw.standing.essential]
    held += [skill for skill in trade.optional if draw.rng.random() < draw.standing.optional]
    for skill in (*trade.essential, *trade.optional):
        if len(held) < 3 and skill not in held:
            held.append(skill)
    for skill in held:
        evidence = Evidence.DOCUMENT if draw.rng.random() < 0.15 else Evidence.SELF_DECLARED
        words = draw.words.name(skill, "ur" if draw.urdu else "en", which=draw.rng.choice((0, 0, 1, 2)))
        yield ProfileSkill(skill_id=skill, words=words, source=SkillSource.CHOSEN, evidence=evidence)


def languages(draw: Draw) -> Iterator[ProfileLanguage]:
    """Urdu, English by standing, and for some the language of a country that needs them."""
    yield ProfileLanguage(language="ur", level=CEFR.C2)
    yield ProfileLanguage(language="en", level=CEFR.B2 if draw.number == 0 else draw.rng.choice(draw.standing.english))
    if draw.number == 0:
        yield ProfileLanguage(language="de", level=CEFR.B1, evidence=Evidence.DOCUMENT)
    elif draw.rng.random() < LEARNS_THE_LANGUAGE:
        level = draw.rng.choice((CEFR.A1, CEFR.A2, CEFR.A2, CEFR.B1, CEFR.B2, None))
        yield ProfileLanguage(language=LANGUAGE_OF[draw.rng.choice(draw.trade.vacancies)], level=level)


def qualifications(draw: Draw) -> Iterator[Qualification]:
    """A certificate or degree of the trade for most, and school for some."""
    day = today()
    if draw.number == 0 or draw.rng.random() < draw.standing.paper:
        kind, title, months, level = draw.trade.papers[-1] if draw.number == 0 else draw.rng.choice(draw.trade.papers)
        yield Qualification(
            kind=QualificationKind(kind),
            title=title,
            field=draw.trade.field,
            issuing_body=draw.rng.choice(read("organisations")["boards"]),
            full_time_months=months,
            nvqf_level=level,
            awarded_on=date(day.year - draw.standing.years[1] + draw.rng.randint(0, 1), draw.rng.randint(1, 12), 1)
            if draw.standing.years[1] > 2
            else date(day.year - 2, 6, 1),
        )
    if draw.rng.random() < 0.4:
        yield Qualification(kind=QualificationKind.SCHOOL, title="Matric", awarded_on=date(day.year - 16, 6, 1))


def work(draw: Draw) -> Iterator[WorkPeriod]:
    """One to three jobs, back from this month; beginners may have none."""
    rng, content = draw.rng, read("organisations")
    months = rng.randint(draw.standing.years[0] * 12, draw.standing.years[1] * 12)
    ended, first = today().replace(day=1), True
    while months > 5:
        length = min(months, rng.randint(12, 60))
        started = months_before(ended, length)
        away = rng.random() < draw.standing.abroad
        country = rng.choice(sorted(content["abroad"])) if away else "PK"
        tasks = rng.sample(draw.trade.tasks, rng.randint(1, min(3, len(draw.trade.tasks))))
        yield WorkPeriod(
            occupation_id=draw.words.by_group[draw.trade.isco].occupation_id,
            title=draw.trade.urdu_title if draw.urdu else rng.choice(draw.trade.titles),
            employer=content["abroad"][country] if away else rng.choice(content["pakistani_employers"]),
            country=country,
            started_on=started,
            ended_on=None if first and rng.random() < 0.7 else ended - timedelta(days=1),
            tasks=". ".join(draw.trade.urdu_tasks if draw.urdu else tasks) + ("۔" if draw.urdu else "."),
        )
        months -= length
        ended, first = months_before(started, rng.randint(0, 3)), False


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def move(session: Session, draw: Draw, account: Account, profile: Profile, person: Contact) -> bool:
    """Publish the profile, or leave it where every 24th stands; whether it is published in the end."""
    actor = Actor(account.id, account.role)
    facts = profile_facts(profile, full_name=person.full_name, open_cv_facts=0)
    other = draw.number and draw.number % UNPUBLISHED_EACH == 0
    steps = OTHER_ENDS[draw.number // UNPUBLISHED_EACH % len(OTHER_ENDS)] if other else (ProfileAction.PUBLISH,)
    for action in steps:
        event = take_step(session, actor, profile, PROFILE, action, facts)
        if action is ProfileAction.PUBLISH:
            profile.published_at = event.at
            consent.give(session, actor, ConsentPurpose.MATCHING)
        if action is ProfileAction.WITHDRAW:
            consent.withdraw(session, actor, ConsentPurpose.MATCHING)
        session.add(ProfileChange(profile_id=profile.id, at=event.at))
    return steps == (ProfileAction.PUBLISH,)
