"""Every page that somebody can open: its address, who reads it, and in which states it can be."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.routing import APIRoute

from web.routes import ROUTERS

NOT_PAGES: Mapping[str, str] = {
    "/crosswalk/{standard_id}/versions/{number}/{kind}": "a file",
    "/healthz": "text for machines",
    "/calendar/file": "a file",
    "/calendar/feed/{secret}": "a file",
    "/placements/together/{bulk_id}/refused": "a file",
    "/placements/{placement_id}/proofs/{proof_id}": "a file",
    **dict.fromkeys(
        ("/programme/report/file.{kind}", "/programme/indicators/file.{kind}", "/figures/table/file.{kind}"), "a file"
    ),
    "/readyz": "text for machines",
    "/judging/grades.csv": "a file",
    "/vacancies/{vacancy_id}/job-posting": "a file",
    "/imports/template.{kind}": "a file",
    "/imports/{import_id}/rejected": "a file",
    "/recognition/cases/{case_id}/papers/{paper_id}": "a file",
    "/training/cohorts/{cohort_id}/reports/{kind}.{file_kind}": "a file",
    "/training/files/template/{kind}.{file_kind}": "a file",
    "/training/files/{register_id}/rejected": "a file",
    "/organisations/{organisation_id}/evidence/{evidence_id}": "a file",
    "/organisation/evidence/{evidence_id}": "a file",
}

PAGES: Mapping[str, tuple[str, ...]] = {
    "/": ("nobody /",),
    "/register": ("nobody /register",),
    "/register/account": ("nobody /register/account",),
    "/sign-in": ("nobody /sign-in",),
    "/sign-in/second-step": ("half_in /sign-in/second-step",),
    "/sign-in/forgotten": ("nobody /sign-in/forgotten",),
    "/sign-in/forgotten/sent": ("nobody /sign-in/forgotten/sent",),
    "/sign-in/new-password/{code}": ("nobody /sign-in/new-password/{password_code}",),
    "/sign-in/helped": ("nobody /sign-in/helped",),
    "/sign-in/agency": ("nobody /sign-in/agency",),
    "/sign-in/agency/return": ("nobody /sign-in/agency/return?state=a&code=b", "nobody /sign-in/agency/return"),
    "/staff/unseen": ("project_staff /staff/unseen",),
    "/staff/search": (
        "project_staff /staff/search",
        "project_staff /staff/search?words=weld&look=welding",
        "project_staff /staff/search?words=xyzzy",
    ),
    "/staff/sign-in-help": ("project_staff /staff/sign-in-help",),
    "/staff/matching": ("project_staff /staff/matching",),
    "/judging": ("project_staff /judging?drawn=3",),
    "/judging/{pair_id}": ("project_staff /judging/{judged_pair}",),
    "/staff/roles": ("administrator /staff/roles", "project_staff /staff/roles"),
    "/staff/roles/new": ("administrator /staff/roles/new",),
    "/staff/roles/{grant_id}": ("administrator /staff/roles/{grant}", "project_staff /staff/roles/{grant}"),
    "/staff/accounts": ("project_staff /staff/accounts",),
    "/staff/accounts/{account_id}": (
        "project_staff /staff/accounts/{suspended_account}",
        "project_staff /staff/accounts/{other_account}",
    ),
    "/staff/providers": ("administrator /staff/providers",),
    "/sign-in/set-up": ("arriving /sign-in/set-up", "candidate /sign-in/set-up"),
    "/sign-in/set-up/app": ("arriving /sign-in/set-up/app",),
    "/sign-in/set-up/passkey": ("arriving /sign-in/set-up/passkey",),
    "/account": ("agency_officer /account?done=password", "candidate /account"),
    "/account/prove": ("agency_officer /account/prove", "candidate /account/prove"),
    "/account/password": ("agency_officer /account/password", "candidate /account/password"),
    "/invitation/{token}": ("nobody /invitation/{token}",),
    "/language": ("nobody /language", "candidate /language"),
    "/apply": ("nobody /apply",),
    "/apply/sent": ("nobody /apply/sent",),
    "/organisations/applications/{application_id}": ("project_staff /organisations/applications/{application}",),
    "/about/privacy": ("nobody /about/privacy",),
    "/about/accessibility": ("nobody /about/accessibility",),
    "/about/complain": ("nobody /about/complain",),
    "/about/contact": ("nobody /about/contact",),
    "/about/matching": ("nobody /about/matching",),
    "/about/glossary": ("nobody /about/glossary",),
    "/recognition/finder": (
        "nobody /recognition/finder",
        "nobody /recognition/finder?award=nvqf_certificate&months=6&occupation=7112&country=DE",
    ),
    "/recognition/precedents": ("nobody /recognition/precedents?country=DE&occupation=7411&award=dae",),
    "/pathways": ("nobody /pathways",),
    "/pathways/check": (
        "nobody /pathways/check",
        "nobody /pathways/check?country=DE&occupation=7212&award=dae&training_months=36&german=A2&recognition=partial",
    ),
    "/pathways/{name}": ("nobody /pathways/de_fast_track_81a", "nobody /pathways/pk_exit"),
    "/crosswalk": ("nobody /crosswalk", "project_staff /crosswalk"),
    "/crosswalk/new": ("project_staff /crosswalk/new",),
    "/crosswalk/{standard_id}": ("project_staff /crosswalk/{award_standard}",),
    "/crosswalk/{standard_id}/units/{unit_id}/skills": (
        "project_staff /crosswalk/{award_standard}/units/{award_unit}/skills",
        "project_staff /crosswalk/{award_standard}/units/{award_unit}/skills?words=weld",
    ),
    "/recognition/new": ("candidate /recognition/new?procedure=de_bqfg_nonregulated&award=dae&occupation=7411",),
    "/recognition": ("candidate /recognition", "draft /recognition"),
    "/recognition/cases/{case_id}": (
        "candidate /recognition/cases/{recognition_case}",
        "project_staff /recognition/cases/{recognition_case}",
        "agency_officer /recognition/cases/{accelerated_case}",
        "candidate /recognition/cases/{accelerated_case}",
    ),
    "/recognition/cases/{case_id}/helpers": (
        "candidate /recognition/cases/{recognition_case}/helpers",
        "candidate /recognition/cases/{accelerated_case}/helpers",
    ),
    "/recognition/acting": ("agency_officer /recognition/acting",),
    "/recognition/curricula": ("institute_officer /recognition/curricula",),
    "/recognition/curricula/{curriculum_id}": ("institute_officer /recognition/curricula/{curriculum}",),
    "/recognition/inbox": ("project_staff /recognition/inbox?show=all",),
    "/recognition/calendars": ("project_staff /recognition/calendars",),
    "/profile": (
        "newcomer /profile",
        "begun /profile",
        "draft /profile?saved=yes",
        "candidate /profile?saved=yes",
        "paused /profile",
        "withdrawn /profile",
    ),
    "/profile/check": ("begun /profile/check", "draft /profile/check", "candidate /profile/check?saved=yes"),
    "/profile/pause": ("candidate /profile/pause",),
    "/profile/resume": ("paused /profile/resume",),
    "/profile/withdraw": ("candidate /profile/withdraw",),
    "/profile/name": ("begun /profile/name", "candidate /profile/name?then=check"),
    "/profile/about": ("begun /profile/about",),
    "/profile/licences": ("begun /profile/licences",),
    "/profile/countries": ("begun /profile/countries",),
    "/profile/wishes": ("begun /profile/wishes", "candidate /profile/wishes?then=check"),
    "/profile/start": ("begun /profile/start",),
    "/profile/occupation": ("begun /profile/occupation", "draft /profile/occupation"),
    "/profile/occupation/find": (
        "begun /profile/occupation/find?words=welder",
        "begun /profile/occupation/find?words=xyzzy",
    ),
    "/profile/occupation/sector/{sector}": ("begun /profile/occupation/sector/metal_mech",),
    "/profile/skills": ("begun /profile/skills", "draft /profile/skills"),
    "/profile/skills/find": (
        "draft /profile/skills/find",
        "draft /profile/skills/find?words=forklift",
        "draft /profile/skills/find?words=xyzzy",
    ),
    "/profile/experience/{entry_id:uuid}": ("draft /profile/experience/{job}",),
    "/profile/experience/{entry_id:uuid}/remove": ("draft /profile/experience/{job}/remove",),
    "/profile/experience": ("begun /profile/experience", "draft /profile/experience"),
    "/profile/experience/add": ("draft /profile/experience/add",),
    "/profile/qualifications/{entry_id:uuid}": ("draft /profile/qualifications/{certificate}",),
    "/profile/qualifications/{entry_id:uuid}/remove": ("draft /profile/qualifications/{certificate}/remove",),
    "/profile/qualifications": ("begun /profile/qualifications", "draft /profile/qualifications"),
    "/profile/qualifications/add": (
        "draft /profile/qualifications/add",
        "draft /profile/qualifications/add?kind=nvqf_certificate",
    ),
    "/profile/languages/{entry_id:uuid}": ("draft /profile/languages/{language}",),
    "/profile/languages/{entry_id:uuid}/remove": ("draft /profile/languages/{language}/remove",),
    "/profile/languages": ("begun /profile/languages", "draft /profile/languages"),
    "/profile/languages/add": ("draft /profile/languages/add",),
    "/profile/cv": ("begun /profile/cv",),
    "/profile/cv/facts": ("begun /profile/cv/facts", "draft /profile/cv/facts"),
    "/profile/cv/facts/{fact_id:uuid}/change": (
        "draft /profile/cv/facts/{skill_fact}/change",
        "draft /profile/cv/facts/{work_period_fact}/change",
    ),
    "/matches": ("candidate /matches", "begun /matches"),
    "/matches/{vacancy_id}": (
        "candidate /matches/{match}",
        "candidate /matches/{asked_match}",
        "candidate /matches/{interested_match}",
    ),
    "/matches/{vacancy_id}/ways": ("candidate /matches/{match}/ways",),
    "/matches/{vacancy_id}/charge": ("candidate /matches/{match}/charge",),
    "/places": ("project_staff /places", "agency_officer /places"),
    "/complaints": ("project_staff /complaints", "candidate /complaints"),
    "/complaints/{complaint_id}": ("project_staff /complaints/{complaint}",),
    "/placements/{placement_id}/papers": ("agency_officer /placements/{placement}/papers",),
    "/placements/{placement_id}/costs": (
        "agency_officer /placements/{placement}/costs",
        "project_staff /placements/{placement}/costs",
    ),
    "/placements/{placement_id}/return": ("candidate /placements/{returned_placement}/return",),
    "/placements/together": ("agency_officer /placements/together?action=begin_visa",),
    "/placements/together/{bulk_id}": ("agency_officer /placements/together/{bulk_move}",),
    "/calendar": ("candidate /calendar",),
    "/pathways/{name}/error": (
        "nobody /pathways/de_fast_track_81a/error",
        "nobody /pathways/de_fast_track_81a/error?sent=yes",
    ),
    "/error-reports": ("project_staff /error-reports",),
    "/check-ins": ("project_staff /check-ins",),
    "/placements/{placement_id}/check-in": ("project_staff /placements/{placement}/check-in",),
    "/placements/{placement_id}/contract": (
        "agency_officer /placements/{placement}/contract",
        "project_staff /placements/{placement}/contract",
    ),
    "/placements/{placement_id}/contract/terms": ("agency_officer /placements/{placement}/contract/terms",),
    "/placements/{placement_id}/demand-letter": ("agency_officer /placements/{placement}/demand-letter",),
    "/placements": ("begun /placements", "agency_officer /placements", "employer /placements"),
    "/placements/new/{introduction_id}": ("agency_officer /placements/new/{accepted_introduction}",),
    "/placements/{placement_id}": (
        "agency_officer /placements/{placement}",
        "project_staff /placements/{placement}",
        "employer /placements/{employed_placement}",
    ),
    "/placements/{placement_id}/employer": ("agency_officer /placements/{employed_placement}/employer",),
    "/placements/{placement_id}/proofs": (
        "project_staff /placements/{placement}/proofs?way=de_fast_track_81a&step=offer",
    ),
    "/placements/{placement_id}/clock": (
        "project_staff /placements/{placement}/clock?way=de_fast_track_81a&step=recognition",
    ),
    "/placements/{placement_id}/done": ("project_staff /placements/{placement}/done?way=de_fast_track_81a&step=offer",),
    "/matches/{vacancy_id}/review": ("candidate /matches/{match}/review",),
    "/matches/{vacancy_id}/review/sent": ("candidate /matches/{match}/review/sent",),
    "/vacancies/new": ("agency_officer /vacancies/new",),
    "/vacancies/{vacancy_id}/change/{part}": (
        "agency_officer /vacancies/{vacancy}/change/job",
        "agency_officer /vacancies/{vacancy}/change/skills",
        "agency_officer /vacancies/{draft_vacancy}/change/skills",
        "agency_officer /vacancies/{vacancy}/change/requirements",
        "agency_officer /vacancies/{vacancy}/change/conditions",
    ),
    "/vacancies": (
        "agency_officer /vacancies",
        "agency_officer /vacancies?words=xyzzy",
        "project_staff /vacancies",
    ),
    "/vacancies/{vacancy_id}": (
        "agency_officer /vacancies/{vacancy}",
        "agency_officer /vacancies/{draft_vacancy}",
        "agency_officer /vacancies/{checked_vacancy}",
        "agency_officer /vacancies/{closed_vacancy}",
        "project_staff /vacancies/{vacancy}",
    ),
    "/vacancies/{vacancy_id}/close": ("agency_officer /vacancies/{vacancy}/close",),
    "/imports": ("agency_officer /imports",),
    "/imports/help": ("agency_officer /imports/help",),
    "/imports/{import_id}": ("agency_officer /imports/{read_import}", "agency_officer /imports/{taken_import}"),
    "/vacancies/{vacancy_id}/shortlist": (
        "agency_officer /vacancies/{vacancy}/shortlist",
        "agency_officer /vacancies/{draft_vacancy}/shortlist",
    ),
    "/vacancies/{vacancy_id}/candidates/{profile_id}": (
        "agency_officer /vacancies/{vacancy}/candidates/{blind}",
        "agency_officer /vacancies/{vacancy}/candidates/{known}",
    ),
    "/staff": ("project_staff /staff", "administrator /staff"),
    "/figures": ("project_staff /figures", "auditor /figures?who=country:DE"),
    "/figures/times": ("project_staff /figures/times", "project_staff /figures/times?by=country"),
    "/figures/table": (
        "project_staff /figures/table?rows=country&columns=sector",
        "project_staff /figures/table?rows=sex&columns=institute",
    ),
    "/figures/scorecards": ("project_staff /figures/scorecards",),
    "/today": ("project_staff /today",),
    "/stalls": ("project_staff /stalls",),
    "/stalls/cases": ("project_staff /stalls/cases?ticked=all",),
    "/follow-ups": ("project_staff /follow-ups?show=all",),
    "/follow-ups/{follow_up_id}": ("project_staff /follow-ups/{follow_up}",),
    "/observatory": ("nobody /observatory",),
    "/my-data/statistics": ("candidate /my-data/statistics",),
    "/programme": ("project_staff /programme", "auditor /programme"),
    "/programme/measures/{measure_id}": ("project_staff /programme/measures/{measure}",),
    "/programme/measures/{measure_id}/change": ("project_staff /programme/measures/{measure}/change",),
    "/programme/measures/{measure_id}/items/new": ("project_staff /programme/measures/{measure}/items/new",),
    "/programme/items/{item_id}/change": ("project_staff /programme/items/{measure_item}/change",),
    "/programme/report": ("project_staff /programme/report",),
    "/programme/indicators": ("project_staff /programme/indicators",),
    "/programme/indicators/{indicator}/goal": ("project_staff /programme/indicators/people_trained/goal",),
    "/programme/projects": ("project_staff /programme/projects",),
    "/programme/projects/{programme}": ("project_staff /programme/projects/protect",),
    "/staff/invitations": ("project_staff /staff/invitations", "administrator /staff/invitations"),
    "/staff/reviews/{request_id}": ("project_staff /staff/reviews/{request}",),
    "/institute": ("institute_officer /institute",),
    "/institute/outlook": (
        "institute_officer /institute/outlook",
        "agency_officer /institute/outlook?country=DE",
        "project_staff /institute/outlook?country=XX",
    ),
    "/training": ("institute_officer /training", "project_staff /training"),
    "/training/programmes/new": ("institute_officer /training/programmes/new",),
    "/training/programmes/{programme_id}": (
        "institute_officer /training/programmes/{programme}",
        "project_staff /training/programmes/{programme}",
    ),
    "/training/programmes/{programme_id}/courses/new": (
        "institute_officer /training/programmes/{programme}/courses/new",
    ),
    "/training/courses/{course_id}": (
        "institute_officer /training/courses/{course}",
        "project_staff /training/courses/{course}",
    ),
    "/training/courses/{course_id}/change": ("institute_officer /training/courses/{course}/change",),
    "/training/courses/{course_id}/levels": ("institute_officer /training/courses/{course}/levels",),
    "/training/report-days": ("project_staff /training/report-days",),
    "/training/courses/{course_id}/skills": (
        "institute_officer /training/courses/{course}/skills",
        "institute_officer /training/courses/{course}/skills?search=forklift",
    ),
    "/training/courses/{course_id}/cohorts/new": (
        "institute_officer /training/courses/{course}/cohorts/new",
        "institute_officer /training/courses/{course}/cohorts/new?request_id={training_request}",
    ),
    "/training/cohorts/{cohort_id}": (
        "institute_officer /training/cohorts/{planned_cohort}",
        "institute_officer /training/cohorts/{open_cohort}",
        "institute_officer /training/cohorts/{running_cohort}",
        "institute_officer /training/cohorts/{done_cohort}",
        "project_staff /training/cohorts/{running_cohort}",
    ),
    "/training/cohorts/{cohort_id}/change": ("institute_officer /training/cohorts/{open_cohort}/change",),
    "/training/cohorts/{cohort_id}/days": ("institute_officer /training/cohorts/{planned_cohort}/days",),
    "/training/cohorts/{cohort_id}/register/{day}": (
        "institute_officer /training/cohorts/{running_cohort}/register/{day}",
    ),
    "/training/cohorts/{cohort_id}/sheet/{day}": ("institute_officer /training/cohorts/{running_cohort}/sheet/{day}",),
    "/training/cohorts/{cohort_id}/people/new": ("institute_officer /training/cohorts/{open_cohort}/people/new",),
    "/training/cohorts/{cohort_id}/assessments/new": (
        "institute_officer /training/cohorts/{running_cohort}/assessments/new",
    ),
    "/training/cohorts/{cohort_id}/assessments/{assessment_id}": (
        "institute_officer /training/cohorts/{running_cohort}/assessments/{assessment}",
        "project_staff /training/cohorts/{running_cohort}/assessments/{assessment}",
    ),
    "/training/cohorts/{cohort_id}/reports": (
        "institute_officer /training/cohorts/{running_cohort}/reports",
        "project_staff /training/cohorts/{running_cohort}/reports",
    ),
    "/training/enrolments/{enrolment_id}": (
        "institute_officer /training/enrolments/{active_enrolment}",
        "institute_officer /training/enrolments/{waiting_enrolment}",
        "project_staff /training/enrolments/{joined_enrolment}",
    ),
    "/training/files": ("institute_officer /training/files",),
    "/training/files/{register_id}": (
        "institute_officer /training/files/{read_register}",
        "institute_officer /training/files/{taken_register}",
    ),
    "/training/requests/{request_id}": ("institute_officer /training/requests/{training_request}",),
    "/training/noticed": ("project_staff /training/noticed",),
    "/vacancies/{vacancy_id}/training": ("agency_officer /vacancies/{vacancy}/training",),
    "/courses": ("candidate /courses", "begun /courses"),
    "/concern": ("nobody /concern", "nobody /concern?sent=yes"),
    "/organisations": ("project_staff /organisations", "auditor /organisations"),
    "/organisations/new": ("project_staff /organisations/new",),
    "/organisations/{organisation_id}": (
        "project_staff /organisations/{organisation}",
        "project_staff /organisations/{applied_organisation}",
        "auditor /organisations/{organisation}",
    ),
    "/organisation": ("agency_officer /organisation", "institute_officer /organisation"),
    "/organisation/employers/new": ("agency_officer /organisation/employers/new",),
    "/about/deleted": ("nobody /about/deleted",),
    "/my-data": ("candidate /my-data", "begun /my-data"),
    "/my-data/looks": ("candidate /my-data/looks", "begun /my-data/looks"),
    "/my-data/consents": ("candidate /my-data/consents", "begun /my-data/consents"),
    "/my-data/copy": ("candidate /my-data/copy",),
    "/my-data/demand": ("candidate /my-data/demand",),
    "/my-data/delete": ("candidate /my-data/delete",),
    "/my-data/paper": ("candidate /my-data/paper",),
    "/requests": ("project_staff /requests",),
    "/requests/{request_id}": ("project_staff /requests/{demand}",),
    "/duplicates": ("project_staff /duplicates",),
    "/journal": ("auditor /journal", "auditor /journal?action=nothing.like.it"),
}
"""Each address of the service with its readers: who, and where, with the ids of the world in braces."""


@dataclass(frozen=True)
class Visit:
    """One reader at one address, which answers with this status."""

    reader: str
    address: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.reader} {self.address}"


VISITS = tuple(Visit(*words.split(" ", 1)) for visits in PAGES.values() for words in visits)
REFUSED = (
    Visit("nobody", "/no-such-page", 404),
    Visit("candidate", "/staff", 403),
    Visit("agency_officer", "/matches/{vacancy}", 403),
    Visit("project_staff", "/staff/search?words=%3F%3F&months=x", 422),
    Visit("nobody", "/invitation/used-long-ago", 410),
    Visit("nobody", "/sign-in/new-password/used-long-ago", 410),
)
"""Pages that say no."""


def page_routes() -> set[str]:
    """The address of every page of the service."""
    routes = (route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
    return {route.path for route in routes if "GET" in route.methods} - set(NOT_PAGES)
