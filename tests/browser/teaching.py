"""What stands beside the demonstration's institute, so that each page of training and of organisations has its rows."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.organisations import evidence
from talent.organisations import service as organisations
from talent.organisations.models import EvidenceKind
from talent.organisations.schemas import NewEvidence
from talent.readiness import asking, outlook
from talent.taxonomy.levels import CEFR
from talent.training import concerns, integrity, register, results, service
from talent.training.facts import Result
from talent.training.models import Cohort, Course, Enrolment, Trainee
from talent.training.people import PersonKeys
from talent.training.records import IntegrityFinding, TrainingDay
from talent.training.register import RegisterKind
from talent.training.schemas import AssessmentDraft, CohortDraft, ConcernDraft, RequestDraft
from talent.training.states import EnrolmentState
from talent.training.terms import AssessmentKind, FindingKind

COHORTS = {"W-2026-1": "done", "W-2026-2": "running", "W-2027-1": "open"}
PEOPLE = """cohort,name,cnic,phone
W-2027-1,Saima Bibi,00000-0000901-1,0301 0000901
W-2027-1,Yasir Khan,00000-0000902-1,0301 0000902
W-2027-9,Nadia Aslam,00000-0000903-1,0301 0000903
W-2027-1,,00000-0000904-1,0301 0000904
"""
GOOD_PEOPLE = """cohort,name,cnic,phone
W-2027-1,Hina Riaz,00000-0000905-1,0301 0000905
"""


def add_teaching(
    session: Session, ids: dict[str, str], actors: dict[Role, Actor], *, keys: PersonKeys, var_dir: Path
) -> None:
    """Cohorts in each state, a request that waits, files, findings and a picture of demand."""
    institute = actors[Role.INSTITUTE_OFFICER]
    own = {one.reference: one for one in service.cohorts(session, institute)}
    ids |= {f"{name}_cohort": str(own[reference].id) for reference, name in COHORTS.items()}
    running = own["W-2026-2"]
    course = session.get_one(Course, running.course_id)
    ids |= {"course": str(course.id), "programme": str(course.programme_id)}
    planned = service.create_cohort(session, institute, course, CohortDraft(reference="W-2027-2", seats=16))
    ids["planned_cohort"] = str(planned.id)
    kept = select(TrainingDay.day).where(TrainingDay.cohort_id == running.id, TrainingDay.kept_at.is_not(None))
    ids["day"] = session.scalars(kept.order_by(TrainingDay.day.desc()).limit(1)).one().isoformat()
    for name, state in {"active": EnrolmentState.ACTIVE, "waiting": EnrolmentState.APPLIED}.items():
        standing = select(Enrolment.id).where(Enrolment.cohort_id == running.id, Enrolment.state == state)
        second = standing.order_by(Enrolment.number).offset(1).limit(1)  # somebody waits before, somebody is at risk
        ids[f"{name}_enrolment"] = str(session.scalars(second).one())
    joined = select(Enrolment.id).join(Trainee, Trainee.id == Enrolment.trainee_id)
    ids["joined_enrolment"] = str(session.scalars(joined.where(Trainee.profile_id.is_not(None))).first())
    ids["assessment"] = str(add_language_test(session, institute, running))
    asked = RequestDraft(institute_id=service.own_institute(institute), people=8, words="TIG welders with Italian A2.")
    request = asking.ask(session, actors[Role.AGENCY_OFFICER], UUID(ids["vacancy"]), asked)
    ids["training_request"] = str(request.id)
    add_registers(session, ids, institute, keys=keys, var_dir=var_dir)
    integrity.look_at(session)
    add_what_was_noticed(session, ids, running)
    outlook.refresh(session)


def add_language_test(session: Session, institute: Actor, cohort: Cohort) -> UUID:
    """An oral test of Italian whose first result is recorded."""
    draft = AssessmentDraft(
        kind=AssessmentKind.LANGUAGE, title="CILS A1", held_on=today(), assessor="Iqbal Hussain", language="it"
    )
    test = results.add_assessment(session, institute, cohort, draft)
    active = select(Enrolment.id).where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
    first = session.scalars(active.order_by(Enrolment.number).limit(1)).one()
    results.record(session, institute, cohort, test, {first: Result(passed=True, level=CEFR.A1)})
    return test.id


def add_registers(session: Session, ids: dict[str, str], institute: Actor, *, keys: PersonKeys, var_dir: Path) -> None:
    """A register of people that is only read, and one that is taken."""
    for name, content in {"read_register": PEOPLE, "taken_register": GOOD_PEOPLE}.items():
        brought = register.upload(
            session,
            institute,
            RegisterKind.PEOPLE,
            content.encode(),
            original_name="people.csv",
            var_dir=var_dir,
            keys=keys,
        )
        ids[name] = str(brought.id)
    register.take(session, institute, brought, var_dir=var_dir, keys=keys)


def add_what_was_noticed(session: Session, ids: dict[str, str], cohort: Cohort) -> None:
    """A finding that waits, and a word without a name."""
    found = IntegrityFinding(
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.id,
        kind=FindingKind.SHARED_CONTACT,
        what="one phone",
        facts={"people": 3},
        noticed_at=now(),
    )
    session.add(found)
    session.flush()
    ids["finding"] = str(found.id)
    words = "They asked my cousin for 20,000 rupees before the course began."
    concerns.report(
        session, ConcernDraft(institute_id=cohort.organisation_id, kind=FindingKind.FEE_CHARGED, words=words)
    )


def add_organisations(session: Session, ids: dict[str, str], actors: dict[Role, Actor]) -> None:
    """A verified organisation with evidence, one that has applied, and an employer that the agency brought."""
    staff, agency = actors[Role.PROJECT_STAFF], actors[Role.AGENCY_OFFICER]
    own = session.get_one(Organisation, agency.organisation_id)
    seen = NewEvidence(
        kind=EvidenceKind.REGISTER,
        number="HRB 12345",
        words="Entry in the commercial register, looked up on its page.",
        expires_on=today() + timedelta(days=365),
    )
    evidence.add_evidence(session, staff, own, seen)
    ids["organisation"] = str(own.id)
    new = {"kind": OrganisationKind.INSTITUTE, "name": "Vocational College Sialkot (invented)", "country": "PK"}
    ids["applied_organisation"] = str(organisations.apply(session, staff, **new).id)
    organisations.bring_employer(session, agency, name="Stahlbau Nordwind GmbH (invented)", country=own.country or "DE")
