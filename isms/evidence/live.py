"""Verifying the audit trail where it lies: the chain of every institution, and the rows around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from isms import db
from isms.db.reading import Row, each, rows
from isms.evidence.log import sentence
from isms.evidence.sources import Finding
from isms.rules import chain
from isms.rules.chain import EMPTY, Head, Walk
from isms.rules.packages import PackageStage
from isms.rules.texts import N_

SHOWN = 500

ENTRIES = """SELECT e.seq, e.at, e.actor, e.action, e.subject, e.line, e.link, e.payload_sha256,
    p.sha256 AS payload, p.content
    FROM audit_entry e LEFT JOIN audit_payload p ON p.sha256 = e.payload_sha256
    WHERE e.institution = {} ORDER BY e.seq, e.id"""
INSTITUTIONS = """SELECT id, name FROM unit WHERE id = institution
    OR id IN (SELECT institution FROM audit_entry) ORDER BY id"""
HEADS = "SELECT name, head FROM evidence_package WHERE institution = {} AND stage = {} ORDER BY id"


class EntryRow(Row):
    seq: int
    at: datetime
    actor: int
    action: str
    subject: str
    line: str
    link: str
    payload_sha256: str
    payload: str | None
    content: str | None


class Institution(Row):
    id: int
    name: str


class Anchor(Row):
    """A head that went out with a package: it has to lie on the chain for ever."""

    name: str
    head: str


@dataclass
class Checked:
    """What the check of one institution's trail found."""

    name: str
    head: Head = EMPTY
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def note(self, finding: Finding) -> None:
        self.count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(finding)


async def verify_database() -> list[Checked]:
    """Every institution's trail as of one moment, in constant memory."""
    async with db.snapshot():
        return [await _check(institution) for institution in await rows(Institution, INSTITUTIONS)]


async def _check(institution: Institution) -> Checked:
    checked = Checked(institution.name)
    anchors = _Anchors(await rows(Anchor, HEADS, institution.id, PackageStage.READY))
    walk = Walk()
    async for entry in each(EntryRow, ENTRIES, institution.id):
        for flaw in walk.step(entry.line):
            checked.note(sentence(flaw))
        for finding in _flaws(entry):
            checked.note(finding)
        anchors.pass_by(walk.head)
    for finding in (*map(sentence, walk.end()), *anchors.findings()):
        checked.note(finding)
    checked.head = walk.head
    return checked


def _flaws(entry: EntryRow) -> Iterator[Finding]:
    """The columns are there to search by: they must say what the line says."""
    if _told(entry) != (
        entry.seq,
        entry.action,
        entry.subject,
        f"person:{entry.actor}",
        entry.payload_sha256,
        entry.at,
    ):
        yield Finding(
            N_("Eintrag {seq}: Die Spalten der Tabelle sagen etwas anderes als die Zeile."), {"seq": entry.seq}
        )
    if entry.link != chain.link(entry.line):
        yield Finding(N_("Eintrag {seq}: Die gespeicherte Prüfsumme ist nicht die der Zeile."), {"seq": entry.seq})
    if entry.payload is None:
        yield Finding(N_("Eintrag {seq}: Die Einzelheiten fehlen, ohne dass sie gelöscht wurden."), {"seq": entry.seq})
    elif entry.content is not None and chain.link(entry.content) != entry.payload_sha256:
        yield Finding(N_("Eintrag {seq}: Die Einzelheiten sind verändert."), {"seq": entry.seq})


def _told(entry: EntryRow) -> tuple[object, ...]:
    try:
        line = json.loads(entry.line)
        at = datetime.fromisoformat(line["ts"])
        return (line["seq"], line["action"], line["object"], line["actor"], line["payload_sha256"], at)
    except (ValueError, KeyError, TypeError):
        return ()


class _Anchors:
    """Heads that are known elsewhere, ticked off while the chain goes by."""

    def __init__(self, anchors: list[Anchor]) -> None:
        self.open: dict[str, str] = {anchor.head: anchor.name for anchor in anchors if anchor.head != str(EMPTY)}

    def pass_by(self, head: Head) -> None:
        if self.open:
            self.open.pop(str(head), None)

    def findings(self) -> Iterator[Finding]:
        text = N_("Die Prüfspur ist nicht die, deren Kopf im Paket „{name}“ steht: {head}.")
        for head, name in self.open.items():
            yield Finding(text, {"name": name, "head": head})
