"""Writing, checking, publishing and closing vacancies."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.jobs import defer
from talent.foundation.references import new_reference
from talent.foundation.words import N_, Sentence
from talent.taxonomy.service import isco_groups
from talent.vacancies.conflicts import EditedMeanwhile, differences, draft_of
from talent.vacancies.models import Vacancy, VacancyChange, VacancyLanguage, VacancySkill
from talent.vacancies.policy import visible_vacancies
from talent.vacancies.rules import Problem, findings
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.states import VACANCY, FrozenFor, VacancyAction, VacancyFacts, VacancyState
from talent.vacancies.terms import Terms

MATCH_VACANCY = "match_vacancy"  # the job of talent.matching, known here by its name alone
CLOSED = N_("This vacancy is closed. Write a new one.")
CHILDREN = frozenset({"skills", "languages"})
SAME_IN_TERMS = tuple(field.name for field in fields(Terms) if field.name not in {"isco_group", "must_skills"})


class ReferenceTaken(Conflict):
    """The agency has another vacancy of this reference."""

    default = N_("Another vacancy of your agency has the reference {reference}. Choose another one.")

    def __init__(self, reference: str) -> None:
        super().__init__(Sentence(self.default, {"reference": reference}))


class StillWrong(Unprocessable):
    """A published vacancy cannot be changed like this; the problems say why, field by field."""

    default = N_("This vacancy is published. Mend what is listed, or nothing is changed.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


def get_vacancy(session: Session, actor: Actor, vacancy_id: UUID, *, to_change: bool = False) -> Vacancy:
    """The vacancy with its skills and languages; ``to_change`` waits for whoever is changing it at this moment.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    query = visible_vacancies(actor).where(Vacancy.id == vacancy_id).options(*WITH_ALL)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    vacancy = session.scalar(query)
    if vacancy is None:
        raise NotFound(N_("There is no such vacancy."))
    return vacancy


def vacancy_to_change(session: Session, actor: Actor, vacancy_id: UUID) -> Vacancy:
    """The vacancy, locked for a change by its own agency.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
        NotPermitted: the actor may read it and not change it.
        Conflict: it is closed.
    """
    vacancy = get_vacancy(session, actor, vacancy_id, to_change=True)
    actor.require(Permission.VACANCY_WRITE)
    if vacancy.state in VACANCY.final:
        raise Conflict(CLOSED)
    return vacancy


WITH_ALL = (selectinload(Vacancy.skills), selectinload(Vacancy.languages))


def load_vacancies(session: Session, ids: Iterable[UUID]) -> list[Vacancy]:
    """These vacancies with their skills and languages, in the order of their ids; unknown ids are left out."""
    found = session.scalars(select(Vacancy).where(Vacancy.id.in_(list(ids))).options(*WITH_ALL).order_by(Vacancy.id))
    return list(found)


def own_agency(actor: Actor) -> UUID:
    """The agency for which the actor writes vacancies.

    Raises:
        NotPermitted: the actor is no agency officer, or belongs to no agency.
    """
    actor.require(Permission.VACANCY_WRITE)
    if actor.organisation_id is None:
        raise NotPermitted(N_("Your account belongs to no agency. Ask the project office."))
    return actor.organisation_id


def create(session: Session, actor: Actor, draft: VacancyDraft) -> Vacancy:
    """A new draft of the actor's agency; without a reference it is given one.

    Raises:
        NotPermitted: the actor is no agency officer.
        ReferenceTaken: the agency has another vacancy of this reference.
    """
    vacancy = new_vacancy(actor, draft)
    try:
        with session.begin_nested():
            session.add(vacancy)
    except IntegrityError:
        raise ReferenceTaken(draft.reference) from None
    return vacancy


def new_vacancy(actor: Actor, draft: VacancyDraft) -> Vacancy:
    """The draft as a row of the actor's agency, not yet written."""
    vacancy = Vacancy(organisation_id=own_agency(actor), created_at=now(), skills=[], languages=[])
    _apply(vacancy, draft.model_copy(update={"reference": draft.reference or new_reference("V")}), every_field=True)
    return vacancy


def edit(session: Session, actor: Actor, vacancy: Vacancy, draft: VacancyDraft, *, version: int) -> Vacancy:
    """Write the fields that ``draft`` sets; ``version`` is the one that the person was reading.

    A published vacancy stays published and is matched anew; a checked one that no longer holds becomes a draft again.

    Raises:
        NotPermitted: the actor is no agency officer.
        EditedMeanwhile: somebody saved in between; it carries what is saved and what was sent.
        StillWrong: the vacancy is published and would break a rule.
        ReferenceTaken: the agency has another vacancy of the new reference.
        Conflict: it is closed.
    """
    actor.require(Permission.VACANCY_WRITE)
    if vacancy.state in VACANCY.final:
        raise Conflict(CLOSED)
    if vacancy.version != version and (both := differences(vacancy, draft)):
        raise EditedMeanwhile(draft_of(vacancy), draft, both, vacancy.version)
    try:
        with session.begin_nested():
            _apply(vacancy, draft)
            session.flush()
            left = what_to_mend(session, vacancy)
            if left and vacancy.state is VacancyState.PUBLISHED:
                raise StillWrong(left)
    except IntegrityError:
        raise ReferenceTaken(draft.reference) from None
    if left and vacancy.state is VacancyState.CHECKED:
        move(session, actor, vacancy, VacancyAction.REVISE)
    if vacancy.state is VacancyState.PUBLISHED:
        _tell_matching(session, vacancy)
    return vacancy


def _apply(vacancy: Vacancy, draft: VacancyDraft, *, every_field: bool = False) -> None:
    """Write the fields; skills and languages that stay keep their rows."""
    names = set(VacancyDraft.model_fields) if every_field else draft.model_fields_set
    for name in sorted(names - CHILDREN):
        value = getattr(draft, name)
        setattr(vacancy, name, list(value) if isinstance(value, tuple) else value)
    if "skills" in names:
        _apply_skills(vacancy, draft)
    if "languages" in names:
        held = {row.language: row for row in vacancy.languages}
        vacancy.languages = [
            held.get(row.language) or VacancyLanguage(language=row.language) for row in draft.languages
        ]
        for row, wanted in zip(vacancy.languages, draft.languages, strict=True):
            row.level = wanted.level
    vacancy.changed_at = now()  # also moves the version on when only a skill or a language changed


def _apply_skills(vacancy: Vacancy, draft: VacancyDraft) -> None:
    wanted = {skill.skill_id: skill for skill in reversed(draft.skills)}
    held = {row.skill_id: row for row in vacancy.skills}
    vacancy.skills = [held.get(skill_id) or VacancySkill(skill_id=skill_id) for skill_id in wanted]
    for row in vacancy.skills:
        row.words, row.is_must = wanted[row.skill_id].words, wanted[row.skill_id].is_must


def terms_of(vacancy: Vacancy | VacancyDraft, isco_group: str) -> Terms:
    """The vacancy as the rules see it."""
    same: dict[str, Any] = {name: getattr(vacancy, name) for name in SAME_IN_TERMS}
    return Terms(isco_group=isco_group, must_skills=sum(skill.is_must for skill in vacancy.skills), **same)


def what_to_mend(session: Session, vacancy: Vacancy) -> list[Problem]:
    """Each thing to mend before this vacancy may be published today."""
    known = [vacancy.occupation_id] if vacancy.occupation_id else []
    group = next(iter(isco_groups(session, known).values()), "")
    return list(findings(terms_of(vacancy, group), on=today()))


def move(
    session: Session,
    actor: Actor,
    vacancy: Vacancy,
    action: VacancyAction,
    *,
    note: str = "",
    frozen_for: FrozenFor = FrozenFor.ORGANISATION,
) -> CaseEvent:
    """Take one step of the workflow; a move into or out of publication tells matching. A freeze says what for.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    facts = VacancyFacts(problems=tuple(problem.sentence for problem in what_to_mend(session, vacancy)))
    was = vacancy.state
    leaves = {"frozen_for": frozen_for if action is VacancyAction.FREEZE else None}
    event = take_step(session, actor, vacancy, VACANCY, action, facts, note, leaves=leaves)
    if VacancyState.PUBLISHED in (was, vacancy.state):
        vacancy.published_at = now() if vacancy.state is VacancyState.PUBLISHED else vacancy.published_at
        _tell_matching(session, vacancy)
    return event


def check(session: Session, actor: Actor, vacancy: Vacancy) -> CaseEvent:
    """Say that the vacancy is ready; every rule must hold."""
    return move(session, actor, vacancy, VacancyAction.CHECK)


def revise(session: Session, actor: Actor, vacancy: Vacancy) -> CaseEvent:
    """Take a checked vacancy back to a draft."""
    return move(session, actor, vacancy, VacancyAction.REVISE)


def publish(session: Session, actor: Actor, vacancy: Vacancy) -> CaseEvent:
    """Open a checked vacancy to matching; every rule must hold on this day."""
    return move(session, actor, vacancy, VacancyAction.PUBLISH)


def close(session: Session, actor: Actor, vacancy: Vacancy, *, note: str = "") -> CaseEvent:
    """Close the vacancy for good."""
    return move(session, actor, vacancy, VacancyAction.CLOSE, note=note)


def close_expired(session: Session) -> int:
    """Close every published vacancy whose closing date has passed; how many there were. A nightly job calls this."""
    expired = session.scalars(
        select(Vacancy)
        .where(Vacancy.state == VacancyState.PUBLISHED, Vacancy.closes_on < today())
        .options(*WITH_ALL)
        .order_by(Vacancy.id)
        .with_for_update(skip_locked=True)
    ).all()
    for vacancy in expired:
        move(session, SYSTEM, vacancy, VacancyAction.EXPIRE)
    return len(expired)


def _tell_matching(session: Session, vacancy: Vacancy) -> None:
    """Add to the sequence of changes, and queue the vacancy's ranking in the same transaction."""
    session.add(VacancyChange(vacancy_id=vacancy.id, at=now()))
    session.flush()
    defer(session, MATCH_VACANCY, once=f"vacancy:{vacancy.id}", vacancy_id=str(vacancy.id))
