"""What is wrong with a field, as a sentence for the person, from what pydantic found.

A model may bring better sentences: ``Field(title=N_("your full name"))`` names the field in the general ones, and
``Field(json_schema_extra={"missing": N_("Enter your full name as on your passport")})`` replaces one by its error type.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from talent.foundation.errors import TalentError
from talent.foundation.words import N_, Sentence

GENERAL: Mapping[str, str] = {
    "missing": N_("Enter {field}"),
    "string_too_short": N_("{field}: write at least {min_length} characters"),
    "string_too_long": N_("{field}: write at most {max_length} characters"),
    "string_pattern_mismatch": N_("{field}: check the spelling"),
    "enum": N_("Choose one of the answers for {field}"),
    "literal_error": N_("Choose one of the answers for {field}"),
    "int_parsing": N_("{field}: enter a whole number, such as 12"),
    "int_from_float": N_("{field}: enter a whole number, such as 12"),
    "float_parsing": N_("{field}: enter a number, such as 12"),
    "decimal_parsing": N_("{field}: enter a number, such as 12.50"),
    "greater_than": N_("{field}: enter more than {gt}"),
    "greater_than_equal": N_("{field}: enter {ge} or more"),
    "less_than": N_("{field}: enter less than {lt}"),
    "less_than_equal": N_("{field}: enter {le} or less"),
    "too_short": N_("{field}: choose at least {min_length}"),
    "too_long": N_("{field}: choose at most {max_length}"),
    "date_from_datetime_parsing": N_("{field}: enter a date, such as 27 3 2026"),
    "date_parsing": N_("{field}: enter a date, such as 27 3 2026"),
    "date_past": N_("{field}: the date must be in the past"),
    "date_future": N_("{field}: the date must be in the future"),
    "bool_parsing": N_("Choose one of the answers for {field}"),
    "uuid_parsing": N_("Choose one of the answers for {field}"),
    "url_parsing": N_("{field}: enter an address that starts with https://"),
    "url_scheme": N_("{field}: enter an address that starts with https://"),
}
OTHERWISE = N_("{field}: this answer cannot be used")
WHOLE_FORM = N_("These answers do not fit together")


def sentence_of(error: ErrorDetails, described: FieldInfo | None) -> Sentence:
    """The sentence of one pydantic error about one field, or about the whole form when no field is named."""
    own = _own_sentences(described)
    said = own.get(error["type"]) or _raised(error) or own.get("*")
    if isinstance(said, Sentence):
        return said
    if described is None:
        return Sentence(said or WHOLE_FORM)
    bounds = {name: value for name, value in error.get("ctx", {}).items() if isinstance(value, int | float | str)}
    title = Sentence(described.title) if described.title else Sentence(N_("this answer"))
    return Sentence(said or GENERAL.get(error["type"], OTHERWISE), {"field": title, **bounds})


def _own_sentences(described: FieldInfo | None) -> Mapping[str, Any]:
    extra = described.json_schema_extra if described else None
    return extra if isinstance(extra, dict) else {}


def _raised(error: ErrorDetails) -> Sentence | str | None:
    """What the model's own validator said when it raised a ValueError or a TalentError."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, TalentError):
        return cause.message
    return cause.args[0] if isinstance(cause, ValueError) and cause.args else None


def field_at(model: type[BaseModel], path: Sequence[int | str]) -> FieldInfo | None:
    """The field of the model, or of its row model, that an error's path leads to."""
    described: FieldInfo | None = None
    current: Any = model
    for step in path:
        if isinstance(step, int):
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)) or step not in current.model_fields:
            break
        described = current.model_fields[step]
        current = _row_model(described.annotation)
    return described


def _row_model(annotation: Any) -> Any:
    """The model inside ``list[Row]``, ``list[Row] | None`` and the like, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_row_model(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model is not None), None)
