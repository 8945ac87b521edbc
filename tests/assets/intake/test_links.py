"""Links out of a table: each end by short id or by its only name, told from either end, all or none."""

import pytest

from assets.commands.links import link
from assets.commands.objects import end
from assets.intake.links import LINKS
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, ProtectionNeed
from isms.area import Outcome, Plan, Undoing, Upload
from isms.db.reading import value
from isms.rules.errors import Forbidden, Missing, Stale
from tests.assets.intake.runs import read_in, undo
from tests.assets.things import a_run, an_object, seen
from tests.office import TODAY, Office


async def planned(office: Office, text: str) -> Plan:
    return await LINKS.plan(Upload("links.csv", text.encode(), office.unit.id), by=office.yildiz, on=TODAY)


async def test_links_arrive_by_id_by_name_and_from_behind(office: Office):
    akte = await an_object(office, "Fallakte")
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    room = await an_object(office, "Serverraum", Kind.ROOM)
    rows = f"{akte.short_id};läuft auf;server\nSERVERRAUM;beherbergt;{server.short_id.lower()}\n"

    await read_in(office, LINKS, "Quelle;Art;Ziel\n" + rows, by=office.yildiz)

    links = "SELECT count(*) FROM object_link WHERE source = {} AND kind = {} AND target = {} AND import_run > 0"
    assert await value(links, akte.id, "runs_on", server.id) == 1
    assert await value(links, server.id, "located_in", room.id) == 1
    assert (await planned(office, "Quelle;Art;Ziel\n" + rows)).count(Outcome.UNCHANGED) == 2


async def test_needs_follow_at_once_and_go_back_with_the_links(office: Office):
    akte = await an_object(office, "Fallakte")
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    from assets.commands.needs import assess

    await assess(akte, {Goal.CONFIDENTIALITY: ProtectionNeed.HIGH}, reason="", by=office.yildiz)
    run = await read_in(office, LINKS, "Quelle;Art;Ziel\nFallakte;läuft auf;Server\n", by=office.yildiz)
    assert (await seen(office, server)).confidentiality == ProtectionNeed.HIGH

    plan = await undo(LINKS, run, by=office.yildiz)

    assert [one.outcome for one in plan.reversals] == [Undoing.ENDED]
    assert (await seen(office, server)).confidentiality == ProtectionNeed.NORMAL


async def test_wrong_rows_say_why(office: Office):
    await an_object(office, "Akte")
    await an_object(office, "Server", Kind.IT_SYSTEM)
    await an_object(office, "Doppelt")
    await an_object(office, "Doppelt")
    rows = """Akte;läuft auf;Server
Akte;läuft auf;Server
Akte;läuft auf;Nirgendwo
Akte;zaubert;Server
Server;läuft auf;Akte
Doppelt;läuft auf;Server
Akte;nutzt;Akte
;nutzt;Akte
"""

    plan = await planned(office, "Quelle;Art;Ziel\n" + rows)

    assert plan.verdicts[0].outcome is Outcome.NEW
    whys = [verdict.why.format(**verdict.values) for verdict in plan.verdicts[1:]]
    assert whys[0] == "Diese Verknüpfung steht schon in Zeile 2."
    assert whys[1].startswith("„Nirgendwo“ gibt es hier nicht.")
    assert whys[2].startswith("Die Verknüpfung „zaubert“ gibt es nicht.")
    assert "keine Verknüpfung in dieser Richtung" in whys[3] or "geht nicht" in whys[3]
    assert whys[4].startswith("„Doppelt“ heißen mehrere: AW-")
    assert whys[5] == "Ein Zielobjekt kann nicht mit sich selbst verknüpft werden."
    assert whys[6] == "Hier fehlt ein Zielobjekt."


async def test_a_link_or_an_end_that_changed_meanwhile_stops_it(office: Office):
    akte = await an_object(office, "Akte")
    server = await an_object(office, "Server", Kind.IT_SYSTEM)
    sent = Upload("links.csv", "Quelle;Art;Ziel\nAkte;läuft auf;Server\n".encode(), office.unit.id)
    plan = await LINKS.plan(sent, by=office.yildiz, on=TODAY)
    await link(akte, LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)

    with pytest.raises(Stale):
        await LINKS.carry_out(plan, sent, run=await a_run(office, "links"), by=office.yildiz, on=TODAY)
    await end(await seen(office, server), reason="weg", by=office.yildiz, on=TODAY)
    with pytest.raises(Stale):
        await LINKS.carry_out(plan, sent, run=await a_run(office, "links"), by=office.yildiz, on=TODAY)


async def test_who_may_not_import_links(office: Office):
    for who in (office.brandt, office.weber, office.petersen):
        with pytest.raises((Forbidden, Missing)):
            await LINKS.plan(Upload("l.csv", b"Quelle;Art;Ziel\n", office.unit.id), by=who, on=TODAY)
