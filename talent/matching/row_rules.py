"""Which rows of what was measured and judged exist for whom; ``talent.row_security`` puts them among all rules."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ACTOR, ADD, EVERYTHING, READ, Rule, of_system

S = SystemContext
JUDGES = (Role.PROJECT_STAFF.value,)
OVERSEERS = (Role.PROJECT_STAFF.value, Role.ADMINISTRATOR.value, Role.AUDITOR.value)
CANDIDATE = (Role.CANDIDATE.value,)

TRUST_RULES: dict[str, tuple[Rule, ...]] = {
    "measurement": (
        Rule("overseen", OVERSEERS, (READ,)),
        of_system(S.WORKER, *EVERYTHING),
        of_system(S.FIGURES, *EVERYTHING),
    ),
    "judged_pair": (
        Rule("judged", JUDGES, (READ, ADD)),
        Rule(
            "mine",
            CANDIDATE,
            (READ,),
            f"exists (select 1 from profile own where own.id = profile_id and own.account_id = {ACTOR})",  # noqa: S608 - names of our own
        ),
        of_system(S.WORKER, READ),
        of_system(S.FIGURES, READ),
    ),
    "judgement": (
        Rule("own", JUDGES, (READ, ADD), f"judge_id = {ACTOR}"),
        Rule("about_me", CANDIDATE, (READ,), "exists (select 1 from judged_pair pair where pair.id = pair_id)"),
        of_system(S.WORKER, READ),
        of_system(S.FIGURES, READ),
    ),
}
"""A judge reads nobody's grade but the own; a candidate those about themselves; counting alone reads all of them."""
