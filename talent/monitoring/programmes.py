"""What stands beside the measures: programmes, projects, forums and agreements, as rows with their source."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from talent.foundation.errors import NotFound
from talent.monitoring.rules import Amount
from talent.monitoring.terms import ProgrammeKind

DATA = Path(__file__).parent / "data"
NOTHING = "nothing"
"""What a programme needs from the service, or gives to it, when nothing may pass between them."""


class Budget(BaseModel):
    """Integer cents of a currency, as the row's source says."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    cents: int = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")

    @property
    def amount(self) -> Amount:
        """The same, as what is read out of reports."""
        return Amount(self.cents, self.currency)


class Programme(BaseModel):
    """One thing that stands beside the measures."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    kind: ProgrammeKind
    about: str
    led_by: tuple[str, ...] = Field(min_length=1)
    funder: str = ""
    budget: Budget | None = None
    started: str = ""
    ended: str = ""
    measures: tuple[int, ...] = ()
    needs: str
    gives: str
    source: str = Field(pattern=r"^S-[A-Z0-9-]+$")
    as_of: str
    confidence: Literal["high", "medium", "low", "unknown"]

    @property
    def years(self) -> str:
        """From when to when, as far as the source says."""
        return "–".join(year for year in (self.started, self.ended) if year) if self.started else ""


@cache
def programmes() -> tuple[Programme, ...]:
    """Every row, in the file's order.

    Raises:
        ValueError: a row is not whole, or two have one key.
    """
    rows = TypeAdapter(tuple[Programme, ...]).validate_python(
        yaml.safe_load((DATA / "programmes.yaml").read_text(encoding="utf-8"))
    )
    keys = [row.key for row in rows]
    if len(keys) != len(set(keys)):
        raise ValueError("two programmes have one key")
    return rows


def get_programme(key: str) -> Programme:
    """The row of this key.

    Raises:
        NotFound: there is none.
    """
    found = next((row for row in programmes() if row.key == key), None)
    if found is None:
        raise NotFound
    return found


def of_measure(number: int) -> list[Programme]:
    """The rows that serve this measure."""
    return [row for row in programmes() if number in row.measures]
