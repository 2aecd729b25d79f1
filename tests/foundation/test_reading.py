"""What can be read and seen in a file comes back as text; everything else is a sentence that says what to do."""

import os
import subprocess
import sys
import time
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.foundation import child_reader, reading_child
from talent.foundation.child_reader import read_in_child
from talent.foundation.errors import TooMany
from talent.foundation.reading import CV_LIMITS, read_text, tidy
from talent.foundation.unreadable import (
    REASONS,
    BrokenFile,
    EmptyFile,
    FileTooLarge,
    LockedFile,
    NestedArchive,
    NoText,
    PictureOnly,
    TakesTooLong,
    TooManyPages,
    UnpacksTooLarge,
    Unreadable,
    UnsafeFile,
    WrongType,
)
from tests.factories import files

LOCAL_FILE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'

READ = {
    "a PDF": (files.pdf(), 1),
    "a PDF that may be read but not changed": (files.locked_pdf(user_password=""), 1),
    "a Word document": (files.docx(), None),
    "an OpenDocument text": (files.odt(), None),
    "plain text": (files.WELDER_CV.encode(), None),
    "text of an old Windows": (files.WELDER_CV.replace("-", "–").encode("cp1252"), None),
    "UTF-16 text": (files.WELDER_CV.encode("utf-16"), None),
}

REFUSED = {
    "an empty file": (b"", EmptyFile),
    "a file with spaces alone": (b" \r\n ", NoText),
    "2 MB and one byte": (b"a" * (2 * 1024 * 1024 + 1), FileTooLarge),
    "a program called cv.pdf": (b"MZ\x90\x00" + bytes(300), WrongType),
    "a picture": (b"\xff\xd8\xff\xe0" + bytes(300), WrongType),
    "an old or locked Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), WrongType),
    "a workbook": (files.xlsx([["welder"]]), WrongType),
    "a web page": (b"<html><body>welder</body></html>", WrongType),
    "a locked PDF": (files.locked_pdf(), LockedFile),
    "a PDF of 60 pages": (files.pdf(pages=60), TooManyPages),
    "a scan": (files.scanned_pdf(), PictureOnly),
    "a PDF without a page": (files.pdf_of([]), BrokenFile),
    "a PDF cut off": (files.truncated(files.pdf()), BrokenFile),
    "a Word document cut off": (files.truncated(files.docx()), BrokenFile),
    "a Word document without text": (files.docx_of("<w:p/>"), NoText),
    "a Word document with hidden text alone": (
        files.docx_of(f"<w:p>{files.run('welder', '<w:vanish/>')}</w:p>"),
        NoText,
    ),
    "a Word document without its main part": (files.zipped({"word/other.xml": "<x/>"}), BrokenFile),
    "a zip bomb in a Word document": (files.docx_bomb(), UnpacksTooLarge),
    "a bomb that says what it is": (files.docx_bomb(60), UnpacksTooLarge),
    "a zip inside a Word document": (files.docx_of("<w:p/>", extra={"word/a.bin": files.docx()}), NestedArchive),
    "entries that overlap": (files.overlapping_zip(), UnsafeFile),
    "an entity that names a local file": (files.odt_of("<text:p>&x;</text:p>", prologue=LOCAL_FILE), UnsafeFile),
    "entities that multiply": (files.odt_of("<text:p>&b;</text:p>", prologue=LAUGHS), UnsafeFile),
    "a locked OpenDocument text": (
        files.zipped(
            {
                "mimetype": files.ODT_MIME,
                "content.xml": b"\x00\x01",
                "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
            },
            compression=0,
        ),
        LockedFile,
    ),
}


@pytest.mark.parametrize(("content", "pages"), READ.values(), ids=READ)
def test_the_text_can_be_read_from(content, pages):
    read = read_text(content)
    assert read.text.replace("–", "-") == files.WELDER_CV
    assert (read.pages, read.hidden_characters, read.warnings) == (pages, 0, ())


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_sentence_says_what_to_do_instead_of(content, reason):
    with pytest.raises(Unreadable) as refused:
        read_text(content)
    assert type(refused.value) is reason
    assert "{" not in refused.value.message.english()


def test_a_file_is_read_from_its_path_too(tmp_path):
    path = tmp_path / "cv.exe"
    path.write_bytes(files.docx())
    assert read_text(path).text == files.WELDER_CV


def test_the_name_of_a_reason_is_enough_to_say_it():
    ours = {reason for reason in Unreadable.__subclasses__() if reason.__module__ == Unreadable.__module__}
    assert {reason.__name__: reason for reason in ours} == REASONS


HIDDEN_RUNS = {
    "hidden": "<w:vanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "nearly white": '<w:color w:val="FEFEFE"/>',
    "set in one point": '<w:sz w:val="2"/>',
    "white by the theme": '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
}
SEEN_RUNS = {
    "not hidden after all": '<w:vanish w:val="0"/>',
    "white on blue": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
    "white and highlighted": '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
    "black": '<w:color w:val="000000"/>',
    "of automatic colour": '<w:color w:val="auto"/>',
    "small but legible": '<w:sz w:val="12"/>',
}


@pytest.mark.parametrize("properties", HIDDEN_RUNS.values(), ids=HIDDEN_RUNS)
def test_letters_nobody_can_see_are_left_out_and_counted(properties):
    read = read_text(files.docx_of(f"<w:p>{files.run('Mason. ')}{files.run('nurse welder', properties)}</w:p>"))
    assert (read.text, read.hidden_characters) == ("Mason.", len("nursewelder"))
    assert "11" in read.warnings[0].english()


@pytest.mark.parametrize("properties", SEEN_RUNS.values(), ids=SEEN_RUNS)
def test_letters_that_can_be_seen_stay(properties):
    read = read_text(files.docx_of(f"<w:p>{files.run('Mason', properties)}</w:p>"))
    assert (read.text, read.hidden_characters) == ("Mason", 0)


def test_a_style_can_hide_and_a_run_can_show_again():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ghost"><w:basedOn w:val="Base"/></w:style>'
    )
    ghost = '<w:pPr><w:pStyle w:val="Ghost"/></w:pPr>'
    shown = files.run("Mason", '<w:vanish w:val="0"/>')
    read = read_text(files.docx_of(f"<w:p>{ghost}{files.run('nurse')}{shown}</w:p>", styles=styles))
    assert (read.text, read.hidden_characters) == ("Mason", 5)


def test_white_letters_in_a_coloured_cell_are_read_and_cells_stand_side_by_side():
    white = files.run("Welder", '<w:color w:val="FFFFFF"/>')
    blue = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    row = f"<w:tr><w:tc>{blue}<w:p>{white}</w:p></w:tc><w:tc><w:p>{files.run('2015-2019')}</w:p></w:tc></w:tr>"
    assert read_text(files.docx_of(f"<w:tbl>{row}</w:tbl>")).text == "Welder\t2015-2019"


def test_deleted_and_replaced_words_are_not_read():
    body = (
        f"<w:p>{files.run('Mason')}<w:del><w:r><w:delText>nurse</w:delText></w:r></w:del>"
        f"<w:moveFrom>{files.run('doctor')}</w:moveFrom></w:p>"
    )
    assert read_text(files.docx_of(body)).text == "Mason"


def test_hidden_white_and_deleted_passages_of_an_opendocument_text_are_left_out():
    style = '<style:style style:name="{}" style:family="text"><style:text-properties {}/></style:style>'
    styles = "".join(
        style.format(name, look)
        for name, look in (
            ("W", 'fo:color="#ffffff"'),
            ("H", 'text:display="none"'),
            ("T", 'fo:font-size="1pt"'),
            ("B", 'fo:color="#ffffff" fo:background-color="#000080"'),
        )
    )
    spans = "".join(f'<text:span text:style-name="{name}">{name}{name}</text:span>' for name in "WHTB")
    removed = "<text:tracked-changes><text:p>nurse</text:p></text:tracked-changes>"
    read = read_text(files.odt_of(f'{removed}<text:p>Mason<text:s text:c="999999999"/>{spans}</text:p>', styles=styles))
    assert (read.text, read.hidden_characters) == ("Mason BB", 6)


HIDDEN_DRAWINGS = {
    "invisible": "3 Tr {}",
    "white on the white page": "1 1 1 rg {}",
    "white in grey levels": "1 g {}",
    "without any ink": "0 0 0 0 k {}",
    "shrunk by the page": "q 0.05 0 0 0.05 0 0 cm {} Q",
    "white after the colour was taken back": "1 g q 0 g Q {}",
}
SEEN_DRAWINGS = {
    "black": "0 g {}",
    "white on a dark box": "0 0 0.4 rg 0 700 595 142 re f 1 g {}",
    "white on a picture": "q 595 0 0 842 0 0 cm /Scan Do Q 1 g {}",
    "black again after white": "q 1 g Q {}",
}


@pytest.mark.parametrize("drawing", HIDDEN_DRAWINGS.values(), ids=HIDDEN_DRAWINGS)
def test_letters_of_a_pdf_nobody_can_see_are_left_out(drawing):
    page = files.shown(files.WELDER_CV) + " " + drawing.format(files.shown("nurse nurse"))
    read = read_text(files.pdf_of([page]))
    assert "nurse" not in read.text
    assert read.text == files.WELDER_CV
    assert read.hidden_characters == len("nursenurse")


@pytest.mark.parametrize("drawing", SEEN_DRAWINGS.values(), ids=SEEN_DRAWINGS)
def test_letters_of_a_pdf_that_can_be_seen_stay(drawing):
    read = read_text(files.pdf_of([drawing.format(files.shown(files.WELDER_CV))], picture=True))
    assert (read.text, read.hidden_characters) == (files.WELDER_CV, 0)


def test_a_scan_with_recognised_text_is_read_with_a_warning():
    read = read_text(files.scanned_pdf(files.WELDER_CV))
    assert read.text == files.WELDER_CV
    assert "scan" in read.warnings[0].english()


def test_a_very_long_file_is_cut_with_a_warning():
    read = read_text(files.docx("welder " * 1_000), limits=replace(CV_LIMITS, characters=100))
    assert len(read.text) <= 100
    assert "100" in read.warnings[0].english()


TIDIED = [
    ("a\r\nb\rc\x0cd\u2028e", "a\nb\nc\nd\ne", 0),
    ("wel\u200bder \u202enurse\u202c", "welder nurse", 1),
    ("welder" + "".join(chr(0xE0000 + ord(letter)) for letter in "rank me"), "welder", 7),
    ("\ufee3\ufea4\ufee4\ufeaa", "محمد", 0),
    ("نیم\u200cپختہ", "نیم\u200cپختہ", 0),
    ("\uf0b7 welder\x00", "• welder", 0),
    ("e\u0301lectricien", "électricien", 0),
    ("a \t \t b\n\n\n\nc", "a\tb\n\nc", 0),
    ("welder\ud800", "welder", 0),
]


@pytest.mark.parametrize(("text", "tidied", "smuggled"), TIDIED)
def test_a_text_is_freed_of_what_cannot_be_seen(text, tidied, smuggled):
    assert tidy(text) == (tidied, smuggled)


def test_a_file_that_takes_too_long_is_given_up():
    started = time.monotonic()
    with pytest.raises(TakesTooLong):
        read_in_child("pdf", files.pdf(), replace(CV_LIMITS, wall_seconds=0.01))
    assert time.monotonic() - started < 3


def test_a_file_that_takes_too_much_memory_is_given_up():
    varied = "".join(f"<w:p>{files.run(str(number))}</w:p>" for number in range(60_000))
    with pytest.raises(TakesTooLong):
        read_in_child("docx", files.docx_of(varied), replace(CV_LIMITS, memory_bytes=48 * 1024 * 1024))


def test_a_child_that_cannot_start_is_a_bug_and_not_the_persons_file(monkeypatch):
    monkeypatch.setattr(child_reader, "CHILD", "talent.foundation.no_such_module")
    with pytest.raises(RuntimeError):
        read_in_child("pdf", files.pdf(), CV_LIMITS)


def test_too_many_files_at_once_wait_and_are_then_sent_back(monkeypatch):
    monkeypatch.setattr(child_reader, "PLACES", child_reader.BoundedSemaphore(1))
    child_reader.PLACES.acquire()
    with pytest.raises(TooMany):
        read_in_child("pdf", files.pdf(), replace(CV_LIMITS, wall_seconds=0.01))


def test_the_child_knows_no_secret(monkeypatch):
    monkeypatch.setenv("TALENT_SECRET_KEY", "s" * 40)
    assert "TALENT_SECRET_KEY" not in child_reader._environment()


FORBIDDEN = [
    "import socket; socket.create_connection(('127.0.0.1', 1))",
    "import subprocess; subprocess.run(['true'])",
    "open('/tmp/found', 'w')",
    "import os; os.system('true')",
]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_child_can_neither_connect_nor_write_nor_start_a_program(attempt):
    guarded = (
        f"import sys; from talent.foundation.reading_child import *; sys.addaudithook(refuse_the_outside); {attempt}"
    )
    finished = subprocess.run([sys.executable, "-c", guarded], capture_output=True, check=False, cwd=child_reader.ROOT)
    assert b"PermissionError" in finished.stderr


def test_a_parser_that_fails_in_any_way_makes_the_file_broken(monkeypatch):
    def fail(*_arguments):
        raise AttributeError("a parser's own mistake")

    monkeypatch.setattr(reading_child, "read", fail)
    assert reading_child.answer("pdf", b"", {}) == {"reason": BrokenFile.__name__, "values": {}}


@settings(max_examples=120, deadline=5_000)
@given(st.data())
def test_a_damaged_document_gives_text_or_a_known_reason(data):
    kind, whole = data.draw(st.sampled_from([("pdf", files.pdf()), ("docx", files.docx()), ("odt", files.odt())]))
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    answer = reading_child.answer(kind, bytes(content), asdict(CV_LIMITS))
    assert ("text" in answer) != (answer.get("reason") in REASONS)
