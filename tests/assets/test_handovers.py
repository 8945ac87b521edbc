"""Devices change hands: protocols that anybody can check, signatures of both sides, receipts, kits, private devices."""

import json
from hashlib import sha256

import pytest

from assets.commands.handovers import Handing, confirm, hand_over, object_to, take_in
from assets.commands.protocols import Piece
from assets.commands.rollouts import settle
from assets.commands.steps import Given, issue, take_back
from assets.commands.terms import publish_terms
from assets.queries.devices import held_by
from assets.queries.objections import objection, objections
from assets.queries.protocols import protocol, protocols_about, protocols_of
from assets.queries.terms import terms_in_force
from assets.rules.lifecycle import Stage, Step
from assets.rules.protocols import Answer, Method, Party, ProtocolKind, Signed, TermsKind
from isms.db.reading import value
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused, Stale
from tests.assets.things import a_device, held, trail
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


class TestHandover:
    async def test_one_signature_holds_for_the_whole_bundle(self, office: Office):
        id = await handed(office, "NB-0001", "MH-0001", person=DRAWN)

        found = await protocol(id, seen_by=office.brandt)
        assert [(item.inventory_number, item.condition, item.accessories) for item in found.items] == [
            ("NB-0001", "wie neu", "Netzteil"),
            ("MH-0001", "wie neu", "Netzteil"),
        ]
        by_person, by_office = found.signature(Party.PERSON), found.signature(Party.OFFICE)
        assert by_person
        assert by_office
        assert (by_person.method, by_person.drawing, by_person.witness_name) == (
            Method.DRAWN,
            DRAWN.drawing,
            "Jonas Brandt",
        )
        assert (by_office.method, by_office.witness_name) == (Method.OWN_LOGIN, None)
        assert not found.waits
        assert len(await held_by(office.weber.id, seen_by=office.weber)) == 2

    async def test_anybody_can_compute_the_fingerprints_again(self, office: Office):
        found = await protocol(await handed(office, "NB-0001", person=DRAWN), seen_by=office.weber)
        signed = found.signature(Party.PERSON)

        assert found.content
        assert signed
        assert signed.content
        assert found.terms_text
        assert digest(found.content) == found.sha256
        assert digest(signed.content) == signed.sha256
        said, told = json.loads(found.content), json.loads(signed.content)
        assert told["protocol_sha256"] == found.sha256
        assert told["drawing_sha256"] == digest(DRAWN.drawing)
        assert said["terms"]["sha256"] == found.terms_sha256 == digest(found.terms_text)
        assert said["devices"][0]["inventory_number"] == "NB-0001"
        details = await value("SELECT content FROM audit_payload WHERE content LIKE {}", "%signed_by_person%")
        assert found.sha256 in details
        assert signed.sha256 in details
        assert DRAWN.drawing not in details

    async def test_without_a_signature_it_waits_for_the_own_login(self, office: Office):
        found = await protocol(await handed(office, "NB-0001"), seen_by=office.weber)
        assert found.waits

        await confirm(found, by=office.weber)

        after = await protocol(found.id, seen_by=office.weber)
        signed = after.signature(Party.PERSON)
        assert signed
        assert (signed.method, signed.name, after.waits) == (Method.OWN_LOGIN, "Lukas Weber", False)
        assert (await trail())[0].action == "handover.confirmed"
        with pytest.raises(Refused, match="schon bestätigt"):
            await confirm(found, by=office.weber)

    async def test_nobody_confirms_for_somebody_else(self, office: Office):
        found = await protocol(await handed(office, "NB-0001"), seen_by=office.brandt)

        for other in (office.brandt, office.kaya):
            with pytest.raises(Forbidden):
                await confirm(found, by=other)
        with pytest.raises(Missing):
            await protocol(found.id, seen_by=office.kaya)
        with pytest.raises(Missing):
            await protocol(found.id, seen_by=office.hansen)

    async def test_all_devices_or_none(self, office: Office):
        one, other = await a_device(office, "NB-0001"), await a_device(office, "NB-0002")
        await issue(other, office.kaya, by=office.brandt, on=TODAY)

        with pytest.raises(Stale):
            await hand_over([Piece(one), Piece(other)], office.weber, Handing(), by=office.brandt, on=TODAY)

        assert (await held(office, one)).stage is Stage.IN_STOCK
        assert await value("SELECT count(*) FROM handover_protocol") == 1

    @pytest.mark.parametrize(
        ("signed", "field"),
        [
            (Signed(Method.DRAWN), "person_drawing"),
            (Signed(Method.DRAWN, drawing="M1 1L2 2"), "person_drawing"),
            (Signed(Method.DRAWN, drawing='M1 1"/><script>' + "L2 2" * 9), "person_drawing"),
            (Signed(Method.DRAWN, drawing="M900 1" + "L2 2" * 9), "person_drawing"),
            (Signed(Method.TYPED, name=" "), "person_drawing_name"),
        ],
    )
    async def test_what_is_no_signature_is_refused(self, office: Office, signed: Signed, field: str):
        with pytest.raises(Incomplete) as error:
            await handed(office, "NB-0001", person=signed)

        assert set(error.value.complaints) == {field}

    async def test_the_same_device_twice_and_none_at_all(self, office: Office):
        one = await a_device(office)
        for pieces in ([], [Piece(one), Piece(one)]):
            with pytest.raises(Incomplete):
                await hand_over(pieces, office.weber, Handing(), by=office.brandt, on=TODAY)

    async def test_only_it_hands_over(self, office: Office):
        one = await a_device(office)
        for who in (office.weber, office.yildiz, office.hansen):
            with pytest.raises(Forbidden):
                await hand_over([Piece(one)], office.kaya, Handing(), by=who, on=TODAY)

    async def test_who_got_something_else_says_so(self, office: Office):
        found = await protocol(await handed(office, "NB-0001"), seen_by=office.weber)

        await object_to(found, found.items[0].device, "Das Netzteil fehlt", by=office.weber)

        (waits,) = await objections(seen_by=office.brandt)
        assert (waits.person_name, waits.answer, waits.note) == ("Lukas Weber", Answer.DIFFERS, "Das Netzteil fehlt")
        await settle(waits, "Netzteil nachgereicht", by=office.brandt, on=TODAY)
        assert await objections(seen_by=office.brandt) == []
        with pytest.raises(Stale):
            await settle(waits, "noch einmal", by=office.brandt, on=TODAY)
        with pytest.raises(Missing):
            await objection(waits.id, seen_by=office.hansen)


class TestTerms:
    async def test_an_office_begins_with_ours_and_writes_its_own(self, office: Office):
        await handed(office, "NB-0001")
        first = await terms_in_force(office.unit.id, TermsKind.DEVICE)
        assert first
        assert first.version == 1

        await publish_terms(
            TermsKind.DEVICE, "Unsere Regeln", OWN_TERMS, unit=office.unit, known_version=1, by=office.yildiz
        )

        second = await terms_in_force(office.unit.id, TermsKind.DEVICE)
        assert second
        assert (second.version, second.text) == (2, OWN_TERMS)
        (old,) = await protocols_of(office.weber.id, seen_by=office.weber)
        assert (await protocol(old.id, seen_by=office.weber)).terms_version == 1

    async def test_two_new_versions_at_once_are_one(self, office: Office):
        await published(office, "Eins", 0)

        with pytest.raises(Stale):
            await published(office, "Zwei", 0)

    async def test_what_is_signed_is_what_was_shown(self, office: Office):
        await published(office, "Eins", 0)
        shown = await terms_in_force(office.unit.id, TermsKind.DEVICE)
        assert shown
        await published(office, "Zwei", 1)

        with pytest.raises(Refused, match="neu gefasst"):
            await handed(office, "NB-0001", terms=shown.id)

        assert await value("SELECT count(*) FROM handover") == 0

    async def test_it_does_not_make_the_terms(self, office: Office):
        with pytest.raises(Forbidden):
            await publish_terms(
                TermsKind.DEVICE, "Eins", OWN_TERMS, unit=office.unit, known_version=0, by=office.brandt
            )

    async def test_terms_protocols_and_signatures_never_change(self, office: Office):
        from isms.db import execute, transaction

        await handed(office, "NB-0001", person=DRAWN)
        for sql in (
            "UPDATE handover_terms SET text = 'x'",
            "UPDATE handover_protocol SET sha256 = 'x'",
            "UPDATE protocol_item SET condition = 'x'",
            "UPDATE signature SET method = 'typed'",
            "DELETE FROM signature",
        ):
            with pytest.raises(Exception, match="only grows"):
                async with transaction():
                    await execute(sql)


class TestReturn:
    async def test_who_gives_back_gets_a_receipt(self, office: Office):
        await handed(office, "NB-0001", "MH-0001")
        had = await held_by(office.weber.id, seen_by=office.brandt)
        pieces = [Piece(await held(office, one.id), "Kratzer", missing="Netzteil") for one in had]

        id = await take_in(pieces, Step.TAKE_BACK, Given(place="Lager"), by=office.brandt, on=TODAY)

        receipt = await protocol(id, seen_by=office.weber)
        assert (receipt.kind, receipt.person) == (ProtocolKind.RETURN, office.weber.id)
        assert {item.missing for item in receipt.items} == {"Netzteil"}
        assert receipt.signature(Party.OFFICE)
        assert await held_by(office.weber.id, seen_by=office.brandt) == []
        assert [one.kind for one in await protocols_of(office.weber.id, seen_by=office.weber)] == [
            ProtocolKind.RETURN,
            ProtocolKind.HANDOVER,
        ]

    async def test_the_single_step_leaves_the_same_papers(self, office: Office):
        one = await a_device(office)

        issued = await issue(one, office.weber, by=office.brandt, on=TODAY)
        back = await take_back(await held(office, one), by=office.brandt, on=TODAY)

        assert [paper.id for paper in await protocols_about(one.id, seen_by=office.weber)] == [back, issued]

    async def test_what_came_back_needs_no_confirmation(self, office: Office):
        id = await handed(office, "NB-0001")
        (one,) = await held_by(office.weber.id, seen_by=office.brandt)

        await take_back(await held(office, one.id), by=office.brandt, on=TODAY)

        assert not (await protocol(id, seen_by=office.weber)).waits

    async def test_a_receipt_is_for_one_person(self, office: Office):
        one, other = await a_device(office, "NB-0001"), await a_device(office, "NB-0002")
        await issue(one, office.weber, by=office.brandt, on=TODAY)
        await issue(other, office.kaya, by=office.brandt, on=TODAY)
        pieces = [Piece(await held(office, one)), Piece(await held(office, other))]

        with pytest.raises(Refused, match="dieselbe Person"):
            await take_in(pieces, Step.TAKE_BACK, Given(), by=office.brandt, on=TODAY)
