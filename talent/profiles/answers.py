"""Saving what the candidate answers, one step at a time; each function changes a locked profile and nothing else.

``seen`` is the mark of what the form showed (``steps.mark``): when another tab saved something else since, nothing is
overwritten and ``Changed`` carries what is saved now. A form that says the same as what is saved is no conflict.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.profiles.identity import Contact, save_contact
from talent.profiles.models import ProfileSkill, SkillSource
from talent.profiles.rules import personal_details, start_problem
from talent.profiles.schemas import (
    MOST_SKILLS,
    AboutAnswer,
    CountriesAnswer,
    LicencesAnswer,
    NameAnswer,
    OccupationAnswer,
    SkillsAnswer,
    StartAnswer,
    WishesAnswer,
)
from talent.profiles.service import note_saved
from talent.profiles.states import FEWEST_SKILLS
from talent.profiles.steps import PRESENT, OwnProfile, StepName, answered, mark
from talent.taxonomy.service import occupation_exists, skill_labels

NO_CONTACT = N_("Enter an e-mail address or a phone number, so that an agency can reach you")
NO_OCCUPATION = N_("Choose your occupation")
NO_DAY = N_("Enter the day, or choose that you could start now")
NO_COUNTRY = N_("Tick at least one country, or any country")
NOT_CHOSEN = N_("Tick only countries where you said that you would work, or add the country there first")
NO_LICENCE = N_("Tick what you have, or tick that you have none of these")
FEW_SKILLS = N_("Tick at least {fewest} skills. You can search for more below the list")
MANY_SKILLS = N_("Choose at most {most} skills: those that you know best")


class Changed(Conflict):
    """Another tab saved this step since the form was shown; ``saved`` is what stands there now."""

    default = N_("This step was saved in another window while you were writing.")

    def __init__(self, saved: Mapping[str, Any]) -> None:
        self.saved = saved
        super().__init__()


class NotPossible(Unprocessable):
    """An answer that only the whole profile shows to be impossible: one sentence for each field."""

    def __init__(self, problems: Mapping[str, Sentence]) -> None:
        self.problems = problems
        super().__init__(next(iter(problems.values())))


def refuse(field: str, msgid: str, **values: object) -> NotPossible:
    """The refusal of one field."""
    return NotPossible({field: Sentence(msgid, values)})


def refuse_stale(seen: str, present: Mapping[str, Any], answer: BaseModel) -> None:
    """Nothing, unless something else was saved since the form was shown.

    Raises:
        Changed: it was.
    """
    wanted = {name: getattr(answer, name, None) for name in present}
    if seen and seen != mark(present) and mark(wanted) != mark(present):
        raise Changed(present)


def begin_saving(actor: Actor, own: OwnProfile, step: StepName, answer: BaseModel, seen: str) -> None:
    """Check the permission and the mark before a one-page step is saved."""
    actor.require(Permission.PROFILE_KEEP)
    refuse_stale(seen, PRESENT[step](own), answer)


def mark_answered(own: OwnProfile, step: StepName | str) -> None:
    """Remember that the step was answered, also with nothing."""
    name = str(step)
    if name not in own.profile.answered:
        own.profile.answered = [*own.profile.answered, name]


def refuse_personal(own: OwnProfile, field: str, text: str) -> None:
    """Nothing, unless the text gives away who the candidate is.

    Raises:
        NotPossible: it does; the sentence says what to leave out.
    """
    problem = personal_details(text, full_name=own.full_name)
    if problem is not None:
        raise NotPossible({field: problem})


def save_name(session: Session, actor: Actor, own: OwnProfile, answer: NameAnswer, *, seen: str = "") -> OwnProfile:
    """The profile with this identity; never matched, never shown before the candidate's yes."""
    begin_saving(actor, own, StepName.NAME, answer, seen)
    if not (answer.email or answer.phone):
        raise refuse("email", NO_CONTACT)
    contact = Contact(answer.full_name, answer.email, answer.phone)
    save_contact(session, own.profile, contact)
    named = OwnProfile(own.profile, contact, own.open_cv_facts)
    note_saved(session, named)
    return named


def save_occupation(
    session: Session, actor: Actor, own: OwnProfile, answer: OccupationAnswer, *, seen: str = ""
) -> None:
    """Save the occupation with the words it was looked for with."""
    begin_saving(actor, own, StepName.OCCUPATION, answer, seen)
    if not occupation_exists(session, answer.occupation):
        raise refuse("occupation", NO_OCCUPATION)
    refuse_personal(own, "words", answer.words)
    own.profile.occupation_id, own.profile.occupation_words = answer.occupation, answer.words
    note_saved(session, own)


def save_skills(
    session: Session,
    actor: Actor,
    own: OwnProfile,
    answer: SkillsAnswer,
    *,
    seen: str = "",
    at_least: int = FEWEST_SKILLS,
) -> None:
    """Hold exactly the skills ticked; words and evidence of those held before stay."""
    begin_saving(actor, own, StepName.SKILLS, answer, seen)
    if len(set(answer.skills)) < at_least:
        raise refuse("skills", FEW_SKILLS, fewest=at_least)
    ticked = set(answer.skills)
    for skill in [held for held in own.profile.skills if held.skill_id not in ticked]:
        own.profile.skills.remove(skill)
    hold_skills(session, own, answer.skills)
    note_saved(session, own)


def add_skills(session: Session, actor: Actor, own: OwnProfile, skills: Sequence[UUID], *, words: str = "") -> None:
    """Hold these skills, too, under the words they were looked for with or else under their names."""
    actor.require(Permission.PROFILE_KEEP)
    refuse_personal(own, "words", words)
    hold_skills(session, own, skills, words=words if len(skills) == 1 else "")
    note_saved(session, own)


def hold_skills(
    session: Session,
    own: OwnProfile,
    skills: Sequence[UUID],
    *,
    words: str = "",
    source: SkillSource = SkillSource.CHOSEN,
) -> None:
    """Add the skills that are not held yet.

    Raises:
        NotPossible: one does not exist, or there would be too many.
    """
    held = {skill.skill_id for skill in own.profile.skills}
    new = [skill for skill in dict.fromkeys(skills) if skill not in held]
    names = skill_labels(session, new, "en")
    if len(names) < len(new):
        raise refuse("skills", N_("Choose from the list"))
    if len(held) + len(new) > MOST_SKILLS:
        raise refuse("skills", MANY_SKILLS, most=MOST_SKILLS)
    own.profile.skills.extend(
        ProfileSkill(profile_id=own.profile.id, skill_id=skill, words=(words or names[skill])[:300], source=source)
        for skill in new
    )


def save_about(session: Session, actor: Actor, own: OwnProfile, answer: AboutAnswer, *, seen: str = "") -> None:
    """Save the candidate's own words; an empty text is an answer."""
    begin_saving(actor, own, StepName.ABOUT, answer, seen)
    refuse_personal(own, "about", answer.about)
    own.profile.about = answer.about
    mark_answered(own, StepName.ABOUT)
    note_saved(session, own)


def save_licences(session: Session, actor: Actor, own: OwnProfile, answer: LicencesAnswer, *, seen: str = "") -> None:
    """Save the licences ticked, or that there are none."""
    begin_saving(actor, own, StepName.LICENCES, answer, seen)
    if bool(answer.licences) == answer.none:
        raise refuse("licences", NO_LICENCE)
    own.profile.licences = sorted(set(answer.licences))
    own.profile.answered_licences = True
    mark_answered(own, StepName.LICENCES)
    note_saved(session, own)


def save_countries(session: Session, actor: Actor, own: OwnProfile, answer: CountriesAnswer, *, seen: str = "") -> None:
    """Save where the candidate would work, any country if none; one left out is not liked best any more either."""
    begin_saving(actor, own, StepName.COUNTRIES, answer, seen)
    if bool(answer.countries) == answer.anywhere:
        raise refuse("countries", NO_COUNTRY)
    own.profile.countries = sorted(set(answer.countries))
    own.profile.first_countries = [code for code in own.profile.first_countries if works_in(own, code)]
    mark_answered(own, StepName.COUNTRIES)
    note_saved(session, own)


def works_in(own: OwnProfile, country: str) -> bool:
    """Whether the candidate would work in this country; without countries of their own, in any."""
    return not own.profile.countries or country in own.profile.countries


def save_wishes(session: Session, actor: Actor, own: OwnProfile, answer: WishesAnswer, *, seen: str = "") -> None:
    """Save the countries liked best and the least pay; no special wish is an answer."""
    begin_saving(actor, own, StepName.WISHES, answer, seen)
    if not all(works_in(own, code) for code in answer.first_countries):
        raise refuse("first_countries", NOT_CHOSEN)
    own.profile.first_countries = sorted(set(answer.first_countries))
    own.profile.least_pay_euros = answer.least_pay_euros
    mark_answered(own, StepName.WISHES)
    note_saved(session, own)


def save_start(session: Session, actor: Actor, own: OwnProfile, answer: StartAnswer, *, seen: str = "") -> None:
    """Save the day from which the candidate could start."""
    begin_saving(actor, own, StepName.START, answer, seen)
    if answer.when == "later" and answer.available_from is None:
        raise refuse("available_from", NO_DAY)
    if answer.when == "later" and answer.available_from is not None:
        problem = start_problem(answer.available_from, today())
        if problem is not None:
            raise NotPossible({"available_from": problem})
    own.profile.available_from = answer.available_from if answer.when == "later" else today()
    note_saved(session, own)


def save_nothing(session: Session, actor: Actor, own: OwnProfile, step: StepName) -> None:
    """Save that there is nothing to tell in this step."""
    actor.require(Permission.PROFILE_KEEP)
    if not answered(own, step):
        mark_answered(own, step)
        note_saved(session, own)
