"""Kits, private devices, rounds of confirmation, losses."""

from datetime import timedelta
from hashlib import sha256

import pytest

from assets.commands.handovers import Handing, confirm, hand_over
from assets.commands.kits import add_to_kit, dissolve_kit, form_kit, remove_from_kit
from assets.commands.losses import review_loss
from assets.commands.private_devices import register_private
from assets.commands.protocols import Piece
from assets.commands.rollouts import Said, answer_rollout, end_rollout, start_rollout
from assets.commands.steps import Given, issue, take
from assets.commands.terms import publish_terms
from assets.queries.kits import kit, kits
from assets.queries.losses import loss, losses_to_review
from assets.queries.objections import objections
from assets.queries.protocols import protocol, protocols_of
from assets.queries.rollouts import asks, rollout, waiting
from assets.rules.facts import DeviceFacts
from assets.rules.lifecycle import Ownership, Stage, Step
from assets.rules.protocols import Answer, Method, ProtocolKind, Signed, TermsKind
from isms.rules.errors import Forbidden, Missing, Refused, Stale
from tests.assets.things import a_device, held
from tests.office import TODAY, Office

DRAWN = Signed(Method.DRAWN, drawing="M10 100L20 90L30 80L40 95L50 110L60 100L70 90L80 100L90 110")
OWN_TERMS = "Das Gerät bleibt Eigentum des Amts. Verlust ist sofort zu melden."


def digest(content: str) -> str:
    return sha256(content.encode()).hexdigest()


async def handed(office: Office, *numbers: str, **handing) -> int:
    pieces = [Piece(await a_device(office, number), "wie neu", "Netzteil") for number in numbers]
    return await hand_over(pieces, office.weber, Handing(**handing), by=office.brandt, on=TODAY)


async def published(office: Office, title: str, known: int) -> None:
    by = office.yildiz
    await publish_terms(TermsKind.DEVICE, title, OWN_TERMS, unit=office.unit, known_version=known, by=by)


class TestKits:
    async def test_a_kit_is_formed_changed_and_dissolved(self, office: Office):
        one, other, third = [await a_device(office, number) for number in ("NB-1", "MH-1", "DK-1")]
        id = await form_kit("Außendienst-Set", [one, other], unit=office.unit, by=office.brandt, on=TODAY)

        await add_to_kit(await kit(id, seen_by=office.brandt), third, by=office.brandt, on=TODAY)
        await remove_from_kit(await kit(id, seen_by=office.brandt), one.id, by=office.brandt, on=TODAY)

        found = await kit(id, seen_by=office.brandt)
        assert [member.inventory_number for member in found.inside] == ["MH-1", "DK-1"]
        assert [member.inventory_number for member in found.members if member.until] == ["NB-1"]
        assert found.is_complete
        await dissolve_kit(found, by=office.brandt, on=TODAY)
        assert await kits(seen_by=office.brandt) == []
        with pytest.raises(Stale):
            await dissolve_kit(found, by=office.brandt, on=TODAY)

    async def test_a_device_is_in_one_kit(self, office: Office):
        one = await a_device(office)
        await form_kit("Eins", [one], unit=office.unit, by=office.brandt, on=TODAY)

        with pytest.raises(Refused, match="schon in einem Set"):
            await form_kit("Zwei", [one], unit=office.unit, by=office.brandt, on=TODAY)

        assert [one.name for one in await kits(seen_by=office.brandt)] == ["Eins"]

    async def test_kits_of_others_are_out_of_reach(self, office: Office):
        id = await form_kit("Eins", [await a_device(office)], unit=office.unit, by=office.brandt, on=TODAY)

        with pytest.raises(Missing):
            await kit(id, seen_by=office.hansen)
        with pytest.raises(Forbidden):
            await form_kit("Zwei", [], unit=office.unit, by=office.yildiz, on=TODAY)


class TestPrivateDevices:
    async def test_they_register_with_consent_and_sign_off(self, office: Office):
        id = await register_private(
            DeviceFacts("", "Smartphone"), office.weber, Handing(), unit=office.hygiene, by=office.brandt, on=TODAY
        )
        found = await protocol(id, seen_by=office.weber)
        assert (found.kind, found.waits, found.terms_version) == (ProtocolKind.REGISTRATION, True, 1)
        await confirm(found, by=office.weber)
        one = await held(office, found.items[0].device)
        assert (one.inventory_number, one.ownership, one.stage) == ("PRIVAT-0001", Ownership.PRIVATE, Stage.REGISTERED)
        assert one.holder == office.weber.id

        await take(one, Step.DEREGISTER, Given(is_reset=True), by=office.brandt, on=TODAY)

        assert (await held(office, one)).stage is Stage.DEREGISTERED
        assert (await protocols_of(office.weber.id, seen_by=office.weber))[0].kind is ProtocolKind.RETURN

    async def test_who_loses_theirs_still_has_it_in_the_register(self, office: Office):
        id = await register_private(
            DeviceFacts("", "Smartphone"), office.weber, Handing(), unit=office.hygiene, by=office.brandt, on=TODAY
        )
        one = await held(office, (await protocol(id, seen_by=office.weber)).items[0].device)

        await take(one, Step.REPORT_LOST, Given(reason="im Bus"), by=office.brandt, on=TODAY)
        lost = await held(office, one)
        await take(lost, Step.FIND, Given(), by=office.brandt, on=TODAY)

        assert (lost.holder, (await held(office, one)).stage) == (office.weber.id, Stage.REGISTERED)


class TestRollout:
    async def test_everybody_answers_for_what_they_have(self, office: Office):
        one, other = await a_device(office, "NB-0001"), await a_device(office, "NB-0002")
        await issue(one, office.weber, by=office.brandt, on=TODAY)
        await issue(other, office.weber, by=office.brandt, on=TODAY)
        id = await start_rollout(
            "Herbst", unit=office.unit, ends_on=TODAY + timedelta(days=14), by=office.brandt, on=TODAY
        )
        assert [(row.person_name, row.devices) for row in await waiting(id, seen_by=office.brandt)] == [
            ("Lukas Weber", 2)
        ]
        asked = await asks(id, office.weber.id)
        said = {asked[0].id: Said(Answer.HAVE), asked[1].id: Said(Answer.UNKNOWN, "nie gesehen")}

        made = await answer_rollout(await rollout(id, seen_by=office.weber), asked, said, by=office.weber, on=TODAY)

        assert made
        paper = await protocol(made, seen_by=office.weber)
        assert (paper.kind, [item.inventory_number for item in paper.items]) == (
            ProtocolKind.CONFIRMATION,
            ["NB-0001"],
        )
        counts = await rollout(id, seen_by=office.brandt)
        assert (counts.people, counts.waiting, counts.confirmed, counts.objected) == (1, 0, 1, 1)
        (waits,) = await objections(seen_by=office.brandt)
        assert (waits.device, waits.note) == (other.id, "nie gesehen")
        with pytest.raises(Stale):
            await answer_rollout(await rollout(id, seen_by=office.weber), asked, said, by=office.weber, on=TODAY)

    async def test_only_those_asked_and_it_see_it(self, office: Office):
        await issue(await a_device(office), office.weber, by=office.brandt, on=TODAY)
        id = await start_rollout("Herbst", unit=office.unit, ends_on=TODAY, by=office.brandt, on=TODAY)

        with pytest.raises(Missing):
            await rollout(id, seen_by=office.kaya)
        await end_rollout(await rollout(id, seen_by=office.brandt), by=office.brandt, on=TODAY)
        with pytest.raises(Stale):
            await end_rollout(await rollout(id, seen_by=office.brandt), by=office.brandt, on=TODAY)

    async def test_where_nobody_has_anything_nobody_is_asked(self, office: Office):
        with pytest.raises(Refused, match="nichts zu bestätigen"):
            await start_rollout("Herbst", unit=office.unit, ends_on=TODAY, by=office.brandt, on=TODAY)


class TestLosses:
    async def test_data_protection_judges_a_loss(self, office: Office):
        one = await a_device(office)
        await issue(one, office.weber, by=office.brandt, on=TODAY)
        await take(await held(office, one), Step.REPORT_LOST, Given(reason="im Zug"), by=office.brandt, on=TODAY)
        (waits,) = await losses_to_review(seen_by=office.yildiz)
        assert (waits.device, waits.reason) == (one.id, "im Zug")

        await review_loss(waits, must_be_reported=False, reason="verschlüsselt", by=office.yildiz, on=TODAY)

        assert await losses_to_review(seen_by=office.yildiz) == []
        with pytest.raises(Refused, match="schon beurteilt"):
            await review_loss(waits, must_be_reported=True, reason="doch", by=office.yildiz, on=TODAY)
        with pytest.raises(Missing):
            await loss(waits.id, seen_by=office.brandt)
