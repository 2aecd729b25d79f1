"""What an institute certified, on the candidate's own profile: with its evidence, and matching is told at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.models import Organisation
from talent.casework.models import CaseEvent
from talent.foundation.clock import now
from talent.foundation.row_context import SystemContext, within
from talent.profiles.models import Profile, ProfileLanguage, ProfileSkill, Qualification, SkillSource
from talent.profiles.policy import visible_profiles
from talent.profiles.service import WHOLE, queue_matching
from talent.profiles.states import ProfileState
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind
from talent.training import service
from talent.training.models import Cohort, Course, Enrolment, Trainee
from talent.training.records import Award
from talent.training.states import CohortAction


def certify(session: Session, actor: Actor, cohort: Cohort) -> CaseEvent:
    """Certify the cohort; what was certified goes onto the profiles of those who joined theirs.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    event = service.move(session, actor, cohort, CohortAction.CERTIFY)
    joined = session.scalars(
        select(Trainee.id)
        .join(Enrolment, Enrolment.trainee_id == Trainee.id)
        .where(Enrolment.cohort_id == cohort.id, Trainee.profile_id.is_not(None))
        .order_by(Trainee.profile_id)
    ).all()
    for trainee_id in joined:
        put_on_profile(session, trainee_id)
    return event


def put_on_profile(session: Session, trainee_id: UUID) -> int:
    """Put every award that the trainee's profile lacks on it; how many there were.

    A published profile gets its line in the sequence of changes, and the worker ranks it anew.
    """
    with within(session, SystemContext.TRAINING):
        return _put(session, trainee_id)


def _put(session: Session, trainee_id: UUID) -> int:
    rows = session.execute(
        select(Award, Course, Cohort, Organisation.name, Trainee.profile_id)
        .join(Enrolment, Enrolment.id == Award.enrolment_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Course, Course.id == Cohort.course_id)
        .join(Organisation, Organisation.id == Award.organisation_id)
        .where(Trainee.id == trainee_id, Trainee.profile_id.is_not(None), Award.on_profile_at.is_(None))
        .order_by(Award.id)
    ).all()
    if not rows:
        return 0
    profile = session.scalar(
        visible_profiles(SYSTEM)
        .where(Profile.id == rows[0].profile_id)
        .options(*WHOLE)
        .with_for_update(of=Profile)
        .execution_options(populate_existing=True)
    )
    if profile is None:
        return 0
    awards = [row.Award for row in rows]
    _skills(profile, awards)
    _languages(profile, awards)
    for row in {row.Cohort.id: row for row in rows}.values():
        _certificate(profile, row.Course, row.Cohort, row.name)
    moment = now()
    for award in awards:
        award.on_profile_at = moment
    profile.changed_at = moment
    session.flush()
    if profile.state is ProfileState.PUBLISHED:
        queue_matching(session, profile)
    return len(awards)


def _skills(profile: Profile, awards: Iterable[Award]) -> None:
    held = {skill.skill_id: skill for skill in profile.skills}
    for award in awards:
        if award.skill_id is None:
            continue
        known = held.get(award.skill_id)
        if known is None:
            known = ProfileSkill(
                skill_id=award.skill_id, words=award.words, source=SkillSource.TRAINING, evidence=award.evidence
            )
            profile.skills.append(known)
            held[award.skill_id] = known
        elif known.evidence.order < award.evidence.order:
            known.evidence = award.evidence


def _languages(profile: Profile, awards: Iterable[Award]) -> None:
    """A tested level replaces one that is lower or not stated; a higher one that the candidate states stays."""
    held = {language.language: language for language in profile.languages}
    for award in awards:
        if not award.language or award.level is None:
            continue
        known = held.get(award.language)
        if known is None:
            known = ProfileLanguage(language=award.language, level=award.level, evidence=award.evidence)
            profile.languages.append(known)
            held[award.language] = known
        elif known.level is None or _order(known.level) <= _order(award.level):
            known.level, known.evidence = award.level, award.evidence


def _order(level: CEFR) -> int:
    return list(CEFR).index(level)


def _certificate(profile: Profile, course: Course, cohort: Cohort, institute: str) -> None:
    for one in profile.qualifications:
        if (one.title, one.issuing_body, one.awarded_on) == (course.title, institute, cohort.certified_on):
            one.evidence = Evidence.INSTITUTE_ATTESTED
            return
    profile.qualifications.append(
        Qualification(
            kind=QualificationKind.NVQF_CERTIFICATE if course.nvqf_level else QualificationKind.OTHER,
            title=course.title,
            issuing_body=institute,
            full_time_months=course.full_time_months,
            nvqf_level=course.nvqf_level,
            awarded_on=cohort.certified_on,
            evidence=Evidence.INSTITUTE_ATTESTED,
        )
    )


def awards_of(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, list[Award]]:
    """What was certified in each of these enrolments: the skills by their words, then the languages."""
    query = select(Award).where(Award.enrolment_id.in_(enrolment_ids)).order_by(Award.language, Award.words)
    found: dict[UUID, list[Award]] = defaultdict(list)
    for award in session.scalars(query):
        found[award.enrolment_id].append(award)
    return found
