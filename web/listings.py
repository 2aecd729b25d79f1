"""Every list that each reader arranges: its columns, and what narrows it.

The column that names a row is always shown and is not among those to choose from.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from talent.foundation.words import N_


@dataclass(frozen=True)
class Listing:
    """One list: the heading of its first column, those of the others by key, which hold numbers, what narrows it."""

    key: str
    first: str
    columns: Mapping[str, str]
    filters: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()


DEADLINES = {"job": N_("Job"), "stands": N_("Stands at"), "acts": N_("Who acts"), "deadline": N_("Deadline")}
CASE_FILTERS = ("country", "state", "doer", "late")
PLACEMENTS = Listing("placements", N_("Placement"), DEADLINES, CASE_FILTERS)
CASES = Listing("cases", N_("Choose"), DEADLINES, CASE_FILTERS)
FOLLOW_UPS = Listing(
    "follow_ups",
    N_("Placement"),
    {"task": N_("What is to be done"), "who": N_("Who does it"), "until": N_("Until when")},
    ("show", "task"),
)
VACANCIES = Listing(
    "vacancies",
    N_("Vacancy"),
    {
        "agency": N_("Agency"),
        "state": N_("State"),
        "occupation": N_("Occupation"),
        "place": N_("Place"),
        "seats": N_("Seats"),
        "closes": N_("Closes on"),
    },
    ("words", "state", "occupation", "country"),
    frozenset({"seats"}),
)
OWN_VACANCIES = Listing(
    "own_vacancies",
    VACANCIES.first,
    {key: name for key, name in VACANCIES.columns.items() if key != "agency"},
    VACANCIES.filters,
    VACANCIES.numbers,
)
RECOGNITION = Listing(
    "recognition",
    N_("Case"),
    {"state": N_("State"), "occupation": N_("Occupation"), "country": N_("Country"), "deadline": N_("Deadline")},
    ("show", "state", "country"),
)
ORGANISATIONS = Listing(
    "organisations",
    N_("Name"),
    {"kind": N_("Kind"), "country": N_("Country"), "state": N_("State")},
    ("kind", "state"),
)
COHORTS = Listing(
    "cohorts",
    N_("Cohort"),
    {
        "state": N_("State"),
        "from": N_("From"),
        "taken": N_("Seats taken"),
        "waiting": N_("Waiting"),
        "risk": N_("At risk"),
    },
    ("institute", "state"),
    frozenset({"taken", "waiting", "risk"}),
)
PEOPLE = Listing(
    "people",
    N_("Name"),
    {"state": N_("State"), "seat": N_("Seat"), "attendance": N_("Attendance"), "risk": N_("At risk")},
    ("state", "risk"),
    frozenset({"seat"}),
)
COMPLAINTS = Listing(
    "complaints", N_("Complaint"), {"job": N_("Job"), "since": N_("Since"), "state": N_("Stands at")}, ("state",)
)
JOURNAL = Listing(
    "journal",
    N_("When"),
    {
        "who": N_("Who"),
        "what": N_("What"),
        "about": N_("About"),
        "fields": N_("Fields"),
        "why": N_("Why"),
        "place": N_("Place"),
    },
)
"""What narrows the journal names people, and is never kept."""
LISTINGS: Mapping[str, Listing] = {
    listing.key: listing
    for listing in (
        PLACEMENTS,
        CASES,
        FOLLOW_UPS,
        VACANCIES,
        OWN_VACANCIES,
        RECOGNITION,
        ORGANISATIONS,
        COHORTS,
        PEOPLE,
        COMPLAINTS,
        JOURNAL,
    )
}
