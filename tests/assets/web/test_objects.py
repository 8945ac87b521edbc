"""Pages about target objects: list, detail with where a need comes from, forms that keep what was typed."""

from typing import Any

import pytest

from assets.commands.links import link
from assets.commands.needs import assess
from assets.rules.categories import category_named
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, ProtectionNeed
from isms.db.reading import value
from tests.assets.things import an_object, runs_on, seen
from tests.browser import Browser
from tests.office import TODAY, Office

SECRET = {Goal.CONFIDENTIALITY: ProtectionNeed.VERY_HIGH, Goal.INTEGRITY: ProtectionNeed.HIGH}


@pytest.fixture
async def server(office: Office):
    """A server on which the records run that decide what it needs."""
    records = await an_object(office, "Patientenakte")
    server = await an_object(office, "Anwendungsserver", Kind.IT_SYSTEM)
    await runs_on(office, records, server)
    await assess(await seen(office, records), SECRET, reason="", by=office.yildiz)
    return await seen(office, server)


async def test_the_list_shows_needs_and_leads_to_each_object(office: Office, browser: Browser, server):
    answer = await browser.get("/objects", as_=office.yildiz)

    for text in ("2 Zielobjekte", "AW-001", "IT-001", "Anwendungsserver", "sehr hoch", "Zielobjekt anlegen"):
        assert text in answer.text
    assert "Zielobjekt anlegen" not in (await browser.get("/objects", as_=office.lindner)).text


async def test_the_list_calls_nothing_normal_that_nobody_assessed(office: Office, browser: Browser, server):
    await an_object(office, "Besprechungsraum", Kind.ROOM)

    room = (await browser.get("/objects?kind=room", as_=office.yildiz, htmx=True)).text.partition("<tbody")[2]
    inherited = (await browser.get("/objects?kind=it_system", as_=office.yildiz, htmx=True)).text.partition("<tbody")[2]

    assert room.count("offen") == 3
    assert "normal" not in room
    assert "offen" not in inherited
    assert "normal" in inherited


async def test_the_list_is_searched_and_filtered(office: Office, browser: Browser, server):
    await an_object(office, "Besprechungsraum", Kind.ROOM)

    async def shown(query: str) -> list[str]:
        answer = await browser.get(f"/objects?{query}", as_=office.yildiz, htmx=True)
        assert answer.text.startswith('<div id="objects">')
        return [one for one in ("AW-001", "IT-001", "RM-001") if f">{one}<" in answer.text]

    assert await shown("q=akte") == ["AW-001"] or await shown("q=patient") == ["AW-001"]
    assert await shown("kind=room") == ["RM-001"]
    assert await shown("need=3") == ["AW-001", "IT-001"]
    assert await shown("need=1") == ["RM-001"]
    assert await shown("kind=unsinn&need=99") == ["AW-001", "IT-001", "RM-001"]


async def test_the_export_holds_what_is_shown(office: Office, browser: Browser, server):
    answer = await browser.get("/objects/export.csv?kind=it_system", as_=office.lindner)

    assert answer.text.splitlines()[1:] == [
        "IT-001;IT-System;Anwendungsserver;sehr hoch;hoch;normal;;Gesundheitsamt Seestadt;in Betrieb;1;nein"
    ]


async def test_the_server_says_where_its_need_comes_from(office: Office, browser: Browser, server):
    text = (await browser.get(f"/objects/{server.id}", as_=office.yildiz)).text

    assert "Bestimmt von AW-001 Patientenakte:" in text
    assert "läuft auf" in text
    assert 'aria-label="Vertraulichkeit sehr hoch: AW-001 Patientenakte, dann IT-001 Anwendungsserver.' in text
    assert "Noch nicht festgestellt; bis dahin gilt „normal“." in text


async def test_strangers_and_employees_see_nothing(office: Office, browser: Browser, server):
    here = f"/objects/{server.id}"
    assert "IT-001" not in (await browser.get("/objects", as_=office.petersen)).text
    for path in (here, f"{here}/edit", f"{here}/needs", f"{here}/links/new", f"{here}/ending"):
        assert (await browser.get(path, as_=office.petersen)).status_code == 404
        assert (await browser.get(path, as_=office.weber)).status_code == 403
    for path in (f"{here}/edit", f"{here}/needs", f"{here}/links/new", f"{here}/ending"):
        assert (await browser.submit(path, as_=office.petersen, version=1)).status_code == 404


class TestAdding:
    @pytest.fixture
    def form(self, office: Office) -> dict[str, Any]:
        return {
            "name": "Meldewesen",
            "kind": "application",
            "unit": office.unit.id,
            "number": 1,
            "categories": [category_named("Webanwendungen").uuid],
        }

    async def test_a_new_object(self, office: Office, browser: Browser, form):
        assert "IoT-Gerät" in (await browser.get("/objects/new", as_=office.yildiz)).text
        assert "Zielobjektkategorien" in (await browser.get("/objects/new?kind=application", as_=office.yildiz)).text

        answer = await browser.submit("/objects/new", as_=office.yildiz, follow=True, **form)

        for text in ("Meldewesen ist angelegt.", "AW-001", "Webanwendungen", "Webserver", "(ergänzt)"):
            assert text in answer.text

    async def test_what_is_wrong_is_said_and_the_rest_kept(self, office: Office, browser: Browser, form):
        answer = await browser.submit(
            "/objects/new", as_=office.yildiz, **(form | {"kind": "", "number": "viele", "responsible": "999999"})
        )

        assert answer.status_code == 422
        assert "Bitte geben Sie eine ganze Zahl ein" in answer.text
        assert 'value="Meldewesen"' in answer.text

    async def test_the_responsible_person_is_searched(self, office: Office, browser: Browser, form):
        asked = await browser.get(
            "/objects/responsible?responsible_q=kaya&field=responsible", as_=office.yildiz, htmx=True
        )
        plain = await browser.submit(
            "/objects/new", as_=office.yildiz, **form, responsible_q="kaya", _find="responsible"
        )

        assert "Ayşe Kaya" in asked.text
        assert "Ayşe Kaya" in plain.text
        assert plain.status_code == 200


class TestDescribing:
    async def test_saving_leads_back(self, office: Office, browser: Browser, server):
        path = f"/objects/{server.id}/edit"
        assert 'value="Anwendungsserver"' in (await browser.get(path, as_=office.yildiz)).text

        answer = await browser.submit(path, as_=office.yildiz, follow=True, name="Server West", version=server.version)

        assert "Die Angaben zu Server West sind gespeichert." in answer.text

    async def test_a_lost_race_shows_both_versions(self, office: Office, browser: Browser, server):
        path = f"/objects/{server.id}/edit"
        await browser.submit(path, as_=office.brandt, name="Die Schnelle", version=server.version)

        answer = await browser.submit(path, as_=office.yildiz, name="Die Langsame", version=server.version)

        assert answer.status_code == 409
        assert "Die Schnelle" in answer.text
        assert 'value="Die Langsame"' in answer.text


class TestLinking:
    async def test_search_preview_and_save(self, office: Office, browser: Browser, server):
        room = await an_object(office, "Serverraum", Kind.ROOM)
        path = f"/objects/{server.id}/links/new"
        assert "steht in" in (await browser.get(path, as_=office.yildiz)).text
        found = await browser.get("/objects/choices?target_q=serverr&field=target", as_=office.yildiz, htmx=True)
        assert f'value="{room.id}"' in found.text

        plain = await browser.submit(path, as_=office.yildiz, target_q="serverr", _find="target")
        preview = await browser.submit(path, as_=office.yildiz, kind="located_in", target=room.id, _preview=1)
        saved = await browser.submit(path, as_=office.yildiz, follow=True, kind="located_in", target=room.id)

        assert "Serverraum" in plain.text
        assert "RM-001 Serverraum" in preview.text
        assert "Anwendungsserver steht in Serverraum." in saved.text
        assert (await seen(office, room)).confidentiality == ProtectionNeed.VERY_HIGH

    async def test_a_link_that_makes_no_sense(self, office: Office, browser: Browser, server):
        room = await an_object(office, "Serverraum", Kind.ROOM)

        answer = await browser.submit(
            f"/objects/{server.id}/links/new", as_=office.yildiz, kind="runs_on", target=room.id
        )

        assert answer.status_code == 409
        assert "„IT-System“ läuft auf „Raum“ geht nicht. Möglich ist: steht in." in answer.text

    async def test_objects_of_another_office_do_not_exist(self, office: Office, browser: Browser, server):
        answer = await browser.submit(
            f"/objects/{server.id}/links/new", as_=office.yildiz, kind="runs_on", target=999999
        )

        assert answer.status_code == 422

    async def test_untying(self, office: Office, browser: Browser, server):
        id = await value("SELECT id FROM object_link")

        assert (await browser.submit(f"/links/{id}/ending", as_=office.petersen)).status_code == 404
        assert (await browser.get(f"/links/{id}/ending", as_=office.lindner)).status_code == 403
        before = (await browser.get(f"/links/{id}/ending", as_=office.yildiz)).text
        assert "Zielobjekte, deren Schutzbedarf sich ändern würde: 1" in before
        assert "nichts verlangt mehr" in before
        answer = await browser.submit(f"/links/{id}/ending", as_=office.yildiz, follow=True)

        assert "sind nicht mehr verknüpft" in answer.text
        assert (await browser.submit(f"/links/{id}/ending", as_=office.yildiz)).status_code == 404


async def test_an_object_leaves_the_structure(office: Office, browser: Browser, server):
    path = f"/objects/{server.id}/ending"
    before = (await browser.get(path, as_=office.yildiz)).text
    assert "bleibt in den Akten" in before
    assert "Kein Schutzbedarf würde sich ändern." in before
    assert (await browser.submit(path, as_=office.yildiz, version=1)).status_code == 422

    answer = await browser.submit(path, as_=office.yildiz, follow=True, version=1, reason="abgeschaltet")

    assert "Anwendungsserver gehört nicht mehr zur Struktur." in answer.text
    assert "entfallen am" in (await browser.get(f"/objects/{server.id}", as_=office.yildiz)).text


async def test_objects_in_a_circle_are_told(office: Office, browser: Browser):
    one, other = await an_object(office, "Akte"), await an_object(office, "Laborschnittstelle")
    await link(one, LinkKind.USES, other, by=office.yildiz, on=TODAY)
    back = await browser.submit(
        f"/objects/{other.id}/links/new", as_=office.yildiz, kind="uses", target=one.id, _preview=1
    )
    assert "schließt einen Kreis: AW-001 Akte → AW-002 Laborschnittstelle → AW-001 Akte." in back.text
    await link(other, LinkKind.USES, one, by=office.yildiz, on=TODAY)

    text = (await browser.get(f"/objects/{one.id}", as_=office.yildiz)).text

    assert "steht in einem Kreis" in text
    assert "AW-002 Laborschnittstelle" in text
