"""What a page needs so that a browser asks for a passkey: the options as JSON, and the challenge within them."""

from collections.abc import Sequence
from dataclasses import dataclass

from talent.accounts import passkeys
from talent.accounts.factor_models import Passkey
from talent.accounts.models import Account
from web.challenges import as_text
from web.pages import Page


@dataclass(frozen=True)
class PasskeyView:
    """What the script hands to the browser; ``challenge`` comes back with the answer."""

    options: str
    challenge: str


def asked(page: Page, kept: Sequence[Passkey] = ()) -> PasskeyView | None:
    """What a passkey is asked on this page; None where browsers use none, so that nothing is offered."""
    if not page.shell.site.works:
        return None
    challenge = page.shell.challenges.make(page.binding())
    return PasskeyView(passkeys.asking_options(page.shell.site, challenge, kept), as_text(challenge))


def made(page: Page, account: Account, kept: Sequence[Passkey]) -> PasskeyView | None:
    """What the browser needs to make a passkey for this account; None where browsers make none."""
    if not page.shell.site.works:
        return None
    challenge = page.shell.challenges.make(page.binding())
    return PasskeyView(passkeys.making_options(page.shell.site, account, kept, challenge), as_text(challenge))
