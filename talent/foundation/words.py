"""Sentences meant for people, kept apart from the language they are read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(msgid: str) -> str:  # noqa: N802 - the name that message extractors know
    """The msgid itself; marks it for the catalogue."""
    return msgid


@dataclass(frozen=True)
class Sentence:
    """A msgid with named ``{placeholders}``; the edge renders it in the reader's language.

    A value may itself be a Sentence; it is rendered first.
    """

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)

    def english(self) -> str:
        """The sentence in English, for logs and the command line."""
        return self.msgid.format(
            **{name: value.english() if isinstance(value, Sentence) else value for name, value in self.values.items()}
        )

    def __str__(self) -> str:
        return self.english()
