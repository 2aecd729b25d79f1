"""From the flat strings of a form to what a pydantic model reads: lists, dates in three boxes, rows of rows.

An empty box is an absent value, so that the model's own default or "missing" applies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from talent.foundation.errors import Unprocessable
from talent.foundation.text import clean
from talent.foundation.words import N_, Sentence

Fields = Mapping[str, Sequence[str]]
LISTS = (list, tuple, set, frozenset)
BOXES = ("day", "month", "year")
MOST_ROWS = 60
YEAR_DIGITS = 4

BOX_MISSING = {
    "day": N_("The date must include a day"),
    "month": N_("The date must include a month"),
    "year": N_("The date must include a year"),
}
YEAR_SHORT = N_("Enter the year with four digits, such as 2024")
NO_SUCH_DATE = N_("There is no such date. Check the day, the month and the year")


@dataclass
class Gathered:
    """The values for a model, and the errors found on the way, by field name."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Sentence] = field(default_factory=dict)


def gather(model: type[BaseModel], fields: Fields, prefix: str = "") -> Gathered:
    """What the form says for each field of the model."""
    found = Gathered()
    for name, described in model.model_fields.items():
        try:
            value = _value(described, fields, f"{prefix}{name}", found)
        except Unprocessable as error:
            found.errors[f"{prefix}{name}"] = error.message
        else:
            if value is not None:
                found.values[name] = value
    return found


def _value(described: FieldInfo, fields: Fields, name: str, found: Gathered) -> object:
    """The value of one field, or None when its boxes are empty."""
    kind = _bare(described.annotation)
    if get_origin(kind) in LISTS or kind in LISTS:
        row = _bare(get_args(kind)[0]) if get_args(kind) else str
        if isinstance(row, type) and issubclass(row, BaseModel):
            return _rows(row, fields, name, found)
        return [text for text in map(clean, fields.get(name, ())) if text]
    if kind is date and name not in fields:
        return _date(fields, name)
    if kind is SecretStr:  # A password is taken as it was typed.
        return _last(fields, name) or None
    return clean(_last(fields, name)) or None


def _last(fields: Fields, name: str) -> str:
    """What stands in a box; the last one when a name was sent several times."""
    return (fields.get(name) or ("",))[-1]


def _bare(annotation: Any) -> Any:
    """The annotation without ``None``, ``Annotated`` and the like."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return _bare(next(kind for kind in get_args(annotation) if kind is not type(None)))
    return annotation


def row_numbers(fields: Fields, name: str) -> list[int]:
    """The numbers of the rows that the form sent for this field, ascending."""
    starts = (key.removeprefix(f"{name}-").partition("-")[0] for key in fields if key.startswith(f"{name}-"))
    return sorted({int(start) for start in starts if start.isascii() and start.isdigit() and len(start) < 4})


def _rows(row: type[BaseModel], fields: Fields, name: str, found: Gathered) -> list[dict[str, Any]]:
    """The filled rows; a blank row is no row. Each keeps its number under ``_row`` for its errors."""
    numbers = row_numbers(fields, name)
    if len(numbers) > MOST_ROWS:
        raise Unprocessable(Sentence(N_("Send at most {most} rows at once."), {"most": MOST_ROWS}))
    filled = []
    for number in numbers:
        one = gather(row, fields, f"{name}-{number}-")
        found.errors |= one.errors
        if any(value not in ([], None) for value in one.values.values()) or one.errors:
            filled.append(one.values | {"_row": number})
    return filled


def _date(fields: Fields, name: str) -> str | None:
    """An ISO date from three boxes, or None when all are empty.

    Raises:
        Unprocessable: a box is empty, or there is no such date.
    """
    day, month, year = (clean(_last(fields, f"{name}-{box}")) for box in BOXES)
    if not (day or month or year):
        return None
    for box, text in zip(BOXES, (day, month, year), strict=True):
        if not text:
            raise Unprocessable(BOX_MISSING[box])
    if len(year) != YEAR_DIGITS:
        raise Unprocessable(YEAR_SHORT)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Unprocessable(NO_SUCH_DATE) from None


def keys_among(texts: Iterable[str]) -> list[UUID]:
    """Those of the texts that are keys as a form of ours sends them, in their order."""
    return [UUID(text) for text in texts if _is_key(text)]


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
