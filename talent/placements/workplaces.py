"""Where the people of a cohort began to work: what their institute's on-the-job report tells."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.row_context import SystemContext, within
from talent.placements.models import Placement
from talent.profiles.models import Profile
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.report_sheets import Work
from talent.training.service import get_cohort
from talent.training.states import EnrolmentState


def workplaces(session: Session, actor: Actor, cohort: Cohort) -> dict[UUID, Work]:
    """Employer and first day, by profile, of those who completed the cohort, joined their record and began to work.

    Nothing else of a placement is told. Whoever keeps or oversees the cohort may read it.

    Raises:
        NotPermitted: the actor keeps no register and oversees none.
        NotFound: the actor may not know of this cohort.
    """
    actor.require(Permission.TRAINING_KEEP, Permission.TRAINING_READ_ALL)
    own = get_cohort(session, actor, cohort.id)
    query = (
        select(Trainee.profile_id, Placement.employer, Placement.work_began_on)
        .join(Enrolment, Enrolment.trainee_id == Trainee.id)
        .join(Profile, Profile.id == Trainee.profile_id)
        .join(Placement, Placement.account_id == Profile.account_id)
        .where(
            Enrolment.cohort_id == own.id,
            Enrolment.state == EnrolmentState.COMPLETED,
            Placement.work_began_on >= (own.certified_on or own.starts_on),
        )
        .order_by(Placement.work_began_on.desc())  # the first one after the course stays
    )
    with within(session, SystemContext.FIGURES):
        rows = session.execute(query).all()
    return {key: Work(employer, began_on) for key, employer, began_on in rows if key and began_on}
