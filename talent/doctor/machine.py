"""What the doctor looks at outside the database: keys, model, mail and disk."""

import shutil
import smtplib
import stat
from pathlib import Path

from talent.doctor.findings import Finding, care, good, wrong
from talent.foundation import mail
from talent.foundation.errors import TalentError
from talent.foundation.settings import Settings

SHORTEST_KEY_CHARACTERS = 32
OTHERS_MAY = 0o077
LEAST_FREE_SHARE = 0.1
LEAST_FREE_BYTES = 2 * 1024**3


def keys(settings: Settings) -> Finding:
    """Whether the secret key is kept as it should be."""
    secret = settings.secret_key.get_secret_value() if settings.secret_key else ""
    path = kept(settings)
    if path.exists() and path.read_text(encoding="ascii").strip() == secret:
        return key_file(path)
    if len(secret) < SHORTEST_KEY_CHARACTERS:
        return wrong("keys", "The secret key is missing or shorter than 32 characters: set TALENT_SECRET_KEY.")
    return good("keys", "The secret key comes from the settings.")


def kept(settings: Settings) -> Path:
    """Where a secret key is kept that nobody set."""
    return settings.var_dir / "secret.key"


def key_file(path: Path) -> Finding:
    """The finding for a secret key in a file."""
    if stat.S_IMODE(path.stat().st_mode) & OTHERS_MAY:
        return wrong("keys", f"Others can read the secret key: run chmod 600 {path}.")
    return good("keys", f"The secret key is in {path}, readable by its owner alone.")


def model(settings: Settings) -> Finding:
    """Whether the language model is the one that was checked."""
    from talent.matching.encoder import bundled_folder, load_encoder, verify_bundled

    if settings.encoder is not None:
        if settings.encoder.startswith((".", "/")) and not Path(settings.encoder).is_dir():
            return wrong("model", f"There is no folder {settings.encoder}: correct TALENT_ENCODER.")
        return care("model", f"Another model is set: {settings.encoder}. Nobody checked its files.")
    try:
        verify_bundled(bundled_folder())
        return good("model", f"The language model is the one that was checked ({load_encoder(None).model_hash[:12]}…).")
    except TalentError as problem:
        return wrong("model", str(problem))


def letters(settings: Settings) -> Finding:
    """Whether letters reach anybody."""
    if settings.mail_url is None:
        sentence = f"No mail server is set: letters are written to {settings.var_dir / 'mail'}."
        return (wrong if settings.is_https else care)("mail", f"{sentence} Set TALENT_MAIL_URL to send them.")
    try:
        with mail.connect(settings.mail_url) as connected:
            connected.noop()
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        return wrong("mail", f"The mail server does not take letters ({problem}): correct TALENT_MAIL_URL.")
    return good("mail", "The mail server answers.")


def disk(folder: Path) -> Finding:
    """Whether there is room."""
    usage = shutil.disk_usage(folder)
    return space(usage.free, usage.total)


def space(free: int, total: int) -> Finding:
    """The finding for so many free bytes of so many."""
    said = f"{free / 1024**3:.1f} GB of {total / 1024**3:.0f} GB are free"
    if free < LEAST_FREE_BYTES:
        return wrong("disk", f"Only {said}: make room before the database stops.")
    if free < total * LEAST_FREE_SHARE:
        return care("disk", f"Only {said}: make room soon.")
    return good("disk", f"{said}.")
