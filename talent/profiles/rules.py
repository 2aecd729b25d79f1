"""Rules about a profile that need no database: time worked, impossible dates, what is complete, what is embedded."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

import phonenumbers

from talent.foundation.text import WHITESPACE, fold
from talent.foundation.words import N_, Sentence
from talent.profiles.models import Profile
from talent.profiles.states import ProfileFacts

EARLIEST_YEAR = 1950
"""No work and no certificate before this year: whoever holds one is past every age of work."""
LATEST_START_YEARS = 3
"""Nobody is asked to promise a start further away than this."""
HOME_REGION = "PK"

EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
MANY_DIGITS = re.compile(r"\d(?:[^\w\n]{0,3}\d){8}")
"""Nine digits close together, the fewest of a telephone number: the careful search is slow and mostly not needed."""
IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{5}[- ]?\d{7}[- ]?\d(?!\d)")


class Period(Protocol):
    """A time from one day to another; no end means that it goes on."""

    @property
    def started_on(self) -> date:
        """The first day."""

    @property
    def ended_on(self) -> date | None:
        """The last day, or None."""


def month_number(day: date) -> int:
    """Months since year 0, so that two months can be compared and subtracted."""
    return day.year * 12 + day.month - 1


def months_of_experience(periods: Iterable[Period], today: date) -> int:
    """How many calendar months hold some work, each counted once however many jobs overlap in it.

    The first and the last month count; a period without an end goes on until today; months after today do not count.
    """
    worked: set[int] = set()
    for period in periods:
        last = min(period.ended_on or today, today)
        worked.update(range(month_number(period.started_on), month_number(last) + 1))
    return len(worked)


def experience_holds_until(periods: Iterable[Period], today: date) -> date | None:
    """The first day on which ``months_of_experience`` says more than today; None when time alone changes nothing."""
    growing = [
        max(month_number(period.started_on), month_number(today) + 1)
        for period in periods
        if period.ended_on is None or month_number(period.ended_on) > month_number(today)
    ]
    return date(min(growing) // 12, min(growing) % 12 + 1, 1) if growing else None


def period_problems(started_on: date, ended_on: date | None, today: date) -> dict[str, Sentence]:
    """What is impossible about a job's dates, by ``started`` and ``ended``; empty when nothing is."""
    problems = {}
    if started_on > today:
        problems["started"] = Sentence(N_("The job must have begun already. Check the month and the year."))
    if ended_on is not None and ended_on < started_on:
        problems["ended"] = Sentence(N_("The job cannot end before it began. Check both dates."))
    elif ended_on is not None and month_number(ended_on) > month_number(today):
        problems["ended"] = Sentence(N_("This month is still to come. If you still work there, tick the box."))
    return problems


def start_problem(available_from: date, today: date) -> Sentence | None:
    """What is impossible about the day from which somebody could start."""
    if available_from < today:
        return Sentence(N_("This day is past. Choose today or a later day."))
    if available_from.year > today.year + LATEST_START_YEARS:
        return Sentence(
            N_("Choose a day in the next {years} years. You can change it at any time."), {"years": LATEST_START_YEARS}
        )
    return None


def telephone_numbers(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers stand in the text, as pairs of start and end."""
    if not MANY_DIGITS.search(text):
        return []
    return [(match.start, match.end) for match in phonenumbers.PhoneNumberMatcher(text, HOME_REGION)]


def personal_details(text: str, *, full_name: str) -> Sentence | None:
    """What a text gives away that an agency may not read before the candidate's yes; None when nothing.

    Found are e-mail addresses, web addresses, telephone and identity card numbers, and the full name as a whole.
    """
    if EMAIL.search(text) or ADDRESS.search(text) or telephone_numbers(text):
        return Sentence(
            N_("Leave out phone numbers, e-mail and web addresses: agencies read these words before they know you.")
        )
    if IDENTITY_NUMBER.search(text):
        return Sentence(N_("Leave out the number of your identity card: nobody needs it here."))
    name = fold(full_name)
    if " " in name and name in fold(text):
        return Sentence(N_("Leave out your name: agencies read these words before they know you."))
    return None


def without_personal_details(text: str) -> str:
    """The text without e-mail and web addresses, telephone and identity card numbers, on one line."""
    for pattern in (EMAIL, ADDRESS, IDENTITY_NUMBER):
        text = pattern.sub(" ", text)
    for start, end in reversed(telephone_numbers(text)):
        text = f"{text[:start]} {text[end:]}"
    return WHITESPACE.sub(" ", text).strip()


def profile_text(
    *, occupations: Sequence[str], titles: Sequence[str] = (), tasks: Sequence[str] = (), about: str = ""
) -> str:
    """What is embedded of a profile: occupations, titles and tasks of jobs held, the candidate's own words.

    Each line stands once; nothing that says who the candidate is remains.
    """
    once: dict[str, str] = {}
    for text in (*occupations, *titles, *tasks, about):
        line = without_personal_details(text)
        once.setdefault(fold(line), line)
    return "\n".join(line for line in once.values() if line)


def profile_facts(profile: Profile, *, full_name: str, open_cv_facts: int) -> ProfileFacts:
    """Which steps of a profile are complete; its skills and languages must be loaded."""
    return ProfileFacts(
        has_name=bool(full_name.strip()),
        has_occupation=profile.occupation_id is not None,
        skill_count=len(profile.skills),
        has_language=bool(profile.languages),
        has_availability=profile.available_from is not None,
        open_cv_facts=open_cv_facts,
    )
