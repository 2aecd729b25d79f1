"""Where placements stand still, follow-ups for many cases at once, and the weekly letter that counts them."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation import mail
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.monitoring import outreach, scorecards, stalls
from talent.monitoring.digest import send_digest
from talent.monitoring.outreach import Assignment, Report
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.outreach_terms import Channel, Outcome, Task
from talent.monitoring.stalls import UNDER_WAY
from talent.pathways.terms import Doer
from talent.placements.cost_models import Cost
from talent.placements.cost_terms import CostKind, CostParty
from talent.placements.listing import Cases
from talent.placements.models import Placement
from talent.placements.service import open_ways
from talent.placements.states import FINAL, PlacementState
from tests.factories.corridor import make_account, make_agency, make_published_vacancy, make_release
from tests.factories.smtp import mail_server
from tests.monitoring.crowds import Crowd

TOMORROW = today() + timedelta(days=1)
NOT_STAFF = [role for role in Role if role not in {Role.PROJECT_STAFF, Role.SYSTEM}]


@pytest.fixture
def office(session):
    return make_agency(session)


@pytest.fixture
def account(session, office):
    return make_account(session, Role.PROJECT_STAFF, organisation_id=office.id)


@pytest.fixture
def staff(account):
    return Actor(account.id, Role.PROJECT_STAFF)


@pytest.fixture
def cases(session):
    """A small crowd's placements; those at the permit in Germany wait for one office, half of them too long."""
    Crowd(session, 250)
    found = session.scalars(select(Placement).order_by(Placement.id)).all()
    for number, one in enumerate(found):
        if one.country == "DE" and one.state in UNDER_WAY:
            one.state, one.waits_for = PlacementState.PERMIT, Doer.PERMIT_OFFICE
            one.next_due_on = today() + timedelta(days=(-number - 1) if number % 2 else 5)
    session.flush()
    return found


def wanted(chosen, staff, **changed):
    told = {
        "cases": [one.id for one in chosen],
        "task": Task.ASK_AUTHORITY,
        "assigned_to": staff.id,
        "due_on": TOMORROW,
    }
    return Assignment.model_validate(told | changed)


def test_the_largest_jam_is_one_step_and_one_authority_and_equals_plain_sql(session, staff, cases):
    found = stalls.jams(session, staff)
    first = found[0]
    assert (first.country, first.state, first.doer) == ("DE", PlacementState.PERMIT, Doer.PERMIT_OFFICE)
    question = text(
        "select country, state, waits_for, count(*), count(*) filter (where next_due_on < current_date) from placement"
        " where state = any (:states) group by 1, 2, 3"
    )
    counted = {tuple(row) for row in session.execute(question, {"states": [state.value for state in UNDER_WAY]})}
    assert {(jam.country, jam.state, jam.doer, jam.cases, jam.late) for jam in found} == counted
    waited = sorted((now() - one.changed_at).days for one in cases if one.country == "DE" and one.state in UNDER_WAY)
    assert abs(first.days - waited[(len(waited) - 1) // 2]) <= 1


def test_cases_behind_a_count_are_as_many_with_the_oldest_deadline_first(session, staff, cases):
    for jam in stalls.jams(session, staff):
        which = Cases(country=jam.country, state=jam.state, doer=jam.doer)
        assert stalls.cases(session, staff, which).total >= jam.cases
    late = stalls.cases(session, staff, Cases(late=True))
    days = [one.next_due_on for one in late.rows]
    assert days == sorted(days)
    assert late.total == stalls.late_count(session) > 1


def test_thirty_cases_get_their_follow_up_at_once_and_none_twice(session, staff, cases):
    chosen = cases[:30]
    assert outreach.assign(session, staff, wanted(chosen, staff)) == 30
    assert outreach.assign(session, staff, wanted(cases[:32], staff)) == 2
    assert outreach.assign(session, staff, wanted(chosen, staff, task=Task.CALL_EMPLOYER)) == 30
    assert outreach.waiting(session, staff).total == 62


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cases": []}, "at least one"),
        ({"cases": [uuid4() for _ in range(501)]}, "at most 500"),
        ({"due_on": today() - timedelta(days=1)}, "past"),
        ({"assigned_to": uuid4()}, "project staff"),
    ],
)
def test_what_cannot_be_given_out_is_refused_whole(session, staff, cases, changed, words):
    with pytest.raises(Unprocessable, match=words):
        outreach.assign(session, staff, wanted(cases[:3], staff, **changed))
    assert outreach.waiting(session, staff, mine=False).total == 0


def test_an_unknown_case_refuses_all_of_them(session, staff, cases):
    with pytest.raises(NotFound):
        outreach.assign(session, staff, wanted(cases[:3], staff, cases=[cases[0].id, uuid4()]))
    assert outreach.waiting(session, staff, mine=False).total == 0


def test_a_report_is_counted_names_what_is_next_and_is_made_once(session, staff, cases):
    outreach.assign(session, staff, wanted(cases[:4], staff))
    todo = outreach.waiting(session, staff).rows
    told = Report(channel=Channel.PHONE, outcome=Outcome.NO_ANSWER)
    for one in todo[:2]:
        outreach.report(session, staff, one.id, told)
    following = told.model_copy(update={"next_task": Task.CALL_EMPLOYER, "next_due_on": TOMORROW})
    outreach.report(session, staff, todo[2].id, following)
    assert Task.CALL_EMPLOYER in {one.task for one in outreach.waiting(session, staff).rows}
    with pytest.raises(Conflict):
        outreach.report(session, staff, todo[0].id, told)
    found = {(row.channel, row.outcome): row.count for row in outreach.tallies(session, staff, since=today())}
    done = session.scalars(select(FollowUp).where(FollowUp.done_at.is_not(None))).all()
    assert found == Counter((one.channel, one.outcome) for one in done) == {(Channel.PHONE, Outcome.NO_ANSWER): 3}
    assert [one.task for one in outreach.of_placement(session, staff, todo[2].placement_id)].count(todo[2].task) == 1


@pytest.mark.parametrize("role", NOT_STAFF)
def test_nobody_but_project_staff_reads_or_gives_out_anything(session, role):
    other = Actor(make_account(session, role).id, role)
    for call in (
        lambda: stalls.jams(session, other),
        lambda: stalls.cases(session, other, Cases()),
        lambda: outreach.waiting(session, other),
        lambda: outreach.tallies(session, other, since=today()),
        lambda: outreach.assign(session, other, wanted([], other, cases=[uuid4()])),
        lambda: outreach.get(session, other, uuid4()),
        lambda: scorecards.costs(session, other),
        lambda: scorecards.employers(session, other),
        lambda: scorecards.institutes(session, other),
        lambda: scorecards.seats_held(session, other),
        lambda: scorecards.unmet_demand(session, other),
    ):
        with pytest.raises(NotPermitted):
            call()


def test_the_weekly_letter_reaches_a_real_mail_server_with_sums_alone(session, account, staff, cases, monkeypatch):
    outreach.assign(session, staff, wanted(cases[:3], staff))
    session.execute(
        text("update follow_up set due_on = current_date - 1 where id in (select id from follow_up limit 1)")
    )
    letters = []
    monkeypatch.setattr("talent.monitoring.digest.send_later", lambda _session, **letter: letters.append(letter))
    assert send_digest(session) == len(letters) == 1
    with mail_server() as server:
        monkeypatch.setenv("TALENT_MAIL_URL", server.url)
        for letter in letters:
            mail.send_letter(**letter)
    (letter,) = server.letters
    body = letter.get_content()
    assert letter["To"] == account.login
    assert f"Past a deadline: {stalls.late_count(session)} placements." in body
    assert "Waiting for you: 3 follow-ups, 1 of them past their day." in body
    assert "تقرریاں" in body
    assert not [one.reference for one in cases if one.reference in body + letter["Subject"]]


def test_scorecards_and_seats_equal_plain_sql(session, staff, cases):
    cards = {(card.employer, card.country): card for card in scorecards.employers(session, staff)}
    question = text(
        "select employer, country, count(*), count(*) filter (where state = 'ended'),"
        " count(*) filter (where exit_reason in ('offer_withdrawn', 'employer_closed', 'terms_broken',"
        " 'worker_was_charged')) from placement group by 1, 2"
    )
    told = {(*key, card.placements, card.ended, card.by_employer) for key, card in cards.items()}
    assert told == {tuple(row) for row in session.execute(question)}
    held = {row.country: row.under_way + row.at_work for row in scorecards.seats_held(session, staff)}
    open_cases = Counter(one.country for one in cases if one.state not in FINAL)
    assert {country: count for country, count in held.items() if count} == open_cases
    institutes = scorecards.institutes(session, staff)
    assert sum(card.completed for card in institutes) == session.scalar(
        text("select count(*) from enrolment where state = 'completed'")
    )


def test_demand_without_a_pathway_is_what_no_way_of_the_catalogue_is_open_to(session, staff, office):
    make_release(session)
    for country in ("DE", "LU"):
        make_published_vacancy(session, office, occupation="Welder", country=country, seats=7)
    closed = {(row.country, row.isco_group): row.seats for row in scorecards.unmet_demand(session, staff)}
    lost = {code for code in ("DE", "LU") if not open_ways(code, "7212", on=today())}
    assert lost == {"LU"}, "Germany has ways for welders, Luxembourg none in the catalogue"
    assert closed == {("LU", "7212"): 7}


def test_costs_per_placement_count_only_what_was_paid_and_equal_plain_sql(session, staff, cases):
    chosen = [one for one in cases if one.country == "DE"][:3]
    told = (
        (chosen[0], "worker", 3000, today()),
        (chosen[0], "employer", 5000, today()),
        (chosen[1], "employer", 900, None),
    )
    for one, payer, cents, day in told:
        session.add(
            Cost(
                account_id=one.account_id, vacancy_id=one.vacancy_id, placement_id=one.id, kind=CostKind.PAPERS,
                organisation_id=one.organisation_id, payer=payer, payee=CostParty.OFFICE, payee_name="", words="",
                amount_cents=cents, currency="EUR", paid_on=day, fee="", legal="", is_charge=False,
                noted_by=staff.id, noted_role="project_staff", noted_at=now(),
            )
        )  # fmt: skip
    session.flush()
    (card,) = scorecards.costs(session, staff)
    assert (card.placements, card.total_cents, card.by_worker_cents, card.each_cents) == (1, 8000, 3000, 8000)
    paid = text("select sum(amount_cents), count(distinct placement_id) from cost where paid_on is not null")
    assert tuple(session.execute(paid).one()) == (card.total_cents, card.placements)
