"""What a candidate agreed to: each yes has a purpose, a recipient, fields, words in a version, and an end.

The queries of ``matching.policy`` ask ``standing`` and ``may_be_ranked``: a yes that is withdrawn or has run out counts
no more in the very next request, whatever else is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.profiles.models import Consent, ConsentPurpose, Profile
from talent.profiles.states import ProfileState

NO_CONSENT = N_("There is no such consent.")


@dataclass(frozen=True)
class ConsentText:
    """The words of one purpose in one version: a new version gets a new row, and an old row never changes."""

    purpose: ConsentPurpose
    version: str
    title: str
    words: tuple[str, ...]
    fields: tuple[str, ...]
    lasts: timedelta  # S-OWN-7: set by this project, to be confirmed by whoever runs the service


MATCHED: Final = (
    "occupation",
    "work",
    "skills",
    "qualifications",
    "languages",
    "licences",
    "countries",
    "start",
    "about",
)
"""What was matched before wishes were asked for."""
MATCHING: Final = ConsentText(
    ConsentPurpose.MATCHING,
    "2026-11",
    N_("Comparing my profile with vacancies"),
    (
        N_("Software compares your skills, work, certificates, languages and wishes with vacancies, in order."),
        N_("Employment agencies of Member States see this without your name, beside their vacancies."),
        N_("People decide about you, never the software alone. You can ask a person to look again."),
    ),
    MATCHED,
    timedelta(days=730),
)
CONSENT_TEXTS: Final = (
    MATCHING,
    replace(MATCHING, version="2026-11-24", fields=(*MATCHED, "wishes")),
    ConsentText(
        ConsentPurpose.INTRODUCTION,
        "2026-11",
        N_("Telling one agency who I am"),
        (
            N_("This one agency may read your name, telephone number and e-mail address, for this one vacancy."),
            N_("It has to say why each time it opens them, and you can read that here."),
        ),
        ("full_name", "email", "phone"),
        timedelta(days=365),
    ),
    ConsentText(
        ConsentPurpose.STATISTICS,
        "2026-11",
        N_("Counting me in statistics"),
        (
            N_("Your sex and province are counted together with those of at least nine other people, never alone."),
            N_("Agencies, employers and the matching never see them."),
            N_("You can take this back at any time. Both are then deleted, and nothing else changes for you."),
        ),
        ("sex", "province"),
        timedelta(days=730),
    ),
    ConsentText(
        ConsentPurpose.REINTEGRATION,
        "2026-11",
        N_("Help after coming back"),
        (
            N_("Project staff may read that you came back from this job, and ask you what you want to do next."),
            N_("They name you to a centre or an institute only after you have said yes to it."),
            N_("You can take this back at any time. Nothing else changes for you."),
        ),
        ("work",),
        timedelta(days=365),
    ),
)
CURRENT: Final = {text.purpose: text for text in CONSENT_TEXTS}
"""The newest words of each purpose."""


def give(
    session: Session,
    actor: Actor,
    purpose: ConsentPurpose,
    *,
    recipient_id: UUID | None = None,
    occasion_id: UUID | None = None,
) -> Consent:
    """The candidate's yes in today's words; a yes that stands already is taken back and given anew."""
    withdraw(session, actor, purpose, recipient_id=recipient_id, occasion_id=occasion_id)
    words, moment = CURRENT[purpose], now()
    consent = Consent(
        account_id=actor.id,
        purpose=purpose,
        recipient_id=recipient_id,
        occasion_id=occasion_id,
        fields=list(words.fields),
        text_version=words.version,
        language=actor.language,
        given_at=moment,
        expires_at=moment + words.lasts,
    )
    session.add(consent)
    session.flush()
    return consent


def withdraw(
    session: Session,
    actor: Actor,
    purpose: ConsentPurpose,
    *,
    recipient_id: UUID | None = None,
    occasion_id: UUID | None = None,
) -> None:
    """Take back the candidate's own yes, if it stands."""
    actor.require(Permission.PROFILE_KEEP)
    own = select(Consent).where(
        Consent.account_id == actor.id,
        Consent.purpose == purpose,
        Consent.recipient_id.is_not_distinct_from(recipient_id),
        Consent.occasion_id.is_not_distinct_from(occasion_id),
        Consent.withdrawn_at.is_(None),
    )
    for consent in session.scalars(own):
        consent.withdrawn_at = now()
    session.flush()


def own_consents(session: Session, actor: Actor) -> Sequence[Consent]:
    """Every yes that the candidate ever gave, newest first."""
    actor.require(Permission.PROFILE_KEEP)
    own = select(Consent).where(Consent.account_id == actor.id).order_by(Consent.given_at.desc(), Consent.id)
    return session.scalars(own).all()


def own_consent(session: Session, actor: Actor, consent_id: UUID) -> Consent:
    """One yes of the candidate's own.

    Raises:
        NotFound: there is no such yes of this candidate.
    """
    actor.require(Permission.PROFILE_KEEP)
    found = session.scalar(select(Consent).where(Consent.id == consent_id, Consent.account_id == actor.id))
    if found is None:
        raise NotFound(NO_CONSENT)
    return found


def stands(consent: Consent) -> bool:
    """Whether this yes is in force now; the same as ``in_force`` says in a query."""
    return consent.withdrawn_at is None and (consent.expires_at is None or consent.expires_at > now())


def in_force() -> ColumnElement[bool]:
    """The condition that a consent is neither withdrawn nor run out at this moment."""
    return Consent.withdrawn_at.is_(None) & or_(Consent.expires_at.is_(None), Consent.expires_at > func.now())


def standing(
    purpose: ConsentPurpose, account_id: Any, *, recipient_id: Any = None, occasion_id: Any = None
) -> ColumnElement[bool]:
    """The condition that this account's yes to this purpose, recipient and occasion is in force."""
    return exists(
        select(Consent.id).where(
            Consent.account_id == account_id,
            Consent.purpose == purpose,
            Consent.recipient_id.is_(None) if recipient_id is None else Consent.recipient_id == recipient_id,
            Consent.occasion_id.is_(None) if occasion_id is None else Consent.occasion_id == occasion_id,
            in_force(),
        )
    )


def may_be_ranked() -> ColumnElement[bool]:
    """The condition that a profile may be compared and shown: published, not restricted, and with a yes to it."""
    return (
        (Profile.state == ProfileState.PUBLISHED)
        & Profile.restricted_at.is_(None)
        & standing(ConsentPurpose.MATCHING, Profile.account_id)
    )
