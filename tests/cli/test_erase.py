"""``talent erase``: after a restored backup nobody comes back, and the bytes are wiped."""

from talent.erasure import ledger_path
from talent.foundation.settings import load_settings
from tests.factories.corridor import make_account


def test_replaying_erases_who_came_back_and_scrubbing_needs_the_owner(talent, rows):
    account = make_account(rows)
    rows.commit()
    path = ledger_path(load_settings())
    path.parent.mkdir(parents=True)
    path.write_text(f"2026-11-22T10:00:00+00:00 {account.id}\n")
    assert "Erased again: 1." in talent("erase", "replay").output
    assert "Erased again: 0." in talent("erase", "replay").output
    done = talent("erase", "scrub")
    assert done.exit_code == 0, done.output
    assert "are gone" in done.output
