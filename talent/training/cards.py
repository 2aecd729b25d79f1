"""Name, phone and e-mail of a trainee: sealed as one value with the institute's key, opened for whoever may know."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from talent.foundation.crypto import Key, Place, seal, unseal
from talent.foundation.person_keys import keys_of_organisations
from talent.training.models import Trainee


@dataclass(frozen=True, repr=False)
class Card:
    """How somebody is called and reached; it does not print itself, so that no log can."""

    full_name: str
    phone: str = ""
    email: str = ""


def sealed(key: Key, trainee_id: UUID, card: Card) -> str:
    """The card as the trainee's row keeps it; it opens in that row alone."""
    return seal(key, json.dumps([card.full_name, card.phone, card.email], ensure_ascii=False), _place(trainee_id))


def opened(session: Session, trainees: Iterable[Trainee]) -> dict[UUID, Card]:
    """The cards of these trainees, by trainee. Who may read them is the caller's to know.

    Raises:
        DoesNotOpen: the institute's key is destroyed, or a value was changed or moved.
    """
    rows = list(trainees)
    keys = keys_of_organisations(session, {row.organisation_id for row in rows})
    return {row.id: card_of(keys[row.organisation_id], row.id, row.card_sealed) for row in rows}


def card_of(key: Key, trainee_id: UUID, value: str) -> Card:
    """One card, opened.

    Raises:
        DoesNotOpen: as for ``opened``.
    """
    return Card(*json.loads(unseal(key, value, _place(trainee_id))))


def _place(trainee_id: UUID) -> Place:
    return Place("trainee", "card_sealed", trainee_id)
