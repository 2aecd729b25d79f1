"""Which rows of what was measured and judged exist for whom; ``talent.row_security`` puts them among all rules."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ACTOR, ADD, CHANGE, EVERYTHING, READ, REMOVE, Rule, of_system

S = SystemContext
JUDGES = (Role.PROJECT_STAFF.value,)
OVERSEERS = (Role.PROJECT_STAFF.value, Role.ADMINISTRATOR.value, Role.AUDITOR.value)
CANDIDATE = (Role.CANDIDATE.value,)
ANYBODY = tuple(role.value for role in Role if role is not Role.SYSTEM)

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
    "score_weights": (
        Rule("adopted", (*ANYBODY, S.WORKER.value), (READ,), "state = 'adopted'"),
        Rule("overseen", OVERSEERS, (READ,)),
        Rule("set_by_hand", JUDGES, (ADD,), "source = 'hand' and state = 'computed'"),
        Rule("decided", JUDGES, (CHANGE,)),
        Rule("learnt", (S.FIGURES.value,), (ADD, REMOVE), "source = 'learnt' and state = 'computed'"),
        of_system(S.FIGURES, READ),
    ),
}
"""A judge reads nobody's grade but the own; a candidate those about themselves; counting alone reads all of them.
With which weights a list was made is anybody's to know; learning adds and takes away what nobody has put forward."""

JOURNAL_OF_WEIGHTS = Rule("weighed", OVERSEERS, (READ,), "case_kind = 'score_weights'")
