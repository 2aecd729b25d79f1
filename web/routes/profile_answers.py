"""What a candidate answered, step by step, as the pages show it: the task list and the check."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from talent.foundation.words import N_, Sentence
from talent.profiles.steps import (
    STEPS,
    OwnProfile,
    ProfileStep,
    StepName,
    StepState,
    start_values,
    step_states,
)
from talent.taxonomy.licences import LICENCE_NAMES
from talent.taxonomy.service import labels
from web.i18n import LANGUAGES, Words
from web.parts import Text
from web.routes.profile_views import CHECK, Entry, country_words, entries

NOT_ANSWERED = N_("not answered yet")
TO_DO = N_("still to do")
OPTIONAL = N_("optional")
NOTHING = N_("nothing to add")
ANYWHERE = N_("Any country of the European Union")
AT_ONCE = N_("Now")
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
"""Isolates that keep the plus sign before a telephone number on a right-to-left page."""


@dataclass(frozen=True)
class Task:
    """One row of the task list."""

    title: str
    href: str
    dot: str
    words: Text


@dataclass(frozen=True)
class TasksView:
    """The task list of a draft."""

    tasks: Sequence[Task]
    done: int
    go_on: str
    ask_cv: bool
    saved: bool


TASK_WORDS: Mapping[StepState, str] = {
    StepState.DONE: N_("done"),
    StepState.NONE: N_("done: nothing to add"),
    StepState.BEGUN: N_("begun"),
}
SETTLED = (StepState.DONE, StepState.NONE)


def tasks_view(own: OwnProfile, *, saved: bool) -> TasksView:
    """Each step with its state, and the first one that waits."""
    states = step_states(own)
    waiting = [step.name for step in STEPS if states[step.name] not in SETTLED]
    return TasksView(
        tasks=[_task(step, states[step.name], is_next=waiting[:1] == [step.name]) for step in STEPS],
        done=sum(state in SETTLED for state in states.values()),
        go_on=f"/profile/{waiting[0]}" if waiting else "",
        ask_cv=states[StepName.CV] is StepState.TODO,
        saved=saved,
    )


def _task(step: ProfileStep, state: StepState, *, is_next: bool) -> Task:
    dot = "done" if state in SETTLED else ("now" if is_next else "todo")
    words = TASK_WORDS.get(state, TO_DO if step.is_needed else OPTIONAL)
    return Task(step.title, f"/profile/{step.name}", dot, words)


@dataclass(frozen=True)
class StepAnswers:
    """What was answered in one step, and where to change it."""

    title: Text
    href: str
    lines: Sequence[Text] = ()
    entries: Sequence[Entry] = ()
    nothing: Text = ""


@dataclass(frozen=True)
class Names:
    """The names of occupations and skills in the reader's language."""

    language: str
    occupations: Mapping[UUID, str] = field(default_factory=dict)
    skills: Mapping[UUID, str] = field(default_factory=dict)


def names_of(session: Session, own: OwnProfile, language: str) -> Names:
    """The names that the pages of this profile need."""
    occupation = own.profile.occupation_id
    return Names(
        language,
        occupations=labels(session, [occupation] if occupation else [], language),
        skills=labels(session, [skill.skill_id for skill in own.profile.skills], language),
    )


def plain(text: object) -> Sentence:
    """Words of the person's own, or a name, which no catalogue translates."""
    return Sentence("{text}", {"text": text})


def name_lines(own: OwnProfile, _names: Names) -> list[Text]:
    """Name, telephone, e-mail."""
    identity = own.identity
    if identity is None:
        return []
    phone = f"{LEFT_TO_RIGHT}{identity.phone}{END}" if identity.phone else ""
    return [plain(text) for text in (identity.full_name, phone, identity.email) if text]


def occupation_lines(own: OwnProfile, names: Names) -> list[Text]:
    """The occupation and the words it was looked for with."""
    name = names.occupations.get(own.profile.occupation_id) if own.profile.occupation_id else None
    words = own.profile.occupation_words
    return [plain(text) for text in dict.fromkeys((name, words)) if text]


def skill_lines(own: OwnProfile, names: Names) -> list[Text]:
    """Each skill by its name, with the words of the CV where it came from there."""
    return [plain(text) for text in sorted(names.skills.get(held.skill_id, held.words) for held in own.profile.skills)]


def licence_lines(own: OwnProfile, _names: Names) -> list[Text]:
    """Each licence by its name."""
    return [LICENCE_NAMES[code] for code in own.profile.licences if code in LICENCE_NAMES]


def country_lines(own: OwnProfile, names: Names) -> list[Text]:
    """Each country, or any."""
    if not own.profile.countries:
        return [ANYWHERE]
    return [plain(country_words(code, names.language)) for code in own.profile.countries]


def wish_lines(own: OwnProfile, names: Names) -> list[Text]:
    """The countries liked best, and the least pay."""
    lines: list[Text] = [
        Sentence(N_("Liked best: {country}"), {"country": country_words(code, names.language)})
        for code in own.profile.first_countries
    ]
    if own.profile.least_pay_euros:
        amount = Words(LANGUAGES[names.language]).money(own.profile.least_pay_euros * 100, "EUR")
        lines.append(Sentence(N_("At least {amount} a month, before tax"), {"amount": amount}))
    return lines


def start_lines(own: OwnProfile, _names: Names) -> list[Text]:
    """At once, or the day."""
    values = start_values(own)
    if not values:
        return []
    return [AT_ONCE if values["when"] == "now" else Sentence(N_("From {day}"), {"day": values["available_from"]})]


def cv_lines(own: OwnProfile, _names: Names) -> list[Text]:
    """Whether a CV was read, and how many of its facts wait."""
    if own.open_cv_facts:
        return [Sentence(N_("Facts that wait for your answer: {count}"), {"count": own.open_cv_facts})]
    return [N_("Read, and each fact answered")] if "cv_read" in own.profile.answered else []


LINES: Mapping[StepName, Callable[[OwnProfile, Names], list[Text]]] = {
    StepName.NAME: name_lines,
    StepName.OCCUPATION: occupation_lines,
    StepName.SKILLS: skill_lines,
    StepName.ABOUT: lambda own, _names: [plain(own.profile.about)] if own.profile.about else [],
    StepName.LICENCES: licence_lines,
    StepName.COUNTRIES: country_lines,
    StepName.WISHES: wish_lines,
    StepName.START: start_lines,
    StepName.CV: cv_lines,
}
LISTS = (StepName.EXPERIENCE, StepName.QUALIFICATIONS, StepName.LANGUAGES)


def step_answers(own: OwnProfile, names: Names) -> list[StepAnswers]:
    """Every step with what was answered, and the way to change it that leads back to here."""
    states = step_states(own)
    return [
        StepAnswers(
            title=step.title,
            href=f"/profile/{step.name}?then={CHECK}",
            lines=LINES[step.name](own, names) if step.name in LINES else (),
            entries=entries(own, step.name, names.language) if step.name in LISTS else (),
            nothing=NOTHING if states[step.name] is StepState.NONE else NOT_ANSWERED,
        )
        for step in STEPS
    ]
