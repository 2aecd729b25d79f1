"""References that are read out over a telephone."""

import pytest

from talent.foundation.references import READABLE, new_reference


@pytest.mark.parametrize("kind", ["TP", "V", "PL", "CC", "CT", "DL", "RC"])
def test_a_reference_holds_no_letter_that_looks_like_another(kind):
    reference = new_reference(kind)
    assert reference.startswith(f"{kind}-")
    assert len(reference) == len(f"{kind}-7K3QM2")
    assert set(reference.removeprefix(f"{kind}-")) <= set(READABLE)
    assert not set("0O1ILBSUZ") & set(READABLE)


def test_references_differ():
    assert len({new_reference("TP") for _ in range(500)}) == 500
