"""Evidence about an organisation: brought as words or as a file, confirmed by the project, running out."""

from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.addresses import officers_addresses
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.accounts.standing import OrganisationState
from talent.foundation import documents as files
from talent.foundation.audit import Deed, record
from talent.foundation.clock import now, today
from talent.foundation.documents import Purpose, StoredFile
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.mail import send_later
from talent.foundation.sniff import Kind, kind_of
from talent.foundation.words import N_
from talent.organisations.models import OrganisationEvidence
from talent.organisations.schemas import NewEvidence
from talent.organisations.service import evidence_of

TAKEN: Final = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})
MOST: Final = 60
WARNED_BEFORE: Final = timedelta(days=30)
"""How long before the last evidence ends its organisation is told (S-OWN-7)."""
NOT_TAKEN = N_("Bring a PDF, a JPEG or a PNG. Photograph a paper from above, in good light.")
NOT_YOURS = N_("Only the organisation itself, or project staff, may bring evidence about it.")
TOO_MUCH = N_("There is a lot of evidence already. Ask the project office.")
CONFIRMED = N_("This was confirmed already.")
NO_SUCH_FILE = N_("There is no such document.")
FILE_NAME: Final = "evidence"
"""What a file is called here: names that people give to files can name people."""
SUBJECT: Final = "Your organisation’s evidence runs out / آپ کے ادارے کے ثبوت کی مدت ختم ہو رہی ہے"
BODY: Final = (
    "The evidence about {name} counts until {day}. Sign in before that day and bring a newer one; otherwise the\n"
    "organisation is suspended until somebody has looked at it again.\n\n"
    "{name} کے بارے میں ثبوت {day} تک مؤثر ہے۔ اس دن سے پہلے سائن ان کریں اور نیا ثبوت دیں، ورنہ ادارہ اس وقت تک معطل\n"
    "رہے گا جب تک کوئی اسے دوبارہ نہ دیکھ لے۔\n"
)


def add_evidence(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    evidence: NewEvidence,
    *,
    var_dir: Path | None = None,
    content: bytes = b"",
) -> OrganisationEvidence:
    """Keep what was seen or brought; what project staff write down is confirmed by that.

    Raises:
        NotPermitted: the actor neither vets organisations nor works for this one.
        Unprocessable: the file is of another kind, or there is too much already.
    """
    vets = actor.has(Permission.ORGANISATION_VET)
    if not vets and (actor.organisation_id != organisation.id or not actor.has(Permission.ORGANISATION_OWN)):
        raise NotPermitted(NOT_YOURS)
    if len(evidence_of(session, organisation)) >= MOST:
        raise Unprocessable(TOO_MUCH)
    if content and kind_of(content) not in TAKEN:
        raise Unprocessable(NOT_TAKEN)
    stored = None
    if content and var_dir is not None:
        stored = files.store(
            session, var_dir, content, owner_id=actor.id, purpose=Purpose.EVIDENCE, original_name=FILE_NAME
        )
    brought = OrganisationEvidence(
        organisation_id=organisation.id,
        added_by=actor.id,
        added_at=now(),
        confirmed_by=actor.id if vets else None,
        document_id=stored.id if stored else None,
        **evidence.model_dump(),
    )
    session.add(brought)
    session.flush()
    return brought


def one_of(session: Session, organisation: Organisation, evidence_id: UUID) -> OrganisationEvidence:
    """One piece of evidence about this organisation.

    Raises:
        NotFound: there is none.
    """
    found = session.scalar(
        select(OrganisationEvidence).where(
            OrganisationEvidence.id == evidence_id, OrganisationEvidence.organisation_id == organisation.id
        )
    )
    if found is None:
        raise NotFound(NO_SUCH_FILE)
    return found


def confirm(session: Session, actor: Actor, organisation: Organisation, evidence_id: UUID) -> OrganisationEvidence:
    """From now on this counts: somebody of the project has looked at it.

    Raises:
        NotPermitted: the actor vets no organisations.
        NotFound: there is no such evidence.
        Conflict: it was confirmed before.
    """
    actor.require(Permission.ORGANISATION_VET)
    found = one_of(session, organisation, evidence_id)
    if found.confirmed_by is not None:
        raise Conflict(CONFIRMED)
    found.confirmed_by = actor.id
    session.flush()
    return found


def read_file(
    session: Session, actor: Actor, organisation: Organisation, evidence_id: UUID, *, var_dir: Path
) -> tuple[str, bytes]:
    """Kind of file and bytes of a piece of evidence; the look is written down.

    Raises:
        NotFound: there is no such evidence, or it came without a file.
        Gone: its bytes are no longer there.
    """
    found = one_of(session, organisation, evidence_id)
    stored = session.get(StoredFile, found.document_id) if found.document_id else None
    if stored is None:
        raise NotFound(NO_SUCH_FILE)
    record(session, actor, Deed("organisation_evidence.read", "organisation_evidence", str(found.id)))
    with files.open_file(var_dir, stored) as stream:
        return stored.kind, stream.read()


def remind(session: Session) -> int:
    """Tell each organisation whose last evidence ends within thirty days, once; how many. The night calls this."""
    last = (
        select(OrganisationEvidence, Organisation)
        .join(Organisation, Organisation.id == OrganisationEvidence.organisation_id)
        .where(Organisation.state == OrganisationState.VERIFIED, OrganisationEvidence.confirmed_by.is_not(None))
        .order_by(OrganisationEvidence.organisation_id, OrganisationEvidence.expires_on.desc(), OrganisationEvidence.id)
        .ext(distinct_on(OrganisationEvidence.organisation_id))
    )
    ending = [row for row in session.execute(last) if today() <= row[0].expires_on <= today() + WARNED_BEFORE]
    due = [(one, organisation) for one, organisation in ending if one.reminded_at is None]
    for one, organisation in due:
        one.reminded_at = now()
        values = {"name": organisation.name, "day": one.expires_on.isoformat()}
        for address in officers_addresses(session, organisation.id):
            send_later(session, recipient=address, subject=SUBJECT, body=BODY.format(**values))
    session.flush()
    return len(due)
