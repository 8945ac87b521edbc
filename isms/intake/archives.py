"""ZIP archives from outside: every name is checked before a byte is unpacked, every byte is counted while it is."""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from isms.intake import Unreadable
from isms.intake.tables import MIB
from isms.rules.texts import N_

CHUNK = 64 * 1024
# What the standard library raises on broken archives: a flipped byte can make it seek or decode anywhere.
FAULTS = (BadZipFile, OSError, EOFError, ValueError, RuntimeError, OverflowError, struct.error, zlib.error, LZMAError)
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SYMLINK = N_("Der Eintrag „{name}“ ist eine Verknüpfung. Verknüpfungen werden nicht gelesen.")
OUTSIDE = N_("Der Eintrag „{name}“ zeigt aus dem Archiv hinaus. Das Archiv wird nicht gelesen.")
ENCRYPTED = N_("Der Eintrag „{name}“ ist verschlüsselt. Entfernen Sie das Kennwort.")
DOUBLED = N_("Der Eintrag „{name}“ kommt zweimal vor. Es ist nicht zu erkennen, welcher gilt.")
BOMB = N_(
    "Der Eintrag „{name}“ wäre ausgepackt mehr als {ratio}-mal so groß wie gepackt. Das Archiv wird nicht gelesen."
)
LARGE = N_("Das Archiv wäre ausgepackt größer als {limit} MB. Teilen Sie es auf.")
BROKEN = N_("Der Eintrag „{name}“ ist beschädigt. Laden Sie das Archiv erneut herunter.")


@dataclass(frozen=True)
class Limits:
    """How far an archive may unfold. A small entry may well be packed tighter than `ratio`."""

    members: int = 5_000
    total: int = 256 * MIB
    ratio: int = 200
    small: int = MIB


def unpack(content: bytes | BinaryIO, limits: Limits = Limits()) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, in the archive's order. Archives inside are handed out as they are.

    Raises Unreadable, naming the entry; nothing is handed out before all names are checked.
    """
    with _opened(content) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        _check(members, limits)
        left = limits.total
        for member in members:
            unpacked = _bytes(archive, member, left, limits)
            left -= len(unpacked)
            yield member.filename, unpacked


def refuse_unsafe(member: ZipInfo) -> None:
    """Raise Unreadable for a name or a kind of entry that could reach outside."""
    name = member.filename
    parts = name.split("/")
    # ZipInfo cuts a name at its first NUL, so look at what the archive really says.
    raw = member.orig_filename
    if name.startswith("/") or ".." in parts or "\\" in raw or _DRIVE.match(name) or _CONTROL.search(raw):
        raise Unreadable(OUTSIDE, name=_shown(raw))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable(SYMLINK, name=_shown(name))
    if member.flag_bits & 1:
        raise Unreadable(ENCRYPTED, name=_shown(name))


def _opened(content: bytes | BinaryIO) -> ZipFile:
    try:
        return ZipFile(BytesIO(content) if isinstance(content, bytes) else content)
    except FAULTS as error:
        raise Unreadable(N_("Das ist kein lesbares ZIP-Archiv.")) from error


def _check(members: Sequence[ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        text = N_("Das Archiv hat {count} Einträge. Gelesen werden höchstens {limit}.")
        raise Unreadable(text, count=len(members), limit=limits.members)
    seen: set[str] = set()
    for member in members:
        refuse_unsafe(member)
        _refuse_bomb(member, limits)
        if member.filename.casefold() in seen:
            raise Unreadable(DOUBLED, name=_shown(member.filename))
        seen.add(member.filename.casefold())
    if sum(member.file_size for member in members) > limits.total:
        raise Unreadable(LARGE, limit=limits.total // 1_000_000)


def _refuse_bomb(member: ZipInfo, limits: Limits) -> None:
    if member.file_size > limits.small and member.file_size > limits.ratio * max(member.compress_size, 1):
        raise Unreadable(BOMB, name=_shown(member.filename), ratio=limits.ratio)


def _bytes(archive: ZipFile, member: ZipInfo, left: int, limits: Limits) -> bytes:
    """What an archive says about sizes may be a lie: count."""
    unpacked = bytearray()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += chunk
                if len(unpacked) > left:
                    raise Unreadable(LARGE, limit=limits.total // 1_000_000)
    except FAULTS as error:
        raise Unreadable(BROKEN, name=_shown(member.filename)) from error
    return bytes(unpacked)


def _shown(name: str) -> str:
    return _CONTROL.sub("?", name)[:120]
