"""Files of inventory agents: one report as JSON, or many in a ZIP. What is personal is dropped before it is kept."""

from __future__ import annotations

import json
from asyncio import to_thread
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from assets.commands.inventory import take_reports
from assets.commands.inventory_writing import How
from assets.queries.inventory_view import Arrived, Seen, look
from assets.rules.inventory import FactName
from assets.rules.inventory_door import at_the_door
from assets.rules.inventory_reading import NO_REPORT, report_of
from assets.rules.permissions import May
from isms.area import Choice, ImportKind, Outcome, Plan, Question, Upload, Verdict
from isms.intake import Unreadable
from isms.intake.archives import Limits, unpack
from isms.intake.strict_json import read_json
from isms.people import Actor, unit
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

LARGEST_REPORT = 8 * 1024 * 1024
LIMITS = Limits(members=5_000)
BOXED = "reports"
UNKNOWN, TAKE_IN, LEAVE_OUT = "unknown", "new", "skip"

NEW = N_("Noch nicht im Verzeichnis. Wird als aufgestellt aufgenommen; Ort und Nummer ergänzen Sie danach.")
LEFT = N_("Noch nicht im Verzeichnis. Wird nur vorgemerkt.")
CHANGED = N_("Neu gemeldet: {facts}. Programme: {came} kommen, {went} gehen.")
APART = N_(
    "Neu gemeldet: {facts}. Programme: {came} kommen, {went} gehen. Im Verzeichnis steht anderes und bleibt: {own}."
)
SAME = N_("Alles ist schon so bekannt.")
SAME_APART = N_("Nichts Neues. Im Verzeichnis steht anderes und bleibt: {own}.")
ADDS = N_("Ergänzt die Meldung desselben Geräts in Zeile {row}.")
ELSEWHERE = N_("Dieses Gerät gehört zu einer Einheit, für die Sie nicht importieren dürfen.")
DROPPED = N_("Personenbezogenes wird nicht übernommen und nicht aufbewahrt. Weggelassen: {names}.")
ASKED = N_("Was soll mit Geräten geschehen, die noch nicht im Verzeichnis stehen?")
NOTHING = N_("In dem Archiv ist keine JSON-Datei.")


@dataclass(frozen=True)
class Entry:
    """One report of a file: what was kept of it, or what is wrong with it."""

    name: str
    sha256: str
    kept: Mapping[str, Any] | None = None
    complaint: Complaint | None = None


def door(content: bytes) -> bytes:
    """What is kept of an upload: every report without what is personal, under the hash of the bytes that it came in."""
    boxed = [
        {"name": one.name, "sha256": one.sha256, "kept": one.kept}
        if one.complaint is None
        else {"name": one.name, "sha256": one.sha256, "complaint": str(one.complaint)}
        for one in entries(content)
    ]
    return json.dumps({BOXED: boxed}, ensure_ascii=False).encode()


def entries(content: bytes) -> list[Entry]:
    """The reports in a file as it came, or as the door kept it. Raises Unreadable for a file that is neither."""
    if content[:4] == b"PK\x03\x04":
        found = [_entry(name, each) for name, each in unpack(content, LIMITS) if name.casefold().endswith(".json")]
        if not found:
            raise Unreadable(NOTHING)
        return found
    document = read_json(content, limit=LIMITS.total)
    if isinstance(document, dict) and isinstance(document.get(BOXED), list):
        return list(_unboxed(document[BOXED]))
    return [_kept("", sha256(content).hexdigest(), document)]


def _entry(name: str, content: bytes) -> Entry:
    digest = sha256(content).hexdigest()
    try:
        return _kept(name, digest, read_json(content, limit=LARGEST_REPORT))
    except Unreadable as error:
        return Entry(name[:120], digest, complaint=next(iter(error.complaints.values())))


def _kept(name: str, digest: str, document: object) -> Entry:
    if not isinstance(document, dict):
        return Entry(name[:120], digest, complaint=Complaint(NO_REPORT))
    return Entry(name[:120], digest, at_the_door(document))


def _unboxed(boxed: Sequence[object]) -> Iterator[Entry]:
    for one in boxed[: LIMITS.members]:
        box = one if isinstance(one, dict) else {}
        name, digest = str(box.get("name", ""))[:120], str(box.get("sha256", ""))[:64]
        if isinstance(kept := box.get("kept"), dict):
            yield Entry(name, digest, at_the_door(kept))
        else:
            yield Entry(name, digest, complaint=Complaint(str(box.get("complaint") or NO_REPORT)[:400]))


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each report would do. Raises Unreadable for a file that holds none."""
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_DEVICES)
    found = await to_thread(entries, upload.content)
    reports, wrong = _read(found)
    seen = dict(zip(reports, await look(list(reports.values()), place.institution), strict=True))
    takes_in = upload.answers.get(UNKNOWN, TAKE_IN) != LEAVE_OUT
    judge = _Judge(by, takes_in)
    verdicts = [
        _wrong(row, found[row - 1].name, wrong[row]) if row in wrong else judge.verdict(row, seen[row])
        for row in range(1, len(found) + 1)
    ]
    questions = [_question(takes_in)] if any(one.is_new for one in seen.values()) else []
    load = [seen[row].arrived for row in seen if row not in judge.refused]
    return Plan(verdicts, questions, _warnings(reports.values()), load)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_DEVICES)
    arrived: list[Arrived] = plan.load if isinstance(plan.load, list) else []
    takes_in = upload.answers.get(UNKNOWN, TAKE_IN) != LEAVE_OUT
    await take_reports(arrived, How(place, takes_in=takes_in, run=run), by=by, on=on)


INVENTORY = ImportKind(
    name="inventory",
    title=N_("Meldungen von Geräten (GLPI-Agent, JSON oder ZIP)"),
    hint=N_("Eine Meldung als JSON oder viele in einem ZIP. Was Menschen betrifft, wird gar nicht erst aufbewahrt."),
    accepts=".json,.zip,application/json,application/zip",
    asks=May.IMPORT_DEVICES,
    plan=plan,
    carry_out=carry_out,
    home="/inventory",
    door=door,
)


def _read(found: Sequence[Entry]) -> tuple[dict[int, Arrived], dict[int, Complaint]]:
    reports: dict[int, Arrived] = {}
    wrong: dict[int, Complaint] = {}
    for row, one in enumerate(found, start=1):
        if one.kept is None:
            wrong[row] = one.complaint or Complaint(NO_REPORT)
            continue
        try:
            reports[row] = Arrived(report_of(one.kept), one.sha256, one.name)
        except Incomplete as error:
            wrong[row] = next(iter(error.complaints.values()))
    return reports, wrong


class _Judge:
    """Says row by row what would happen, and remembers which device stood in which row."""

    def __init__(self, by: Actor, takes_in: bool) -> None:
        self.by, self.takes_in = by, takes_in
        self.rows: dict[object, int] = {}
        self.refused: set[int] = set()

    def verdict(self, row: int, seen: Seen) -> Verdict:
        title = seen.device.label if seen.device else seen.report.title
        if seen.found.complaint:
            return _wrong(row, title, seen.found.complaint)
        if seen.device and not self.by.may(May.IMPORT_DEVICES, at=seen.device.path):
            self.refused.add(row)
            return _wrong(row, title, Complaint(ELSEWHERE))
        before = self._before(row, seen)
        if before is not None:
            return Verdict(row, Outcome.CHANGED, title, ADDS, {"row": before})
        if seen.device is None:
            outcome = Outcome.NEW if self.takes_in else Outcome.LEFT_OUT
            return Verdict(row, outcome, title, NEW if self.takes_in else LEFT)
        return _compared(row, title, seen)

    def _before(self, row: int, seen: Seen) -> int | None:
        names: set[object] = {seen.device.id} if seen.device else set(seen.report.identities)
        first = min((self.rows[name] for name in names if name in self.rows), default=None)
        self.rows |= {name: self.rows.get(name, row) for name in names}
        return first


def _compared(row: int, title: str, seen: Seen) -> Verdict:
    own = tuple(sorted(seen.differs))
    hidden = (FactName.DISKS,)
    facts: tuple[object, ...] = tuple(name for name in seen.changes.facts if name not in hidden)
    if not (facts or seen.came or seen.went):
        said = SAME_APART if own else SAME
        return Verdict(row, Outcome.UNCHANGED, title, said, {"own": own} if own else {})
    values = {"facts": facts or ("–",), "came": len(seen.came), "went": len(seen.went)}
    return Verdict(row, Outcome.CHANGED, title, APART if own else CHANGED, values | ({"own": own} if own else {}))


def _wrong(row: int, title: str, complaint: Complaint) -> Verdict:
    return Verdict(row, Outcome.WRONG, title or "–", complaint.message, complaint.values)


def _question(takes_in: bool) -> Question:
    choices = [
        Choice(TAKE_IN, N_("Als neue Geräte aufnehmen")),
        Choice(LEAVE_OUT, N_("Nur vormerken, nicht aufnehmen")),
    ]
    return Question(UNKNOWN, ASKED, choices if takes_in else choices[::-1])


def _warnings(arrived: Any) -> list[tuple[str, Mapping[str, object]]]:
    names: Counter[str] = Counter()
    for one in arrived:
        names.update(dict(one.report.dropped))
    shown = tuple(f"{name} ({number})" for name, number in sorted(names.items())[:40])
    return [(DROPPED, {"names": shown})] if shown else []
