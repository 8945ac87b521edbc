"""Doubles are asked about before they are added and listed after; groups that may not be one are named."""

import re
from typing import Any

import pytest

from assets.commands.links import link
from assets.commands.needs import assess, settle
from assets.queries.groups import doubts_about
from assets.rules.kinds import Kind, LinkKind
from assets.rules.lifecycle import Stage
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.tables import TargetObject, ToldApart
from isms.rules.errors import Refused
from tests.assets.test_merging import merged
from tests.assets.things import a_device, an_object, seen
from tests.browser import Browser
from tests.office import TODAY, Office


class TestAddingWhatIsThereAlready:
    @pytest.fixture
    def form(self, office: Office) -> dict[str, Any]:
        return {"name": "Patientenakten", "kind": "application", "unit": office.unit.id}

    async def test_similar_names_are_shown_before_anything_is_saved(self, office: Office, browser: Browser, form):
        await an_object(office, "Die Patientenakte")
        await an_object(office, "Patientenakten", Kind.INFORMATION)

        answer = await browser.submit("/objects/new", as_=office.yildiz, **form)

        assert "So etwas gibt es schon. Noch ist nichts gespeichert." in answer.text
        assert "AW-001 Die Patientenakte" in answer.text
        assert "IN-001" not in answer.text
        assert 'value="Patientenakten"' in answer.text
        assert await TargetObject.count() == 2

    async def test_who_has_seen_them_decides(self, office: Office, browser: Browser, form):
        one = await an_object(office, "Die Patientenakte")

        answer = await browser.submit("/objects/new", as_=office.yildiz, follow=True, _alike=one.id, **form)

        assert "Patientenakten ist angelegt." in answer.text
        assert "AW-002" in answer.text

    async def test_another_office_is_no_double(self, office: Office, browser: Browser, form):
        await browser.submit(
            "/objects/new", as_=office.petersen, **(form | {"unit": office.elsewhere.id, "name": "Patientenakte"})
        )

        answer = await browser.submit("/objects/new", as_=office.yildiz, follow=True, **form)

        assert "Patientenakten ist angelegt." in answer.text


class TestDoubles:
    @pytest.fixture
    async def pair(self, office: Office):
        return await an_object(office, "Patientenakte"), await an_object(office, "Die Patientenakten")

    async def test_the_page_lists_them_and_leads_to_merging(self, office: Office, browser: Browser, pair):
        first, second = pair
        text = (await browser.get("/objects/duplicates", as_=office.yildiz)).text

        assert "AW-001 Patientenakte" in text
        assert f"/objects/{first.id}/mergers/new?other={second.id}" in text
        form = (await browser.get(f"/objects/{first.id}/mergers/new?other={second.id}", as_=office.yildiz)).text
        assert re.search(rf'value="{second.id}" checked', form)

    async def test_an_auditor_reads_and_a_stranger_sees_nothing(self, office: Office, browser: Browser, pair):
        text = (await browser.get("/objects/duplicates", as_=office.lindner)).text
        assert "AW-001" in text
        assert "Es sind zwei" not in text
        assert "Nichts sieht doppelt aus." in (await browser.get("/objects/duplicates", as_=office.petersen)).text
        assert (await browser.get("/objects/duplicates", as_=office.weber)).status_code == 403

    async def test_two_that_are_told_apart_are_not_asked_about_again(self, office: Office, browser: Browser, pair):
        first, second = pair
        here = f"/objects/{second.id}/distinctions"

        answer = await browser.submit(here, as_=office.yildiz, follow=True, other=first.id)

        assert "AW-002 und AW-001 gelten als zwei verschiedene." in answer.text
        assert "Nichts sieht doppelt aus." in answer.text
        assert await ToldApart.select(ToldApart.lower, ToldApart.higher) == [{"lower": first.id, "higher": second.id}]
        again = await browser.submit(here, as_=office.yildiz, other=first.id)
        assert (again.status_code, "ist schon festgehalten" in again.text) == (409, True)
        assert (await browser.submit(here, as_=office.yildiz, other=second.id)).status_code == 409
        assert (await browser.submit(here, as_=office.petersen, other=first.id)).status_code == 404


class TestMergingOnThePage:
    async def test_one_is_left_and_both_pages_say_so(self, office: Office, browser: Browser):
        first, second = await an_object(office, "Akte"), await an_object(office, "Ordner")
        await assess(second, {Goal.INTEGRITY: ProtectionNeed.HIGH}, reason="", by=office.yildiz)
        given = {"others": second.id, "reason": "Doppelt erfasst", "number": 1, "version": 1}

        answer = await browser.submit(f"/objects/{first.id}/mergers/new", as_=office.yildiz, follow=True, **given)

        assert "Akte steht jetzt für alle. Zielobjekte, deren Schutzbedarf sich geändert hat: 1." in answer.text
        assert "Aufgenommen wurde" in answer.text
        gone = (await browser.get(f"/objects/{second.id}", as_=office.yildiz)).text
        assert "Aufgegangen in" in gone
        assert "AW-001 Akte" in gone

    async def test_the_preview_says_whose_needs_would_move_and_why(self, office: Office, browser: Browser):
        first, second = await an_object(office, "Akte"), await an_object(office, "Ordner")
        server = await an_object(office, "Server", Kind.IT_SYSTEM)
        await link(first, LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)
        await assess(second, {Goal.INTEGRITY: ProtectionNeed.HIGH}, reason="", by=office.yildiz)
        given = {"others": second.id, "reason": "Doppelt", "number": 1, "version": 1, "_preview": "1"}

        answer = await browser.submit(f"/objects/{first.id}/mergers/new", as_=office.yildiz, **given)

        text = re.sub(r"\s+", " ", answer.text)
        assert "Zielobjekte, deren Schutzbedarf sich ändern würde: 2" in text
        assert "IT-001 Server" in text
        assert "von AW-001 Akte" in text
        assert (await seen(office, server)).integrity is ProtectionNeed.NORMAL
        del given["_preview"]
        await browser.submit(f"/objects/{first.id}/mergers/new", as_=office.yildiz, **given)
        assert (await seen(office, server)).integrity is ProtectionNeed.HIGH

    async def test_what_is_wrong_is_said_and_what_was_typed_stays(self, office: Office, browser: Browser):
        first, room = await an_object(office, "Akte"), await an_object(office, "Lager", Kind.ROOM)
        here = f"/objects/{first.id}/mergers/new"

        empty = await browser.submit(here, as_=office.yildiz, reason="Weil", version=1)
        assert (empty.status_code, "Weil" in empty.text) == (422, True)
        unlike = await browser.submit(here, as_=office.yildiz, others=room.id, reason="Weil", version=1)
        assert (unlike.status_code, "derselben Art" in unlike.text) == (409, True)
        late = await browser.submit(here, as_=office.yildiz, others=room.id, reason="Weil", version=7)
        assert late.status_code == 409
        found = await browser.submit(here, as_=office.yildiz, _find="others", others_q="akt", version=1)
        assert found.status_code == 200

    async def test_only_those_who_model_within_reach(self, office: Office, browser: Browser):
        one = await an_object(office, "Akte")
        for path in (f"/objects/{one.id}/mergers/new", f"/objects/{one.id}/splits/new"):
            assert (await browser.get(path, as_=office.lindner)).status_code == 403
            assert (await browser.get(path, as_=office.petersen)).status_code == 404
            assert (await browser.submit(path, as_=office.petersen, version=1)).status_code == 404


class TestGroups:
    @pytest.fixture
    async def group(self, office: Office):
        return await an_object(office, "Notebooks", Kind.IT_SYSTEM, number=20)

    async def test_a_part_is_split_off_on_the_page(self, office: Office, browser: Browser, group):
        device = await a_device(office, it_system=group.id)
        here = f"/objects/{group.id}/splits/new"
        assert "NB-0001" in (await browser.get(here, as_=office.yildiz)).text
        given = {"name": "Notebooks SpDi", "number": 5, "reason": "Andere Räume", "devices": device.id, "version": 1}

        answer = await browser.submit(here, as_=office.yildiz, follow=True, **given)

        assert "5 sind als Notebooks SpDi abgeteilt." in answer.text
        assert "Abgeteilt von" in answer.text
        assert (await browser.submit(here, as_=office.yildiz, **given)).status_code == 409
        wrong = await browser.submit(here, as_=office.yildiz, **(given | {"number": 15, "version": 2}))
        assert "Bitte geben Sie eine Zahl von 1 bis 14 ein" in wrong.text
        single = await an_object(office, "Server", Kind.IT_SYSTEM)
        assert "nur eine Gruppe" in (await browser.get(f"/objects/{single.id}/splits/new", as_=office.yildiz)).text

    async def test_what_speaks_against_a_group_is_said_on_its_page_and_in_the_list(
        self, office: Office, browser: Browser, group
    ):
        for name in ("Büro", "Lager"):
            room = await an_object(office, name, Kind.ROOM)
            await link(group, LinkKind.LOCATED_IN, room, by=office.yildiz, on=TODAY)
        await settle(
            await seen(office, group),
            Goal.AVAILABILITY,
            ProtectionNeed.HIGH,
            kind=ReasonKind.ACCUMULATION,
            reason="Viele",
            by=office.yildiz,
        )
        await a_device(office, it_system=group.id)

        for path in (f"/objects/{group.id}", "/objects/groups"):
            text = (await browser.get(path, as_=office.lindner)).text
            for said in (
                "Angegeben sind 20, im Haus sind 1 Geräte.",
                "Die Gruppe steht an mehreren Orten: RM-001 Büro, RM-002 Lager.",
                "Für die Gruppe ist festgesetzt: Verfügbarkeit. Gilt das nicht für alle 20",
            ):
                assert said in text
        assert "Alle Gruppen sehen stimmig aus." in (await browser.get("/objects/groups", as_=office.petersen)).text

    async def test_who_decides_about_a_group_is_told_that_it_holds_for_all(
        self, office: Office, browser: Browser, group
    ):
        for path in (f"/objects/{group.id}/needs", f"/objects/{group.id}/settlements/new?goal=availability"):
            text = (await browser.get(path, as_=office.yildiz)).text
            assert "Dieses Zielobjekt steht für 20 gleiche." in text
            assert f"/objects/{group.id}/splits/new" in text

    async def test_the_number_follows_the_devices_when_it_is_told_to(self, office: Office, browser: Browser, group):
        for number in ("NB-1", "NB-2", "NB-3"):
            await a_device(office, number, it_system=group.id)
        await a_device(office, "NB-4", it_system=group.id, stage=Stage.ORDERED)
        here = f"/objects/{group.id}/device-count"

        answer = await browser.submit(here, as_=office.yildiz, follow=True, version=1, counted="on")

        assert "(aus den Geräten gezählt)" in answer.text
        assert (await seen(office, group)).number == 3
        assert await doubts_about(group.id, seen_by=office.yildiz) == []
        await a_device(office, "NB-5", it_system=group.id)
        assert (await seen(office, group)).number == 4
        assert (await browser.submit(here, as_=office.yildiz, version=1)).status_code == 409
        await browser.submit(here, as_=office.yildiz, version=2, counted="off")
        await a_device(office, "NB-6", it_system=group.id)
        assert (await seen(office, group)).number == 4


async def test_a_merged_object_is_no_double_any_more(office: Office, browser: Browser):
    first, second = await an_object(office, "Patientenakte"), await an_object(office, "Patientenakten")

    await merged(office, first, second)

    assert "Nichts sieht doppelt aus." in (await browser.get("/objects/duplicates", as_=office.yildiz)).text
    with pytest.raises(Refused):
        await merged(office, first, second)
