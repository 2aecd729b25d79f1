"""Which rows of the register and of the figures exist for whom; ``talent.row_security`` puts them among all rules."""

from talent.accounts.permissions import Role
from talent.foundation.row_context import SystemContext
from talent.foundation.row_rules import ADD, EVERYTHING, READ, Rule, of_system

KEEPERS = (Role.PROJECT_STAFF.value,)
OVERSEERS = (Role.PROJECT_STAFF.value, Role.ADMINISTRATOR.value, Role.AUDITOR.value)

REGISTER = (
    Rule("kept", KEEPERS, EVERYTHING),
    Rule("overseen", OVERSEERS, (READ,)),
    of_system(SystemContext.FIGURES, READ),
)
"""Words of the programme: project staff write them, whoever watches over the service reads them."""
ONLY_EVER_ADDED = (
    Rule("kept", KEEPERS, (READ, ADD)),
    Rule("overseen", OVERSEERS, (READ,)),
    of_system(SystemContext.FIGURES, READ),
)

MONITORING_RULES: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys(("programme_measure", "programme_item", "programme_text", "indicator_goal"), REGISTER),
    **dict.fromkeys(("programme_change", "programme_report"), ONLY_EVER_ADDED),
}
