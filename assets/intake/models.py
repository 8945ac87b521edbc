"""Models of another tool: what they say about makers and ends of use goes to the devices of that model.

The register keeps no models of its own. What is known of a device stays; only what is missing is filled in.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date

from assets.commands.device_lists import WantedDevice
from assets.intake import foreign_lists
from assets.intake.device_undo import UNDO_DEVICES
from assets.intake.devices import carry_out
from assets.queries.registers import KnownDevice, known_devices
from assets.rules.cells import Unreadable, number_of, text_of
from assets.rules.device_lines import DeviceLine, device_line
from assets.rules.facts import DeviceField
from assets.rules.permissions import May
from isms.area import ImportKind, Outcome, Plan, Target, Upload, Verdict
from isms.intake.tables import TableRow
from isms.intake.uploads import asking, opened
from isms.people import Actor, unit
from isms.rules.calendar import months_later
from isms.rules.texts import N_

TARGETS = (
    Target("name", N_("Modell"), ("name", "model", "modell"), required=True),
    Target("number", N_("Modellnummer"), ("model number", "modellnummer")),
    Target("maker", DeviceField.MAKER.label, ("manufacturer", "hersteller")),
    Target("category", DeviceField.CATEGORY.label, ("category", "kategorie")),
    Target("months", N_("Nutzungsdauer in Monaten"), ("eol", "nutzungsdauer", "nutzungsdauer (monate)")),
)
NAMELESS = N_("Der Name des Modells fehlt.")
TWICE = N_("Dieses Modell steht schon in Zeile {row}.")
NO_DEVICE = N_("Kein Gerät hier ist von diesem Modell. Modelle ohne Geräte werden nicht geführt.")
COMPLETE = N_("Bei allen {count} Geräten dieses Modells ist das schon eingetragen.")
FILLED = N_("Ergänzt bei {count} Geräten, was noch fehlt: {fields}.")
BLANK = device_line({"inventory_number": "–"})


@dataclass
class Register:
    """The devices by the plain name of their model, which rows were read so far, and what is to be done."""

    devices: Mapping[str, Sequence[KnownDevice]]
    seen: dict[str, int] = field(default_factory=dict)
    wanted: list[WantedDevice] = field(default_factory=list)


@asking
async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each model would add to which devices. Raises Unreadable for a file that is no such table."""
    sheet = await opened(upload, TARGETS, assume=foreign_lists.models)
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_DEVICES)
    devices: dict[str, list[KnownDevice]] = {}
    for one in (await known_devices(place.institution)).values():
        if not one.is_withdrawn and by.may(May.IMPORT_DEVICES, at=one.path):
            devices.setdefault(one.model.casefold(), []).append(one)
    register = Register(devices)
    verdicts = await to_thread(lambda: [_judge(row, register) for row in sheet.rows()])
    return Plan(verdicts, sheet.questions, sheet.warnings, register.wanted, sheet.columns)


MODELS = ImportKind(
    name="models",
    title=N_("Modelle (CSV, Excel, auch aus Snipe-IT)"),
    hint=N_("Ergänzt Hersteller, Kategorie und Nutzungsende bei den Geräten des Modells, wo sie noch fehlen."),
    accepts=".csv,.xlsx,.ods,text/csv",
    asks=May.IMPORT_DEVICES,
    plan=plan,
    carry_out=carry_out,
    home="/devices",
    targets=TARGETS,
    undo=UNDO_DEVICES,
)


def _judge(row: TableRow, register: Register) -> Verdict:
    title = " ".join(filter(None, (row["name"], row["number"]))) or "–"
    if row.complaint:
        return Verdict(row.number, Outcome.WRONG, title, row.complaint.message, row.complaint.values)
    try:
        return _verdict(row, title, register)
    except Unreadable as error:
        return Verdict(row.number, Outcome.WRONG, title, error.complaint.message, error.complaint.values)


def _verdict(row: TableRow, title: str, register: Register) -> Verdict:
    """Raises Unreadable."""
    if not row["name"]:
        raise Unreadable(NAMELESS)
    first = register.seen.setdefault(title.casefold(), row.number)
    if first != row.number:
        raise Unreadable(TWICE, row=first)
    names = {title.casefold(), row["name"].casefold()}
    devices = [one for name in sorted(names) for one in register.devices.get(name, ())]
    if not devices:
        return Verdict(row.number, Outcome.LEFT_OUT, title, NO_DEVICE)
    months = number_of(row["months"])
    told = replace(BLANK, maker=text_of(row["maker"], 120), category=text_of(row["category"], 80))
    wanted = [one for device in devices if (one := _filling(device, told, months)).fields]
    if not wanted:
        return Verdict(row.number, Outcome.UNCHANGED, title, COMPLETE, {"count": len(devices)})
    register.wanted += wanted
    fields = tuple(dict.fromkeys(name for one in wanted for name in one.fields))
    return Verdict(row.number, Outcome.CHANGED, title, FILLED, {"count": len(wanted), "fields": fields})


def _filling(device: KnownDevice, told: DeviceLine, months: int | None) -> WantedDevice:
    """What is missing of a device and the model tells."""
    line = told
    if months and device.purchased_on and device.purchased_on.year + months // 12 < MAXYEAR:
        line = replace(told, end_of_life_on=months_later(device.purchased_on, months))
    fields = (DeviceField.MAKER, DeviceField.CATEGORY, DeviceField.END_OF_LIFE_ON)
    missing = (one for one in fields if getattr(line, one.value) and not getattr(device, one.value))
    return WantedDevice(line, device, tuple(missing))
