"""From the commit of a changed profile or vacancy to its stored list, against a real worker process.

Run: python -m benchmarks.freshness [--candidates 10000] [--vacancies 500] [--changes 40] [--real 100000]

Everybody starts with a made-up vector; whoever is changed is embedded for real. Beyond so many real people the others
are made-up ones, who are in the pool and in the lists like anybody, and of whom nobody changes.
Last line: {"candidates", "vacancies", "profile_p95_s", "vacancy_p95_s", ...}
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.masses import add_masses, durable
from benchmarks.populate import populate
from benchmarks.vectors import give_vectors
from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.row_context import SystemContext
from talent.matching.encoder import load_encoder
from talent.matching.models import MatchRun
from talent.profiles import answers, service
from talent.profiles.models import Profile
from talent.profiles.schemas import AboutAnswer
from talent.registry import migrate
from talent.taxonomy.service import load_release
from talent.taxonomy.starter_release import read_starter
from talent.vacancies import service as vacancies
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft

LOOK_EVERY_S = 0.01
REAL = "B"
"""What the references of populated people and vacancies begin with."""
LONGEST_WAIT_S = 30.0
LOADING_S = 3_600.0


def actor_of(session: Session, account_id: UUID) -> Actor:
    """The actor of an account."""
    account = session.get_one(Account, account_id)
    return Actor(account.id, account.role, "", account.organisation_id)


def any_of(session: Session, table: type[Profile] | type[Vacancy], draw: random.Random) -> UUID:
    """The key of a row drawn by lot; of people, of a real one."""
    keys = session.scalars(select(table.id).where(table.reference.startswith(REAL)).order_by(table.id)).all()
    return draw.choice(keys)


def change_profile(sessions: sessionmaker[Session], number: int, draw: random.Random) -> UUID:
    """Save one candidate's own words, as the page does."""
    with sessions.begin() as session:
        profile = session.get_one(Profile, any_of(session, Profile, draw))
        actor = actor_of(session, profile.account_id)
        own = service.profile_to_change(session, actor)
        answers.save_about(session, actor, own, AboutAnswer(about=f"I repaired machines in workshop {number}."))
        return profile.id


def change_vacancy(sessions: sessionmaker[Session], number: int, draw: random.Random) -> UUID:
    """Save one vacancy's description, as the page does."""
    with sessions.begin() as session:
        officer = session.scalars(select(Account).where(Account.role == Role.AGENCY_OFFICER)).first()
        assert officer is not None
        actor = actor_of(session, officer.id)
        vacancy = vacancies.get_vacancy(session, actor, any_of(session, Vacancy, draw), to_change=True)
        draft = VacancyDraft(description=f"You will work in workshop {number}, with four colleagues.")
        vacancies.edit(session, actor, vacancy, draft, version=vacancy.version)
        return vacancy.id


def seconds_until_listed(
    sessions: sessionmaker[Session], change: Callable[[], UUID], *, at_most: float = LONGEST_WAIT_S
) -> float:
    """How long after the commit a list of the changed subject, as it is now, is stored.

    A run that only filled a list up was made of the subject as it was before.
    """
    with sessions() as session:
        before = session.scalar(select(func.max(MatchRun.at)))
    subject = change()
    committed = time.perf_counter()
    with sessions() as session:
        known = set(
            session.scalars(select(MatchRun.input_hash).where(MatchRun.subject_id == subject, MatchRun.at <= before))
        )
    while time.perf_counter() - committed < at_most:
        with sessions() as session:
            made = select(MatchRun.input_hash).where(MatchRun.subject_id == subject, MatchRun.at > before)
            if set(session.scalars(made)) - known:
                return time.perf_counter() - committed
        time.sleep(LOOK_EVERY_S)
    raise SystemExit(f"No list within {at_most} s: the worker does not work.")


def p95(values: list[float]) -> float:
    """The 95th percentile, by nearest rank."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def main() -> None:
    """Populate, match everything, then change and wait, many times."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", type=int, default=10_000)
    options.add_argument("--vacancies", type=int, default=500)
    options.add_argument("--changes", type=int, default=40)
    options.add_argument("--real", type=int, default=100_000)
    asked = options.parse_args()
    # The server stops with this process, so its last files may come while the folder is removed.
    with tempfile.TemporaryDirectory(prefix="talent-freshness-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        embedded = start_embedded(Path(folder) / "postgresql")
        owner = embedded.ensure(DATABASE)
        migrate(owner)
        url = embedded.application_url(DATABASE)
        sessions = session_factory(make_engine(url), SystemContext.OPERATOR)
        with sessions.begin() as session:
            load_release(session, read_starter())
            populate(session, candidates=min(asked.real, asked.candidates), vacancies=asked.vacancies)
            give_vectors(session, load_encoder())
        if asked.candidates > asked.real:
            durable(owner, "off")
            add_masses(url, owner, load_encoder(), asked.candidates - asked.real)
            durable(owner, "on")
        os.environ |= {"TALENT_DATABASE_URL": url, "TALENT_VAR_DIR": folder}
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "talent.cli", "catch-up"], check=True)
        first = time.perf_counter() - started
        worker = subprocess.Popen([sys.executable, "-m", "talent.cli", "worker"])
        try:
            draw = random.Random(1)
            for number in (-2, -1):  # the worker has loaded, and has shared out the open seats
                seconds_until_listed(sessions, lambda n=number: change_profile(sessions, n, draw), at_most=LOADING_S)
            took = {
                name: [
                    seconds_until_listed(sessions, lambda n=n, c=change: c(sessions, n, draw))
                    for n in range(asked.changes)
                ]
                for name, change in (("profile", change_profile), ("vacancy", change_vacancy))
            }
        finally:
            worker.terminate()
            worker.wait(30)
    figures = {
        "candidates": asked.candidates,
        "real": min(asked.real, asked.candidates),
        "vacancies": asked.vacancies,
        "changes": asked.changes,
        "first_match_s": round(first, 1),
        "profile_median_s": round(sorted(took["profile"])[asked.changes // 2], 3),
        "profile_p95_s": round(p95(took["profile"]), 3),
        "vacancy_median_s": round(sorted(took["vacancy"])[asked.changes // 2], 3),
        "vacancy_p95_s": round(p95(took["vacancy"]), 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
