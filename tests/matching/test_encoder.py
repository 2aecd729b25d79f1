"""The encoder: only checked weights are loaded, the adaptation belongs to them, the same text gives the same row."""

import json

import numpy as np
import pytest

from talent.matching.encoder import (
    BUNDLED_SHA256,
    DELTA_FILE,
    EncoderUnusable,
    bundled_folder,
    file_sha256,
    load_encoder,
    verify_bundled,
    verify_delta,
)

MOST_DELTA_BYTES = 8_000_000


def test_a_folder_without_the_model_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(EncoderUnusable, match="has no file"):
        verify_bundled(tmp_path)


def test_a_model_file_that_was_not_checked_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(EncoderUnusable, match="not the one that was checked"):
        verify_bundled(tmp_path)


def test_an_adaptation_that_differs_from_its_card_is_refused(tmp_path):
    delta, card = tmp_path / "delta.safetensors", tmp_path / "delta.json"
    delta.write_bytes(b"changed")
    card.write_text(json.dumps({"sha256": "0" * 64, "base_sha256": BUNDLED_SHA256}))
    with pytest.raises(EncoderUnusable, match="damaged or belongs to another model"):
        verify_delta(delta, card)


def test_an_adaptation_of_another_model_is_refused(tmp_path):
    delta, card = tmp_path / "delta.safetensors", tmp_path / "delta.json"
    delta.write_bytes(b"right bytes")
    card.write_text(json.dumps({"sha256": file_sha256(delta), "base_sha256": "0" * 64}))
    with pytest.raises(EncoderUnusable):
        verify_delta(delta, card)


def test_the_shipped_adaptation_is_whole_and_small_enough():
    assert verify_delta() == file_sha256(DELTA_FILE)
    assert DELTA_FILE.stat().st_size <= MOST_DELTA_BYTES


def test_the_model_hash_names_base_and_adaptation_without_loading_the_model():
    assert len(load_encoder().model_hash) == 64
    assert load_encoder().model_hash == load_encoder(None).model_hash


@pytest.mark.model
def test_rows_are_unit_vectors_in_the_order_of_the_texts():
    found = load_encoder().encode(["bricklayer", "", "heavy truck driver", "bricklayer"])
    assert found.shape == (4, 384)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(found[0], found[3])


@pytest.mark.model
def test_the_same_call_gives_the_same_bytes():
    texts = ["welder", "installing solar panels on roofs", "care of elderly people at night"]
    assert load_encoder().encode(texts).tobytes() == load_encoder().encode(texts).tobytes()


@pytest.mark.model
def test_no_text_gives_no_rows():
    assert load_encoder().encode([]).shape == (0, 384)


@pytest.mark.model
def test_the_adaptation_brings_a_title_nearer_to_its_own_work_than_the_plain_model_does():
    plain = load_encoder(str(bundled_folder()))
    titles, work = ["mason", "nurse", "welder"], ["lay bricks", "administer medication", "operate welding equipment"]
    adapted_scores, plain_scores = (
        encoder.encode(titles) @ encoder.encode(work).T for encoder in (load_encoder(), plain)
    )
    assert np.array_equal(adapted_scores.argmax(axis=1), [0, 1, 2])
    assert adapted_scores.trace() > plain_scores.trace()


@pytest.mark.model
def test_half_a_surrogate_pair_is_no_reason_to_refuse_a_text():
    assert load_encoder().encode(["welder \ud800 cook"]).shape == (1, 384)
