import csv
from datetime import date

import pytest

from assets.rules import device_lines, object_lines
from assets.rules.categories import category_named
from assets.rules.cells import Unreadable, cents_of, day_of, need_of, text_of
from assets.rules.device_lines import HolderLine, device_line
from assets.rules.kinds import Kind
from assets.rules.lifecycle import Stage
from assets.rules.object_lines import object_line
from assets.rules.protection import Goal, ProtectionNeed
from isms.rules.errors import Incomplete


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("", None),
        (" 1/23/23 ", date(2023, 1, 23)),
        ("11/4/2022", date(2022, 11, 4)),
        ("31.12.2026", date(2026, 12, 31)),
        ("1.2.26", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("2026-02-01 08:15:00", date(2026, 2, 1)),
    ],
)
def test_dates_as_germans_and_americans_write_them(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", ["23/1/23", "31.02.2026", "gestern", "1.2.3.4", "2026-13-01", "0000-01-01"])
def test_what_is_no_date(cell):
    with pytest.raises(Unreadable) as error:
        day_of(cell)

    assert str(error.value.complaint).startswith(f"„{cell}“ ist kein Datum. Möglich sind 31.12.2026")


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("", None),
        ("2266.13", 226613),
        ("2.266,13 €", 226613),
        ("2,266.13", 226613),
        ("1.500", 150000),
        ("12,5", 1250),
        ("-3", -300),
        ("0", 0),
    ],
)
def test_amounts(cell, cents):
    assert cents_of(cell) == cents


@pytest.mark.parametrize("cell", ["viel", "1e9", "12,34,56", "9" * 40])
def test_what_is_no_amount(cell):
    with pytest.raises(Unreadable):
        cents_of(cell)


@pytest.mark.parametrize(
    ("cell", "need"),
    [
        ("sehr hoch", ProtectionNeed.VERY_HIGH),
        (" Hoch ", ProtectionNeed.HIGH),
        ("normal", ProtectionNeed.NORMAL),
        ("", None),
    ],
)
def test_needs(cell, need):
    assert need_of(cell) == need


def test_a_long_text_is_not_cut_off():
    with pytest.raises(Unreadable) as error:
        text_of("x" * 121, 120)

    assert str(error.value.complaint) == "Der Text hat 121 Zeichen; möglich sind höchstens 120."


def test_a_line_about_an_application():
    line = object_line(
        {
            "name": "Impfregister  Nord",
            "kind": "Fachanwendung",
            "category": "Webanwendungen",
            "confidentiality": "sehr hoch",
            "availability": "normal",
        }
    )

    assert (line.name, line.kind) == ("Impfregister Nord", Kind.APPLICATION)
    assert line.categories == (category_named("Webanwendungen").uuid,)
    assert line.own == {Goal.CONFIDENTIALITY: ProtectionNeed.VERY_HIGH, Goal.AVAILABILITY: ProtectionNeed.NORMAL}


def test_every_complaint_about_a_line_at_once():
    with pytest.raises(Incomplete) as error:
        object_line({"kind": "Zauberei", "category": "Einhörner", "integrity": "riesig"})

    assert {column: str(said) for column, said in error.value.complaints.items()} == {
        "name": "Der Name fehlt.",
        "kind": "Den Typ „Zauberei“ gibt es nicht. Möglich sind "
        "Geschäftsprozess, Information, Anwendung, IT-System, ICS (Anlagensteuerung), IoT-Gerät, Netz, "
        "Kommunikationsverbindung, Raum, Gebäude, Standort, Dienstleister, Person oder Rolle.",
        "category": "Die Zielobjektkategorie „Einhörner“ gibt es in Grundschutz++ nicht.",
        "integrity": "„riesig“ ist kein Schutzbedarf. Möglich sind normal, hoch, sehr hoch und leer.",
    }


def test_a_line_about_a_device_in_somebodys_hands():
    line = device_line(
        {
            "inventory_number": "N-1",
            "model": "Reise 13",
            "model_number": "R13",
            "purchased_on": "1/23/23",
            "price": "2266.13",
            "warranty_months": "36",
            "place": "Lager",
            "holder_login": "lweber",
            "holder_first": "Lukas",
            "holder_last": "Weber",
        }
    )

    assert (line.title, line.model) == ("Reise 13 R13", "Reise 13 R13")
    assert (line.purchased_on, line.warranty_until) == (date(2023, 1, 23), date(2026, 1, 23))
    assert line.holder == HolderLine("lweber", "Lukas Weber", "")
    assert (line.stage(has_holder=True), line.stage(has_holder=False)) == (Stage.ISSUED, Stage.IN_STOCK)


def test_a_warranty_beyond_all_years_is_none():
    line = device_line({"inventory_number": "N-1", "purchased_on": "31.12.9998", "warranty_months": "36"})

    assert line.warranty_until is None


def test_a_device_that_stands_somewhere():
    line = device_line({"inventory_number": "N-2", "place": "Lager", "checkout_place": "Raum 12"})

    assert (line.place, line.stage(has_holder=False), line.holder) == ("Raum 12", Stage.INSTALLED, None)


def test_what_another_tool_says_about_the_stage_counts():
    line = device_line({"inventory_number": "N-3", "status": "Archived", "holder_login": "lweber"})

    assert line.stage(has_holder=True) is Stage.RETIRED


def test_a_device_without_inventory_number():
    with pytest.raises(Incomplete) as error:
        device_line({"purchased_on": "bald"})

    assert set(error.value.complaints) == {"inventory_number", "purchased_on"}


def test_no_two_columns_share_a_name():
    for columns in (object_lines.COLUMNS, device_lines.COLUMNS):
        known = [name for names in columns.values() for name in names]
        assert len(known) == len(set(known))
        assert all(name == name.casefold() for name in known)


def test_the_real_applications_can_be_read(real_data):
    with (real_data / "health-office/anwendungen.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    lines = [object_line(_named(row, object_lines.COLUMNS)) for row in rows]

    assert len(lines) == 23
    assert all(len(line.own) == 3 and line.categories for line in lines)


def test_the_real_devices_can_be_read(real_data):
    with (real_data / "snipe-it/assets-sample.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [device_line(_named(row, device_lines.COLUMNS)) for row in rows]

    assert len(lines) == 22
    assert lines[0].end_of_life_on == date(2028, 10, 27)
    assert {line.holder.login for line in lines if line.holder} >= {"gmccrackem2a", "ksennett6"}


def _named(row, columns):
    return {
        field: text for header, text in row.items() for field, names in columns.items() if header.casefold() in names
    }
