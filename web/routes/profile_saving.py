"""How every step of a profile is shown and saved: once, whole or not at all, with nothing typed ever lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.foundation.errors import Unprocessable
from talent.profiles import service
from talent.profiles.answers import Changed, NotPossible
from talent.profiles.steps import OwnProfile, StepName
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import Answer, Form, FormDep
from web.pages import Page
from web.routes.profile_conflicts import conflict_view
from web.routes.profile_views import LATER, Frame, frame_of, onward

NOT_TYPED = frozenset({"seen", "then", "go", "kind", "unit", "country", "words", "sector"})
"""What a form sends without anybody having typed or chosen anything."""


def begun_profile(session: SessionDep, actor: ActorDep) -> OwnProfile:
    """The reader's own profile; whoever has not begun one is led to its first page."""
    own = service.own_profile(session, actor)
    if own is None:
        raise HTTPException(303, headers={"Location": "/profile"})
    return own


OwnDep = Annotated[OwnProfile, Depends(begun_profile)]


@dataclass(frozen=True)
class Desk:
    """What saving a step needs at hand."""

    session: Session
    actor: Actor
    page: Page
    form: Form

    def sent(self, name: str) -> str:
        """One value of the sent form."""
        return (self.form.fields.get(name) or ("",))[-1]

    def own(self) -> OwnProfile:
        """The profile, locked for this change."""
        return service.profile_to_change(self.session, self.actor)

    def frame(self, own: OwnProfile, step: StepName) -> Frame:
        """The frame of this step as the form knew it: with the mark of what it showed, not of what is saved now."""
        return replace(frame_of(own, step, then=self.sent("then")), seen=self.sent("seen"))

    def onward(self, own: OwnProfile, step: StepName) -> str:
        """Where this form leads after it is saved."""
        return onward(own, step, then=self.sent("then"), go=self.sent("go"))

    def done(self, address: str) -> Response:
        """The way on, remembered for a second click."""
        return self.form.done(self.session, address)

    def save(
        self, template: str, view: Any, answer: Answer[Any], save: Callable[[Any], object], *, then: str
    ) -> Response | None:
        """None when it is saved; else the page that says what to mend, or shows both values of two windows.

        The view must carry a ``frame``. A failed saving leaves no trace, and its form may be sent again.
        """
        if answer.value is None:
            return self.refuse(template, view, answer)
        try:
            with self.session.begin_nested():
                self.form.once(self.session, self.actor, then=then)
                save(answer.value)
        except NotPossible as refused:
            for name, sentence in refused.problems.items():
                answer = answer.refuse(name, sentence)
            return self.refuse(template, view, answer)
        except Unprocessable as refused:
            return self.refuse(template, view, answer.refuse("form", refused.message))
        except Changed as changed:
            both = conflict_view(self.session, view.frame, answer, changed, self.page.language.code)
            return self.page.show("profiles/conflict.html", both, status=Changed.http_status)
        return None

    def refuse(self, template: str, view: Any, answer: Answer[Any]) -> Response:
        """The page with what is to be mended; whoever typed nothing and comes back later mends nothing now."""
        is_empty = not any(any(texts) for name, texts in answer.fields.items() if name not in NOT_TYPED)
        if is_empty and self.sent("go") == LATER:
            return see("/profile")
        return self.page.again(template, view, answer)


async def desk(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Desk:
    """The desk of this request."""
    return Desk(session, actor, page, form)


DeskDep = Annotated[Desk, Depends(desk)]
