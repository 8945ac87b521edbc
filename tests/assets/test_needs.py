import pytest

from assets.commands.links import link, unlink
from assets.commands.needs import assess, settle, unsettle
from assets.commands.objects import end
from assets.queries.links import links_of
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, Protection, ProtectionNeed, ReasonKind
from assets.tables import EffectiveNeed, NeedAssessment, SettledNeed
from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from tests.assets.things import an_object, runs_on, seen, trail
from tests.office import TODAY, Office

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
SECRET = {Goal.CONFIDENTIALITY: VERY_HIGH, Goal.INTEGRITY: HIGH, Goal.AVAILABILITY: NORMAL}


@pytest.fixture
async def records(office: Office):
    return await an_object(office, "Patientenakte")


@pytest.fixture
async def server(office: Office, records):
    server = await an_object(office, "Anwendungsserver", Kind.IT_SYSTEM)
    await runs_on(office, records, server)
    return await seen(office, server)


async def test_a_server_inherits_and_every_object_that_changes_gets_its_entry(office: Office, records, server):
    moved = await assess(await seen(office, records), SECRET, reason="Gesundheitsdaten", by=office.yildiz)

    assert (await seen(office, server)).needs == Protection(VERY_HIGH, HIGH, NORMAL)
    assert {shift.key for shift in moved} == {records.id, server.id}
    entries = [(entry.action, entry.subject) for entry in await trail() if entry.action.startswith("object.")][:3]
    assert entries == [
        ("object.need_changed", server.key),
        ("object.need_changed", records.key),
        ("object.assessed", records.key),
    ] or entries == [
        ("object.need_changed", records.key),
        ("object.need_changed", server.key),
        ("object.assessed", records.key),
    ]


async def test_assessing_is_for_the_security_officer(office: Office, records):
    for person in (office.brandt, office.weber, office.petersen):
        with pytest.raises(Forbidden):
            await assess(records, SECRET, reason="", by=person)

    assert not await NeedAssessment.exists()


async def test_two_assessments_at_once_and_the_first_one_counts(office: Office, records):
    as_the_slower_one_sees_it = records
    await assess(records, SECRET, reason="zuerst", by=office.yildiz)

    with pytest.raises(Stale):
        await assess(as_the_slower_one_sees_it, {}, reason="danach", by=office.yildiz)

    assert (await seen(office, records)).own == SECRET


async def test_needs_of_every_moment_stay_on_record(office: Office, records):
    await assess(records, SECRET, reason="", by=office.yildiz)
    await assess(await seen(office, records), {}, reason="doch nicht", by=office.yildiz)

    found = (
        await EffectiveNeed.select(EffectiveNeed.confidentiality)
        .where(EffectiveNeed.target_object == records.id)
        .order_by(EffectiveNeed.id)
    )
    assert [row["confidentiality"] for row in found] == [NORMAL, VERY_HIGH, NORMAL]


class TestSettling:
    async def test_what_is_settled_is_handed_down(self, office: Office, records, server):
        room = await an_object(office, "Serverraum", Kind.ROOM)
        await link(server, LinkKind.LOCATED_IN, room, by=office.yildiz, on=TODAY)
        await assess(await seen(office, records), SECRET, reason="", by=office.yildiz)

        await settle(
            await seen(office, server),
            Goal.CONFIDENTIALITY,
            HIGH,
            kind=ReasonKind.DISTRIBUTION,
            reason="Nur verschlüsselte Ablage",
            by=office.yildiz,
        )

        assert (await seen(office, server)).confidentiality == HIGH
        assert (await seen(office, room)).confidentiality == HIGH
        assert (await trail())[0].action == "object.need_changed"

    async def test_it_needs_a_reason(self, office: Office, server):
        with pytest.raises(Incomplete) as error:
            await settle(server, Goal.INTEGRITY, HIGH, kind=ReasonKind.ACCUMULATION, reason=" ", by=office.yildiz)

        assert set(error.value.complaints) == {"reason"}
        assert not await SettledNeed.exists()

    async def test_it_must_differ_from_the_maximum(self, office: Office, server):
        with pytest.raises(Refused, match="Das Maximum ergibt schon „normal“"):
            await settle(server, Goal.INTEGRITY, NORMAL, kind=ReasonKind.MANUAL, reason="so", by=office.yildiz)

    async def test_the_slower_one_learns_of_it(self, office: Office, server):
        await settle(server, Goal.INTEGRITY, HIGH, kind=ReasonKind.ACCUMULATION, reason="viele", by=office.yildiz)

        with pytest.raises(Stale):
            await settle(
                server, Goal.INTEGRITY, VERY_HIGH, kind=ReasonKind.ACCUMULATION, reason="mehr", by=office.yildiz
            )

        assert (await seen(office, server)).integrity == HIGH

    async def test_taking_it_back_leads_to_the_maximum(self, office: Office, server):
        await settle(server, Goal.INTEGRITY, HIGH, kind=ReasonKind.ACCUMULATION, reason="viele", by=office.yildiz)

        await unsettle(await seen(office, server), Goal.INTEGRITY, reason="aufgeteilt", by=office.yildiz)

        assert (await seen(office, server)).integrity == NORMAL
        assert await SettledNeed.count() == 2

    async def test_nothing_to_take_back(self, office: Office, server):
        with pytest.raises(Refused, match="Für „Integrität“ ist kein Schutzbedarf festgesetzt"):
            await unsettle(server, Goal.INTEGRITY, reason="", by=office.yildiz)


class TestLinks:
    async def test_a_new_link_hands_down_at_once(self, office: Office, records):
        await assess(records, SECRET, reason="", by=office.yildiz)
        server = await an_object(office, "Datenbankserver", Kind.IT_SYSTEM)

        moved = await link(await seen(office, records), LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)

        assert [shift.key for shift in moved] == [server.id]
        assert (await seen(office, server)).confidentiality == VERY_HIGH

    async def test_an_ended_link_hands_down_no_more(self, office: Office, records, server):
        await assess(await seen(office, records), SECRET, reason="", by=office.yildiz)
        (found,) = await links_of(server.id, seen_by=office.yildiz)

        await unlink(found, by=office.yildiz, on=TODAY)

        assert (await seen(office, server)).needs == Protection()
        with pytest.raises(Stale):
            await unlink(found, by=office.yildiz, on=TODAY)

    async def test_providers_are_linked_and_inherit_nothing(self, office: Office, records):
        await assess(records, SECRET, reason="", by=office.yildiz)
        provider = await an_object(office, "Rechenzentrum Nordmark", Kind.SERVICE_PROVIDER)

        await link(await seen(office, records), LinkKind.OPERATED_BY, provider, by=office.yildiz, on=TODAY)

        assert (await seen(office, provider)).needs == Protection()

    async def test_the_same_link_twice_is_refused(self, office: Office, records, server):
        with pytest.raises(Refused, match="Diese Verknüpfung gibt es schon: „Patientenakte“ läuft auf"):
            await link(records, LinkKind.RUNS_ON, server, by=office.yildiz, on=TODAY)

    async def test_links_stay_within_the_office(self, office: Office, records):
        with pytest.raises(Refused, match="mit sich selbst"):
            await link(records, LinkKind.USES, records, by=office.yildiz, on=TODAY)
        with pytest.raises(Forbidden):
            await link(records, LinkKind.USES, records, by=office.petersen, on=TODAY)

    async def test_a_circle_counts_as_one(self, office: Office, records):
        other = await an_object(office, "Laborschnittstelle")
        await link(records, LinkKind.USES, other, by=office.yildiz, on=TODAY)
        await link(other, LinkKind.USES, records, by=office.yildiz, on=TODAY)

        await assess(await seen(office, other), SECRET, reason="", by=office.yildiz)

        assert (await seen(office, records)).needs == (await seen(office, other)).needs


async def test_an_object_that_ends_takes_its_links_along(office: Office, records, server):
    await assess(await seen(office, records), SECRET, reason="", by=office.yildiz)

    await end(await seen(office, records), reason="abgelöst", by=office.yildiz, on=TODAY)

    assert (await seen(office, server)).needs == Protection()
    assert await links_of(server.id, seen_by=office.yildiz) == []
    with pytest.raises(Stale):
        await end(await seen(office, records), reason="noch einmal", by=office.yildiz, on=TODAY)
