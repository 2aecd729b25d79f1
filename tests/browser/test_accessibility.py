"""Every page, for every reader, on a phone and on a desk, in both directions: nothing stands in the way."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.mistakes import MISTAKES, Mistake
from tests.browser.pages import PAGES, REFUSED, VISITS, Visit, page_routes
from tests.browser.people import SIZES, Person, context_of
from tests.browser.reading import AXE, Reader
from web.i18n import LANGUAGES

needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm ci")
both_languages = pytest.mark.parametrize("language", ["en", "ur"])
Entering = Callable[[str, str], Person]


@pytest.fixture(scope="package")
def readers(chromium) -> Iterator[dict[tuple[str, str], Person]]:
    """One browser with one page for each reader and language: a new tab costs more than reading a page in it."""
    made: dict[tuple[str, str], Person] = {}
    yield made
    for somebody in made.values():
        somebody.context.close()


@pytest.fixture
def enter(world, chromium, readers) -> Entering:
    """The page of this reader: ``enter("candidate", "ur")``. Only here may scripts run, and only the checker's."""

    def come(reader: str, language: str) -> Person:
        key = (reader, language)
        if key not in readers:
            context = context_of(chromium, language=language, size="phone", javascript=True)
            readers[key] = Person(world.service, context, LANGUAGES[language])
            if reader in world.logins:
                readers[key].signs_in_as(world.logins[reader])
        elif world.logins.get(reader) in world.service.stages:  # to be half signed in lasts for minutes only
            readers[key].signs_in_as(world.logins[reader])
        readers[key].page.set_viewport_size(SIZES["phone"])
        return readers[key]

    return come


def test_every_page_of_the_service_is_read_here():
    assert page_routes() == set(PAGES)


@needs_axe
@both_languages
@pytest.mark.parametrize("visit", [*VISITS, *REFUSED], ids=str)
def test_a_page_is_light_fits_the_screen_and_has_no_barrier(world, enter, visit: Visit, language):
    reader = Reader(enter(visit.reader, language).page)
    response = reader.page.goto(world.service.url + world.address(visit.address))
    assert response.status == visit.status
    assert reader.page.url == world.service.url + world.address(visit.address), "the page leads somewhere else"
    assert reader.problems(response, language) == []


@needs_axe
@both_languages
@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_form_that_comes_back_says_what_to_mend_and_has_no_barrier(world, enter, mistake: Mistake, language):
    somebody = enter(mistake.reader, language)
    reader = Reader(somebody.page)
    somebody.go(world.address(mistake.address))
    form = somebody.page.locator(f"form[method=post][action='{world.address(mistake.action)}']")
    for box in form.locator("input:is([type=text], [type=email], [type=tel])").all():
        box.fill("")
    ticked = form.locator("input[type=checkbox]:checked")
    for _ in range(ticked.count()):
        ticked.first.uncheck()
    with somebody.page.expect_navigation() as sent:
        (somebody.button(mistake.press) if mistake.press else form.locator("button").first).click()
    assert sent.value.status in (422, 403)
    assert somebody.page.title().startswith(somebody.say("Error:"))
    assert somebody.page.locator(".govuk-error-summary a").count() > 0
    assert reader.problems(sent.value, language) == []
