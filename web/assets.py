"""Style sheets, pictures and the one script: read and compressed once, served under names that change with content."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

FOLDER = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
COMPRESSED = frozenset({".css", ".js", ".svg"})
ONE_YEAR_S = 31_536_000


@dataclass(frozen=True)
class Asset:
    """One file, plain and compressed."""

    kind: str
    plain: bytes
    packed: bytes | None


class Assets:
    """Every file of the static folder, as an ASGI application to mount at ``/static``."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._by_address: dict[str, Asset] = {}
        self._addresses: dict[str, str] = {}
        for path in sorted(folder.iterdir()):
            if path.suffix in KINDS:
                self._add(path)

    def _add(self, path: Path) -> None:
        plain = path.read_bytes()
        address = f"{path.stem}.{sha256(plain).hexdigest()[:12]}{path.suffix}"
        packed = gzip.compress(plain, 9, mtime=0) if path.suffix in COMPRESSED else None
        self._by_address[address] = Asset(KINDS[path.suffix], plain, packed)
        self._addresses[path.name] = f"/static/{address}"

    def url(self, name: str) -> str:
        """The address of a file, with its content's hash in it.

        Raises:
            KeyError: there is no such file.
        """
        return self._addresses[name]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but a known address is 404."""
        asset = self._by_address.get(scope["path"].rpartition("/")[2])
        if asset is None or scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(404)
        headers = {"Cache-Control": f"public, max-age={ONE_YEAR_S}, immutable", "Vary": "Accept-Encoding"}
        wishes = dict(scope["headers"]).get(b"accept-encoding", b"").decode("latin-1")
        packed = asset.packed if "gzip" in wishes else None
        if packed is not None:
            headers["Content-Encoding"] = "gzip"
        await Response(packed or asset.plain, headers=headers, media_type=asset.kind)(scope, receive, send)
