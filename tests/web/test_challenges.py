"""A challenge belongs to one browser, for five minutes, and is good for one answer."""

from datetime import timedelta

import pytest
import time_machine

from talent.foundation.clock import now
from talent.foundation.errors import NotPermitted
from web.challenges import LASTS, Challenges, as_text

OURS = Challenges("a secret of tests that is long enough")


def test_a_challenge_is_good_once(session):
    sent = as_text(OURS.make("browser"))
    assert as_text(OURS.use(session, sent, "browser")) == sent
    with pytest.raises(NotPermitted):
        OURS.use(session, sent, "browser")


@pytest.mark.parametrize(
    ("age", "good"), [(LASTS - timedelta(seconds=1), True), (LASTS, True), (LASTS + timedelta(seconds=1), False)]
)
def test_a_challenge_lasts_five_minutes(session, age, good):
    begun = now().replace(microsecond=0)
    with time_machine.travel(begun, tick=False):
        sent = as_text(OURS.make("browser"))
    with time_machine.travel(begun + age, tick=False):
        if good:
            OURS.use(session, sent, "browser")
        else:
            with pytest.raises(NotPermitted, match="too long"):
                OURS.use(session, sent, "browser")


@pytest.mark.parametrize("bound_to", ["another browser", ""])
def test_another_browsers_challenge_is_refused(session, bound_to):
    with pytest.raises(NotPermitted):
        OURS.use(session, as_text(OURS.make("browser")), bound_to)


def test_a_challenge_bound_to_nothing_is_never_good(session):
    with pytest.raises(NotPermitted):
        OURS.use(session, as_text(OURS.make("")), "")


def test_another_installations_challenge_is_refused(session):
    with pytest.raises(NotPermitted):
        OURS.use(session, as_text(Challenges("another secret, which is long enough too").make("browser")), "browser")


@pytest.mark.parametrize("text", ["", "x", "A" * 64, "A" * 10_000, "ا", "===="])
def test_anything_else_is_no_challenge(session, text):
    with pytest.raises(NotPermitted):
        OURS.use(session, text, "browser")


def test_challenges_differ():
    assert len({OURS.make("browser") for _ in range(100)}) == 100
