"""The forms about licences and seats, and how they become facts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from assets.commands.licences import LicenceFacts
from assets.queries.devices import device_numbered
from assets.queries.licences import LicenceDetail
from assets.queries.objects import target_object
from assets.rules.licences import LicenceKind
from assets.rules.permissions import May
from assets.web.device_forms import cents_of_form, euros
from isms.forms import Form
from isms.people import Actor, someone
from isms.rules.errors import Complaint, Incomplete, Missing
from isms.rules.texts import N_

UNKNOWN = N_("Kein Gerät hat die Inventarnummer „{number}“. Bitte prüfen Sie die Nummer.")
LABELS = {
    "name": N_("Produkt"),
    "vendor": N_("Hersteller"),
    "kind": N_("Die Lizenz zählt"),
    "seats": N_("Gekaufte Plätze"),
    "starts_on": N_("Beginn"),
    "ends_on": N_("Ende"),
    "notice_until": N_("Kündbar bis"),
    "cost": N_("Kosten in Euro"),
    "order_number": N_("Bestellnummer"),
    "supplier": N_("Lieferant"),
    "application": N_("Für die Anwendung"),
    "notes": N_("Bemerkungen"),
}


class LicenceForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    kind: LicenceKind
    seats: int = 1
    vendor: Annotated[str, Meta(max_length=120)] = ""
    starts_on: date | None = None
    ends_on: date | None = None
    notice_until: date | None = None
    cost: str = ""
    order_number: Annotated[str, Meta(max_length=80)] = ""
    supplier: Annotated[str, Meta(max_length=120)] = ""
    application: int | None = None
    notes: str = ""
    version: int = 1


class NewLicenceForm(LicenceForm, kw_only=True):
    unit: int


class SeatForm(Form):
    person: int | None = None
    device: Annotated[str, Meta(max_length=40)] = ""


async def facts_of(form: LicenceForm, *, seen_by: Actor) -> LicenceFacts:
    """What the form says. Raises Incomplete for an amount that is none, and for an application out of reach."""
    return LicenceFacts(
        name=form.name,
        kind=form.kind,
        seats=form.seats,
        vendor=form.vendor,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        notice_until=form.notice_until,
        cost_cents=cents_of_form(form.cost, "cost"),
        order_number=form.order_number,
        supplier=form.supplier,
        application=await _application(form.application, seen_by),
        notes=form.notes,
    )


async def seated(form: SeatForm, licence: LicenceDetail, *, seen_by: Actor) -> dict[str, Any]:
    """Whom or what the seat is for. Raises Incomplete for somebody or something out of reach."""
    try:
        if licence.kind is LicenceKind.PERSON:
            return {"person": await someone(form.person, within=seen_by) if form.person else None}
    except Missing as error:
        raise Incomplete({"person": error.message}) from error
    found = await device_numbered(form.device, licence.institution) if form.device else None
    if form.device and (found is None or not seen_by.may(May.VIEW_DEVICES, at=found.path)):
        raise Incomplete({"device": Complaint(UNKNOWN, {"number": form.device})})
    return {"device": found}


def typed(found: LicenceDetail) -> dict[str, Any]:
    """The licence as the form's fields hold it."""
    names = (*(name for name in LABELS if name != "cost"), "version")
    return {name: getattr(found, name) for name in names} | {"cost": euros(found.cost_cents)}


async def _application(id: int | None, seen_by: Actor) -> int | None:
    try:
        return (await target_object(id, seen_by=seen_by)).id if id else None
    except Missing as error:
        raise Incomplete({"application": error.message}) from error
