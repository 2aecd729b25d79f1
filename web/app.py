"""The web application: built once, from settings, by ``create_app``."""

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

import talent.registry  # noqa: F401 - so that every table and job is known
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import database_url
from talent.foundation.settings import Settings, load_settings
from web import errors
from web.headers import SafeHeaders
from web.limits import BodyLimit
from web.routes import ROUTERS
from web.security import guard
from web.shell import make_shell

SMALLEST_COMPRESSED_BYTES = 700
COMPRESSION_LEVEL = 5


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over these settings, or those of the environment.

    The interactive API pages stay off: they load scripts from elsewhere, which the content policy refuses.
    """
    settings = settings or load_settings()
    engine = make_engine(database_url(settings))
    app = FastAPI(
        title="Talent Partnership",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(guard)],
        middleware=[
            Middleware(SafeHeaders, https=settings.is_https),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED_BYTES, compresslevel=COMPRESSION_LEVEL),
            Middleware(errors.LastResort),
            Middleware(BodyLimit),
        ],
    )
    app.state.shell = make_shell(settings, engine, session_factory(engine))
    errors.register(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", app.state.shell.assets)
    return app
