"""Who reads what is said of a match."""

from enum import StrEnum


class Reader(StrEnum):
    """Who reads the explanation."""

    CANDIDATE = "candidate"
    AGENCY = "agency"
