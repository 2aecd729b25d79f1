"""Placements as rows, for tests and measurements that need many and no way to them."""

from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.references import new_reference
from talent.matching.models import Introduction
from talent.matching.states import IntroductionState
from talent.placements.models import Placement
from talent.vacancies.models import Vacancy
from tests.factories.corridor import make_published_profile


def make_placement(session: Session, vacancy: Vacancy, *, way: str = "de_fast_track_81a", **overrides) -> Placement:
    """A placement of a new candidate in this vacancy, offered; it holds no places yet."""
    profile = make_published_profile(session)
    met = Introduction(
        vacancy_id=vacancy.id,
        profile_id=profile.id,
        organisation_id=vacancy.organisation_id,
        state=IntroductionState.ACCEPTED,
        changed_at=now(),
    )
    session.add(met)
    session.flush()
    values = {
        "introduction_id": met.id,
        "account_id": profile.account_id,
        "vacancy_id": vacancy.id,
        "organisation_id": vacancy.organisation_id,
        "reference": new_reference("PL"),
        "profile_reference": profile.reference,
        "job_title": vacancy.title,
        "employer": vacancy.employer,
        "country": vacancy.country,
        "isco_group": "7212",
        "pathway_id": way,
        "rules_version": "none",
        "rules_read": {},
        "created_at": now(),
        "changed_at": now(),
    }
    made = Placement(**values | overrides)
    session.add(made)
    session.flush()
    return made
