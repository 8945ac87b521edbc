"""Things of the office to test with."""

from datetime import timedelta

from assets.commands.devices import add_device
from assets.commands.links import link
from assets.commands.media import add_medium
from assets.commands.objects import add
from assets.queries.devices import DeviceDetail, device
from assets.queries.media import MediumRow, medium
from assets.queries.objects import ObjectDetail, target_object
from assets.rules.facts import DeviceFacts, ObjectFacts
from assets.rules.kinds import Kind, LinkKind
from assets.rules.lifecycle import Ownership, Stage
from assets.rules.media import MediumFacts, MediumKind
from isms.db.reading import Row, rows
from isms.people import UnitRow
from isms.tables import ImportRun
from tests.office import TODAY, Office

YESTERDAY = TODAY - timedelta(days=1)


class Entry(Row):
    action: str
    subject: str
    actor: int


async def trail() -> list[Entry]:
    return await rows(Entry, "SELECT action, subject, actor FROM audit_entry ORDER BY id DESC")


async def an_object(office: Office, name: str, kind: Kind = Kind.APPLICATION, unit: UnitRow | None = None, **facts):
    id = await add(kind, ObjectFacts(name=name, **facts), unit=unit or office.unit, by=office.yildiz, on=TODAY)
    return await seen(office, id)


async def seen(office: Office, thing: ObjectDetail | int) -> ObjectDetail:
    """The object as the ISB sees it now."""
    return await target_object(thing if isinstance(thing, int) else thing.id, seen_by=office.yildiz)


async def runs_on(office: Office, source: ObjectDetail, target: ObjectDetail) -> None:
    await link(source, LinkKind.RUNS_ON, target, by=office.yildiz, on=TODAY)


async def a_device(
    office: Office,
    number: str = "NB-0001",
    *,
    stage: Stage = Stage.IN_STOCK,
    place="Lager",
    ownership: Ownership = Ownership.OFFICE,
    **facts,
):
    told = DeviceFacts(**{"inventory_number": number, "name": "Notebook Außendienst", **facts})
    id = await add_device(
        told, unit=office.unit, stage=stage, place=place, ownership=ownership, by=office.brandt, on=TODAY
    )
    return await held(office, id)


async def held(office: Office, thing: DeviceDetail | int) -> DeviceDetail:
    """The device as IT sees it now."""
    return await device(thing if isinstance(thing, int) else thing.id, seen_by=office.brandt)


async def a_run(office: Office, kind: str) -> int:
    """An import run to name in what it brought."""
    run = ImportRun(kind=kind, filename="liste.csv", sha256="", unit=office.unit.id, uploaded_by=office.yildiz.id)
    await run.save()
    return int(run.id)


async def a_medium(
    office: Office, device: DeviceDetail | None = None, kind: MediumKind = MediumKind.SSD, **facts
) -> MediumRow:
    """A medium in a device, or one that lies in the office's own unit."""
    told = MediumFacts(kind, **facts)
    unit = None if device else office.unit
    return await medium(
        await add_medium(told, unit=unit, device=device, by=office.brandt, on=TODAY), seen_by=office.brandt
    )
