"""Letters about a placement, its contract and complaints: each tells a reference and where to read on, and no name."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from talent.accounts.addresses import addresses
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.mail import HERE, send_later


class Occasion(StrEnum):
    """What a letter is about."""

    OFFER_MADE = "offer_made"
    PLACEMENT_ENDED = "placement_ended"
    TERMS_SENT = "terms_sent"
    TERMS_WITHDRAWN = "terms_withdrawn"
    TERMS_AGREED = "terms_agreed"
    TERMS_OBJECTED = "terms_objected"
    COMPLAINT_OPENED = "complaint_opened"
    COMPLAINT_DECIDED = "complaint_decided"
    VACANCY_FROZEN = "vacancy_frozen"


O = Occasion  # noqa: E741 - short, for the table below
WORDS: Mapping[Occasion, tuple[str, str]] = {
    O.OFFER_MADE: (
        "An offer for you: {reference} / آپ کے لیے ایک پیشکش",
        "An employment agency offers you a job. Sign in, open “My journey”, read the terms of the contract and answer. "
        "Nobody may take money from you for this job.\n\n"
        "ایک روزگار ایجنسی آپ کو ملازمت کی پیشکش کر رہی ہے۔ سائن اِن کریں، ”میرا سفر“ کھولیں، معاہدے کی شرائط پڑھیں "
        "اور جواب دیں۔ "
        "اس ملازمت کے لیے کوئی آپ سے پیسے نہیں لے سکتا۔",
    ),
    O.PLACEMENT_ENDED: (
        "Your placement has ended: {reference} / آپ کی تقرری ختم ہو گئی",
        "The agency has ended your placement. Sign in and open “My journey” to read why.\n\n"
        "ایجنسی نے آپ کی تقرری ختم کر دی ہے۔ وجہ پڑھنے کے لیے سائن اِن کریں اور ”میرا سفر“ کھولیں۔",
    ),
    O.TERMS_SENT: (
        "The terms of your contract: {reference} / آپ کے معاہدے کی شرائط",
        "The terms of your contract are there. Sign in, open “My journey” and read each line. Agree only to what you "
        "were promised; objecting costs you nothing.\n\n"
        "آپ کے معاہدے کی شرائط آ گئی ہیں۔ سائن اِن کریں، ”میرا سفر“ کھولیں اور ہر سطر پڑھیں۔ صرف اسی پر ہاں کریں "
        "جس کا آپ سے وعدہ ہوا تھا؛ اعتراض کرنے پر کوئی خرچ نہیں۔",
    ),
    O.TERMS_WITHDRAWN: (
        "A contract was withdrawn: {reference} / معاہدہ واپس لے لیا گیا",
        "The agency has withdrawn the contract. Sign in and open “My journey” to read why.\n\n"
        "ایجنسی نے معاہدہ واپس لے لیا ہے۔ وجہ پڑھنے کے لیے سائن اِن کریں اور ”میرا سفر“ کھولیں۔",
    ),
    O.TERMS_AGREED: (
        "The worker agrees to the terms: {reference}",
        "The worker agrees to the terms of the contract. Sign in to go on with the placement.",
    ),
    O.TERMS_OBJECTED: (
        "The worker objects to the terms: {reference}",
        "The worker objects to the terms of the contract. Sign in, read why, and change the terms or explain them.",
    ),
    O.COMPLAINT_OPENED: (
        "Complaint {reference} waits",
        "A complaint about a charge was opened. Sign in and look into it; the vacancy is frozen until you decide.",
    ),
    O.COMPLAINT_DECIDED: (
        "Your complaint: {reference} / آپ کی شکایت",
        "There is a decision about your complaint. Sign in and read it.\n\n"
        "آپ کی شکایت پر فیصلہ ہو گیا ہے۔ سائن اِن کریں اور اسے پڑھیں۔",
    ),
    O.VACANCY_FROZEN: (
        "A vacancy is frozen: {reference}",
        "Project staff look into this vacancy. Until they decide nobody is placed in it. Sign in to read more.",
    ),
}
"""Subject and body by what the letter is about; candidates are written to in both languages."""
PLACES: Mapping[Occasion, str] = dict.fromkeys(Occasion, "/placements") | {
    O.COMPLAINT_OPENED: "/complaints",
    O.COMPLAINT_DECIDED: "/complaints",
    O.VACANCY_FROZEN: "/vacancies",
}
"""Where to read on."""


def write_to_worker(session: Session, occasion: Occasion, account_id: UUID, reference: str) -> None:
    """Write to the candidate of a placement or complaint."""
    _write(session, occasion, Account.id == account_id, reference)


def write_to_agency(session: Session, occasion: Occasion, organisation_id: UUID, reference: str) -> None:
    """Write to every officer of an agency."""
    _write(session, occasion, Account.organisation_id == organisation_id, reference)


def write_to_staff(session: Session, occasion: Occasion, reference: str) -> None:
    """Write to all project staff."""
    _write(session, occasion, Account.role == Role.PROJECT_STAFF, reference)


def _write(session: Session, occasion: Occasion, who: ColumnElement[bool], reference: str) -> None:
    subject, body = WORDS[occasion]
    told = f"{body}\n\n{HERE}{PLACES[occasion]}"
    for address in addresses(session, who):
        send_later(session, recipient=address, subject=subject.format(reference=reference), body=told)
