"""Sign-in of an organisation's staff through its own provider: OpenID Connect, code flow with a proof key.

A provider belongs to one organisation and opens accounts of that organisation alone. Nobody gets an account by it:
people are invited first, and their account is found by the verified e-mail address once, by the provider's lasting
number ever after.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.factor_models import IdentityProvider, ProviderAccount, ProviderErrand
from talent.accounts.logins import folded_login
from talent.accounts.models import Account, Organisation, SignInStage
from talent.accounts.partner import BAD_ISSUER, Partner, answering_as_agreed, checked_address
from talent.accounts.permissions import NEEDS_SECOND_STEP, Permission
from talent.accounts.second_steps import stage_after_password
from talent.accounts.throttle import hashed
from talent.foundation.audit import Deed, write
from talent.foundation.clock import now
from talent.foundation.crypto import Key, Place, seal, unseal
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_

MANY_FACTORS = frozenset({"mfa"})
"""What a provider's ``amr`` must hold (RFC 8176) so that no second step is asked for here."""
ERRAND_LASTS = timedelta(minutes=10)
NOT_INVITED = N_(
    "Your organisation's sign-in knows you, but nobody has invited you here yet. Ask whoever invites people."
)
BEGIN_ANEW = N_("This way in was used or took too long. Begin again.")
TAKEN = N_("This organisation or this provider is written down already.")


def keep_provider(
    session: Session, actor: Actor, key: Key, *, organisation_id: UUID, issuer: str, client_id: str, secret: str
) -> IdentityProvider:
    """Write down where the staff of an organisation sign in.

    Raises:
        NotPermitted: only administrators may.
        NotFound: there is no such organisation.
        Unprocessable: the address is not one over HTTPS.
        Conflict: the organisation or the provider is written down already.
    """
    actor.require(Permission.PROVIDER_KEEP)
    if session.get(Organisation, organisation_id) is None:
        raise NotFound
    address = checked_address(issuer.strip().rstrip("/"))
    if urlsplit(address).query:
        raise Unprocessable(BAD_ISSUER)
    made = IdentityProvider(
        organisation_id=organisation_id,
        issuer=address,
        client_id=client_id.strip(),
        sealed_secret=seal(key, secret, Place("identity_provider", "sealed_secret", organisation_id)),
        is_open=True,
        created_by=actor.id,
        created_at=now(),
    )
    try:
        with within(session, SystemContext.SIGN_IN), session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise Conflict(TAKEN) from None
    return made


def close_provider(session: Session, actor: Actor, provider_id: UUID) -> None:
    """Nobody signs in through this provider any more; accounts stay, and sign in with their passwords.

    Raises:
        NotPermitted: only administrators may.
        NotFound: there is no such provider.
    """
    actor.require(Permission.PROVIDER_KEEP)
    with within(session, SystemContext.SIGN_IN):
        found = session.get(IdentityProvider, provider_id)
        if found is None:
            raise NotFound
        session.delete(found)
        session.flush()


def providers(session: Session) -> Sequence[tuple[IdentityProvider, Organisation]]:
    """The open providers with their organisations, by name."""
    query = select(IdentityProvider, Organisation).join(
        Organisation, Organisation.id == IdentityProvider.organisation_id
    )
    with within(session, SystemContext.SIGN_IN):
        rows = session.execute(query.where(IdentityProvider.is_open).order_by(Organisation.name)).all()
    return [(provider, organisation) for provider, organisation in rows]


def partner_of(key: Key, provider: IdentityProvider) -> Partner:
    """The provider, ready to be asked."""
    place = Place("identity_provider", "sealed_secret", provider.organisation_id)
    return Partner(provider.issuer, provider.client_id, unseal(key, provider.sealed_secret, place))


def set_out(session: Session, key: Key, provider_id: UUID, *, browser: str, back: str, then: str) -> str:
    """The address at the provider to go to; the errand is bound to this browser.

    Raises:
        NotFound: there is no such open provider.
        NotPermitted: the provider does not answer as agreed.
    """
    provider = session.get(IdentityProvider, provider_id)
    if provider is None or not provider.is_open:
        raise NotFound
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    session.add(
        ProviderErrand(
            state_hash=hashed(state),
            provider_id=provider.id,
            browser_hash=hashed(browser),
            sealed_secrets=seal(key, json.dumps([nonce, verifier]), errand_place(state)),
            then=then[:500],
            expires_at=now() + ERRAND_LASTS,
        )
    )
    session.flush()
    with answering_as_agreed():
        return partner_of(key, provider).way_there(back=back, state=state, nonce=nonce, verifier=verifier)


def errand_place(state: str) -> Place:
    """Where the secrets of an errand belong."""
    return Place("provider_errand", "sealed_secrets", hashed(state))


@dataclass(frozen=True)
class CameBack:
    """Who came back from a provider, how far that brings them, and where they wanted to go."""

    account: Account
    stage: SignInStage
    then: str


def come_back(
    session: Session, key: Key, *, state: str, code: str, browser: str, back: str, issuer: str = ""
) -> CameBack:
    """The account of whoever came back; the errand ends with this, whatever comes of it.

    Raises:
        NotPermitted: no errand of this browser, too late, not signed as agreed, or nobody who was invited.
    """
    errand = session.scalar(
        delete(ProviderErrand)
        .where(ProviderErrand.state_hash == hashed(state), ProviderErrand.browser_hash == hashed(browser))
        .where(ProviderErrand.expires_at > now())
        .returning(ProviderErrand)
    )
    provider = session.get(IdentityProvider, errand.provider_id) if errand is not None else None
    if errand is None or provider is None or not provider.is_open or issuer not in ("", provider.issuer):
        raise NotPermitted(BEGIN_ANEW)
    with answering_as_agreed():
        nonce, verifier = json.loads(unseal(key, errand.sealed_secrets, errand_place(state)))
        said = partner_of(key, provider).claims(back=back, code=code, nonce=nonce, verifier=verifier)
    account = account_of(session, provider, said)
    if account is None:
        write(session, [Deed("sign_in.refused", "identity_provider", str(provider.id))])
        raise NotPermitted(NOT_INVITED)
    has_proved_enough = MANY_FACTORS & set(said.get("amr") or ())
    return CameBack(
        account, SignInStage.FULL if has_proved_enough else stage_after_password(session, account), errand.then
    )


def account_of(session: Session, provider: IdentityProvider, said: Mapping[str, Any]) -> Account | None:
    """The account of the provider's organisation for the person that was named; None when there is none."""
    subject = str(said["sub"])[:255]
    usable = (
        Account.organisation_id == provider.organisation_id,
        Account.suspended_at.is_(None),
        Account.role.in_(NEEDS_SECOND_STEP),
    )
    known = session.scalar(
        select(ProviderAccount).where(ProviderAccount.provider_id == provider.id, ProviderAccount.subject == subject)
    )
    if known is not None:
        return session.scalar(select(Account).where(Account.id == known.account_id, *usable))
    if said.get("email_verified") is not True:
        return None
    try:
        login = folded_login(str(said.get("email", "")))
    except Unprocessable:
        return None
    account = session.scalar(select(Account).where(Account.login == login, *usable))
    if account is None or is_taken(session, provider, account):
        return None
    session.add(ProviderAccount(provider_id=provider.id, subject=subject, account_id=account.id, created_at=now()))
    session.flush()
    return account


def is_taken(session: Session, provider: IdentityProvider, account: Account) -> bool:
    """Whether another person of this provider has this account: an address that was given to somebody new."""
    query = select(ProviderAccount.id).where(
        ProviderAccount.provider_id == provider.id, ProviderAccount.account_id == account.id
    )
    return session.scalar(query) is not None
