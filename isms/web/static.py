"""Static files: read once, compressed once, kept by browsers for ever under their content hash."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from isms.guards import public
from isms.house import house_of
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.templates import STATIC

TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
EVERYONE = public(N_("Aussehen und Schriften sind kein Geheimnis."))


@dataclass(frozen=True)
class File:
    content: bytes
    media_type: str
    packed: bytes | None


@cache
def files() -> Mapping[str, File]:
    """Everything we serve by name, our own and what set-up fetched; nothing else can be asked for."""
    found = [path for path in (*STATIC.iterdir(), *(STATIC / "vendor").glob("*")) if path.suffix in TYPES]
    return {str(path.relative_to(STATIC)): _read(path.read_bytes(), path.suffix) for path in found}


def _read(content: bytes, suffix: str) -> File:
    text = suffix in (".css", ".js", ".svg")
    return File(content, TYPES[suffix], gzip.compress(content, 9, mtime=0) if text else None)


@get("/static/{name:path}", guards=[EVERYONE])
async def static(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    file = files().get(name.lstrip("/"))
    if file is None:
        raise Missing
    packed = file.packed if "gzip" in request.headers.get("accept-encoding", "") else None
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(packed or file.content, media_type=file.media_type, headers=headers)


@get("/office.css", guards=[EVERYONE])
async def office_css(request: Request[Any, Any, Any]) -> Response[str]:
    """The office's own colour, where the settings name one."""
    colour = house_of(request).settings.office_colour
    return Response(f":root {{ --house-office: {colour}; }}\n" if colour else "", media_type=TYPES[".css"])


@get("/office-logo", guards=[EVERYONE])
async def office_logo(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The office's own picture, where the settings name one. A picture that is no picture can do nothing here."""
    path = Path(house_of(request).settings.office_logo)
    content = _picture(path)
    headers = {"Cache-Control": "max-age=3600", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(content, media_type=TYPES[path.suffix], headers=headers)


@cache
def _picture(path: Path) -> bytes:
    if path.suffix not in (".svg", ".png") or not path.is_file():
        raise Missing(N_("Hier ist kein Logo hinterlegt."))
    return path.read_bytes()
