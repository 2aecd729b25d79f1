"""What is sealed opens with its own key at its own place, and nowhere else."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import assume, given
from hypothesis import strategies as st

from talent.foundation.crypto import (
    DoesNotOpen,
    Key,
    Place,
    as_text,
    blind_index,
    derive,
    from_text,
    key_id_of,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)

KEY = Key("k1", bytes(range(32)))
OTHER_SECRET = Key("k1", bytes(range(1, 33)))
ROW = UUID("00000000-0000-4000-8000-000000000001")
PLACE = Place("identity", "full_name", ROW)
NAMES = ("Ayesha Bibi Khan", "عائشہ بی بی خان", "", "ک" * 200)


def test_aes_256_gcm_gives_the_published_vector():
    # McGrew and Viega, The Galois/Counter Mode of Operation, test case 16: 256-bit key, with associated data.
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    extra = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = AESGCM(key).encrypt(bytes.fromhex("cafebabefacedbaddecaf888"), plain, extra)
    assert sealed[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"


def test_the_stored_form_never_changes():
    sealed = seal_bytes(KEY, b"Ayesha", PLACE, nonce=bytes(12))
    assert sealed == "v1.k1.AAAAAAAAAAAAAAAA.{}".format(
        as_text(AESGCM(KEY.secret).encrypt(bytes(12), b"Ayesha", f"v1|identity|full_name|{ROW}|k1".encode()))
    )
    assert unseal_bytes(KEY, sealed, PLACE) == b"Ayesha"


@pytest.mark.parametrize("name", NAMES)
def test_a_sealed_text_opens_again(name):
    assert unseal(KEY, seal(KEY, name, PLACE), PLACE) == name


@given(st.text())
def test_every_text_opens_again_and_cannot_be_read_in_between(text):
    sealed = seal(KEY, text, PLACE)
    assert unseal(KEY, sealed, PLACE) == text
    assert len(text) < 4 or text not in sealed


def test_the_same_text_is_never_sealed_alike_twice():
    assert len({seal(KEY, "Ayesha", PLACE) for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    "elsewhere",
    [Place("account", "full_name", ROW), Place("identity", "phone", ROW), Place("identity", "full_name", UUID(int=2))],
    ids=["another table", "another column", "another row"],
)
def test_a_value_that_is_moved_does_not_open(elsewhere):
    with pytest.raises(DoesNotOpen):
        unseal(KEY, seal(KEY, "Ayesha", PLACE), elsewhere)


def test_another_key_does_not_open_it():
    with pytest.raises(DoesNotOpen):
        unseal(OTHER_SECRET, seal(KEY, "Ayesha", PLACE), PLACE)


def test_a_value_that_claims_another_key_does_not_open():
    sealed = seal(KEY, "Ayesha", PLACE)
    renamed = Key("k2", KEY.secret)
    with pytest.raises(DoesNotOpen):
        unseal(renamed, sealed.replace("v1.k1.", "v1.k2."), PLACE)


# Sealed with a nonce that stays: what a property draws may not depend on chance of its own.
SEALED = seal_bytes(KEY, b"Ayesha Bibi Khan", PLACE, nonce=bytes(12))


@given(st.integers(0, len(SEALED) - 1), st.sampled_from("ABCxyz019-_.=+ "))
def test_a_change_of_any_character_does_not_open(at, letter):
    assume(letter != SEALED[at])
    with pytest.raises(DoesNotOpen):
        unseal_bytes(KEY, SEALED[:at] + letter + SEALED[at + 1 :], PLACE)


@pytest.mark.parametrize("rubbish", ["", "v1", "v1.k1", "Ayesha", "v1.k1..", "v2.k1.AAAA.AAAA", "v1.k1.AAAA.AAAA.AAAA"])
def test_what_was_never_sealed_does_not_open(rubbish):
    with pytest.raises(DoesNotOpen):
        unseal(KEY, rubbish, PLACE)


def test_a_sealed_value_names_its_key():
    assert key_id_of(seal(KEY, "x", PLACE)) == "k1"
    with pytest.raises(DoesNotOpen):
        key_id_of("Ayesha")


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_has_32_bytes(length):
    with pytest.raises(ValueError, match="bytes"):
        Key("k1", bytes(length))


def test_a_key_is_not_printed():
    assert "x" not in repr(Key("k1", b"x" * 32)).removeprefix("Key(id='k1'").rstrip(")")


def test_a_blind_index_finds_equals_and_keeps_purposes_and_installations_apart():
    made = blind_index(KEY.secret, "cnic", "4210112345671")
    assert made == blind_index(KEY.secret, "cnic", "4210112345671")
    assert made != blind_index(KEY.secret, "passport", "4210112345671")
    assert made != blind_index(OTHER_SECRET.secret, "cnic", "4210112345671")
    assert "4210112345671" not in made


def test_derived_keys_differ_by_purpose():
    assert derive(KEY.secret, "one") != derive(KEY.secret, "two")


@given(st.binary(max_size=80))
def test_bytes_and_their_text_are_one_to_one(content):
    assert from_text(as_text(content)) == content
