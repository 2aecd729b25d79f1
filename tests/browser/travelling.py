"""A journey to work and back in one browser: whoever acts sits down before it; what does not matter is done unseen."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.demo.party import Party, send_terms
from talent.demo.travels import Journey
from talent.foundation.clock import now, today
from talent.matching.models import Introduction
from talent.matching.states import IntroductionState
from talent.pathways.eligibility import NOT_A_PERMIT
from talent.placements import service as placements
from talent.placements.contract_schemas import ContractMoved
from talent.placements.contract_states import ContractAction
from talent.placements.models import Placement
from talent.placements.schemas import PlacementMoved
from talent.placements.states import PlacementAction, PlacementState
from talent.taxonomy.models import Occupation
from talent.vacancies.terms import PayPeriod
from tests.browser.people import Person
from tests.browser.running import RunningService
from tests.factories.corridor import make_account, make_agency, make_published_profile, make_published_vacancy

DAYS = 0
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"


class Travelling:
    """One accepted candidate, the agency's officer, the Protectorate's, and the browser that they share."""

    def __init__(self, service: RunningService, one: Person, country: str, isco: str, **vacancy: object) -> None:
        self.service, self.one = service, one
        with service.sessions.begin() as session:
            agency = make_agency(session, country=country)
            protectorate = Organisation(
                kind=OrganisationKind.PROTECTORATE, name=f"Protectorate {agency.id}", country="PK", created_at=now()
            )
            session.add(protectorate)
            session.flush()
            people = {
                "agency": make_account(session, Role.AGENCY_OFFICER, organisation_id=agency.id),
                "protector": make_account(session, Role.PROTECTORATE_OFFICER, organisation_id=protectorate.id),
            }
            occupation = session.scalars(select(Occupation.id).where(Occupation.isco_group == isco)).first()
            profile = make_published_profile(session, skills=(), occupation_id=occupation)
            job = make_published_vacancy(
                session,
                agency,
                must=(),
                occupation_id=occupation,
                country=country,
                pay_from_cents=480_000,
                pay_period=PayPeriod.MONTH,
                hours_per_week=40.0,
                **vacancy,
            )
            met = Introduction(
                vacancy_id=job.id,
                profile_id=profile.id,
                organisation_id=agency.id,
                state=IntroductionState.ACCEPTED,
                changed_at=now(),
            )
            session.add(met)
            session.flush()
            people["candidate"] = session.get_one(Account, profile.account_id)
            self.logins = {name: account.login for name, account in people.items()}
            self.introduction, self.vacancy = met.id, job.id
        self.placement: UUID | None = None

    @property
    def here(self) -> str:
        """The address of the placement."""
        return f"/placements/{self.placement}"

    def sits(self, who: str, address: str = "") -> Person:
        """This one sits down before the browser, at the placement's page or at another address."""
        self.one.signs_in_as(self.logins[who])
        self.one.go(address or self.here)
        return self.one

    def offers(self, way: str) -> None:
        """On the pages: the agency chooses the way and sends the offer."""
        one = self.sits("agency", f"/placements/new/{self.introduction}")
        one.sees(NOT_A_PERMIT)
        one.tick("pathway", way)
        one.press("Send the offer")
        self.placement = UUID(one.page.url.rsplit("/", 1)[1])

    def begins(self, way: str) -> None:
        """Unseen: the same."""
        with self.service.sessions.begin() as session:
            officer = self.service.actor(self.logins["agency"])
            self.placement = placements.begin_placement(session, officer, self.introduction, way).id

    def party(self, session: Session) -> Party:
        """Everybody who takes part, as they act unseen."""
        assert self.placement is not None
        found = session.scalars(
            select(Placement).where(Placement.id == self.placement).options(*placements.WHOLE)
        ).one()
        known = (self.service.actor(self.logins[who]) for who in ("candidate", "agency", "protector"))
        return Party(session, Journey("", "", "", PlacementState.OFFERED, DAYS), found, *known)

    def is_answered(self) -> None:
        """Unseen: the terms are sent, and the candidate agrees to them and accepts."""
        with self.service.sessions.begin() as session:
            party = self.party(session)
            send_terms(party)
            party.agree(ContractAction.CONFIRM, ContractMoved(was_read=True))
            party.move(PlacementAction.ACCEPT)

    def is_done(self, part: str, *moves: PlacementAction, on: PlacementMoved | None = None) -> None:
        """Unseen: every required step up to this part of the journey, then these moves, by whom they belong to."""
        with self.service.sessions.begin() as session:
            party = self.party(session)
            party.note(part)
            for action in moves:
                party.move(action, on)

    def notes(self, who: str, way: str, step: str, *, document: str = "") -> None:
        """On the pages: that a step was done today, with its document if a name is given."""
        one = self.sits(who, f"{self.here}/done?way={way}&step={step}")
        day = today()
        one.fill(done_on__day=str(day.day), done_on__month=str(day.month), done_on__year=str(day.year))
        if document:
            one.box("proof").set_input_files({"name": document, "mimeType": "application/pdf", "buffer": PDF})
        one.press("Note that it is done")

    def presses(self, who: str, words: str) -> Person:
        """On the placement's page: a button of this name; then what comes."""
        one = self.sits(who)
        one.press(words)
        return one

    def next_step(self) -> str:
        """What the card on top says, for whoever sits there."""
        return self.one.page.locator("#next").inner_text()
