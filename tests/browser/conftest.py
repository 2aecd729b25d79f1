"""The system's Chromium, one real service without people and one with the demonstration in it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import CHROMIUM, LAUNCH
from tests.browser.encoder import WordEncoder
from tests.browser.people import Person, person
from tests.browser.running import RunningService, running
from tests.browser.sharing import copy_of_the_world
from tests.browser.world import World


def pytest_collection_modifyitems(items):
    here = __file__.removesuffix("conftest.py")
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; it ends with this package, because its event loop would stand in the way of other tests."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(LAUNCH))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def service(server, migrated, worker_id, testrun_uid, tmp_path_factory) -> Iterator[RunningService]:
    """A service with occupations and skills and without people."""
    name = f"browser_{testrun_uid[:16]}_{worker_id}"
    with running(server, name, tmp_path_factory.mktemp("browser"), WordEncoder(), template=migrated) as made:
        yield made


@pytest.fixture(scope="session")
def world(server, demonstration, worker_id, tmp_path_factory, run_folder) -> Iterator[World]:
    """A service with the demonstration, and somebody in every state that a page can show; stocked once for a run."""
    with copy_of_the_world(server, demonstration, worker_id, run_folder, tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.fixture
def someone(service, chromium) -> Iterator[Callable[..., Person]]:
    """Makes a person with a fresh browser: ``someone("ur", "phone")``."""
    made: list[Person] = []

    def make(language: str, size: str) -> Person:
        made.append(person(service, chromium, language=language, size=size))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
