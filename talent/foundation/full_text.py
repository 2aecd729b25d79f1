"""Words that PostgreSQL itself keeps of a text, so that whoever looks for them need not read the text again.

The database's own function ``search_words`` makes them: compatible forms joined, marks dropped, Arabic and Urdu letters
paired, runs of five digits or more left out, in the configuration ``simple``: texts come in several languages, often
within one line, and no stemmer knows Roman Urdu.
"""

from typing import Any

from sqlalchemy import Column, Computed, Function, func
from sqlalchemy.dialects.postgresql import TSVECTOR

SEARCH_WORDS = "search_words"
"""The name of the function, and of the columns that hold what it makes."""


def kept_words(of: str) -> Column[Any]:
    """A column that the database itself fills with the words of this expression; no class maps it."""
    return Column(SEARCH_WORDS, TSVECTOR, Computed(f"{SEARCH_WORDS}({of})", persisted=True), nullable=False)


def words_in(text: Any) -> Function[Any]:
    """The words of a text or of a column, as a tsvector."""
    return func.search_words(text, type_=TSVECTOR())
