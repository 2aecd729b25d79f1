"""A placement and everybody who takes part in it, each in a browser of their own; for the tests of its pages."""

from datetime import timedelta
from uuid import UUID

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.matching.models import Introduction
from talent.matching.states import IntroductionState
from talent.placements.models import Placement
from talent.placements.service import WHOLE, lines_of
from talent.placements.timeline import next_line
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)


class World:
    def __init__(self, session, signed_in, **vacancy):
        make_release(session)
        self.session = session
        self.agency = make_agency(session)
        self.agency_id = self.agency.id
        self.profile = make_published_profile(session)
        self.vacancy = make_published_vacancy(session, self.agency, **vacancy)
        self.introduction = Introduction(
            vacancy_id=self.vacancy.id,
            profile_id=self.profile.id,
            organisation_id=self.agency.id,
            state=IntroductionState.ACCEPTED,
            changed_at=now(),
        )
        protectorate = Organisation(
            kind=OrganisationKind.PROTECTORATE, name="Protectorate (test)", country="PK", created_at=now()
        )
        session.add_all([self.introduction, protectorate])
        session.flush()
        roles = {
            "agency": (Role.AGENCY_OFFICER, self.agency.id),
            "other_agency": (Role.AGENCY_OFFICER, make_agency(session).id),
            "staff": (Role.PROJECT_STAFF, None),
            "protector": (Role.PROTECTORATE_OFFICER, protectorate.id),
        }
        for name, (role, office) in roles.items():
            setattr(self, name, signed_in(make_account(session, role, organisation_id=office)))
        self.candidate = signed_in(session.get_one(Account, self.profile.account_id))
        self.here = ""

    def another_introduction(self) -> Introduction:
        """One more accepted candidate for the same vacancy."""
        made = Introduction(
            vacancy_id=self.vacancy.id,
            profile_id=make_published_profile(self.session).id,
            organisation_id=self.agency_id,
            state=IntroductionState.ACCEPTED,
            changed_at=now(),
        )
        self.session.add(made)
        self.session.flush()
        return made

    def begin(self, way: str = "de_fast_track_81a") -> str:
        page = self.agency.get(f"/placements/new/{self.introduction.id}")
        self.here = self.agency.send(page, pathway=way)
        return self.here

    @property
    def placement(self) -> Placement:
        key = UUID(self.here.rsplit("/", 1)[1])
        self.session.expire_all()
        return self.session.get_one(Placement, key, options=WHOLE)

    def send_terms(self) -> None:
        """The agency writes the terms down and sends them."""
        page = self.agency.get(f"{self.here}/contract/terms")
        self.agency.send(page, pay_cents="2950", period="month", hours_week="40", length="open", languages="ur")
        self.agency.send(self.agency.get(f"{self.here}/contract"), action=f"{self.here}/contract/step/send")

    def accept(self) -> None:
        """The candidate accepts the offer, whose terms were sent."""
        self.send_terms()
        self.move(self.candidate, "accept")

    def over_both_shores(self) -> None:
        """From the permit to the day of travel; the protector sees it only for the steps of leaving."""
        self.move(self.agency, "begin_permit")
        self.note_all("training", "permit")
        self.move(self.agency, "begin_visa")
        self.note_all("visa")
        self.move(self.agency, "begin_exit")
        assert self.placement.reference in self.protector.get("/placements").text
        self.note_all("exit")
        self.move(self.protector, "clear")

    def work_since(self, days: int) -> None:
        """Arrived, and at work since so many days."""
        self.move(self.agency, "arrive")
        began = today() - timedelta(days=days)
        day = {"on-day": str(began.day), "on-month": str(began.month), "on-year": str(began.year)}
        self.move(self.agency, "start_work", **day)

    def note_all(self, *stages: str) -> None:
        while (line := next_line(lines_of(self.placement))) is not None and line.step.stage.value in stages:
            self.note(self.staff, line.way.id, line.step.id)

    def note(self, browser, way: str, step: str, *, days_ago: int = 0, expect: int = 303):
        day = today() - timedelta(days=days_ago)
        page = browser.get(f"{self.here}/done?way={way}&step={step}")
        boxes = {"done_on-day": str(day.day), "done_on-month": str(day.month), "done_on-year": str(day.year)}
        return browser.send(page, expect=expect, **boxes)

    def move(self, browser, action: str, *, expect: int = 303, **told: str):
        return browser.send(browser.get(self.here), action=f"{self.here}/step/{action}", expect=expect, **told)
