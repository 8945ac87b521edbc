"""The rows that dossiers are made of, for one device, one medium, or all devices of a kind at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from assets.queries.media import COLUMNS, TABLES, MediumRow
from assets.rules.dossier import DisposalWay, Verdict
from assets.rules.erasure import ErasureLevel, Extent, Method
from assets.rules.protection import ProtectionNeed
from isms.db.reading import Kind, Row, rows

ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)


class PlanRow(Row):
    id: int
    medium: int
    derived: ProtectionNeed | None
    derived_from: int | None
    derived_name: str | None
    need: ProtectionNeed
    need_reason: str
    encrypted: bool | None
    proposed: ErasureLevel
    level: ErasureLevel
    by_provider: bool
    reason: str
    protection_class: int | None
    security_level: int | None
    planned_on: date
    planned_by: int
    planner: str
    recorded_at: datetime


class ErasureRow(Row):
    """An erasure, with what a second person found; `checked_at` is None until somebody looked.

    `counts` is false for one from before the medium was used again: it proves nothing, but that it failed stays true.
    """

    id: int
    medium: int
    plan: int
    method: Method
    level: ErasureLevel
    tool: str
    tool_version: str
    operator: int
    operator_name: str
    done_on: date
    succeeded: bool
    note: str
    recorded_at: datetime
    verifier: int | None
    verifier_name: str | None
    checked_on: date | None
    extent: Extent | None
    passed: bool | None
    check_note: str | None
    checked_at: datetime | None
    counts: bool

    @property
    def failed(self) -> bool:
        return not self.succeeded or self.passed is False


class LineRow(Row):
    id: int
    consignment: int
    device: int | None
    medium: int | None
    mark: str
    title: str
    protection_class: int | None
    security_level: int | None
    provider: str
    container: str
    seal: str
    transport: str
    handed_over_on: date
    handed_over_by: int
    recorded_at: datetime


class CertificateRow(Row):
    id: int
    consignment: int
    file: int
    file_name: str
    sha256: str
    number: str
    certified_on: date
    protection_class: int
    security_level: int
    marks: str
    note: str
    receiver: int
    receiver_name: str
    recorded_at: datetime

    @property
    def named(self) -> list[str]:
        """The serial numbers on it."""
        return [line.strip() for line in self.marks.splitlines() if line.strip()]


class StatementRow(Row):
    id: int
    device: int
    reason: str
    stated_on: date
    stated_by: int
    stated_by_name: str
    confirms: int | None
    recorded_at: datetime


class LabelRow(Row):
    id: int
    device: int | None
    medium: int | None
    removed_on: date
    removed_by: int
    removed_by_name: str
    note: str
    recorded_at: datetime


class RequestRow(Row):
    id: int
    device: int | None
    medium: int | None
    way: DisposalWay
    recipient: str
    note: str
    sha256: str
    requested_on: date
    requested_by: int
    requester: str
    recorded_at: datetime


class VerdictRow(Row):
    id: int
    request: int
    verdict: Verdict
    reason: str
    decided_on: date
    decided_by: int
    decider: str
    recorded_at: datetime


@dataclass(frozen=True)
class Gathered:
    """All rows, the newest last."""

    media: Sequence[MediumRow]
    plans: Sequence[PlanRow]
    erasures: Sequence[ErasureRow]
    lines: Sequence[LineRow]
    certificates: Sequence[CertificateRow]
    statements: Sequence[StatementRow]
    labels: Sequence[LabelRow]
    requests: Sequence[RequestRow]
    verdicts: Sequence[VerdictRow]

    def of_device(self, id: int) -> Gathered:
        """Only what concerns one device and the media in it."""
        media = [one for one in self.media if one.device == id]
        return self._narrowed(media, [one for one in self.lines if one.device == id], device=id)

    def of_medium(self, id: int) -> Gathered:
        """Only what concerns one medium on its own."""
        return self._narrowed([one for one in self.media if one.id == id], [], medium=id)

    def _narrowed(
        self, media: Sequence[MediumRow], lines: Sequence[LineRow], device: int | None = None, medium: int | None = None
    ) -> Gathered:
        ids = {one.id for one in media}
        requests = [one for one in self.requests if (one.device, one.medium) == (device, medium)]
        return Gathered(
            media,
            [one for one in self.plans if one.medium in ids],
            [one for one in self.erasures if one.medium in ids],
            [*lines, *(one for one in self.lines if one.medium in ids)],
            self.certificates,
            [one for one in self.statements if one.device == device],
            [one for one in self.labels if (one.device, one.medium) == (device, medium)],
            requests,
            [one for one in self.verdicts if one.request in {asked.id for asked in requests}],
        )


@dataclass(frozen=True)
class Of:
    """Which devices (a condition on `d` and its unit `u`) or which media on their own (a condition on `m`), with
    arguments, and until which moment."""

    devices: str = ""
    args: Sequence[object] = field(default_factory=tuple)
    alone: str = ""
    until: datetime = ALWAYS

    @property
    def media(self) -> tuple[str, list[object]]:
        """A condition on a medium `m`."""
        if self.alone:
            return self.alone, list(self.args)
        inside = f"""m.id IN (SELECT l.medium FROM medium_placement l JOIN device d ON d.id = l.device
            JOIN unit u ON u.id = d.unit WHERE {self.devices} AND l.recorded_at < {{}}
            AND (l.end_recorded_at IS NULL OR l.end_recorded_at >= {{}}))"""
        return inside, [*self.args, self.until, self.until]

    @property
    def subjects(self) -> tuple[str, list[object]]:
        """A condition on a row `x` that names a device or a medium."""
        if self.alone:
            return f"x.medium IN (SELECT m.id FROM storage_medium m WHERE {self.alone})", list(self.args)
        inside = f"SELECT d.id FROM device d JOIN unit u ON u.id = d.unit WHERE {self.devices}"
        return f"x.device IN ({inside})", list(self.args)


# What was done to a medium before it was used again proves nothing any more.
IN_USE = "('issued', 'installed', 'registered', 'returned', 'found', 'in_repair')"
SINCE_USED = f"""x.recorded_at >= COALESCE((SELECT max(l.recorded_at) FROM medium_placement l
        WHERE l.medium = m.id), x.recorded_at)
    AND x.recorded_at >= COALESCE((SELECT max(c.recorded_at) FROM stage_change c
        JOIN medium_placement l ON l.device = c.device WHERE l.medium = m.id AND c.stage IN {IN_USE}
        AND c.recorded_at >= l.recorded_at AND (l.end_recorded_at IS NULL OR c.recorded_at < l.end_recorded_at)),
        x.recorded_at)"""
SINCE_IN_USE = f"""(x.device IS NULL OR x.recorded_at >= COALESCE((SELECT max(c.recorded_at) FROM stage_change c
    WHERE c.device = x.device AND c.stage IN {IN_USE}), x.recorded_at))"""

PLANS = """SELECT x.id, x.medium, x.derived, x.derived_from, o.short_id || ' ' || o.name AS derived_name, x.need,
    x.need_reason, x.encrypted, x.proposed, x.level, x.by_provider, x.reason, x.protection_class, x.security_level,
    x.planned_on, x.planned_by, p.name AS planner, x.recorded_at
    FROM erasure_plan x JOIN storage_medium m ON m.id = x.medium JOIN person p ON p.id = x.planned_by
    LEFT JOIN target_object o ON o.id = x.derived_from"""
ERASURES = f"""SELECT x.id, x.medium, x.plan, x.method, x.level, x.tool, x.tool_version, x.operator,
    p.name AS operator_name, x.done_on, x.succeeded, x.note, x.recorded_at, k.verifier, q.name AS verifier_name,
    k.checked_on, k.extent, k.passed, k.note AS check_note, k.recorded_at AS checked_at,
    ({SINCE_USED}) AS counts
    FROM erasure x JOIN storage_medium m ON m.id = x.medium JOIN person p ON p.id = x.operator
    LEFT JOIN erasure_check k ON k.erasure = x.id AND k.recorded_at < {{}} LEFT JOIN person q ON q.id = k.verifier"""
LINES = """SELECT x.id, x.consignment, x.device, x.medium, x.mark, x.title, x.protection_class, x.security_level,
    s.provider, s.container, s.seal, s.transport, s.handed_over_on, s.handed_over_by, x.recorded_at
    FROM consignment_line x JOIN consignment s ON s.id = x.consignment"""
CERTIFICATES = """SELECT x.id, x.consignment, x.file, f.name AS file_name, f.sha256, x.number, x.certified_on,
    x.protection_class, x.security_level, x.marks, x.note, x.received_by AS receiver, p.name AS receiver_name,
    x.recorded_at FROM destruction_certificate x JOIN stored_file f ON f.id = x.file
    JOIN person p ON p.id = x.received_by"""
STATEMENTS = """SELECT x.id, x.device, x.reason, x.stated_on, x.stated_by, p.name AS stated_by_name, x.confirms,
    x.recorded_at FROM mediumless_statement x JOIN person p ON p.id = x.stated_by"""
LABELS = """SELECT x.id, x.device, x.medium, x.removed_on, x.removed_by, p.name AS removed_by_name, x.note,
    x.recorded_at FROM label_removal x JOIN person p ON p.id = x.removed_by"""
REQUESTS = """SELECT x.id, x.device, x.medium, x.way, x.recipient, x.note, x.sha256, x.requested_on, x.requested_by,
    p.name AS requester, x.recorded_at FROM disposal_request x JOIN person p ON p.id = x.requested_by"""
VERDICTS = """SELECT v.id, v.request, v.verdict, v.reason, v.decided_on, v.decided_by, p.name AS decider,
    v.recorded_at FROM disposal_verdict v JOIN disposal_request x ON x.id = v.request
    JOIN person p ON p.id = v.decided_by"""


async def gather(of: Of) -> Gathered:
    """As many questions as there are kinds of rows, however many devices."""
    media, ids = of.media
    subjects, args = of.subjects
    lines = f"({subjects}) OR x.medium IN (SELECT m.id FROM storage_medium m WHERE {media})"
    parts = f"SELECT x.consignment FROM consignment_line x WHERE {lines}"
    return Gathered(
        media=await rows(MediumRow, f"SELECT {COLUMNS} {TABLES} WHERE {media} ORDER BY m.id", *ids),
        plans=await _until(PlanRow, f"{PLANS} WHERE {media} AND {SINCE_USED}", of, *ids),
        erasures=await _until(ErasureRow, f"{ERASURES} WHERE {media}", of, of.until, *ids),
        lines=await _until(LineRow, f"{LINES} WHERE ({lines})", of, *args, *ids),
        certificates=await _until(CertificateRow, f"{CERTIFICATES} WHERE x.consignment IN ({parts})", of, *args, *ids),
        statements=[]
        if of.alone
        else await _until(StatementRow, f"{STATEMENTS} WHERE {subjects} AND {SINCE_IN_USE}", of, *args),
        labels=await _until(LabelRow, f"{LABELS} WHERE {subjects} AND {SINCE_IN_USE}", of, *args),
        requests=await _until(RequestRow, f"{REQUESTS} WHERE {subjects} AND {SINCE_IN_USE}", of, *args),
        verdicts=await _until(VerdictRow, f"{VERDICTS} WHERE {subjects}", of, *args, alias="v"),
    )


async def _until(kind: type[Kind], sql: str, of: Of, *args: object, alias: str = "x") -> list[Kind]:
    return await rows(kind, f"{sql} AND {alias}.recorded_at < {{}} ORDER BY {alias}.id", *args, of.until)
