"""A form that takes one step about one thing: once, whole or not at all, with the sentence of what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.foundation.errors import Unprocessable
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Form, FormDep
from web.pages import Page

SentT = TypeVar("SentT", bound=BaseModel)


@dataclass(frozen=True)
class Decider:
    """What deciding needs at hand."""

    session: Session
    actor: Actor
    page: Page
    form: Form

    def decided(
        self,
        model: type[SentT],
        decide: Callable[[SentT], object],
        *,
        template: str,
        view: Callable[[], object],
        then: str,
    ) -> Response:
        """The way on once ``decide`` was done with what was sent; else the page, with what is to be mended.

        ``view`` is made anew for the page, as nothing was decided. What a step misses stands beside ``action``.
        """
        answer = self.form.read(model)
        if answer.value is None:
            return self.page.again(template, view(), answer)
        try:
            with self.session.begin_nested():
                self.form.once(self.session, self.actor, then=then)
                decide(answer.value)
        except Unprocessable as missing:
            return self.page.again(template, view(), answer.refuse("action", missing.message))
        return self.form.done(self.session, then)


async def decider(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Decider:
    """Who decides by this request."""
    return Decider(session, actor, page, form)


DeciderDep = Annotated[Decider, Depends(decider)]
