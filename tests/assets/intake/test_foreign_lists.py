"""Lists of Snipe-IT, Shelf and Ralph as they are: read where they belong, explained where they do not."""

from pathlib import Path
from typing import Any

import pytest

from assets.intake.devices import DEVICES
from assets.intake.models import MODELS
from assets.intake.objects import OBJECTS
from assets.rules.foreign_lists import Layout, layout_of
from isms.area import ImportKind, Outcome, Plan, Upload
from isms.db.reading import value
from isms.intake import Unreadable
from isms.intake.people import PEOPLE
from isms.intake.tables import plain, read_table
from isms.intake.units import UNITS
from isms.people import Actor
from tests.assets.intake.runs import read_in, undo
from tests.assets.things import a_device
from tests.office import TODAY, Office

HEADS = {
    Layout.SNIPE_CONSUMABLES: "Company,Name,Category,Supplier,Manufacturer,QTY,Location,Order Number,Min Amount,"
    "Model Number,Item Number,Notes,Purchase Date,Purchase Cost",
    Layout.SNIPE_COMPONENTS: "Item Name,Purchase Date,Purchase Cost,Location,Company,Order Number,Serial number,"
    "Category,Quantity",
    Layout.SNIPE_LICENCES: "Full Name,Email,Username,Item name,serial number,Category,manufacturer,purchase date,"
    "purchase cost,purchase order,order number,Licensed To Name,Licensed to Email,expiration date,maintained,"
    "reassignable,seats,company,supplier,notes",
}
BAD = "Company,Name,Asset Tag,Category,Category,Company\rA,Notebook,NB-1,Notebook,Rechner,B\r,,,,,\rC,,NB-2,,,\r"


def who(office: Office, kind: ImportKind) -> Actor:
    return {"devices": office.brandt, "models": office.brandt, "objects": office.yildiz}.get(kind.name, office.reuter)


async def plan(office: Office, kind: ImportKind, content: str | bytes, **answers: str) -> Plan:
    sent = content.encode() if isinstance(content, str) else content
    return await kind.plan(Upload("l.csv", sent, office.unit.id, answers), by=who(office, kind), on=TODAY)


def said(plan: Plan) -> str:
    return " ".join(warning.format(**values) for warning, values in plan.warnings)


SAMPLES = [
    ("shelf/shelf.nu-example-asset-import-from-content-with-barcodes.csv", DEVICES, [Outcome.QUESTION] * 2),
    ("shelf/shelf.nu-example-asset-import-from-content.csv", DEVICES, [Outcome.QUESTION] * 2),
    ("shelf/shelf.nu-example-import-users-from-content.csv", PEOPLE, [Outcome.NEW]),
    ("ralph/back_office_assets.csv", DEVICES, [Outcome.NEW, Outcome.NEW]),
    ("ralph/regions.csv", UNITS, [Outcome.NEW, Outcome.NEW]),
    ("ralph/warehouses.csv", OBJECTS, [Outcome.NEW] * 3),
    ("snipe-it/locations-sample.csv", OBJECTS, [Outcome.NEW] * 19),
    ("snipe-it/accessories-sample.csv", OBJECTS, [Outcome.NEW] * 3),
    ("snipe-it/models-sample.csv", MODELS, [Outcome.LEFT_OUT] * 3),
    ("snipe-it/users-sample.csv", PEOPLE, [Outcome.NEW] * 3),
    ("snipe-it/assets-sample.csv", DEVICES, [Outcome.NEW, Outcome.QUESTION]),
]


@pytest.mark.parametrize(("name", "kind", "outcomes"), SAMPLES, ids=[name for name, _, _ in SAMPLES])
async def test_every_sample_goes_through(
    office: Office, real_data: Path, name: str, kind: ImportKind, outcomes: list[Outcome]
):
    made = await plan(office, kind, (real_data / name).read_bytes())

    assert [verdict.outcome for verdict in made.verdicts[: len(outcomes)]] == outcomes
    assert made.count(Outcome.WRONG) <= (1 if "users-from-content" in name else 0)


async def test_shelf_says_what_it_counts_and_what_it_numbers(office: Office, real_data: Path):
    folder = real_data / "shelf"
    coded = await plan(
        office,
        DEVICES,
        (folder / "shelf.nu-example-asset-import-from-content-with-barcodes.csv").read_bytes(),
        **{"holder-john": str(office.weber.id), "holder-thea": "nobody"},
    )
    plain_list = await plan(office, DEVICES, (folder / "shelf.nu-example-asset-import-from-content.csv").read_bytes())

    assert [verdict.outcome for verdict in coded.verdicts] == [Outcome.NEW] * 2 + [Outcome.LEFT_OUT] * 2
    whys = [verdict.why.format(**verdict.values) for verdict in coded.verdicts[2:]]
    assert whys[0] == "Verbrauchsmaterial (500 Stück) führt dieses Register nicht."
    assert whys[1].startswith("8 Stück ohne eigene Nummern")
    wanted: Any = coded.load
    first = wanted[0].line
    assert (first.inventory_number, first.serial, first.maker) == ("AMD001234", "WQE239123d", "amd")
    assert (str(first.purchased_on), first.price_cents, first.model) == ("2024-02-22", 10000, "Ryzen 9 7950X")
    assert wanted[1].line.inventory_number == "MBP001234"
    assert "Sätze („kit“) werden nicht übernommen." in said(coded)
    assert "„bookable“" in said(coded)
    assert plain_list.verdicts[0].title.startswith("WQE239123d")
    assert "gilt die Seriennummer" in said(plain_list)


async def test_ralph_names_by_number_what_it_knows_elsewhere(office: Office, real_data: Path):
    made = await plan(office, DEVICES, (real_data / "ralph/back_office_assets.csv").read_bytes())

    wanted: Any = made.load
    assert [(one.line.inventory_number, one.line.serial, one.line.model) for one in wanted] == [
        ("112122", "bo_asset_sn", ""),
        ("212312", "bo_asset_sn2", ""),
    ]
    assert "nur als Nummer" in said(made)


async def test_places_get_their_address_and_namesakes_are_told_apart(office: Office, real_data: Path):
    content = (real_data / "snipe-it/locations-sample.csv").read_bytes()

    run = await read_in(office, OBJECTS, content, by=office.yildiz)

    names = "SELECT count(*) FROM target_object WHERE kind = 'site' AND name LIKE 'Airdrie%' AND import_run = {}"
    assert await value(names, run.id) == 2
    assert await value("SELECT variety FROM target_object WHERE name = 'Peace River'") == (
        "8 Brentwood Court, T8S Birendranagar, AB CA"
    )


async def test_accessories_become_groups(office: Office, real_data: Path):
    content = (real_data / "snipe-it/accessories-sample.csv").read_bytes()

    await read_in(office, OBJECTS, content, by=office.yildiz)

    assert await value("SELECT number FROM target_object WHERE name = 'Dragline' AND kind = 'it_system'") == 61


async def test_models_fill_in_what_their_devices_lack(office: Office):
    one = await a_device(office, "NB-1", model="Reise 13", category="Kuratiert")
    told = "Name,Category,Manufacturer,Model Notes,Model Number,Fieldset,Requestable,EOL,Min Qty\n"
    rows = "Reise 13,Laptops,Nordwerk,,,Laptops,Y,36,1\nUnbekannt,Laptops,X,,,Laptops,Y,36,1\n"

    run = await read_in(office, MODELS, told + rows, by=office.brandt)

    assert await value("SELECT maker FROM device WHERE id = {}", one.id) == "Nordwerk"
    assert await value("SELECT category FROM device WHERE id = {}", one.id) == "Kuratiert"
    await undo(MODELS, run, by=office.brandt)
    assert await value("SELECT maker FROM device WHERE id = {}", one.id) == ""


@pytest.mark.parametrize("layout", HEADS)
async def test_what_is_no_list_of_devices_says_where_it_belongs(office: Office, layout: Layout):
    table = read_table((HEADS[layout] + "\n").encode())
    assert layout_of([plain(column) for column in table.columns]) is layout

    with pytest.raises(Unreadable) as refused:
        await plan(office, DEVICES, HEADS[layout] + "\n")

    assert refused.value.message.startswith(("Das ist eine ", "Diese"))


async def test_bare_returns_doubled_columns_and_blank_rows_are_explained(office: Office):
    made = await plan(office, DEVICES, BAD)

    assert [(verdict.row, verdict.outcome) for verdict in made.verdicts] == [(2, Outcome.NEW), (4, Outcome.NEW)]
    assert "Die Spalte „Category“ steht mehrfach da (Spalten 4 und 5)." in said(made)
    assert "Diese Spalten werden nicht gelesen: „Company“, „Category (2)“, „Company (2)“." in said(made)
