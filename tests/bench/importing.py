"""How fast a list of devices is taken over: planned, written and audited, as the import page does it."""

import time
from pathlib import Path

from assets.intake.devices import DEVICES
from isms.commands.imports import carry_out, receive
from isms.db.reading import one, value
from isms.files import Folder
from isms.imports import run
from isms.people import UNIT, UnitRow, actor
from isms.rules.roles import UnitKind
from tests.bench.builder import DAY

HEAD = "Inventarnummer;Bezeichnung;Seriennummer;Hersteller;Modell;Kategorie;Standort;Kaufdatum;Kaufpreis"


async def import_devices(rows: int, folder: Path) -> float:
    """Rows a second."""
    person = await value("SELECT id FROM person WHERE login = 'brandt'")
    brandt, store = await actor(person, on=DAY), Folder(folder / "files")
    place = await one(UnitRow, f"{UNIT} WHERE kind = {{}} ORDER BY id LIMIT 1", UnitKind.DEPARTMENT)
    began = time.perf_counter()
    upload = await receive(DEVICES, "geraete.csv", _csv(rows), unit=place, by=brandt, store=store)
    await carry_out(DEVICES, await run(upload, seen_by=brandt), by=brandt, on=DAY, store=store)
    took = time.perf_counter() - began
    assert await value("SELECT count(*) FROM device WHERE inventory_number LIKE 'IMP-%'") == rows
    return rows / took


def _csv(rows: int) -> bytes:
    lines = [
        f"IMP-{number:06};Notebook {number};SN-IMP-{number};Nordwerk;Latitude 7;Notebook;Lager;01.03.2025;899,00"
        for number in range(rows)
    ]
    return "\n".join([HEAD, *lines]).encode()
