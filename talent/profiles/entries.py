"""The lists of a profile: jobs held, qualifications, languages; entries are added, changed and removed one by one."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Gone
from talent.foundation.words import N_, Sentence
from talent.profiles.answers import NotPossible, mark_answered, refuse, refuse_personal, refuse_stale
from talent.profiles.models import ProfileLanguage, Qualification, WorkPeriod
from talent.profiles.rules import period_problems, personal_details
from talent.profiles.schemas import JobAnswer, LanguageAnswer, QualificationAnswer
from talent.profiles.service import note_saved
from talent.profiles.steps import OwnProfile, StepName, job_values, language_values, qualification_values
from talent.taxonomy.levels import Evidence, QualificationKind
from talent.taxonomy.service import occupation_named

Entry = WorkPeriod | Qualification | ProfileLanguage
EntryT = TypeVar("EntryT", WorkPeriod, Qualification, ProfileLanguage)
MONTHS_A_YEAR = 12
MOST_ENTRIES = 30
MOST_MONTHS = 120
LISTS: Mapping[StepName, str] = {
    StepName.EXPERIENCE: "work",
    StepName.QUALIFICATIONS: "qualifications",
    StepName.LANGUAGES: "languages",
}
"""Which list of the profile each step keeps."""

REMOVED = N_("This was removed in another window.")
FULL = N_("You can add at most {most}. Remove one that matters less first.")
NO_END = N_("Enter the month and the year of the end, or tick that you still work there")
TWO_ENDS = N_("You ticked that you still work there: leave the end empty, or take the tick away")
AWARD_TO_COME = N_("This year is still to come. Add the certificate when you have it")
LANGUAGE_TWICE = N_("You have added this language already. Change it in your list")
TOO_LONG = N_("Enter at most {most} months")


def entries_of(own: OwnProfile, step: StepName) -> list[Entry]:
    """The entries of this step's list."""
    held: list[Entry] = getattr(own.profile, LISTS[step])
    return held


def entry_of(own: OwnProfile, step: StepName, entry_id: UUID) -> Entry:
    """The entry with this id in the candidate's own list.

    Raises:
        Gone: there is none, or no longer.
    """
    for entry in entries_of(own, step):
        if entry.id == entry_id:
            return entry
    raise Gone(REMOVED)


def save_job(
    session: Session, actor: Actor, own: OwnProfile, answer: JobAnswer, *, entry_id: UUID | None = None, seen: str = ""
) -> WorkPeriod:
    """Add a job, or change the one with this id."""
    job = _entry_to_save(actor, own, StepName.EXPERIENCE, WorkPeriod, entry_id)
    if entry_id is not None:
        refuse_stale(seen, job_values(job, own.profile.occupation_id), answer)
    started_on, ended_on = checked_job(own, answer)
    job.title, job.employer, job.country, job.tasks = answer.title, answer.employer, answer.country, answer.tasks
    job.started_on, job.ended_on = started_on, ended_on
    job.occupation_id = own.profile.occupation_id if answer.same_work else occupation_named(session, answer.title)
    return _saved(session, own, StepName.EXPERIENCE, job)


def checked_job(own: OwnProfile, answer: JobAnswer) -> tuple[date, date | None]:
    """The dates of a job whose words give nothing away.

    Raises:
        NotPossible: with everything that is to be mended, so that nobody mends it in two rounds.
    """
    problems = {
        field: personal_details(getattr(answer, field), full_name=own.full_name) for field in ("title", "tasks")
    }
    said = {field: problem for field, problem in problems.items() if problem is not None}
    try:
        dates = job_dates(answer)
    except NotPossible as impossible:
        raise NotPossible({**impossible.problems, **said}) from None
    if said:
        raise NotPossible(said)
    return dates


def job_dates(answer: JobAnswer) -> tuple[date, date | None]:
    """The first day of the first month and the last day of the last one; no end while the job goes on.

    Raises:
        NotPossible: the end is missing, given twice, before the start, or still to come.
    """
    started_on = date(answer.started_year, answer.started_month, 1)
    if answer.goes_on and (answer.ended_month or answer.ended_year):
        raise refuse("ended_month", TWO_ENDS)
    if not answer.goes_on and not (answer.ended_month and answer.ended_year):
        raise refuse("ended_month", NO_END)
    ended_on = None
    if answer.ended_month and answer.ended_year:
        last = monthrange(answer.ended_year, answer.ended_month)[1]
        ended_on = date(answer.ended_year, answer.ended_month, last)
    problems = period_problems(started_on, ended_on, today())
    if problems:
        raise NotPossible({f"{end}_month": sentence for end, sentence in problems.items()})
    return started_on, ended_on


def save_qualification(
    session: Session,
    actor: Actor,
    own: OwnProfile,
    answer: QualificationAnswer,
    *,
    entry_id: UUID | None = None,
    seen: str = "",
) -> Qualification:
    """Add a qualification, or change the one with this id."""
    held = _entry_to_save(actor, own, StepName.QUALIFICATIONS, Qualification, entry_id)
    if entry_id is not None:
        refuse_stale(seen, qualification_values(held), answer)
    refuse_personal(own, "title", answer.title)
    months, awarded_on, before = full_time_months(answer), award_date(answer), qualification_values(held)
    held.kind, held.title, held.field, held.issuing_body = answer.kind, answer.title, answer.field, answer.issuing_body
    held.full_time_months, held.awarded_on = months, awarded_on
    held.nvqf_level = answer.nvqf_level if answer.kind is QualificationKind.NVQF_CERTIFICATE else None
    if qualification_values(held) != before:
        held.evidence = Evidence.SELF_DECLARED  # What an institute attested was something else.
    return _saved(session, own, StepName.QUALIFICATIONS, held)


def full_time_months(answer: QualificationAnswer) -> int | None:
    """The length in full-time months, or None when it is not known."""
    if answer.length is None:
        return None
    months = answer.length * (MONTHS_A_YEAR if answer.unit == "years" else 1)
    if months > MOST_MONTHS:
        raise refuse("length", TOO_LONG, most=MOST_MONTHS)
    return months


def award_date(answer: QualificationAnswer) -> date | None:
    """The first day of the year on the certificate, or None when it is not known.

    Raises:
        NotPossible: the year is still to come.
    """
    if answer.awarded_year is None:
        return None
    if answer.awarded_year > today().year:
        raise refuse("awarded_year", AWARD_TO_COME)
    return date(answer.awarded_year, 1, 1)


def save_language(
    session: Session,
    actor: Actor,
    own: OwnProfile,
    answer: LanguageAnswer,
    *,
    entry_id: UUID | None = None,
    seen: str = "",
) -> ProfileLanguage:
    """Add a language, or change the one with this id; a level that is not known stays empty."""
    held = _entry_to_save(actor, own, StepName.LANGUAGES, ProfileLanguage, entry_id)
    if entry_id is not None:
        refuse_stale(seen, language_values(held), answer)
    if any(other.language == answer.language and other is not held for other in own.profile.languages):
        raise refuse("language", LANGUAGE_TWICE)
    level = None if answer.level == "unknown" else answer.level
    if (held.language, held.level) != (answer.language, level):
        held.evidence = Evidence.SELF_DECLARED  # What was tested was something else.
    held.language, held.level = answer.language, level
    return _saved(session, own, StepName.LANGUAGES, held)


def remove_entry(session: Session, actor: Actor, own: OwnProfile, step: StepName, entry_id: UUID) -> None:
    """Remove one entry; when it was the last one, the step is to be answered again."""
    actor.require(Permission.PROFILE_KEEP)
    entries: list[Any] = list(entries_of(own, step))
    entries.remove(entry_of(own, step, entry_id))
    setattr(own.profile, LISTS[step], entries)
    if not entries:
        own.profile.answered = [name for name in own.profile.answered if name != step.value]
    note_saved(session, own)


def _entry_to_save(actor: Actor, own: OwnProfile, step: StepName, kind: type[EntryT], entry_id: UUID | None) -> EntryT:
    """The entry to change, or a new one that is not in the list yet."""
    actor.require(Permission.PROFILE_KEEP)
    if entry_id is not None:
        held = entry_of(own, step, entry_id)
        assert isinstance(held, kind)  # each list holds one kind
        return held
    if len(entries_of(own, step)) >= MOST_ENTRIES:
        raise NotPossible({"form": Sentence(FULL, {"most": MOST_ENTRIES})})
    return kind(profile_id=own.profile.id)


def _saved(session: Session, own: OwnProfile, step: StepName, entry: EntryT) -> EntryT:
    held: list[Any] = getattr(own.profile, LISTS[step])
    if entry not in held:
        held.append(entry)
    mark_answered(own, step)
    note_saved(session, own)
    return entry
