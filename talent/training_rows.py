"""Which rows of training exist for whom; ``talent.row_security`` puts them among the rules of every table."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import (
    ADD,
    CHANGE,
    EVERYTHING,
    ORGANISATION,
    READ,
    Rule,
    of_system,
    under,
)

S = SystemContext
AGENCY = (Role.AGENCY_OFFICER.value,)
INSTITUTE = (Role.INSTITUTE_OFFICER.value,)
TRAINING_STAFF = (Role.PROJECT_STAFF.value,)
OF_MY_INSTITUTE = f"organisation_id = {ORGANISATION}"


def of_institute(where: str) -> tuple[Rule, ...]:
    """What an institute keeps: its own to write, project staff to read; seats and certificates go beyond both."""
    return (
        Rule("own", INSTITUTE, EVERYTHING, where),
        Rule("overseen", TRAINING_STAFF, (READ,)),
        of_system(S.TRAINING, *EVERYTHING),
        of_system(S.FIGURES, READ),
    )


TRAINING_RULES: dict[str, tuple[Rule, ...]] = {
    **{name: of_institute(OF_MY_INSTITUTE) for name in ("training_programme", "course", "cohort", "trainee", "award")},
    "register_file": of_institute(OF_MY_INSTITUTE),
    "organisation_key": of_institute(OF_MY_INSTITUTE),
    "course_skill": of_institute(under("course", "course_id")),
    **{
        name: of_institute(under("cohort", "cohort_id"))
        for name in ("enrolment", "training_day", "assessment", "cohort_report")
    },
    **{name: of_institute(under("enrolment", "enrolment_id")) for name in ("attendance", "assessment_result")},
    "training_request": (
        Rule("own", AGENCY, (READ, ADD, CHANGE), OF_MY_INSTITUTE),
        Rule("asked", INSTITUTE, (READ, CHANGE), f"institute_id = {ORGANISATION}"),
        Rule("overseen", TRAINING_STAFF, (READ,)),
        of_system(S.TRAINING, READ),
    ),
    "report_days": (
        Rule("known", INSTITUTE, (READ,)),
        Rule("set", TRAINING_STAFF, EVERYTHING),
        of_system(S.TRAINING, READ),
    ),
    "integrity_finding": (
        Rule("own", INSTITUTE, (READ,), OF_MY_INSTITUTE),
        Rule("settled", TRAINING_STAFF, (READ, CHANGE)),
        of_system(S.TRAINING, *EVERYTHING),
    ),
    "training_concern": (Rule("read", TRAINING_STAFF, (READ,)), of_system(S.TRAINING, ADD)),
    "outlook": (of_system(S.FIGURES, *EVERYTHING),),
}
