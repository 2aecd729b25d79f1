"""Which rows of the register and of the figures exist for whom; ``talent.row_security`` puts them among all rules."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ACTOR, ADD, CHANGE, EVERYTHING, READ, Rule, of_system

KEEPERS = (Role.PROJECT_STAFF.value,)
OVERSEERS = (Role.PROJECT_STAFF.value, Role.ADMINISTRATOR.value, Role.AUDITOR.value)

REGISTER = (
    Rule("kept", KEEPERS, EVERYTHING),
    Rule("overseen", OVERSEERS, (READ,)),
    of_system(SystemContext.FIGURES, READ),
)
"""Words of the programme: project staff write them, whoever watches over the service reads them."""
ONLY_EVER_ADDED = (
    Rule("kept", KEEPERS, (ADD,)),
    Rule("overseen", OVERSEERS, (READ,)),
    of_system(SystemContext.FIGURES, READ),
)

FIGURES = ("figure_cell", "figure_span", "figure_trend", "figure_refresh")
"""Stored figures: only counting makes and reads them; they lead to nobody."""

MONITORING_RULES: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(FIGURES, (of_system(SystemContext.FIGURES, *EVERYTHING),)),
    "saved_table": (
        Rule("own", OVERSEERS, EVERYTHING, f"account_id = {ACTOR}"),
        Rule("shared", OVERSEERS, (READ,)),
    ),
    "follow_up": (Rule("kept", KEEPERS, (READ, ADD, CHANGE)), of_system(SystemContext.NIGHTLY, READ)),
    **dict.fromkeys(("programme_measure", "programme_item", "programme_text", "indicator_goal"), REGISTER),
    **dict.fromkeys(("programme_change", "programme_report"), ONLY_EVER_ADDED),
}
