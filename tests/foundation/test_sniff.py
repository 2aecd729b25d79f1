"""A file is what its content says, whatever it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.foundation.decoding import decode, encoding_of
from talent.foundation.sniff import KIND_WORDS, Kind, kind_of
from tests.factories import files

KINDS = [
    (files.pdf(), Kind.PDF),
    (b"\xef\xbb\xbf\n" + files.pdf(), Kind.PDF),
    (files.docx(), Kind.DOCX),
    (files.truncated(files.docx()), Kind.DOCX),
    (files.odt(), Kind.ODT),
    (files.xlsx([["title"], ["welder"]]), Kind.XLSX),
    (files.zipped({"cv.txt": "welder"}), Kind.ARCHIVE),
    (files.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, compression=0), Kind.ARCHIVE),
    (b"title;isco\nwelder;7212\n", Kind.TEXT),
    ("ویلڈر، لاہور".encode(), Kind.TEXT),
    ("ویلڈر، لاہور".encode("utf-16"), Kind.TEXT),
    ("Welder, Lahore".encode("utf-16-le"), Kind.TEXT),
    (b"MZ Khan\nWelder\n", Kind.TEXT),
    (b"[not json] a CV with a bracket", Kind.TEXT),
    (b'{"@type": "JobPosting"}', Kind.JSON),
    (b"[" * 100_000, Kind.TEXT),
    (b'<?xml version="1.0"?><Candidate/>', Kind.XML),
    (b"<!DOCTYPE html><html></html>", Kind.HTML),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n\x00", Kind.PNG),
    (b"{\\rtf1 welder}", Kind.OLD_OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, Kind.OLD_OFFICE),
    (b"MZ\x90\x00" + b"\x00" * 200, Kind.PROGRAM),
    (b"\x7fELF\x02\x01\x01" + b"\x00" * 200, Kind.PROGRAM),
    (b"", Kind.EMPTY),
    (b"\x00\x01\x02\x03" * 50, Kind.UNKNOWN),
]


@pytest.mark.parametrize(("content", "kind"), KINDS, ids=[f"{at}-{kind}" for at, (_, kind) in enumerate(KINDS)])
def test_a_file_is_known_by_its_content(content, kind):
    assert kind_of(content) is kind


def test_every_kind_can_be_named_to_a_person():
    assert set(KIND_WORDS) == set(Kind)


@given(st.binary(max_size=300) | st.sampled_from(KINDS).map(lambda row: row[0][:150]))
def test_no_content_makes_the_sniffing_fail(content):
    assert kind_of(content) in Kind
    assert isinstance(decode(content), str)


ENCODINGS = [
    ("Électricien – qualifié, Müller & Söhne “GmbH”", "cp1252"),
    ("بجلي كا كام، مزدور، لاهور", "cp1256"),
    ("Name: Aslam\nاردو ميں كام", "cp1256"),
    ("Welder, plumber", "utf-8"),
    ("ویلڈر", "utf-8"),
    ("ویلڈر", "utf-16"),
    ("ویلڈر", "utf-8-sig"),
    ("Welder in Lahore", "utf-16-le"),
    ("Welder in Lahore", "utf-16-be"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS)
def test_the_encoding_of_a_text_is_told_apart(text, encoding):
    content = text.encode(encoding)
    assert encoding_of(content) == encoding
    assert decode(content) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_text_comes_back_as_it_was(text):
    assert decode(text.encode("utf-8-sig")) == text
