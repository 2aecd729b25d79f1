"""Letting somebody in: the cookie, the way on, and a letter when the browser is a new one."""

from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import entering, sessions
from talent.accounts.devices import in_words
from talent.accounts.entering import Entered
from talent.accounts.models import Account
from web.dependencies import WAYS_ON, see
from web.letters import Letter, write
from web.pages import Page


def let_in(session: Session, page: Page, account: Account, entered: Entered, then: str) -> Response:
    """The way on with a new session; an older one of this browser ends."""
    noted(session, page, account, entered)
    response = see(WAYS_ON.get(entered.stage, then))
    keep(page, response, entered.token)
    return response


def noted(session: Session, page: Page, account: Account, entered: Entered) -> None:
    """End the older session of this browser, and write to the account when the browser is new to it."""
    old = page.shell.cookies.session(page.request)
    if old:
        sessions.close_session(session, old)
    if entered.is_new_device:
        write(session, account, Letter.NEW_DEVICE, device=in_words(page.visit.browser))


def keep(page: Page, response: Response, token: str) -> None:
    """Give the browser its new session."""
    page.shell.cookies.keep_session(response, token)


def after_password(session: Session, page: Page, account: Account, then: str) -> Response:
    """What follows the right password, or a new account: the second step, setting one up, or the way on."""
    return let_in(session, page, account, entering.after_password(session, account, page.visit, then=then), then)


def complete(session: Session, page: Page, account: Account, then: str) -> Response:
    """The way on for somebody who has proved everything."""
    return let_in(session, page, account, entering.enter(session, account, page.visit), then)
