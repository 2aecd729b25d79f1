"""Reading the journal: the candidate's own part of it, and the whole for those who watch over the service."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission, Role
from talent.foundation.audit import AuditEntry
from talent.foundation.paging import Page, page_of
from talent.foundation.row_context import SystemContext, within
from talent.profiles.models import Profile


@dataclass(frozen=True)
class Looks:
    """One page of the journal, and the names of the organisations on it."""

    page: Page[AuditEntry]
    organisations: dict[UUID, str]

    def organisation(self, entry: AuditEntry) -> str:
        """For whom somebody acted; empty when for nobody, or for one that is gone."""
        return self.organisations.get(entry.organisation_id, "") if entry.organisation_id else ""


def own_looks(session: Session, actor: Actor, *, number: int) -> Looks:
    """Who looked at the candidate's data or changed it, newest first; neither the candidate nor the service itself.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.PROFILE_KEEP)
    profile = select(Profile.id).where(Profile.account_id == actor.id).scalar_subquery()
    others = select(AuditEntry).where(
        or_(AuditEntry.subject_id == actor.id, AuditEntry.subject_id == profile),
        AuditEntry.actor_id != actor.id,
        AuditEntry.actor_role != Role.SYSTEM.value,
    )
    return _page(session, others, number)


def journal(session: Session, actor: Actor, *, about: str = "", action: str = "", number: int) -> Looks:
    """The journal for whoever watches over the service, newest first; ``about`` is an id or a profile's reference.

    Raises:
        NotPermitted: the actor may not read it.
    """
    actor.require(Permission.AUDIT_READ)
    entries = select(AuditEntry)
    if about:
        entries = entries.where(or_(*_about(session, about.strip())))
    if action:
        entries = entries.where(AuditEntry.action.startswith(action.strip(), autoescape=True))
    return _page(session, entries, number)


def _about(session: Session, words: str) -> list[Any]:
    with within(session, SystemContext.FIGURES):  # An auditor reads no profile: only which number is whose.
        ids_of = select(Profile.id, Profile.account_id).where(Profile.reference == words.upper())
        found = session.execute(ids_of).first()
    ids = list(found) if found else []
    with suppress(ValueError):
        ids.append(UUID(words))
    return [AuditEntry.subject_id.in_(ids), AuditEntry.actor_id.in_(ids), AuditEntry.thing_id == words]


def _page(session: Session, query: Select[AuditEntry], number: int) -> Looks:
    newest = query.order_by(AuditEntry.at.desc(), AuditEntry.chain, AuditEntry.position.desc())
    page = page_of(session, newest, number=number)
    ids = {row.organisation_id for row in page.rows if row.organisation_id}
    names = dict(session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))).all())
    return Looks(page, names)
