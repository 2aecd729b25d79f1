"""Seats shared out over all vacancies at once, so that the same few people are not proposed to everyone.

Each person is proposed to one vacancy at most, each vacancy gets so many people at most, and the points of all who are
proposed add up to the most there can be. SciPy's sparse assignment finds it; each place is a row of its own.
"""

import numpy as np
from numpy.typing import NDArray

PROPOSED_PER_SEAT = 3
"""People proposed for each open seat: some say no (S-OWN-1)."""
MOST_PROPOSED = 60
"""People proposed to one vacancy at a time: an officer can speak to no more (S-OWN-1)."""
_EMPTY_PLACE = 0.5
"""What a place is worth that stays empty: less than the least of a person's points."""


def places_for(seats: int) -> int:
    """How many people are proposed for so many open seats."""
    return min(max(seats, 0) * PROPOSED_PER_SEAT, MOST_PROPOSED)


def shared_out(
    places: NDArray[np.int64], vacancies: NDArray[np.int64], people: NDArray[np.int64], points: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which pairs are proposed, (n_pairs,).

    places : (n_vacancies,) at least 0. vacancies, people : (n_pairs,) from 0, no pair twice. points : (n_pairs,)
    at least 0. The same arrays give the same proposal; of several equally good ones any may come out.
    """
    # scipy is loaded by the worker alone; the web process reads what was stored.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    chosen = np.zeros(len(points), bool)
    wanted = np.flatnonzero(places[vacancies] > 0) if len(points) else np.empty(0, np.int64)
    if not len(wanted):
        return chosen
    people_there = int(people.max()) + 1
    listed = np.bincount(vacancies[wanted], minlength=len(places))
    rooms = np.minimum(places, listed)
    first = np.concatenate(([0], np.cumsum(rooms)))
    copies = rooms[vacancies[wanted]]
    pair = np.repeat(wanted, copies)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(copies) - copies, copies)
    rows, total = first[vacancies[pair]] + within, int(first[-1])
    # A row may always stay empty: a column of its own, worth less than anybody.
    columns = np.concatenate((people[pair], people_there + np.arange(total)))
    worth = np.concatenate((points[pair] + 1.0, np.full(total, _EMPTY_PLACE)))
    table = coo_array((worth, (np.concatenate((rows, np.arange(total))), columns)), shape=(total, people_there + total))
    taken, by = min_weight_full_bipartite_matching(table.tocsr(), maximize=True)
    real = by < people_there
    # A row of the table belongs to one vacancy, so that the vacancy and the person name the pair.
    vacancy_of_row = np.repeat(np.arange(len(places)), rooms)
    key = vacancies * people_there + people
    chosen[np.isin(key, vacancy_of_row[taken[real]] * people_there + by[real])] = True
    return chosen
