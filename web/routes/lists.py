"""Keeping how somebody arranged a list, and showing it again as everybody finds it."""

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts import arrangements
from talent.foundation.errors import NotFound
from web.arranged import COLUMN, without_blanks
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Form, FormDep
from web.listings import LISTINGS, Listing
from web.navigation import safe_next
from web.pages import Page
from web.policy import SIGNED_IN

router = APIRouter(prefix="/lists", dependencies=[SIGNED_IN])
LONGEST = 100
"""Characters of one word that narrows a list."""


@router.post("/{key}")
def keep(key: str, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the columns and what narrows the list."""
    listing, then = known(key), back(form, page)
    form.once(session, actor, then=then)
    told = {name: values[-1] for name, values in form.fields.items() if values}
    filters = without_blanks({name: told.get(name, "").strip()[:LONGEST] for name in listing.filters})
    columns = set(told.get(COLUMN, "").split()) & set(listing.columns)
    arrangements.keep(session, actor, key, columns=columns, filters=filters)
    return form.done(session, then)


@router.post("/{key}/forget")
def forget(key: str, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Show the list as everybody finds it."""
    known(key)
    then = back(form, page)
    form.once(session, actor, then=then)
    arrangements.forget(session, actor, key)
    return form.done(session, then)


def known(key: str) -> Listing:
    """The list of this name.

    Raises:
        NotFound: there is none.
    """
    if key not in LISTINGS:
        raise NotFound
    return LISTINGS[key]


def back(form: Form, page: Page) -> str:
    """The page of the list, without its query."""
    told = form.fields.get("then") or [""]
    return safe_next(told[-1].partition("?")[0]) or page.home
