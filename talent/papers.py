"""The papers that are written from the code: ``docs/workflows.md`` and ``docs/permissions.md``.

``python -m talent.papers`` writes them; with ``--check`` it only says which are no longer true.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from talent.accounts.permissions import DENIALS, INVITED_BY, ROLE_PERMISSIONS, Permission, Role
from talent.casework import describe
from talent.registry import WORKFLOWS

DOCS = Path(__file__).parent.parent / "docs"
WRITTEN = "Written by `make docs` from the code; a test fails when the two differ."


def workflows() -> str:
    """Every workflow as a diagram and a table."""
    parts = ["# Workflows", WRITTEN]
    for workflow in WORKFLOWS:
        doc = (sys.modules[type(workflow.initial).__module__].__doc__ or "").strip()
        title = workflow.name.replace("_", " ").capitalize()
        parts += [f"## {title}", doc, describe.diagram(workflow), describe.table(workflow)]
    return "\n\n".join(parts) + "\n"


def permissions() -> str:
    """Who holds which permission, who invites whom, and what a refusal says."""
    roles = [role for role in Role if ROLE_PERMISSIONS[role]]
    head = "| permission | " + " | ".join(role.replace("_", " ") for role in roles) + " | what a refusal says |"
    rows = [
        f"| `{permission}` | "
        + " | ".join("yes" if permission in ROLE_PERMISSIONS[role] else "" for role in roles)
        + f" | {DENIALS[permission]} |"
        for permission in Permission
    ]
    invited = [
        f"- {by.replace('_', ' ').capitalize()}: {', '.join(sorted(role.replace('_', ' ') for role in roles_invited))}."
        for by, roles_invited in INVITED_BY.items()
    ]
    return "\n".join(
        [
            "# Permissions",
            "",
            WRITTEN,
            "",
            "A permission says what a role may *do*. What somebody may *know* is decided by the `visible_…` queries in",
            "each package's `policy.py`; what one may not know answers 404, as if it did not exist.",
            "",
            head,
            "|---|" + "---|" * (len(roles) + 1),
            *rows,
            "",
            "## Who invites whom",
            "",
            "Candidates register themselves. Everybody else comes by a single-use link.",
            "",
            *invited,
            "",
        ]
    )


PAPERS: dict[str, Callable[[], str]] = {"workflows.md": workflows, "permissions.md": permissions}


def stale_papers() -> list[str]:
    """The names of papers that differ from what the code says."""
    return [
        name
        for name, write in PAPERS.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != write()
    ]


def main(arguments: list[str]) -> int:
    """Write the papers, or check them; 1 when a check finds one that is not current."""
    stale = stale_papers()
    if "--check" in arguments:
        if stale:
            sys.stderr.write(f"Not current: {', '.join(stale)}. Run make docs.\n")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(PAPERS[name](), encoding="utf-8")
        sys.stdout.write(f"docs/{name} written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
