"""Somebody in front of a browser: reads pages, fills in forms by their field names, presses what has a name."""

from dataclasses import dataclass, field
from functools import cached_property

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.running import RunningService
from web.i18n import LANGUAGES, Language, Words

LOCALES = {"en": "en-GB", "ur": "ur-PK"}
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
PATIENCE_MS = 30_000


def context_of(
    browser: Browser, *, language: str, size: str, javascript: bool = False, scale: float = 1
) -> BrowserContext:
    """A browser of this size that asks for pages in this language."""
    context = browser.new_context(
        locale=LOCALES[language],
        viewport=SIZES[size],
        is_mobile=size == "phone",
        has_touch=size == "phone",
        device_scale_factor=scale,
        java_script_enabled=javascript,
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


@dataclass
class Person:
    """One person with one browser and one language."""

    service: RunningService
    context: BrowserContext
    language: Language
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()

    @cached_property
    def words(self) -> Words:
        """The catalogue of this person's language."""
        return Words(self.language)

    def say(self, msgid: str) -> str:
        """The English words as this person reads them."""
        return str(self.words.say(msgid).unescape())

    def go(self, address: str, *, expect_status: int = 200) -> None:
        """Open an address of the service, or a whole one."""
        response = self.page.goto(address if "://" in address else f"{self.service.url}{address}")
        assert response is not None
        assert response.status == expect_status, f"{address} answered {response.status}"
        self.arrived()

    def arrived(self) -> None:
        """Every page is in the person's own language and direction, and has one heading."""
        html = self.page.locator("html")
        assert html.get_attribute("lang") == self.language.code
        assert html.get_attribute("dir") == self.language.direction
        expect(self.page.locator("h1")).to_have_count(1)

    def button(self, msgid: str) -> Locator:
        """The button with this name."""
        return self.page.get_by_role("button", name=self.say(msgid), exact=True)

    def press(self, msgid: str) -> None:
        """Press a button and read the page that comes."""
        with self.page.expect_navigation():
            self.button(msgid).click()
        self.arrived()

    def press_twice(self, msgid: str, *, until: str) -> None:
        """Press a button twice, as impatient people do, and wait until the page says these words."""
        self.button(msgid).dblclick()
        self.sees(until)
        self.arrived()

    def follow(self, msgid: str) -> None:
        """Follow the first link of this name in the page's main part."""
        self.follow_words(self.say(msgid))

    def follow_words(self, words: str) -> None:
        """Follow the first link with exactly these words."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()
        self.arrived()

    def box(self, name: str) -> Locator:
        """The field of this name."""
        return self.page.locator(f"[name='{name}']:not([type=hidden])")

    def fill(self, **values: str) -> None:
        """Write into the fields of these names; two underlines stand for a hyphen."""
        for name, value in values.items():
            self.box(name.replace("__", "-")).fill(value)

    def choose(self, **values: str) -> None:
        """Choose from the lists of these names; two underlines stand for a hyphen."""
        for name, value in values.items():
            self.box(name.replace("__", "-")).select_option(value)

    def tick(self, name: str, *values: object) -> None:
        """Tick the box of this name, or those with these values."""
        for value in values or ("true",):
            self.page.locator(f"[name='{name}'][value='{value}']").check()

    def sees(self, msgid: str) -> None:
        """The page shows these words."""
        expect(self.page.locator("main")).to_contain_text(self.say(msgid))

    @property
    def heading(self) -> str:
        """The words of the page's heading."""
        return self.page.locator("h1").inner_text()

    @property
    def html(self) -> str:
        """Everything that the page holds, shown or not."""
        return self.page.content()

    @property
    def text(self) -> str:
        """The words of the page's main part."""
        return " ".join((self.page.locator("main").text_content() or "").split())

    def signs_in_as(self, login: str) -> None:
        """Sign in without the form."""
        self.context.add_cookies(
            [
                {"name": "session", "value": self.service.token(login), "url": self.service.url},
                {"name": "language", "value": self.language.code, "url": self.service.url},
            ]
        )


def person(service: RunningService, browser: Browser, *, language: str, size: str) -> Person:
    """Somebody with a fresh browser without JavaScript."""
    return Person(service, context_of(browser, language=language, size=size), LANGUAGES[language])
