"""Every form sent empty: who sends it, from which page, and which form of that page."""

from dataclasses import dataclass


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
    Mistake("nobody", "/apply", "/apply"),
    Mistake("agency_officer", "/organisation", "/organisation/evidence"),
    Mistake("administrator", "/staff/roles/new", "/staff/roles/new"),
    Mistake("project_staff", "/staff/roles/{grant}", "/staff/roles/{grant}/decide"),
    Mistake("project_staff", "/staff/matching", "/staff/weights/{weights}/decide"),
    Mistake("project_staff", "/staff/accounts", "/staff/accounts"),
    Mistake("project_staff", "/staff/accounts/{other_account}", "/staff/accounts/{other_account}/decide"),
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
    Mistake("institute_officer", "/training/programmes/new", "/training/programmes/new"),
    Mistake(
        "institute_officer",
        "/training/programmes/{programme}/courses/new",
        "/training/programmes/{programme}/courses/new",
    ),
    Mistake(
        "institute_officer", "/training/cohorts/{open_cohort}/people/new", "/training/cohorts/{open_cohort}/people/new"
    ),
    Mistake(
        "institute_officer",
        "/training/cohorts/{running_cohort}/assessments/new",
        "/training/cohorts/{running_cohort}/assessments/new",
    ),
    Mistake("institute_officer", "/training/cohorts/{planned_cohort}/days", "/training/cohorts/{planned_cohort}/days"),
    Mistake(
        "institute_officer",
        "/training/enrolments/{active_enrolment}",
        "/training/enrolments/{active_enrolment}/drop_out",
    ),
    Mistake("institute_officer", "/training/files", "/training/files"),
    Mistake(
        "institute_officer", "/training/requests/{training_request}", "/training/requests/{training_request}/decline"
    ),
    Mistake("project_staff", "/training/noticed", "/training/noticed/{finding}/explain"),
    Mistake("agency_officer", "/vacancies/{vacancy}/training", "/vacancies/{vacancy}/training"),
    Mistake("candidate", "/courses", "/courses/join"),
    Mistake("nobody", "/concern", "/concern"),
    Mistake("project_staff", "/organisations/new", "/organisations/new"),
    Mistake("project_staff", "/organisations/{organisation}", "/organisations/{organisation}/evidence"),
    Mistake("project_staff", "/organisations/{organisation}", "/organisations/{organisation}/decide"),
    Mistake("agency_officer", "/organisation/employers/new", "/organisation/employers/new"),
)
