"""What one running web process holds: built once by ``create_app``, found by requests as ``app.state.shell``."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from talent.accounts.authenticator_apps import factor_key
from talent.accounts.passkeys import Site, site_of
from talent.foundation.crypto import Key
from talent.foundation.settings import Settings
from web.assets import Assets
from web.challenges import Challenges
from web.cookies import Cookies
from web.security import FormTokens
from web.templating import make_environments


@dataclass(frozen=True)
class Shell:
    """Settings, database, templates, cookies, form tokens and keys of one process."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    environments: Mapping[str, Environment]
    assets: Assets
    cookies: Cookies
    tokens: FormTokens
    challenges: Challenges
    factor_key: Key
    site: Site


def make_shell(settings: Settings, engine: Engine, sessions: sessionmaker[Session]) -> Shell:
    """The shell of this process.

    Raises:
        ValueError: the settings have no secret key.
    """
    if settings.secret_key is None:
        raise ValueError("The settings have no secret key: make them with load_settings().")
    assets = Assets()
    return Shell(
        settings=settings,
        engine=engine,
        sessions=sessions,
        environments=make_environments(assets, settings.var_dir / "templates"),
        assets=assets,
        cookies=Cookies(secure=settings.is_https),
        tokens=FormTokens(settings.secret_key.get_secret_value()),
        challenges=Challenges(settings.secret_key.get_secret_value()),
        factor_key=factor_key(settings),
        site=site_of(settings.base_url),
    )
