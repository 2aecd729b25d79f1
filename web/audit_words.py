"""What the journal's entries say to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.words import N_, Sentence
from talent.looking import Looks
from talent.matching.revealing import REASONS, RevealReason
from web.navigation import ROLE_NAMES
from web.parts import Text

WHAT: Mapping[str, str] = {
    "identity.read": N_("Opened your name and contact"),
    "card.list": N_("Read your line in a list, without your name"),
    "card.read": N_("Read your card, without your name"),
    "card.found": N_("Saw your card in a search, without your name"),
    "pair.read": N_("Judged how well the software matched you, without your name"),
    "placement_proof.read": N_("Opened a document of your placement"),
    "placement.employer_let_in": N_("Let the employer take part in your placement, without your name"),
    "placement.employer_taken_out": N_("Took the employer out of your placement"),
    "review_request.read": N_("Read your request for review"),
    "rights_request.read": N_("Read your request about your data"),
    "introduction.add": N_("Began a contact with you"),
    "introduction.change": N_("Moved the contact with you forward"),
    "review_request.change": N_("Answered your request for review"),
    "rights_request.change": N_("Answered your request about your data"),
    "duplicate.read": N_("Compared whether you are registered twice"),
}
"""The entries that people can read in words; of others the page shows the entry's own name."""


@dataclass(frozen=True)
class LookLine:
    """One entry in words."""

    at: datetime
    who: Text
    organisation: str
    what: Text
    why: Text


def in_words(looks: Looks) -> list[LookLine]:
    """One page of the journal in words, newest first."""
    return [line_of(entry, looks.organisation(entry)) for entry in looks.page.rows]


def line_of(entry: AuditEntry, organisation: str) -> LookLine:
    """One entry in words."""
    known_role = entry.actor_role in set(Role) and Role(entry.actor_role) in ROLE_NAMES
    who = ROLE_NAMES[Role(entry.actor_role)] if known_role else N_("The service itself")
    why = REASONS[RevealReason(entry.reason)] if entry.reason in set(RevealReason) else ""
    said = WHAT.get(entry.action)
    return LookLine(entry.at, who, organisation, said or Sentence("{action}", {"action": entry.action}), why)
