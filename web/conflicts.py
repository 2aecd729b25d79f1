"""Two people, or two windows, saved the same form: both values side by side, and the form to send again."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.parts import Text


@dataclass(frozen=True)
class BothValues:
    """One field as it is saved now and as this person wrote it."""

    label: Text
    saved: Sequence[Text]
    mine: Sequence[Text]


@dataclass(frozen=True)
class ConflictView:
    """What is saved and what was sent, and the form to send once more."""

    rows: Sequence[BothValues]
    action: str
    back: str
    hidden: Sequence[tuple[str, str]]
