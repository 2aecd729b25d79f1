"""Files are on disk before their row, once for equal content, and gone when the last row is gone."""

import os
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from talent.foundation.crypto import DoesNotOpen
from talent.foundation.documents import (
    GOING,
    Purpose,
    StoredFile,
    forget,
    open_file,
    path_of,
    shown_name,
    store,
    sweep,
)
from talent.foundation.errors import Gone
from talent.foundation.row_context import KEPT, SystemContext, of_system
from tests.factories import files

CV = files.docx()

OPERATOR = {KEPT: of_system(SystemContext.OPERATOR)}


@pytest.fixture
def committed(engine):
    """Sessions that really commit; every stored file is removed afterwards."""
    opened = []

    def session():
        opened.append(Session(engine, expire_on_commit=False, info=OPERATOR))
        return opened[-1]

    yield session
    for each in opened:
        each.close()
    with Session(engine, info=OPERATOR) as last, last.begin():
        last.query(StoredFile).delete()


def kept(session, var_dir, content=CV, **changed):
    return store(
        session,
        var_dir,
        content,
        **{"owner_id": uuid4(), "purpose": Purpose.CV, "original_name": "my cv.docx"} | changed,
    )


def names(var_dir):
    return sorted(path.name for path in (var_dir / "files").rglob("*") if path.is_file())


def test_a_stored_file_comes_back_byte_for_byte(session, tmp_path):
    stored = kept(session, tmp_path)
    with open_file(tmp_path, stored) as stream:
        assert stream.read() == CV
    assert (stored.kind, stored.size_bytes, stored.original_name) == ("docx", len(CV), "cv.docx")


def test_what_lies_on_disk_tells_nothing_of_the_file_and_opens_in_its_place_alone(session, tmp_path):
    stored, other = kept(session, tmp_path), kept(session, tmp_path, CV + b" once more")
    on_disk = path_of(tmp_path, stored.sha256)
    sealed = on_disk.read_bytes()
    assert not any(CV[start : start + 12] in sealed for start in range(0, len(CV) - 12, 12))
    for wrong in (path_of(tmp_path, other.sha256).read_bytes(), sealed[:-1] + bytes([sealed[-1] ^ 1]), CV, sealed[:20]):
        on_disk.write_bytes(wrong)
        with pytest.raises(DoesNotOpen):
            open_file(tmp_path, stored)
    on_disk.write_bytes(sealed)
    with open_file(tmp_path, stored) as stream:
        assert stream.read() == CV


def test_the_same_bytes_are_never_sealed_alike_twice(session, tmp_path):
    first = kept(session, tmp_path / "one")
    kept(session, tmp_path / "two")
    one, two = (path_of(tmp_path / name, first.sha256).read_bytes() for name in ("one", "two"))
    assert one != two


def test_the_bytes_are_synced_and_in_place_before_the_row_is_added(session, tmp_path, monkeypatch):
    steps = []
    fsync, add = os.fsync, session.add
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("fsync"), fsync(descriptor)))
    monkeypatch.setattr(session, "add", lambda row: (steps.append(len(names(tmp_path))), add(row)))
    kept(session, tmp_path)
    assert steps[0] == "fsync"
    assert steps[-1] == 1
    assert "fsync" in steps[1:-1], "the folder is synced too"


def test_the_file_is_readable_by_its_owner_alone(session, tmp_path):
    stored = kept(session, tmp_path)
    assert path_of(tmp_path, stored.sha256).stat().st_mode & 0o077 == 0


def test_equal_files_are_kept_once(session, tmp_path):
    kept(session, tmp_path)
    kept(session, tmp_path, original_name="the same.docx")
    assert len(names(tmp_path)) == 1


def test_a_failed_write_leaves_nothing_behind(session, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept(session, tmp_path)
    assert names(tmp_path) == []


def test_a_forgotten_file_goes_with_the_commit_and_not_before(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    session.commit()
    forget(session, tmp_path, stored)
    assert names(tmp_path) == [stored.sha256]
    session.commit()
    assert names(tmp_path) == []
    with pytest.raises(Gone):
        open_file(tmp_path, stored)


def test_a_file_goes_in_a_session_whose_commits_are_savepoints(session, tmp_path):
    stored = kept(session, tmp_path)
    session.commit()
    forget(session, tmp_path, stored)
    session.commit()
    assert names(tmp_path) == []


def test_bytes_that_another_row_needs_stay(committed, tmp_path):
    session = committed()
    mine, theirs = kept(session, tmp_path), kept(session, tmp_path)
    session.commit()
    forget(session, tmp_path, mine)
    session.commit()
    with open_file(tmp_path, theirs) as stream:
        assert stream.read() == CV
    forget(session, tmp_path, theirs)
    session.commit()
    assert names(tmp_path) == []


def test_a_rolled_back_forgetting_brings_the_file_back(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    session.commit()
    forget(session, tmp_path, stored)
    session.rollback()
    session.commit()
    assert names(tmp_path) == [stored.sha256]


def test_a_commit_that_fails_brings_the_file_back(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    session.commit()
    forget(session, tmp_path, stored)
    session.connection().exec_driver_sql("create temporary table t (n int primary key deferrable initially deferred)")
    session.connection().exec_driver_sql("insert into t values (1), (1)")
    with pytest.raises(Exception, match="duplicate key"):
        session.commit()
    session.rollback()
    assert names(tmp_path) == [stored.sha256]


def test_a_forgetting_undone_by_a_savepoint_keeps_the_file(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    session.commit()
    savepoint = session.begin_nested()
    forget(session, tmp_path, stored)
    session.flush()
    savepoint.rollback()
    session.commit()
    assert names(tmp_path) == [stored.sha256]


def test_a_forgetting_inside_a_savepoint_waits_for_the_commit(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    session.commit()
    with session.begin_nested():
        forget(session, tmp_path, stored)
    assert names(tmp_path) == [stored.sha256]
    session.commit()
    assert names(tmp_path) == []


def test_a_file_replaced_by_an_equal_one_stays(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    session.commit()
    forget(session, tmp_path, stored)
    again = kept(session, tmp_path)
    session.commit()
    with open_file(tmp_path, again) as stream:
        assert stream.read() == CV


def test_sweeping_removes_what_no_row_needs_and_brings_back_what_one_does(committed, tmp_path):
    session = committed()
    stored = kept(session, tmp_path)
    lost = kept(session, tmp_path, content=b"lost with a rolled back transaction")
    session.delete(lost)
    session.commit()
    path_of(tmp_path, lost.sha256).with_name(lost.sha256 + "x.part").write_bytes(b"half")
    path_of(tmp_path, stored.sha256).rename(path_of(tmp_path, stored.sha256 + GOING + "1"))
    with open_file(tmp_path, stored) as stream:
        assert stream.read() == CV, "also before the sweeping"
    assert sweep(session, tmp_path) == 2
    assert names(tmp_path) == [stored.sha256]


def test_sweeping_leaves_alone_what_somebody_is_storing(committed, tmp_path):
    storing, sweeping = committed(), committed()
    stored = kept(storing, tmp_path)
    assert sweep(sweeping, tmp_path) == 0
    storing.commit()
    assert names(tmp_path) == [stored.sha256]


NAMES = [
    ("C:\\Users\\Ali\\cv.pdf", "cv.pdf"),
    ("../../etc/passwd", "passwd"),
    ("سی وی.docx", "سی وی.docx"),
    ("cv\u202efdp.exe", "cvfdp.exe"),
    ("\x00\n", "file"),
    ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
]


@pytest.mark.parametrize(("sent", "shown"), NAMES)
def test_a_name_is_shown_and_never_used_as_a_path(sent, shown):
    assert shown_name(sent) == shown
