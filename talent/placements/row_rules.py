"""Which rows of placements exist for whom: the rules that PostgreSQL enforces under ``visible_placements``."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import (
    ACTOR,
    ADD,
    CHANGE,
    EVERYTHING,
    ORGANISATION,
    READ,
    REMOVE,
    Rule,
    of_system,
    reading_of,
)

CANDIDATE = (Role.CANDIDATE.value,)
AGENCY = (Role.AGENCY_OFFICER.value,)
PROTECTORATE = (Role.PROTECTORATE_OFFICER.value,)
EMPLOYER = (Role.EMPLOYER.value,)
STAFF = (Role.PROJECT_STAFF.value,)
OF_A_PLACEMENT = "exists (select 1 from placement owner where owner.id = placement_id)"
READ_CHANGE = (READ, CHANGE)
EVERYBODY = (*CANDIDATE, *AGENCY, *EMPLOYER, *PROTECTORATE, *STAFF)
OFFICES_AND_STAFF = (*AGENCY, *EMPLOYER, *PROTECTORATE, *STAFF)
EXIT_WAY = "pk_exit"
"""The way of Pakistan's own steps: their documents are all that the Protectorate sees of documents."""
OF_THE_EXIT = f"way_id = '{EXIT_WAY}' and {OF_A_PLACEMENT}"
SHOWN_IN_A_PLACEMENT = "exists (select 1 from placement_proof shown where shown.document_id = stored_file.id)"
BROUGHT_BY_MY_OFFICE = (
    "exists (select 1 from placement_proof shown where shown.document_id = stored_file.id"  # noqa: S608 - names of our own
    f" and shown.organisation_id = {ORGANISATION})"
)
FILES_OF_PLACEMENTS = (
    Rule("proved", OFFICES_AND_STAFF, (READ,), SHOWN_IN_A_PLACEMENT),
    Rule("taken_back", (*AGENCY, *EMPLOYER, *PROTECTORATE), (REMOVE,), BROUGHT_BY_MY_OFFICE),
    Rule("cleared", STAFF, (REMOVE,), SHOWN_IN_A_PLACEMENT),
    Rule(
        "brought_along",
        OFFICES_AND_STAFF,
        (ADD,),
        "purpose = 'evidence' and exists (select 1 from placement going where going.account_id = stored_file.owner_id)",
    ),
)
"""Stored files: the documents of placements; whoever takes part brings one for the candidate, whose file it is."""
TOLD_TO_ALL = f"{OF_A_PLACEMENT} and (not is_charge or noted_by = {ACTOR})"
JOURNAL_OF_PLACEMENTS = Rule(
    "placed",
    (*CANDIDATE, *AGENCY, *PROTECTORATE, *STAFF),
    (READ,),
    reading_of("placement"),
)
"""Lines of the journal: for whoever knows of the placement."""
JOURNAL_OF_COMPLAINTS = Rule(
    "complained",
    (*CANDIDATE, *STAFF),
    (READ,),
    reading_of("charge_complaint"),
)
"""Lines of the journal: for whoever knows of the complaint."""
JOURNAL_OF_CONTRACTS = Rule(
    "contracted",
    (*CANDIDATE, *AGENCY, *PROTECTORATE, *STAFF),
    (READ,),
    reading_of("contract"),
)
"""Lines of the journal: for whoever knows of the contract."""
OF_A_BULK = "exists (select 1 from bulk_move made where made.id = bulk_id)"
OF_A_VACANCY_HERE = "exists (select 1 from placement taken where taken.vacancy_id = demand_letter.vacancy_id)"
ASKED_AFTER_ARRIVAL = Rule(
    "asked",
    (SystemContext.NIGHTLY.value,),
    (READ,),
    "id in (select working.account_id from placement working where working.work_began_on is not null)",
)
"""Accounts: whom the night asks how the work is."""
WRITTEN_TO = Rule(
    "placed",
    (SystemContext.LETTERS.value,),
    (READ,),
    "id in (select account_id from placement union select account_id from charge_complaint)",
)
"""Accounts: the candidates to whom letters about placements and complaints go."""
PLACEMENT_RULES: dict[str, tuple[Rule, ...]] = {
    "placement": (
        Rule("own", CANDIDATE, READ_CHANGE, f"account_id = {ACTOR}"),
        Rule("ours", AGENCY, (READ, ADD, CHANGE), f"organisation_id = {ORGANISATION}"),
        Rule("employing", EMPLOYER, READ_CHANGE, f"employer_id = {ORGANISATION} and state <> 'offered'"),
        Rule("leaving", PROTECTORATE, READ_CHANGE, "state in ('visa', 'exit_clearance', 'travelled')"),
        Rule("overseen", STAFF, READ_CHANGE),
        of_system(SystemContext.NIGHTLY, READ, CHANGE),
        *(of_system(context, READ) for context in (SystemContext.FIGURES, SystemContext.LETTERS)),
    ),
    "placement_proof": (
        Rule("seen", (*CANDIDATE, *AGENCY, *STAFF), (READ, ADD), OF_A_PLACEMENT),
        Rule("brought", EMPLOYER, (READ, ADD), f"organisation_id = {ORGANISATION} and {OF_A_PLACEMENT}"),
        Rule("leaving", PROTECTORATE, (READ, ADD), OF_THE_EXIT),
    ),
    "placement_pause": (
        Rule("seen", EVERYBODY, (READ, ADD, CHANGE), OF_A_PLACEMENT),
        of_system(SystemContext.NIGHTLY, READ),
    ),
    "rules_change": (
        Rule("seen", EVERYBODY, (READ,), OF_A_PLACEMENT),
        of_system(SystemContext.NIGHTLY, READ, ADD),
    ),
    "demand_letter": (
        Rule("ours", AGENCY, (READ, ADD, CHANGE), f"organisation_id = {ORGANISATION}"),
        Rule("taken", (*CANDIDATE, *EMPLOYER, *PROTECTORATE), (READ,), OF_A_VACANCY_HERE),
        Rule("agreed", PROTECTORATE, (CHANGE,), OF_A_VACANCY_HERE),
        Rule("overseen", STAFF, (READ, ADD, CHANGE)),
    ),
    "contract": (
        Rule("own", CANDIDATE, READ_CHANGE, f"state <> 'draft' and {OF_A_PLACEMENT}"),
        Rule("offered", AGENCY, (READ, ADD, CHANGE), OF_A_PLACEMENT),
        Rule("told", EMPLOYER, (READ,), f"state <> 'draft' and {OF_A_PLACEMENT}"),
        Rule("attested", PROTECTORATE, READ_CHANGE, f"state in ('confirmed', 'attested') and {OF_A_PLACEMENT}"),
        Rule("overseen", STAFF, (READ, ADD, CHANGE)),
    ),
    "check_in": (
        Rule("own", CANDIDATE, (READ, ADD, CHANGE), OF_A_PLACEMENT),
        Rule("settled", STAFF, READ_CHANGE),
        of_system(SystemContext.NIGHTLY, READ, ADD, CHANGE),
        of_system(SystemContext.FIGURES, READ),
    ),
    "bulk_move": (
        Rule("ours", AGENCY, (READ, ADD, CHANGE), f"organisation_id = {ORGANISATION}"),
        Rule("overseen", STAFF, (READ, ADD, CHANGE)),
    ),
    "bulk_refusal": (Rule("moved", (*AGENCY, *STAFF), (READ, ADD), OF_A_BULK),),
    "placement_step": (
        Rule("seen", EVERYBODY, (READ, ADD), OF_A_PLACEMENT),
        of_system(SystemContext.NIGHTLY, READ),
    ),
    "cost": (
        Rule("own", CANDIDATE, (READ, ADD), f"account_id = {ACTOR}"),
        Rule("told", (*AGENCY, *PROTECTORATE), (READ, ADD), TOLD_TO_ALL),
        Rule("overseen", STAFF, (READ, ADD)),
        of_system(SystemContext.VETTING, READ),
        of_system(SystemContext.FIGURES, READ),
    ),
    "seat_book": (
        Rule("ours", AGENCY, (READ,), f"organisation_id is null or organisation_id = {ORGANISATION}"),
        Rule("overseen", STAFF, (READ,)),
        of_system(SystemContext.PLACES, READ, ADD, CHANGE),
    ),
    "seat_hold": (of_system(SystemContext.PLACES, *EVERYTHING),),
    "seat_transfer": (of_system(SystemContext.PLACES, READ, ADD),),
    "charge_complaint": (
        Rule("own", CANDIDATE, (READ,), f"account_id = {ACTOR}"),
        Rule("decided", STAFF, READ_CHANGE),
        of_system(SystemContext.VETTING, READ, ADD),
        *(of_system(context, READ) for context in (SystemContext.FIGURES, SystemContext.LETTERS)),
    ),
}
