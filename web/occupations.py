"""Occupations to choose from, one for each ISCO-08 group."""

from sqlalchemy.orm import Session

from talent.foundation.words import Sentence
from talent.taxonomy.service import occupation_choices
from web.parts import Choice


def occupation_groups(session: Session, language: str) -> list[Choice]:
    """The occupations to choose from, one for each ISCO-08 group, in the order of their names."""
    by_code: dict[str, Choice] = {}
    for sector in occupation_choices(session, language=language):
        for one in sector.occupations:
            by_code.setdefault(one.code, Choice(one.code, Sentence("{name}", {"name": one.label})))
    return sorted(by_code.values(), key=lambda choice: str(choice.label).casefold())
