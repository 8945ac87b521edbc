from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from isms.area import Area, Binding, Fact, Indicator, Measurement
from isms.house import House
from risks.commands.catalogues import import_catalogue
from risks.commands.requirements import Judgement, judge
from risks.intake.starter import starter_edition
from risks.queries.catalogues import editions
from risks.queries.checks import checks, last_check
from risks.rules.permissions import May
from risks.rules.requirements import Implementation
from risks.tables import Requirement
from tests.browser import Browser
from tests.office import TODAY, Office
from tests.risks.intake.oscal_files import uuid
from tests.risks.real_data import CATALOGUE, GA_LOTSE, NIST_LOW
from tests.risks.things import a_requirement, an_edition

YESTERDAY = TODAY - timedelta(days=1)


async def test_without_a_catalogue_the_page_says_what_to_do_first(office: Office, browser: Browser) -> None:
    assert "Noch ist kein Katalog eingelesen." in (await browser.get("/requirements", as_=office.yildiz)).text
    assert (await browser.get("/requirements/export.csv", as_=office.yildiz)).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["TEST.1.1", "TEST.1.2", "TEST.1.3"]),
        ("?q=netz", ["TEST.1.3"]),
        ("?q=TEST.1.2", ["TEST.1.2"]),
        ("?modal_verb=KANN", ["TEST.1.3"]),
        ("?security_level=erh%C3%B6ht", ["TEST.1.3"]),
        ("?category=Netze", ["TEST.1.3"]),
        ("?practice=TEST", ["TEST.1.1", "TEST.1.2", "TEST.1.3"]),
        ("?practice=ANDERE", []),
        ("?implementation=open", ["TEST.1.1", "TEST.1.2", "TEST.1.3"]),
        ("?implementation=yes", []),
        ("?catalogue=999999", ["TEST.1.1", "TEST.1.2", "TEST.1.3"]),
    ],
)
async def test_the_address_filters_the_requirements(
    office: Office, browser: Browser, query: str, found: list[str]
) -> None:
    await an_edition(office)

    answer = await browser.get(f"/requirements{query}", as_=office.yildiz, htmx=True)

    assert answer.text.lstrip().startswith('<div id="requirements">')
    assert [code for code in ("TEST.1.1", "TEST.1.2", "TEST.1.3") if f">{code}<" in answer.text] == found


async def test_who_may_not_read_requirements_is_turned_away(office: Office, browser: Browser) -> None:
    await an_edition(office)
    found = await a_requirement(1)

    for stranger in (office.weber, office.reuter):
        for path in ("/requirements", f"/requirements/{found.id}", "/catalogues"):
            assert (await browser.get(path, as_=stranger)).status_code == 403
    assert (await browser.get("/requirements/999999", as_=office.yildiz)).status_code == 404
    assert (await browser.get(f"/requirements?unit={office.elsewhere.id}", as_=office.yildiz)).status_code == 404


async def test_a_requirement_is_read_with_its_gaps_links_and_source(office: Office, browser: Browser) -> None:
    await an_edition(office)

    first = await browser.get(f"/requirements/{(await a_requirement(1)).id}", as_=office.lindner)
    second = await browser.get(f"/requirements/{(await a_requirement(2)).id}", as_=office.lindner, htmx=True)

    assert "TEST.1.2 Anforderung 2" in first.text
    assert "Quelle: Musteramt, Probe" in first.text
    assert "Stand speichern" not in first.text
    assert "<mark>[wer]</mark>" in second.text
    assert "Vorausgesetzt von" in second.text


async def test_a_status_is_saved_on_the_page(office: Office, browser: Browser) -> None:
    await an_edition(office)
    found = await a_requirement(1)
    path = f"/requirements/{found.id}/checks"

    answer = await browser.submit(
        path, as_=office.yildiz, htmx=True, unit=office.unit.id, implementation="yes", statement="", seen=""
    )

    assert answer.text.lstrip().startswith(f'<div id="requirement-{found.id}">')
    assert "Der Stand von TEST.1.1 ist gespeichert." in answer.text
    assert "blockiert durch" in answer.text
    again = await browser.submit(
        path, as_=office.yildiz, follow=True, unit=office.unit.id, implementation="no", seen=_seen(answer.text)
    )
    assert again.status_code == 422
    assert "Begründen Sie den Status „nein“" in again.text


async def test_two_people_judge_and_the_slower_sees_both(office: Office, browser: Browser) -> None:
    await an_edition(office)
    found = await a_requirement(1)
    typed: dict[str, Any] = {"unit": office.unit.id, "seen": "", "statement": "Die Langsamere."}
    await judge(found, Judgement(Implementation.NO, "Fehlt.", None), unit=office.unit, by=office.yildiz, on=TODAY)

    slower = await browser.submit(
        f"/requirements/{found.id}/checks", as_=office.yildiz, implementation="partly", **typed
    )

    assert slower.status_code == 409
    assert "Fehlt." in slower.text
    assert "Die Langsamere." in slower.text
    assert len(await checks(found.uuid, office.unit.path)) == 1


async def test_nobody_judges_for_a_foreign_unit(office: Office, browser: Browser) -> None:
    await an_edition(office)
    path = f"/requirements/{(await a_requirement(1)).id}/checks"

    foreign = await browser.submit(path, as_=office.petersen, unit=office.unit.id, implementation="yes")
    wrong_role = await browser.submit(path, as_=office.brandt, unit=office.unit.id, implementation="yes")

    assert (foreign.status_code, wrong_role.status_code) == (404, 403)


async def test_the_list_is_exported(office: Office, browser: Browser) -> None:
    await an_edition(office)

    answer = await browser.get("/requirements/export.csv?category=Netze", as_=office.yildiz)

    assert len(answer.text.splitlines()) == 2
    assert "TEST.1.3;Netze trennen;TEST;KANN;erhöht;3;offen" in answer.text


async def test_the_starter_catalogue_is_one_button(office: Office, browser: Browser) -> None:
    assert "Starterkatalog einlesen" in (await browser.get("/catalogues", as_=office.yildiz)).text
    assert "Starterkatalog einlesen" not in (await browser.get("/catalogues", as_=office.lindner)).text

    answer = await browser.submit("/catalogues/starter", as_=office.yildiz, htmx=True)

    assert "Der Starterkatalog ist eingelesen." in answer.text
    assert "Starterkatalog einlesen" not in answer.text
    assert (await browser.submit("/catalogues/starter", as_=office.yildiz)).status_code == 409
    assert (await browser.submit("/catalogues/starter", as_=office.albrecht)).status_code == 403
    page = await browser.get("/requirements?q=Leitlinie", as_=office.yildiz)
    assert "GA.ORG.1.1" in page.text


async def covered(scope: str, *, on: object, **params: str) -> Measurement:
    """Nobody yesterday, one of two today."""
    facts = (
        Fact("person:1", "Lukas Weber", on == TODAY, since=TODAY, person=True),
        Fact("device:1", "NB-0001", False, note="fehlt"),
    )
    return Measurement(sum(fact.counts for fact in facts), 2, TODAY, facts)


async def bound(scope: str, *, on: object) -> list[Binding]:
    known = {uuid(1): "TEST.1.1"}
    gauged = Binding("a", "Gedeckt", "probe.covered", {}, 95, 50, "Erklärt.", "Nicht alles.", "Probe 1", known)
    return [gauged, replace(gauged, key="b", title="Ohne Zahl", indicator="nobody.knows")]


@pytest.fixture
def measuring(house: House, browser: Browser) -> Browser:
    probe = Area(
        title="Probe",
        home="/",
        routes=[],
        permissions=May,
        indicators=[Indicator("probe.covered", "Deckung", covered)],
        bindings=bound,
    )
    browser.app.state.house = replace(house, areas=(*house.areas, probe))
    return browser


async def test_a_figure_moves_today_and_stays_what_it_was_yesterday(office: Office, measuring: Browser) -> None:
    await an_edition(office)
    path = f"/requirements/{(await a_requirement(1)).id}"

    today = (await measuring.get(path, as_=office.yildiz)).text
    yesterday = (await measuring.get(f"{path}?on={YESTERDAY}", as_=office.yildiz)).text

    assert "50 %, 1 von 2" in today
    assert "spricht die Zahl für „teilweise“" in today
    assert "0 %, 0 von 2" in yesterday
    assert "spricht die Zahl für „nein“" in yesterday
    assert "NB-0001" in today
    assert "Lukas Weber" not in today
    assert "Die Kennzahl nobody.knows bietet in dieser Installation kein Bereich an." in today


async def test_a_past_day_shows_the_status_of_then(office: Office, browser: Browser) -> None:
    await an_edition(office)
    found = await a_requirement(1)
    await judge(found, Judgement(Implementation.NO, "Fehlte.", None), unit=office.unit, by=office.yildiz, on=YESTERDAY)
    before = await last_check(found.uuid, office.unit.path, on=TODAY)
    now = Judgement(Implementation.PARTLY, "Halb.", before.id if before else None)
    await judge(found, now, unit=office.unit, by=office.yildiz, on=TODAY)

    then = await browser.get(f"/requirements/{found.id}?on={YESTERDAY}", as_=office.lindner)

    assert then.text.index("Fehlte.") < then.text.index("Zur Anforderung")


async def test_a_real_catalogue_is_uploaded_previewed_and_imported(
    office: Office, browser: Browser, real_data: Path
) -> None:
    content = (real_data / CATALOGUE).read_bytes()
    started = process_time()

    sent = await browser.submit(
        "/imports",
        as_=office.yildiz,
        follow=True,
        kind="catalogue",
        unit=office.unit.id,
        files={"file": ("Grundschutz++-catalog.json", content, "application/json")},
    )
    assert "989" in sent.text
    done = await browser.submit(f"{sent.url.path}/completion", as_=office.yildiz, follow=True)
    assert done.status_code == 200
    seconds = process_time() - started

    [edition] = await editions()
    assert (edition.requirements, edition.licence) == (989, "CC BY-SA 4.0")
    assert edition.import_run
    page = await browser.get("/requirements?q=Spam", as_=office.yildiz)
    assert "Quelle: Bundesamt für Sicherheit in der Informationstechnik" in page.text
    assert "CC BY-SA 4.0" in page.text
    assert seconds < 6, f"{seconds:.2f} s for upload, preview and import"


async def test_every_page_of_a_real_catalogue_is_shown(office: Office, browser: Browser, real_data: Path) -> None:
    for content in ((real_data / CATALOGUE).read_bytes(), (real_data / NIST_LOW).read_bytes()):
        await an_edition(office, content)
    ids = [row["id"] for row in await Requirement.select(Requirement.id).order_by(Requirement.id)]

    for id in ids[::60]:
        answer = await browser.get(f"/requirements/{id}", as_=office.lindner, htmx=True)
        assert answer.status_code == 200
        assert "insert:" not in answer.text


async def test_a_file_that_is_no_catalogue_is_answered_beside_the_field(
    office: Office, browser: Browser, real_data: Path
) -> None:
    for content, said in (
        ((real_data / GA_LOTSE).read_bytes(), "import-component-definitions[0].remarks"),
        (b'{"catalog": 1, "catalog": 2}', "zweimal"),
        (b"PK\x03\x04", "JSON"),
    ):
        answer = await browser.submit(
            "/imports",
            as_=office.yildiz,
            kind="catalogue",
            unit=office.unit.id,
            files={"file": ("datei.json", content, "application/json")},
        )
        assert answer.status_code == 422
        assert said in answer.text
    assert not await editions()


async def test_pages_of_the_list_lead_on_and_back(office: Office, browser: Browser) -> None:
    await import_catalogue(starter_edition(), by=office.yildiz)

    first = await browser.get("/requirements", as_=office.yildiz)
    onward = first.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = await browser.get(onward, as_=office.yildiz)

    assert 'rel="prev"' in second.text
    assert "GA.ORG.1.1<" not in second.text


def _seen(text: str) -> str:
    return text.partition('name="seen" value="')[2].partition('"')[0]
