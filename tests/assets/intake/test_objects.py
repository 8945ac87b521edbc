"""Target objects out of a list: a verdict per row, and all of it or nothing."""

import pytest

from assets.intake.objects import OBJECTS
from assets.queries.objects import choices
from assets.rules.categories import CATEGORIES
from assets.rules.protection import Protection, ProtectionNeed
from isms.area import Outcome, Upload
from isms.db.reading import value
from isms.intake import Unreadable
from isms.rules.errors import Forbidden, Missing
from tests.assets.things import a_run, an_object, seen, trail
from tests.browser import Browser
from tests.office import TODAY, Office

LIST = """name;typ;zielobjektkategorie;beschreibung;schutzbedarf_c;schutzbedarf_i;schutzbedarf_a
Meldewesen;Fachanwendung;Webanwendungen;Meldungen nach IfSG;sehr hoch;hoch;normal
Serverraum;Raum;Serverräume;;;;
"""


def upload(office: Office, text: str) -> Upload:
    return Upload("liste.csv", text.encode(), office.unit.id)


async def outcomes(office: Office, text: str) -> list[Outcome]:
    plan = await OBJECTS.plan(upload(office, text), by=office.yildiz, on=TODAY)
    return [verdict.outcome for verdict in plan.verdicts]


async def carry_out(office: Office, text: str) -> None:
    sent = upload(office, text)
    plan = await OBJECTS.plan(sent, by=office.yildiz, on=TODAY)
    run = await a_run(office, "objects")
    await OBJECTS.carry_out(plan, sent, run=run, by=office.yildiz, on=TODAY)


async def test_new_objects_with_category_and_need(office: Office):
    assert await outcomes(office, LIST) == [Outcome.NEW, Outcome.NEW]

    await carry_out(office, LIST)

    (found,) = await choices("meldewesen", seen_by=office.yildiz)
    one = await seen(office, found.id)
    assert one.needs == Protection(ProtectionNeed.VERY_HIGH, ProtectionNeed.HIGH)
    assert [CATEGORIES[uuid].name for uuid in one.categories] == ["Webanwendungen"]
    assert one.import_run
    actions = {entry.action for entry in await trail()}
    assert {"objects.imported", "object.imported", "object.need_changed"} <= actions


async def test_the_same_list_again_changes_nothing(office: Office):
    await carry_out(office, LIST)
    entries = len(await trail())

    assert await outcomes(office, LIST) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    await carry_out(office, LIST)

    assert await value("SELECT count(*) FROM target_object") == 2
    assert len(await trail()) == entries + 1


async def test_what_differs_is_changed_and_empty_cells_take_nothing_away(office: Office):
    await carry_out(office, LIST)
    changed = LIST.replace("Meldungen nach IfSG;sehr hoch", ";hoch").replace("Serverräume;", "Gebäude;Keller")

    assert await outcomes(office, changed) == [Outcome.CHANGED, Outcome.CHANGED]
    await carry_out(office, changed)

    (found,) = await choices("meldewesen", seen_by=office.yildiz)
    one = await seen(office, found.id)
    assert (one.description, one.confidentiality) == ("Meldungen nach IfSG", ProtectionNeed.HIGH)
    (found,) = await choices("serverraum", seen_by=office.yildiz)
    room = await seen(office, found.id)
    assert (room.description, len(room.categories)) == ("Keller", 2)


async def test_wrong_rows_say_why_and_the_rest_is_carried_out(office: Office):
    text = LIST + "Meldewesen;Dienst;;;;;\nFehlt;Zauberei;;;;;\n;Raum;;;;;\nZuviel;Raum;;;;;;x\n"
    plan = await OBJECTS.plan(upload(office, text), by=office.yildiz, on=TODAY)

    wrong = {verdict.row: verdict.why.format(**verdict.values) for verdict in plan.verdicts[2:]}

    assert wrong[4] == "Dieses Zielobjekt steht schon in Zeile 2."
    assert wrong[5].startswith("Den Typ „Zauberei“ gibt es nicht.")
    assert wrong[6] == "Der Name fehlt."
    assert wrong[7].startswith("Die Zeile hat 8 Zellen statt 7.")
    assert plan.count(Outcome.NEW) == 2


async def test_a_file_without_names_is_no_such_list(office: Office):
    with pytest.raises(Unreadable) as error:
        await outcomes(office, "a;b\n1;2\n")

    assert "Diese Spalten fehlen: „name“, „typ“." in str(error.value.message.format(**error.value.values))


async def test_who_may_not_import(office: Office):
    for person in (office.brandt, office.weber, office.petersen):
        with pytest.raises((Forbidden, Missing)):
            await OBJECTS.plan(upload(office, LIST), by=person, on=TODAY)


async def test_an_object_that_was_known_before_is_recognised(office: Office):
    one = await an_object(office, "MELDEWESEN")

    await carry_out(office, LIST)

    assert (await seen(office, one)).confidentiality == ProtectionNeed.VERY_HIGH
    assert await value("SELECT count(*) FROM target_object") == 2


async def test_the_real_list_through_the_pages(office: Office, browser: Browser, real_data):
    content = (real_data / "health-office/anwendungen.csv").read_bytes()

    preview = await browser.submit(
        "/imports",
        as_=office.yildiz,
        follow=True,
        kind="objects",
        unit=office.unit.id,
        files={"file": ("anwendungen.csv", content, "text/csv")},
    )
    assert preview.text.count(">neu<") == 24
    run = str(preview.url).rsplit("/", 1)[-1]
    done = await browser.submit(f"/imports/{run}/completion", as_=office.yildiz, follow=True)

    assert done.status_code == 200
    assert await value("SELECT count(*) FROM target_object") == 23
    assert await value("SELECT count(*) FROM target_object WHERE confidentiality = 3") == 14
