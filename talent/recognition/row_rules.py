"""Which rows of recognition exist for whom: the rules that PostgreSQL enforces under ``policy.visible_cases``."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ACTOR, ADD, CHANGE, EVERYTHING, ORGANISATION, READ, Rule

CANDIDATE = (Role.CANDIDATE.value,)
AUTHORITY = (Role.RECOGNITION_OFFICER.value,)
STAFF = (Role.PROJECT_STAFF.value,)
NIGHT = (SystemContext.NIGHTLY.value,)
WORKER = (SystemContext.WORKER.value,)
FIGURES = (SystemContext.FIGURES.value,)
READ_WRITE = (READ, ADD, CHANGE)
OF_A_CASE = "exists (select 1 from recognition_case owner where owner.id = case_id)"

PART_OF_CASE = (
    Rule("own", CANDIDATE, EVERYTHING, OF_A_CASE),
    Rule("decided", (*AUTHORITY, *STAFF), READ_WRITE, OF_A_CASE),
    Rule("nightly", NIGHT, (READ,)),
)
"""What hangs on a case: its candidate and whoever decides about it write it."""

FILES_OF_CASES = Rule(
    "recognised",
    (*AUTHORITY, *STAFF),
    (READ,),
    "exists (select 1 from recognition_paper brought where brought.document_id = stored_file.id)",
)
"""Stored files: those of the cases that somebody decides about."""
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
        Rule("overseen", STAFF, (READ, CHANGE)),
        Rule("nightly", NIGHT, (READ, CHANGE)),
        Rule("figures", FIGURES, (READ,)),
        Rule("matched", WORKER, (READ,)),
    ),
    "recognition_paper": PART_OF_CASE,
    "recognition_stop": PART_OF_CASE,
    "recognition_reminder": (Rule("nightly", NIGHT, READ_WRITE),),
    "calendar_correction": (
        Rule("known", (*CANDIDATE, *AUTHORITY, *STAFF), (READ,)),
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
