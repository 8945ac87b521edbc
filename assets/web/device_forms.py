"""The forms about a device, and how they become facts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from assets.queries.devices import DeviceDetail
from assets.queries.objects import target_object
from assets.rules.cells import Unreadable, cents_of
from assets.rules.facts import DeviceFacts, DeviceField
from assets.rules.kinds import SYSTEMS
from assets.rules.lifecycle import Ownership, Stage
from isms.forms import Form
from isms.people import Actor
from isms.rules.errors import Incomplete, Missing
from isms.rules.texts import N_

Line = Annotated[str, Meta(max_length=120)]
Short = Annotated[str, Meta(max_length=80)]

LABELS = {("price" if field is DeviceField.PRICE else field.value): field.label for field in DeviceField}


class DeviceForm(Form):
    inventory_number: Annotated[str, Meta(max_length=40)]
    name: Line
    serial: Short = ""
    maker: Line = ""
    model: Annotated[str, Meta(max_length=250)] = ""
    category: Short = ""
    supplier: Line = ""
    order_number: Short = ""
    purchased_on: date | None = None
    price: str = ""
    warranty_until: date | None = None
    end_of_life_on: date | None = None
    notes: str = ""
    it_system: int | None = None
    unit: int | None = None
    version: int = 1


class NewDeviceForm(DeviceForm, kw_only=True):
    unit: int
    stage: Stage
    ownership: Ownership = Ownership.OFFICE
    place: Line = ""


async def facts_of(form: DeviceForm, *, seen_by: Actor) -> DeviceFacts:
    """What the form says. Raises Incomplete for an amount that is none, and for an IT system out of reach."""
    return DeviceFacts(
        inventory_number=form.inventory_number,
        name=form.name,
        serial=form.serial,
        maker=form.maker,
        model=form.model,
        category=form.category,
        supplier=form.supplier,
        order_number=form.order_number,
        purchased_on=form.purchased_on,
        price_cents=cents_of_form(form.price, "price"),
        warranty_until=form.warranty_until,
        end_of_life_on=form.end_of_life_on,
        notes=form.notes,
        it_system=await _it_system(form.it_system, seen_by),
    )


def typed(device: DeviceDetail) -> dict[str, Any]:
    """The device as the form's fields hold it."""
    return {
        "inventory_number": device.inventory_number,
        "name": device.name,
        "serial": device.serial,
        "maker": device.maker,
        "model": device.model,
        "category": device.category,
        "supplier": device.supplier,
        "order_number": device.order_number,
        "purchased_on": device.purchased_on,
        "price": euros(device.price_cents),
        "warranty_until": device.warranty_until,
        "end_of_life_on": device.end_of_life_on,
        "notes": device.notes,
        "it_system": device.it_system,
        "unit": device.unit,
        "version": device.version,
    }


def euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"


def cents_of_form(text: str, field: str) -> int | None:
    """The amount of a field in cents. Raises Incomplete, naming the field, for what is none."""
    try:
        return cents_of(text)
    except Unreadable as error:
        raise Incomplete({field: error.complaint}) from error


async def _it_system(id: int | None, seen_by: Actor) -> int | None:
    if id is None:
        return None
    try:
        found = await target_object(id, seen_by=seen_by)
    except Missing as error:
        raise Incomplete({"it_system": error.message}) from error
    if found.kind not in SYSTEMS:
        raise Incomplete({"it_system": N_("Ein Gerät gehört zu einem IT-System. Bitte wählen Sie eines.")})
    return found.id
