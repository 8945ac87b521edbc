"""Licences: recorded, described anew, their seats given and freed. Never more seats than were bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from assets.queries.devices import DeviceDetail
from assets.queries.licences import LicenceDetail, SeatRow
from assets.queries.offices import check_path, check_person
from assets.rules.facts import plain
from assets.rules.licences import LicenceKind, check_seat
from assets.rules.permissions import May
from assets.tables import Licence, Seat
from isms.audit import change
from isms.db import execute, hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor, Someone, UnitRow
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_

TAKEN = "SELECT count(*) FROM seat WHERE licence = {} AND ended_on IS NULL"
HAS_ONE = "SELECT 1 FROM seat WHERE licence = {} AND ended_on IS NULL AND "
MOST_SEATS = 1_000_000


@dataclass(frozen=True)
class LicenceFacts:
    """What is written about a licence. `application` is the target object that it is for; costs in cents."""

    name: str
    kind: LicenceKind
    seats: int = 1
    vendor: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    notice_until: date | None = None
    cost_cents: int | None = None
    order_number: str = ""
    supplier: str = ""
    application: int | None = None
    notes: str = ""


async def add_licence(facts: LicenceFacts, *, unit: UnitRow, by: Actor) -> int:
    """Record a licence; answers with its id."""
    by.needs(May.LICENSE, at=unit.path)
    check_licence(facts)
    async with change("licence.added", by=by, unit=unit.id, name=facts.name, seats=facts.seats) as made:
        id = await insert(Licence, **asdict(facts), unit=unit.id, institution=unit.institution)
        made.about(f"licence:{id}")
        return id


async def take_over_licences(wanted: Sequence[LicenceFacts], *, unit: UnitRow, run: int, by: Actor) -> None:
    """Take in the licences of a list, all of them or none."""
    by.needs(May.LICENSE, at=unit.path)
    async with change("licences.imported", f"import_run:{run}", by=by, unit=unit.id, count=len(wanted)) as made:
        for facts in wanted:
            check_licence(facts)
            home = {"unit": unit.id, "institution": unit.institution, "import_run": run}
            id = await insert(Licence, **asdict(facts), **home)
            made.also("licence.imported", f"licence:{id}", unit=unit.id, name=facts.name, seats=facts.seats)


async def change_licence(licence: LicenceDetail, facts: LicenceFacts, *, version: int, by: Actor) -> None:
    """Describe a licence anew; `version` is what the form was opened with.

    Raises Incomplete for fewer seats than are taken.
    """
    by.needs(May.LICENSE, at=licence.path)
    check_licence(facts)
    after = asdict(facts)
    differing = {
        name: {"before": plain(getattr(licence, name)), "after": plain(new)}
        for name, new in after.items()
        if getattr(licence, name) != new
    }
    async with change("licence.changed", licence, by=by, unit=licence.unit, **differing):
        await hold(f"licence {licence.id}")
        taken = int(await value(TAKEN, licence.id))
        if facts.kind is not LicenceKind.SITE and facts.seats < taken:
            raise Incomplete({"seats": Complaint(TOO_FEW, {"taken": taken})})
        changed = (
            await Licence.update({**after, "version": version + 1})  # type: ignore[dict-item]
            .where((Licence.id == licence.id) & (Licence.version == version))
            .returning(Licence.id)
        )
        if not changed:
            raise Stale


async def give_seat(
    licence: LicenceDetail, *, by: Actor, on: date, person: Someone | None = None, device: DeviceDetail | None = None
) -> None:
    """Give a seat to a person, or to a device, by what the licence counts. Raises Refused when none is left."""
    by.needs(May.LICENSE, at=licence.path)
    whom = person if licence.kind is LicenceKind.PERSON else device
    if whom is None:
        raise Incomplete({("person" if licence.kind is LicenceKind.PERSON else "device"): NOBODY})
    field = "person" if licence.kind is LicenceKind.PERSON else "device"
    if isinstance(whom, DeviceDetail):
        await check_path(whom.path, licence.institution, thing=whom.label)
    else:
        await check_person(whom, licence.institution)
    async with change("licence.seat_given", licence, by=by, unit=licence.unit, to=whom.key):
        await hold(f"licence {licence.id}")
        taken, bought = int(await value(TAKEN, licence.id)), int(await value(BOUGHT, licence.id))
        check_seat(licence.name, licence.kind, seats=bought, taken=taken)
        if await value(f"{HAS_ONE} {field} = {{}}", licence.id, whom.id):
            raise Refused(N_("Dafür ist schon ein Platz vergeben."))
        await insert(Seat, licence=licence.id, starts_on=on, given_by=by.id, **{field: whom.id})


async def free_seat(licence: LicenceDetail, seat: SeatRow, *, by: Actor, on: date) -> None:
    """End the use of a seat; that it was used stays on record."""
    by.needs(May.LICENSE, at=licence.path)
    whose = f"person:{seat.person}" if seat.person else f"device:{seat.device}"
    async with change("licence.seat_freed", licence, by=by, unit=licence.unit, to=whose):
        ended = await execute(
            """UPDATE seat SET ended_on = {}, ended_by = {}, end_recorded_at = {}
               WHERE id = {} AND ended_on IS NULL RETURNING id""",
            on,
            by.id,
            datetime.now(UTC),
            seat.id,
        )
        if not ended:
            raise Stale


def check_licence(facts: LicenceFacts) -> None:
    """Raises Incomplete for days in the wrong order, and for a number of seats that is none."""
    complaints: dict[str, Complaint | str] = {}
    if facts.kind is not LicenceKind.SITE and not 1 <= facts.seats <= MOST_SEATS:
        complaints["seats"] = N_("Möglich sind 1 bis 1.000.000 Plätze.")
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        complaints["ends_on"] = N_("Die Lizenz endet vor ihrem Beginn. Bitte prüfen Sie beide Tage.")
    if facts.cost_cents is not None and facts.cost_cents < 0:
        complaints["cost"] = N_("Kosten sind nicht negativ. Bitte tragen Sie ein, was bezahlt wurde, oder nichts.")
    if complaints:
        raise Incomplete(complaints)


BOUGHT = "SELECT seats FROM licence WHERE id = {}"
TOO_FEW = N_("Vergeben sind schon {taken} Plätze. Geben Sie zuerst Plätze frei.")
NOBODY = N_("Bitte wählen Sie, wofür der Platz ist.")
