"""Which rows of recognition exist for whom: the rules that PostgreSQL enforces under ``policy.visible_cases``."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ACTOR, ADD, CHANGE, EVERYTHING, ORGANISATION, READ, Rule, under

CANDIDATE = (Role.CANDIDATE.value,)
AUTHORITY = (Role.RECOGNITION_OFFICER.value,)
STAFF = (Role.PROJECT_STAFF.value,)
NIGHT = (SystemContext.NIGHTLY.value,)
WORKER = (SystemContext.WORKER.value,)
FIGURES = (SystemContext.FIGURES.value,)
READ_WRITE = (READ, ADD, CHANGE)
ACTING = (Role.AGENCY_OFFICER.value, Role.EMPLOYER.value)
INSTITUTE = (Role.INSTITUTE_OFFICER.value,)
OF_A_CASE = under("recognition_case", "case_id")
MAY_SEE_PAPERS = (
    "exists (select 1 from recognition_mandate given where given.case_id = recognition_paper.case_id"  # noqa: S608 - names of our own
    f" and given.organisation_id = {ORGANISATION} and given.ended_at is null and 'documents' = any(given.shares))"
)
ASKED_OF_US = (
    "exists (select 1 from curriculum_request asked where asked.{mine} = {owner}"  # noqa: S608 - names of our own
    f" and asked.organisation_id = {ORGANISATION} and asked.withdrawn_at is null and asked.supplied_at is null)"
)

PART_OF_CASE = (
    Rule("own", CANDIDATE, EVERYTHING, OF_A_CASE),
    Rule("decided", (*AUTHORITY, *STAFF), READ_WRITE, OF_A_CASE),
    Rule("nightly", NIGHT, (READ,)),
)
"""What hangs on a case: its candidate and whoever decides about it write it."""

FILES_OF_CASES = (
    Rule(
        "recognised",
        (*AUTHORITY, *STAFF, *ACTING, *INSTITUTE),
        (READ,),
        "exists (select 1 from recognition_paper brought where brought.document_id = stored_file.id)",
    ),
    Rule(
        "supplied",
        INSTITUTE,
        (ADD,),
        f"purpose = 'evidence' and {ASKED_OF_US.format(mine='account_id', owner='stored_file.owner_id')}",
    ),
)
"""Stored files: those of the papers that somebody may see; an institute brings one for a candidate who asked it."""
REMINDED = Rule("reminded", NIGHT, (READ,), "id in (select waiting.account_id from recognition_case waiting)")
"""Accounts: where the night writes to."""
RECOGNITION_RULES: dict[str, tuple[Rule, ...]] = {
    "recognition_case": (
        Rule("own", CANDIDATE, READ_WRITE, f"account_id = {ACTOR}"),
        Rule(
            "handed",
            AUTHORITY,
            (READ, CHANGE),
            f"organisation_id = {ORGANISATION} and state not in ('draft', 'documents')",
        ),
        Rule("empowered", ACTING, (READ, CHANGE), f"acting_id = {ORGANISATION}"),
        Rule("overseen", STAFF, (READ, CHANGE)),
        Rule("nightly", NIGHT, (READ, CHANGE)),
        Rule("figures", FIGURES, (READ,)),
        Rule("matched", WORKER, (READ,)),
    ),
    "recognition_paper": (
        *PART_OF_CASE,
        Rule("empowered", ACTING, (READ,), MAY_SEE_PAPERS),
        Rule("supplied", INSTITUTE, (READ,), f"supplied_by = {ORGANISATION}"),
        Rule(
            "asked",
            INSTITUTE,
            (ADD,),
            f"supplied_by = {ORGANISATION} and {ASKED_OF_US.format(mine='case_id', owner='recognition_paper.case_id')}",
        ),
    ),
    "recognition_stop": (*PART_OF_CASE, Rule("empowered", ACTING, (READ,), OF_A_CASE)),
    "recognition_day": (
        Rule("seen", (*CANDIDATE, *AUTHORITY, *STAFF, *ACTING), (READ, ADD), OF_A_CASE),
        Rule("nightly", NIGHT, (READ,)),
    ),
    "recognition_mandate": (
        Rule("own", CANDIDATE, READ_WRITE, OF_A_CASE),
        Rule("empowered", ACTING, (READ,), f"organisation_id = {ORGANISATION} and ended_at is null"),
        Rule("seen", (*AUTHORITY, *STAFF), (READ,), OF_A_CASE),
    ),
    "curriculum_request": (
        Rule("own", CANDIDATE, READ_WRITE, f"account_id = {ACTOR} and {OF_A_CASE}"),
        Rule("asked", INSTITUTE, (READ, CHANGE), f"organisation_id = {ORGANISATION} and withdrawn_at is null"),
        Rule("seen", (*AUTHORITY, *STAFF), (READ,), OF_A_CASE),
    ),
    "recognition_reminder": (Rule("nightly", NIGHT, READ_WRITE),),
    "calendar_correction": (
        Rule("known", (*CANDIDATE, *AUTHORITY, *STAFF, *ACTING), (READ,)),
        Rule("corrected", STAFF, (ADD, CHANGE)),
        Rule("nightly", NIGHT, (READ,)),
    ),
}
OPEN_RECOGNITION = {
    "recognition_precedent": "published figures, about nobody in particular",
    "award_standard": "open data: awards and their units",
    "award_unit": "open data: awards and their units",
    "unit_link": "open data: which skills a unit stands for",
    "crosswalk_release": "open data: published versions",
    "recognition_duration": "published figures, about nobody in particular",
}
"""Tables without rules, each with its reason."""
