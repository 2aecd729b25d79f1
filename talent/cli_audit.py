"""``talent audit``: prove the journal, and sign where it ends."""

import typer

from talent.cli_console import console, database, read_settings
from talent.foundation.audit_chain import add_checkpoint, checkpoint_path, public_key_text
from talent.foundation.audit_chain import verify as prove

audit = typer.Typer(add_completion=False, no_args_is_help=True, help="The journal of changes and looks.")


@audit.command()
def verify() -> None:
    """Read the whole journal; ends with 1 and names the first bad position of each chain that is not whole."""
    settings = read_settings()
    with database(settings) as sessions, sessions() as session:
        proof = prove(session, settings)
    for broken in proof.broken:
        where = f"chain {broken.chain}, position {broken.position}" if broken.chain >= 0 else f"line {broken.position}"
        console.print(f"[red]wrong[/red]  {where}: {broken.problem}")
    if proof.broken:
        raise typer.Exit(1)
    console.print(f"The journal is whole: {proof.entries} entries, {proof.checkpoints} checkpoints.")


@audit.command()
def checkpoint() -> None:
    """Sign where the journal ends now, and say with which public key the signature is checked."""
    settings = read_settings()
    with database(settings) as sessions, sessions() as session:
        added = add_checkpoint(session, settings)
    console.print("Signed." if added else "Nothing was written since the last checkpoint.")
    console.print(f"{checkpoint_path(settings)}\nPublic key (Ed25519): {public_key_text()}")
