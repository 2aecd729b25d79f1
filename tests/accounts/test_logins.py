"""What people sign in with, folded to one spelling."""

import pytest

from talent.accounts.logins import folded_login
from talent.foundation.errors import Unprocessable


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Ayesha@Example.COM", "ayesha@example.com"),
        ("  ali@example.pk ", "ali@example.pk"),
        ("0301 2345678", "+923012345678"),
        ("+92 301 2345678", "+923012345678"),
        ("۰۳۰۱۲۳۴۵۶۷۸", "+923012345678"),
        ("+49 30 123456", "+4930123456"),
    ],
)
def test_one_person_has_one_spelling(typed, folded):
    assert folded_login(typed) == folded


@pytest.mark.parametrize(
    "typed", ["", "ali", "ali@", "@example.com", "a b@example.com", "12345", "0301 23", f"{'a' * 250}@x.pk"]
)
def test_anything_else_is_refused_with_a_sentence_that_helps(typed):
    with pytest.raises(Unprocessable, match=r"like name@example\.com or a mobile number like 0301 2345678"):
        folded_login(typed)
