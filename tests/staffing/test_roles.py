"""Giving and taking roles: proposed by one, approved by another, nobody their own, and written down."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from talent.accounts import agreeing, sessions
from talent.accounts.actor import Actor
from talent.accounts.models import Account, Invitation
from talent.accounts.permissions import INVITED_BY, ROLE_PERMISSIONS, TAKE_TWO, Permission, Role
from talent.accounts.service import invitation, invite
from talent.accounts.standing import KeptOut
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, Gone, NotFound, NotPermitted, TalentError, Unprocessable
from talent.foundation.row_context import context_of, enter
from talent.staffing import service, suspending
from talent.staffing.schemas import NewGrant
from talent.staffing.states import AccountAction, GrantAction, GrantState
from tests.factories.corridor import make_account, make_agency

A, G = GrantAction, GrantState
WHY = "She moves to the other team in December."


@contextmanager
def working_as(session, actor):
    """The rows that this person's requests see, and no others."""
    before = context_of(session)
    enter(session, actor.rows)
    try:
        yield
    finally:
        enter(session, before)


def propose(session, actor, account, role, organisation=None):
    login = session.get(Account, account.id).login
    asked = NewGrant(login=login, role=role or "none", organisation=organisation, reason=WHY)
    with working_as(session, actor):
        return service.propose(session, actor, asked)


def decide(session, actor, grant, action, reason=""):
    with working_as(session, actor):
        return service.decide(session, actor, grant, action, reason=reason)


def stand(session, actor, other, action):
    with working_as(session, actor):
        account = suspending.get_account(session, actor, other.id)
        suspending.decide(session, actor, account, action, reason="The laptop was stolen.")


def account_of(session, actor):
    account = session.get(Account, actor.id)
    session.refresh(account)
    return account


def test_one_proposes_another_approves_and_the_role_holds(session, first, second, staff):
    token = sessions.open_session_for(session, session.get(Account, staff.id), device="desk")
    grant = propose(session, first, staff, Role.AUDITOR)
    assert account_of(session, staff).role is Role.PROJECT_STAFF
    decide(session, second, grant, A.APPROVE)
    changed = account_of(session, staff)
    assert (grant.state, changed.role, changed.organisation_id) == (G.APPROVED, Role.AUDITOR, staff.organisation_id)
    assert sessions.holder_of(session, token) is None
    assert [event.actor_id for event in service.grant_journal(session, grant)] == [second.id]


def test_every_step_is_in_the_journal_of_the_service_about_the_person(session, first, second, staff):
    decide(session, second, propose(session, first, staff, Role.AUDITOR), A.APPROVE)
    written = select(AuditEntry.action).where(AuditEntry.subject_id == staff.id)
    assert {"role_grant.add", "role_grant.change", "account.change"} <= set(session.scalars(written))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_nobody_without_the_permission_proposes_decides_or_reads(session, first, second, staff, role):
    if Permission.ROLE_GRANT in ROLE_PERMISSIONS[role]:
        return
    grant = propose(session, first, staff, Role.AUDITOR)
    somebody = Actor(make_account(session, role).id, role)
    with pytest.raises(NotPermitted):
        propose(session, somebody, staff, Role.AUDITOR)
    for action in A:
        with pytest.raises(NotPermitted):
            decide(session, somebody, grant, action, reason=WHY)
    with pytest.raises(NotPermitted):
        service.grants(session, somebody)
    with pytest.raises(NotFound):
        service.get_grant(session, somebody, grant.id)


def test_nobody_approves_their_own_proposal_or_decides_about_their_own_role(session, first, second):
    grant = propose(session, first, second, Role.AUDITOR)
    for actor, action in ((first, A.APPROVE), (second, A.APPROVE), (second, A.DECLINE), (second, A.WITHDRAW)):
        with pytest.raises(Unprocessable):
            decide(session, actor, grant, action, reason=WHY)
    with pytest.raises(NotPermitted, match="your own"):
        propose(session, first, first, Role.AUDITOR)
    assert grant.state is G.PROPOSED


def test_declining_needs_a_reason_and_withdrawing_is_for_whoever_proposed(session, first, second, staff):
    grant = propose(session, first, staff, Role.AUDITOR)
    with pytest.raises(Unprocessable, match="reason"):
        decide(session, second, grant, A.DECLINE)
    decide(session, second, grant, A.DECLINE, reason="Not before the audit.")
    again = propose(session, first, staff, Role.AUDITOR)
    decide(session, first, again, A.WITHDRAW)
    assert (grant.state, again.state) == (G.DECLINED, G.WITHDRAWN)
    assert account_of(session, staff).role is Role.PROJECT_STAFF
    with pytest.raises(Conflict):
        decide(session, second, again, A.APPROVE)


def test_project_staff_decide_about_officers_and_never_about_the_project_office(session, first, second, staff):
    """As with invitations: who may give which role is one table."""
    grant = propose(session, first, second, Role.PROJECT_STAFF)
    with pytest.raises(NotPermitted, match="Only an administrator"):
        decide(session, staff, grant, A.APPROVE)
    with pytest.raises(NotFound):
        propose(session, staff, first, None)
    officer = make_account(session, Role.AGENCY_OFFICER, organisation_id=make_agency(session).id)
    with pytest.raises(NotPermitted, match="Only an administrator"):
        propose(session, staff, officer, Role.ADMINISTRATOR)
    assert Role.ADMINISTRATOR not in INVITED_BY[Role.PROJECT_STAFF]
    taken = propose(session, staff, officer, None)
    decide(session, first, taken, A.APPROVE)
    assert account_of(session, officer).suspended_at is not None


def test_a_candidate_is_given_no_role_and_an_unknown_login_is_told_the_same(session, first):
    unknown = NewGrant(login="nobody@example.org", role=Role.AUDITOR, reason=WHY)
    said = set()
    for asked in (unknown, unknown.model_copy(update={"login": make_account(session).login})):
        with pytest.raises(NotFound) as refused, working_as(session, first):
            service.propose(session, first, asked)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_role_belongs_to_a_verified_organisation_of_its_kind(session, first, second, staff, office):
    agency, suspended = make_agency(session), make_agency(session)
    suspended.state = "suspended"
    session.flush()
    for role, where in (
        (Role.AGENCY_OFFICER, None),
        (Role.AGENCY_OFFICER, office.id),
        (Role.AGENCY_OFFICER, suspended.id),
        (Role.AUDITOR, agency.id),
        (Role.PROJECT_STAFF, None),
    ):
        with pytest.raises(Unprocessable):
            propose(session, first, staff, role, where)
    decide(session, second, propose(session, first, staff, Role.AGENCY_OFFICER, agency.id), A.APPROVE)
    assert account_of(session, staff).organisation_id == agency.id


def test_one_proposal_about_a_person_waits_at_a_time(session, first, second, staff):
    propose(session, first, staff, Role.AUDITOR)
    with pytest.raises(Conflict, match="already"):
        propose(session, second, staff, None)


def test_a_proposal_that_is_no_longer_true_is_not_approved(session, first, second, staff):
    grant = propose(session, first, staff, Role.AUDITOR)
    session.get(Account, staff.id).role = Role.ADMINISTRATOR
    session.flush()
    with pytest.raises(Unprocessable, match="was changed since"):
        decide(session, second, grant, A.APPROVE)


def test_the_last_administrator_stays(session, first, second):
    """The others were suspended between a click and its answer: rare, and closed."""
    grant = propose(session, first, second, Role.AUDITOR)
    leaving = Actor(uuid4(), Role.ADMINISTRATOR)
    session.get(Account, first.id).suspended_at = now()
    session.flush()
    with pytest.raises(Unprocessable, match="last administrator"):
        decide(session, leaving, grant, A.APPROVE)


def test_nobody_suspends_themselves(session, second):
    with pytest.raises(Unprocessable, match="your own"):
        stand(session, second, second, AccountAction.SUSPEND)


def test_whose_role_was_taken_comes_back_by_two_people_only(session, first, second, staff):
    decide(session, second, propose(session, first, staff, None), A.APPROVE)
    assert account_of(session, staff).suspended_at is not None
    with pytest.raises(Unprocessable, match="taken by two"):
        stand(session, first, staff, AccountAction.LIFT)
    decide(session, second, propose(session, first, staff, Role.PROJECT_STAFF), A.APPROVE)
    assert account_of(session, staff).suspended_at is None


def test_an_invitation_to_the_project_office_opens_when_a_second_person_has_agreed(session, first, second, staff):
    for role in TAKE_TWO:
        with working_as(session, first):
            token = invite(session, first, role=role)
        with pytest.raises(Gone, match="second person"):
            invitation(session, token)
        made = session.scalars(select(Invitation).where(Invitation.role == role)).one()
        with pytest.raises(NotPermitted, match="yourself"), working_as(session, first):
            agreeing.answer(session, first, made.id, agreed=True)
        with pytest.raises(NotFound), working_as(session, staff):
            agreeing.answer(session, staff, made.id, agreed=True)
        with working_as(session, second):
            assert [one.id for one in agreeing.waiting(session, second)] == [made.id]
            agreeing.answer(session, second, made.id, agreed=True)
            assert agreeing.waiting(session, second) == []
        assert invitation(session, token).role is role


def test_an_invitation_that_a_second_person_ended_never_opens(session, first, second):
    with working_as(session, first):
        token = invite(session, first, role=Role.ADMINISTRATOR)
    made = session.scalars(select(Invitation)).one()
    with working_as(session, second):
        agreeing.answer(session, second, made.id, agreed=False)
        with pytest.raises(Conflict):
            agreeing.answer(session, second, made.id, agreed=True)
    with pytest.raises(Gone):
        invitation(session, token)


def test_the_first_administrator_comes_from_the_command_line_and_needs_nobody(session):
    token = invite(session, None, role=Role.ADMINISTRATOR)
    assert invitation(session, token).role is Role.ADMINISTRATOR


def test_a_refused_step_leaves_nothing_behind(session, first, second, staff):
    grant = propose(session, first, staff, Role.AUDITOR)
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    with pytest.raises(TalentError), session.begin_nested():
        decide(session, first, grant, A.APPROVE)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
    assert KeptOut.http_status == 403
