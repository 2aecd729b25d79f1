"""One candidate whose every word is marked, and another who must not be touched."""

import pytest

from talent.foundation.settings import Settings
from tests.factories.corridor import make_agency, make_published_vacancy, make_release
from tests.factories.marked import Marked


@pytest.fixture
def settings(tmp_path):
    return Settings(_env_file=None, var_dir=tmp_path)


@pytest.fixture
def vacancy(session):
    make_release(session)
    return make_published_vacancy(session, make_agency(session))


@pytest.fixture
def person(session, settings, vacancy):
    return Marked(session, settings, vacancy)


@pytest.fixture
def neighbour(session, settings, vacancy):
    return Marked(session, settings, vacancy)
