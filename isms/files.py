"""Evidence files: stored under the SHA-256 of their bytes, written so that a power cut leaves all or nothing."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, Protocol
from urllib.parse import quote

from isms.intake import Unreadable
from isms.rules.errors import Missing
from isms.rules.media import HEAD_BYTES, KEPT, MAIL, kind_of, safe_name
from isms.rules.texts import N_

CHUNK = 256 * 1024
LEFT_LYING = 24 * 60 * 60
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


class Store(Protocol):
    """Where bytes are kept by their SHA-256. A folder today; an object store can take its place."""

    def put(self, chunks: Iterable[bytes]) -> Kept: ...

    def open(self, digest: str) -> BinaryIO:
        """Raises Missing if nothing is kept under this digest."""
        ...

    def exists(self, digest: str) -> bool: ...

    def drop(self, digest: str, *, older_than: float) -> bool:
        """Delete what is kept under this digest, unless somebody put it there within so many seconds."""
        ...


@dataclass(frozen=True)
class Kept:
    """Bytes that lie safely in a store."""

    sha256: str
    size: int


@dataclass(frozen=True)
class KeptFile(Kept):
    """An evidence file as it is recorded: under the name it came with, as the type that its bytes showed."""

    name: str
    media_type: str


@dataclass(frozen=True)
class Folder:
    """A store in a folder of this machine: `ab/abcdef…`, two hundred and fifty-six folders at most."""

    root: Path

    def put(self, chunks: Iterable[bytes]) -> Kept:
        """Write beside, flush to disk, rename, flush the folder: a name never shows half a file."""
        waiting = self.root / "unfinished"
        waiting.mkdir(parents=True, exist_ok=True)
        _sweep(waiting)
        number, path = tempfile.mkstemp(dir=waiting)
        try:
            with os.fdopen(number, "wb") as file:
                kept = _copy(chunks, file)
                file.flush()
                os.fsync(file.fileno())
            self._settle(Path(path), kept.sha256)
        finally:
            Path(path).unlink(missing_ok=True)
        return kept

    def open(self, digest: str) -> BinaryIO:
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError as error:
            raise Missing(
                N_("Die Bytes dieser Datei fehlen in der Ablage. Stellen Sie sie aus der Sicherung wieder her.")
            ) from error

    def exists(self, digest: str) -> bool:
        return self._place(digest).is_file()

    def drop(self, digest: str, *, older_than: float) -> bool:
        place = self._place(digest)
        with suppress(FileNotFoundError):
            if time.time() - place.stat().st_mtime < older_than:
                return False
            place.unlink()
        return True

    def _settle(self, path: Path, digest: str) -> None:
        place = self._place(digest)
        place.parent.mkdir(exist_ok=True)
        path.replace(place)
        for folder in (place.parent, self.root):
            _flush(folder)

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self.root / digest[:2] / digest


def keep(store: Store, name: str, file: IO[bytes], *, limit: int) -> KeptFile:
    """Store what somebody uploaded. Raises Unreadable for an empty or oversized file, or a type that is not kept."""
    head = file.read(HEAD_BYTES)
    if not head:
        raise Unreadable(N_("Die Datei „{name}“ ist leer."), name=shown_name(name))
    kind = kind_of(name, head)
    if kind is None:
        raise Unreadable(
            N_("„{name}“ wird nicht angenommen: Inhalt und Endung müssen zueinander passen. Möglich ist: {endings}."),
            name=shown_name(name),
            endings=", ".join(f".{ending}" for kind in KEPT for ending in kind.endings),
        )
    kept = store.put(_limited(head, file, name, limit))
    return KeptFile(kept.sha256, kept.size, shown_name(name), kind.media_type)


def read(store: Store, digest: str) -> Iterator[bytes]:
    """The bytes, chunk by chunk, for a download."""
    with store.open(digest) as file:
        while chunk := file.read(CHUNK):
            yield chunk


async def handed_out(store: Store, digest: str) -> AsyncIterator[bytes]:
    """The same without holding up everybody else while the disk is slow."""
    with store.open(digest) as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


def served(name: str, media_type: str) -> Mapping[str, str]:
    """The headers an uploaded file leaves with: always saved, never shown, never run on our own address."""
    known = {kind.media_type for kind in KEPT if kind is not MAIL}
    return {
        "Content-Type": media_type if media_type in known else "application/octet-stream",
        "Content-Disposition": f"attachment; filename=\"{safe_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def shown_name(name: str) -> str:
    """The name without folders and without letters that could make it look like another one."""
    plain = _UNPRINTABLE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    return plain[-200:] or safe_name("")


def _limited(head: bytes, file: IO[bytes], name: str, limit: int) -> Iterator[bytes]:
    size, chunk = 0, head
    while chunk:
        size += len(chunk)
        if size > limit:
            text = N_("„{name}“ ist größer als {limit} MB. Verkleinern oder teilen Sie die Datei.")
            raise Unreadable(text, name=shown_name(name), limit=limit // (1024 * 1024))
        yield chunk
        chunk = file.read(CHUNK)


def _copy(chunks: Iterable[bytes], file: BinaryIO) -> Kept:
    digest, size = sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += file.write(chunk)
    return Kept(digest.hexdigest(), size)


def _sweep(folder: Path) -> None:
    """What a killed process left half written."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > LEFT_LYING:
                path.unlink()


def _flush(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
