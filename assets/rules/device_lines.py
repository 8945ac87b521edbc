"""Lines of a Snipe-IT asset list, or of one in German: what their columns are called and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import TypeVar

from assets.rules.cells import Unreadable, cents_of, day_of, number_of, prose_of, text_of
from assets.rules.facts import DeviceField
from assets.rules.lifecycle import Stage
from isms.rules.calendar import months_later
from isms.rules.days import DayOrder
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

LABELS: Mapping[str, str] = {
    **{field.value: field.label for field in DeviceField},
    "price": DeviceField.PRICE.label,
    "model_number": N_("Modellnummer"),
    "place": N_("Ort"),
    "warranty_months": N_("Garantie in Monaten"),
    "status": N_("Status"),
    "issued_on": N_("Ausgegeben am"),
    "checkout_type": N_("Ausgegeben an (Person oder Ort)"),
    "holder_login": N_("Anmeldename der Person, die es hat"),
    "holder_first": N_("Vorname der Person, die es hat"),
    "holder_last": N_("Nachname der Person, die es hat"),
    "holder_name": N_("Name der Person, die es hat"),
    "holder_email": N_("E-Mail der Person, die es hat"),
    "checkout_place": N_("Ort, an dem es aufgestellt ist"),
}
DAYS = ("purchased_on", "warranty_until", "end_of_life_on", "issued_on")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "inventory_number": ("asset tag", "asset_tag", "inventarnummer", "inventarnr", "inventar-nr."),
    "name": ("name", "item name", "item_name", "asset name", "gerät", "bezeichnung", "title"),
    "serial": ("serial", "serial number", "seriennummer", "serien-nr."),
    "maker": ("manufacturer", "hersteller", "brand"),
    "model": ("model", "model name", "modell", "assetmodel"),
    "model_number": ("model number", "modellnummer"),
    "category": ("category", "kategorie"),
    "place": ("location", "standort", "raum", "ort"),
    "supplier": ("supplier", "lieferant"),
    "order_number": ("order number", "bestellnummer"),
    "purchased_on": ("purchase date", "kaufdatum", "gekauft am"),
    "price": ("purchase cost", "kaufpreis", "preis", "valuation"),
    "warranty_months": ("warranty", "warranty months", "warranty_months", "garantie (monate)"),
    "warranty_until": ("warranty expires", "garantie bis"),
    "end_of_life_on": ("asset eol date", "eol date", "nutzungsende"),
    "notes": ("asset notes", "notes", "bemerkung", "bemerkungen", "description"),
    "status": ("status",),
    "issued_on": ("last checkout", "last_checkout", "checkout date", "ausgegeben am"),
    "checkout_type": ("checkout type", "checkout class", "checkout_class", "ausgegeben an (art)"),
    "holder_login": ("checked out to: username", "username", "anmeldename"),
    "holder_first": ("checked out to: first name", "vorname"),
    "holder_last": ("checked out to: last name", "nachname"),
    "holder_name": ("full name", "full_name", "inhaber", "inhaberin", "ausgegeben an", "custodian"),
    "holder_email": ("checked out to: email", "email", "e-mail"),
    "checkout_place": ("checked out to: location",),
}
REQUIRED = ("inventory_number",)

STATUSES: Mapping[str, Stage] = {
    "pending": Stage.ORDERED,
    "bestellt": Stage.ORDERED,
    "out for repair": Stage.IN_REPAIR,
    "broken - not fixable": Stage.RETIRED,
    "in reparatur": Stage.IN_REPAIR,
    "lost/stolen": Stage.LOST,
    "verloren": Stage.LOST,
    "gestohlen": Stage.STOLEN,
    "archived": Stage.RETIRED,
    "ausgesondert": Stage.RETIRED,
}

NO_INVENTORY_NUMBER = N_("Die Inventarnummer fehlt. An ihr wird ein Gerät wiedererkannt.")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who has a device, as the other tool names them."""

    login: str
    name: str
    email: str

    @property
    def known_as(self) -> str:
        return self.login or self.email or self.name


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device as a list describes it. `stage` is None where its holder or place decide."""

    inventory_number: str
    name: str
    serial: str
    maker: str
    model: str
    category: str
    place: str
    supplier: str
    order_number: str
    purchased_on: date | None
    price_cents: int | None
    warranty_until: date | None
    end_of_life_on: date | None
    notes: str
    status: Stage | None
    issued_on: date | None
    holder: HolderLine | None
    installed: bool

    @property
    def title(self) -> str:
        """What to call a device whose line has no name for it."""
        return self.name or self.model[:120] or self.inventory_number

    def stage(self, has_holder: bool) -> Stage:
        """Where the device stands once it is known whether its holder is somebody."""
        if self.status is not None:
            return self.status
        if has_holder:
            return Stage.ISSUED
        return Stage.INSTALLED if self.installed else Stage.IN_STOCK


def device_line(cells: Mapping[str, str], order: DayOrder = DayOrder.MONTH_FIRST) -> DeviceLine:
    """What a line says; `cells` go by the names of COLUMNS, `order` is that of days with slashes.

    Raises Incomplete with every complaint at once.
    """
    reading = _Reading(cells, order)
    line = reading.line()
    if reading.complaints:
        raise Incomplete(reading.complaints)
    return line


class _Reading:
    """Reads every cell and collects what it can't understand."""

    def __init__(self, cells: Mapping[str, str], order: DayOrder) -> None:
        self.cells = cells
        self.order = order
        self.complaints: dict[str, Complaint | str] = {}

    def line(self) -> DeviceLine:
        purchased_on = self.day("purchased_on")
        checkout_place = self.text("checkout_place")
        model = " ".join(filter(None, (self.text("model"), self.text("model_number"))))
        return DeviceLine(
            inventory_number=self.understood(_inventory_number, "inventory_number", ""),
            name=self.text("name"),
            serial=self.text("serial", 80),
            maker=self.text("maker"),
            model=model,
            category=self.text("category", 80),
            place=checkout_place or self.text("place"),
            supplier=self.text("supplier"),
            order_number=self.text("order_number", 80),
            purchased_on=purchased_on,
            price_cents=self.understood(cents_of, "price", None),
            warranty_until=self.warranty(purchased_on),
            end_of_life_on=self.day("end_of_life_on"),
            notes=self.understood(prose_of, "notes", ""),
            status=STATUSES.get(self.text("status").casefold()),
            issued_on=self.day("issued_on"),
            holder=self.holder(),
            installed=bool(checkout_place),
        )

    def understood(self, read: Callable[[str], Value], column: str, instead: Value) -> Value:
        cell = self.cells.get(column, "")
        if not cell and column not in REQUIRED:
            return instead
        try:
            return read(cell)
        except Unreadable as error:
            self.complaints[column] = error.complaint
            return instead

    def day(self, column: str) -> date | None:
        return self.understood(lambda cell: day_of(cell, self.order), column, None) if self.cells.get(column) else None

    def text(self, column: str, limit: int = 120) -> str:
        return self.understood(lambda cell: text_of(cell, limit), column, "") if self.cells.get(column) else ""

    def warranty(self, purchased_on: date | None) -> date | None:
        until = self.day("warranty_until")
        months = self.understood(number_of, "warranty_months", None)
        if until is None and months and purchased_on and purchased_on.year + months // 12 < MAXYEAR:
            return months_later(purchased_on, months)
        return until

    def holder(self) -> HolderLine | None:
        name = self.text("holder_name") or " ".join(filter(None, (self.text("holder_first"), self.text("holder_last"))))
        found = HolderLine(self.text("holder_login", 80), name, self.text("holder_email"))
        return found if found.known_as else None


def _inventory_number(cell: str) -> str:
    number = text_of(cell, 40)
    if not number:
        raise Unreadable(NO_INVENTORY_NUMBER)
    return number
