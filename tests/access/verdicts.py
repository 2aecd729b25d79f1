"""The reviewed table of who may open which address: ``verdicts.tsv``, one line an address.

The columns are the method, the address, the roles that may open it ("everybody" counts those who are not signed in)
and the roles that see everybody's things there, not only their own. ``python -m tests.access.verdicts`` prints lines
for the routes as they are: read them before you put them into the file, because the file is what the tests believe.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from talent.accounts.permissions import Role
from web.policy import allows, routes_of
from web.routes import ROUTERS

FILE = Path(__file__).with_name("verdicts.tsv")
EVERYBODY = "everybody"
PEOPLE = tuple(role.value for role in Role if role is not Role.SYSTEM)


@dataclass(frozen=True)
class Verdict:
    """Who may open one address, and who of them sees everybody's things there."""

    method: str
    path: str
    roles: frozenset[str]
    see_all: frozenset[str]

    def lets_in(self, principal: str) -> bool:
        """Whether this kind of principal passes."""
        return EVERYBODY in self.roles or principal in self.roles


def read_verdicts() -> list[Verdict]:
    """Every line of the table."""
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [Verdict(method, path, split(roles), split(see_all)) for method, path, roles, see_all in lines]


def split(names: str) -> frozenset[str]:
    """The names in one column."""
    return frozenset(name for name in names.split(",") if name)


def present() -> dict[tuple[str, str], frozenset[str]]:
    """Who may open each address of the application as it is."""
    return {
        (method, route.path): frozenset(
            [EVERYBODY] if allows(route, None) else [role for role in PEOPLE if allows(route, Role(role))]
        )
        for route in routes_of(ROUTERS)
        for method in sorted(route.methods - {"HEAD"})
    }


def main() -> None:
    """Print the table for the application as it is, with the last column as it was."""
    known = {(one.method, one.path): one.see_all for one in read_verdicts()} if FILE.exists() else {}
    for (method, path), roles in sorted(present().items(), key=lambda item: (item[0][1], item[0][0])):
        see_all = ",".join(sorted(known.get((method, path), ())))
        sys.stdout.write(f"{method}\t{path}\t{','.join(sorted(roles))}\t{see_all}\n")


if __name__ == "__main__":
    main()
