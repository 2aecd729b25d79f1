"""Who may do what: one enumeration, one table, one sentence for each refusal."""

from enum import StrEnum

from talent.foundation.words import N_


class Role(StrEnum):
    """What somebody is to this service."""

    CANDIDATE = "candidate"
    AGENCY_OFFICER = "agency_officer"
    EMPLOYER = "employer"
    INSTITUTE_OFFICER = "institute_officer"
    AWARDING_OFFICER = "awarding_officer"
    RECOGNITION_OFFICER = "recognition_officer"
    PROTECTORATE_OFFICER = "protectorate_officer"
    RESOURCE_CENTRE_OFFICER = "resource_centre_officer"
    PROJECT_STAFF = "project_staff"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


NEEDS_SECOND_STEP = frozenset(Role) - {Role.CANDIDATE, Role.SYSTEM}
"""Who always signs in with a second factor; a candidate may."""


class Permission(StrEnum):
    """One thing that a role may do: ``noun:verb``."""

    PROFILE_KEEP = "profile:keep"
    MATCH_ANSWER = "match:answer"
    VACANCY_WRITE = "vacancy:write"
    VACANCY_READ_ALL = "vacancy:read_all"
    SHORTLIST_READ = "shortlist:read"
    INTRODUCTION_DECIDE = "introduction:decide"
    GAPS_READ = "gaps:read"
    OVERVIEW_READ = "overview:read"
    REVIEW_ANSWER = "review:answer"
    INVITATION_SEND = "invitation:send"
    SIGN_IN_HELP = "sign_in:help"
    PROVIDER_KEEP = "provider:keep"
    ORGANISATION_OWN = "organisation:own"
    ORGANISATION_READ = "organisation:read"
    ORGANISATION_VET = "organisation:vet"
    ORGANISATION_SPONSOR = "organisation:sponsor"
    ROLE_GRANT = "role:grant"
    ACCOUNT_SUSPEND = "account:suspend"
    RECOGNITION_APPLY = "recognition:apply"
    RECOGNITION_READ = "recognition:read"
    RECOGNITION_READ_ALL = "recognition:read_all"
    RECOGNITION_DECIDE = "recognition:decide"
    RECOGNITION_ACT = "recognition:act"
    CURRICULUM_SUPPLY = "curriculum:supply"
    CROSSWALK_KEEP = "crosswalk:keep"
    CALENDAR_CORRECT = "calendar:correct"
    MATCH_COMPUTE = "match:compute"
    MATCH_JUDGE = "match:judge"
    WEIGHTS_DECIDE = "weights:decide"
    PEOPLE_SEARCH = "people:search"
    AUDIT_READ = "audit:read"
    DUPLICATES_READ = "duplicates:read"
    TRAINING_KEEP = "training:keep"
    TRAINING_SEAT = "training:seat"
    TRAINING_APPLY = "training:apply"
    TRAINING_ASK = "training:ask"
    TRAINING_READ_ALL = "training:read_all"
    REPORT_DAYS_SET = "report_days:set"
    INTEGRITY_LOOK = "integrity:look"
    PLACEMENT_READ = "placement:read"
    PLACEMENT_READ_ALL = "placement:read_all"
    PLACEMENT_ANSWER = "placement:answer"
    PLACEMENT_MOVE = "placement:move"
    PLACEMENT_CLEAR = "placement:clear"
    PLACEMENT_EMPLOY = "placement:employ"
    CHARGE_DECIDE = "charge:decide"
    REGISTER_READ = "register:read"
    REGISTER_KEEP = "register:keep"


P = Permission
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CANDIDATE: frozenset(
        {P.PROFILE_KEEP, P.MATCH_ANSWER, P.TRAINING_APPLY, P.RECOGNITION_APPLY, P.PLACEMENT_READ, P.PLACEMENT_ANSWER}
    ),
    Role.AGENCY_OFFICER: frozenset(
        {
            P.VACANCY_WRITE,
            P.SHORTLIST_READ,
            P.INTRODUCTION_DECIDE,
            P.GAPS_READ,
            P.ORGANISATION_OWN,
            P.ORGANISATION_SPONSOR,
            P.TRAINING_ASK,
            P.PLACEMENT_READ,
            P.PLACEMENT_MOVE,
            P.RECOGNITION_ACT,
        }
    ),
    Role.EMPLOYER: frozenset({P.ORGANISATION_OWN, P.RECOGNITION_ACT, P.PLACEMENT_EMPLOY}),
    Role.INSTITUTE_OFFICER: frozenset(
        {P.GAPS_READ, P.ORGANISATION_OWN, P.TRAINING_KEEP, P.TRAINING_SEAT, P.CROSSWALK_KEEP, P.CURRICULUM_SUPPLY}
    ),
    Role.AWARDING_OFFICER: frozenset({P.GAPS_READ, P.ORGANISATION_OWN}),
    Role.RECOGNITION_OFFICER: frozenset({P.ORGANISATION_OWN, P.RECOGNITION_READ, P.RECOGNITION_DECIDE}),
    Role.PROTECTORATE_OFFICER: frozenset({P.ORGANISATION_OWN, P.PLACEMENT_READ, P.PLACEMENT_CLEAR}),
    Role.RESOURCE_CENTRE_OFFICER: frozenset({P.GAPS_READ, P.ORGANISATION_OWN, P.SIGN_IN_HELP}),
    Role.PROJECT_STAFF: frozenset(
        {
            P.VACANCY_READ_ALL,
            P.GAPS_READ,
            P.OVERVIEW_READ,
            P.REVIEW_ANSWER,
            P.MATCH_JUDGE,
            P.WEIGHTS_DECIDE,
            P.PEOPLE_SEARCH,
            P.INVITATION_SEND,
            P.SIGN_IN_HELP,
            P.ORGANISATION_READ,
            P.ORGANISATION_VET,
            P.ROLE_GRANT,
            P.ACCOUNT_SUSPEND,
            P.DUPLICATES_READ,
            P.TRAINING_READ_ALL,
            P.REPORT_DAYS_SET,
            P.INTEGRITY_LOOK,
            P.REGISTER_READ,
            P.REGISTER_KEEP,
            P.RECOGNITION_READ,
            P.RECOGNITION_READ_ALL,
            P.RECOGNITION_DECIDE,
            P.CALENDAR_CORRECT,
            P.CROSSWALK_KEEP,
            P.PLACEMENT_READ,
            P.PLACEMENT_READ_ALL,
            P.PLACEMENT_MOVE,
            P.PLACEMENT_CLEAR,
            P.CHARGE_DECIDE,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            P.OVERVIEW_READ,
            P.INVITATION_SEND,
            P.SIGN_IN_HELP,
            P.PROVIDER_KEEP,
            P.ORGANISATION_READ,
            P.ORGANISATION_VET,
            P.ROLE_GRANT,
            P.ACCOUNT_SUSPEND,
            P.REGISTER_READ,
        }
    ),
    Role.AUDITOR: frozenset(
        {P.VACANCY_READ_ALL, P.GAPS_READ, P.OVERVIEW_READ, P.ORGANISATION_READ, P.AUDIT_READ, P.REGISTER_READ}
    ),
    Role.SYSTEM: frozenset({P.MATCH_COMPUTE, P.ORGANISATION_VET, P.TRAINING_SEAT, P.REGISTER_KEEP}),
}

DENIALS: dict[Permission, str] = {
    P.PROFILE_KEEP: N_("Only a candidate may keep a profile."),
    P.MATCH_ANSWER: N_("Only the candidate may answer a match."),
    P.VACANCY_WRITE: N_("Only an employment agency may write vacancies."),
    P.VACANCY_READ_ALL: N_("Only project staff and auditors may read the vacancies of every agency."),
    P.SHORTLIST_READ: N_("Only the employment agency of a vacancy may read its shortlist."),
    P.INTRODUCTION_DECIDE: N_("Only the employment agency of a vacancy may decide about an introduction."),
    P.GAPS_READ: N_("Only agencies, institutes and project staff may read the skills that vacancies ask for."),
    P.OVERVIEW_READ: N_("Only project staff and auditors may read the overview."),
    P.REVIEW_ANSWER: N_("Only project staff may answer a request for review."),
    P.INVITATION_SEND: N_("Only project staff may invite people."),
    P.SIGN_IN_HELP: N_("Only project staff and Migrant Resource Centres may help somebody to sign in."),
    P.PROVIDER_KEEP: N_("Only an administrator may say through which provider an organisation signs in."),
    P.ORGANISATION_OWN: N_("Only somebody who works for an organisation has a page about it."),
    P.ORGANISATION_READ: N_("Only project staff and auditors may read about every organisation."),
    P.ORGANISATION_VET: N_("Only project staff may decide about an organisation."),
    P.ORGANISATION_SPONSOR: N_("Only an employment agency may bring employers."),
    P.ROLE_GRANT: N_("Only project staff may propose or approve a role."),
    P.ACCOUNT_SUSPEND: N_("Only project staff may suspend an account."),
    P.RECOGNITION_APPLY: N_("Only the candidate may apply for the recognition of a qualification."),
    P.RECOGNITION_READ: N_("Only recognition authorities and project staff may read cases of recognition."),
    P.RECOGNITION_READ_ALL: N_("Only project staff may read the cases of every authority."),
    P.RECOGNITION_ACT: N_("Only an employer or an agency with a power of attorney may act in a case of recognition."),
    P.CURRICULUM_SUPPLY: N_("Only a training institute may supply the curriculum of its award."),
    P.CROSSWALK_KEEP: N_("Only training institutes and project staff may say which skills an award stands for."),
    P.RECOGNITION_DECIDE: N_("Only the authority, or project staff who hold its letter, may record a decision."),
    P.CALENDAR_CORRECT: N_("Only project staff may correct the calendar of an authority."),
    P.MATCH_COMPUTE: N_("Only the service itself computes matches."),
    P.MATCH_JUDGE: N_("Only project staff may judge pairs of vacancies and candidates."),
    P.WEIGHTS_DECIDE: N_("Only project staff may propose or adopt weights of the score."),
    P.PEOPLE_SEARCH: N_("Only project staff may search among all candidates."),
    P.AUDIT_READ: N_("Only those who watch over the service may read its journal."),
    P.DUPLICATES_READ: N_("Only project staff may read who seems to be registered twice."),
    P.TRAINING_KEEP: N_("Only a training institute may keep courses and registers."),
    P.TRAINING_SEAT: N_("Only a training institute may give a seat in a cohort."),
    P.TRAINING_APPLY: N_("Only a candidate may apply for a course."),
    P.TRAINING_ASK: N_("Only an employment agency may ask for trained people."),
    P.TRAINING_READ_ALL: N_("Only project staff may read the registers of every institute."),
    P.PLACEMENT_READ: N_("Only those who take part in a placement may read it."),
    P.PLACEMENT_EMPLOY: N_("Only the employer of a placement may do this."),
    P.PLACEMENT_READ_ALL: N_("Only project staff may read every placement."),
    P.PLACEMENT_ANSWER: N_("Only the candidate may answer an offer or leave a placement."),
    P.PLACEMENT_MOVE: N_("Only the employment agency or project staff may move a placement."),
    P.PLACEMENT_CLEAR: N_("Only the Protectorate of Emigrants or project staff may clear a departure."),
    P.CHARGE_DECIDE: N_("Only project staff may decide about a complaint."),
    P.REPORT_DAYS_SET: N_("Only project staff may set the days on which reports are due."),
    P.INTEGRITY_LOOK: N_("Only project staff may settle what was noticed in a register."),
    P.REGISTER_READ: N_("Only project staff and auditors may read the programme register."),
    P.REGISTER_KEEP: N_("Only project staff may change the programme register."),
}

OFFICERS = frozenset(
    {
        Role.AGENCY_OFFICER,
        Role.EMPLOYER,
        Role.INSTITUTE_OFFICER,
        Role.AWARDING_OFFICER,
        Role.RECOGNITION_OFFICER,
        Role.PROTECTORATE_OFFICER,
        Role.RESOURCE_CENTRE_OFFICER,
    }
)
"""Who works for an organisation outside the project."""

TAKE_TWO = frozenset({Role.ADMINISTRATOR, Role.PROJECT_STAFF, Role.AUDITOR})
"""Roles of the project office: an invitation for one opens only when a second person has agreed to it."""

INVITED_BY: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: OFFICERS | {Role.ADMINISTRATOR, Role.PROJECT_STAFF, Role.AUDITOR},
    Role.PROJECT_STAFF: OFFICERS,
}
