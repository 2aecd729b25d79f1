"""To whom rows may belong, as conditions of row-level security: the words of ``talent.row_security``."""

from talent.accounts.permissions import OFFICERS, Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ACTOR, ADD, CHANGE, EVERYTHING, ORGANISATION, READ, Rule, of_system, under
from talent.matching.states import REVEALED

S, R = SystemContext, Role
ANYBODY = tuple(role.value for role in Role if role is not Role.SYSTEM)
CANDIDATE = (R.CANDIDATE.value,)
AGENCY = (R.AGENCY_OFFICER.value,)
EMPLOYER = (R.EMPLOYER.value,)
AUTHORITY = (R.RECOGNITION_OFFICER.value,)
OFFICES = tuple(sorted(role.value for role in OFFICERS))
STAFF = (R.PROJECT_STAFF.value, R.ADMINISTRATOR.value)
OVERSEERS = (*STAFF, R.AUDITOR.value)
INSTITUTE = (R.INSTITUTE_OFFICER.value,)
READERS = (R.PROJECT_STAFF.value, R.AUDITOR.value)
READ_WRITE = (READ, ADD, CHANGE)


OWN_PROFILE = "exists (select 1 from profile own where own.id = profile_id and own.account_id = {actor})"


def part_of_profile(*further: Rule) -> tuple[Rule, ...]:
    """What hangs on a profile: its candidate's, and the worker's to read."""
    return (Rule("own", CANDIDATE, EVERYTHING, OWN_PROFILE.format(actor=ACTOR)), of_system(S.WORKER, READ), *further)


def part_of_vacancy() -> tuple[Rule, ...]:
    """What hangs on a vacancy: whoever sees the vacancy reads it, its agency writes it."""
    return (
        Rule("own", AGENCY, EVERYTHING, under("vacancy", "vacancy_id")),
        Rule("seen", (*CANDIDATE, *READERS), (READ,), under("vacancy", "vacancy_id")),
        *(of_system(context, READ) for context in (S.WORKER, S.NIGHTLY, S.VETTING, S.FIGURES)),
    )


def acted_on(table: str, mine: str, owner: str, by: str) -> str:
    """That a pair of this table joins the row to somebody."""
    return f"exists (select 1 from {table} pair where pair.{mine} = {owner} and pair.{by})"  # noqa: S608 - names of our own


TO_ME = f"account_id = {ACTOR}"
IS_REVEALED = f"state in ({', '.join(repr(state.value) for state in sorted(REVEALED))})"
TO_MY_AGENCY = f"organisation_id = {ORGANISATION}"


OF_MINE_OR_BROUGHT = "is_mine_or_brought({key})"
"""That something is about the reader's organisation, or about one that it brought."""


def paired(mine: str, owner: str, by: str) -> str:
    """That a suggestion or an introduction joins the row to somebody."""
    return f"{acted_on('suggestion', mine, owner, by)} or {acted_on('introduction', mine, owner, by)}"


EMPLOYS_ME = "kind = 'employer' and employs_me(parent_id, name)"
"""That an employer is the one of a job for which an agency and the candidate met."""
MET_ME = "met_me(id)"
"""That the candidate was suggested to an agency, or met it."""
ACTS_HERE = "acts_in_a_case(id)"
"""That an organisation acts for the worker in a case that may be seen."""

ALL_CONTEXTS = (*ANYBODY, *(context.value for context in SystemContext))
AGREED = (
    f"recipient_id = {ORGANISATION} and pair.withdrawn_at is null"
    " and (pair.expires_at is null or pair.expires_at > now())"
)
REVEALED_TO_ME = (
    acted_on("introduction", "account_id", "{owner}", f"{TO_MY_AGENCY} and pair.{IS_REVEALED}")
    + " and "
    + acted_on("consent", "account_id", "{owner}", AGREED)
)
"""That a candidate said yes to the reader's agency and has not taken it back."""

FOR_SIGNING_IN = (of_system(S.SIGN_IN, *EVERYTHING),)
"""What opens accounts: touched by finding out who somebody is, and by no role of a person."""

OPEN_TAXONOMY = dict.fromkeys(
    ("taxonomy_release", "occupation", "skill", "label", "occupation_skill"), "published reference data"
)
"""Tables without rules, each with its reason."""
