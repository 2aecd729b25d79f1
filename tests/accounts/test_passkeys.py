"""Passkeys: made and used at this site alone, by a holder who was asked, for a challenge that was ours."""

import json
import secrets

import pytest

from talent.accounts import passkeys
from talent.accounts.permissions import Role
from talent.accounts.standing import KeptOut
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from tests.factories.corridor import make_account
from tests.factories.passkeys import PRESENT, SoftKey

SITE = passkeys.site_of("http://localhost:8000")


@pytest.fixture
def officer(session):
    return make_account(session, Role.AGENCY_OFFICER)


@pytest.fixture
def key(session, officer):
    made = SoftKey()
    add(session, officer, made)
    return made


def add(session, account, key, *, challenge=None):
    asked = secrets.token_bytes(32)
    return passkeys.add(
        session, SITE, account, challenge=challenge or asked, response=key.makes(asked), name="my phone"
    )


def use(session, key, *, challenge=None, response=None, account_id=None):
    asked = secrets.token_bytes(32)
    answer = response or key.answers(asked)
    return passkeys.accept(session, SITE, challenge=challenge or asked, response=answer, account_id=account_id)


def test_a_passkey_names_its_account(session, officer, key):
    assert use(session, key) is officer
    assert use(session, key, account_id=officer.id) is officer


@pytest.mark.parametrize(
    "bent", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"flags": PRESENT}, {"flags": 0}]
)
def test_a_passkey_of_another_site_or_without_its_holder_is_not_made(session, officer, bent):
    with pytest.raises(Unprocessable, match="could not check"):
        add(session, officer, SoftKey(**bent))
    assert passkeys.passkeys_of(session, officer.id) == []


@pytest.mark.parametrize(
    "bent", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"flags": PRESENT}, {"flags": 0}]
)
def test_an_answer_from_another_site_or_without_its_holder_opens_nothing(session, key, bent):
    for name, value in bent.items():
        setattr(key, name, value)
    with pytest.raises(NotPermitted):
        use(session, key)


def test_an_answer_to_another_challenge_opens_nothing(session, officer, key):
    with pytest.raises(NotPermitted):
        use(session, key, challenge=b"another challenge of the same size")
    with pytest.raises(Unprocessable):
        add(session, officer, SoftKey(), challenge=b"another")


def test_another_persons_passkey_is_no_second_step_of_mine(session, key):
    mine = make_account(session)
    with pytest.raises(NotPermitted):
        use(session, key, account_id=mine.id)


def test_a_copied_key_that_counts_backwards_opens_nothing(session, key):
    use(session, key)
    use(session, key)
    key.count = 0
    with pytest.raises(NotPermitted):
        use(session, key)


def test_somebody_elses_signature_under_a_known_name_opens_nothing(session, key):
    with pytest.raises(NotPermitted):
        use(session, SoftKey(credential_id=key.credential_id, count=9))


@pytest.mark.parametrize("response", ["", "{}", "[]", "null", "7", '{"rawId": 5}', '{"rawId": "x"}', "x" * 5000])
def test_what_is_no_answer_at_all_opens_nothing_and_breaks_nothing(session, officer, key, response):
    with pytest.raises(NotPermitted):
        passkeys.accept(session, SITE, challenge=b"c" * 32, response=response)
    with pytest.raises(Unprocessable):
        passkeys.add(session, SITE, officer, challenge=b"c" * 32, response=response, name="x")


def test_an_answer_with_a_part_missing_opens_nothing(session, key):
    asked = secrets.token_bytes(32)
    whole = json.loads(key.answers(asked))
    for part in whole["response"]:
        less = {**whole, "response": {name: value for name, value in whole["response"].items() if name != part}}
        with pytest.raises(NotPermitted):
            use(session, key, challenge=asked, response=json.dumps(less))


def test_a_suspended_account_is_opened_by_no_passkey(session, officer, key):
    officer.suspended_at = now()
    session.flush()
    with pytest.raises(KeptOut):
        use(session, key)


def test_the_same_passkey_is_kept_once(session, officer, key):
    with pytest.raises(Conflict):
        add(session, officer, key)


def test_somebody_keeps_ten_passkeys(session, officer):
    for _ in range(passkeys.MOST_PASSKEYS):
        add(session, officer, SoftKey())
    with pytest.raises(Conflict, match="ten passkeys"):
        add(session, officer, SoftKey())


def test_one_forgets_ones_own_passkey_alone(session, officer, key):
    (kept,) = passkeys.passkeys_of(session, officer.id)
    with pytest.raises(NotFound):
        passkeys.remove(session, make_account(session), kept.id)
    passkeys.remove(session, officer, kept.id)
    with pytest.raises(NotPermitted):
        use(session, key)


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("https://talent.example", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),
        ("https://203.0.113.7", False),
        ("https://[2001:db8::1]", False),
        ("http://talent.example", False),
    ],
)
def test_passkeys_are_offered_where_browsers_use_them(address, works):
    assert passkeys.site_of(address).works is works


def test_the_browser_is_told_to_ask_for_finger_face_or_pin(session, officer, key):
    kept = passkeys.passkeys_of(session, officer.id)
    making = json.loads(passkeys.making_options(SITE, officer, kept, b"c" * 32))
    asking = json.loads(passkeys.asking_options(SITE, b"c" * 32, kept))
    assert making["authenticatorSelection"]["userVerification"] == asking["userVerification"] == "required"
    assert making["attestation"] == "none"
    assert len(making["excludeCredentials"]) == len(asking["allowCredentials"]) == 1
    assert (
        "allowCredentials" not in json.loads(passkeys.asking_options(SITE, b"c" * 32))
        or not json.loads(passkeys.asking_options(SITE, b"c" * 32))["allowCredentials"]
    )
