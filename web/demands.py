"""What candidates may demand about their own data, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talent.foundation.words import N_
from talent.profiles.models import RequestKind, RightsRequest
from web.parts import Choice

DEMANDS = (
    Choice(
        RequestKind.OBJECTION.value,
        N_("I object to software ranking me"),
        N_("It stops at once. A person answers you within a month."),
    ),
    Choice(
        RequestKind.RESTRICTION.value,
        N_("Keep my data, but do not use it for now"),
        N_("You leave every list at once. Nothing is deleted."),
    ),
    Choice(
        RequestKind.CORRECTION.value,
        N_("Something is wrong that I cannot change myself"),
        N_("Say what is wrong. A person answers you within a month."),
    ),
)
TITLES: Mapping[RequestKind, str] = {RequestKind(choice.value): str(choice.label) for choice in DEMANDS}


@dataclass(frozen=True)
class RequestsView:
    """Demands in words."""

    requests: Sequence[RightsRequest]

    def demand(self, request: RightsRequest) -> str:
        """What is demanded, in the words of the form."""
        return TITLES[request.kind]
