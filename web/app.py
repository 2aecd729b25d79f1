"""The web application: built once, from settings, by ``create_app``."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread

from fastapi import Depends, FastAPI
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

import talent.registry  # noqa: F401 - so that every table and job is known
from talent.foundation.database import PAGES, make_engine, session_factory
from talent.foundation.discreet_log import log_discreetly
from talent.foundation.embedded import database_url
from talent.foundation.errors import TalentError
from talent.foundation.settings import Settings, load_settings
from talent.row_guard import refuse_open_rows
from talent.serving import end_with_starter
from talent.taxonomy.catalogue import catalogue
from web import errors
from web.head import AsHead
from web.headers import SafeHeaders
from web.limits import BodyLimit
from web.policy import refuse_open_routes, routes_of
from web.refusals import Refusals
from web.routes import ROUTERS
from web.security import guard
from web.shedding import AT_ONCE, Shedding
from web.shell import make_shell

SMALLEST_COMPRESSED_BYTES = 700
COMPRESSION_LEVEL = 5
KEPT_PLANS = 400
"""Statements of pages whose plan a database connection keeps; there are about so many in all."""


TURN_S = 0.0005
"""For how long one thread may keep the others from running. The thread that takes requests in is never idle when very
many people come; with Python's own 5 ms the threads that make the pages would wait so long after every query."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Refuse a database that shows rows to nobody; read the occupations and skills before somebody searches them.

    The process ends with the one that started it.
    """
    log_discreetly()  # However the process was started.
    end_with_starter()
    with suppress(OperationalError):  # A database that is away shows no rows either; /readyz goes on asking.
        refuse_open_rows(app.state.shell.engine)
    sys.setswitchinterval(TURN_S)
    warming = Thread(target=warm, args=(app.state.shell.sessions,), daemon=True)
    warming.start()
    yield


def warm(sessions: sessionmaker[Session]) -> None:
    """Fill the search's memory; a service without a taxonomy says so when somebody searches."""
    with suppress(TalentError), sessions() as session:
        catalogue(session)
    gc.collect()
    gc.freeze()  # What is here stays; looking through it again and again would hold up whoever reads a page.


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over these settings, or those of the environment.

    The interactive API pages stay off: they load scripts from elsewhere, which the content policy refuses.

    Raises:
        RuntimeError: a route has no policy, so that nobody has said who may open it.
    """
    settings = settings or load_settings()
    engine = make_engine(database_url(settings), pool_size=AT_ONCE, patience=PAGES, kept_plans=KEPT_PLANS)
    app = FastAPI(
        title="Talent Partnership",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        dependencies=[Depends(guard)],
        middleware=[
            Middleware(AsHead),
            Middleware(SafeHeaders, https=settings.is_https),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED_BYTES, compresslevel=COMPRESSION_LEVEL),
            Middleware(errors.LastResort),
            Middleware(Shedding),
            Middleware(Refusals),
            Middleware(BodyLimit),
        ],
    )
    app.state.shell = make_shell(settings, engine, session_factory(engine))
    errors.register(app)
    refuse_open_routes(routes_of(ROUTERS))
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", app.state.shell.assets)
    return app
