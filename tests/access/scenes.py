"""What stands in each side's scene besides its agency: an institute with registers, an authority's office with cases,
and for everybody a session, a passkey and a request for help.

Every function gives back the things by the name of the gap that they fill in an address.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts import service as accounts
from talent.accounts import sessions
from talent.accounts.actor import Actor
from talent.accounts.factor_models import CodeKind, IdentityCheck, IdentityProvider, Passkey, SignInHelp
from talent.accounts.models import Account, Invitation, Organisation, OrganisationKind, SignInSession, SignInStage
from talent.accounts.new_passwords import keep_code
from talent.accounts.permissions import Role
from talent.accounts.sessions import token_hash
from talent.accounts.throttle import Visit
from talent.foundation.clock import now, today
from talent.foundation.crypto import Key
from talent.foundation.documents import Purpose, StoredFile, store
from talent.monitoring.register import kept_register
from talent.monitoring.taking_in import load_starter
from talent.organisations import applications, evidence
from talent.organisations.models import EvidenceKind, OrganisationApplication
from talent.organisations.schemas import NewApplication, NewEvidence
from talent.placements.feeds import make_feed
from talent.profiles import rights
from talent.profiles.models import Consent, RequestKind
from talent.readiness import applying, asking
from talent.recognition import crosswalk, documents, offices, parties
from talent.recognition import service as recognition
from talent.recognition.crosswalk_models import UnitLink
from talent.recognition.models import RecognitionCase, RecognitionPaper
from talent.recognition.procedures import catalogue
from talent.recognition.schemas import CaseBegun, MandateGiven, PaperAdded, StandardDraft
from talent.recognition.states import CaseAction
from talent.recognition.terms import Share, When
from talent.staffing.models import RoleGrant
from talent.taxonomy.levels import QualificationKind
from talent.taxonomy.models import Skill
from talent.training import attendance, concerns, register, reports, results, seats, service
from talent.training.attendance import DayPlan
from talent.training.facts import Result
from talent.training.models import Cohort, Trainee
from talent.training.people import Person, PersonKeys
from talent.training.records import IntegrityFinding
from talent.training.schemas import (
    AssessmentDraft,
    CohortDraft,
    ConcernDraft,
    CourseDraft,
    ProgrammeDraft,
    RequestDraft,
)
from talent.training.states import CohortAction, FindingState
from talent.training.terms import AssessmentKind, FindingKind, ReportKind
from tests.factories.corridor import concept

Things = dict[str, UUID]
KEYS = PersonKeys("a secret of tests that is long enough")
PROCEDURE, OCCUPATION = "de_bqfg_nonregulated", "7411"
TAUGHT_ON = today() - timedelta(days=20)
EVERY_DAY = frozenset(range(7))


def standing_clock() -> type[datetime]:
    """A ``datetime`` whose present instant is the one of now for ever."""
    moment = now()

    class Standing(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    return Standing


def taught(session: Session, officer: Actor, mark: str, var_dir: Path) -> tuple[Things, Cohort]:
    """A programme, a course, a cohort that takes people, and files that could not be taken, all by this officer."""
    programme = service.create_programme(session, officer, ProgrammeDraft(title=f"{mark}programme", about=mark))
    draft = CourseDraft(
        title=f"{mark}course", language="ur", vocational_hours=300, occupation_id=concept("Welder"), least_attendance=1
    )
    course = service.create_course(session, officer, programme, draft)
    service.teach(session, officer, course, [concept("welding steel")])
    planned = CohortDraft(
        reference=f"{mark}cohort",
        starts_on=today() - timedelta(days=30),
        ends_on=today() + timedelta(days=60),
        joins_until=today() + timedelta(days=10),
        seats=10,
        venue=f"{mark}venue",
        instructors=f"{mark}instructor",
    )
    cohort = service.create_cohort(session, officer, course, planned)
    service.move(session, officer, cohort, CohortAction.OPEN)
    brought = register.upload(
        session,
        officer,
        register.RegisterKind.PEOPLE,
        f"cohort,name,cnic\n{mark}nowhere,{mark}filedname,12\n".encode(),
        original_name=f"{mark}filename.csv",
        var_dir=var_dir,
        keys=KEYS,
    )
    made = {"programme_id": programme.id, "course_id": course.id, "cohort_id": cohort.id, "register_id": brought.id}
    return made, cohort


def attended(
    session: Session, officer: Actor, cohort: Cohort, people: list[Actor], offered: Actor, mark: str
) -> Things:
    """These candidates are in the cohort, one record waits for ``offered``; a day, a test, a report, a finding."""
    taking = [applying.apply(session, one, cohort.id, keys=KEYS) for one in people]
    login = session.get_one(Account, offered.id).login
    known = Person(f"{mark}waiting", phone=f"0302{uuid4().int % 10**7:07}", email=login)
    waiting = seats.enrol(session, officer, cohort.id, known, keys=KEYS)
    service.move(session, officer, cohort, CohortAction.START)
    attendance.plan_days(session, officer, cohort, [DayPlan(EVERY_DAY, 360)])
    attendance.keep_day(session, officer, cohort, TAUGHT_ON, {one.id: 300 for one in taking})
    draft = AssessmentDraft(kind=AssessmentKind.ORAL, title=f"{mark}test", held_on=today(), assessor=f"{mark}assessor")
    test = results.add_assessment(session, officer, cohort, draft)
    results.record(session, officer, cohort, test, {one.id: Result(passed=True, level=None) for one in taking})
    reports.mark_sent(session, officer, cohort, ReportKind.INCEPTION, None)
    noticed = IntegrityFinding(
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.id,
        kind=FindingKind.MISSING_REGISTER,
        what=f"{mark}what",
        facts={"day": "2026-11-02"},
        noticed_at=now(),
        state=FindingState.NOTICED,
    )
    session.add(noticed)
    session.flush()
    worry = ConcernDraft(institute_id=cohort.organisation_id, kind=FindingKind.FEE_CHARGED, words=f"{mark}concern")
    concerns.report(session, worry)
    return {
        "assessment_id": test.id,
        "finding_id": noticed.id,
        "enrolment_id": taking[0].id,
        "trainee_id": waiting.trainee_id,
    }


def asked_for(session: Session, officer: Actor, vacancy_id: UUID, institute: Actor, mark: str) -> UUID:
    """The request of an agency for people that an institute trains for its vacancy."""
    assert institute.organisation_id is not None
    draft = RequestDraft(institute_id=institute.organisation_id, people=3, words=f"{mark}request")
    return asking.ask(session, officer, vacancy_id, draft).id


def begun_case(session: Session, candidate: Actor, mark: str, var_dir: Path) -> RecognitionCase:
    """A case with every paper that it needs; each paper is a file of its own, with the mark inside and in its name."""
    begun = CaseBegun(
        procedure=PROCEDURE,
        award=QualificationKind.DAE,
        occupation=OCCUPATION,
        title=f"{mark}award",
        institute=f"{mark}board",
        year=2015,
    )
    case = recognition.begin_case(session, candidate, begun)
    procedure = catalogue().procedure(PROCEDURE)
    assert procedure is not None
    for paper in procedure.papers:
        for is_translation in (False, True) if paper.translation else (False,):
            if paper.when is When.ALWAYS:
                content = f"%PDF-1.4\n%{mark}paper{uuid4().hex}\ntrailer<<>>\n%%EOF\n".encode()
                told = PaperAdded(kind=paper.kind, is_translation=is_translation)
                documents.add_paper(
                    session, candidate, case, told, var_dir=var_dir, name=f"{mark}filename.pdf", content=content
                )
    return case


def sent_case(session: Session, candidate: Actor, office: Actor, staff: Actor, mark: str, var_dir: Path) -> Things:
    """A case that lies with an authority's office, which has confirmed that it is complete."""
    assert office.organisation_id is not None
    case = begun_case(session, candidate, mark, var_dir)
    recognition.move(session, candidate, case, CaseAction.SUBMIT)
    offices.hand_over(session, staff, case, office.organisation_id)
    recognition.move(session, office, case, CaseAction.CONFIRM_COMPLETE)
    return things_of_case(session, case) | {"office_id": office.organisation_id}


def let_in(session: Session, candidate: Actor, case_id: UUID, acting: Actor, institute: Actor) -> Things:
    """A power of attorney in this case, and a request for the curriculum that waits."""
    assert acting.organisation_id is not None
    assert institute.organisation_id is not None
    case = recognition.get_case(session, candidate, case_id, to_change=True)
    told = MandateGiven(organisation=acting.organisation_id, signed_on=today(), shares=set(Share))
    parties.give_mandate(session, candidate, case, told, met={acting.organisation_id})
    taught_by = {institute.organisation_id}
    asked = parties.ask_for_curriculum(session, candidate, case, institute.organisation_id, taught_by=taught_by)
    return {"curriculum_id": asked.id}


def things_of_case(session: Session, case: RecognitionCase) -> Things:
    """The case and one of its papers."""
    paper = session.scalars(select(RecognitionPaper.id).where(RecognitionPaper.case_id == case.id)).first()
    assert paper is not None
    return {"case_id": case.id, "paper_id": paper}


def registered(session: Session, number: int) -> Things:
    """A measure of the programme register, which belongs to nobody, and one of its items."""
    load_starter(session)
    measure = next(one for one in kept_register(session).measures if one.number == number)
    return {"measure_id": measure.id, "item_id": measure.items[0].id}


def crosswalked(session: Session, keeper: Actor, title: str) -> Things:
    """An award of the crosswalk, which belongs to nobody, with one confirmed skill and a published version."""
    draft = StandardDraft.model_validate(
        {"kind": "dae", "title": title, "source": "a list", "as_of": "2026-01-31", "units": "Weld steel\nCut steel"}
    )
    award = crosswalk.add_standard(session, keeper, draft)
    skills = session.scalars(select(Skill.id).order_by(Skill.id).limit(2)).all()
    links = [UnitLink(unit_id=unit.id, skill_id=skill) for unit, skill in zip(award.units, skills, strict=True)]
    session.add_all(links)
    session.flush()
    session.expire_all()
    kept = crosswalk.get_standard(session, award.id)
    first, second = (link for unit in kept.units for link in unit.links)
    crosswalk.decide(session, keeper, kept, first.id, confirmed=True)
    crosswalk.release(session, keeper, kept)
    crosswalk.decide(session, keeper, kept, second.id, confirmed=True)  # so that another version can follow
    return {"standard_id": award.id, "link_id": second.id, "unit_id": second.unit_id, "skill_id": second.skill_id}


def demanded(session: Session, candidate: Actor, mark: str) -> Things:
    """A demand of this candidate, and a yes that was given."""
    demand = rights.demand(session, candidate, RequestKind.CORRECTION, f"{mark}demand")
    consent = session.scalars(select(Consent.id).where(Consent.account_id == candidate.id)).first()
    assert consent is not None
    return {"demand_id": demand.id, "consent_id": consent}


def helped(session: Session, candidate: Actor, asker: Actor) -> UUID:
    """Somebody's request to help this candidate to sign in, which waits for a second person."""
    made = SignInHelp(
        account_id=candidate.id,
        checked=IdentityCheck.CARD,
        asked_by=asker.id,
        asked_at=now(),
        expires_at=now() + timedelta(hours=20),
    )
    session.add(made)
    session.flush()
    return made.id


def provided(session: Session, organisation: Organisation, mark: str) -> UUID:
    """The provider through which the people of this organisation sign in; the scene has no network to it."""
    made = IdentityProvider(
        organisation_id=organisation.id,
        issuer=f"https://{mark.lower()}.example",
        client_id=f"{mark}client",
        sealed_secret="sealed",
        is_open=True,
        created_at=now(),
    )
    session.add(made)
    session.flush()
    return made.id


def own_ways_in(session: Session, account: Account, mark: str) -> Things:
    """One more session and a passkey of this account."""
    passkey = Passkey(
        account_id=account.id,
        credential_id=uuid4().bytes,
        public_key=b"none",
        sign_count=0,
        name=f"{mark}passkey",
        created_at=now(),
    )
    elsewhere = SignInSession(
        token_hash=uuid4().hex * 2,
        account_id=account.id,
        stage="full",
        role=account.role,
        device=f"{mark}device",
        created_at=now(),
        last_seen_at=now(),
        expires_at=now() + timedelta(hours=8),
        proved_at=now(),
    )
    session.add_all([passkey, elsewhere])
    session.flush()
    return {"passkey_id": passkey.id, "session_id": elsewhere.id}


def not_quite_in(session: Session, like: Account) -> dict[str, str]:
    """The cookie of a colleague who was suspended, and of one whose second step is still to come."""
    tokens = {}
    for name, stage in (("disabled", SignInStage.FULL), ("halfway", SignInStage.SECOND_STEP)):
        account = Account(
            login=f"{name}-{uuid4().hex[:8]}@example.org",
            password_hash="",
            role=like.role,
            organisation_id=like.organisation_id,
            created_at=now(),
        )
        session.add(account)
        session.flush()
        tokens[name] = sessions.open_session_for(session, account, device="test", stage=stage)
        account.suspended_at = now() if name == "disabled" else None
    return tokens


def letters_of(session: Session, account: Account) -> dict[str, str]:
    """An invitation that nobody accepted, and the link for a new password."""
    code = uuid4().hex
    keep_code(session, account.id, code, CodeKind.LETTER)
    employer = session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.EMPLOYER)).first()
    owner = Actor(account.id, account.role)
    return {
        "code": code,
        "secret": make_feed(session, owner),
        "token": accounts.invite(session, None, role=Role.EMPLOYER, organisation=employer),
    }


def kept_file(session: Session, var_dir: Path, owner: Actor, purpose: Purpose, mark: str, words: str) -> StoredFile:
    """A stored file of this owner, with the mark inside and in its name."""
    content = f"{words}\n".encode()
    name = f"{mark}filename.csv"
    return store(session, var_dir, content, owner_id=owner.id, purpose=purpose, original_name=name)


def shown_to_be(session: Session, staff: Actor, organisation_id: UUID, mark: str, var_dir: Path) -> UUID:
    """What the project has seen of this organisation, with the paper itself."""
    until = today() + timedelta(days=300)
    seen = NewEvidence(kind=EvidenceKind.REGISTER, number="HRB 1", words="seen in the register", expires_on=until)
    paper = f"%PDF-1.4\n%{mark}paper{uuid4().hex}\ntrailer<<>>\n%%EOF\n".encode()
    organisation = session.get_one(Organisation, organisation_id)
    return evidence.add_evidence(session, staff, organisation, seen, var_dir=var_dir, content=paper).id


def applied(session: Session, key: Key, mark: str) -> UUID:
    """Somebody outside who asks that an organisation may work here."""
    asked = NewApplication(
        kind=OrganisationKind.INSTITUTE,
        name=f"{mark}name",
        country="PK",
        words=f"{mark}words: we teach welders",
        contact_name=f"{mark}contact",
        contact=f"{uuid4().hex[:8]}@example.org",
    )
    applications.send_application(session, key, asked, Visit("", f"2001:db8:{uuid4().hex[:4]}::1"))
    made = select(OrganisationApplication.id).where(OrganisationApplication.name == asked.name)
    return session.scalars(made).one()


def staffed(session: Session, staff: Actor, about: Account, mark: str) -> Things:
    """What the project office decides about somebody: a role that was proposed, and whether the account stays open."""
    grant = RoleGrant(
        account_id=about.id,
        role_before=about.role,
        role_after=None,
        organisation_id=about.organisation_id,
        reason=f"{mark}reason",
        proposed_by=staff.id,
        proposed_at=now(),
    )
    session.add(grant)
    session.flush()
    return {"account_id": about.id, "grant_id": grant.id}


def waiting_invitation(session: Session, sender: Actor) -> UUID:
    """An invitation to the project office, to which a second administrator has still to agree."""
    token = accounts.invite(session, sender, role=Role.AUDITOR)
    return session.scalars(select(Invitation.id).where(Invitation.token_hash == token_hash(token))).one()


def trainee_of(session: Session, actor: Actor) -> UUID:
    """The record that an institute keeps of this candidate."""
    profile = applying.Profile
    return session.scalars(
        select(Trainee.id).join(profile, profile.id == Trainee.profile_id).where(profile.account_id == actor.id)
    ).one()
