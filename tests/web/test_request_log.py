"""No log of requests is written: addresses name things, and some open by themselves."""

import uvicorn

from talent.serving import run_web


def test_the_server_writes_no_line_about_a_request(monkeypatch):
    started = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: started.append(server.config))
    run_web("127.0.0.1", 0)
    assert [config.access_log for config in started] == [False]
