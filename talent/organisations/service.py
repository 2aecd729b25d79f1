"""Bringing organisations, showing what they are, and moving them through their vetting."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.organisations.models import OrganisationEvidence
from talent.organisations.policy import visible_organisations
from talent.organisations.states import ORGANISATION, OrganisationAction, OrganisationFacts, OrganisationState

TAKEN = N_("An organisation of this name exists already.")


def get_organisation(session: Session, actor: Actor, organisation_id: UUID) -> Organisation:
    """One organisation that the actor may know.

    Raises:
        NotFound: there is none, or it is not theirs to know.
    """
    found = session.scalar(visible_organisations(actor).where(Organisation.id == organisation_id))
    if found is None:
        raise NotFound(N_("There is no such organisation."))
    return found


def own_organisation(session: Session, actor: Actor) -> Organisation:
    """The organisation that the actor works for.

    Raises:
        NotFound: the actor works for none.
    """
    if actor.organisation_id is None:
        raise NotFound(N_("There is no such organisation."))
    return get_organisation(session, actor, actor.organisation_id)


def organisations(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Every organisation that the actor may know, by name."""
    return session.scalars(visible_organisations(actor).order_by(Organisation.name)).all()


def apply(session: Session, actor: Actor, *, kind: OrganisationKind, name: str, country: str) -> Organisation:
    """A new organisation whose vetting begins.

    Raises:
        NotPermitted: the actor vets no organisations.
        Conflict: the name is taken.
    """
    actor.require(Permission.ORGANISATION_VET)
    return _added(session, Organisation(kind=kind, name=clean(name), country=country))


def bring_employer(session: Session, actor: Actor, *, name: str, country: str) -> Organisation:
    """A new employer under the actor's agency, whose vetting begins.

    Raises:
        NotPermitted: the actor works for no agency.
        Conflict: the name is taken.
    """
    actor.require(Permission.ORGANISATION_SPONSOR)
    employer = Organisation(kind=OrganisationKind.EMPLOYER, name=clean(name), country=country)
    employer.parent_id = actor.organisation_id
    return _added(session, employer)


def _added(session: Session, organisation: Organisation) -> Organisation:
    organisation.state, organisation.created_at = ORGANISATION.initial, now()
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError:
        raise Conflict(TAKEN) from None
    return organisation


def evidence_of(session: Session, organisation: Organisation) -> Sequence[OrganisationEvidence]:
    """What shows that the organisation is what it says, what counts longest first."""
    shown = select(OrganisationEvidence).where(OrganisationEvidence.organisation_id == organisation.id)
    return session.scalars(shown.order_by(OrganisationEvidence.expires_on.desc(), OrganisationEvidence.id)).all()


def counts(one: OrganisationEvidence) -> bool:
    """Whether the evidence counts today: confirmed, and not past its last day."""
    return one.confirmed_by is not None and one.expires_on >= today()


def shown_something(session: Session, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these organisations for which anything was ever confirmed; the others were here before vetting began."""
    confirmed = select(OrganisationEvidence.organisation_id).where(
        OrganisationEvidence.organisation_id.in_(list(ids)), OrganisationEvidence.confirmed_by.is_not(None)
    )
    return set(session.scalars(confirmed.distinct()))


def organisation_journal(session: Session, organisation: Organisation) -> list[CaseEvent]:
    """What was decided about the organisation, oldest first."""
    return journal(session, ORGANISATION, organisation.id)


def facts_of(session: Session, actor: Actor, organisation: Organisation, reason: str) -> OrganisationFacts:
    """What the steps of the vetting ask for."""
    reviews = [event for event in organisation_journal(session, organisation) if event.action == "review"]
    return OrganisationFacts(
        has_evidence=any(counts(one) for one in evidence_of(session, organisation)),
        has_reason=bool(clean(reason)),
        began_by_same_person=bool(reviews) and reviews[-1].actor_id == actor.id,
    )


def move(
    session: Session, actor: Actor, organisation: Organisation, action: OrganisationAction, *, reason: str = ""
) -> CaseEvent:
    """Take one step of the vetting; ``vacancies.freezing.decide`` does so together with the vacancies.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    facts = facts_of(session, actor, organisation, reason)
    return take_step(session, actor, organisation, ORGANISATION, action, facts, note=clean(reason))


def lapsed(session: Session) -> Sequence[Organisation]:
    """Verified organisations that have evidence, none of which counts any longer."""
    confirmed = (
        OrganisationEvidence.organisation_id == Organisation.id,
        OrganisationEvidence.confirmed_by.is_not(None),
    )
    shown = exists().where(*confirmed)
    counts = exists().where(*confirmed, OrganisationEvidence.expires_on >= today())
    verified = select(Organisation).where(Organisation.state == OrganisationState.VERIFIED, shown, ~counts)
    return session.scalars(verified.order_by(Organisation.id).with_for_update(skip_locked=True)).all()
