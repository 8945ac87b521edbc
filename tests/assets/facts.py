"""Helpers for support ends and inventory: data in force, and what is held of a device."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from assets.intake.inventory import INVENTORY
from assets.intake.support import SUPPORT, brings
from assets.queries.inventory import facts_held
from assets.queries.support_ends import EndRow, ends_of
from assets.rules.inventory import FactName
from assets.rules.support import Aspect
from isms.area import Upload
from tests.assets.things import a_run
from tests.office import TODAY, Office


async def shipped_data(office: Office) -> None:
    await brings(office.system)


async def all_data(office: Office, real_data) -> None:
    await read_in(office, (real_data / "endoflife/products.json").read_bytes())


async def read_in(office: Office, content: bytes, *, by=None) -> None:
    sent = Upload("products.json", content, office.unit.id)
    plan = await SUPPORT.plan(sent, by=by or office.brandt, on=TODAY)
    run = await a_run(office, "support")
    await SUPPORT.carry_out(plan, sent, run=run, by=by or office.brandt, on=TODAY)


async def support_of(device, aspect: Aspect = Aspect.SYSTEM) -> EndRow | None:
    return next((one for one in await ends_of("device", device.id) if one.aspect is aspect), None)


def glpi(real_data: Path, name: str) -> bytes:
    return (real_data / "glpi-inventory" / f"{name}.json").read_bytes()


def a_report(**told: object) -> bytes:
    """A small report of a notebook; `content` members may be given by name, an empty one leaves its section out."""
    content: dict[str, object] = {
        "versionclient": "GLPI-Agent_v1.11",
        "bios": {"smanufacturer": "Nordwind", "smodel": "Reise 14", "ssn": "NW4711", "secure_boot": "enabled"},
        "hardware": {"name": "NB-FELD-1", "uuid": "4c4c4544-0034-3010-8048-b6c04f500001", "chassis_type": "Laptop"},
        "operatingsystem": {
            "name": "Windows",
            "full_name": "Microsoft Windows 11 Enterprise",
            "version": "24H2",
            "kernel_version": "10.0.26100",
        },
        "drives": [{"letter": "C:", "type": "Local Disk", "filesystem": "NTFS", "encrypt_status": "Yes"}],
        "antivirus": [{"name": "Windows Defender", "enabled": True, "uptodate": True}],
        "firewalls": [{"status": "on"}],
        "softwares": [{"name": "LibreOffice", "version": "25.2"}, {"name": "7-Zip", "version": "24.08"}],
    }
    envelope = {name: told.pop(name) for name in ("action", "deviceid", "partial", "itemtype") if name in told}
    content |= told
    document = {"action": "inventory", "deviceid": "nb-feld-1-2024-01-01-08-00-00", "itemtype": "Computer", **envelope}
    return json.dumps(document | {"content": {name: value for name, value in content.items() if value}}).encode()


async def report(office: Office, *contents: bytes, by=None, unit=None, **answers: str):
    """Files read in one after the other, as a person would; answers with the last plan."""
    plan = None
    for content in contents:
        sent = Upload("meldung.json", content, (unit or office.unit).id, answers)
        plan = await INVENTORY.plan(sent, by=by or office.brandt, on=TODAY)
        run = await a_run(office, "inventory")
        await INVENTORY.carry_out(plan, sent, run=run, by=by or office.brandt, on=TODAY)
    return plan


async def facts_of(device: int) -> dict[FactName, str]:
    return {one.name: one.value for one in await facts_held([device])}


def zipped(**files: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.json", content)
    return buffer.getvalue()
