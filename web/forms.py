"""Forms as people send them: read into a model, or given back with everything typed and a sentence for each error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import partial
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse

from talent.accounts import once as used_keys
from talent.accounts.actor import Actor
from talent.foundation.errors import Unprocessable
from talent.foundation.words import Sentence
from web.form_errors import field_at, sentence_of
from web.form_values import BOXES, Fields, gather
from web.limits import MEGABYTE as MEGABYTE  # for the routes that take files
from web.sent import Upload, sent_fields, sent_file, sent_files

ONCE_FIELD = "_once"
REFUSED = "form_refused"
"""Under which name a form notes in the request's state what is to be done when its page is shown once more."""
NOBODY = UUID(int=0)
WHOLE_FORM = "form"  # where an error stands that belongs to no single field
WHOLE_PAGE = "main-content"
M = TypeVar("M", bound=BaseModel)


class SentTwice(Exception):
    """This very form was sent before; the person goes where the first sending led."""

    def __init__(self, went_to: str) -> None:
        self.went_to = went_to
        super().__init__(went_to)


@dataclass(frozen=True)
class Answer(Generic[M]):
    """What somebody filled in: the model, or None with the errors; always everything as it was typed."""

    value: M | None = None
    fields: Fields = field(default_factory=dict)
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in this field, or an empty string."""
        typed = self.fields.get(name, ())
        return typed[-1] if typed else ""

    def all(self, name: str) -> Sequence[str]:
        """Everything chosen in this field."""
        return self.fields.get(name, ())

    def error(self, name: str) -> Sentence | None:
        """What is wrong with this field."""
        return self.errors.get(name)

    def summary(self) -> Iterator[tuple[str, Sentence]]:
        """Each error with the id of the box to mend; a date's first box stands for the date."""
        for name, sentence in self.errors.items():
            box = f"{name}-day" if f"{name}-day" in self.fields else name
            yield (WHOLE_PAGE if name == WHOLE_FORM else box), sentence

    def refuse(self, name: str, sentence: Sentence | str) -> Answer[M]:
        """The same answer with one more error, for what only the service could know."""
        said = sentence if isinstance(sentence, Sentence) else Sentence(sentence)
        return replace(self, value=None, errors={**self.errors, name: said})


def blank(**values: object) -> Answer[Any]:
    """An untouched form that already shows these values: texts, numbers, dates, lists, enumerations, booleans."""
    fields: dict[str, Sequence[str]] = {}
    for name, value in values.items():
        if isinstance(value, date):
            fields |= {f"{name}-{box}": (str(getattr(value, box)),) for box in BOXES}
        elif isinstance(value, list | tuple | set | frozenset):
            fields[name] = tuple(_typed(one) for one in value)
        elif value not in (None, False):
            fields[name] = (_typed(value),)
    return Answer(fields=fields)


def _typed(value: object) -> str:
    """The value as a person would have typed or ticked it."""
    if value is True:
        return "true"
    return str(value.value if isinstance(value, Enum) else value)


class Form:
    """One sent form."""

    def __init__(self, sent: FormData, request: Request | None = None) -> None:
        self._sent = sent
        self._request = request
        self.fields: Fields = {
            name: tuple(value.replace("\r\n", "\n") for value in sent.getlist(name) if isinstance(value, str))
            for name in sent
            if not name.startswith("_")
        }

    @property
    def key(self) -> str:
        """The one-time key that the page put into this form."""
        return str(self._sent.get(ONCE_FIELD, ""))

    def once(self, session: Session, actor: Actor | None, *, then: str) -> None:
        """Nothing, the first time that this form arrives.

        Raises:
            SentTwice: it arrived before, as a double click does; the person goes where the first one led, or ``then``.
        """
        sender = actor.id if actor else NOBODY
        if self.key and not used_keys.first_time(session, self.key, sender):
            raise SentTwice(used_keys.where_it_went(session, self.key, sender) or then)
        if self.key and self._request is not None:
            setattr(self._request.state, REFUSED, partial(used_keys.give_back, session, self.key))

    def done(self, session: Session, address: str) -> RedirectResponse:
        """The way on after success, remembered for a second sending of the same form."""
        if self.key:
            used_keys.remember_where(session, self.key, address)
        return RedirectResponse(address, status_code=303)

    def file(self, name: str, *, at_most: int) -> Upload | None:
        """The file of this field, or None when none was chosen; Unprocessable when it is empty or too large."""
        return sent_file(self._sent, name, at_most=at_most)

    def files(self, name: str, *, at_most: int) -> list[Upload]:
        """Every file of this field; Unprocessable when one is empty or too large."""
        return sent_files(self._sent, name, at_most=at_most)

    def read(self, model: type[M], *, files: Mapping[str, int] | None = None) -> Answer[M]:
        """The form as this model; ``files`` names the file fields and the most bytes of each."""
        gathered = gather(model, self.fields)
        for name, most in (files or {}).items():
            try:
                upload = self.file(name, at_most=most)
            except Unprocessable as error:
                gathered.errors[name] = error.message
            else:
                gathered.values |= {name: upload} if upload else {}
        rows = {name: _row_numbers(value) for name, value in gathered.values.items()}
        try:
            value = model.model_validate(gathered.values)
        except ValidationError as failed:
            errors = _sentences(model, failed, rows) | gathered.errors
        else:
            errors = gathered.errors
        return Answer(None if errors else value, self.fields, _in_order(model, errors))


def _row_numbers(value: object) -> list[int]:
    """The numbers that the form gave to the rows of this field, taken out of the rows."""
    rows = value if isinstance(value, list) else []
    return [row.pop("_row") for row in rows if isinstance(row, dict)]


def _sentences(
    model: type[BaseModel], failed: ValidationError, rows: Mapping[str, Sequence[int]]
) -> dict[str, Sentence]:
    """One sentence per field, the first that pydantic found; a row's field is named ``rows-0-field``."""
    said: dict[str, Sentence] = {}
    for error in failed.errors():
        path = error["loc"]
        described = field_at(model, path)
        first, *rest = path or (WHOLE_FORM,)
        if rest and rows.get(str(first)) and isinstance(rest[0], int):
            name = "-".join(str(step) for step in (first, rows[str(first)][rest[0]], *rest[1:]))
        else:
            name = str(first)
        said.setdefault(name, sentence_of(error, described))
    return said


def _in_order(model: type[BaseModel], errors: Mapping[str, Sentence]) -> dict[str, Sentence]:
    """The errors in the order of the model's fields, as they stand on the page."""
    order = {name: place for place, name in enumerate(model.model_fields)}
    return dict(sorted(errors.items(), key=lambda item: order.get(item[0].partition("-")[0], len(order))))


async def sent_form(request: Request) -> Form:
    """The form of this request."""
    return Form(await sent_fields(request), request)


FormDep = Annotated[Form, Depends(sent_form)]
