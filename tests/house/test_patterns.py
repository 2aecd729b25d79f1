"""No regular expression of the code takes long, whatever it is given."""

import re
import signal
from contextlib import contextmanager

from talent.profiles.cv_lines import LONGEST_LINE
from tests.house.patterns import attacks, patterns

LENGTH = 1_000
"""Characters of each text that is tried; longer lines of a CV are broken before anything searches them."""
MOST_SECONDS = 0.05


class TakesLong(Exception):
    """The time is up."""


@contextmanager
def at_most(seconds):
    """Stops whatever takes more of the processor than this."""

    def stop(*_):
        raise TakesLong

    kept = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)


def slow(pattern, length=LENGTH):
    """The first text for which this pattern takes long, from anywhere or as a whole; None where there is none."""
    for words in attacks(pattern, length):
        try:
            with at_most(MOST_SECONDS):
                pattern.search(words)
                pattern.fullmatch(words)
        except TakesLong:
            return words
    return None


def test_the_alarm_rings():
    assert slow(re.compile(r"(a+)+b")) is not None
    assert slow(re.compile(r"(\w+\s?)*!")) is not None


def test_no_pattern_of_the_code_takes_long_for_any_text():
    found = patterns()
    assert LONGEST_LINE < LENGTH
    assert len(found) > 150
    assert {(where, one.pattern): words[:40] for one, where in found.items() if (words := slow(one))} == {}
