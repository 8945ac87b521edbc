"""The audit log of a package: its chain, its head, and the payloads that its lines vouch for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from isms.evidence import layout
from isms.evidence.sources import FAULTS, Finding, Source
from isms.rules import chain
from isms.rules.chain import EMPTY, Flaw, Head
from isms.rules.texts import N_

LINE_LIMIT = 1024 * 1024

SENTENCES = {
    Flaw.CHANGED: N_("Eintrag {seq} der Prüfspur ist verändert."),
    Flaw.UNREADABLE: N_("An der Stelle von Eintrag {seq} steht keine lesbare Zeile der Prüfspur."),
    Flaw.MISSING: N_("Eintrag {seq} der Prüfspur fehlt."),
    Flaw.CUT: N_("Die Prüfspur ist am Ende abgeschnitten: Eintrag {seq} fehlt."),
    Flaw.ADDED: N_("Eintrag {seq} steht hinter dem Ende der Prüfspur."),
    Flaw.MISPLACED: N_("Eintrag {seq} der Prüfspur steht an der falschen Stelle."),
    Flaw.REPEATED: N_("Eintrag {seq} der Prüfspur steht zweimal da."),
}
STRETCHES = {
    Flaw.MISSING: N_("Die Einträge {seq} bis {last} der Prüfspur fehlen."),
    Flaw.CUT: N_("Die Prüfspur ist am Ende abgeschnitten: Die Einträge {seq} bis {last} fehlen."),
    Flaw.ADDED: N_("Die Einträge {seq} bis {last} stehen hinter dem Ende der Prüfspur."),
}


def sentence(flaw: chain.Break) -> Finding:
    """What a break of the chain means, said to a person."""
    texts = STRETCHES if flaw.last > flaw.seq else SENTENCES
    return Finding(texts[flaw.reason], {"seq": flaw.seq, "last": flaw.last})


class Log:
    """Reads the log once, line by line."""

    def __init__(self, source: Source, names: set[str], known: Head | None) -> None:
        self.source = source
        self.names = names
        self.known = known
        self.count = 0
        self.head = EMPTY
        self.vouched: set[bytes] = set()
        self.is_on_chain = known is None or known.count == 0

    def findings(self, told: str | None) -> Iterator[Finding]:
        if layout.LOG not in self.names:
            yield Finding(N_("Das Paket enthält keine Prüfspur („{name}“)."), {"name": layout.LOG})
            return
        head, flaws = self._head(told)
        yield from flaws
        try:
            yield from (sentence(each) for each in chain.breaks(self._lines(), head))
        except FAULTS:
            yield Finding(N_("Die Prüfspur bricht nach Eintrag {seq} unlesbar ab."), {"seq": self.count})
        if not self.is_on_chain and self.known:
            text = N_("Die Prüfspur ist nicht die, deren Kopf Sie kennen: Eintrag {seq} ist dort ein anderer.")
            yield Finding(text, {"seq": self.known.count})
        yield from self._payloads()

    def _head(self, told: str | None) -> tuple[Head | None, list[Finding]]:
        try:
            head = Head.read(self._small(layout.HEAD).decode("ascii", "replace"))
        except ValueError:
            return None, [Finding(N_("„{name}“ fehlt oder nennt keinen Kopf der Prüfspur."), {"name": layout.HEAD})]
        if told != str(head):
            text = N_("„bag-info.txt“ und „{name}“ nennen verschiedene Köpfe der Prüfspur.")
            return head, [Finding(text, {"name": layout.HEAD})]
        return head, []

    def _lines(self) -> Iterator[bytes]:
        with self.source.open(layout.LOG) as file:
            while line := file.readline(LINE_LIMIT):
                content = line.removesuffix(b"\n")
                self._remember(content)
                yield content

    def _remember(self, content: bytes) -> None:
        self.count += 1
        if link := chain.read(content):
            self.head = Head(link.seq, link.hash)
            self.vouched.add(bytes.fromhex(link.payload_sha256))
            self.is_on_chain = self.is_on_chain or self.head == self.known

    def _payloads(self) -> Iterator[Finding]:
        here = {bytes.fromhex(digest) for digest in self._present()}
        for digest in sorted(self.vouched - here - self._left_out()):
            text = N_("„{name}“ fehlt, und „{list}“ sagt nicht warum.")
            yield Finding(text, {"name": layout.payload_path(digest.hex()), "list": layout.LEFT_OUT})
        for digest in sorted(here - self.vouched):
            yield Finding(
                N_("Zu „{name}“ gibt es keinen Eintrag in der Prüfspur."), {"name": layout.payload_path(digest.hex())}
            )

    def _present(self) -> Iterator[str]:
        """Payload files named like a hash; the manifest's check names all others."""
        for name in self.names:
            digest = name.removeprefix(layout.PAYLOADS).removesuffix(".json")
            if name == layout.payload_path(digest) and _is_digest(digest):
                yield digest

    def _left_out(self) -> set[bytes]:
        if layout.LEFT_OUT not in self.names:
            return set()
        try:
            with self.source.open(layout.LEFT_OUT) as file:
                rows = csv.reader(io.TextIOWrapper(file, "utf-8-sig", "replace"), delimiter=";")
                return {bytes.fromhex(row[1]) for row in rows if len(row) > 1 and _is_digest(row[1])}
        except (*FAULTS, csv.Error):
            return set()

    def _small(self, name: str) -> bytes:
        if name not in self.names:
            return b""
        try:
            with self.source.open(name) as file:
                return file.read(200)
        except FAULTS:
            return b""


def _is_digest(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")
