"""Rules of row-level security as data, and the SQL that puts them into the database."""

import hashlib
from dataclasses import dataclass

from talent.foundation.row_context import SystemContext

APPLICATION_ROLE = "talent_app"
"""The database role that web, worker and commands connect as; it owns nothing."""
READ, ADD, CHANGE, REMOVE = "select", "insert", "update", "delete"
EVERYTHING = (READ, ADD, CHANGE, REMOVE)

ACTOR = "(select app_actor())"
ORGANISATION = "(select app_organisation())"


WITHOUT_RULES = (
    "do $$ declare known name; begin for known in select polname from pg_policy where polrelid = '{table}'::regclass"
    " loop execute format('drop policy %I on {table}', known); end loop; end $$"
)


@dataclass(frozen=True)
class Rule:
    """Rows of a table that these contexts may touch, and how. A row that no rule names does not exist for them."""

    name: str
    to: tuple[str, ...]
    may: tuple[str, ...]
    where: str = "true"

    @property
    def condition(self) -> str:
        """The rule as SQL; what depends on the transaction alone is asked once, not for each row."""
        who = f"(select app_role()) = any ('{{{','.join(self.to)}}}')"
        return who if self.where == "true" else f"{who} and ({self.where})"


def under(table: str, key: str) -> str:
    """That the row of another table to which this one belongs may be seen."""
    return f"exists (select 1 from {table} owner where owner.id = {key})"  # noqa: S608 - names of our own


def reading_of(*kinds: str) -> str:
    """That an event of the journal is of one of these kinds of cases, and about a case that may be seen.

    The function asks the case's own table, under that table's rules: written out here, the rules of ten tables would
    be planned anew for every page that shows a history.
    """
    listed = ", ".join(repr(kind) for kind in kinds)
    return f"case_kind in ({listed}) and sees_case(case_kind, case_id)"


def of_system(context: SystemContext, *may: str) -> Rule:
    """Every row, for one of the service's own contexts."""
    return Rule(context.value, (context.value,), may)


def policies(table: str, rules: tuple[Rule, ...]) -> dict[str, str]:
    """Each policy of this table by its name: the statement that makes it."""
    made = {}
    for rule in rules:
        for command in ("all",) if set(rule.may) == set(EVERYTHING) else rule.may:
            using = f" using ({rule.condition})" if command != ADD else ""
            check = f" with check ({rule.condition})" if command in (ADD, CHANGE, "all") else ""
            name = f"{rule.name}_{command}"
            made[name] = f"create policy {name} on {table} for {command}{using}{check}"
    return made


def fingerprint(statement: str) -> str:
    """What stands in the comment of a policy, so that a changed rule is noticed."""
    return hashlib.sha256(statement.encode()).hexdigest()[:16]


def closing(table: str, rules: tuple[Rule, ...]) -> list[str]:
    """The statements that close this table to everybody but those whom the rules name, its owner included."""
    statements = [WITHOUT_RULES.format(table=table)]
    statements += [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
    for name, statement in policies(table, rules).items():
        statements += [statement, f"comment on policy {name} on {table} is '{fingerprint(statement)}'"]
    return statements
