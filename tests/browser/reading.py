"""What a browser finds on a page: too much weight, a line that runs out of the screen, a barrier for somebody."""

import gzip
from collections.abc import Mapping
from functools import cache
from typing import Any

from playwright.sync_api import CDPSession, ConsoleMessage, Page, Response

from tests.browser.people import SIZES
from tests.browser.running import ROOT
from tests.proving import WHOLE

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SEARCHED: Mapping[str, tuple[str, ...]] = {
    "en": tuple(SIZES) if WHOLE else ("desktop",),
    "ur": tuple(SIZES) if WHOLE else ("phone",),
}
"""The sizes at which a page of each language is searched for barriers; `make prove` searches both in both."""
HEAVIEST_BYTES = 60 * 1024
"""HTML and style sheet of one page, compressed: seconds on the slow end of a phone network."""

OPEN_EVERYTHING = "for (const one of document.querySelectorAll('details')) one.open = true"
LOOK = f"""
axe.run(document, {{runOnly: {{type: 'tag', values: {list(TAGS)}}}, resultTypes: ['violations'], preload: false}})
  .then(found => found.violations.flatMap(one => one.nodes.map(node => one.id + ' at ' + node.target.join(' ') + ': ' +
    [...node.any, ...node.all, ...node.none].map(why => why.message).join('; '))))
"""
"""Axe's own verdict: each rule that is broken, where, and why."""

TOO_WIDE = """
(() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const out = [...document.body.querySelectorAll('*')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > most + 1 || box.left < -1);
  });
  return out.map(one => one.tagName + '.' + one.className).slice(0, 5);
})()
"""


class Reader:
    """One page of one browser, with everything that the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.wire: CDPSession = page.context.new_cdp_session(page)
        page.on("console", self.heard)
        page.on("pageerror", self.failed)

    def leaves(self) -> list[str]:
        """Listen no longer, so that the page can be read by the next test; what the browser complained about."""
        self.wire.detach()
        self.page.remove_listener("console", self.heard)
        self.page.remove_listener("pageerror", self.failed)
        return self.complaints

    def failed(self, error: Exception) -> None:
        """Keep an error of a script."""
        self.complaints.append(str(error))

    def heard(self, message: ConsoleMessage) -> None:
        """Keep an error; the browser also reports refused styles, scripts and pictures as errors."""
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def ask(self, expression: str) -> Any:
        """The value of an expression; the page's own policy, which forbids every script, does not stop this."""
        answer = self.wire.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def barriers(self) -> list[str]:
        """Each violation that axe finds, with where and why."""
        found: list[str] = self.ask(LOOK)
        return found

    def problems(self, response: Response, language: str) -> list[str]:
        """Everything that is wrong with the page just loaded, at both sizes; leaves it at the size of a desktop."""
        html = self.page.locator("html")
        found: list[str] = []
        if (html.get_attribute("lang"), html.get_attribute("dir")) != (language, DIRECTIONS[language]):
            found.append("the page is in another language or direction")
        if (headings := self.page.locator("h1").count()) != 1:
            found.append(f"{headings} headings of the first level")
        if (weight := weight_of(response.body(), language)) > HEAVIEST_BYTES:
            found.append(f"{weight} bytes")
        self.ask(OPEN_EVERYTHING)
        self.ask(axe_source())
        for size in SIZES:
            self.page.set_viewport_size(SIZES[size])
            found += [f"{size}: {name} runs out of the screen" for name in self.ask(TOO_WIDE)]
            if size in SEARCHED[language]:
                found += [f"{size}: {barrier}" for barrier in self.barriers()]
        return found + [f"the browser says: {complaint}" for complaint in self.leaves()]


DIRECTIONS: Mapping[str, str] = {"en": "ltr", "ur": "rtl"}


@cache
def axe_source() -> str:
    """The checker itself; its value is not wanted."""
    return AXE.read_text(encoding="utf-8") + "\n;0"


@cache
def style_bytes(language: str) -> int:
    """The compressed style sheet of a language."""
    return len(gzip.compress((ROOT / "web" / "static" / f"{DIRECTIONS[language]}.css").read_bytes(), 5))


def weight_of(body: bytes, language: str) -> int:
    """Compressed bytes of a page and its style sheet."""
    return len(gzip.compress(body, 5)) + style_bytes(language)
