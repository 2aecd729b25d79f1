"""Making accounts: candidates register, everybody else is invited."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from talent.accounts.actor import Actor
from talent.accounts.logins import folded_login
from talent.accounts.models import Account, Invitation, Organisation, OrganisationKind
from talent.accounts.passwords import checked_password, hash_password, shortest_for
from talent.accounts.permissions import INVITED_BY, TAKE_TWO, Permission, Role
from talent.accounts.sessions import token_hash
from talent.accounts.standing import OrganisationState
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, Gone, NotPermitted
from talent.foundation.text import clean
from talent.foundation.words import N_

INVITATION_LASTS = timedelta(days=7)
NOT_AGREED = N_("A second person of the project office has to agree to this invitation. Try the link again later.")


def register_candidate(session: Session, *, login: str, password: str, language: str) -> Account:
    """A new candidate's account.

    Raises:
        Unprocessable: the login or the password cannot be used.
        Conflict: the login has an account.
    """
    return _add_account(session, login, password, role=Role.CANDIDATE, language=language)


def _add_account(
    session: Session,
    login: str,
    password: str,
    *,
    role: Role,
    language: str = "en",
    name: str = "",
    organisation_id: UUID | None = None,
) -> Account:
    folded = folded_login(login)
    account = Account(
        login=folded,
        password_hash=hash_password(checked_password(password, login=folded, shortest=shortest_for(role))),
        role=role,
        name=clean(name),
        language=language,
        organisation_id=organisation_id,
        created_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise Conflict(N_("We could not make this account. If you have one already, sign in.")) from None
    return account


def add_organisation(session: Session, *, kind: OrganisationKind, name: str, country: str) -> Organisation:
    """The organisation of this name, added when it is new.

    Raises:
        Conflict: the name belongs to an organisation of another kind or country.
    """
    known = session.scalar(select(Organisation).where(Organisation.name == clean(name)))
    if known is None:
        known = Organisation(kind=kind, name=clean(name), country=country, created_at=now())
        session.add(known)
        session.flush()
    if (known.kind, known.country) != (kind, country):
        raise Conflict(N_("An organisation of this name exists, of another kind or in another country."))
    return known


def invite(
    session: Session, actor: Actor | None, *, role: Role, organisation: Organisation | None = None, sent_to: str = ""
) -> str:
    """The token of a new single-use invitation; no actor means the very first administrator.

    Raises:
        NotPermitted: this actor may not invite people of this role.
        Conflict: the organisation is not verified.
    """
    if actor is not None:
        actor.require(Permission.INVITATION_SEND)
        if role not in INVITED_BY[actor.role]:
            raise NotPermitted(N_("Only an administrator may invite project staff."))
    if organisation is not None and organisation.state is not OrganisationState.VERIFIED:
        raise Conflict(N_("This organisation is not verified. Verify it first, then invite its people."))
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            token_hash=token_hash(token),
            role=role,
            organisation_id=organisation.id if organisation else None,
            sent_to=sent_to,
            sent_by=actor.id if actor else None,
            created_at=now(),
            expires_at=now() + INVITATION_LASTS,
        )
    )
    session.flush()
    return token


def invitation(session: Session, token: str) -> Invitation:
    """The open invitation behind this token.

    Raises:
        Gone: it is unknown, used or too old, or nobody has agreed yet to one that takes two.
    """
    found = session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(Invitation.token_hash == token_hash(token))
        .with_for_update(of=Invitation)
    )
    if found is None or found.used_at is not None or now() > found.expires_at:
        raise Gone(N_("This invitation was used or is too old. Ask for a new one."))
    if found.sent_by is not None and found.role in TAKE_TWO and found.agreed_by is None:
        raise Gone(NOT_AGREED)
    return found


def accept_invitation(
    session: Session, *, token: str, login: str, password: str, name: str, language: str = "en"
) -> Account:
    """The account made by this invitation, which is used up by it; pages and letters come in ``language``.

    Raises:
        Gone: the invitation is used or too old.
        Unprocessable, Conflict: as for any new account.
    """
    accepted = invitation(session, token)
    account = _add_account(
        session,
        login,
        password,
        role=accepted.role,
        language=language,
        name=name,
        organisation_id=accepted.organisation_id,
    )
    accepted.used_at = now()
    return account


def set_language(session: Session, actor: Actor, language: str) -> None:
    """Write to this person in this language from now on."""
    session.get_one(Account, actor.id).language = language
