"""The forms of the lists of a profile: what can be chosen in a job, a certificate or a language, and what it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from talent.foundation.words import N_, Sentence
from talent.profiles import entries
from talent.profiles.schemas import JobAnswer, LanguageAnswer, QualificationAnswer
from talent.profiles.steps import OwnProfile, StepName, job_values, language_values, qualification_values
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.fields import FIELD_NAMES
from talent.taxonomy.languages import LANGUAGE_CODES, language_name
from talent.taxonomy.levels import CEFR_WORDS, NVQF_LEVELS, QUALIFICATION_NAMES, QualificationKind
from talent.taxonomy.service import labels
from web.parts import Choice
from web.routes.profile_views import LEVEL, MONTHS, Frame

WORK_COUNTRIES = ("PK", "SA", "AE", "QA", "OM", "KW", "BH", "MY", "TR", "GB", *sorted(MEMBER_STATES))
"""Where people from Pakistan work most, then the Member States."""
DAE_YEARS = 3
"""How long a Diploma of Associate Engineer takes after Matric; suggested, and the candidate may change it (S-NVQF)."""


@dataclass(frozen=True)
class JobView:
    """The form of a job."""

    frame: Frame
    occupation: str
    countries: Sequence[str] = WORK_COUNTRIES
    months: Sequence[Choice] = MONTHS


@dataclass(frozen=True)
class QualificationView:
    """The form of a certificate."""

    frame: Frame
    asks_level: bool
    kinds: Sequence[Choice] = tuple(Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items())
    levels: Sequence[Choice] = tuple(Choice(str(row.level), row.award) for row in NVQF_LEVELS)
    fields: Sequence[Choice] = tuple(Choice(code, name) for code, name in FIELD_NAMES.items())
    units: Sequence[Choice] = (Choice("months", N_("months")), Choice("years", N_("years")))


@dataclass(frozen=True)
class LanguageView:
    """The form of a language; ``is_first`` explains what to add."""

    frame: Frame
    is_first: bool
    languages: Sequence[Choice]
    levels: Sequence[Choice] = (
        *(Choice(level.value, words, Sentence(LEVEL, {"level": level.value})) for level, words in CEFR_WORDS.items()),
        Choice("unknown", N_("I do not know my level"), N_("Your profile says so. A course or a test can tell you.")),
    )


def job_view(session: Session, own: OwnProfile, frame: Frame, language: str, _values: Mapping[str, Any]) -> JobView:
    """The form of a job, with the occupation that it may have been."""
    chosen = own.profile.occupation_id
    return JobView(frame, labels(session, [chosen], language).get(chosen, "") if chosen else "")


def qualification_view(
    _session: Session, _own: OwnProfile, frame: Frame, _language: str, values: Mapping[str, Any]
) -> QualificationView:
    """The form of a certificate; only the vocational one asks for its level."""
    return QualificationView(frame, str(values.get("kind", "")) == QualificationKind.NVQF_CERTIFICATE)


def language_view(
    _session: Session, own: OwnProfile, frame: Frame, language: str, _values: Mapping[str, Any]
) -> LanguageView:
    """The form of a language."""
    choices = [Choice(code, language_name(code, language)) for code in LANGUAGE_CODES]
    return LanguageView(frame, not own.profile.languages, choices)


@dataclass(frozen=True)
class ListForm:
    """One list of a profile: its form, its words, and how an entry is saved."""

    step: StepName
    model: type[BaseModel]
    template: str
    view: Callable[..., Any]
    values: Callable[[OwnProfile, Any], dict[str, Any]]
    save: Callable[..., object]
    suggested: Callable[[str], dict[str, Any]]
    """What a new form shows, given what the address asks for."""
    add_text: str
    add_title: str
    change_title: str
    remove_title: str


FORMS: Mapping[StepName, ListForm] = {
    StepName.EXPERIENCE: ListForm(
        step=StepName.EXPERIENCE,
        model=JobAnswer,
        template="profiles/job.html",
        view=job_view,
        values=lambda own, job: job_values(job, own.profile.occupation_id),
        save=entries.save_job,
        suggested=lambda _kind: {"country": "PK"},
        add_text=N_("Add another job"),
        add_title=N_("Add a job"),
        change_title=N_("Change this job"),
        remove_title=N_("Remove this job?"),
    ),
    StepName.QUALIFICATIONS: ListForm(
        step=StepName.QUALIFICATIONS,
        model=QualificationAnswer,
        template="profiles/qualification.html",
        view=qualification_view,
        values=lambda _own, held: qualification_values(held),
        save=entries.save_qualification,
        suggested=lambda kind: (
            {"kind": kind, "unit": "months"}
            | ({"length": DAE_YEARS, "unit": "years"} if kind == QualificationKind.DAE else {})
        ),
        add_text=N_("Add another certificate or degree"),
        add_title=N_("Add a certificate or degree"),
        change_title=N_("Change this certificate or degree"),
        remove_title=N_("Remove this certificate or degree?"),
    ),
    StepName.LANGUAGES: ListForm(
        step=StepName.LANGUAGES,
        model=LanguageAnswer,
        template="profiles/language.html",
        view=language_view,
        values=lambda _own, held: language_values(held),
        save=entries.save_language,
        suggested=lambda _kind: {},
        add_text=N_("Add another language"),
        add_title=N_("Add a language"),
        change_title=N_("Change this language"),
        remove_title=N_("Remove this language?"),
    ),
}
