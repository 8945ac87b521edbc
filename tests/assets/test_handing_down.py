"""After every change the stored needs are those that computing the whole institution anew would give."""

import time
from contextlib import suppress
from random import Random

import pytest

from assets.commands.links import link, unlink
from assets.commands.needs import assess, hand_down, settle, unsettle
from assets.commands.objects import end
from assets.queries.links import links_of
from assets.queries.origins import settlements_of, would_change
from assets.queries.standing import what_follows
from assets.queries.structure import what_follows_of_all
from assets.rules.kinds import Kind, LinkKind
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Protection, ProtectionNeed, ReasonKind
from assets.tables import TargetObject
from isms.audit import change
from isms.db.reading import value
from isms.rules.errors import Refused
from tests.assets.things import an_object, seen
from tests.bench.structures import central, deep, fill_structure
from tests.office import TODAY, Office

NORMAL, HIGH, VERY_HIGH = ProtectionNeed


async def one_step(office: Office, chance: Random, ids: list[int]) -> None:
    """Something that a busy security officer might do next; what is refused changes nothing."""
    here, there = [await seen(office, id) for id in chance.sample(ids, 2)]
    goal, need = chance.choice(list(Goal)), chance.choice(list(ProtectionNeed))
    steps = [
        lambda: assess(here, {goal: need, Goal.INTEGRITY: HIGH}, reason="", by=office.yildiz),
        lambda: settle(here, goal, need, kind=ReasonKind.MANUAL, reason="so", by=office.yildiz),
        lambda: unsettle(here, goal, reason="", by=office.yildiz),
        *[lambda: link(here, LinkKind.USES, there, by=office.yildiz, on=TODAY)] * 3,
        lambda: _unlink_one(office, chance, here),
    ]
    with suppress(Refused):
        await chance.choice(steps)()


async def _unlink_one(office: Office, chance: Random, here) -> None:
    if found := await links_of(here.id, seen_by=office.yildiz):
        await unlink(chance.choice(found), by=office.yildiz, on=TODAY)


@pytest.mark.parametrize("seed", range(4))
async def test_a_busy_day_leaves_no_need_behind(office: Office, seed: int):
    chance = Random(seed)
    ids = [(await an_object(office, f"Verfahren {number}")).id for number in range(8)]

    for _ in range(30):
        await one_step(office, chance, ids)
        assert await what_follows_of_all(office.unit.institution) == []
    await end(await seen(office, ids.pop()), reason="abgelöst", by=office.yildiz, on=TODAY)

    assert await what_follows_of_all(office.unit.institution) == []


async def test_a_preview_tells_what_saving_does(office: Office):
    one, other, server = [await an_object(office, name) for name in ("Akte", "Meldewesen", "Portal")]
    await link(one, LinkKind.USES, other, by=office.yildiz, on=TODAY)
    await link(other, LinkKind.USES, server, by=office.yildiz, on=TODAY)
    secret = Protection(confidentiality=VERY_HIGH)

    told = await would_change(one, Proposal(own={one.id: secret}), seen_by=office.yildiz)
    moved = await assess(await seen(office, one), {Goal.CONFIDENTIALITY: VERY_HIGH}, reason="", by=office.yildiz)

    assert {shown.shift for shown in told} == set(moved)
    assert [station.name for station in told[-1].ways[Goal.CONFIDENTIALITY]] == ["Akte", "Meldewesen", "Portal"]
    assert (await settlements_of(one.id)) == {}


async def test_a_need_that_was_stored_wrong_is_healed_by_computing_everything(office: Office):
    one = await an_object(office, "Akte")
    await TargetObject.update({TargetObject.confidentiality: 3}).where(TargetObject.id == one.id)

    async with change("object.changed", one, by=office.yildiz) as made:
        moved = await hand_down(made, one.institution)

    assert [shift.after for shift in moved] == [Protection()]


@pytest.mark.parametrize("shape", [central, deep])
async def test_in_an_office_of_5000_objects_one_change_is_seen_at_once(office: Office, shape):
    first = await fill_structure(shape(5_000, 20_000), office.unit)
    busiest = await value("SELECT source FROM object_link GROUP BY source ORDER BY count(*) DESC, source LIMIT 1")
    for changed, need in ((first, VERY_HIGH), (busiest, NORMAL)):
        began = time.process_time()
        await what_follows(Proposal(own={changed: Protection(need, need, need)}), office.unit.institution)
        took = time.process_time() - began

        assert took < 1, "measured by make bench: some milliseconds"
    assert await what_follows_of_all(office.unit.institution) == []
    assert (await an_object(office, "Raum", Kind.ROOM)).needs == Protection()
