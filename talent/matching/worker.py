"""The worker process: one matcher, and the job queue that it works through."""

import asyncio
import logging

import procrastinate
from sqlalchemy.orm import Session, sessionmaker

from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import database_url
from talent.foundation.jobs import make_jobs
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings, load_settings
from talent.matching.embedding import Progress, silent
from talent.matching.encoder import Encoder, load_encoder
from talent.matching.matcher import Matcher

logger = logging.getLogger(__name__)

SILENT_S = 30.0
"""A worker that gave no sign for so many seconds is dead; its jobs are done again."""


def catch_up(sessions: sessionmaker[Session], encoder: Encoder, progress: Progress = silent) -> int:
    """Bring vectors and lists up to date once; how many lists were computed."""
    matcher = Matcher(sessions, encoder)
    done = matcher.catch_up(progress)
    matcher.share_out()
    return done


_matcher: Matcher | None = None


def this_worker() -> Matcher:
    """The matcher of this process, made from the settings when a job first needs it."""
    global _matcher
    if _matcher is None:
        settings = load_settings()
        sessions = session_factory(make_engine(database_url(settings)), SystemContext.WORKER)
        _matcher = Matcher(sessions, load_encoder(settings.encoder))
    return _matcher


def run_worker(settings: Settings, *, wait: bool = True) -> None:
    """Work through the queue: for ever, or until it is empty when ``wait`` is False."""
    this_worker().catch_up()
    this_worker().share_out_later()
    asyncio.run(_work(database_url(settings), wait=wait))


def queue_at(url: str) -> procrastinate.App:
    """The queue of this database, as the worker reads it: nobody else sees a job once it is queued."""
    as_worker = {"options": f"-c app.role={SystemContext.WORKER}"}
    return make_jobs(procrastinate.PsycopgConnector(conninfo=url, kwargs=as_worker))


async def _work(url: str, *, wait: bool) -> None:
    jobs = queue_at(url)
    async with jobs.open_async():
        rescue = asyncio.create_task(rescue_abandoned(jobs))
        try:
            await jobs.run_worker_async(
                concurrency=1,
                wait=wait,
                fetch_job_polling_interval=1.0,
                install_signal_handlers=wait,
                delete_jobs="successful",
            )
        finally:
            rescue.cancel()


async def rescue_abandoned(jobs: procrastinate.App) -> None:
    """Queue again, as long as the worker runs, what a worker that died was doing."""
    while True:
        await retry_abandoned(jobs)
        await asyncio.sleep(SILENT_S)


async def retry_abandoned(jobs: procrastinate.App, *, silent_s: float = SILENT_S) -> None:
    """Queue again what workers were doing that have not been heard of for so many seconds."""
    for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_s):
        logger.warning("doing job %s again: its worker stopped", job.id)
        await jobs.job_manager.retry_job(job)
