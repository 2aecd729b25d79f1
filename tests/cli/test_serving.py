"""Starting and stopping a whole service: in order, whatever ends first."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

import psutil
import pytest

from talent import serving
from talent.foundation.errors import Conflict
from talent.foundation.settings import Settings
from tests.house.code import ROOT

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
START_SECONDS = 90  # on a busy machine; alone it is a few


def until(holds, seconds=15.0):
    """Wait until something holds; whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_free_port_is_taken_without_a_word(free_port):
    serving.refuse_taken_port("127.0.0.1", free_port)


def test_a_taken_port_is_said_with_a_way_out(free_port):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", free_port))
        listener.listen()
        with pytest.raises(Conflict, match=f"make run PORT={free_port + 1}"):
            serving.refuse_taken_port("127.0.0.1", free_port)


def test_children_work_on_the_same_database_key_and_folder(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "VAR_DIR", "SECRET_KEY", "BASE_URL", "DEMO"):
        monkeypatch.setenv(f"TALENT_{name}", "before")
    settings = Settings(
        _env_file=None, database_url=None, var_dir=tmp_path, secret_key="k" * 40, base_url="http://x", demo=True
    )
    serving.for_children(settings, "postgresql://here")
    seen = Settings(_env_file=None)
    assert (seen.database_url, seen.var_dir, seen.base_url, seen.demo) == (
        "postgresql://here",
        tmp_path,
        "http://x",
        True,
    )
    assert seen.secret_key.get_secret_value() == "k" * 40


def test_a_worker_that_ends_by_itself_is_started_again(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(serving, "FIRST_PAUSE_SECONDS", 0.05)
    notes = tmp_path / "starts"
    script = f"open({str(notes)!r}, 'a').write('x'); raise SystemExit(3)"
    worker = serving.WorkerProcess([sys.executable, "-c", script])
    worker.start()
    try:
        assert until(lambda: notes.exists() and len(notes.read_text()) >= 3)
    finally:
        worker.stop()
    assert "The worker ended (3)" in capfd.readouterr().err


def test_a_stopped_worker_is_gone_and_stays_gone(monkeypatch):
    monkeypatch.setattr(serving, "FIRST_PAUSE_SECONDS", 0.05)
    worker = serving.WorkerProcess(SLEEP)
    worker.start()
    first = worker.child
    worker.stop()
    worker.keeper.join(5)
    assert first.poll() is not None
    assert worker.child is first


def test_a_worker_that_does_not_listen_is_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(serving, "STOP_SECONDS", 0.3)
    ready = tmp_path / "ready"
    script = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"open({str(ready)!r}, 'w').write('x'); time.sleep(60)"
    )
    worker = serving.WorkerProcess([sys.executable, "-c", script])
    worker.start()
    assert until(ready.exists)
    worker.stop()
    assert worker.child.returncode == -signal.SIGKILL


def test_a_worker_whose_parent_is_gone_ends():
    script = "import time; from talent.serving import end_with_parent; end_with_parent(1 << 22); time.sleep(60)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGTERM


MAKES_ONE = """
import multiprocessing, time
from talent.serving import end_with_starter

def one():
    end_with_starter()
    print("ready", flush=True)
    time.sleep(60)

if __name__ == "__main__":
    made = multiprocessing.get_context("spawn").Process(target=one)
    made.start()
    print(made.pid, flush=True)
    time.sleep(60)
"""


def test_a_web_process_whose_starter_was_killed_ends(tmp_path):
    script = tmp_path / "makes_one.py"
    script.write_text(MAKES_ONE)
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], env=settings, stdout=subprocess.PIPE, text=True) as starter:
        made = psutil.Process(int(starter.stdout.readline()))
        assert starter.stdout.readline() == "ready\n"
        starter.kill()
        assert until(lambda: not made.is_running() or made.status() == psutil.STATUS_ZOMBIE)


def test_a_process_that_nobody_made_goes_on():
    script = "import time; from talent.serving import end_with_starter; end_with_starter(); time.sleep(1)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60).returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_an_ordinary_end(number):
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as end, serving.ending_in_order():
        signal.raise_signal(number)
    assert end.value.code == 0
    assert signal.getsignal(number) is before


def answers(port, path="/healthz"):
    """Whether the service answers 200 there."""
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return answer.status == 200
    return False


@contextmanager
def begun_form(port):
    """A line on which a web process waits for the second half of a form."""
    head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head + b"Content-Length: 8\r\nExpect: 100-continue\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 100")
        line.sendall(b"logi")
        yield line


def test_an_empty_service_starts_prints_the_first_link_answers_and_stops_in_order(environment, free_port):
    command = [sys.executable, "-m", "talent.cli", "serve", "--port", str(free_port), "--processes", "2", "--no-demo"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (environment / "log").open("w") as log:
        service = subprocess.Popen(command, cwd=environment, env=settings, stdout=log, stderr=log)
        try:
            assert until(lambda: answers(free_port), START_SECONDS), (environment / "log").read_text()
            assert answers(free_port, "/readyz")
            said = (environment / "log").read_text()
            link = re.search(r"http://127\.0\.0\.1:\d+(/invitation/\S+)", said)
            assert link, said
            assert answers(free_port, link[1])
            with begun_form(free_port) as line:
                service.terminate()
                time.sleep(0.5)  # The signal comes before the second half.
                line.sendall(b"n=xy")
                assert line.recv(1000).startswith(b"HTTP/1.1 4"), "what has begun is finished"
        finally:
            service.terminate()
            code = service.wait(60)
    assert code == 0, (environment / "log").read_text()
    assert not answers(free_port)
