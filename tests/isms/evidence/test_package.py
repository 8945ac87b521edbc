"""A package holds what the areas report, the figures with their rows, the files and the trail: names only by right."""

import csv
import json
import zipfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from isms.area import Area, Binding, Column, Fact, Indicator, Measurement, Report
from isms.audit import change
from isms.db import execute
from isms.evidence.order import Order
from isms.evidence.package import package
from isms.evidence.verify import Verdict, verify
from isms.files import keep
from isms.house import House
from isms.permissions import May
from tests.office import TODAY, Office


class Packed:
    """A package that was made, opened and verified."""

    def __init__(self, content: bytes, folder: Path) -> None:
        self.content = content
        self.path = folder / "package.zip"
        self.path.write_bytes(content)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.files = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
        self.verdict: Verdict = verify(self.path)

    def text(self, name: str) -> str:
        return self.files[f"data/{name}"].decode("utf-8-sig")

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(self.text(name).splitlines(), delimiter=";"))


async def devices(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    yield ("IT-1", "=HYPERLINK()", "Lukas Weber", on)
    yield ("IT-2", "Notebook", "Ayşe Kaya", None)
    yield ("IT-3", "Notebook", "Lukas Weber", None)


async def coverage(scope: str, *, on: date, **params: str) -> Measurement:
    facts = (
        Fact("person:1", "Lukas Weber", counts=True, since=on, person=True),
        Fact("person:2", "Ayşe Kaya", counts=False, note="fehlt", person=True),
    )
    return Measurement(1, 2, on, facts)


async def bindings(scope: str, *, on: date) -> Sequence[Binding]:
    shared = {
        "indicator": "training.coverage",
        "parameters": {"course": "grundkurs"},
        "yes_from": 95,
        "partly_from": 70,
        "explanation": "Die Quote.",
        "limits": "Nicht alles.",
        "pack": "Kennzahlen 1.0",
    }
    return [
        Binding(key="course", title="Alle geschult", supports={"uuid-1": "PERS.4.2 Schulung"}, **shared),  # type: ignore[arg-type]
        Binding(key="topic", title="Phishing", supports={"uuid-2": "SENS.2", "uuid-3": "SENS.3"}, **shared),  # type: ignore[arg-type]
    ]


AREA = Area(
    title="Probe",
    home="/",
    routes=[],
    permissions=May,
    reports=[
        Report(
            "devices",
            "Geräte",
            (
                Column("number", "Nummer"),
                Column("name", "Gerät"),
                Column("holder", "Bei", personal=True),
                Column("since", "Seit"),
            ),
            devices,
        )
    ],
    indicators=[Indicator("training.coverage", "Geschult", coverage)],
    bindings=bindings,
)


@pytest.fixture
def furnished(house: House) -> House:
    return replace(house, areas=[AREA])


@pytest.fixture
async def changes(office: Office, furnished: House) -> None:
    async with change("device.issued", "device:17", by=office.brandt, to="Lukas Weber"):
        pass
    async with change("device.named", "device:17", by=office.brandt, before="Notebook", after="Außendienst"):
        pass
    async with change("risk.recorded", "risk:1", by=office.petersen, title="Nebenan"):
        pass
    kept = keep(furnished.store, "Übergabe Weber.pdf", BytesIO(b"%PDF-1.7 Protokoll"), limit=1000)
    await execute(
        """INSERT INTO stored_file (sha256, name, media_type, size, unit, subject, uploaded_by, uploaded_at)
           VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
        kept.sha256,
        kept.name,
        kept.media_type,
        kept.size,
        office.hygiene.id,
        "device:17",
        office.weber.id,
        datetime.now(UTC),
    )


def order(office: Office, *, named: bool = False, as_of: date = TODAY) -> Order:
    return Order(office.unit.id, office.unit.name, office.unit.path, as_of=as_of, made_on=TODAY, named=named)


async def make(wanted: Order, house: House, folder: Path) -> Packed:
    out = BytesIO()
    await package(wanted, house, out)
    return Packed(out.getvalue(), folder)


@pytest.mark.usefixtures("changes")
async def test_a_package_verifies_and_holds_everything(office: Office, furnished: House, tmp_path: Path):
    made = await make(order(office, named=True), furnished, tmp_path)

    assert [str(finding) for finding in made.verdict.findings] == []
    assert made.verdict.entries == 2
    assert made.verdict.info["Source-Organization"] == "Gesundheitsamt Seestadt"
    assert made.rows("register/devices.csv")[0] == {
        "Nummer": "IT-1",
        "Gerät": "'=HYPERLINK()",
        "Bei": "Lukas Weber",
        "Seit": TODAY.isoformat(),
    }
    devices = json.loads(made.text("register/devices.json"))
    assert (devices["title"], devices["as_of"], len(devices["rows"])) == ("Geräte", TODAY.isoformat(), 3)
    assert devices["rows"][0]["name"] == "=HYPERLINK()"
    [attachment] = made.rows("belege/index.csv")
    assert attachment["Name"] == "Übergabe Weber.pdf"
    assert made.text(attachment["Datei im Paket"]) == "%PDF-1.7 Protokoll"
    assert "Lukas Weber" in made.text("indicators/01-training.coverage-grundkurs.csv")


@pytest.mark.usefixtures("changes")
async def test_without_the_right_no_name_goes_out(office: Office, furnished: House, tmp_path: Path):
    made = await make(order(office), furnished, tmp_path)

    assert made.verdict.passes
    whole = b"\n".join([*made.files.values(), *(name.encode() for name in made.files)])
    for word in ("Lukas", "Weber", "Kaya", "Ayşe", "Brandt"):
        assert word.encode() not in whole, word
    [first, second, third] = made.rows("register/devices.csv")
    assert first["Bei"] == third["Bei"] != second["Bei"]
    assert first["Bei"].startswith("P-")
    facts = made.rows("indicators/01-training.coverage-grundkurs.csv")
    assert facts[0]["Was"] == first["Bei"]
    assert "person:" not in facts[0]["Schlüssel"]
    assert [row["reason"] for row in made.rows("audit-log/left-out.csv")] == ["personal"]
    assert "Außendienst" in b"\n".join(made.files.values()).decode()


async def test_why_somebody_was_excused_goes_out_with_names_only(office: Office, furnished: House, tmp_path: Path):
    async with change("waiver.granted", "waiver:1", by=office.vogt, person=office.weber.key, reason="Elternzeit"):
        pass

    made = await make(order(office), furnished, tmp_path)
    named = await make(order(office, named=True), furnished, tmp_path)

    assert "Elternzeit" not in b"\n".join(made.files.values()).decode()
    assert [row["reason"] for row in made.rows("audit-log/left-out.csv")] == ["personal"]
    assert "Elternzeit" in b"\n".join(named.files.values()).decode()


@pytest.mark.usefixtures("changes")
async def test_figures_come_with_their_rules_requirements_and_rows(office: Office, furnished: House, tmp_path: Path):
    made = await make(order(office), furnished, tmp_path)

    rows = made.rows("indicators/bindings.csv")

    assert [(row["Anforderung (UUID)"], row["Prozent"], row["„ja“ ab"]) for row in rows] == [
        ("uuid-1", "50", "95"),
        ("uuid-2", "50", "95"),
        ("uuid-3", "50", "95"),
    ]
    behind = made.rows(rows[0]["Zeilen dahinter"])
    assert [row["Zählt"] for row in behind] == ["true", "false"]
    index = made.text("index.html")
    assert "PERS.4.2 Schulung" in index
    assert "50 %" in index
    assert "noch nicht signiert" in index


@pytest.mark.usefixtures("changes")
async def test_a_rule_whose_figure_nobody_offers_is_listed_as_not_measured(
    office: Office, furnished: House, tmp_path: Path
):
    without = replace(furnished, areas=[replace(AREA, indicators=[])])

    made = await make(order(office), without, tmp_path)

    assert made.verdict.passes
    assert {(row["Zähler"], row["Zeilen dahinter"]) for row in made.rows("indicators/bindings.csv")} == {("", "")}
    assert "Sie wurde nicht gemessen." in made.text("index.html")


@pytest.mark.usefixtures("changes")
async def test_no_other_office_is_in_it(office: Office, furnished: House, tmp_path: Path):
    made = await make(order(office, named=True), furnished, tmp_path)

    assert "Nebenan" not in b"\n".join(made.files.values()).decode()
    assert "risk:1" not in made.text("audit-log/audit-log.jsonl")


@pytest.mark.usefixtures("changes")
async def test_the_same_moment_gives_the_same_bytes(office: Office, furnished: House, tmp_path: Path):
    first = await make(order(office), furnished, tmp_path)
    second = await make(order(office), furnished, tmp_path)

    assert first.content == second.content


@pytest.mark.usefixtures("changes")
async def test_what_happened_later_is_not_in_it(office: Office, furnished: House, tmp_path: Path):
    made = await make(order(office, as_of=TODAY - timedelta(days=1)), furnished, tmp_path)

    assert made.verdict.passes
    assert made.verdict.entries == 0
    assert made.rows("belege/index.csv") == []


@pytest.mark.usefixtures("changes")
async def test_an_erased_payload_is_said_and_the_chain_verifies(office: Office, furnished: House, tmp_path: Path):
    await execute("UPDATE audit_payload SET content = NULL, erased_at = {}", datetime.now(UTC))

    made = await make(order(office, named=True), furnished, tmp_path)

    assert made.verdict.passes
    assert [row["reason"] for row in made.rows("audit-log/left-out.csv")] == ["erased", "erased"]
    assert "wurden gelöscht" in made.text("index.html")


@pytest.mark.usefixtures("changes")
async def test_a_file_that_is_lost_or_changed_is_said(office: Office, furnished: House, tmp_path: Path):
    for path in furnished.settings.data_folder.rglob("*"):
        if path.is_file() and path.read_bytes().endswith(b"Protokoll"):
            path.write_bytes(b"%PDF-1.7 anders")

    made = await make(order(office), furnished, tmp_path)

    assert made.verdict.passes
    assert made.rows("belege/index.csv")[0]["Zustand"] == "verändert: Die Prüfsumme stimmt nicht"
    assert "fehlt oder ist verändert" in made.text("index.html")
