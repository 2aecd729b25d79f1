"""Applications from outside: each is answered alike, whoever applies; the project takes it up or sets it aside."""

import json
from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.accounts.throttle import Visit, count_failure, hashed, network_prefix, refuse_when_throttled
from talent.foundation.audit import Deed, record
from talent.foundation.clock import now
from talent.foundation.crypto import Key, Place, seal, unseal
from talent.foundation.errors import Conflict, NotFound
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.organisations.models import OrganisationApplication
from talent.organisations.schemas import NewApplication
from talent.organisations.service import apply

ANSWERED = N_("This application was answered already.")
MOST_SHOWN: Final = 200


def send_application(session: Session, key: Key, asked: NewApplication, visit: Visit) -> None:
    """Keep an application; nothing is looked up, so that no answer tells who works here already.

    Raises:
        TooMany: this browser or network has sent too many.
    """
    keys = {"applications": f"applications:{hashed(network_prefix(visit.network))[:32]}"}
    if visit.device:
        keys["application"] = f"application:{hashed(visit.device)[:32]}"
    refuse_when_throttled(session, keys)
    count_failure(session, keys)
    number = uuid4()
    contact = json.dumps([clean(asked.contact_name), asked.contact], ensure_ascii=False)
    session.add(
        OrganisationApplication(
            id=number,
            kind=asked.kind,
            name=clean(asked.name),
            country=asked.country,
            number=clean(asked.number),
            words=clean(asked.words),
            contact_sealed=seal(key, contact, place_of(number)),
            applied_at=now(),
        )
    )
    session.flush()


def place_of(number: UUID) -> Place:
    """Where the sealed contact of an application belongs."""
    return Place("organisation_application", "contact_sealed", number)


def waiting(session: Session, actor: Actor) -> Sequence[OrganisationApplication]:
    """The applications that wait, oldest first.

    Raises:
        NotPermitted: the actor vets no organisations.
    """
    actor.require(Permission.ORGANISATION_VET)
    unanswered = select(OrganisationApplication).where(OrganisationApplication.answered_at.is_(None))
    oldest = unanswered.order_by(OrganisationApplication.applied_at, OrganisationApplication.id)
    return session.scalars(oldest.limit(MOST_SHOWN)).all()


def one_waiting(session: Session, actor: Actor, application_id: UUID) -> OrganisationApplication:
    """One application that waits.

    Raises:
        NotPermitted: the actor vets no organisations.
        NotFound: there is none.
        Conflict: it was answered.
    """
    actor.require(Permission.ORGANISATION_VET)
    found = session.get(OrganisationApplication, application_id)
    if found is None:
        raise NotFound
    if found.answered_at is not None:
        raise Conflict(ANSWERED)
    return found


def contact_of(key: Key, application: OrganisationApplication) -> tuple[str, str]:
    """Who applied: a name, and an e-mail address or number; both empty once it was answered."""
    if not application.contact_sealed:
        return "", ""
    name, address = json.loads(unseal(key, application.contact_sealed, place_of(application.id)))
    return name, address


def read_contact(session: Session, actor: Actor, key: Key, application: OrganisationApplication) -> tuple[str, str]:
    """As ``contact_of``, for a person of the project; the look is written down."""
    actor.require(Permission.ORGANISATION_VET)
    deed = Deed("organisation_application.read", "organisation_application", str(application.id), None, ("contact",))
    record(session, actor, deed)
    return contact_of(key, application)


def application_of(session: Session, organisation: Organisation) -> OrganisationApplication | None:
    """The application from which this organisation came."""
    return session.scalar(
        select(OrganisationApplication).where(OrganisationApplication.organisation_id == organisation.id)
    )


def take_up(session: Session, actor: Actor, application: OrganisationApplication) -> Organisation:
    """The organisation whose vetting begins with this; its contact stays sealed for whoever goes on with the vetting.

    Raises:
        Conflict: an organisation of this name exists already.
        NotPermitted: the actor vets no organisations.
    """
    made = apply(session, actor, kind=application.kind, name=application.name, country=application.country)
    application.organisation_id = made.id
    _answered(session, actor, application)
    return made


def set_aside(session: Session, actor: Actor, application: OrganisationApplication) -> None:
    """Not an organisation of this field, or one that is here already.

    Raises:
        NotPermitted: the actor vets no organisations.
    """
    actor.require(Permission.ORGANISATION_VET)
    application.contact_sealed = ""
    _answered(session, actor, application)


def _answered(session: Session, actor: Actor, application: OrganisationApplication) -> None:
    application.answered_at, application.answered_by = now(), actor.id
    session.flush()
