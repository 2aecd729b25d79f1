"""The number of an identity card or passport, given by choice, and finding out by it who is registered twice.

It is asked for after publishing and never before: nobody is kept from the service for want of a paper. The number and
the date of birth are sealed. Two keyed prints find equals: of the number, and of folded name with date of birth. A
telephone number alone never makes two people one: families share phones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.clock import now, today
from talent.foundation.crypto import Place, blind_index
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.keyring import the_ring
from talent.foundation.person_keys import seal_for, unseal_for
from talent.foundation.row_context import SystemContext, within
from talent.foundation.text import fold
from talent.foundation.words import N_
from talent.profiles.models import IdentityPaper, NumberKind, Profile
from talent.profiles.service import profile_to_move
from talent.profiles.states import ProfileState

FORMS: Final = {
    NumberKind.CNIC: (re.compile(r"\d{13}"), N_("An identity card number has 13 digits, such as 35202-1234567-1")),
    NumberKind.PASSPORT: (re.compile(r"[A-Z0-9]{6,9}"), N_("A passport number has six to nine letters and digits")),
}
SHOWN_DIGITS: Final = 4
EARLIEST_BIRTH_YEAR: Final = 1900
PUBLISH_FIRST = N_("Publish your profile first. The number is not needed for that.")
NOT_A_BIRTH_DATE = N_("Enter your date of birth as on the paper: a day in the past")


@dataclass(frozen=True)
class MaskedPaper:
    """What a page shows: the kind, and the last four places of the number."""

    kind: NumberKind
    last: str


@dataclass(frozen=True)
class Twice:
    """Two profiles that seem to be one person's, by their references, and by what it was found."""

    one: str
    other: str
    by_number: bool
    by_name_and_birth: bool


def normal_number(kind: NumberKind, written: str) -> str:
    """The number without spaces and dashes, in capital letters and Latin digits.

    Raises:
        Unprocessable: it does not look like one of this kind.
    """
    number = re.sub(r"[\s\-–]", "", fold(written)).upper()
    form, sentence = FORMS[kind]
    if not form.fullmatch(number):
        raise Unprocessable(sentence)
    return number


def give_paper(session: Session, actor: Actor, kind: NumberKind, number: str, birth_date: date) -> None:
    """Keep the number and the date of birth, sealed, in place of those given before.

    Raises:
        NotPermitted, NotFound: the actor keeps no profile.
        Conflict: the profile was not published yet.
        Unprocessable: the number or the date cannot be right.
    """
    own = profile_to_move(session, actor)
    if own.profile.state not in (ProfileState.PUBLISHED, ProfileState.PAUSED):
        raise Conflict(PUBLISH_FIRST)
    if not birth_date.year >= EARLIEST_BIRTH_YEAR or birth_date >= today():
        raise Unprocessable(NOT_A_BIRTH_DATE)
    normal, profile_id = normal_number(kind, number), own.profile.id
    paper = session.get(IdentityPaper, profile_id) or IdentityPaper(profile_id=profile_id, account_id=actor.id)
    paper.kind, paper.given_at = kind, now()
    paper.number_sealed = seal_for(session, actor.id, normal, _place("number_sealed", profile_id))
    paper.birth_date_sealed = seal_for(
        session, actor.id, birth_date.isoformat(), _place("birth_date_sealed", profile_id)
    )
    paper.number_print = number_print(kind, normal)
    paper.person_print = person_print(own.full_name, birth_date)
    session.add(paper)
    session.flush()


def remove_paper(session: Session, actor: Actor) -> None:
    """Forget the number and the date of birth."""
    paper = session.get(IdentityPaper, profile_to_move(session, actor).profile.id)
    if paper is not None:
        session.delete(paper)
        session.flush()


def own_paper(session: Session, actor: Actor) -> MaskedPaper | None:
    """The candidate's own paper, masked: whoever holds the phone now need not be its owner."""
    actor.require(Permission.PROFILE_KEEP)
    paper = session.scalar(select(IdentityPaper).where(IdentityPaper.account_id == actor.id))
    if paper is None:
        return None
    number = unseal_for(session, actor.id, paper.number_sealed, _place("number_sealed", paper.profile_id))
    return MaskedPaper(paper.kind, number[-SHOWN_DIGITS:])


def number_print(kind: NumberKind, normal: str) -> str:
    """The keyed print by which equal numbers are found."""
    return blind_index(the_ring().key("index").secret, kind.value, normal)


def person_print(full_name: str, birth_date: date) -> str:
    """The keyed print of folded name and date of birth; the order of the names does not matter."""
    names = " ".join(sorted(re.sub(r"[^\w\s]", " ", fold(full_name)).split()))
    return blind_index(the_ring().key("index").secret, "person", f"{names}|{birth_date.isoformat()}")


def registered_twice(session: Session, actor: Actor) -> Sequence[Twice]:
    """Pairs of profiles that seem to be one person's, for a person to ask about; reading them is written down.

    Raises:
        NotPermitted: the actor is not project staff.
    """
    actor.require(Permission.DUPLICATES_READ)
    one, other = aliased(IdentityPaper), aliased(IdentityPaper)
    first, second = aliased(Profile), aliased(Profile)
    same_number, same_person = one.number_print == other.number_print, one.person_print == other.person_print
    pairs = (
        select(first.reference, second.reference, same_number, same_person, one.account_id, other.account_id)
        .join(other, (one.profile_id < other.profile_id) & (same_number | same_person))
        .join(first, first.id == one.profile_id)
        .join(second, second.id == other.profile_id)
        .order_by(first.reference, second.reference)
    )
    with within(session, SystemContext.OPERATOR):  # Staff read no paper of anybody: only that two are alike.
        rows = session.execute(pairs).all()
    people: list[UUID] = sorted({account for row in rows for account in (row[4], row[5])})
    audit.write(session, [Deed("duplicate.read", "identity_paper", "", account) for account in people], actor)
    return [Twice(row[0], row[1], row[2], row[3]) for row in rows]


def _place(column: str, profile_id: UUID) -> Place:
    return Place("identity_paper", column, profile_id)
