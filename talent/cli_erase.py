"""``talent erase``: replay the ledger after a restored backup, and wipe the bytes that removed rows leave behind."""

import typer

from talent import erasure
from talent.cli_console import console, database, read_settings, warnings
from talent.foundation.database import engine_at
from talent.foundation.embedded import owner_url

erase = typer.Typer(add_completion=False, no_args_is_help=True, help="Erasing people for good.")


@erase.command()
def replay() -> None:
    """Erase again whoever was erased before; run it after every restore, before anybody signs in."""
    settings = read_settings()
    with database(settings) as sessions, sessions.begin() as session:
        done = erasure.replay(session, settings)
    console.print(f"Erased again: {done}. Now run: talent erase scrub")


@erase.command()
def scrub() -> None:
    """Write anew every table in which bytes of erased people can lie; locks each of them for a while."""
    with engine_at(owner_url(read_settings())) as engine:
        refused = erasure.wipe(engine)
    for statement in refused:
        warnings.print(f"Not permitted to this database user; let its administrator run: {statement}")
    console.print("Done but for the above." if refused else "The bytes of erased rows are gone from tables and log.")
