"""Staff find why placements to one country stall, give out follow-ups for thirty at once, and take the report."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talent.accounts.actor import SYSTEM
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.report_reader import read_report
from talent.monitoring.taking_in import take_in
from talent.pathways.terms import Doer
from talent.placements.models import Placement
from talent.placements.states import PlacementState
from tests.factories.corridor import make_account
from tests.monitoring.crowds import Crowd
from tests.monitoring.reports import TEXT

STALLED = 30


@pytest.fixture
def stalled(session):
    """Thirty placements to Germany that wait for the permit, past their day."""
    Crowd(session, 400)
    found = session.scalars(select(Placement).where(Placement.country == "DE").order_by(Placement.id)).all()
    for number, one in enumerate(found):
        is_stalled = number < STALLED
        one.state = PlacementState.PERMIT if is_stalled else PlacementState.EMPLOYED
        one.last_active, one.exit_reason = None, None
        one.waits_for = Doer.PERMIT_OFFICE if is_stalled else None
        one.next_due_on = today() - timedelta(days=20) if is_stalled else None
    session.flush()
    return found[:STALLED]


def test_from_the_stall_over_thirty_follow_ups_to_the_report(session, signed_in, stalled):
    account = make_account(session, Role.PROJECT_STAFF)
    staff = signed_in(account)
    take_in(session, SYSTEM, read_report(TEXT))
    day = staff.get("/today")
    assert "Past a deadline" in day.text
    where = staff.get("/stalls?country=DE")
    cases = "/stalls/cases?country=DE&state=permit&doer=permit_office"
    assert cases in where.links(), "one step, one authority"
    assert "The office that gives the permit" in where.text
    listed = staff.get(cases)
    again = staff.send(listed, action="/stalls/cases", expect=422, cases=[])
    assert again.errors
    listed = staff.get(cases + "&ticked=all")
    assert staff.send(listed, action="/stalls/cases", task="ask_authority") == "/follow-ups?show=all"
    given = session.scalars(select(FollowUp)).all()
    assert {one.placement_id for one in given} == {one.id for one in stalled}
    assert {one.assigned_to for one in given} == {account.id}
    waiting = staff.get("/follow-ups")
    assert len(waiting.tree.xpath("//table[1]/tbody/tr")) == 25, "a page of them"
    here = f"/follow-ups/{given[0].id}"
    wrong = staff.send(staff.get(here), expect=422)
    assert wrong.errors
    week = today() + timedelta(days=7)
    boxes = {f"next_due_on-{box}": str(getattr(week, box)) for box in ("day", "month", "year")}
    told = {"channel": "email", "outcome": "answer_promised", "next_task": "ask_authority"}
    staff.send(staff.get(here), **told, **boxes)
    done = staff.get("/follow-ups?show=all")
    assert "An answer was promised" in done.text
    assert "E-mail" in staff.get(here).text
    report = staff.client.get("/programme/report/file.pdf")
    assert report.content.startswith(b"%PDF")


def test_nobody_else_opens_any_of_it(session, signed_in):
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.AGENCY_OFFICER, Role.CANDIDATE):
        browser = signed_in(make_account(session, role))
        for address in ("/today", "/stalls", "/stalls/cases", "/follow-ups"):
            browser.get(address, expect=403)
