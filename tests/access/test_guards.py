"""The services refuse by themselves, whoever calls them: page, command or job."""

from tests.access.guards import not_refused, present, read_guards


def test_the_reviewed_table_lists_every_function_that_asks_for_a_permission():
    assert sorted(read_guards()) == sorted(present()), "see tests/access/guards.py"


def test_every_function_refuses_whoever_does_not_hold_its_permission():
    wrong = {line: roles for line in read_guards() if (roles := not_refused(*line))}
    assert wrong == {}
