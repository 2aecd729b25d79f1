"""Files that leave: always as attachments, never shown inside a page of ours, whatever their content claims to be."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

TABLE_KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What a browser is told about a table as a file of each kind."""


def attachment(content: bytes, *, name: str, kind: str = "application/octet-stream") -> Response:
    """The bytes as a download under this name, which may be in any script (RFC 6266); ``SafeHeaders`` sandboxes it."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_. ") else "_" for letter in name)
    shown = "".join(letter for letter in name if letter.isprintable())
    names = f"filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(shown or 'file', safe='')}"
    headers = {"Content-Disposition": f"attachment; {names}", "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
