"""Where each role goes: its first page and its menu."""

from collections.abc import Mapping

from talent.accounts.permissions import Role
from talent.foundation.words import N_
from web.parts import Link

ACTING = Link(N_("Recognition"), "/recognition/acting")
OWN = Link(N_("My organisation"), "/organisation")
FIGURES = Link(N_("Figures"), "/figures")
REGISTER = Link(N_("Programme"), "/programme")
EVERY = Link(N_("Organisations"), "/organisations")
MENU: Mapping[Role, tuple[Link, ...]] = {
    Role.CANDIDATE: (
        Link(N_("My profile"), "/profile"),
        Link(N_("My matches"), "/matches"),
        Link(N_("My journey"), "/placements"),
        Link(N_("My data"), "/my-data"),
        Link(N_("Courses"), "/courses"),
        Link(N_("Recognition"), "/recognition"),
    ),
    Role.AGENCY_OFFICER: (
        Link(N_("Vacancies"), "/vacancies"),
        Link(N_("Placements"), "/placements"),
        Link(N_("Import"), "/imports"),
        ACTING,
        OWN,
    ),
    Role.EMPLOYER: (Link(N_("Placements"), "/placements"), ACTING, OWN),
    Role.INSTITUTE_OFFICER: (
        Link(N_("Training"), "/training"),
        Link(N_("Registers"), "/training/files"),
        Link(N_("Skills in demand"), "/institute"),
        Link(N_("Awards and skills"), "/crosswalk"),
        Link(N_("Curricula"), "/recognition/curricula"),
        OWN,
    ),
    Role.AWARDING_OFFICER: (Link(N_("Skills in demand"), "/institute"), OWN),
    Role.RECOGNITION_OFFICER: (Link(N_("Recognition"), "/recognition/inbox"), OWN),
    Role.PROTECTORATE_OFFICER: (Link(N_("Placements"), "/placements"), OWN),
    Role.RESOURCE_CENTRE_OFFICER: (Link(N_("Skills in demand"), "/institute"), OWN),
    Role.PROJECT_STAFF: (
        Link(N_("Overview"), "/staff"),
        Link(N_("Today"), "/today"),
        Link(N_("Vacancies"), "/vacancies"),
        Link(N_("Requests"), "/requests"),
        Link(N_("Training"), "/training"),
        Link(N_("Recognition"), "/recognition/inbox"),
        FIGURES,
        REGISTER,
        Link(N_("Awards and skills"), "/crosswalk"),
        Link(N_("Placements"), "/placements"),
        Link(N_("Complaints"), "/complaints"),
        EVERY,
    ),
    Role.ADMINISTRATOR: (Link(N_("Overview"), "/staff"), FIGURES, REGISTER, EVERY),
    Role.AUDITOR: (
        Link(N_("Overview"), "/staff"),
        Link(N_("Vacancies"), "/vacancies"),
        Link(N_("Journal"), "/journal"),
        FIGURES,
        REGISTER,
        EVERY,
    ),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.CANDIDATE: N_("Candidate"),
    Role.AGENCY_OFFICER: N_("Officer of an employment agency"),
    Role.EMPLOYER: N_("Employer"),
    Role.INSTITUTE_OFFICER: N_("Officer of a training institute"),
    Role.AWARDING_OFFICER: N_("Officer of an awarding body"),
    Role.RECOGNITION_OFFICER: N_("Officer of a recognition authority"),
    Role.PROTECTORATE_OFFICER: N_("Officer of the Protectorate of Emigrants"),
    Role.RESOURCE_CENTRE_OFFICER: N_("Adviser of a Migrant Resource Centre"),
    Role.PROJECT_STAFF: N_("Project staff"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AUDITOR: N_("Auditor"),
}


OWN_SIGN_IN = Link(N_("My sign-in"), "/account")


def menu_of(role: Role) -> tuple[Link, ...]:
    """The menu of a role; empty for the service itself."""
    return (*MENU[role], OWN_SIGN_IN) if role in MENU else ()


def home_of(role: Role) -> str:
    """The page that a role sees first after signing in."""
    return menu_of(role)[0].href if menu_of(role) else "/"


def safe_next(address: str | None) -> str:
    """An address inside this service to go on to, or an empty string: never another site's.

    Only a path that starts with one slash is taken; backslashes and control characters are refused, because
    browsers read them as slashes or drop them.
    """
    path = address or ""
    outside = not path.startswith("/") or path.startswith("//") or "\\" in path
    return "" if outside or not path.isprintable() or len(path) > 500 else path
