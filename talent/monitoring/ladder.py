"""The way from registration to two years of work as a ladder of stages, and what figures are told apart by."""

from enum import StrEnum

from talent.foundation.words import N_
from talent.placements.states import SIDE_OF, ExitReason, Side


class Stage(StrEnum):
    """How far somebody has come; each stage counts everybody who came further too."""

    REGISTERED = "registered"
    PUBLISHED = "published"
    INTERESTED = "interested"
    CHOSEN = "chosen"
    OFFERED = "offered"
    AGREED = "agreed"
    PERMIT = "permit"
    VISA = "visa"
    EXIT_CLEARANCE = "exit_clearance"
    TRAVELLED = "travelled"
    ARRIVED = "arrived"
    EMPLOYED = "employed"
    RETAINED_3 = "retained_3"
    RETAINED_6 = "retained_6"
    RETAINED_12 = "retained_12"
    RETAINED_24 = "retained_24"


LADDER = tuple(Stage)
STAGE_NAMES: dict[Stage, str] = {
    Stage.REGISTERED: N_("Began a profile"),
    Stage.PUBLISHED: N_("Published the profile"),
    Stage.INTERESTED: N_("Said yes to a vacancy"),
    Stage.CHOSEN: N_("Accepted by an agency"),
    Stage.OFFERED: N_("Offered a placement"),
    Stage.AGREED: N_("Took the offer"),
    Stage.PERMIT: N_("Came to the permit"),
    Stage.VISA: N_("Came to the visa"),
    Stage.EXIT_CLEARANCE: N_("Came to Pakistan’s exit steps"),
    Stage.TRAVELLED: N_("Cleared to travel"),
    Stage.ARRIVED: N_("Arrived"),
    Stage.EMPLOYED: N_("Began to work"),
    Stage.RETAINED_3: N_("At work after 3 months"),
    Stage.RETAINED_6: N_("At work after 6 months"),
    Stage.RETAINED_12: N_("At work after 12 months"),
    Stage.RETAINED_24: N_("At work after 24 months"),
}


class Standing(StrEnum):
    """How it stands with somebody now."""

    ON_THE_WAY = "on_the_way"
    SETTLED = "settled"
    RETURNED = "returned"
    BY_CANDIDATE = "by_candidate"
    BY_EMPLOYER = "by_employer"
    BY_AUTHORITY = "by_authority"
    BY_PROGRAMME = "by_programme"


STANDING_NAMES: dict[Standing, str] = {
    Standing.ON_THE_WAY: N_("On the way or at work"),
    Standing.SETTLED: N_("Settled"),
    Standing.RETURNED: N_("Returned to Pakistan"),
    Standing.BY_CANDIDATE: N_("Ended by the candidate"),
    Standing.BY_EMPLOYER: N_("Ended on the employer’s side"),
    Standing.BY_AUTHORITY: N_("Ended by an authority"),
    Standing.BY_PROGRAMME: N_("Ended on the programme’s side"),
}
ENDED_BY: dict[Side, Standing] = {
    Side.CANDIDATE: Standing.BY_CANDIDATE,
    Side.EMPLOYER: Standing.BY_EMPLOYER,
    Side.AUTHORITY: Standing.BY_AUTHORITY,
    Side.PROGRAMME: Standing.BY_PROGRAMME,
}


class Dimension(StrEnum):
    """What figures are told apart by."""

    COUNTRY = "country"
    SECTOR = "sector"
    PATHWAY = "pathway"
    STANDING = "standing"
    OCCUPATION = "occupation"
    INSTITUTE = "institute"
    COHORT = "cohort"
    SEX = "sex"
    PROVINCE = "province"


DIMENSION_NAMES: dict[Dimension, str] = {
    Dimension.COUNTRY: N_("Country"),
    Dimension.SECTOR: N_("Sector"),
    Dimension.PATHWAY: N_("Pathway"),
    Dimension.STANDING: N_("How it stands"),
    Dimension.OCCUPATION: N_("Occupation"),
    Dimension.INSTITUTE: N_("Institute"),
    Dimension.COHORT: N_("Cohort"),
    Dimension.SEX: N_("Sex"),
    Dimension.PROVINCE: N_("Province"),
}
D = Dimension
CUBES: dict[str, tuple[Dimension, ...]] = {
    "places": (D.COUNTRY, D.SECTOR, D.PATHWAY, D.STANDING, D.OCCUPATION),
    "training": (D.COUNTRY, D.INSTITUTE, D.COHORT),
    "people": (D.COUNTRY, D.SEX, D.PROVINCE),
}
"""What is stored together, the first told apart first. Two of them share nothing but the stage and their first
dimension: so no figure of one, less a figure of another, is about fewer people than either tells."""
WITHHELD, UNKNOWN = "*", ""


def standing_of(state: str, reason: str) -> Standing:
    """How it stands with a placement in this state, ended for this reason."""
    if state == "ended":
        return ENDED_BY[SIDE_OF[ExitReason(reason)]]
    return Standing(state) if state in {"settled", "returned"} else Standing.ON_THE_WAY
