"""A welder comes back: the job and the skills used abroad go onto the profile, and help is asked for by own choice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotPermitted
from talent.placements import returns
from talent.placements.schemas import PlacementMoved
from talent.placements.service import get, move
from talent.placements.states import PlacementAction, PlacementState
from talent.profiles.models import ProfileSkill, SkillSource, WorkPeriod
from talent.taxonomy.levels import Evidence
from talent.vacancies.models import VacancySkill
from tests.factories.corridor import make_account, make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

BEGAN = today() - timedelta(days=400)


@pytest.fixture
def placement(session):
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session))
    return make_placement(session, vacancy, state=PlacementState.RETAINED_12, work_began_on=BEGAN)


def test_a_welder_comes_back_with_what_was_learned_and_asks_for_help_only_by_own_choice(session, placement):
    welder = Actor(placement.account_id, Role.CANDIDATE)
    account = make_account(session, Role.PROJECT_STAFF)
    staff = Actor(account.id, Role.PROJECT_STAFF)
    with pytest.raises(Conflict):
        returns.record_gains(session, welder, placement, [])
    placement = get(session, welder, placement.id, to_change=True)
    move(session, welder, placement, PlacementAction.RETURN, PlacementMoved())
    asked = session.scalars(select(VacancySkill.skill_id).where(VacancySkill.vacancy_id == placement.vacancy_id)).all()
    for _twice in range(2):
        own = returns.record_gains(session, welder, placement, asked)
    work = session.scalars(
        select(WorkPeriod).where(WorkPeriod.profile_id == own.profile.id, WorkPeriod.started_on == BEGAN)
    ).one()
    assert (work.employer, work.country, work.ended_on) == (placement.employer, placement.country, today())
    held = session.scalars(select(ProfileSkill).where(ProfileSkill.profile_id == own.profile.id)).all()
    assert set(asked) <= {row.skill_id for row in held}
    gained = [row for row in held if row.source is SkillSource.WORK_ABROAD]
    assert all(row.evidence is Evidence.SELF_DECLARED for row in gained)  # nobody has tested them
    assert returns.asking(session, staff) == []
    returns.ask_for_help(session, welder, placement)
    assert [row.id for row in returns.asking(session, staff)] == [placement.id]
    with pytest.raises(NotPermitted):
        returns.asking(session, welder)
    returns.need_no_help(session, welder, placement)
    assert returns.asking(session, staff) == []
