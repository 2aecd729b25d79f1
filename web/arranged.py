"""A list as one reader sees it: what the address asks for comes first, then what they kept, then everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from talent.accounts import arrangements
from talent.accounts.actor import Actor
from web.listings import Listing
from web.pages import Page

COLUMN = "column"
"""The name by which an address asks for one column; several may stand in it."""


@dataclass(frozen=True)
class Arranged:
    """A list as one reader sees it now."""

    listing: Listing
    asked: Mapping[str, str]
    columns: frozenset[str]
    has_kept: bool
    is_kept: bool
    """Whether it is shown just as the reader kept it."""

    def shows(self, column: str) -> bool:
        """Whether this column is shown."""
        return column in self.columns

    def get(self, name: str) -> str:
        """What the list is narrowed to by this field; empty for everything."""
        return self.asked.get(name, "")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.asked.values())

    @property
    def is_changed(self) -> bool:
        """Whether the list differs from how everybody finds it."""
        return self.is_narrowed or len(self.columns) < len(self.listing.columns)

    @property
    def everything(self) -> str:
        """The query that asks for the list as everybody finds it."""
        asked = [(name, "") for name in self.listing.filters]
        return urlencode([*asked, *((COLUMN, key) for key in self.listing.columns)])

    @property
    def fields(self) -> Mapping[str, str]:
        """What a form sends to keep this arrangement."""
        return {**self.asked, COLUMN: " ".join(key for key in self.listing.columns if key in self.columns)}


def arranged(session: Session, actor: Actor, page: Page, listing: Listing) -> Arranged:
    """The list as this reader asked for it, or kept it."""
    query = page.request.query_params
    kept = arrangements.kept(session, actor, listing.key)
    kept_filters = {name: kept.filters.get(name, "") for name in listing.filters} if kept else {}
    every = frozenset(listing.columns)
    kept_columns = (frozenset(kept.columns) & every if kept else every) or every
    is_asked = any(name in query for name in listing.filters)
    asked = {name: query.get(name, "") for name in listing.filters} if is_asked else kept_filters
    columns = (frozenset(query.getlist(COLUMN)) & every if COLUMN in query else kept_columns) or every
    is_kept = kept is not None and columns == kept_columns and without_blanks(asked) == without_blanks(kept_filters)
    return Arranged(listing, without_blanks(asked), columns, kept is not None, is_kept)


def without_blanks(asked: Mapping[str, str]) -> dict[str, str]:
    """What is asked for, without what is left empty."""
    return {name: value for name, value in asked.items() if value}
