"""The scene is set once for all access tests; each request is undone after it."""

import pytest

from tests.access.stage import asked_of, scene_on, standing_still, unguarded


@pytest.fixture(scope="package")
def world(engine, web_settings):
    with standing_still(), scene_on(engine, web_settings) as made:
        yield made


@pytest.fixture(scope="package")
def asking(world, whole_app):
    with asked_of(whole_app, world) as asked:
        yield asked


@pytest.fixture
def forgetful(asking):
    """Nothing that was answered outside this test counts inside it, nor the other way round."""
    kept, asking.answered = asking.answered, {}
    yield
    asking.answered = kept


@pytest.fixture
def without_row_security(asking):
    """The application's filters alone."""
    with unguarded(asking):
        yield
