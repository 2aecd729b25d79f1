"""What recognition is tested with: the small release with a mason in it."""

import dataclasses

from sqlalchemy.orm import Session

from talent.taxonomy.loading import load_release
from talent.taxonomy.release import Concept
from tests.factories.vacancies import RELEASE

MASON = Concept(
    "urn:test:occupation:7112", "occupation", "7112", {"en": ("bricklayer",), "ur": ("راج مستری",)}, "construction"
)


def load_trades(session: Session) -> None:
    """The occupations of the vacancy tests and a bricklayer, as the active release."""
    load_release(
        session, dataclasses.replace(RELEASE, name="recognition tests", occupations=(*RELEASE.occupations, MASON))
    )
