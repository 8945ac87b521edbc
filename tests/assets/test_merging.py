"""Several objects become one with all that hung on them; a part of a group becomes an object of its own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.commands.licences import LicenceFacts, add_licence
from assets.commands.links import link
from assets.commands.merging import Merger, merge
from assets.commands.needs import assess, settle
from assets.commands.objects import change_object
from assets.commands.scopes import add_scope, include
from assets.commands.splitting import Part, split
from assets.commands.support_decisions import Decision, Thing, decide
from assets.queries.devices import devices_of
from assets.queries.licences import licence
from assets.queries.lineage import latest_findings, relatives
from assets.queries.links import links_of
from assets.queries.scopes import members, scope
from assets.queries.support_ends import ends_of
from assets.rules.categories import category_named
from assets.rules.kinds import Kind, LinkKind, SuccessionKind
from assets.rules.licences import LicenceKind
from assets.rules.merging import Ends, Settled, kept_settlements, merged_own, moved_links
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.rules.scenarios import DamageScenario, Finding, own_need
from assets.rules.scopes import Method, SafeguardLevel
from assets.rules.support import Aspect
from assets.tables import ObjectLink, Succession, TargetObject
from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from tests.assets.facts import shipped_data
from tests.assets.things import a_device, an_object, held, runs_on, seen, trail
from tests.office import TODAY, Office

NEED, HOST = ProtectionNeed, category_named("Hostsysteme").uuid
SECRET, SOUND, THERE = Goal


async def described(office: Office, one, **given: Any):
    given = {"categories": one.categories, "tags": one.tags, **given}
    await change_object(one, one.facts, by=office.yildiz, on=TODAY, version=one.version, **given)
    return await seen(office, one)


async def merged(office: Office, into, *others, number: int = 1, reason: str = "Doppelt erfasst", by=None):
    merger = Merger(await seen(office, into), [await seen(office, one) for one in others], number, reason)
    return await merge(merger, by=by or office.yildiz, on=TODAY)


@pytest.fixture
async def twins(office: Office):
    """The same server twice, with what hangs on each; and the records that run on the second."""
    first = await an_object(office, "Anwendungsserver", Kind.IT_SYSTEM)
    second = await an_object(office, "Server für Anwendungen", Kind.IT_SYSTEM, personal_data=True)
    records = await an_object(office, "Patientenakte")
    room = await an_object(office, "Serverraum", Kind.ROOM)
    await runs_on(office, records, second)
    for server in (first, second):
        await link(server, LinkKind.LOCATED_IN, room, by=office.yildiz, on=TODAY)
    await assess(await seen(office, records), {SECRET: NEED.HIGH}, reason="", by=office.yildiz)
    await described(office, await seen(office, second), categories=[HOST], tags=["Umzug"])
    return first, second, records, room


async def test_what_names_an_application_follows_it(office: Office):
    await shipped_data(office)
    first, second = await an_object(office, "Akte"), await an_object(office, "Akte alt")
    facts = LicenceFacts("Tabellenwerk", LicenceKind.SITE, application=second.id)
    bought = await add_licence(facts, unit=office.unit, by=office.brandt)
    for one, cycle in ((first, "8.2"), (second, "8.1")):
        thing = Thing("target_object", one.id, one.unit, one.path)
        await decide(thing, Decision(Aspect.PRODUCT, "php", cycle, "Handbuch"), by=office.yildiz)
    thing = Thing("target_object", second.id, second.unit, second.path)
    await decide(thing, Decision(Aspect.PRODUCT, "python", "3.11", "Handbuch"), by=office.yildiz)

    await merged(office, first, second)

    assert (await licence(bought, seen_by=office.brandt)).application == first.id
    ends = {one.product: one.cycle for one in await ends_of("target_object", first.id)}
    assert ends == {"php": "8.2", "python": "3.11"}
    assert await ends_of("target_object", second.id) == []


class TestMerging:
    async def test_what_hung_on_them_hangs_on_the_one(self, office: Office, twins):
        first, second, records, room = twins
        device = await a_device(office, it_system=second.id)
        drawn = await add_scope(
            "Amt", "", unit=office.unit, method=Method.BOTH, level=SafeguardLevel.STANDARD, by=office.yildiz
        )
        await include(
            await scope(drawn, seen_by=office.yildiz), [await seen(office, second)], by=office.yildiz, on=TODAY
        )

        moved = await merged(office, first, second)

        one = await seen(office, first)
        links = await links_of(one.id, seen_by=office.yildiz)
        assert {(link.source, link.kind, link.target) for link in links} == {
            (records.id, LinkKind.RUNS_ON, one.id),
            (one.id, LinkKind.LOCATED_IN, room.id),
        }
        assert (one.categories, one.tags, one.personal_data) == ((HOST,), ("Umzug",), True)
        assert [shift.key for shift in moved] == [one.id]
        assert one.confidentiality is NEED.HIGH
        assert (await held(office, device)).it_system == one.id
        inside = await members(await scope(drawn, seen_by=office.yildiz), seen_by=office.yildiz)
        assert [member.target_object for member in inside] == [one.id]

    async def test_the_other_ends_with_a_pointer_to_what_it_became(self, office: Office, twins):
        first, second, *_ = twins

        await merged(office, first, second)

        gone = await seen(office, second)
        assert gone.ended_on == TODAY
        became = (await relatives(gone.id, seen_by=office.yildiz))[0]
        assert (became.id, became.kind, became.later) == (first.id, SuccessionKind.MERGED, True)
        was = (await relatives(first.id, seen_by=office.yildiz))[0]
        assert (was.label, was.later) == ("IT-002 Server für Anwendungen", False)
        assert {"object.merged", "object.merged_into", "object.need_changed"} <= {one.action for one in await trail()}
        assert await ObjectLink.exists().where(ObjectLink.target == gone.id)

    async def test_the_highest_of_what_was_found_holds_on(self, office: Office):
        first, second = await an_object(office, "Akte"), await an_object(office, "Die Akte")
        await assess(first, {SECRET: NEED.NORMAL, SOUND: NEED.HIGH}, reason="", by=office.yildiz)
        await assess(second, {SECRET: NEED.VERY_HIGH}, reason="", by=office.yildiz)

        await merged(office, first, second)

        assert (await seen(office, first)).own == {SECRET: NEED.VERY_HIGH, SOUND: NEED.HIGH, THERE: None}

    async def test_the_worst_of_every_scenario_holds_on(self, office: Office):
        first, second = await an_object(office, "Akte"), await an_object(office, "Die Akte")
        for one, damage in ((first, {SECRET: NEED.HIGH}), (second, {SECRET: NEED.VERY_HIGH, THERE: NEED.NORMAL})):
            found = [Finding(DamageScenario.PRIVACY, damage, "Befunde")]
            await assess(one, own_need(found), reason="", by=office.yildiz, findings=found)

        await merged(office, first, second)

        worst = Finding(DamageScenario.PRIVACY, {SECRET: NEED.VERY_HIGH, THERE: NEED.NORMAL}, "Befunde")
        assert await latest_findings([first.id]) == [worst]

    async def test_what_was_settled_upwards_holds_on_and_downwards_not(self, office: Office, twins):
        first, second, *_ = twins
        for goal, need, kind in (
            (THERE, NEED.VERY_HIGH, ReasonKind.ACCUMULATION),
            (SECRET, NEED.NORMAL, ReasonKind.DISTRIBUTION),
        ):
            await settle(await seen(office, second), goal, need, kind=kind, reason="Darum", by=office.yildiz)

        await merged(office, first, second)

        one = await seen(office, first)
        assert (one.availability, one.confidentiality) == (NEED.VERY_HIGH, NEED.HIGH)

    async def test_all_or_nothing_when_somebody_was_faster(self, office: Office, twins):
        first, second, *_ = twins
        merger = Merger(await seen(office, first), [await seen(office, second)], 1, "Doppelt")
        await described(office, await seen(office, second), tags=["neu"])

        with pytest.raises(Stale):
            await merge(merger, by=office.yildiz, on=TODAY)

        assert not await Succession.exists()
        assert (await seen(office, second)).tags == ("neu",)

    async def test_what_is_not_alike_is_refused(self, office: Office, twins):
        first, second, records, _ = twins
        with pytest.raises(Refused, match="derselben Art"):
            await merged(office, first, records)
        with pytest.raises(Refused, match="mit sich selbst"):
            await merged(office, first, first)
        with pytest.raises(Incomplete):
            await merged(office, first, second, reason=" ")
        await merged(office, first, second)
        with pytest.raises(Refused, match="gehört nicht mehr zur Struktur"):
            await merged(office, first, second)

    async def test_it_may_merge_what_nobody_assessed(self, office: Office, twins):
        first, second, records, _ = twins
        copy = await an_object(office, "Akte der Patienten")

        with pytest.raises(Forbidden):
            await merged(office, copy, records, by=office.brandt)
        await merged(office, first, second, by=office.brandt)

        with pytest.raises(Forbidden):
            await merged(office, copy, records, by=office.lindner)


class TestSplitting:
    @pytest.fixture
    async def group(self, office: Office):
        group = await an_object(office, "Notebooks", Kind.IT_SYSTEM, number=20)
        records = await an_object(office, "Patientenakte")
        await runs_on(office, records, group)
        await assess(await seen(office, records), {SECRET: NEED.VERY_HIGH}, reason="", by=office.yildiz)
        await settle(
            await seen(office, group), THERE, NEED.HIGH, kind=ReasonKind.ACCUMULATION, reason="Viele", by=office.yildiz
        )
        return await described(office, await seen(office, group), categories=[HOST], tags=["Außendienst"])

    async def test_of_twenty_alike_five_become_an_object_of_their_own(self, office: Office, group):
        device = await a_device(office, it_system=group.id)

        id = await split(group, Part("Notebooks SpDi", 5, "Andere Räume", [device.id]), by=office.yildiz, on=TODAY)

        part, rest = await seen(office, id), await seen(office, group)
        assert (part.number, rest.number, part.short_id, part.name) == (5, 15, "IT-002", "Notebooks SpDi")
        assert (part.categories, part.tags, part.needs) == (rest.categories, rest.tags, rest.needs)
        assert part.needs.highest is NEED.VERY_HIGH
        assert [one.id for one in await devices_of(id, seen_by=office.yildiz)] == [device.id]
        assert [one.label for one in await relatives(id, seen_by=office.yildiz)] == ["IT-001 Notebooks"]
        assert [link.source_short_id for link in await links_of(id, seen_by=office.yildiz)] == ["AW-001"]
        assert {"object.split", "object.split_off"} <= {one.action for one in await trail()}

    @pytest.mark.parametrize("number", [0, 20, 21, -1])
    async def test_at_least_one_goes_and_one_stays(self, office: Office, group, number):
        with pytest.raises(Incomplete, match="markierten Angaben") as error:
            await split(group, Part("Teil", number, "Darum"), by=office.yildiz, on=TODAY)

        assert str(error.value.complaints["number"]).startswith("Bitte geben Sie eine Zahl von 1 bis 19 ein")

    async def test_a_single_object_is_no_group(self, office: Office):
        with pytest.raises(Refused, match="einziges Objekt"):
            await split(await an_object(office, "Server"), Part("Teil", 1, "Darum"), by=office.yildiz, on=TODAY)

    async def test_two_people_split_the_same_group(self, office: Office, group):
        await split(group, Part("Erste", 5, "Darum"), by=office.yildiz, on=TODAY)

        with pytest.raises(Stale):
            await split(group, Part("Zweite", 18, "Darum"), by=office.yildiz, on=TODAY)

        assert await TargetObject.count().where(TargetObject.kind == Kind.IT_SYSTEM) == 2

    async def test_a_part_keeps_what_was_found_scenario_by_scenario(self, office: Office, group):
        found = [Finding(DamageScenario.TASKS, {THERE: NEED.HIGH}, "Ohne sie fährt niemand hinaus.")]
        await assess(group, own_need(found), reason="", by=office.yildiz, findings=found)

        id = await split(await seen(office, group), Part("Teil", 5, "Darum"), by=office.yildiz, on=TODAY)

        assert await latest_findings([id]) == found
        assert (await seen(office, id)).own[THERE] is NEED.HIGH

    async def test_it_may_not_copy_what_was_settled(self, office: Office, group):
        with pytest.raises(Forbidden):
            await split(group, Part("Teil", 5, "Darum"), by=office.brandt, on=TODAY)


ids = st.integers(1, 6)
ends = st.builds(Ends, ids, st.sampled_from(list(LinkKind)[:3]), ids)


@given(st.lists(ends, unique=True), st.sets(st.integers(2, 4), min_size=1))
def test_moved_links_name_nothing_that_goes_and_nothing_twice(links, gone):
    kept = [link for link in links if not {link.source, link.target} & gone]

    after = [*kept, *moved_links(links, 1, gone)]

    assert len(set(after)) == len(after)
    assert not any({link.source, link.target} & gone for link in after)
    assert not any(link.source == link.target for link in moved_links(links, 1, gone))


needs = st.none() | st.sampled_from(list(NEED))
owns = st.fixed_dictionaries({goal: needs for goal in Goal})


@given(st.lists(owns, min_size=1))
def test_merging_never_lowers_what_was_found(found):
    after = merged_own(found)

    for own in found:
        for goal, need in own.items():
            assert need is None or (after[goal] or 0) >= need


def test_only_what_raised_a_need_is_kept_and_the_highest_of_it():
    def settled(goal: Goal, need: ProtectionNeed, computed: ProtectionNeed) -> Settled:
        return Settled(goal, need, computed, ReasonKind.MANUAL, "")

    theirs = [
        settled(SECRET, NEED.HIGH, NEED.NORMAL),
        settled(SECRET, NEED.VERY_HIGH, NEED.NORMAL),
        settled(SOUND, NEED.NORMAL, NEED.HIGH),
        settled(THERE, NEED.HIGH, NEED.NORMAL),
    ]

    assert [(one.goal, one.need) for one in kept_settlements([THERE], theirs)] == [(SECRET, NEED.VERY_HIGH)]
