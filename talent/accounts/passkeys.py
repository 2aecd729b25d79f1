"""Passkeys (WebAuthn): a key pair on a phone, computer or security key that only answers to this very site.

The holder's finger, face or PIN is always asked for, so a passkey alone is two factors.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from talent.accounts.factor_models import Passkey
from talent.accounts.models import Account
from talent.accounts.standing import KeptOut
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.text import clean
from talent.foundation.words import N_

NAME = "Talent Partnership"
MOST_PASSKEYS = 10
ASKED_MS = 120_000
WRONG = N_("We could not check this passkey. Try again, or choose another way.")
TOO_MANY = N_("You have ten passkeys. Remove one that you no longer use, then add this one.")
KNOWN = N_("This passkey is kept already.")


@dataclass(frozen=True)
class Site:
    """The site that passkeys answer to: its host and its origin."""

    host: str
    origin: str

    @property
    def works(self) -> bool:
        """Whether browsers use passkeys here: only on a named host, over HTTPS or on localhost."""
        named = any(letter.isalpha() for letter in self.host) and ":" not in self.host
        return named and (self.origin.startswith("https://") or self.host == "localhost")


def site_of(base_url: str) -> Site:
    """The site at this address."""
    parts = urlsplit(base_url)
    return Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def passkeys_of(session: Session, account_id: UUID) -> Sequence[Passkey]:
    """The passkeys of an account, oldest first."""
    query = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at, Passkey.id)
    return session.scalars(query).all()


def making_options(site: Site, account: Account, kept: Sequence[Passkey], challenge: bytes) -> str:
    """What the browser needs to make a passkey, as JSON; what is kept already is not made twice."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=account.id.bytes,
        user_name=account.login,
        user_display_name=account.name or account.login,
        challenge=challenge,
        timeout=ASKED_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in kept],
    )
    return options_to_json(options)


def asking_options(site: Site, challenge: bytes, kept: Sequence[Passkey] = ()) -> str:
    """What the browser needs to use a passkey, as JSON; without ``kept`` it offers every one for this site."""
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=ASKED_MS,
        allow_credentials=[PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in kept],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def add(session: Session, site: Site, account: Account, *, challenge: bytes, response: str, name: str) -> Passkey:
    """Keep the passkey that the browser has just made.

    Raises:
        Unprocessable: the answer is not one to this challenge from this site, or the holder was not asked.
        Conflict: the passkey is kept already, or there are ten.
    """
    try:
        verified = verify_registration_response(
            credential=response,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise Unprocessable(WRONG) from None
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == verified.credential_id)) is not None:
        raise Conflict(KNOWN)
    if len(passkeys_of(session, account.id)) >= MOST_PASSKEYS:
        raise Conflict(TOO_MANY)
    made = Passkey(
        account_id=account.id,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        name=clean(name),
        created_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def accept(session: Session, site: Site, *, challenge: bytes, response: str, account_id: UUID | None = None) -> Account:
    """The account whose passkey answered; with ``account_id`` it must be that one.

    Raises:
        NotPermitted: no passkey of ours, not for this challenge and site, or copied.
        KeptOut: the passkey is right, and its account is suspended.
    """
    found = session.execute(
        select(Passkey, Account)
        .join(Account, Account.id == Passkey.account_id)
        .where(Passkey.credential_id == credential_id_of(response))
        .with_for_update(of=Passkey)
    ).first()
    if found is None or account_id not in (None, found[1].id):
        raise NotPermitted(WRONG)
    passkey, account = found
    try:
        verified = verify_authentication_response(
            credential=response,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise NotPermitted(WRONG) from None
    if account.suspended_at is not None:
        raise KeptOut(account.id)
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, now()
    session.flush()
    return account


def credential_id_of(response: str) -> bytes:
    """Which passkey answered; empty when the answer cannot be read."""
    try:
        return base64url_to_bytes(json.loads(response)["rawId"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return b""


def remove(session: Session, account: Account, passkey_id: UUID) -> None:
    """Forget one passkey of this account.

    Raises:
        NotFound: the account has no such passkey.
    """
    own = (Passkey.id == passkey_id, Passkey.account_id == account.id)
    if session.execute(delete(Passkey).where(*own).returning(Passkey.id)).first() is None:
        raise NotFound
