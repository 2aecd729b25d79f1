"""The demonstration's vetting: evidence about its organisations, and one agency that is suspended."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.demo.content import DOMAIN, identity, read, trades
from talent.demo.organisations import People, actor, organisation
from talent.demo.vacancies import move, vacancy_of
from talent.demo.words import DemoWords
from talent.foundation.clock import now, today
from talent.organisations.evidence import add_evidence
from talent.organisations.models import EvidenceKind
from talent.organisations.schemas import NewEvidence
from talent.organisations.states import OrganisationAction
from talent.vacancies.freezing import decide

COUNTRY = "DE"
FIRST_NUMBER = 901  # of the suspended agency's vacancies, so that no reference is another agency's
FROZEN_VACANCIES = 2
SEEN = "Entry in the register, looked up on the authority's own page (invented)"
REASON = "Candidates wrote that somebody of this agency asked them for a fee. The project office looks into it."


def add_vetting(session: Session, people: People, words: DemoWords) -> None:
    """Add evidence about every organisation but the last institute, and the suspended agency with its vacancies."""
    unvetted = read("organisations")["institutes"][-1]["name"]
    others = select(Organisation).where(Organisation.kind != OrganisationKind.PROJECT, Organisation.name != unvetted)
    for number, one in enumerate(session.scalars(others.order_by(Organisation.name)).all()):
        ends = today() + timedelta(days=300 + 10 * number)
        seen = NewEvidence(kind=EvidenceKind.REGISTER, number=f"R-{4711 + number}", words=SEEN, expires_on=ends)
        add_evidence(session, people.staff, one, seen)
    add_suspended_agency(session, people, words)


def add_suspended_agency(session: Session, people: People, words: DemoWords) -> None:
    """An agency whose open vacancies froze with its suspension."""
    row = read("organisations")["suspended_agency"]
    agency = organisation(session, OrganisationKind.AGENCY, row["name"], COUNTRY)
    login = f"agency-suspended@{DOMAIN}"
    account = Account(
        id=identity("account", login),
        login=login,
        password_hash=people.nobodys_hash,
        role=Role.AGENCY_OFFICER,
        name=row["officer"],
        organisation_id=agency.id,
        created_at=now(),
    )
    session.add(account)
    session.flush()
    officer = actor(account)
    for number, trade in enumerate(trades()[:FROZEN_VACANCIES]):
        vacancy = vacancy_of(trade, COUNTRY, FIRST_NUMBER + number, officer, words)
        session.add(vacancy)
        session.flush()
        move(session, officer, vacancy, 0)
    decide(session, people.staff, agency, OrganisationAction.SUSPEND, reason=REASON)
