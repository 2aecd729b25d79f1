"""The commands that whoever runs the service needs now and then."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from talent import registry, serving
from talent.accounts.models import ORGANISATION_OF
from talent.accounts.permissions import OFFICERS, Role
from talent.accounts.service import add_organisation
from talent.accounts.service import invite as new_invitation
from talent.cli_console import console, database, read_settings, refuse_open_rows, showing_progress, warnings
from talent.demo.introductions import add_introductions, are_there
from talent.demo.load import is_loaded
from talent.demo.placements import add_placements
from talent.doctor.checkup import examine
from talent.doctor.findings import Verdict
from talent.foundation.discreet_log import log_discreetly
from talent.foundation.embedded import owner_url
from talent.foundation.errors import TalentError, Unprocessable
from talent.foundation.reading import read_text
from talent.foundation.words import Sentence
from talent.taxonomy.esco import read_release
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter
from talent.vacancies.service import close_expired as close

os.environ.setdefault("TQDM_DISABLE", "1")  # the libraries' own bars; ours say what is being done


def catch_up() -> None:
    """Embed what is stale and compute the lists of what changed, once."""
    from talent.matching.encoder import load_encoder
    from talent.matching.worker import catch_up as bring_up_to_date

    settings = read_settings()
    with database(settings) as sessions:
        with console.status("Loading the language model"):
            encoder = load_encoder(settings.encoder)
            encoder.encode(["welder"])
        with showing_progress() as progress:
            lists = bring_up_to_date(sessions, encoder, progress)
        with sessions.begin() as session:
            if is_loaded(session) and not are_there(session):
                add_introductions(session)
                add_placements(session)
    console.print(f"Matches are current: {lists} lists were computed.")


def worker(
    parent: Annotated[int, typer.Option(hidden=True, help="Stop when this process is gone.")] = 0,
) -> None:
    """Work through the job queue until stopped: embed, match, send letters."""
    from talent.matching.worker import run_worker

    log_discreetly()
    if parent:
        serving.end_with_parent(parent)
    settings = read_settings()
    refuse_open_rows(settings)
    run_worker(settings)


def migrate() -> None:
    """Bring the database to the newest schema."""
    registry.migrate(owner_url(read_settings()))
    console.print("The schema is the newest.")


def show_database_url() -> None:
    """Print the database's address for its owner, for pg_dump; the embedded server answers while the service runs."""
    sys.stdout.write(owner_url(read_settings()) + "\n")


def import_esco(
    path: Annotated[
        Path, typer.Argument(exists=True, help="An ESCO release of the European Commission: folder or zip.")
    ],
    version: Annotated[str | None, typer.Option(help="Its version, where neither folder nor file says it.")] = None,
) -> None:
    """Read an ESCO release; from then on profiles and vacancies use it."""
    with database(read_settings()) as sessions:
        with console.status("Reading the release"):
            release = read_release(path, version=version)
        with showing_progress() as progress, sessions.begin() as session:
            load_release(session, release, lambda done, total: progress("writing rows", done, total))
    counts = f"{len(release.occupations)} occupations and {len(release.skills)} skills"
    console.print(f"{release.name} {release.version} is loaded: {counts}.\n{release.attribution}")


def invite(
    role: Annotated[Role, typer.Argument(help="What the person will be.")],
    organisation: Annotated[str, typer.Option(help="Name of the agency, institute or project office.")] = "",
    country: Annotated[str, typer.Option(help="Its country, two letters.")] = "PK",
) -> None:
    """Print a one-time link that makes an account."""
    settings = read_settings()
    kind = ORGANISATION_OF.get(role)
    if role in (Role.CANDIDATE, Role.SYSTEM):
        raise typer.BadParameter("candidates register themselves, and nobody signs in as the service")
    if role in OFFICERS and not organisation:
        raise typer.BadParameter("say which --organisation this person works for")
    with database(settings) as sessions, sessions.begin() as session:
        found = (
            add_organisation(session, kind=kind, name=organisation, country=country.upper())
            if organisation and kind
            else None
        )
        token = new_invitation(session, None, role=role, organisation=found)
    console.print(serving.invitation_link(settings.base_url, token))


def close_expired() -> None:
    """Close every published vacancy whose closing date has passed; run it daily."""
    with database(read_settings()) as sessions, sessions.begin() as session:
        console.print(f"Vacancies closed: {close(session)}")


def match_texts(
    jobs: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder of advertisements.")],
    cvs: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder of CVs: text, PDF, DOCX or ODT.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")] = False,
    esco: Annotated[
        Path | None, typer.Option(exists=True, help="An ESCO release instead of the starter taxonomy.")
    ] = None,
) -> None:
    """Rank CVs against advertisements, with reasons, without a server."""
    from talent.matching.encoder import load_encoder
    from talent.matching.texts import match_texts_report

    advertisements, people = texts_in(jobs), texts_in(cvs)
    release = read_release(esco) if esco else read_starter()
    with showing_progress() as progress:
        report = match_texts_report(advertisements, people, release=release, encoder=load_encoder(), progress=progress)
    sys.stdout.write(report.as_json() if as_json else report.as_text())


def texts_in(folder: Path) -> dict[str, str]:
    """The text of every file in a folder by the file's name; a file that cannot be read is said and left out.

    Raises:
        Unprocessable: no file of the folder could be read.
    """
    texts = {}
    for file in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            texts[file.name] = read_text(file).text
        except TalentError as problem:
            warnings.print(f"{file.name} is left out: {problem}")
    if not texts:
        raise Unprocessable(Sentence("No file in {folder} could be read.", {"folder": folder}))
    return texts


def doctor() -> None:
    """Say in sentences what is wrong with this set-up; ends with 1 when something is."""
    signs = {
        Verdict.GOOD: "[green]good[/green] ",
        Verdict.CARE: "[yellow]care[/yellow] ",
        Verdict.WRONG: "[red]wrong[/red]",
    }
    found = []
    for finding in examine(read_settings()):
        found.append(finding.verdict)
        console.print(f"{signs[finding.verdict]}  {finding.subject}: {finding.sentence}")
    if Verdict.WRONG in found:
        raise typer.Exit(1)
