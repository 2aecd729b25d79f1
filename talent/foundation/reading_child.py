"""The child process that reads a hostile file: it limits itself, reads one file from its input, and prints JSON.

``python -m talent.foundation.reading_child KIND LIMITS`` with the limits as JSON. It knows no secret (its environment
is empty), and once it has started it can neither write a file, nor open a connection, nor start a program.
"""

import json
import os
import sys
from typing import Any

from talent.foundation.unreadable import BrokenFile, NoText, TakesTooLong, Unreadable

STARTED = b"\n"
"""Written before the file is read: whoever ends after it was ended by the file."""
REFUSED_EVENTS = ("socket.", "subprocess.", "os.exec", "os.system", "os.fork", "os.posix_spawn", "os.re", "shutil.")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def limit_this_process(cpu_seconds: int, memory_bytes: int) -> None:
    """Let the system end this process when it uses more; where the system cannot, the parent's clock still can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    wanted = {
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_AS": memory_bytes,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
    }
    for name, limit in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (ValueError, OSError):  # macOS refuses a limit on the address space.
            continue


def refuse_the_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, which cannot be taken off again: no connection, no program, no file but to read."""
    if event.startswith(REFUSED_EVENTS):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        raise PermissionError(event)


def read(kind: str, content: bytes, limits: dict[str, int]) -> dict[str, object]:
    """What the parent asked for: the visible text of a document, or the rows of a workbook."""
    if kind == "xlsx":
        from talent.foundation.workbook import rows_of_workbook

        return {"rows": rows_of_workbook(content, most_rows=limits["rows"])}
    if kind == "pdf":
        from talent.foundation.pdf_text import visible_text_of_pdf

        visible = visible_text_of_pdf(content, most_pages=limits["pages"])
    else:
        from talent.foundation.archives import Archive
        from talent.foundation.docx_text import visible_text_of_docx
        from talent.foundation.odt_text import visible_text_of_odt

        archive = Archive(content)
        visible = visible_text_of_docx(archive) if kind == "docx" else visible_text_of_odt(archive)
    if not visible.text.strip():
        raise NoText
    return {
        "text": visible.text[: limits["characters"] + 1],
        "pages": visible.pages,
        "hidden_characters": visible.hidden_characters,
        "notes": visible.notes,
    }


def answer(kind: str, content: bytes, limits: dict[str, int]) -> dict[str, object]:
    """The result, or the name of the reason why there is none and the values of its sentence."""
    try:
        return read(kind, content, limits)
    except Unreadable as refused:
        return {"reason": type(refused).__name__, "values": dict(refused.message.values)}
    except MemoryError:
        return {"reason": TakesTooLong.__name__, "values": {}}
    except Exception:  # A file made to mislead can make a parser raise anything.
        return {"reason": BrokenFile.__name__, "values": {}}


def main() -> None:
    """Read the file on standard input and print the answer."""
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    limit_this_process(limits["cpu_seconds"], limits["memory_bytes"])
    sys.addaudithook(refuse_the_outside)
    sys.stdout.buffer.write(STARTED)
    sys.stdout.buffer.flush()
    found = answer(kind, sys.stdin.buffer.read(), limits)
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
