"""The steps of a profile in the order they are asked, how far each is, and what each holds now."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from talent.foundation.clock import today
from talent.foundation.words import N_
from talent.profiles.identity import Contact
from talent.profiles.models import Profile, ProfileLanguage, Qualification, WorkPeriod
from talent.profiles.rules import profile_facts
from talent.profiles.states import FEWEST_SKILLS, ProfileFacts


class StepName(StrEnum):
    """One question, or one list of things to tell."""

    NAME = "name"
    OCCUPATION = "occupation"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    ABOUT = "about"
    QUALIFICATIONS = "qualifications"
    LANGUAGES = "languages"
    LICENCES = "licences"
    COUNTRIES = "countries"
    WISHES = "wishes"
    START = "start"
    CV = "cv"


class StepState(StrEnum):
    """How far a step is; ``none`` was answered, with nothing to tell."""

    DONE = "done"
    NONE = "none"
    BEGUN = "begun"
    TODO = "todo"


WAITING = (StepState.TODO, StepState.BEGUN)


@dataclass(frozen=True)
class OwnProfile:
    """Everything that a candidate told; ``identity`` is None until the name is given."""

    profile: Profile
    identity: Contact | None
    open_cv_facts: int

    @property
    def full_name(self) -> str:
        """The name given so far."""
        return self.identity.full_name if self.identity else ""

    @property
    def facts(self) -> ProfileFacts:
        """Which steps are complete."""
        return profile_facts(self.profile, full_name=self.full_name, open_cv_facts=self.open_cv_facts)


@dataclass(frozen=True)
class ProfileStep:
    """A row of the task list; ``is_needed`` steps must be complete before publishing."""

    name: StepName
    title: str
    is_needed: bool
    state: Callable[[OwnProfile], StepState]


def answered(own: OwnProfile, step: StepName) -> bool:
    """Whether the candidate answered this step, also with nothing."""
    return step.value in own.profile.answered


def done_when(holds: Callable[[OwnProfile], Any], step: StepName) -> Callable[[OwnProfile], StepState]:
    """Done when something is there; none when the step was answered with nothing; else still to do."""

    def state(own: OwnProfile) -> StepState:
        if holds(own):
            return StepState.DONE
        return StepState.NONE if answered(own, step) else StepState.TODO

    return state


def skills_state(own: OwnProfile) -> StepState:
    """Done with as many skills as are needed, begun with fewer."""
    count = len(own.profile.skills)
    if count >= FEWEST_SKILLS:
        return StepState.DONE
    return StepState.BEGUN if count else StepState.TODO


def cv_state(own: OwnProfile) -> StepState:
    """Begun while facts of the CV wait for an answer."""
    if own.open_cv_facts:
        return StepState.BEGUN
    if "cv_read" in own.profile.answered:
        return StepState.DONE
    return StepState.NONE if answered(own, StepName.CV) else StepState.TODO


def licences_state(own: OwnProfile) -> StepState:
    """None when the candidate said to hold no licence."""
    if own.profile.licences:
        return StepState.DONE
    return StepState.NONE if own.profile.answered_licences else StepState.TODO


def countries_state(own: OwnProfile) -> StepState:
    """Any country is an answer, too."""
    return StepState.DONE if own.profile.countries or answered(own, StepName.COUNTRIES) else StepState.TODO


def has_wishes(own: OwnProfile) -> bool:
    """Whether a country is liked best or a least pay is wished for."""
    return bool(own.profile.first_countries or own.profile.least_pay_euros)


S = StepName
STEPS: tuple[ProfileStep, ...] = (
    ProfileStep(S.NAME, N_("Your name and contact"), True, done_when(lambda own: own.full_name, S.NAME)),
    ProfileStep(
        S.OCCUPATION, N_("Your occupation"), True, done_when(lambda own: own.profile.occupation_id, S.OCCUPATION)
    ),
    ProfileStep(S.EXPERIENCE, N_("Your work so far"), False, done_when(lambda own: own.profile.work, S.EXPERIENCE)),
    ProfileStep(S.SKILLS, N_("Your skills"), True, skills_state),
    ProfileStep(S.ABOUT, N_("In your own words"), False, done_when(lambda own: own.profile.about, S.ABOUT)),
    ProfileStep(
        S.QUALIFICATIONS,
        N_("Your certificates and degrees"),
        False,
        done_when(lambda own: own.profile.qualifications, S.QUALIFICATIONS),
    ),
    ProfileStep(S.LANGUAGES, N_("Your languages"), True, done_when(lambda own: own.profile.languages, S.LANGUAGES)),
    ProfileStep(S.LICENCES, N_("Your licences"), False, licences_state),
    ProfileStep(S.COUNTRIES, N_("Where you would work"), False, countries_state),
    ProfileStep(S.WISHES, N_("What you wish for"), False, done_when(has_wishes, S.WISHES)),
    ProfileStep(S.START, N_("When you could start"), True, done_when(lambda own: own.profile.available_from, S.START)),
    ProfileStep(S.CV, N_("Your CV"), False, cv_state),
)
TITLES: Mapping[StepName, str] = {step.name: step.title for step in STEPS}


def step_states(own: OwnProfile) -> dict[StepName, StepState]:
    """How far each step is, in order."""
    return {step.name: step.state(own) for step in STEPS}


def next_step(own: OwnProfile, after: StepName) -> StepName | None:
    """The next step that is not answered, first after this one, then from the start; None when all are."""
    names = [step.name for step in STEPS]
    place = names.index(after)
    states = step_states(own)
    later = (*names[place + 1 :], *names[:place])
    return next((name for name in later if states[name] in WAITING), None)


def start_values(own: OwnProfile) -> dict[str, Any]:
    """The start as the form asks it; a day that is past means at once."""
    day = own.profile.available_from
    if day is None:
        return {}
    return {"when": "later", "available_from": day} if day > today() else {"when": "now"}


def name_values(own: OwnProfile) -> dict[str, Any]:
    """The identity as the form asks it."""
    if own.identity is None:
        return {}
    return {name: getattr(own.identity, name) for name in ("full_name", "email", "phone")}


PRESENT: Mapping[StepName, Callable[[OwnProfile], dict[str, Any]]] = {
    S.NAME: name_values,
    S.OCCUPATION: lambda own: {"occupation": own.profile.occupation_id, "words": own.profile.occupation_words},
    S.SKILLS: lambda own: {"skills": [skill.skill_id for skill in own.profile.skills]},
    S.ABOUT: lambda own: {"about": own.profile.about},
    S.LICENCES: lambda own: {"licences": list(own.profile.licences)},
    S.COUNTRIES: lambda own: {
        "countries": list(own.profile.countries),
        "anywhere": not own.profile.countries and answered(own, S.COUNTRIES),
    },
    S.WISHES: lambda own: {
        "first_countries": list(own.profile.first_countries),
        "least_pay_euros": own.profile.least_pay_euros,
    },
    S.START: start_values,
}
"""What each one-page step holds now, by the names of its form."""


def month_values(name: str, day: date | None) -> dict[str, Any]:
    """The month and year boxes of a day."""
    return {f"{name}_month": day.month if day else None, f"{name}_year": day.year if day else None}


def job_values(job: WorkPeriod, occupation_id: Any) -> dict[str, Any]:
    """A job as its form asks it."""
    return {
        "title": job.title,
        "same_work": job.occupation_id is not None and job.occupation_id == occupation_id,
        "employer": job.employer,
        "country": job.country,
        **month_values("started", job.started_on),
        "goes_on": job.ended_on is None,
        **month_values("ended", job.ended_on),
        "tasks": job.tasks,
    }


def qualification_values(held: Qualification) -> dict[str, Any]:
    """A qualification as its form asks it; whole years are shown as years."""
    months = held.full_time_months
    in_years = months is not None and months >= 12 and months % 12 == 0
    return {
        "kind": held.kind,
        "title": held.title,
        "field": held.field,
        "issuing_body": held.issuing_body,
        "nvqf_level": held.nvqf_level,
        "length": months // 12 if months and in_years else months,
        "unit": "years" if in_years else "months",
        "awarded_year": held.awarded_on.year if held.awarded_on else None,
    }


def language_values(held: ProfileLanguage) -> dict[str, Any]:
    """A language as its form asks it."""
    return {"language": held.language, "level": held.level or "unknown"}


def mark(values: Mapping[str, Any]) -> str:
    """A short print of what a form showed: it differs as soon as any value does, whatever the order of a list."""
    plain = {
        name: sorted(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in values.items()
        if value not in (None, "", False)
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]
