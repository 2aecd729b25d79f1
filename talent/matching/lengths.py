"""How long the lists are, and how long what was done to them is kept."""

from datetime import timedelta

CANDIDATE_LIST = 20
"""Vacancies that a candidate is shown (S-OWN-1)."""
SHORTLIST = 50
"""Least candidates on a shortlist; five for each seat when that is more (S-OWN-1)."""
SHORTLIST_PER_SEAT = 5
CARDS_A_PAGE = 20
"""Cards of a shortlist that are shown at once: every one shown is a look that is written down (S-OWN-1)."""
CHANGES_KEPT = timedelta(days=1)
"""How long what each worker did to lists is kept; one that followed nothing for half of it loads anew (S-OWN-1)."""


def shortlist_length(seats: int) -> int:
    """How many candidates the shortlist of a vacancy with so many seats holds."""
    return max(SHORTLIST, SHORTLIST_PER_SEAT * seats)
