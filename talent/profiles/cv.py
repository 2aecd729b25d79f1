"""A candidate's CV: read, kept for its owner alone, and searched for facts that the profile does not hold yet."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.documents import Purpose, StoredFile, forget, store
from talent.foundation.reading import read_text
from talent.foundation.words import Sentence
from talent.profiles.answers import mark_answered
from talent.profiles.cv_facts import FactKind, FoundFact, facts_in
from talent.profiles.cv_terms import TermIndex
from talent.profiles.models import CVFact
from talent.profiles.service import note_saved, profile_to_change
from talent.profiles.steps import OwnProfile, StepName
from talent.taxonomy.models import Label, Occupation, Skill
from talent.taxonomy.service import active_release

CV_READ = "cv_read"
"""The mark in ``Profile.answered`` that a CV was read."""
CV_LANGUAGES = ("en", "ur", "ur-Latn")
"""Labels of these languages are looked for: more languages bring words that mean something else in English."""
MOST_FACTS = 60


@dataclass(frozen=True)
class Labels:
    """The labels of the active release that a CV is searched for."""

    occupations: Sequence[tuple[UUID, str]]
    skills: Sequence[tuple[UUID, str]]


_kept: dict[str, TermIndex] = {}
_reading = threading.Lock()


def term_index(session: Session) -> TermIndex:
    """The terms of the active release, read once for each release in the life of a process."""
    release = active_release(session)
    with _reading:
        if release.content_hash not in _kept:
            _kept.clear()
            wanted = (Label.language.in_(CV_LANGUAGES),)
            of_occupations = select(Occupation.id, Label.text).join(Label).order_by(Label.is_preferred.desc(), Label.id)
            of_skills = select(Skill.id, Label.text).join(Label).order_by(Label.is_preferred.desc(), Label.id)
            _kept[release.content_hash] = TermIndex.of(
                Labels(
                    session.execute(of_occupations.where(Occupation.release_id == release.id, *wanted)).all(),
                    session.execute(of_skills.where(Skill.release_id == release.id, *wanted)).all(),
                )
            )
        return _kept[release.content_hash]


def read_cv(session: Session, actor: Actor, *, var_dir: Path, name: str, content: bytes) -> tuple[Sentence, ...]:
    """Keep this file instead of an earlier one and queue its facts; comes back with what to know about the file.

    The file is read before the profile is locked, because reading takes up to ten seconds.

    Raises:
        Unreadable: the file cannot be used; its sentence says what to do.
    """
    actor.require(Permission.PROFILE_KEEP)
    read = read_text(content)
    found = facts_in(read.text, term_index(session))
    own = profile_to_change(session, actor)
    forget_cv(session, own, var_dir)
    kept = store(session, var_dir, content, owner_id=actor.id, purpose=Purpose.CV, original_name=name)
    session.add_all(
        CVFact(
            profile_id=own.profile.id,
            document_id=kept.id,
            number=number,
            kind=fact.kind.value,
            value=fact.value,
            words=fact.words,
        )
        for number, fact in enumerate(new_facts(own, found), start=1)
    )
    mark_answered(own, CV_READ)
    note_saved(session, own)
    return read.warnings


def new_facts(own: OwnProfile, found: Sequence[FoundFact]) -> list[FoundFact]:
    """The facts that the profile does not hold yet, in the order of the CV, as many as anybody would answer."""
    return [fact for fact in found if not IS_HELD[fact.kind](own, fact.value)][:MOST_FACTS]


def language_is_held(own: OwnProfile, value: Mapping[str, Any]) -> bool:
    """Whether the profile tells as much about the language as the CV does."""
    held = {spoken.language: spoken.level for spoken in own.profile.languages}
    return value["language"] in held and value["level"] in (None, held[value["language"]])


IS_HELD: Mapping[FactKind, Callable[[OwnProfile, Mapping[str, Any]], bool]] = {
    FactKind.OCCUPATION: lambda own, _value: own.profile.occupation_id is not None,
    FactKind.SKILL: lambda own, value: value["skill_id"] in {str(held.skill_id) for held in own.profile.skills},
    FactKind.QUALIFICATION: lambda own, value: any(
        (held.kind, held.title.casefold()) == (value["kind"], value["title"].casefold())
        for held in own.profile.qualifications
    ),
    FactKind.LANGUAGE: language_is_held,
    FactKind.WORK_PERIOD: lambda own, value: any(
        (job.title.casefold(), job.started_on.year) == (value["title"].casefold(), value["started_year"])
        for job in own.profile.work
    ),
    FactKind.LICENCE: lambda own, value: value["code"] in own.profile.licences,
}


def cv_file(session: Session, actor: Actor) -> StoredFile | None:
    """The CV that the candidate brought last."""
    mine = select(StoredFile).where(StoredFile.owner_id == actor.id, StoredFile.purpose == Purpose.CV.value)
    return session.scalar(mine.order_by(StoredFile.created_at.desc()).limit(1))


def forget_cv(session: Session, own: OwnProfile, var_dir: Path) -> None:
    """Remove the file and the facts asked from it; what was confirmed stays in the profile."""
    mine = select(StoredFile).where(
        StoredFile.owner_id == own.profile.account_id, StoredFile.purpose == Purpose.CV.value
    )
    for kept in session.scalars(mine).all():
        forget(session, var_dir, kept)
    session.flush()
    own.profile.answered = [name for name in own.profile.answered if name not in (CV_READ, StepName.CV.value)]


def remove_cv(session: Session, actor: Actor, own: OwnProfile, var_dir: Path) -> None:
    """Remove the file for good."""
    actor.require(Permission.PROFILE_KEEP)
    forget_cv(session, own, var_dir)
    note_saved(session, own)
