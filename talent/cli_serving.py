"""``talent serve``: everything on one machine, from an empty folder to the first page."""

import subprocess
import sys
from typing import Annotated, Any

import typer
from rich.table import Table
from sqlalchemy.orm import Session, sessionmaker

from talent import registry, serving
from talent.cli_console import console, database, read_settings, refuse_open_rows
from talent.demo.introductions import are_there
from talent.demo.load import is_loaded, is_this_one, load_demo
from talent.demo.organisations import SIGN_INS, password_of
from talent.foundation.database import count_rows
from talent.foundation.discreet_log import log_discreetly
from talent.foundation.embedded import database_url, owner_url
from talent.foundation.settings import Settings
from talent.monitoring.taking_in import load_starter
from talent.placements.rule_changes import follow_rules
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]
Processes = Annotated[int, typer.Option(min=1, max=64, help="Web processes; about one for each processor.")]
EVERYWHERE = "0.0.0.0"  # noqa: S104 - compared with, never bound to by default


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = 1,
    demo: Annotated[bool, typer.Option(help="Load a demonstration into an empty database.")] = False,
) -> None:
    """Start everything on this machine: database, schema, taxonomy, worker and web."""
    serving.refuse_taken_port(host, port)
    settings = read_settings()
    if "base_url" not in settings.model_fields_set:
        settings.base_url = f"http://{'127.0.0.1' if host == EVERYWHERE else host}:{port}"
    with serving.ending_in_order():
        with console.status("Starting the database"):
            registry.migrate(owner_url(settings))
            url = settings.database_url = database_url(settings)
        refuse_open_rows(settings)
        with database(settings) as sessions:
            lines = prepare_words_and_people(sessions, settings, demo=demo)
        serving.for_children(settings, url)
        if settings.demo and not introduced(settings):
            catch_up_in_a_process_of_its_own(settings)
        worker = serving.WorkerProcess(serving.worker_command())
        log_discreetly()
        try:
            worker.start()
            console.print(*lines, sep="\n")
            console.print(f"\n[bold]{settings.base_url}[/bold]  (Ctrl-C stops it)")
            serving.run_web(host, port, processes)
        finally:
            worker.stop()


def prepare_words_and_people(sessions: sessionmaker[Session], settings: Settings, *, demo: bool) -> list[Any]:
    """Load the taxonomy and, when asked, the demonstration; what to tell whoever started the service."""
    with sessions.begin() as session:
        if not serving.has_taxonomy(session):
            with console.status("Loading occupations and skills"):
                load_release(session, read_starter())
        load_starter(session)
        follow_rules(session)
    if demo:
        with console.status("Loading the demonstration"), sessions.begin() as session:
            people, vacancies = load_demo(session, settings)
        if people:
            console.print(f"The demonstration is loaded: {people} invented candidates, {vacancies} invented vacancies.")
    with sessions.begin() as session:
        settings.demo = is_loaded(session)
        if settings.demo and not is_this_one(session):
            console.print(
                "The demonstration was made by another version. To begin anew, remove the folder of TALENT_VAR_DIR."
            )
        link = serving.first_link(session, settings.base_url)
    if settings.demo:
        return [
            sign_in_table(settings),
            "Staff have a second step: the page that asks for the code shows it, here only.",
        ]
    return [f"The first administrator begins here, once, within seven days:\n{link}"] if link else []


def sign_in_table(settings: Settings) -> Table:
    """Who a visitor may be, with the passwords of this installation."""
    table = Table("group", "sign in as", "password", title="Demonstration: every person here is invented", box=None)
    for who in SIGN_INS:
        table.add_row(who.group, who.login, password_of(settings, who.login))
    return table


def introduced(settings: Settings) -> bool:
    """Whether the demonstration has its introductions, which come after its matches."""
    with database(settings) as sessions, sessions() as session:
        return are_there(session)


def catch_up_in_a_process_of_its_own(settings: Settings) -> None:
    """Embed and match before the first page is read; this process never loads the language model."""
    done = subprocess.run([sys.executable, "-m", "talent.cli", "catch-up"], check=False)
    if done.returncode:
        console.print("[red]Matching could not be prepared.[/red] The pages work; run: talent doctor")
    count_rows(owner_url(settings))
