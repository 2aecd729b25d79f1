"""The place of each stored pair: on the vacancy's list by what is needed, and on the shortlist as it is shown."""

from sqlalchemy import Integer, Subquery, case, func, select

from talent.matching.lengths import SHORTLIST, SHORTLIST_PER_SEAT
from talent.matching.models import Suggestion
from talent.matching.policy import BOTH_ORDER, IN_ORDER
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

ON_LIST = func.greatest(SHORTLIST, SHORTLIST_PER_SEAT * Vacancy.seats)
"""How many candidates the list of a vacancy holds; the same as ``lengths.shortlist_length``."""


def places() -> Subquery:
    """Of each pair with an open vacancy: both ids, ``seats``, ``is_on_list``, and ``place`` as it is shown, from 1.

    With them ``score``, ``missing`` and ``mutual`` of the pair, so that nobody has to look it up again.

    Who stands on the list by what the vacancy needs comes first, in the order of both sides; whoever is stored for
    another reason follows.
    """
    listed = (
        select(
            Suggestion.vacancy_id,
            Suggestion.profile_id,
            Suggestion.score,
            Suggestion.missing,
            Suggestion.mutual,
            Vacancy.seats,
            func.row_number().over(partition_by=Suggestion.vacancy_id, order_by=IN_ORDER).label("listed"),
            func.row_number().over(partition_by=Suggestion.vacancy_id, order_by=BOTH_ORDER).label("shown"),
            ON_LIST.label("length"),
        )
        .join(Vacancy, Vacancy.id == Suggestion.vacancy_id)
        .where(Vacancy.state == VacancyState.PUBLISHED)
        .subquery()
    )
    is_on_list = listed.c.listed <= listed.c.length
    beyond = case((is_on_list, 0), else_=1)
    place = func.row_number().over(partition_by=listed.c.vacancy_id, order_by=(beyond, listed.c.shown))
    return select(
        listed.c.vacancy_id,
        listed.c.profile_id,
        listed.c.score,
        listed.c.missing,
        listed.c.mutual,
        listed.c.seats,
        is_on_list.label("is_on_list"),
        place.cast(Integer).label("place"),
    ).subquery()
