"""Many people at once: nothing happens twice, nothing is lost, and the slower ones learn of it."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from uuid import uuid4

from assets.commands.devices import change_device
from assets.commands.links import link
from assets.commands.merging import Merger, merge
from assets.commands.needs import assess
from assets.commands.splitting import Part, split
from assets.commands.steps import issue
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, Protection, ProtectionNeed
from isms.db.reading import value
from isms.rules.errors import Incomplete, Refused, Stale
from tests.assets.things import a_device, an_object, held, runs_on, seen
from tests.office import TODAY, Office

MANY = 8


async def at_once(*doing: Awaitable[Any]) -> tuple[list[Any], list[BaseException]]:
    """What came out, and what was said to those who were slower."""
    ends = await asyncio.gather(*doing, return_exceptions=True)
    noes = [end for end in ends if isinstance(end, BaseException)]
    return [end for end in ends if not isinstance(end, BaseException)], noes


def fresh(name: str) -> str:
    return f"{name} {uuid4().hex[:8]}"


async def test_one_device_goes_to_one_person(office: Office):
    one = await a_device(office, fresh("NB"))
    people = [office.weber, office.kaya] * (MANY // 2)

    done, noes = await at_once(*(issue(one, person, by=office.brandt, on=TODAY) for person in people))

    assert len(done) == 1
    assert {type(no) for no in noes} == {Stale}
    assert await value("SELECT count(*) FROM handover WHERE device = {}", one.id) == 1
    assert await value("SELECT count(*) FROM stage_change WHERE device = {}", one.id) == 2


async def test_one_number_names_one_device(office: Office):
    number = fresh("NB")

    done, noes = await at_once(*(a_device(office, number) for _ in range(MANY)))

    assert len(done) == 1
    assert {type(no) for no in noes} == {Incomplete}


async def test_a_form_that_was_overtaken_changes_nothing(office: Office):
    one = await a_device(office, fresh("NB"))

    done, noes = await at_once(
        *(change_device(one, one.facts, by=office.brandt, version=one.version) for _ in range(MANY))
    )

    assert (len(done), {type(no) for no in noes}) == (1, {Stale})
    assert (await held(office, one)).version == one.version + 1


async def test_every_object_gets_a_short_id_of_its_own(office: Office):
    done, noes = await at_once(*(an_object(office, fresh("Netz"), Kind.NETWORK) for _ in range(MANY)))

    assert noes == []
    numbers = sorted(int(one.short_id.removeprefix("NW-")) for one in done)
    assert numbers == list(range(numbers[0], numbers[0] + MANY))


async def test_the_same_link_is_made_once(office: Office):
    source, target = await an_object(office, fresh("Akte")), await an_object(office, fresh("Server"), Kind.IT_SYSTEM)

    done, noes = await at_once(
        *(link(source, LinkKind.RUNS_ON, target, by=office.yildiz, on=TODAY) for _ in range(MANY))
    )

    assert (len(done), {type(no) for no in noes}) == (1, {Refused})


async def test_needs_that_arrive_at_once_all_count(office: Office):
    """Each of them is decided on what the other has not seen yet; the server must need both in the end."""
    server = await an_object(office, fresh("Server"), Kind.IT_SYSTEM)
    akte, melder = await an_object(office, fresh("Akte")), await an_object(office, fresh("Melder"))
    for one in (akte, melder):
        await runs_on(office, one, server)
    akte, melder = await seen(office, akte), await seen(office, melder)
    secret, urgent = {Goal.CONFIDENTIALITY: ProtectionNeed.HIGH}, {Goal.AVAILABILITY: ProtectionNeed.VERY_HIGH}

    _, noes = await at_once(
        assess(akte, secret, reason="", by=office.yildiz), assess(melder, urgent, reason="", by=office.yildiz)
    )

    assert noes == []
    assert (await seen(office, server)).needs == Protection(
        ProtectionNeed.HIGH, ProtectionNeed.NORMAL, ProtectionNeed.VERY_HIGH
    )


async def test_a_double_is_merged_once(office: Office):
    into, double = await an_object(office, fresh("Akte")), await an_object(office, fresh("Ordner"))
    server = await an_object(office, fresh("Server"), Kind.IT_SYSTEM)
    await runs_on(office, double, server)
    merger = Merger(await seen(office, into), [await seen(office, double)], 1, "Doppelt")

    done, noes = await at_once(*(merge(merger, by=office.yildiz, on=TODAY) for _ in range(MANY)))

    assert len(done) == 1
    assert {type(no) for no in noes} == {Stale}
    assert await value("SELECT count(*) FROM succession WHERE before = {}", double.id) == 1
    open_links = "SELECT count(*) FROM object_link WHERE target = {} AND ended_on IS NULL"
    assert await value(open_links, server.id) == 1


async def test_a_group_is_split_by_one_person_at_a_time(office: Office):
    group = await an_object(office, fresh("Notebooks"), Kind.IT_SYSTEM, number=20)
    part = Part(fresh("Teil"), 5, "Andere Räume")

    done, noes = await at_once(*(split(group, part, by=office.yildiz, on=TODAY) for _ in range(MANY)))

    assert len(done) == 1
    assert {type(no) for no in noes} == {Stale}
    assert (await seen(office, group)).number == 15
