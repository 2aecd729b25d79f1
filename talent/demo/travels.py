"""Who of the demonstration travels, by which way and how far: the table that ``placements`` lets happen."""

from dataclasses import dataclass
from enum import StrEnum

from talent.placements.states import PlacementState

S = PlacementState


class Extra(StrEnum):
    """What happens beside the way itself."""

    DEMAND_LETTER = "demand_letter"
    OBJECTION = "objection"
    ATTESTATION = "attestation"
    STATE_FEES = "state_fees"
    CHARGE = "charge"
    GOOD_ANSWERS = "good_answers"
    BAD_ANSWERS = "bad_answers"
    RETURN = "return"
    HELP = "help"
    REFUSAL = "refusal"
    EMPLOYER = "employer"


E = Extra


@dataclass(frozen=True)
class Journey:
    """One invented journey: its way, the state that it reaches, and what happens on it.

    days: since the offer. more: steps of the part of the journey in which it stands that are done too.
    worked: days since the work began.
    """

    country: str
    isco: str
    way: str
    until: PlacementState
    days: int
    more: int = 0
    worked: int = 0
    extras: tuple[Extra, ...] = ()
    is_visitors: bool = False


JOURNEYS = (
    Journey("AT", "7411", "at_rwr_shortage", S.OFFERED, 4),
    Journey("DE", "7126", "de_fast_track_81a", S.OFFERED, 6, extras=(E.OBJECTION,)),
    Journey("AT", "7231", "at_rwr_shortage", S.ACCEPTED, 20, more=1),
    Journey("DE", "7411", "de_fast_track_81a", S.ACCEPTED, 60, more=4, extras=(E.DEMAND_LETTER, E.EMPLOYER)),
    Journey("DE", "2512", "de_blue_card_18g", S.VISA, 90, more=1, extras=(E.STATE_FEES, E.EMPLOYER)),
    Journey("FI", "7126", "fi_employed_person", S.PERMIT, 70, more=1, extras=(E.CHARGE,)),
    Journey("FI", "9112", "fi_employed_person", S.EXIT_CLEARANCE, 150, extras=(E.DEMAND_LETTER, E.ATTESTATION)),
    Journey("AT", "7115", "at_rwr_shortage", S.TRAVELLED, 170, extras=(E.STATE_FEES,)),
    Journey("ES", "7112", "es_residencia_trabajo_cuenta_ajena", S.ARRIVED, 200, more=1),
    Journey("IT", "6113", "it_art23_trained", S.EMPLOYED, 340, worked=100, extras=(E.BAD_ANSWERS,)),
    Journey("DE", "7231", "de_fast_track_81a", S.RETAINED_6, 420, worked=200, extras=(E.GOOD_ANSWERS, E.EMPLOYER)),
    Journey("ES", "7231", "es_residencia_trabajo_cuenta_ajena", S.RETAINED_3, 330, worked=110),
    Journey("FI", "7411", "fi_employed_person", S.PERMIT, 110, extras=(E.REFUSAL,)),
    Journey("IT", "7126", "it_flussi_art22", S.RETAINED_12, 620, worked=400, extras=(E.RETURN, E.HELP)),
    Journey(
        "ES",
        "7212",
        "es_residencia_trabajo_cuenta_ajena",
        S.RETAINED_12,
        640,
        worked=420,
        extras=(E.GOOD_ANSWERS, E.RETURN),
        is_visitors=True,
    ),
    Journey("DE", "7212", "de_fast_track_81a", S.OFFERED, 3, extras=(E.DEMAND_LETTER,), is_visitors=True),
)
"""Every country and part of the way, one that ended and two that led back; the visitor's own come last."""
