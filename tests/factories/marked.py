"""A candidate with a marker of its own in every place where something about a person can be written."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from talent.accounts import sessions
from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.casework.models import CaseEvent
from talent.foundation.clock import now
from talent.foundation.documents import Purpose, store
from talent.foundation.mail import send_later
from talent.foundation.settings import Settings
from talent.matching.models import Introduction, MatchInput, MatchRun, ReviewRequest, SubjectKind, Suggestion
from talent.matching.states import IntroductionState
from talent.profiles import consent
from talent.profiles.identity import Contact, save_contact
from talent.profiles.models import (
    ConsentPurpose,
    CVFact,
    Profile,
    ProfileLanguage,
    ProfileSkill,
    Qualification,
    RightsRequest,
    SkillSource,
    WorkPeriod,
)
from talent.profiles.states import ProfileState
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.vacancies.models import Vacancy
from tests.factories.corridor import concept
from tests.factories.matching import NO_REASONS

MARKERS = 22


class Marked:
    """One person; ``markers`` are the words that nobody else ever wrote."""

    def __init__(self, session: Session, settings: Settings, vacancy: Vacancy) -> None:
        self.session, self.settings, self.vacancy = session, settings, vacancy
        self.markers = [f"mk{uuid4().hex[:18]}" for _ in range(MARKERS)]
        mark = iter(self.markers)
        self.account = Account(
            login=f"{next(mark)}@example.org", password_hash="", role=Role.CANDIDATE, language="en", created_at=now()
        )
        session.add(self.account)
        session.flush()
        self.id = self.account.id
        self.actor = Actor(self.id, Role.CANDIDATE)
        self.profile = self.begins(mark)
        self.profile_id = self.profile.id
        save_contact(session, self.profile, Contact(next(mark), f"{next(mark)}@example.org", next(mark)))
        consent.give(session, self.actor, ConsentPurpose.MATCHING)
        self.brings_files(mark)
        self.meets(mark)
        sessions.open_session_for(session, self.account, device=next(mark))
        send_later(session, recipient=self.account.login, subject=next(mark), body=next(mark))
        letter = settings.var_dir / "mail" / f"{uuid4().hex}.eml"
        letter.parent.mkdir(parents=True, exist_ok=True)
        letter.write_text(f"To: {self.account.login}\nSubject: {self.markers[0]}\n\n{self.markers[0]}\n")
        assert not list(mark), "every marker is used"
        session.flush()

    def begins(self, mark) -> Profile:
        profile = Profile(
            account_id=self.account.id,
            reference=f"TP-{uuid4().hex[:8].upper()}",
            state=ProfileState.PUBLISHED,
            occupation_id=concept("Welder"),
            occupation_words=next(mark),
            about=next(mark),
            answered_licences=True,
            available_from=now().date() + timedelta(days=30),
            created_at=now(),
            changed_at=now(),
            published_at=now(),
            languages=[ProfileLanguage(language="de", level=CEFR.A2)],
            skills=[ProfileSkill(skill_id=concept("welding steel"), words=next(mark), source=SkillSource.CHOSEN)],
            work=[WorkPeriod(title=next(mark), employer=next(mark), started_on=now().date(), tasks=next(mark))],
            qualifications=[Qualification(kind=QualificationKind.DAE, title=next(mark), issuing_body=next(mark))],
        )
        self.session.add(profile)
        self.session.flush()
        return profile

    def brings_files(self, mark) -> None:
        content = BytesIO(f"My CV. {next(mark)}\n".encode())
        self.name_at_home = next(mark)
        stored = store(
            self.session,
            self.settings.var_dir,
            content.getvalue(),
            owner_id=self.account.id,
            purpose=Purpose.CV,
            original_name=f"{self.name_at_home}.txt",
        )
        word = next(mark)
        self.session.add(
            CVFact(
                profile_id=self.profile.id, document_id=stored.id, number=1, kind="skill", value={"x": word}, words=word
            )
        )

    def meets(self, mark) -> None:
        run = MatchRun(
            id=uuid4(),
            subject_kind=SubjectKind.PROFILE,
            subject_id=self.profile.id,
            at=now(),
            took_ms=1,
            model_hash="m",
            weights_version="w",
            taxonomy_version="t",
            input_hash="i",
            compared=1,
            order_shown=[],
        )
        seen = next(mark)
        self.session.add_all(
            [
                run,
                MatchInput(
                    input_hash=uuid4().hex * 2,
                    subject_kind=SubjectKind.PROFILE,
                    subject_id=self.profile.id,
                    view={"text": seen},
                    vector=[0.0] * 3,
                    at=now(),
                ),
            ]
        )
        self.session.flush()
        pair = {"vacancy_id": self.vacancy.id, "profile_id": self.profile.id}
        introduction = Introduction(
            **pair, organisation_id=self.vacancy.organisation_id, state=IntroductionState.INTERESTED, changed_at=now()
        )
        self.session.add_all(
            [
                Suggestion(
                    **pair,
                    run_id=run.id,
                    weights_version=run.weights_version,
                    score=1.0,
                    missing=0,
                    tie=1,
                    wished=100.0,
                    mutual=1.0,
                    reasons=NO_REASONS,
                    vacancy_input="i",
                    profile_input="i",
                ),
                introduction,
                ReviewRequest(**pair, words=next(mark), asked_at=now()),
                RightsRequest(
                    account_id=self.account.id, kind="objection", words=next(mark), asked_at=now(), due_on=now().date()
                ),
            ]
        )
        self.session.flush()
        self.session.add(
            CaseEvent(
                case_kind="introduction",
                case_id=introduction.id,
                at=now(),
                actor_id=self.account.id,
                actor_role="agency_officer",
                action="turn_down",
                from_state="interested",
                to_state="turned_down",
                note=next(mark),
            )
        )

    def traces(self) -> list[str]:
        """Every table, by a look at all its rows as text, in which one of the markers stands."""
        names = self.session.scalars(
            text("select table_name from information_schema.tables where table_schema = 'public'")
        ).all()
        return [
            name
            for name in names
            for row in self.session.scalars(text(f'select t::text from "{name}" t'))
            if any(marker in row for marker in self.markers)
        ]
