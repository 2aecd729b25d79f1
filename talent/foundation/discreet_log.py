"""The log of every process: what went wrong and where in the code, and never what somebody typed or who it was about.

The messages of errors quote values (a database names the row that was there already), and a line about a job quotes
all that the job was given, letters with their links included. Both are left out here, wherever they come from.
"""

import logging
import re
import sys
import traceback
from logging.config import dictConfig
from types import TracebackType
from typing import Any, Final

FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
GIVEN: Final = re.compile(r"(\b\w+\[\d+\])\(.*\)", re.DOTALL)
"""A job's name and number, and all that it was given."""
JOBS: Final = "procrastinate"
LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "talent.foundation.discreet_log.Discreet"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        "uvicorn": {"handlers": [], "propagate": True},
        "uvicorn.error": {"handlers": [], "propagate": True},
        "uvicorn.access": {"handlers": [], "propagate": False},
    },
}


class Discreet(logging.Formatter):
    """Lines without what jobs were given, and errors by their kinds and the places in the code that they passed."""

    def __init__(self) -> None:
        super().__init__(FORM)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one entry of the log."""
        plain = logging.makeLogRecord(vars(record) | {"exc_text": None})
        if record.name.split(".")[0] == JOBS:
            plain.msg, plain.args = GIVEN.sub(r"\1", record.getMessage()), ()
        return super().format(plain)

    def formatException(  # noqa: N802 - the library's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The chain of errors, the first cause first: where each was, and of which kind."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            passed = traceback.extract_tb(error.__traceback__)
            places = [f"  {place.filename}:{place.lineno} {place.name}" for place in passed]
            parts.insert(0, "\n".join([*places, f"{type(error).__module__}.{type(error).__qualname__}"]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(parts)


def log_discreetly() -> None:
    """From now on this process logs so, and what ends it as well."""
    dictConfig(LOGGING)
    sys.excepthook = _ended


def _ended(kind: type[BaseException], error: BaseException, places: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("this process ends", exc_info=(kind, error, places))
