"""Starting and stopping a whole service on one machine: database, schema, words, worker and web, in this order."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from uvicorn.supervisors import Multiprocess

from talent.accounts.models import Account, Invitation
from talent.accounts.permissions import Role
from talent.accounts.service import invite
from talent.foundation.discreet_log import LOGGING
from talent.foundation.errors import Conflict
from talent.foundation.settings import Settings
from talent.foundation.words import Sentence
from talent.taxonomy.models import TaxonomyRelease

APP = "web.app:create_app"
STOP_SECONDS = 25  # what has begun may finish within this time
HUNG_SECONDS = 60  # of several web processes one that gives no sign for so long is ended and started again
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
PARENT_LOOK_SECONDS = 1.0


def refuse_taken_port(host: str, port: int) -> None:
    """Nothing, when the port is free.

    Raises:
        Conflict: something listens there already.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sentence = "Port {port} is taken. Stop what listens there, or choose another: make run PORT={other}"
            raise Conflict(Sentence(sentence, {"port": port, "other": port + 1})) from None


def for_children(settings: Settings, url: str) -> None:
    """Put the settings where child processes read them, so that all of them work on one database and one key."""
    assert settings.secret_key is not None  # load_settings() puts one in place
    for name in ("keys_file", "checkpoints_dir"):
        if getattr(settings, name) is not None:
            os.environ[f"TALENT_{name.upper()}"] = str(getattr(settings, name))
    os.environ |= {
        "TALENT_DATABASE_URL": url,
        "TALENT_VAR_DIR": str(settings.var_dir),
        "TALENT_SECRET_KEY": settings.secret_key.get_secret_value(),
        "TALENT_BASE_URL": settings.base_url,
        "TALENT_DEMO": str(settings.demo).lower(),
    }


def first_link(session: Session, base_url: str) -> str | None:
    """A new one-time link for the first administrator; None once there is one. An older link stops working."""
    if session.scalar(select(exists().where(Account.role == Role.ADMINISTRATOR))):
        return None
    unused = (Invitation.role == Role.ADMINISTRATOR, Invitation.sent_by.is_(None), Invitation.used_at.is_(None))
    session.execute(delete(Invitation).where(*unused))
    return invitation_link(base_url, invite(session, None, role=Role.ADMINISTRATOR))


def invitation_link(base_url: str, token: str) -> str:
    """Where an invitation is accepted."""
    return f"{base_url.rstrip('/')}/invitation/{token}"


class WorkerProcess:
    """The worker as a child process that is started again, after a growing pause, whenever it ends by itself."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.stopping = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the child and whoever looks after it."""
        self.child = self._spawn()
        self.keeper.start()

    def stop(self) -> None:
        """Let the child finish its job; after 25 seconds end it."""
        self.stopping.set()
        if self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    def _spawn(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches the parent alone, which then stops the child in order.
        return subprocess.Popen(self.command, start_new_session=True)  # noqa: S603 - our own command

    def _keep(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while self.child is not None:
            started = time.monotonic()
            code = self.child.wait()
            if self.stopping.is_set():
                return
            pause = FIRST_PAUSE_SECONDS if time.monotonic() - started > LONGEST_PAUSE_SECONDS else pause
            sys.stderr.write(f"The worker ended ({code}); starting it again in {pause:.0f} s. See: talent doctor\n")
            if self.stopping.wait(pause):
                return
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            self.child = self._spawn()


def worker_command() -> list[str]:
    """How the worker of this process is started; it ends when this process is gone."""
    return [sys.executable, "-m", "talent.cli", "worker", "--parent", str(os.getpid())]


def end_with_starter() -> None:
    """Ask this web process to stop once the process that made it is gone; nothing where it stands alone.

    A process that was killed cannot stop those that it made, and they would hold the port against the next one.
    """
    starter = multiprocessing.parent_process()
    if starter is None:
        return

    def watch() -> None:
        starter.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="starter-watch", daemon=True).start()


def end_with_parent(parent: int) -> None:
    """Ask this process to stop once its parent is gone, however the parent ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Turn SIGTERM and SIGINT into an ordinary end, so that every ``finally`` and the embedded database's own run."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_web(host: str, port: int, processes: int = 1) -> None:
    """Answer requests until a signal comes; requests that have begun are finished first.

    Several processes share the port, and one that ends by itself is started again.
    """
    config = web_config(host, port)
    if processes == 1:
        uvicorn.Server(config).run()
        return
    config.workers = processes
    Multiprocess(config, [config.bind_socket()]).run()


def web_config(host: str, port: int) -> uvicorn.Config:
    """How a web process listens, and how it stops."""
    return uvicorn.Config(
        APP,
        factory=True,
        host=host,
        port=port,
        log_config=LOGGING,
        log_level="warning",
        access_log=False,  # addresses of visitors are personal data; a reverse proxy can keep a log where one is needed
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_worker_healthcheck=HUNG_SECONDS,
    )


def has_taxonomy(session: Session) -> bool:
    """Whether a release of a taxonomy is active, the starter or ESCO."""
    return bool(session.scalar(select(exists().where(TaxonomyRelease.is_active))))
