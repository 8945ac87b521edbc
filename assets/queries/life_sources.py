"""Where the events in the life of a device come from, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assets.rules.inventory import PROTECTION, FactName, State
from assets.rules.lifecycle import Stage, Step
from assets.rules.media import MediumKind
from assets.rules.upkeep import Condition, MaintenanceKind
from isms.db.reading import Row, rows
from isms.rules.terms import Term
from isms.rules.texts import N_
from isms.texts import office_day


class EventKind(Term):
    STEP = "step", N_("Schritt")
    ISSUED = "issued", N_("Ausgabe")
    RETURNED = "returned", N_("Rückgabe")
    SEEN = "seen", N_("Gesehen")
    MEDIUM = "medium", N_("Datenträger")
    MAINTENANCE = "maintenance", N_("Wartung")
    FACT = "fact", N_("Gemeldet")
    ERASURE = "erasure", N_("Löschung")
    DISPOSAL = "disposal", N_("Entsorgung")


@dataclass(frozen=True)
class Event:
    """`what` is a marked text with its `values`; `person` has or had the device, `who` noted it. `of` joins a return
    to its handover. `is_free` marks a note that somebody wrote freely: it may hold a name."""

    on: date
    at: datetime
    kind: EventKind
    what: str
    values: Mapping[str, object] = field(default_factory=dict)
    person: str = ""
    who: str = ""
    place: str = ""
    note: str = ""
    is_free: bool = False
    stage: Stage | None = None
    of: int = 0


class _Step(Row):
    step: Step | None
    stage: Stage
    place: str
    reason: str
    day: date
    who: str
    at: datetime


class _Handover(Row):
    id: int
    person: str
    issued_on: date
    issued_by: str
    due_back_on: date | None
    note: str
    recorded_at: datetime
    returned_on: date | None
    taken_back_by: str | None
    return_recorded_at: datetime | None


class _Sighting(Row):
    place: str
    day: date
    who: str
    at: datetime


class _Medium(Row):
    kind: MediumKind
    serial: str
    starts_on: date
    placed_by: str
    recorded_at: datetime
    ended_on: date | None
    ended_by: str | None
    end_reason: str
    end_recorded_at: datetime | None


class _Maintenance(Row):
    kind: MaintenanceKind
    occasion: str
    condition: Condition
    day: date
    who: str
    at: datetime


class _Fact(Row):
    name: FactName
    value: str
    at: datetime


ADDED = N_("Aufgenommen: {stage}")
STEPPED = N_("{step}: {stage}")
ISSUED, LENT = N_("Ausgegeben"), N_("Ausgeliehen bis {until}")
RETURNED, SEEN = N_("Zurückgegeben"), N_("Gesehen")
PUT_IN, TAKEN_OUT = N_("Datenträger eingebaut: {medium}"), N_("Datenträger ausgebaut: {medium}")
MAINTAINED = N_("Wartung ({kind}): {condition}")
REPORTED = N_("{name}: {state}")


async def stages(device: int) -> Sequence[Event]:
    found = await rows(
        _Step,
        """SELECT c.step, c.stage, c.place, c.reason, c.taken_on AS day, p.name AS who, c.recorded_at AS at
           FROM stage_change c JOIN person p ON p.id = c.taken_by WHERE c.device = {} ORDER BY c.id""",
        device,
    )
    return [
        Event(
            one.day,
            one.at,
            EventKind.STEP,
            STEPPED if one.step else ADDED,
            {"step": one.step, "stage": one.stage} if one.step else {"stage": one.stage},
            who=one.who,
            place=one.place,
            note=one.reason,
            is_free=True,
            stage=one.stage,
        )
        for one in found
    ]


async def handovers(device: int) -> Sequence[Event]:
    found = await rows(
        _Handover,
        """SELECT h.id, p.name AS person, h.issued_on, i.name AS issued_by, h.due_back_on, h.note, h.recorded_at,
               h.returned_on, b.name AS taken_back_by, h.return_recorded_at
           FROM handover h JOIN person p ON p.id = h.person JOIN person i ON i.id = h.issued_by
           LEFT JOIN person b ON b.id = h.taken_back_by WHERE h.device = {} ORDER BY h.id""",
        device,
    )
    given = [
        Event(
            one.issued_on,
            one.recorded_at,
            EventKind.ISSUED,
            LENT if one.due_back_on else ISSUED,
            {"until": one.due_back_on} if one.due_back_on else {},
            person=one.person,
            who=one.issued_by,
            note=one.note,
            is_free=True,
            of=one.id,
        )
        for one in found
    ]
    back = [
        Event(
            one.returned_on,
            one.return_recorded_at or one.recorded_at,
            EventKind.RETURNED,
            RETURNED,
            person=one.person,
            who=one.taken_back_by or "",
            of=one.id,
        )
        for one in found
        if one.returned_on
    ]
    return [*given, *back]


async def sightings(device: int) -> Sequence[Event]:
    """Who had it before their eyes, but for what a step of the same day says already."""
    found = await rows(
        _Sighting,
        """SELECT s.place, s.seen_on AS day, p.name AS who, s.recorded_at AS at
           FROM sighting s JOIN person p ON p.id = s.seen_by WHERE s.device = {} AND s.withdrawn_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM stage_change c
               WHERE c.device = s.device AND c.taken_on = s.seen_on AND c.taken_by = s.seen_by) ORDER BY s.id""",
        device,
    )
    return [Event(one.day, one.at, EventKind.SEEN, SEEN, who=one.who, place=one.place) for one in found]


async def media(device: int) -> Sequence[Event]:
    found = await rows(
        _Medium,
        """SELECT m.kind, m.serial, l.starts_on, p.name AS placed_by, l.recorded_at, l.ended_on, e.name AS ended_by,
               l.end_reason, l.end_recorded_at
           FROM medium_placement l JOIN storage_medium m ON m.id = l.medium JOIN person p ON p.id = l.placed_by
           LEFT JOIN person e ON e.id = l.ended_by WHERE l.device = {} ORDER BY l.id""",
        device,
    )
    placed = [
        Event(one.starts_on, one.recorded_at, EventKind.MEDIUM, PUT_IN, {"medium": _medium(one)}, who=one.placed_by)
        for one in found
    ]
    removed = [
        Event(
            one.ended_on,
            one.end_recorded_at or one.recorded_at,
            EventKind.MEDIUM,
            TAKEN_OUT,
            {"medium": _medium(one)},
            who=one.ended_by or "",
            note=one.end_reason,
            is_free=True,
        )
        for one in found
        if one.ended_on
    ]
    return [*placed, *removed]


async def maintenance(device: int) -> Sequence[Event]:
    """What was corrected since is told as corrected."""
    found = await rows(
        _Maintenance,
        """SELECT m.kind, m.occasion, m.condition, m.done_on AS day, p.name AS who, m.recorded_at AS at
           FROM maintenance m JOIN person p ON p.id = m.recorded_by WHERE m.device = {}
           AND NOT EXISTS (SELECT 1 FROM maintenance n WHERE n.replaces = m.id) ORDER BY m.id""",
        device,
    )
    return [
        Event(
            one.day,
            one.at,
            EventKind.MAINTENANCE,
            MAINTAINED,
            {"kind": one.kind, "condition": one.condition},
            who=one.who,
            note=one.occasion,
            is_free=True,
        )
        for one in found
    ]


async def facts(device: int) -> Sequence[Event]:
    """What the device's agent said about its protection, whenever that changed."""
    names = ", ".join(f"'{name.value}'" for name in PROTECTION)
    found = await rows(
        _Fact,
        f"""SELECT f.name, f.value, f.recorded_at AS at FROM reported_fact f
            WHERE f.device = {{}} AND f.name IN ({names}) ORDER BY f.id""",
        device,
    )
    states = {state.value: state for state in State}
    return [
        Event(
            office_day(one.at),
            one.at,
            EventKind.FACT,
            REPORTED,
            {"name": one.name, "state": states.get(one.value, State.UNKNOWN)},
        )
        for one in found
    ]


def _medium(one: _Medium) -> tuple[object, ...]:
    return (one.kind, one.serial) if one.serial else (one.kind,)
