"""Counting in a stocktake: a scan is a row, once per thing, and a mistake is taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assets.commands.stocktakes import HELPS, still_open
from assets.queries.counting import ScanRow, Target, earlier, targets
from assets.queries.stocktakes import StocktakeRow
from assets.rules.permissions import May
from assets.rules.stocktakes import AlreadyCounted, Code, Finding, finding_at
from assets.tables import Scan, Sighting
from isms.audit import change
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Complaint, Forbidden, Incomplete, Stale
from isms.rules.texts import N_

NO_CODE = N_("Bitte scannen oder tippen Sie eine Inventarnummer, zum Beispiel NB-0001.")
SEVERAL = N_("„{code}“ steht als Seriennummer auf mehreren Geräten. Bitte scannen Sie die Inventarnummer.")


async def count(stocktake: StocktakeRow, code: Code, *, place: str, by: Actor, on: date) -> int:
    """Note that something is here; answers with the id of the scan.

    Every device that was expected, and every other that the person looks after, is seen by that. Raises
    AlreadyCounted with who was faster, Incomplete for no code or one that names several devices.
    """
    place = place.strip()
    if not code.text:
        raise Incomplete({"code": NO_CODE})
    target = _only(code, await targets(code, stocktake))
    device = target.device if target else None
    finding = _finding(target, place)
    action, subject = ("device.counted", f"device:{device}") if device else ("stocktake.code_kept", stocktake.key)
    told = {"stocktake": stocktake.name, "session": stocktake.key, "code": code.text, "place": place}
    async with change(action, subject, by=by, unit=stocktake.unit, finding=finding.value, **told):
        await still_open(stocktake)
        await _check_counter(stocktake, by)
        if before := await earlier(stocktake, code, device):
            raise AlreadyCounted(before.id, before.scanner, before.recorded_at)
        sighting = await _see(target, place, by, on) if target else None
        where = {"stocktake": stocktake.id, "place": place, "device": device}
        return await insert(Scan, **where, code=code.text, finding=finding, sighting=sighting, scanned_by=by.id)


async def take_back_scan(stocktake: StocktakeRow, scan: ScanRow, *, by: Actor) -> None:
    """It was not that device after all: the scan and its sighting count no longer."""
    if scan.scanned_by != by.id:
        by.needs(May.STOCKTAKE, at=stocktake.path)
    subject = f"device:{scan.device}" if scan.device else stocktake.key
    action = "device.uncounted" if scan.device else "stocktake.code_dropped"
    told = {"stocktake": stocktake.name, "session": stocktake.key, "code": scan.code}
    async with change(action, subject, by=by, unit=stocktake.unit, **told):
        await still_open(stocktake)
        await _check_counter(stocktake, by)
        now = datetime.now(UTC)
        undone = (
            await Scan.update({Scan.undone_at: now, Scan.undone_by: by.id})
            .where((Scan.id == scan.id) & Scan.undone_at.is_null())
            .returning(Scan.sighting)
        )
        if not undone:
            raise Stale
        if sighting := undone[0]["sighting"]:
            await Sighting.update({Sighting.withdrawn_at: now}).where(Sighting.id == sighting)


async def _check_counter(stocktake: StocktakeRow, by: Actor) -> None:
    """Whoever helps may be asked to stop while the next scan is on its way. Raises Forbidden."""
    if by.may(May.STOCKTAKE, at=stocktake.path):
        return
    if not (by.may(May.COUNT) and await value(HELPS, stocktake.id, by.id)):
        raise Forbidden


def _only(code: Code, found: list[Target]) -> Target | None:
    """The one device that is meant: of several with one serial number the only expected one."""
    expected = [one for one in found if one.expected] or found
    if len(expected) > 1:
        raise Incomplete({"code": Complaint(SEVERAL, {"code": code.text})})
    return expected[0] if expected else None


def _finding(target: Target | None, place: str) -> Finding:
    if target is None or target.expected is None:
        return Finding.UNEXPECTED
    return finding_at(place, target.expected_place or "", is_room=target.is_room)


async def _see(target: Target, place: str, by: Actor, on: date) -> int | None:
    """A device that nobody expected is seen only by somebody who looks after it: others have no say about it."""
    if target.expected is None and not by.may(May.ISSUE, at=target.path):
        return None
    where = place or target.expected_place or ""
    return await insert(Sighting, device=target.device, seen_on=on, place=where, seen_by=by.id)
