"""Checklists around somebody's first or last day, and whose names are kept until when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from isms.area import Duty, Panel
from isms.db.reading import Row, one, rows, value
from isms.people import SYSTEM, Actor, Someone
from isms.permissions import May
from isms.queries.keys import ids_of
from isms.rules.checklists import RETENTION_MONTHS, STARTERS, ChecklistKind, Point, forgotten_on, read
from isms.rules.texts import N_

AHEAD = 7
MOST = 20
SHOWN = 200


class ChecklistRow(Row):
    """A checklist with how many of its points are open, and when the next is due."""

    id: int
    kind: ChecklistKind
    person: int
    person_name: str
    unit: int
    unit_name: str
    path: str
    day: date
    points: int
    open_points: int
    next_due: date | None

    @property
    def key(self) -> str:
        return f"person:{self.person}"


class ItemRow(Row):
    id: int
    text: str
    due_on: date
    done_on: date | None
    done_by: str | None


class _Due(Row):
    id: int
    text: str
    due_on: date
    person_name: str


class _Former(Row):
    id: int
    name: str
    unit: int
    unit_name: str
    institution: int
    left_on: date


class Former(_Former):
    """Somebody who left, and the day from which on their name is no longer kept."""

    goes_on: date

    @property
    def key(self) -> str:
        return f"person:{self.id}"


CHECKLISTS = """SELECT c.id, c.kind, c.person, p.name AS person_name, p.unit, u.name AS unit_name, u.path, c.day,
        (SELECT count(*) FROM checklist_item i WHERE i.checklist = c.id) AS points,
        (SELECT count(*) FROM checklist_item i WHERE i.checklist = c.id AND i.done_on IS NULL) AS open_points,
        (SELECT min(i.due_on) FROM checklist_item i WHERE i.checklist = c.id AND i.done_on IS NULL) AS next_due
    FROM checklist c JOIN person p ON p.id = c.person JOIN unit u ON u.id = p.unit WHERE """
ITEMS = """SELECT i.id, i.text, i.due_on, i.done_on, w.name AS done_by
    FROM checklist_item i LEFT JOIN person w ON w.id = i.done_by WHERE i.checklist = {} ORDER BY i.due_on, i.id"""
FORMER = """SELECT p.id, p.name, p.unit, u.name AS unit_name, u.institution, p.left_on
    FROM person p JOIN unit u ON u.id = p.unit
    WHERE p.left_on IS NOT NULL AND p.forgotten_on IS NULL AND p.name <> {} AND """


async def checklists(*, seen_by: Actor, limit: int = SHOWN) -> list[ChecklistRow]:
    """Those with open points, the next due first."""
    where, args = seen_by.reach(May.KEEP_CHECKLISTS).where("u.path")
    still = "EXISTS (SELECT 1 FROM checklist_item i WHERE i.checklist = c.id AND i.done_on IS NULL)"
    return await rows(ChecklistRow, f"{CHECKLISTS} {where} AND {still} ORDER BY next_due, c.id LIMIT {limit}", *args)


async def checklist(id: int, *, seen_by: Actor) -> ChecklistRow:
    """Raises Missing for a checklist that is not there or out of reach."""
    where, args = seen_by.reach(May.KEEP_CHECKLISTS).where("u.path")
    missing = N_("Diese Checkliste gibt es nicht, oder Sie dürfen sie nicht sehen.")
    return await one(ChecklistRow, f"{CHECKLISTS} c.id = {{}} AND {where}", id, *args, missing=missing)


async def items(checklist: ChecklistRow) -> list[ItemRow]:
    return await rows(ItemRow, ITEMS, checklist.id)


async def item(id: int, checklist: ChecklistRow) -> ItemRow:
    """Raises Missing for a point of another checklist."""
    sql = ITEMS.replace("ORDER BY", "AND i.id = {} ORDER BY")
    return await one(ItemRow, sql, checklist.id, id, missing=N_("Diesen Punkt gibt es auf der Checkliste nicht."))


async def points(kind: ChecklistKind, institution: int) -> Sequence[Point]:
    """What an office's checklists of a kind start with."""
    stored = await value(
        "SELECT points FROM checklist_plan WHERE institution = {} AND kind = {} ORDER BY id DESC LIMIT 1",
        institution,
        kind.value,
    )
    return read(stored) if stored else STARTERS[kind]


async def checklists_panel(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The checklists of a person, for those who keep them."""
    found: list[ChecklistRow] = []
    where, args = seen_by.reach(May.KEEP_CHECKLISTS).where("u.path")
    for id in ids_of("person", [key]):
        found += await rows(ChecklistRow, f"{CHECKLISTS} c.person = {{}} AND {where} ORDER BY c.id DESC", id, *args)
    return [Panel(N_("Eintritt und Austritt"), "isms/_checklists.html", {"checklists": found})] if found else ()


async def checklists_due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For those who keep checklists: points that are due within a week."""
    if for_.id != seen_by.id or not seen_by.may(May.KEEP_CHECKLISTS):
        return ()
    where, args = seen_by.reach(May.KEEP_CHECKLISTS).where("u.path")
    found = await rows(
        _Due,
        f"""SELECT c.id, i.text, i.due_on, p.name AS person_name FROM checklist_item i
            JOIN checklist c ON c.id = i.checklist JOIN person p ON p.id = c.person JOIN unit u ON u.id = p.unit
            WHERE i.done_on IS NULL AND i.due_on <= {{}} AND {where} ORDER BY i.due_on, i.id LIMIT {MOST}""",
        date.fromordinal(on.toordinal() + AHEAD),
        *args,
    )
    return [
        Duty(
            N_("{person}: {text}"),
            f"/checklists/{one.id}",
            one.due_on,
            values={"person": one.person_name, "text": one.text},
        )
        for one in found
    ]


async def retention(institution: int) -> int:
    """For how many months after the last day an office keeps names."""
    sql = "SELECT months FROM retention WHERE institution = {} ORDER BY id DESC LIMIT 1"
    return int(await value(sql, institution) or RETENTION_MONTHS)


async def former(*, seen_by: Actor, limit: int = 500) -> list[Former]:
    """Those who left and whose names are still kept, the longest gone first."""
    where, args = seen_by.reach(May.MANAGE_PEOPLE).where("u.path")
    found = await rows(_Former, f"{FORMER} {where} ORDER BY p.left_on, p.id LIMIT {limit}", SYSTEM, *args)
    return await _with_their_day(found)


async def to_forget(on: date) -> list[Former]:
    """For the house itself: those whose names are no longer kept on a day, whatever office they were of."""
    shortest = min(await value("SELECT min(months) FROM retention") or RETENTION_MONTHS, RETENTION_MONTHS)
    latest = date.fromordinal(on.toordinal() - 28 * shortest)
    found = await rows(_Former, f"{FORMER} p.left_on <= {{}} ORDER BY p.left_on, p.id", SYSTEM, latest)
    return [one for one in await _with_their_day(found) if one.goes_on <= on]


class _Told(Row):
    content: str | None


class _Called(Row):
    name: str
    login: str | None
    email: str


async def words_of(person: Former) -> list[str]:
    """Pieces of JSON that tell who somebody was: logins and addresses as such, names of two words and more.

    Also those of before they were corrected. A name that somebody else has who is still known stays theirs, and one
    word alone may be any word.
    """
    now = await one(_Called, "SELECT name, login, email FROM person WHERE id = {}", person.id)
    told = await rows(
        _Told,
        """SELECT y.content FROM audit_entry e JOIN audit_payload y ON y.sha256 = e.payload_sha256
           WHERE e.subject = {} AND e.action IN ('person.changed', 'person.import_undone') AND y.content IS NOT NULL""",
        person.key,
    )
    called = [now, *(_before(json.loads(one.content)["details"]) for one in told if one.content)]
    names = sorted({one.name for one in called if len(one.name.split()) > 1})
    own = [_json(name)[1:-1] for name in names if not await value(NAMESAKE, name, person.id)]
    logins = [f'"login":{_json(one.login)}' for one in called if one.login]
    return sorted({*own, *logins, *(f'"email":{_json(one.email)}' for one in called if one.email)})


NAMESAKE = "SELECT 1 FROM person WHERE name = {} AND id <> {} AND forgotten_on IS NULL"


def _json(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)


def _before(details: dict[str, Any]) -> _Called:
    told = details.get("before")
    told = told if isinstance(told, dict) else {}
    return _Called(name=told.get("name") or "", login=told.get("login"), email=told.get("email") or "")


async def _with_their_day(found: Sequence[_Former]) -> list[Former]:
    kept = {office: await retention(office) for office in sorted({one.institution for one in found})}
    return [
        Former(
            id=one.id,
            name=one.name,
            unit=one.unit,
            unit_name=one.unit_name,
            institution=one.institution,
            left_on=one.left_on,
            goes_on=forgotten_on(one.left_on, kept[one.institution]),
        )
        for one in found
    ]
