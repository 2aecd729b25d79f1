"""``talent roles`` and ``talent accounts``: what the pages allow, with the same refusals, and written down alike."""

import pytest
from sqlalchemy import select

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.profiles.states import ProfileState
from talent.staffing.models import RoleGrant
from talent.staffing.states import GrantState
from tests.factories.corridor import make_account, make_published_profile, make_release

WHY = "--reason=She moves to the other team."


@pytest.fixture
def office(rows):
    """Logins by name: two administrators, somebody of the staff, an auditor, and a candidate."""
    made = Organisation(kind=OrganisationKind.PROJECT, name="Project office", country="PK", created_at=now())
    rows.add(made)
    rows.flush()
    people = {"first": Role.ADMINISTRATOR, "second": Role.ADMINISTRATOR, "staff": Role.PROJECT_STAFF}
    logins = {
        name: make_account(rows, role, organisation_id=made.id, login=f"{name}@example.com").login
        for name, role in people.items()
    }
    logins["candidate"] = make_account(rows, login="candidate@example.com").login
    rows.commit()
    return logins


def account(rows, login):
    rows.expire_all()
    return rows.scalars(select(Account).where(Account.login == login)).one()


def test_a_role_is_proposed_by_one_and_approved_by_another(talent, rows, office):
    proposed = talent("roles", "propose", office["staff"], "auditor", "--as", office["first"], WHY)
    assert proposed.exit_code == 0, proposed.output
    number = proposed.output.strip()
    assert number in talent("roles", "list", "--as", office["second"]).output
    assert account(rows, office["staff"]).role is Role.PROJECT_STAFF
    own = talent("roles", "decide", number, "approve", "--as", office["first"])
    assert isinstance(own.exception, NotPermitted | Conflict | Unprocessable)
    approved = talent("roles", "decide", number, "approve", "--as", office["second"])
    assert "approved" in approved.output
    assert account(rows, office["staff"]).role is Role.AUDITOR
    assert rows.scalars(select(RoleGrant.state)).all() == [GrantState.APPROVED]


@pytest.mark.parametrize(("who", "refusal"), [("staff", NotFound), ("candidate", NotPermitted)])
def test_nobody_proposes_for_whom_they_may_not_invite(talent, rows, office, who, refusal):
    proposed = talent("roles", "propose", office["staff"], "auditor", "--as", office[who], WHY)
    assert isinstance(proposed.exception, refusal)
    assert rows.scalars(select(RoleGrant.id)).all() == []


def test_a_candidate_lists_no_roles(talent, office):
    assert isinstance(talent("roles", "list", "--as", office["candidate"]).exception, NotPermitted)


def test_a_role_that_is_none_is_refused_in_words(talent, office):
    wrong = talent("roles", "propose", office["staff"], "king", "--as", office["first"], WHY)
    assert isinstance(wrong.exception, Unprocessable)
    assert "role" in str(wrong.exception)


def test_an_account_is_suspended_and_let_in_again_and_both_are_in_the_journal(talent, rows, office):
    make_release(rows)
    profile = make_published_profile(rows)
    login = rows.get_one(Account, profile.account_id).login
    rows.commit()
    done = talent("accounts", "suspend", login, "--as", office["staff"], "--reason", "Letters in her name.")
    assert done.exit_code == 0, done.output
    assert account(rows, login).suspended_at is not None
    rows.refresh(profile)
    assert profile.state is ProfileState.PAUSED
    assert "active" in talent("accounts", "lift", login, "--as", office["staff"], "--reason", "A mistake.").output
    assert account(rows, login).suspended_at is None
    by = set(rows.scalars(select(AuditEntry.actor_id).where(AuditEntry.subject_id == profile.account_id)))
    assert account(rows, office["staff"]).id in by


def test_a_candidate_suspends_nobody(talent, rows, office):
    own = office["candidate"]
    refused = talent("accounts", "suspend", own, "--as", own, "--reason", "No reason.")
    assert isinstance(refused.exception, NotPermitted)
    assert account(rows, office["candidate"]).suspended_at is None


@pytest.mark.parametrize("who", ["staff", "nobody"])
def test_whoever_may_not_sign_in_does_nothing_here_either(talent, rows, office, who):
    if who in office:
        account(rows, office[who]).suspended_at = now()
        rows.commit()
    login = office.get(who, "nobody@example.com")
    refused = talent("accounts", "suspend", office["candidate"], "--as", login, "--reason", "No reason.")
    assert isinstance(refused.exception, NotFound)
    assert account(rows, office["candidate"]).suspended_at is None
