"""What must be mended before a vacancy may be published: completeness, fair recruitment, fair words, sound figures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from talent.foundation.words import N_, Sentence
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.regulated import reserved_recruitment
from talent.vacancies.terms import (
    CURRENCIES,
    FEWEST_HOURS,
    FEWEST_SEATS,
    MOST_HOURS,
    MOST_PAY_CENTS,
    MOST_SEATS,
    CostPayer,
    Terms,
)
from talent.vacancies.wording import objections

SHORTEST_DESCRIPTION_CHARACTERS = 40
FEWEST_MUST_SKILLS = 1
LONGEST_OPEN = timedelta(days=730)  # further away, a date is a slip of the finger
LATEST_START = timedelta(days=1095)


@dataclass(frozen=True)
class Problem:
    """One thing to mend, and the field of the form where it is mended."""

    field: str
    sentence: Sentence


@dataclass(frozen=True)
class Rule:
    """``broken`` says, for the terms and the day of today, whether the sentence applies."""

    field: str
    broken: Callable[[Terms, date], bool]
    sentence: str


BOUNDS = {
    "fewest_hours": FEWEST_HOURS,
    "most_hours": MOST_HOURS,
    "fewest_seats": FEWEST_SEATS,
    "most_seats": MOST_SEATS,
    "characters": SHORTEST_DESCRIPTION_CHARACTERS,
}

COMPLETE: tuple[Rule, ...] = (
    Rule("title", lambda terms, _: not terms.title, N_("Enter the job title.")),
    Rule("employer", lambda terms, _: not terms.employer, N_("Enter the employer.")),
    Rule("occupation_id", lambda terms, _: not terms.isco_group, N_("Choose the occupation.")),
    Rule(
        "description",
        lambda terms, _: len(terms.description) < SHORTEST_DESCRIPTION_CHARACTERS,
        N_("Describe the work in at least {characters} characters."),
    ),
    Rule("country", lambda terms, _: not terms.country, N_("Choose the country.")),
    Rule("place", lambda terms, _: not terms.place, N_("Enter the place of work.")),
    Rule("skills", lambda terms, _: terms.must_skills < FEWEST_MUST_SKILLS, N_("Mark at least one skill as a must.")),
    Rule("pay_from_cents", lambda terms, _: terms.pay_from_cents is None, N_("Enter the pay.")),
    Rule(
        "pay_period",
        lambda terms, _: terms.pay_period is None,
        N_("Say what the pay is for: an hour, a month or a year."),
    ),
    Rule("hours_per_week", lambda terms, _: terms.hours_per_week is None, N_("Enter the hours a week.")),
    Rule("closes_on", lambda terms, _: terms.closes_on is None, N_("Enter the closing date.")),
)

SOUND: tuple[Rule, ...] = (
    Rule(
        "country",
        lambda terms, _: bool(terms.country) and terms.country not in MEMBER_STATES,
        N_("The work must be in a Member State of the European Union."),
    ),
    Rule(
        "seats",
        lambda terms, _: not FEWEST_SEATS <= terms.seats <= MOST_SEATS,
        N_("The seats must be between {fewest_seats} and {most_seats}."),
    ),
    Rule(
        "pay_from_cents",
        lambda terms, _: terms.pay_from_cents is not None and not 0 < terms.pay_from_cents <= MOST_PAY_CENTS,
        N_("Check the pay: it must be more than nothing and less than a million."),
    ),
    Rule(
        "pay_to_cents",
        lambda terms, _: terms.pay_to_cents is not None and terms.pay_to_cents < (terms.pay_from_cents or 0),
        N_("The pay ends lower than it begins. Check both amounts."),
    ),
    Rule(
        "pay_to_cents",
        lambda terms, _: terms.pay_to_cents is not None and terms.pay_to_cents > MOST_PAY_CENTS,
        N_("Check the pay: it must be more than nothing and less than a million."),
    ),
    Rule(
        "pay_currency",
        lambda terms, _: terms.pay_from_cents is not None and terms.pay_currency not in CURRENCIES,
        N_("Choose the currency of a Member State."),
    ),
    Rule(
        "hours_per_week",
        lambda terms, _: terms.hours_per_week is not None and not FEWEST_HOURS <= terms.hours_per_week <= MOST_HOURS,
        N_("The hours a week must be between {fewest_hours} and {most_hours}."),
    ),
    Rule(
        "closes_on",
        lambda terms, today: terms.closes_on is not None and terms.closes_on < today,
        N_("The closing date has passed. Choose a later one."),
    ),
    Rule(
        "closes_on",
        lambda terms, today: terms.closes_on is not None and terms.closes_on > today + LONGEST_OPEN,
        N_("The closing date is more than two years away. Check the year."),
    ),
    Rule(
        "start_on",
        lambda terms, today: terms.start_on is not None and terms.start_on < today,
        N_("The start date has passed. Choose a later one, or leave it empty for “as soon as possible”."),
    ),
    Rule(
        "start_on",
        lambda terms, today: terms.start_on is not None and terms.start_on > today + LATEST_START,
        N_("The start date is more than three years away. Check the year."),
    ),
)

FAIR: tuple[Rule, ...] = (
    Rule(
        "cost_payer",
        lambda terms, _: terms.cost_payer is CostPayer.UNKNOWN,
        N_("Say who pays the recruitment costs: the employer or the agency."),
    ),
    Rule(
        "cost_payer",
        lambda terms, _: terms.cost_payer is CostPayer.WORKER,
        N_(
            "A worker never pays recruitment costs here (ILO fair recruitment). "
            "The employer or the agency must pay them."
        ),
    ),
)


RESERVED = N_(
    "Only the {body} may recruit from Pakistan for this occupation ({legal}). "
    "Do not publish it here: ask the {body} to place it."
)


def findings(terms: Terms, *, on: date) -> Iterator[Problem]:
    """Each thing to mend, in the order of the form's own parts: complete, sound, fair, allowed, well worded."""
    for rule in (*COMPLETE, *SOUND, *FAIR):
        if rule.broken(terms, on):
            used = {name: value for name, value in BOUNDS.items() if f"{{{name}}}" in rule.sentence}
            yield Problem(rule.field, Sentence(rule.sentence, used))
    reserved = reserved_recruitment(terms.country, terms.isco_group)
    if reserved is not None:
        yield Problem("occupation_id", Sentence(RESERVED, {"body": reserved.reserved_to, "legal": reserved.legal}))
    said = set()
    for name in ("title", "description"):
        for objection in objections(getattr(terms, name)):
            if objection.msgid not in said:
                said.add(objection.msgid)
                yield Problem(name, objection)


def problems(terms: Terms, *, on: date) -> tuple[Sentence, ...]:
    """One sentence for each thing to mend before this vacancy may be published on this day."""
    return tuple(problem.sentence for problem in findings(terms, on=on))
