"""How the values of figures are called: countries, ways, occupations, and what is withheld or unknown."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from talent.foundation.words import N_
from talent.monitoring.ladder import STANDING_NAMES, UNKNOWN, WITHHELD, Dimension, Standing
from talent.pathways.catalogue import catalogue
from talent.profiles.statistics import PROVINCE_NAMES, SEX_NAMES
from talent.taxonomy.countries import country_name
from talent.taxonomy.sectors import sector_name
from web.occupations import occupation_groups
from web.parts import Choice, Text

Naming = Callable[[str], Text]
SMALL_GROUPS = N_("Withheld: groups of fewer than ten")
NOT_KNOWN: Mapping[Dimension, str] = {
    Dimension.COUNTRY: N_("No placement yet"),
    Dimension.PATHWAY: N_("No placement yet"),
    Dimension.INSTITUTE: N_("No course"),
    Dimension.COHORT: N_("No course"),
    Dimension.OCCUPATION: N_("No occupation yet"),
    Dimension.SEX: N_("Not told for statistics"),
    Dimension.PROVINCE: N_("Not told for statistics"),
}


def names_of(session: Session, dimension: Dimension, language: str) -> Naming:
    """What calls each value of a dimension in this language."""
    name = _known(session, dimension, language)

    def named(value: str) -> Text:
        if value == WITHHELD:
            return SMALL_GROUPS
        return NOT_KNOWN[dimension] if value == UNKNOWN and dimension in NOT_KNOWN else name(value)

    return named


def _known(session: Session, dimension: Dimension, language: str) -> Naming:
    if dimension is Dimension.COUNTRY:
        return lambda value: country_name(value, language)
    if dimension is Dimension.SECTOR:
        return sector_name
    if dimension is Dimension.OCCUPATION:
        known: dict[str, Text] = {one.value: one.label for one in occupation_groups(session, language)}
    else:
        known = _listed(dimension)
    return lambda value: known.get(value, value)


def _listed(dimension: Dimension) -> dict[str, Text]:
    if dimension is Dimension.PATHWAY:
        return {way.id: way.title for way in catalogue().pathways}
    if dimension is Dimension.STANDING:
        return {standing.value: STANDING_NAMES[standing] for standing in Standing}
    if dimension is Dimension.SEX:
        return {sex.value: name for sex, name in SEX_NAMES.items()}
    if dimension is Dimension.PROVINCE:
        return {province.value: name for province, name in PROVINCE_NAMES.items()}
    return {}


def choices(session: Session, dimension: Dimension, values: list[str], language: str) -> list[Choice]:
    """These values as options of a list, each with its dimension before it."""
    name = names_of(session, dimension, language)
    return [Choice(f"{dimension.value}:{value}", name(value)) for value in values]
