"""Events in the life of a device that prove that no data left with it: erasures, checks, approvals, handing over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assets.queries.life_sources import Event, EventKind
from assets.rules.dossier import Verdict
from assets.rules.erasure import Method
from assets.rules.media import MediumKind
from isms.db.reading import Row, rows
from isms.rules.texts import N_

ERASED = N_("Gelöscht ({method}): {medium}")
FAILED = N_("Löschen misslungen ({method}): {medium}")
PASSED, REFUTED = N_("Löschung geprüft, keine Daten mehr: {medium}"), N_("Löschung geprüft, Daten gefunden: {medium}")
ASKED, DECIDED = N_("Freigabe zur Entsorgung beantragt"), N_("Freigabe zur Entsorgung: {verdict}")
HANDED_OVER = N_("Übergeben an {provider}, Plombe {seal}")

# Of every medium that was in the device: what happened from then on until it came into another one.
THEN = """JOIN medium_placement l ON l.medium = m.id AND l.device = {} AND l.starts_on <= e.done_on
    AND NOT EXISTS (SELECT 1 FROM medium_placement n WHERE n.medium = m.id AND n.device <> l.device
        AND n.starts_on >= l.starts_on AND n.starts_on <= e.done_on AND n.id > l.id)"""


class _Erasure(Row):
    kind: MediumKind
    serial: str
    method: Method
    went_well: bool
    day: date
    who: str
    at: datetime


class _Step(Row):
    verdict: Verdict | None
    day: date
    who: str
    at: datetime


class _Handed(Row):
    provider: str
    seal: str
    day: date
    who: str
    at: datetime


async def erasures(device: int) -> Sequence[Event]:
    done = await rows(
        _Erasure,
        f"""SELECT DISTINCT e.id, m.kind, m.serial, e.method, e.succeeded AS went_well, e.done_on AS day, p.name AS who,
               e.recorded_at AS at
            FROM erasure e JOIN storage_medium m ON m.id = e.medium {THEN} JOIN person p ON p.id = e.operator
            ORDER BY e.id""",
        device,
    )
    checked = await rows(
        _Erasure,
        f"""SELECT DISTINCT c.id, m.kind, m.serial, e.method, c.passed AS went_well, c.checked_on AS day, p.name AS who,
               c.recorded_at AS at
            FROM erasure_check c JOIN erasure e ON e.id = c.erasure JOIN storage_medium m ON m.id = e.medium {THEN}
            JOIN person p ON p.id = c.verifier ORDER BY c.id""",
        device,
    )
    return [
        *(_event(one, ERASED if one.went_well else FAILED) for one in done),
        *(_event(one, PASSED if one.went_well else REFUTED) for one in checked),
    ]


async def disposals(device: int) -> Sequence[Event]:
    asked = await rows(
        _Step,
        """SELECT NULL AS verdict, r.requested_on AS day, p.name AS who, r.recorded_at AS at FROM disposal_request r
           JOIN person p ON p.id = r.requested_by WHERE r.device = {} ORDER BY r.id""",
        device,
    )
    decided = await rows(
        _Step,
        """SELECT v.verdict, v.decided_on AS day, p.name AS who, v.recorded_at AS at FROM disposal_verdict v
           JOIN disposal_request r ON r.id = v.request JOIN person p ON p.id = v.decided_by
           WHERE r.device = {} ORDER BY v.id""",
        device,
    )
    handed = await rows(
        _Handed,
        """SELECT c.provider, c.seal, c.handed_over_on AS day, p.name AS who, c.recorded_at AS at
           FROM consignment_line l JOIN consignment c ON c.id = l.consignment JOIN person p ON p.id = c.handed_over_by
           WHERE l.device = {} ORDER BY l.id""",
        device,
    )
    return [
        *(Event(one.day, one.at, EventKind.DISPOSAL, ASKED, who=one.who) for one in asked),
        *(
            Event(one.day, one.at, EventKind.DISPOSAL, DECIDED, {"verdict": one.verdict}, who=one.who)
            for one in decided
        ),
        *(
            Event(
                one.day,
                one.at,
                EventKind.DISPOSAL,
                HANDED_OVER,
                {"provider": one.provider, "seal": one.seal},
                who=one.who,
            )
            for one in handed
        ),
    ]


def _event(one: _Erasure, what: str) -> Event:
    medium = (one.kind, one.serial) if one.serial else (one.kind,)
    return Event(one.day, one.at, EventKind.ERASURE, what, {"method": one.method, "medium": medium}, who=one.who)
