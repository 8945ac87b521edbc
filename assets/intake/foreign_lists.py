"""How lists of other tools are read: what stands where, what they leave out, and what is not taken over and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assets.rules.foreign_lists import ELSEWHERE, NOWHERE, WHERE, Layout, layout_of
from isms.intake import Unreadable
from isms.intake.encoding import Note
from isms.intake.uploads import Assumed, CsvTable, nothing_assumed, plain
from isms.rules.texts import N_

NUMBERED_BY_CODE = N_("Als Inventarnummer gilt der Barcode (Code 128, sonst Code 39).")
NUMBERED_BY_SERIAL = N_("Die Datei hat weder Inventarnummern noch Barcodes. Als Inventarnummer gilt die Seriennummer.")
KITS = N_("Sätze („kit“) werden nicht übernommen.")
NUMBERS_ONLY = N_("Ralph nennt Modell, Lager, Region und Dienst nur als Nummer. Sie werden nicht übernommen.")
BY_ID = N_("Als Inventarnummer gilt die „id“ aus Ralph.")
GROUPS = N_("Zubehör hat keine eigenen Inventarnummern: Jede Zeile wird eine Gruppe gleicher IT-Systeme mit Anzahl.")
SITES = N_("Jede Zeile wird ein Standort mit seiner Anschrift. Bei gleichem Namen steht die Anschrift dabei.")
STORES = N_("Jede Zeile wird ein Raum.")
ADDRESS = ("street", "street2", "zip", "city", "state", "country")


def devices(table: CsvTable) -> Assumed:
    """Raises Unreadable for a list that has no devices in it, saying where it belongs."""
    layout = layout_of([plain(column) for column in table.columns])
    if layout is Layout.SHELF_ASSETS:
        return _shelf(table)
    if layout is Layout.RALPH_ASSETS:
        by_id = {"inventory_number": "id", "serial": "sn", "model": ""}
        told = ("model", "warehouse", "region", "service_env", "force_depreciation")
        return Assumed(_there(table, by_id), notes=((BY_ID, {}), (NUMBERS_ONLY, {})), explained=_found(table, told))
    _refuse(layout, {None})
    return nothing_assumed(table)


def objects(table: CsvTable) -> Assumed:
    """Raises Unreadable for a list that has no target objects in it, saying where it belongs."""
    layout = layout_of([plain(column) for column in table.columns])
    if layout is Layout.SNIPE_LOCATIONS:
        columns = {"name": "name", "street": "address", "street2": "address2", "responsible": "manager username"}
        columns |= {name: name for name in ADDRESS[2:]}
        return Assumed(_there(table, columns), {"kind": "Standort"}, _Sites(), ((SITES, {}),))
    if layout is Layout.RALPH_WAREHOUSES:
        return Assumed({}, {"kind": "Raum"}, notes=((STORES, {}),))
    if layout is Layout.SNIPE_ACCESSORIES:
        columns = {"number": "qty", "vendor": "manufacturer", "variety": "category", "category": ""}
        columns |= {"description": "notes", "model_number": "model number"}
        return Assumed(_there(table, columns), {"kind": "IT-System"}, _Groups(), ((GROUPS, {}),))
    _refuse(layout, {None})
    return nothing_assumed(table)


def models(table: CsvTable) -> Assumed:
    """Raises Unreadable for another kind of list."""
    _refuse(layout_of([plain(column) for column in table.columns]), {None, Layout.SNIPE_MODELS})
    return nothing_assumed(table)


class _Sites:
    """Puts an address together, and tells two places of the same name apart by it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        street = " ".join(filter(None, (cells.get("street", ""), cells.get("street2", ""))))
        place = " ".join(filter(None, (cells.get("zip", ""), cells.get("city", ""))))
        land = " ".join(filter(None, (cells.get("state", ""), cells.get("country", ""))))
        address = ", ".join(filter(None, (street, place, land)))
        name = _apart(self.seen, cells.get("name", ""), street or place)
        return {**cells, "name": name, "variety": address[:120]}


class _Groups:
    """Takes the model's number into the description, and tells groups of the same name apart by it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        model = cells.get("model_number", "")
        told = "\n".join(filter(None, (cells.get("description", ""), f"Modellnummer {model}" if model else "")))
        return {**cells, "name": _apart(self.seen, cells.get("name", ""), model), "description": told}


def one_number(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Shelf lists several barcodes of a device in one cell; the first one is its number."""
    return {**cells, "inventory_number": cells.get("inventory_number", "").partition(",")[0].strip()}


def _shelf(table: CsvTable) -> Assumed:
    codes = _found(table, ("barcode_Code128", "barcode_Code39"))
    serial = _found(table, ("serial number",))
    number = (codes or serial or ("",))[0]
    columns = {"inventory_number": number, "tracking": "type", "quantity": "quantity", "consumption": "consumptiontype"}
    notes: list[Note] = [(NUMBERED_BY_CODE if codes else NUMBERED_BY_SERIAL, {}), (KITS, {})]
    return Assumed(_there(table, columns), adapt=one_number, notes=tuple(notes), explained=_found(table, ("kit",)))


def _apart(seen: set[str], name: str, more: str) -> str:
    full = name if name.casefold() not in seen else f"{name} ({more})" if more else name
    seen.add(full.casefold())
    return full


def _refuse(layout: Layout | None, welcome: set[Layout | None]) -> None:
    if layout in welcome or layout is None:
        return
    if layout in NOWHERE:
        raise Unreadable(NOWHERE[layout])
    raise Unreadable(ELSEWHERE, layout=layout, kind=WHERE[layout])


def _there(table: CsvTable, wanted: Mapping[str, str]) -> dict[str, str]:
    """The columns as the table spells them; what it does not have is left out, "" stays."""
    spelled = {plain(column): column for column in table.columns}
    return {field: spelled.get(plain(name), name if name in table.columns else "") for field, name in wanted.items()}


def _found(table: CsvTable, names: Iterable[str]) -> tuple[str, ...]:
    spelled = {plain(column): column for column in table.columns}
    return tuple(spelled[plain(name)] for name in names if plain(name) in spelled)
