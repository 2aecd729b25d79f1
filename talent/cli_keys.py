"""``talent keys``: the ring of keys that seals what names a person."""

import typer

from talent.cli_console import console, database, read_settings
from talent.foundation.keyring import ring_path, the_ring, write_ring
from talent.foundation.person_keys import rewrap, unneeded

BATCH = 500  # keys wrapped anew in one transaction

keys = typer.Typer(add_completion=False, no_args_is_help=True, help="The ring of keys that seals names and numbers.")


@keys.command()
def rotate() -> None:
    """Make a new key and wrap every person's key with it; stopped half way, run it again to go on."""
    with database(read_settings()) as sessions:
        with sessions() as session:
            fresh = bool(unneeded(session, the_ring())) or len(the_ring().wrapping) == 1
        if fresh:  # Else an earlier rotation is not finished: go on with its key.
            write_ring(ring_path(), the_ring().with_new_key())
        total = 0
        while True:
            with sessions.begin() as session:
                done = rewrap(session, the_ring(), at_most=BATCH)
            total += done
            if not done:
                break
    console.print(f"The key {the_ring().current.id} wraps everything new; {total} persons' keys were wrapped anew.")


@keys.command()
def retire() -> None:
    """Destroy the older keys that wrap nothing any more; backups older than the rotation then open no name."""
    with database(read_settings()) as sessions, sessions() as session:
        names = unneeded(session, the_ring())
    write_ring(ring_path(), the_ring().without(names))
    console.print(f"Destroyed: {', '.join(sorted(names)) or 'none'}. Left: {', '.join(the_ring().keys)}.")
