"""A picture of every page, for every reader, at both sizes and in both languages.

``python -m tests.browser.pictures OUT`` saves all; further words narrow them: ``… OUT /matches /judging``.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from talent.foundation.embedded import start_embedded
from talent.matching.encoder import load_encoder
from tests.browser.chromium import CHROMIUM, LAUNCH
from tests.browser.mistakes import MISTAKES, Mistake
from tests.browser.pages import REFUSED, VISITS, Visit
from tests.browser.people import SIZES, Person, context_of
from tests.browser.running import ROOT, running
from tests.browser.world import World, stock
from web.i18n import LANGUAGES

SCALES = {"phone": 2, "desktop": 1}


def file_name(shot: Visit | Mistake) -> str:
    """A name that says who reads what: candidate-matches-match."""
    kind = "mistake-" if isinstance(shot, Mistake) else ""
    return f"{kind}{shot.reader}-{re.sub(r'[^a-z0-9_]+', '-', shot.address.lower()).strip('-') or 'start'}"


def take(
    world: World, browser: Browser, out: Path, shots: Sequence[Visit | Mistake], *, language: str, size: str
) -> None:
    """Save these pages at one size in one language."""
    for reader in dict.fromkeys(shot.reader for shot in shots):
        context = context_of(browser, language=language, size=size, scale=SCALES[size])
        somebody = Person(world.service, context, LANGUAGES[language])
        if reader in world.logins:
            somebody.signs_in_as(world.logins[reader])
        for shot in (one for one in shots if one.reader == reader):
            somebody.page.goto(world.service.url + world.address(shot.address))
            if isinstance(shot, Mistake):
                send_empty(somebody.page, world.address(shot.action))
            somebody.page.screenshot(path=out / f"{file_name(shot)}-{language}-{size}.png", full_page=True)
        context.close()


def send_empty(page: Page, action: str) -> None:
    """Send a form as it stands."""
    with page.expect_navigation():
        page.locator(f"form[method=post][action='{action}'] button").first.click()


@contextmanager
def one_ring_for_both_processes(folder: Path) -> Iterator[None]:
    """What this process seals, the service opens."""
    os.environ["TALENT_KEYS_FILE"] = str(folder / "keys.txt")
    yield


def main(out: Path, *narrow: str) -> None:
    """Start a service with the demonstration and the real encoder, and save every page of it."""
    if CHROMIUM is None:
        raise SystemExit("There is no Chromium: apt-get install chromium")
    out.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in (*VISITS, *REFUSED, *MISTAKES) if not narrow or any(word in str(shot) for word in narrow)]
    server = start_embedded(ROOT / "var" / "test" / "postgresql")
    world, encoder = World(), load_encoder(None)
    with (
        tempfile.TemporaryDirectory() as folder,
        one_ring_for_both_processes(Path(folder)),
        running(server, "pictures", Path(folder), encoder, stock=partial(stock, world), demo=True) as service,
        sync_playwright() as playwright,
    ):
        world.service = service
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(LAUNCH))
        for language, size in product(LANGUAGES, SIZES):
            take(world, browser, out, shots, language=language, size=size)
            print(f"{len(shots)} pages in {language} on a {size}")  # noqa: T201 - a script tells how far it is
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
