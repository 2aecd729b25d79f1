"""What the worker does every night: close what has expired, sweep away what nobody needs any more."""

import logging
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from talent.accounts.factor_models import FailureStreak, KnownDevice, PasswordCode, ProviderErrand
from talent.accounts.models import SignInFailure, SignInSession, UsedFormKey
from talent.accounts.throttle import STREAKS_KEPT
from talent.erasure import wipe_if_needed
from talent.foundation.clock import now
from talent.foundation.database import sessions_on
from talent.foundation.documents import sweep
from talent.foundation.embedded import database_url
from talent.foundation.jobs import task
from talent.foundation.mail import forget_unsent
from talent.foundation.row_context import SystemContext, within
from talent.foundation.settings import Settings, load_settings
from talent.organisations import evidence
from talent.placements import asking
from talent.placements.ledger import free_what_nobody_holds
from talent.placements.rule_changes import follow_rules
from talent.recognition.history import rebuild
from talent.recognition.inbox import pass_by_what_is_gone, recompute
from talent.recognition.reminders import remind
from talent.retention import SIGN_IN_TRACES, keep_the_rules
from talent.training import report_letters
from talent.vacancies.freezing import suspend_lapsed
from talent.vacancies.service import close_expired

logger = logging.getLogger(__name__)

NIGHTLY = "nightly"
AT_NIGHT = "17 21 * * *"
"""Every day at 21:17 UTC, after two in the morning in Pakistan."""
DEVICES_KEPT = timedelta(days=180)
"""How long a browser that is not used stays known: as long as its cookie lasts."""


@task(NIGHTLY, cron=AT_NIGHT)
def nightly(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """The night's work, in one transaction; bytes of people erased since the last night are wiped after it."""
    settings = load_settings()
    with sessions_on(database_url(settings), SystemContext.NIGHTLY) as sessions:
        with sessions.begin() as session:
            tidy(session, settings)
        with sessions.begin() as session:
            pass_by_what_is_gone(session)
    for statement in wipe_if_needed(settings):
        logger.warning("not permitted to this database user; let its administrator run: %s", statement)


def tidy(session: Session, settings: Settings) -> dict[str, int]:
    """What was closed, swept, forgotten, kept by the rules of retention, reckoned anew, and whom it reminded."""
    yesterday = now() - SIGN_IN_TRACES.kept
    forgotten = 0
    for old in (
        delete(SignInFailure).where(SignInFailure.at < yesterday),
        delete(UsedFormKey).where(UsedFormKey.at < yesterday),
        delete(SignInSession).where(SignInSession.expires_at < now()),
        delete(FailureStreak).where(FailureStreak.last_at < now() - STREAKS_KEPT),
        delete(PasswordCode).where(PasswordCode.expires_at < yesterday),
        delete(ProviderErrand).where(ProviderErrand.expires_at < now()),
        delete(KnownDevice).where(KnownDevice.last_seen_at < now() - DEVICES_KEPT),
    ):
        forgotten += len(session.execute(old.returning(*old.table.primary_key)).all())
    with within(session, SystemContext.OPERATOR):
        kept = keep_the_rules(session, settings)
        emptied = forget_unsent(session)
    return {
        "closed": close_expired(session),
        "suspended": suspend_lapsed(session),
        "swept": sweep(session, settings.var_dir),
        "forgotten": forgotten,
        "emptied": emptied,
        **kept,
        "reckoned": recompute(session),
        "reminded": remind(session),
        "reminded_of_reports": report_letters.remind(session),
        "evidence": evidence.remind(session),
        "published": rebuild(session),
        "rules_changed": follow_rules(session),
        "asked_how_work_is": asking.ask(session),
        "asked_once_more": asking.remind(session),
        "freed": free_what_nobody_holds(session),
    }
