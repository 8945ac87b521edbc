"""Writing a BagIt package as one ZIP: whatever its size, in the memory of its list of files; same input, same bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from isms.evidence.layout import BAGIT, DECLARATION, INFO, MANIFEST, OXUM_LABEL, TAGMANIFEST, manifest_line

CHUNK = 256 * 1024
IN_MEMORY = 1024 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)
PACKED = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".png", ".jpg", ".jpeg", ".webp")

_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")


@dataclass(frozen=True)
class Member:
    """A file of the package: where its bytes wait in the spool, and their hash."""

    offset: int
    size: int
    sha256: str


class Part:
    """A file that is being written. Counts and hashes on the way."""

    def __init__(self, buffer: SpooledTemporaryFile[bytes]) -> None:
        self.buffer = buffer
        self.digest = sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        self.digest.update(content)
        self.size += self.buffer.write(content)


class Bag:
    """A package in the making. Its files wait on disk until all hashes are known; then the ZIP is written sorted."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` has room for the package; the system's own temporary folder may be memory."""
        self.folder = str(folder) if folder else None
        self.spool: BinaryIO = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close()
        self.end = 0
        self.payload: dict[str, Member] = {}
        self.tags: dict[str, Member] = {}

    def close(self) -> None:
        self.spool.close()

    def __enter__(self) -> Bag:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def file(self, path: str) -> Iterator[Part]:
        """A file below `data/`. Several may be open at once: a register is written as CSV and JSON in one pass."""
        with self._part(f"data/{path}", self.payload) as part:
            yield part

    def add(self, path: str, content: bytes) -> None:
        with self.file(path) as part:
            part.write(content)

    def tag(self, path: str, content: bytes) -> None:
        """A file beside `data/`, such as VERIFY.txt."""
        with self._part(path, self.tags) as part:
            part.write(content)

    def write(self, out: IO[bytes], *, name: str, info: Mapping[str, str]) -> None:
        """Finish the package: the four files of BagIt, and everything sorted below one folder called `name`."""
        oxum = f"{sum(member.size for member in self.payload.values())}.{len(self.payload)}"
        self.tag(BAGIT, DECLARATION)
        self.tag(INFO, _info({**info, OXUM_LABEL: oxum}))
        self.tag(MANIFEST, _manifest(self.payload))
        self.tag(TAGMANIFEST, _manifest(self.tags))
        with ZipFile(out, "w", ZIP_DEFLATED, strict_timestamps=False) as archive:
            for path, member in sorted({**self.payload, **self.tags}.items()):
                self._pack(archive, f"{name}/{path}", member)

    @contextmanager
    def _part(self, path: str, among: dict[str, Member]) -> Iterator[Part]:
        if not _PATH.fullmatch(path) or path in among:
            raise ValueError(f"no path for a package, or there twice: {path!r}")
        with SpooledTemporaryFile(IN_MEMORY, dir=self.folder) as buffer:
            part = Part(buffer)
            yield part
            buffer.seek(0)
            among[path] = Member(self.end, part.size, part.digest.hexdigest())
            self.spool.seek(self.end)
            shutil.copyfileobj(buffer, self.spool, CHUNK)
            self.end += part.size

    def _pack(self, archive: ZipFile, path: str, member: Member) -> None:
        entry = ZipInfo(path, EPOCH)
        entry.create_system = 3
        entry.external_attr = 0o100644 << 16
        entry.compress_type = ZIP_STORED if path.endswith(PACKED) else ZIP_DEFLATED
        entry.file_size = member.size
        self.spool.seek(member.offset)
        with archive.open(entry, "w") as packed:
            for chunk in _chunks(self.spool, member.size):
                packed.write(chunk)


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (chunk := file.read(min(size, CHUNK))):
        size -= len(chunk)
        yield chunk


def _manifest(members: Mapping[str, Member]) -> bytes:
    return "".join(manifest_line(member.sha256, path) for path, member in sorted(members.items())).encode()


def _info(values: Mapping[str, str]) -> bytes:
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in values.items()).encode()
