"""Licences out of a table, as Snipe-IT writes it, or a list in German. Keys in it are left out."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Mapping
from datetime import date

from assets.commands.licences import LicenceFacts, check_licence, take_over_licences
from assets.queries.licences import known_licences
from assets.rules.cells import Unreadable, cents_of, day_of, number_of, text_of
from assets.rules.licences import LicenceKind
from assets.rules.permissions import May
from isms.area import ImportKind, Outcome, Plan, Upload, Verdict
from isms.intake.tables import TableRow, match, read_table
from isms.people import Actor, unit
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("Item name", "Produkt", "Lizenz", "Name", "Software"),
    "vendor": ("manufacturer", "Hersteller"),
    "seats": ("seats", "Plätze", "Gekaufte Plätze", "Anzahl"),
    "starts_on": ("purchase date", "Kaufdatum", "Beginn", "Gekauft am"),
    "ends_on": ("expiration date", "Ende", "Läuft ab", "Gültig bis"),
    "cost": ("purchase cost", "Kosten", "Preis", "Kaufpreis"),
    "order_number": ("order number", "Bestellnummer"),
    "supplier": ("supplier", "Lieferant"),
}
KNOWN = N_("Diese Lizenz gibt es schon. Sie bleibt, wie sie ist.")
NEW = N_("{seats} Plätze. Wer sie nutzt, wird hier vergeben.")
NAMELESS = N_("Die Spalte mit dem Produkt ist leer. Ohne Namen gibt es keine Lizenz.")
NO_KEYS = N_("Lizenzschlüssel aus der Datei werden nicht übernommen. Sie gehören in einen Tresor.")
KEYS = {"serial number", "serial", "product key", "lizenzschlüssel"}
TWICE = N_("Genau diese Lizenz steht schon in Zeile {row}.")


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each row would do. Raises Unreadable for a file that is no such table."""
    table = await to_thread(read_table, upload.content)
    named = match(table, COLUMNS, ("name",))
    place = await unit(upload.unit, seen_by=by, asks=May.LICENSE)
    known = await known_licences(place.institution)
    wanted: list[LicenceFacts] = []
    seen: dict[LicenceFacts, int] = {}
    verdicts = [_judge(row, known, wanted, seen) for row in table.rows(named)]
    keys = any(header.strip().casefold() in KEYS for header in table.columns)
    return Plan(verdicts, (), (*table.warnings, *(((NO_KEYS, {}),) if keys else ())), wanted)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.LICENSE)
    wanted: list[LicenceFacts] = plan.load if isinstance(plan.load, list) else []
    await take_over_licences(wanted, unit=place, run=run, by=by)


LICENCES = ImportKind(
    name="licences",
    title=N_("Lizenzen (CSV, auch aus Snipe-IT)"),
    hint=N_("Spalte Produkt oder Item name; Plätze, Ende, Kosten und Lieferant werden erkannt."),
    accepts=".csv,text/csv",
    asks=May.LICENSE,
    plan=plan,
    carry_out=carry_out,
    home="/licences",
)


def _judge(
    row: TableRow, known: set[tuple[str, str]], wanted: list[LicenceFacts], seen: dict[LicenceFacts, int]
) -> Verdict:
    title = row["name"] or "–"
    if row.complaint:
        return _wrong(row.number, title, row.complaint)
    try:
        facts = _facts(row)
        check_licence(facts)
    except Unreadable as error:
        return _wrong(row.number, title, error.complaint)
    except Incomplete as error:
        return _wrong(row.number, title, next(iter(error.complaints.values())))
    if (facts.name.casefold(), facts.order_number.casefold()) in known:
        return Verdict(row.number, Outcome.UNCHANGED, title, KNOWN)
    if (first := seen.setdefault(facts, row.number)) != row.number:
        return _wrong(row.number, title, Complaint(TWICE, {"row": first}))
    wanted.append(facts)
    return Verdict(row.number, Outcome.NEW, title, NEW, {"seats": facts.seats})


def _facts(row: TableRow) -> LicenceFacts:
    name = text_of(row["name"], 120)
    if not name:
        raise Incomplete({"name": NAMELESS})
    seats = number_of(row["seats"])
    return LicenceFacts(
        name=name,
        kind=LicenceKind.PERSON,
        seats=1 if seats is None else seats,
        vendor=text_of(row["vendor"], 120),
        starts_on=day_of(row["starts_on"]),
        ends_on=day_of(row["ends_on"]),
        cost_cents=cents_of(row["cost"]),
        order_number=text_of(row["order_number"], 80),
        supplier=text_of(row["supplier"], 120),
    )


def _wrong(number: int, title: str, complaint: Complaint) -> Verdict:
    return Verdict(number, Outcome.WRONG, title, complaint.message, complaint.values)
