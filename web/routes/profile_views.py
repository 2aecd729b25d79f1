"""What the pages of a profile show, in small frozen rows made from the profile and the names of the taxonomy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale

from talent.foundation.words import N_, Sentence
from talent.profiles.models import ProfileLanguage, Qualification, WorkPeriod
from talent.profiles.states import ProfileState
from talent.profiles.steps import (
    PRESENT,
    STEPS,
    TITLES,
    OwnProfile,
    StepName,
    mark,
    next_step,
)
from talent.taxonomy.languages import language_name
from talent.taxonomy.levels import QUALIFICATION_NAMES
from web.i18n import LANGUAGES
from web.parts import Choice, Text

MONTHS: tuple[Choice, ...] = tuple(
    Choice(str(number), name)
    for number, name in enumerate(
        (
            N_("January"),
            N_("February"),
            N_("March"),
            N_("April"),
            N_("May"),
            N_("June"),
            N_("July"),
            N_("August"),
            N_("September"),
            N_("October"),
            N_("November"),
            N_("December"),
        ),
        start=1,
    )
)
CHECK = "check"
LATER = "later"


@dataclass(frozen=True)
class Frame:
    """What stands around a step: heading, way back, where the form goes and what it showed."""

    title: Text
    action: str
    back: str
    seen: str = ""
    then: str = ""
    number: int = 0
    of: int = 0
    goes_on: bool = False
    """Whether saving leads to the next step, as in the first round, or back to where the person came from."""


def frame_of(own: OwnProfile, step: StepName, *, then: str = "") -> Frame:
    """The frame of a step of this profile; ``then`` is check when the person came from checking the answers."""
    place = [row.name for row in STEPS].index(step)
    first_round = own.profile.state is ProfileState.DRAFT and then != CHECK
    present = PRESENT.get(step)
    return Frame(
        title=TITLES[step],
        action=f"/profile/{step}",
        back="/profile/check" if then == CHECK else "/profile",
        seen=mark(present(own)) if present else "",
        then=CHECK if then == CHECK else "",
        number=place + 1 if first_round else 0,
        of=len(STEPS),
        goes_on=first_round,
    )


def onward(own: OwnProfile, step: StepName, *, then: str = "", go: str = "") -> str:
    """Where the person goes after this step: the next one in the first round, else back to where they came from."""
    if go == LATER:
        return "/profile?saved=yes"
    if then == CHECK:
        return "/profile/check?saved=yes"
    if own.profile.state is not ProfileState.DRAFT:
        return "/profile?saved=yes"
    following = next_step(own, step)
    return f"/profile/{following}" if following else "/profile/check"


@dataclass(frozen=True)
class Entry:
    """A job, a certificate or a language in a few lines."""

    title: Text
    href: str = ""
    place: str = ""
    country: str = ""
    level: Text = ""
    started_on: date | None = None
    ended_on: date | None = None
    notes: Sequence[Text] = ()


LEVEL_UNKNOWN = N_("level not known")
LEVEL = N_("Level {level}")


def country_words(code: str, language: str) -> str:
    """The name of any country in the reader's language; its code when it has none."""
    return str(Locale.parse(LANGUAGES[language].locale).territories.get(code, code))


def job_entry(job: WorkPeriod) -> Entry:
    """A job in a few lines."""
    return Entry(
        title=Sentence("{title}", {"title": job.title}),
        href=f"/profile/experience/{job.id}",
        place=job.employer,
        country=job.country,
        started_on=job.started_on,
        ended_on=job.ended_on,
    )


def qualification_entry(held: Qualification) -> Entry:
    """A certificate in a few lines."""
    notes: list[Text] = [QUALIFICATION_NAMES[held.kind]]
    if held.nvqf_level:
        notes.append(Sentence(N_("NVQF level {level}"), {"level": held.nvqf_level}))
    if held.awarded_on:
        notes.append(Sentence("{year}", {"year": str(held.awarded_on.year)}))
    if held.full_time_months:
        notes.append(Sentence(N_("Full-time months: {months}"), {"months": held.full_time_months}))
    return Entry(
        title=Sentence("{title}", {"title": held.title}),
        href=f"/profile/qualifications/{held.id}",
        place=held.issuing_body,
        notes=tuple(notes),
    )


def language_entry(held: ProfileLanguage, language: str) -> Entry:
    """A language with its level, named in the reader's language."""
    return Entry(
        title=language_name(held.language, language),
        href=f"/profile/languages/{held.id}",
        level=Sentence(LEVEL, {"level": held.level.value}) if held.level else LEVEL_UNKNOWN,
    )


def entries(own: OwnProfile, step: StepName, language: str) -> list[Entry]:
    """The entries of this step's list in a few lines each, newest first."""
    if step is StepName.EXPERIENCE:
        return [job_entry(job) for job in own.profile.work]
    if step is StepName.QUALIFICATIONS:
        return [qualification_entry(held) for held in own.profile.qualifications]
    return [language_entry(held, language) for held in own.profile.languages]
