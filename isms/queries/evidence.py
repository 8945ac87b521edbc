"""Evidence packages and whom they may be handed to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from isms.db.reading import Row, one, rows, value
from isms.people import Actor, UnitRow, units
from isms.permissions import May
from isms.rules.chain import EMPTY, Head
from isms.rules.packages import PackageStage
from isms.rules.texts import N_

PATIENCE = timedelta(minutes=15)


class PackageRow(Row):
    id: int
    institution: int
    unit_name: str
    path: str
    as_of: date
    named: bool
    requested_by: int
    requester: str
    requested_at: datetime
    stage: PackageStage
    step: str
    seen_at: datetime
    name: str
    sha256: str | None
    size: int
    head: str
    complaint: str

    @property
    def key(self) -> str:
        return f"evidence_package:{self.id}"

    def has_stopped(self, at: datetime) -> bool:
        """Nobody has been working on it for a while: the house was restarted meanwhile."""
        return self.stage is PackageStage.MAKING and at - self.seen_at > PATIENCE


PACKAGES = """SELECT e.id, e.institution, u.name AS unit_name, u.path, e.as_of, e.named, e.requested_by,
    p.name AS requester, e.requested_at, e.stage, e.step, e.seen_at, e.name, e.sha256, e.size, e.head, e.complaint
    FROM evidence_package e JOIN unit u ON u.id = e.institution JOIN person p ON p.id = e.requested_by"""


async def packages(*, seen_by: Actor, limit: int = 50) -> list[PackageRow]:
    """The newest packages in reach; those with names only for those who may know the names."""
    where, args = _within_reach(seen_by)
    return await rows(PackageRow, f"{PACKAGES} WHERE {where} ORDER BY e.id DESC LIMIT {{}}", *args, limit)


async def evidence_package(id: int, *, seen_by: Actor) -> PackageRow:
    """Raises Missing for a package that is not there, out of reach, or has names that this person may not know."""
    where, args = _within_reach(seen_by)
    missing = N_("Dieses Nachweispaket gibt es nicht, oder Sie dürfen es nicht sehen.")
    return await one(PackageRow, f"{PACKAGES} WHERE e.id = {{}} AND {where}", id, *args, missing=missing)


async def package_to_make(id: int) -> PackageRow:
    return await one(PackageRow, f"{PACKAGES} WHERE e.id = {{}}", id)


async def institutions(*, seen_by: Actor) -> list[UnitRow]:
    """Whose evidence somebody may have: a package is about a whole office, so part of one is not enough."""
    return [unit for unit in await units(seen_by=seen_by, asks=May.EXPORT_EVIDENCE) if unit.id == unit.institution]


async def head_now(institution: int) -> Head:
    last = await value("SELECT max(seq) FROM audit_entry WHERE institution = {}", institution)
    link = "SELECT link FROM audit_entry WHERE institution = {} AND seq = {}"
    return Head(last, await value(link, institution, last)) if last else EMPTY


def _within_reach(seen_by: Actor) -> tuple[str, list[object]]:
    where, args = seen_by.reach(May.EXPORT_EVIDENCE).where("u.path")
    named, more = seen_by.reach(May.NAME_PEOPLE).where("u.path")
    return f"{where} AND (NOT e.named OR {named})", [*args, *more]
