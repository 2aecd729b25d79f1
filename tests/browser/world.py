"""The demonstration, and beside it somebody in every state that a page can show."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts import authenticator_apps, sign_in_help
from talent.accounts.actor import Actor
from talent.accounts.factor_models import CodeKind, IdentityCheck
from talent.accounts.models import Account, Organisation, OrganisationKind, SignInStage
from talent.accounts.new_passwords import keep_code
from talent.accounts.passwords import hash_password
from talent.accounts.permissions import Role
from talent.accounts.providers import keep_provider
from talent.accounts.service import accept_invitation, invite, register_candidate
from talent.accounts.throttle import Visit
from talent.demo.introductions import add_introductions
from talent.demo.load import load_demo
from talent.demo.organisations import SIGN_INS
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.clock import now, today
from talent.matching.agreement import agreement
from talent.matching.encoder import Encoder
from talent.matching.evaluate import evaluate
from talent.matching.introductions import ask_for_review
from talent.matching.judging import draw, grades
from talent.matching.models import Introduction, Suggestion
from talent.matching.states import IntroductionState
from talent.matching.trust_models import JudgedPair, Judgement, Measurement, MeasurementKind
from talent.monitoring.outreach import Assignment, assign
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.outreach_terms import Task
from talent.monitoring.register import kept_register
from talent.monitoring.trust import measure
from talent.organisations import applications, evidence
from talent.organisations.models import OrganisationApplication
from talent.organisations.schemas import NewApplication, NewEvidence
from talent.profiles import answers, entries, keeping_out, rights
from talent.profiles.cv import read_cv
from talent.profiles.models import CVFact, NumberKind, Profile, RequestKind
from talent.profiles.papers import give_paper
from talent.profiles.schemas import JobAnswer, LanguageAnswer, NameAnswer, OccupationAnswer, QualificationAnswer
from talent.profiles.service import get_or_begin, profile_to_change
from talent.profiles.states import ProfileState
from talent.profiles.steps import OwnProfile
from talent.recognition.crosswalk import add_standard
from talent.recognition.parties import ask_for_curriculum, give_mandate
from talent.recognition.schemas import CaseBegun, MandateGiven, StandardDraft
from talent.recognition.service import begin_case
from talent.recognition.terms import Share
from talent.staffing import service as roles
from talent.staffing.schemas import NewGrant
from talent.staffing.states import AccountAction
from talent.taxonomy.service import find_occupations
from talent.training.people import PersonKeys
from talent.vacancies import importing
from talent.vacancies.conflicts import draft_of
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.service import create, load_vacancies, move
from talent.vacancies.states import VacancyAction, VacancyState
from tests.browser.placing import add_placements, add_return
from tests.browser.running import RunningService
from tests.browser.teaching import add_organisations, add_teaching
from tests.factories import files
from tests.factories.weights import make_weights

PASSWORD = "four quiet words here"
CV_TEXT = """Pipe welder
Descon Engineering, Lahore, Pakistan
03/2018 - 11/2021
MIG/MAG welding, TIG welding, reading technical drawings
DAE Mechanical, PBTE
English: B1"""
ROWS = b"""reference,title,occupation,country,seats,pay_from
WELD-1,Welder MAG,7212,DE,2,2950
WELD-2,Welder TIG,9999,DE,1,2950
COOK-1,Cook,5120,DE,many,2400
"""
GOOD_ROWS = b"""reference,title,occupation,country,seats,pay_from
MASON-1,Bricklayer,7112,DE,2,2750
"""
ARRIVING, HALF_IN = "arriving@example.com", "half-in@example.com"
AUDITOR = "auditor@example.com"
NEWCOMER, BEGUN, DRAFT = (f"{who}@example.com" for who in ("newcomer", "begun", "draft"))


@dataclass
class World:
    """A stocked service: the login of each reader, and the ids that stand in addresses."""

    service: RunningService = field(init=False)
    logins: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def address(self, pattern: str) -> str:
        """The address with this world's ids in it."""
        return pattern.format_map(self.ids)


def stock(world: World, service: RunningService) -> None:
    """Fill a service with the demonstration and the others."""
    with service.sessions.begin() as session:
        load_demo(session, service.settings)
    service.matcher.catch_up()
    with service.sessions.begin() as session:
        add_introductions(session)
    world.logins |= {who.role.value: who.login for who in SIGN_INS}
    with service.sessions.begin() as session:
        add_people(session, world, service)
    with service.sessions.begin() as session:
        add_vacancies(session, world, service.actor(world.logins[Role.AGENCY_OFFICER]))
        add_files(session, world, service)
        add_matches(session, world, service)
        add_recognition(session, world, service)
        actors = {who.role: service.actor(who.login) for who in SIGN_INS}
        add_placements(session, world.ids, actors[Role.AGENCY_OFFICER], actors[Role.EMPLOYER])
        assert service.settings.secret_key is not None  # the service is running with one
        keys = PersonKeys(service.settings.secret_key.get_secret_value())
        add_organisations(session, world.ids, actors)
        add_teaching(session, world.ids, actors, keys=keys, var_dir=service.settings.var_dir)
        add_follow_up(session, world.ids, actors[Role.PROJECT_STAFF])
        judges = [actors[Role.PROJECT_STAFF], actors[Role.ADMINISTRATOR]]
        add_measurements(session, world.ids, judges, service.matcher.encoder)
        add_return(session, world.ids, actors[Role.CANDIDATE])
        measure = kept_register(session).measures[-1]
        world.ids |= {"measure": str(measure.id), "measure_item": str(measure.items[0].id)}
    service.work()


def add_recognition(session: Session, world: World, service: RunningService) -> None:
    """A case of an electrician who has begun to collect papers."""
    told = {"procedure": "de_bqfg_nonregulated", "award": "dae", "occupation": "7411", "title": "DAE Electrical"}
    candidate = service.actor(world.logins[Role.CANDIDATE])
    staff = service.actor(world.logins[Role.PROJECT_STAFF])
    award = {
        "kind": "nvqf_certificate",
        "title": "Welder, six months",
        "source": "Invented list",
        "as_of": "2026-01-31",
    }
    units = "Weld plates in the flat position\nRead technical drawings"
    standard = add_standard(session, staff, StandardDraft.model_validate(award | {"units": units}))
    world.ids |= {"award_standard": str(standard.id), "award_unit": str(standard.units[0].id)}
    world.ids["recognition_case"] = str(begin_case(session, candidate, CaseBegun.model_validate(told)).id)
    add_parties(session, world, service, candidate, told | {"procedure": "de_bqfg_fast_track", "region": "DE-SN"})


def add_parties(
    session: Session, world: World, service: RunningService, candidate: Actor, told: dict[str, str]
) -> None:
    """A second case, in which an agency acts under a power of attorney and an institute was asked for a curriculum."""
    acting, teacher = (service.actor(world.logins[role]) for role in (Role.AGENCY_OFFICER, Role.INSTITUTE_OFFICER))
    assert acting.organisation_id is not None
    assert teacher.organisation_id is not None
    case = begin_case(session, candidate, CaseBegun.model_validate(told))
    given = MandateGiven(organisation=acting.organisation_id, signed_on=today(), shares={Share.DOCUMENTS})
    give_mandate(session, candidate, case, given, met={acting.organisation_id})
    institute = teacher.organisation_id
    world.ids["curriculum"] = str(ask_for_curriculum(session, candidate, case, institute, taught_by={institute}).id)
    world.ids["accelerated_case"] = str(case.id)


def add_follow_up(session: Session, ids: dict[str, str], staff: Actor) -> None:
    """One follow-up of the placement."""
    told = Assignment(cases=[UUID(ids["placement"])], task=Task.ASK_AUTHORITY, assigned_to=staff.id, due_on=today())
    assign(session, staff, told)
    ids["follow_up"] = str(session.scalars(select(FollowUp.id)).one())


def add_measurements(session: Session, ids: dict[str, str], judges: Sequence[Actor], encoder: Encoder) -> None:
    """Pairs that both judged, one that waits for the first of them, and one measuring of each kind."""
    draw(session, judges[0])
    pairs = session.scalars(select(JudgedPair).order_by(JudgedPair.score, JudgedPair.id)).all()
    for number, pair in enumerate(pairs[1:]):
        for place, judge in enumerate(judges):
            grade = min(3, int(pair.score // 25) + (number + place) % 2)
            session.add(Judgement(pair_id=pair.id, judge_id=judge.id, grade=grade, at=now()))
    ids["judged_pair"] = str(pairs[0].id)
    evaluate(session, encoder, others={})
    content = agreement(grades(session))
    session.add(Measurement(kind=MeasurementKind.AGREEMENT, at=now(), took_ms=1, content=content))
    ids["weights"] = str(make_weights(session).id)
    measure(session)


def add_people(session: Session, world: World, service: RunningService) -> None:
    """A newcomer, somebody with an empty profile, a draft with a CV to confirm; a paused and a withdrawn candidate."""
    for login in (NEWCOMER, BEGUN, DRAFT):
        register_candidate(session, login=login, password=PASSWORD, language="en")
    world.logins |= {"newcomer": NEWCOMER, "begun": BEGUN, "draft": DRAFT}
    add_half_signed_in(session, world, service)
    add_staffing(session, world, service)
    add_organisation_papers(session, world, service)
    world.logins |= {"arriving": ARRIVING, "half_in": HALF_IN}
    session.add(
        Account(
            login=AUDITOR, password_hash=hash_password(PASSWORD), role=Role.AUDITOR, name="A. Uditor", created_at=now()
        )
    )
    world.logins["auditor"] = AUDITOR
    begin(session, Actor(login_id(session, BEGUN), Role.CANDIDATE))
    add_draft(session, world, Actor(login_id(session, DRAFT), Role.CANDIDATE), service)
    for state in (ProfileState.PAUSED, ProfileState.WITHDRAWN):
        query = select(Account.login).join(Profile, Profile.account_id == Account.id).where(Profile.state == state)
        world.logins[state.value] = session.scalars(query.limit(1)).one()


def add_half_signed_in(session: Session, world: World, service: RunningService) -> None:
    """Staff who set up a second step or are asked for it, a link, somebody to help, and an organisation's provider."""
    for login in (ARRIVING, HALF_IN):
        token = invite(session, None, role=Role.PROJECT_STAFF)
        accept_invitation(session, token=token, login=login, password=PASSWORD, name="Aino Niemi")
    key, secret = authenticator_apps.factor_key(service.settings), authenticator_apps.new_secret()
    authenticator_apps.keep(session, key, login_id(session, HALF_IN), secret)
    world.ids["password_code"] = secrets.token_urlsafe(32)
    keep_code(session, login_id(session, HALF_IN), world.ids["password_code"], CodeKind.LETTER)
    staff = service.actor(world.logins[Role.ADMINISTRATOR])
    sign_in_help.ask(session, staff, login=BEGUN, checked=IdentityCheck.CARD)
    agency = session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.AGENCY)).first()
    assert agency is not None
    login_house = {"issuer": "https://login.example.org", "client_id": "talent", "secret": "between the two"}
    keep_provider(session, staff, key, organisation_id=agency.id, **login_house)
    service.stages |= {ARRIVING: SignInStage.SET_UP, HALF_IN: SignInStage.SECOND_STEP}


def add_staffing(session: Session, world: World, service: RunningService) -> None:
    """A proposal and an invitation that wait for a second person, a suspended account, and one that is not."""
    administrator, staff = (service.actor(world.logins[role]) for role in (Role.ADMINISTRATOR, Role.PROJECT_STAFF))
    officer = session.scalars(
        select(Account.login).where(Account.login.like("agency-%")).order_by(Account.login)
    ).first()
    asked = {"login": officer, "role": "none", "reason": "He left the agency at the end of October."}
    world.ids["grant"] = str(roles.propose(session, administrator, NewGrant.model_validate(asked)).id)
    invite(session, administrator, role=Role.AUDITOR, sent_to="auditor@example.org")
    kept_out = session.scalars(select(Account).where(Account.login == "institute-2@demo.example")).one()
    keeping_out.decide(session, staff, kept_out, AccountAction.SUSPEND, reason="The phone with the codes was stolen.")
    world.ids |= {"suspended_account": str(kept_out.id), "other_account": str(login_id(session, BEGUN))}


def add_organisation_papers(session: Session, world: World, service: RunningService) -> None:
    """An application that waits, and evidence that an agency brought and nobody has confirmed yet."""
    told = {"kind": "institute", "name": "Institute of Solar Trades, Multan", "country": "PK", "number": "TEVTA 4711"}
    told |= {"words": "We train solar technicians and want to keep their registers here.", "contact_name": "A. Malik"}
    asked = NewApplication.model_validate(told | {"contact": "office@solar.example"})
    key = authenticator_apps.factor_key(service.settings)
    applications.send_application(session, key, asked, Visit("a browser", "39.32.1.5"))
    world.ids["application"] = str(session.scalars(select(OrganisationApplication.id)).one())
    officer = service.actor(world.logins[Role.AGENCY_OFFICER])
    assert officer.organisation_id is not None
    agency = session.get_one(Organisation, officer.organisation_id)
    told = {
        "kind": "licence",
        "number": "L-17",
        "words": "Licence of the ministry of labour",
        "expires_on": "2027-11-30",
    }
    brought = NewEvidence.model_validate(told)
    content = files.pdf("Licence L-17")
    evidence.add_evidence(session, officer, agency, brought, var_dir=service.settings.var_dir, content=content)


def login_id(session: Session, login: str) -> UUID:
    """The id of the account of this login."""
    return session.scalars(select(Account.id).where(Account.login == login)).one()


def begin(session: Session, actor: Actor) -> OwnProfile:
    """An empty profile."""
    get_or_begin(session, actor)
    return profile_to_change(session, actor)


def add_draft(session: Session, world: World, actor: Actor, running: RunningService) -> None:
    """A half-finished profile with one entry in each list, and a CV whose facts wait."""
    own = begin(session, actor)
    own = answers.save_name(
        session, actor, own, NameAnswer(full_name="Bilal Ahmed Awan", phone="0321 4567890", email="")
    )
    welder = find_occupations(session, "welder", language="en", limit=1)[0].id
    answers.save_occupation(session, actor, own, OccupationAnswer(occupation=welder, words="welding ka karigar"))
    job = {"title": "Welder's helper", "employer": "Ittefaq Workshop", "country": "PK", "goes_on": True}
    job |= {"started_month": 2, "started_year": 2022, "tasks": "Grinding and MMA welding of gates"}
    world.ids["job"] = str(entries.save_job(session, actor, own, JobAnswer.model_validate(job)).id)
    held = QualificationAnswer.model_validate({"kind": "nvqf_certificate", "title": "Welding level 3", "length": 6})
    world.ids["certificate"] = str(entries.save_qualification(session, actor, own, held).id)
    spoken = LanguageAnswer.model_validate({"language": "ur", "level": "C2"})
    world.ids["language"] = str(entries.save_language(session, actor, own, spoken).id)
    session.flush()
    read_cv(session, actor, var_dir=running.settings.var_dir, name="cv.pdf", content=files.pdf(CV_TEXT))
    for fact in session.scalars(select(CVFact).where(CVFact.profile_id == own.profile.id).order_by(CVFact.number)):
        world.ids.setdefault(f"{fact.kind}_fact", str(fact.id))


def add_vacancies(session: Session, world: World, officer: Actor) -> None:
    """The agency's open vacancy with the longest story, and others in each other state."""
    yes = (Introduction.organisation_id == officer.organisation_id, Introduction.state == IntroductionState.INTERESTED)
    shown = session.scalars(select(Introduction).where(*yes).order_by(Introduction.id).limit(1)).one()
    world.ids |= {"vacancy": str(shown.vacancy_id), "known": str(shown.profile_id)}
    blind = select(Suggestion.profile_id).where(
        Suggestion.vacancy_id == shown.vacancy_id,
        Suggestion.profile_id.not_in(select(Introduction.profile_id)),
    )
    world.ids["blind"] = str(session.scalars(blind.order_by(Suggestion.score.desc(), Suggestion.tie).limit(1)).one())
    whole = draft_of(load_vacancies(session, [shown.vacancy_id])[0])
    ways = {
        VacancyState.CHECKED: (VacancyAction.CHECK,),
        VacancyState.CLOSED: (VacancyAction.CHECK, VacancyAction.PUBLISH, VacancyAction.CLOSE),
    }
    for state, steps in ways.items():
        vacancy = create(session, officer, whole.model_copy(update={"reference": f"IN-{state}"}))
        for step in steps:
            move(session, officer, vacancy, step)
        world.ids[f"{state}_vacancy"] = str(vacancy.id)
    unfinished = VacancyDraft(title="Young welder wanted", country="DE", reference="IN-draft")
    world.ids["draft_vacancy"] = str(create(session, officer, unfinished).id)


def add_files(session: Session, world: World, service: RunningService) -> None:
    """A file of vacancies that is only read, and one that is taken."""
    officer = service.actor(world.logins[Role.AGENCY_OFFICER])
    var_dir = service.settings.var_dir
    read = importing.upload(session, officer, ROWS, original_name="vacancies.csv", var_dir=var_dir)
    taken = importing.upload(session, officer, GOOD_ROWS, original_name="masons.csv", var_dir=var_dir)
    importing.take(session, officer, taken, var_dir=var_dir)
    world.ids |= {"read_import": str(read.id), "taken_import": str(taken.id)}


def add_matches(session: Session, world: World, service: RunningService) -> None:
    """The candidate's matches by their state, a request for review that waits, and an invitation."""
    candidate = service.actor(world.logins[Role.CANDIDATE])
    own = select(Profile.id).where(Profile.account_id == candidate.id).scalar_subquery()
    for introduction in session.scalars(select(Introduction).where(Introduction.profile_id == own)):
        world.ids[f"{introduction.state}_match"] = str(introduction.vacancy_id)
    answered = select(Introduction.vacancy_id).where(Introduction.profile_id == own)
    fresh = select(Suggestion).where(Suggestion.profile_id == own, Suggestion.vacancy_id.not_in(answered))
    best = session.scalars(fresh.order_by(Suggestion.missing, Suggestion.score.desc()).limit(1)).one()
    world.ids["match"] = str(best.vacancy_id)
    words = "I have the welding certificate, but it is shown as missing. Please look at my papers again."
    world.ids["request"] = str(ask_for_review(session, candidate, best.vacancy_id, words).id)
    world.ids["demand"] = str(rights.demand(session, candidate, RequestKind.CORRECTION, words).id)
    give_paper(session, candidate, NumberKind.CNIC, "35202-0000000-0", date(1995, 3, 27))
    reader = Actor(login_id(session, AUDITOR), Role.AGENCY_OFFICER, organisation_id=best_yes(session, candidate))
    deed = Deed("identity.read", "identity", "", candidate.id, ("full_name",), "interview")
    audit.record(session, reader, deed)
    staff = service.actor(world.logins[Role.PROJECT_STAFF])
    agency = session.get_one(Vacancy, UUID(world.ids["vacancy"])).organisation_id
    organisation = session.get_one(Organisation, agency)
    world.ids["token"] = invite(session, staff, role=Role.AGENCY_OFFICER, organisation=organisation)


def best_yes(session: Session, candidate: Actor) -> UUID:
    """An agency that the candidate said yes to."""
    own = select(Introduction.organisation_id).where(Introduction.account_id == candidate.id)
    return session.scalars(own.where(Introduction.state == IntroductionState.INTERESTED).limit(1)).one()
