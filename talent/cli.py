"""The command line: starting the service, and what whoever runs it needs now and then."""

from collections.abc import Callable

import typer

from talent import cli_audit, cli_erase, cli_evaluate, cli_keys, cli_register, cli_serving, cli_staff, cli_upkeep
from talent.cli_console import console
from talent.foundation.errors import TalentError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Skills matching for the EU-Pakistan Talent Partnership.",
    pretty_exceptions_enable=False,
)

COMMANDS: dict[str, Callable[..., None]] = {
    "serve": cli_serving.serve,
    "catch-up": cli_upkeep.catch_up,
    "worker": cli_upkeep.worker,
    "migrate": cli_upkeep.migrate,
    "database-url": cli_upkeep.show_database_url,
    "import-esco": cli_upkeep.import_esco,
    "import-report": cli_register.import_report,
    "invite": cli_upkeep.invite,
    "close-expired": cli_upkeep.close_expired,
    "match-texts": cli_upkeep.match_texts,
    "evaluate": cli_evaluate.evaluate,
    "learn": cli_evaluate.learn,
    "doctor": cli_upkeep.doctor,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(cli_audit.audit, name="audit")
app.add_typer(cli_erase.erase, name="erase")
app.add_typer(cli_keys.keys, name="keys")
app.add_typer(cli_staff.roles, name="roles")
app.add_typer(cli_staff.accounts, name="accounts")


def main() -> None:
    """Run the command; an expected error is one sentence and exit code 1."""
    try:
        app()
    except TalentError as problem:
        console.print(f"[red]{problem}[/red]")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
