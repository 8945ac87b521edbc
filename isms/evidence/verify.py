"""Verifying an evidence package without trusting it: every flaw by name, in the memory of its list of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from isms.evidence import layout
from isms.evidence.log import Log
from isms.evidence.sources import FAULTS, Archive, Finding, Source, Unpacked
from isms.rules.chain import Head
from isms.rules.texts import N_

CHUNK = 256 * 1024
TAG_LIMIT = 512 * 1024 * 1024
SHOWN = 500

UNREADABLE = N_("„{name}“ lässt sich nicht als Paket lesen.")
CHANGED = N_("„{name}“ ist verändert: Die Prüfsumme stimmt nicht.")
DAMAGED = N_("„{name}“ ist beschädigt und lässt sich nicht lesen.")
MISSING = N_("„{name}“ fehlt im Paket.")
ADDED = N_("„{name}“ gehört nicht ins Paket: Es steht in keinem Verzeichnis.")


@dataclass
class Verdict:
    """What a verification found. It passes if there are no findings; only the first five hundred are kept."""

    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    files: int = 0
    size: int = 0
    entries: int = 0
    head: Head | None = None
    info: Mapping[str, str] = field(default_factory=dict)
    is_signed: bool = False

    @property
    def passes(self) -> bool:
        return self.count == 0

    def note(self, finding: Finding) -> None:
        self.count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(finding)


def verify(path: Path, head: Head | None = None) -> Verdict:
    """Check a ZIP or an unpacked folder.

    `head` is one that reached the auditor by another way, of this package or an earlier one: without it a
    package that was made anew from a rewritten trail passes.
    """
    verdict = Verdict()
    try:
        with _opened(path) as source:
            for finding in _Check(source, head, verdict).findings():
                verdict.note(finding)
    except FAULTS:
        verdict.note(Finding(UNREADABLE, {"name": path.name}))
    return verdict


def verify_bag(path: Path) -> Verdict:
    """Check only what BagIt asks for: any package of ours, with an audit log or without."""
    verdict = Verdict()
    try:
        with _opened(path) as source:
            for finding in _Check(source, None, verdict).bag_findings():
                verdict.note(finding)
    except FAULTS:
        verdict.note(Finding(UNREADABLE, {"name": path.name}))
    return verdict


@contextmanager
def _opened(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield Unpacked(path)
    else:
        with ZipFile(path) as archive:
            yield Archive(archive)


class _Check:
    """One walk through a package: tag files, payload, audit log."""

    def __init__(self, source: Source, head: Head | None, verdict: Verdict) -> None:
        self.source = source
        self.head = head
        self.verdict = verdict
        self.names = set(source.names)

    def bag_findings(self) -> Iterator[Finding]:
        yield from self.source.findings
        yield from self._tags()
        yield from self._payload()

    def findings(self) -> Iterator[Finding]:
        yield from self.bag_findings()
        log = Log(self.source, self.names, self.head)
        yield from log.findings(self.verdict.info.get(layout.HEAD_LABEL))
        self.verdict.entries, self.verdict.head = log.count, log.head

    def _tags(self) -> Iterator[Finding]:
        here = {name for name in self.names if not name.startswith("data/")}
        needed = {layout.BAGIT, layout.INFO, layout.MANIFEST}
        listed, flaws = self._manifest(layout.TAGMANIFEST, here)
        yield from flaws
        yield from self._compare(dict.fromkeys(needed, "") | listed, here - {layout.TAGMANIFEST, *layout.SIGNATURES})
        if layout.BAGIT in here and self._text(layout.BAGIT) != layout.DECLARATION.decode():
            yield Finding(N_("„bagit.txt“ nennt nicht BagIt 1.0 in UTF-8."))
        self.verdict.info = layout.info_values((layout.INFO in here and self._text(layout.INFO)) or "")
        self.verdict.is_signed = layout.SIGNATURES[0] in here

    def _payload(self) -> Iterator[Finding]:
        here = {name for name in self.names if name.startswith("data/")}
        listed, flaws = self._manifest(layout.MANIFEST, self.names)
        yield from flaws
        yield from self._compare(listed, here)
        oxum = f"{self.verdict.size}.{self.verdict.files}"
        if (told := self.verdict.info.get(layout.OXUM_LABEL)) != oxum:
            text = N_("„bag-info.txt“ nennt {told} (Bytes.Dateien), gefunden wurden {found}.")
            yield Finding(text, {"told": told or "–", "found": oxum})

    def _manifest(self, name: str, here: set[str]) -> tuple[dict[str, str], list[Finding]]:
        """What a manifest lists, and what is wrong with the list itself."""
        if name not in here:
            return {}, [Finding(MISSING, {"name": name})]
        listed: dict[str, str] = {}
        flaws: list[Finding] = []
        text = self._text(name)
        if text is None:
            return {}, [Finding(DAMAGED, {"name": name})]
        for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
            entry = layout.manifest_entry(line)
            if entry is None or entry[1] in listed:
                said = N_("Zeile {number} von „{name}“ ist nicht lesbar oder nennt eine Datei zum zweiten Mal.")
                flaws.append(Finding(said, {"number": number, "name": name}))
            else:
                listed[entry[1]] = entry[0]
        return listed, flaws

    def _compare(self, listed: Mapping[str, str], here: set[str]) -> Iterator[Finding]:
        for name in sorted(listed.keys() - here):
            yield Finding(MISSING, {"name": name})
        for name in sorted(here):
            yield from self._compare_one(name, listed.get(name))

    def _compare_one(self, name: str, wanted: str | None) -> Iterator[Finding]:
        digest, size = self._hash(name)
        if name.startswith("data/"):
            self.verdict.files += 1
            self.verdict.size += size
        if not wanted:
            yield Finding(ADDED, {"name": name})
        elif digest is None:
            yield Finding(DAMAGED, {"name": name})
        elif digest != wanted:
            yield Finding(CHANGED, {"name": name})
        elif name.startswith(layout.PAYLOADS) and name != layout.payload_path(digest):
            yield Finding(N_("„{name}“ heißt nicht wie sein Inhalt."), {"name": name})

    def _hash(self, name: str) -> tuple[str | None, int]:
        digest, size = sha256(), 0
        try:
            with self.source.open(name) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except FAULTS:
            return None, size
        return digest.hexdigest(), size

    def _text(self, name: str) -> str | None:
        try:
            with self.source.open(name) as file:
                return _limited(file).decode("utf-8", "replace")
        except FAULTS:
            return None


def _limited(file: IO[bytes]) -> bytes:
    content = file.read(TAG_LIMIT + 1)
    return content if len(content) <= TAG_LIMIT else b""
