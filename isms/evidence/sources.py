"""A package to verify, as a ZIP or unpacked: names and bytes, nothing believed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol
from zipfile import ZipFile, ZipInfo

from isms.intake import Unreadable
from isms.intake.archives import FAULTS, refuse_unsafe
from isms.rules.texts import N_


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a package: a German sentence with its values."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.values)


class Source(Protocol):
    """The files of a package, by their path below its top folder."""

    @property
    def names(self) -> Iterable[str]: ...

    @property
    def findings(self) -> Iterable[Finding]: ...

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """May raise one of FAULTS, here or while reading: the file is damaged."""
        ...


class Archive:
    """A ZIP with one top folder."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.findings: list[Finding] = []
        self.members: dict[str, ZipInfo] = {}
        members = [member for member in archive.infolist() if not member.is_dir()]
        tops = {member.filename.partition("/")[0] for member in members}
        if len(tops) != 1 or any("/" not in member.filename for member in members):
            self.findings.append(Finding(N_("Das ZIP muss genau einen Ordner enthalten, in dem alles liegt.")))
        for member in members:
            self._take(member)

    @property
    def names(self) -> Iterable[str]:
        return self.members.keys()

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return self.archive.open(self.members[name])

    def _take(self, member: ZipInfo) -> None:
        name = member.filename.partition("/")[2]
        try:
            refuse_unsafe(member)
        except Unreadable as refused:
            self.findings.append(Finding(refused.message, refused.values))
            return
        if name in self.members:
            self.findings.append(Finding(N_("„{name}“ steht zweimal im ZIP."), {"name": name}))
        self.members[name] = member


class Unpacked:
    """A folder on disk. Links are named, never followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.names: set[str] = set()
        for folder, folders, files in os.walk(root):
            for each in (*folders, *files):
                self._take(Path(folder) / each, each in files)

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return (self.root / name).open("rb")

    def _take(self, path: Path, is_file: bool) -> None:
        name = path.relative_to(self.root).as_posix()
        if path.is_symlink():
            self.findings.append(
                Finding(N_("„{name}“ ist eine Verknüpfung und gehört nicht ins Paket."), {"name": name})
            )
        elif is_file:
            self.names.add(name)


__all__ = ["FAULTS", "Archive", "Finding", "Source", "Unpacked"]
