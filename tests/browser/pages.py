"""Every page that somebody can open: its address, who reads it, and in which states it can be."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.routing import APIRoute

from web.routes import ROUTERS

NOT_PAGES: Mapping[str, str] = {
    "/healthz": "text for machines",
    "/readyz": "text for machines",
    "/vacancies/{vacancy_id}/job-posting": "a file",
    "/imports/template.{kind}": "a file",
    "/imports/{import_id}/rejected": "a file",
    "/recognition/cases/{case_id}/papers/{paper_id}": "a file",
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
    "/staff/sign-in-help": ("project_staff /staff/sign-in-help",),
    "/staff/providers": ("administrator /staff/providers",),
    "/sign-in/set-up": ("arriving /sign-in/set-up", "candidate /sign-in/set-up"),
    "/sign-in/set-up/app": ("arriving /sign-in/set-up/app",),
    "/sign-in/set-up/passkey": ("arriving /sign-in/set-up/passkey",),
    "/account": ("agency_officer /account?done=password", "candidate /account"),
    "/account/prove": ("agency_officer /account/prove", "candidate /account/prove"),
    "/account/password": ("agency_officer /account/password", "candidate /account/password"),
    "/invitation/{token}": ("nobody /invitation/{token}",),
    "/language": ("nobody /language", "candidate /language"),
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
    "/recognition/new": ("candidate /recognition/new?procedure=de_bqfg_nonregulated&award=dae&occupation=7411",),
    "/recognition": ("candidate /recognition", "draft /recognition"),
    "/recognition/cases/{case_id}": (
        "candidate /recognition/cases/{recognition_case}",
        "project_staff /recognition/cases/{recognition_case}",
    ),
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
    "/staff/invitations": ("project_staff /staff/invitations", "administrator /staff/invitations"),
    "/staff/reviews/{request_id}": ("project_staff /staff/reviews/{request}",),
    "/institute": ("institute_officer /institute",),
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
    Visit("nobody", "/invitation/used-long-ago", 410),
    Visit("nobody", "/sign-in/new-password/used-long-ago", 410),
)
"""Pages that say no."""


@dataclass(frozen=True)
class Mistake:
    """A form sent empty: who sends it, from which page, and which form of the page; it comes back with what to mend."""

    reader: str
    address: str
    action: str
    press: str = ""
    """The name of the button, where it is not the form's first one."""

    def __str__(self) -> str:
        return f"{self.reader} {self.action}"


MISTAKES = (
    Mistake("nobody", "/register/account", "/register/account"),
    Mistake("nobody", "/sign-in", "/sign-in"),
    Mistake("nobody", "/invitation/{token}", "/invitation/{token}"),
    Mistake("nobody", "/sign-in/forgotten", "/sign-in/forgotten"),
    Mistake("nobody", "/sign-in/new-password/{password_code}", "/sign-in/new-password/{password_code}"),
    Mistake("nobody", "/sign-in/helped", "/sign-in/helped"),
    Mistake("project_staff", "/staff/sign-in-help", "/staff/sign-in-help"),
    Mistake("administrator", "/staff/providers", "/staff/providers", "Add"),
    Mistake("half_in", "/sign-in/second-step", "/sign-in/second-step"),
    Mistake("arriving", "/sign-in/set-up/app", "/sign-in/set-up/app"),
    Mistake("candidate", "/account/prove", "/account/prove"),
    Mistake("candidate", "/account/password", "/account/password"),
    Mistake("begun", "/profile/name", "/profile/name"),
    Mistake("begun", "/profile/occupation/find?words=welder", "/profile/occupation"),
    Mistake("begun", "/profile/experience", "/profile/experience"),
    Mistake("begun", "/profile/experience/add", "/profile/experience/add"),
    Mistake("draft", "/profile/skills", "/profile/skills", "Save and continue"),
    Mistake("draft", "/profile/skills/find?words=forklift", "/profile/skills/add"),
    Mistake("begun", "/profile/qualifications", "/profile/qualifications"),
    Mistake("draft", "/profile/qualifications/add?kind=dae", "/profile/qualifications/add"),
    Mistake("begun", "/profile/languages", "/profile/languages/add"),
    Mistake("begun", "/profile/licences", "/profile/licences"),
    Mistake("begun", "/profile/countries", "/profile/countries"),
    Mistake("begun", "/profile/start", "/profile/start"),
    Mistake("begun", "/profile/cv", "/profile/cv"),
    Mistake("candidate", "/matches/{match}/review", "/matches/{match}/review"),
    Mistake("agency_officer", "/vacancies/new", "/vacancies"),
    Mistake("agency_officer", "/imports", "/imports"),
    Mistake(
        "agency_officer",
        "/vacancies/{vacancy}/candidates/{known}",
        "/vacancies/{vacancy}/candidates/{known}/turn-down",
    ),
    Mistake("candidate", "/my-data/copy", "/my-data/copy"),
    Mistake("candidate", "/my-data/demand", "/my-data/demand"),
    Mistake("candidate", "/my-data/delete", "/my-data/delete"),
    Mistake("candidate", "/my-data/paper", "/my-data/paper"),
    Mistake("project_staff", "/requests/{demand}", "/requests/{demand}"),
    Mistake(
        "agency_officer",
        "/vacancies/{vacancy}/candidates/{known}",
        "/vacancies/{vacancy}/candidates/{known}/reveal",
    ),
    Mistake("project_staff", "/staff/invitations", "/staff/invitations"),
    Mistake("project_staff", "/staff/reviews/{request}", "/staff/reviews/{request}"),
)


def page_routes() -> set[str]:
    """The address of every page of the service."""
    routes = (route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
    return {route.path for route in routes if "GET" in route.methods} - set(NOT_PAGES)


NOT_YET_READ = frozenset(
    {
        "/concern",
        "/courses",
        "/institute/outlook",
        "/organisation",
        "/organisation/employers/new",
        "/organisations",
        "/organisations/new",
        "/organisations/{organisation_id}",
        "/training",
        "/training/cohorts/{cohort_id}",
        "/training/cohorts/{cohort_id}/assessments/new",
        "/training/cohorts/{cohort_id}/assessments/{assessment_id}",
        "/training/cohorts/{cohort_id}/change",
        "/training/cohorts/{cohort_id}/days",
        "/training/cohorts/{cohort_id}/people/new",
        "/training/cohorts/{cohort_id}/register/{day}",
        "/training/cohorts/{cohort_id}/reports",
        "/training/cohorts/{cohort_id}/reports/{kind}.xlsx",
        "/training/cohorts/{cohort_id}/sheet/{day}",
        "/training/courses/{course_id}",
        "/training/courses/{course_id}/change",
        "/training/courses/{course_id}/cohorts/new",
        "/training/courses/{course_id}/skills",
        "/training/enrolments/{enrolment_id}",
        "/training/files",
        "/training/files/template/{kind}.{file_kind}",
        "/training/files/{register_id}",
        "/training/files/{register_id}/rejected",
        "/training/noticed",
        "/training/programmes/new",
        "/training/programmes/{programme_id}",
        "/training/programmes/{programme_id}/courses/new",
        "/training/requests/{request_id}",
        "/vacancies/{vacancy_id}/training",
    }
)
"""A debt: pages that no browser test reads yet; whoever changes one moves it to ``PAGES``."""
