"""The facts of a CV, asked one by one: a confirmed one lands in its place in the profile, nothing is used unseen."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.words import N_, Sentence
from talent.profiles import entries
from talent.profiles.answers import NotPossible, hold_skills, save_occupation
from talent.profiles.cv_facts import FactKind
from talent.profiles.models import CVFact, CVFactState, SkillSource
from talent.profiles.schemas import JobAnswer, LanguageAnswer, OccupationAnswer, QualificationAnswer
from talent.profiles.service import note_saved
from talent.profiles.steps import OwnProfile
from talent.taxonomy.licences import LICENCE_NAMES

INCOMPLETE = N_("Something is missing here. Change it first, or leave it out.")


def cv_facts(session: Session, own: OwnProfile) -> list[CVFact]:
    """All facts of the CV, answered or not, in the order in which they stand in it."""
    return list(session.scalars(select(CVFact).where(CVFact.profile_id == own.profile.id).order_by(CVFact.number)))


def own_fact(session: Session, own: OwnProfile, fact_id: UUID) -> CVFact:
    """One fact of the candidate's own CV.

    Raises:
        NotFound: there is none.
    """
    fact = session.get(CVFact, fact_id)
    if fact is None or fact.profile_id != own.profile.id:
        raise NotFound
    return fact


def confirm_fact(session: Session, actor: Actor, own: OwnProfile, fact: CVFact) -> None:
    """Put the fact where it belongs in the profile; a fact that is answered already stays as it is.

    Raises:
        NotPossible: something in it is missing or impossible; it can be changed or left out.
    """
    actor.require(Permission.PROFILE_KEEP)
    if fact.state is not CVFactState.FOUND:
        return
    LAND[FactKind(fact.kind)](session, actor, own, fact)
    settle_fact(session, own, fact)


def settle_fact(session: Session, own: OwnProfile, fact: CVFact) -> None:
    """Note that the candidate said yes to the fact, as it was found or changed."""
    fact.state = CVFactState.CONFIRMED
    if fact.kind == FactKind.OCCUPATION:  # A profile has one occupation: the others are no longer asked.
        remove_facts(session, own, kind=FactKind.OCCUPATION)
    session.flush()


def remove_fact(session: Session, actor: Actor, own: OwnProfile, fact: CVFact) -> None:
    """Leave the fact out of the profile."""
    actor.require(Permission.PROFILE_KEEP)
    if fact.state is CVFactState.FOUND:
        fact.state = CVFactState.REMOVED
        note_saved(session, own)


def leave_out_rest(session: Session, actor: Actor, own: OwnProfile) -> None:
    """Leave out every fact that is not answered yet."""
    actor.require(Permission.PROFILE_KEEP)
    remove_facts(session, own)
    note_saved(session, own)


def remove_facts(session: Session, own: OwnProfile, *, kind: FactKind | None = None) -> None:
    """Mark the facts that wait, of this kind or of all, as left out."""
    waiting = update(CVFact).where(CVFact.profile_id == own.profile.id, CVFact.state == CVFactState.FOUND)
    session.flush()
    session.execute((waiting.where(CVFact.kind == kind.value) if kind else waiting).values(state=CVFactState.REMOVED))


ANSWERS: Mapping[FactKind, type[BaseModel]] = {
    FactKind.WORK_PERIOD: JobAnswer,
    FactKind.QUALIFICATION: QualificationAnswer,
    FactKind.LANGUAGE: LanguageAnswer,
}


def fact_values(fact: CVFact) -> dict[str, Any]:
    """A job, qualification or language of a CV as its form asks it."""
    values = {name: value for name, value in fact.value.items() if value not in (None, "") and name != "stated"}
    return values | {"level": fact.value["level"] or "unknown"} if fact.kind == FactKind.LANGUAGE else values


def fact_answer(fact: CVFact) -> BaseModel | None:
    """The fact as an answer to its form, or None while something in it is missing."""
    try:
        return ANSWERS[FactKind(fact.kind)].model_validate(fact_values(fact))
    except ValidationError:
        return None


def is_complete(fact: CVFact) -> bool:
    """Whether the fact can be confirmed as it is."""
    if fact.kind in ANSWERS:
        return fact_answer(fact) is not None
    return fact.kind != FactKind.LICENCE or fact.value["code"] in LICENCE_NAMES


def _answer(fact: CVFact) -> Any:
    answer = fact_answer(fact)
    if answer is None:
        raise NotPossible({"form": Sentence(INCOMPLETE)})
    return answer


def _land_language(session: Session, actor: Actor, own: OwnProfile, fact: CVFact) -> None:
    held = next((one.id for one in own.profile.languages if one.language == fact.value["language"]), None)
    entries.save_language(session, actor, own, _answer(fact), entry_id=held)


def _land_occupation(session: Session, actor: Actor, own: OwnProfile, fact: CVFact) -> None:
    chosen = OccupationAnswer(occupation=UUID(fact.value["occupation_id"]), words=fact.words[:200])
    save_occupation(session, actor, own, chosen)


def _land_skill(session: Session, _actor: Actor, own: OwnProfile, fact: CVFact) -> None:
    hold_skills(session, own, [UUID(fact.value["skill_id"])], words=fact.words, source=SkillSource.CV)
    note_saved(session, own)


def _land_licence(session: Session, _actor: Actor, own: OwnProfile, fact: CVFact) -> None:
    if fact.value["code"] not in LICENCE_NAMES:
        raise NotPossible({"form": Sentence(INCOMPLETE)})
    hold_licence(session, own, fact.value["code"])


def hold_licence(session: Session, own: OwnProfile, code: str) -> None:
    """Add one licence; the other ones stay unasked until the candidate answers that step."""
    own.profile.licences = sorted({*own.profile.licences, code})
    note_saved(session, own)


LAND: Mapping[FactKind, Callable[[Session, Actor, OwnProfile, CVFact], object]] = {
    FactKind.OCCUPATION: _land_occupation,
    FactKind.SKILL: _land_skill,
    FactKind.QUALIFICATION: lambda session, actor, own, fact: entries.save_qualification(
        session, actor, own, _answer(fact)
    ),
    FactKind.LANGUAGE: _land_language,
    FactKind.WORK_PERIOD: lambda session, actor, own, fact: entries.save_job(session, actor, own, _answer(fact)),
    FactKind.LICENCE: _land_licence,
}
"""Where a confirmed fact goes."""
