"""Settings of one installation, read from the environment once, at start."""

import secrets
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has the prefix ``TALENT_``; ``.env.example`` lists them all."""

    model_config = SettingsConfigDict(env_prefix="TALENT_", env_file=".env", extra="ignore")

    database_url: str | None = None
    """PostgreSQL 16 or newer with pgvector; unset starts the embedded server under ``var_dir``."""
    owner_url: str | None = None
    """The same database for the role that owns its tables, used by migrations and backups alone; unset, the above."""
    var_dir: Path = Path("var")
    """Where the embedded database, uploaded files, the secret key and unsent mail live."""
    secret_key: SecretStr | None = None
    """At least 32 characters; unset, one is made and kept under ``var_dir``."""
    keys_file: Path | None = None
    """The ring of keys that seal what names a person; unset, ``var_dir/keys.txt``. Lost, those values are lost."""
    checkpoints_dir: Path | None = None
    """A second place for signed checkpoints of the journal, such as another machine; unset, under ``var_dir``."""
    base_url: str = "http://127.0.0.1:8000"
    """The address that people type; its scheme decides whether cookies are marked secure."""
    encoder: str | None = None
    """A path or a name of a sentence-transformers model; unset, the bundled all-MiniLM-L6-v2."""
    mail_url: str | None = None
    """``smtp://user:password@host:port``; unset, letters are written to ``var_dir/mail``."""
    contact: str = ""
    """The e-mail address or phone number that people read on the complaint and privacy pages."""
    mail_from: str = "talent-partnership@localhost"
    """The sender of letters."""
    demo: bool = False
    """Whether every page says that its people are invented."""

    @property
    def is_https(self) -> bool:
        """Whether cookies may be marked secure and HSTS may be sent."""
        return self.base_url.startswith("https://")


def load_settings() -> Settings:
    """The settings of this process, with the folder made and a secret key in place.

    Raises:
        ValueError: the secret key is shorter than 32 characters.
    """
    settings = Settings()
    settings.var_dir = settings.var_dir.resolve()
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    if settings.secret_key is None:
        settings.secret_key = SecretStr(kept_secret(settings.var_dir / "secret.key"))
    if len(settings.secret_key.get_secret_value()) < 32:
        raise ValueError("TALENT_SECRET_KEY is shorter than 32 characters: set a longer one or unset it.")
    return settings


def kept_secret(path: Path) -> str:
    """The secret in this file; made, readable by its owner alone, the first time."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
