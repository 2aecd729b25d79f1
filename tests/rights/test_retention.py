"""What nobody uses is kept for its time: not a day less, and nobody is erased who was not warned or who came back."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.accounts.sessions import open_session_for
from talent.foundation.clock import now, today
from talent.profiles.models import RetentionNotice
from talent.retention import RULES, UNUSED_ACCOUNT, keep_the_rules
from tests.factories.corridor import make_account
from tests.house.code import ROOT

WARNED_AFTER = UNUSED_ACCOUNT.kept - UNUSED_ACCOUNT.warned_before


def aged(session, age, **overrides):
    """A candidate who registered so long ago and never came back."""
    with time_machine.travel(now() - age, tick=True):
        return make_account(session, **overrides, created_at=now())


@pytest.mark.parametrize(
    ("age", "warned"),
    [(WARNED_AFTER - timedelta(days=1), 0), (WARNED_AFTER + timedelta(minutes=1), 1), (UNUSED_ACCOUNT.kept * 2, 1)],
)
def test_somebody_is_warned_on_the_day_and_not_one_earlier(session, settings, age, warned):
    aged(session, age)
    assert keep_the_rules(session, settings)["warned"] == warned


def test_the_warning_is_a_letter_in_both_languages_that_names_the_day(session, settings):
    aged(session, UNUSED_ACCOUNT.kept)
    keep_the_rules(session, settings)
    body = session.scalar(text("select args ->> 'body' from procrastinate_jobs where task_name = 'send_letter'"))
    assert body.count((today() + UNUSED_ACCOUNT.warned_before).isoformat()) == 2
    assert "حذف" in body


def test_somebody_is_warned_once(session, settings):
    aged(session, UNUSED_ACCOUNT.kept)
    assert [keep_the_rules(session, settings)["warned"] for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(("days", "erased"), [(-1, 0), (0, 1), (1, 1)])
def test_nobody_is_erased_before_the_day_that_was_named(session, settings, days, erased):
    account_id = aged(session, UNUSED_ACCOUNT.kept).id
    keep_the_rules(session, settings)
    with time_machine.travel(now() + UNUSED_ACCOUNT.warned_before + timedelta(days=days), tick=True):
        assert keep_the_rules(session, settings)["erased"] == erased
    assert (session.scalar(select(Account.id).where(Account.id == account_id)) is None) is bool(erased)


def test_whoever_signs_in_after_the_warning_keeps_the_account(session, settings):
    account = aged(session, UNUSED_ACCOUNT.kept)
    keep_the_rules(session, settings)
    open_session_for(session, account, device="phone")
    with time_machine.travel(now() + UNUSED_ACCOUNT.warned_before + timedelta(days=1), tick=True):
        assert keep_the_rules(session, settings)["erased"] == 0
    assert session.scalar(select(RetentionNotice)) is None


def test_staff_are_never_erased_by_the_rule(session, settings):
    aged(session, UNUSED_ACCOUNT.kept * 2, role=Role.PROJECT_STAFF)
    assert keep_the_rules(session, settings)["warned"] == 0


def test_every_rule_stands_in_the_paper_on_data_protection():
    paper = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
    assert [rule.what for rule in RULES if f"{rule.what} | {rule.kept.days} days" not in paper] == []
