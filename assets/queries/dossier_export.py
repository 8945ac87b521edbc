"""A dossier as JSON that somebody can check without us. The developer guide describes its members.

`content` is what the second person approved: the SHA-256 of its canonical form is `content_sha256` and stands in every
request. Each line of the trail is exactly what is chained; its SHA-256 is its `link`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assets.queries.dossier_rows import CertificateRow, LineRow
from assets.queries.dossiers import Subject
from assets.queries.medium_files import told
from isms.db.reading import Row, rows
from isms.veil import Veil

FORMAT = "isms-disposal-dossier"
VERSION = 1


class TrailLine(Row):
    seq: int
    action: str
    subject: str
    line: str
    link: str


async def trail_of(subject: Subject) -> list[TrailLine]:
    """What the audit trail holds about the subject, its media and the consignment they left with."""
    keys = [subject.key, *(one.medium.key for one in subject.media)]
    keys += sorted({f"consignment:{line.consignment}" for line in lines_of(subject)})
    marks = ", ".join("{}" for _ in keys)
    return await rows(
        TrailLine,
        f"""SELECT e.seq, e.action, e.subject, e.line, e.link FROM audit_entry e
            WHERE e.subject IN ({marks}) ORDER BY e.institution, e.seq""",
        *keys,
    )


def exported(subject: Subject, trail: Sequence[TrailLine], veil: Veil) -> Mapping[str, object]:
    """The whole dossier, JSON-able. `people` says who is behind a key, under the names that the reader may know."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "subject": _subject(subject),
        "content": subject.content,
        "content_sha256": subject.sha256,
        "states": {one.medium.key: one.state.value for one in subject.media},
        "checklist": [{"point": point.need.value, "done": point.is_done} for point in subject.checklist],
        "requests": [_request(one) for one in subject.requests],
        "verdicts": [_verdict(one) for one in subject.verdicts],
        "handed_over": [_line(one) for one in lines_of(subject)],
        "certificates": [_certificate(one) for one in certificates_of(subject)],
        "people": {key: veil.name(name) for key, name in sorted(set(people_of(subject)))},
        "trail": [told(line, "seq", "action", "subject", "line", "link") for line in trail],
    }


def people_of(subject: Subject) -> Iterator[tuple[str, str]]:
    """Everybody in the dossier: key and name."""
    plans = [(plan.planned_by, plan.planner) for each in subject.media for plan in each.plans]
    erasures = [erasure for each in subject.media for erasure in each.erasures]
    found = [
        *plans,
        *((one.operator, one.operator_name) for one in erasures),
        *((one.verifier, one.verifier_name) for one in erasures),
        *((one.stated_by, one.stated_by_name) for one in subject.statements),
        *((one.removed_by, one.removed_by_name) for one in subject.labels),
        *((one.requested_by, one.requester) for one in subject.requests),
        *((one.decided_by, one.decider) for one in subject.verdicts),
        *((one.receiver, one.receiver_name) for one in certificates_of(subject)),
    ]
    return ((f"person:{id}", name) for id, name in found if name)


def _subject(subject: Subject) -> Mapping[str, object]:
    known: dict[str, object] = {"key": subject.key, "title": subject.title}
    if subject.device:
        return {**known, **told(subject.device, "inventory_number", "serial", "maker", "model", "stage")}
    return {**known, **told(subject.thing, "serial", "maker", "model", "kind")}


def _request(one: object) -> Mapping[str, object]:
    return told(one, "id", "way", "recipient", "note", "sha256", "requested_on", "requested_by")


def _verdict(one: object) -> Mapping[str, object]:
    return told(one, "request", "verdict", "reason", "decided_on", "decided_by")


def _line(one: object) -> Mapping[str, object]:
    names = ("consignment", "mark", "title", "protection_class", "security_level", "provider", "container", "seal")
    return told(one, *names, "transport", "handed_over_on", "handed_over_by")


def _certificate(one: object) -> Mapping[str, object]:
    names = ("consignment", "number", "certified_on", "protection_class", "security_level", "named")
    return told(one, *names, "file_name", "sha256", "receiver")


def lines_of(subject: Subject) -> list[LineRow]:
    """What of it was handed over under seal."""
    own = [subject.line] if subject.line else []
    return [*own, *(one.line for one in subject.media if one.line)]


def certificates_of(subject: Subject) -> list[CertificateRow]:
    """All certificates of the consignments it left with."""
    found = {certificate.id: certificate for one in subject.media for certificate in one.certificates}
    return [found[id] for id in sorted(found)]
