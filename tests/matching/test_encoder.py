"""The encoder: only checked weights are loaded, the adaptation belongs to them, the same text gives the same row."""

import json

import numpy as np
import pytest

from talent.matching import word_pieces
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
from talent.matching.fixed_point import whole_steps
from talent.matching.word_pieces import CHECKED, LEAST_COSINE, encode_by_length, half_is_enough

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
def test_a_text_has_the_same_vector_in_any_company():
    """Sums of float32 products may differ by a step of fixed point in a few texts of a hundred (decision 0013)."""
    texts = [*CHECKED[:5], "cook", "care", "welds steel pipes", "mends roofs of houses"]
    encoder = load_encoder()
    together = whole_steps(encoder.encode(texts)).astype(int)
    alone = np.concatenate([whole_steps(encoder.encode([text])) for text in texts]).astype(int)
    assert np.abs(together - alone).max() <= (0 if half_is_enough(encoder.model) else 1)


@pytest.mark.model
def test_texts_by_length_have_the_vectors_of_the_models_own_way():
    model = load_encoder().model
    usual = model.encode(list(CHECKED), normalize_embeddings=True, show_progress_bar=False)
    for half in (False, True):
        assert (encode_by_length(model, CHECKED, half=half) * usual).sum(axis=1).min() >= LEAST_COSINE


@pytest.mark.model
def test_a_model_whose_vectors_would_differ_too_much_stays_in_float32(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: True)
    assert half_is_enough(load_encoder().model)
    monkeypatch.setattr(word_pieces, "LEAST_COSINE", 1.01)
    assert not half_is_enough(load_encoder().model)


@pytest.mark.model
def test_a_processor_without_tiles_stays_in_float32(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    assert not half_is_enough(load_encoder().model)


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
