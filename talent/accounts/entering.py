"""What a proof leads to: a session of the right stage, and once somebody is in, a known device and fresh counters."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from talent.accounts import devices, sessions
from talent.accounts.models import Account, SignInStage
from talent.accounts.second_steps import code_keys, stage_after_password
from talent.accounts.signin import password_keys
from talent.accounts.throttle import Visit, begin_anew
from talent.foundation.audit import Deed, write


@dataclass(frozen=True)
class Entered:
    """The token for the cookie, how far its holder has come, and whether the browser is new to the account."""

    token: str
    stage: SignInStage
    is_new_device: bool = False


def after_password(session: Session, account: Account, visit: Visit, *, then: str = "") -> Entered:
    """What the right password opens: everything, the second step, or setting one up."""
    stage = stage_after_password(session, account)
    return enter(session, account, visit, stage=stage, then=then)


def enter(
    session: Session, account: Account, visit: Visit, *, stage: SignInStage = SignInStage.FULL, then: str = ""
) -> Entered:
    """A new session; a complete one makes the browser known and forgets the failures before it."""
    token = sessions.open_session_for(
        session, account, device=devices.in_words(visit.browser), stage=stage, network=visit.prefix, then=then
    )
    if stage is not SignInStage.FULL:
        return Entered(token, stage)
    write(session, [Deed("sign_in.complete", "account", str(account.id), account.id)])
    begin_anew(session, password_keys(session, account.login, visit) | code_keys(session, account, visit))
    return Entered(token, stage, devices.remember(session, account, visit))
