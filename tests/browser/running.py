"""The whole service as people reach it: a database of its own, a web process on a free port, a worker on request."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock
from urllib.error import URLError
from urllib.request import urlopen
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from talent.accounts import sessions as sign_ins
from talent.accounts.actor import Actor
from talent.accounts.models import Account, SignInStage
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import Embedded
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings
from talent.matching import worker
from talent.matching.encoder import Encoder
from talent.matching.matcher import Matcher
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.models import Label
from talent.taxonomy.starter_release import read_starter

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 90  # two processes may be starting at once on a small machine
STOP_SECONDS = 10
HOST = "127.0.0.1"


@dataclass
class RunningService:
    """A service that answers at ``url`` and does its background work when it is told to."""

    settings: Settings
    sessions: sessionmaker[Session]
    matcher: Matcher
    stages: dict[str, SignInStage] = field(default_factory=dict)
    """Logins that have come only so far with signing in."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.settings.base_url

    @property
    def environment(self) -> dict[str, str]:
        """The settings as its processes read them."""
        return environment_of(self.settings)

    def work(self) -> None:
        """Let the real worker empty its queue; in a thread, because a browser's event loop runs in this one."""
        url = self.settings.database_url
        assert url is not None
        doing = (mock.patch.object(worker, "_matcher", self.matcher), mock.patch.dict(os.environ, self.environment))
        with doing[0], doing[1], ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(worker._work(url, wait=False))).result()

    def account(self, login: str) -> Account:
        """The account of this login."""
        with self.sessions() as session:
            return session.scalars(select(Account).where(Account.login == login)).one()

    def actor(self, login: str) -> Actor:
        """Whoever signs in with this login, as they act."""
        found = self.account(login)
        return Actor(found.id, found.role, found.name, found.organisation_id, found.language)

    def token(self, login: str) -> str:
        """What the sign-in cookie of this login holds."""
        with self.sessions.begin() as session:
            account = session.scalars(select(Account).where(Account.login == login)).one()
            stage = self.stages.get(login, SignInStage.FULL)
            return sign_ins.open_session_for(
                session, account, device="Chrome, Android", network="39.32.1.0/24", stage=stage
            )

    def skill(self, name: str) -> UUID:
        """The skill of this English name."""
        with self.sessions() as session:
            query = select(Label.skill_id).where(
                Label.text == name, Label.language == "en", Label.skill_id.is_not(None)
            )
            return session.scalars(query).one()


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as environment variables."""
    assert settings.secret_key is not None
    assert settings.database_url is not None
    return {
        "TALENT_DATABASE_URL": settings.database_url,
        "TALENT_VAR_DIR": str(settings.var_dir),
        "TALENT_KEYS_FILE": os.environ["TALENT_KEYS_FILE"],  # sealed here, opened there
        "TALENT_SECRET_KEY": settings.secret_key.get_secret_value(),
        "TALENT_BASE_URL": settings.base_url,
        "TALENT_DEMO": str(settings.demo).lower(),
    }


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def nothing(_service: RunningService) -> None:
    """An empty service."""


@contextmanager
def running(
    server: Embedded,
    name: str,
    var_dir: Path,
    encoder: Encoder,
    *,
    stock: Callable[[RunningService], None] = nothing,
    demo: bool = False,
    template: str = "",
) -> Iterator[RunningService]:
    """A service with the starter taxonomy in the database of this name, which is dropped afterwards.

    ``stock`` fills it before the web process starts; ``template`` is a migrated database to begin with.
    """
    settings = settings_of(server, name, var_dir, secrets.token_urlsafe(48), demo=demo)
    server.drop(name)
    if template:
        server.ensure(name, template=template)
    else:
        migrate(server.ensure(name))
    with working(server, name, settings, encoder) as service:
        with service.sessions.begin() as session:
            load_release(session, read_starter())
        stock(service)
        with web_process(settings):
            yield service


def settings_of(server: Embedded, name: str, var_dir: Path, secret: str, *, demo: bool) -> Settings:
    """The settings of a service over the database of this name, on a free port."""
    return Settings(
        _env_file=None,
        database_url=server.application_url(name),
        var_dir=var_dir,
        secret_key=SecretStr(secret),
        base_url=f"http://{HOST}:{free_port()}",
        demo=demo,
    )


@contextmanager
def working(
    server: Embedded, name: str, settings: Settings, encoder: Encoder, *, keep: bool = False
) -> Iterator[RunningService]:
    """The service without its web process, over a database that is dropped afterwards, unless it is to be kept."""
    assert settings.database_url is not None
    engine = make_engine(settings.database_url)
    sessions = session_factory(engine, SystemContext.OPERATOR)
    try:
        yield RunningService(settings, sessions, Matcher(session_factory(engine, SystemContext.WORKER), encoder))
    finally:
        engine.dispose()
        if not keep:
            server.drop(name)


@contextmanager
def web_process(settings: Settings) -> Iterator[None]:
    """The web process, from its first answer until it has stopped."""
    port = settings.base_url.rsplit(":", 1)[1]
    command = [sys.executable, "-c", f"from talent.serving import run_web; run_web({HOST!r}, {port})"]
    others = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    environment = others | environment_of(settings) | {"PYTHONPATH": str(ROOT)}
    with (settings.var_dir / "web.log").open("wb") as log:
        child = subprocess.Popen(command, cwd=settings.var_dir, env=environment, stdout=log, stderr=log)
        try:
            wait_for_answer(child, settings)
            yield
        finally:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def wait_for_answer(child: "subprocess.Popen[bytes]", settings: Settings) -> None:
    """Return once the service answers; say what it wrote when it ends instead."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and child.poll() is None:
        try:
            with urlopen(f"{settings.base_url}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError((settings.var_dir / "web.log").read_text(encoding="utf-8") or "The service did not answer.")
