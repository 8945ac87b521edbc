"""Many people at one counter: nothing goes out twice, nothing is signed twice, a lost right stops everything."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec

from assets.commands.advancing import Given
from assets.commands.handovers import Handing, confirm, hand_over, take_in
from assets.commands.kits import form_kit
from assets.commands.protocols import Piece
from assets.commands.rollouts import Said, answer_rollout, start_rollout
from assets.queries.protocols import protocol
from assets.queries.rollouts import asks, rollout
from assets.rules.lifecycle import Step
from assets.rules.protocols import Answer
from isms.db.reading import value
from isms.people import actor
from isms.rules.errors import Forbidden, Refused, Repeated, Stale
from tests.assets.things import a_device, held
from tests.office import TODAY, Office

MANY = 6


async def at_once(*doing: Awaitable[Any]) -> tuple[list[Any], list[BaseException]]:
    ends = await asyncio.gather(*doing, return_exceptions=True)
    noes = [end for end in ends if isinstance(end, BaseException)]
    return [end for end in ends if not isinstance(end, BaseException)], noes


async def three(office: Office) -> list[Piece]:
    return [Piece(await a_device(office, f"NB {uuid4().hex[:8]}")) for _ in range(3)]


async def count(table: str, column: str, id: int) -> int:
    return int(await value(f"SELECT count(*) FROM {table} WHERE {column} = {{}}", id))


async def test_two_clerks_hand_out_the_same_bundle(office: Office):
    pieces = await three(office)
    people = [office.weber, office.kaya] * (MANY // 2)

    done, noes = await at_once(*(hand_over(pieces, to, Handing(), by=office.brandt, on=TODAY) for to in people))

    assert (len(done), {type(no) for no in noes}) == (1, {Stale})
    for piece in pieces:
        assert await count("handover", "device", piece.device.id) == 1
        assert await count("protocol_item", "device", piece.device.id) == 1


async def test_bundles_that_share_one_device(office: Office):
    shared, mine, theirs = await three(office)

    done, noes = await at_once(
        hand_over([mine, shared], office.weber, Handing(), by=office.brandt, on=TODAY),
        hand_over([theirs, shared], office.kaya, Handing(), by=office.brandt, on=TODAY),
    )

    assert (len(done), len(noes)) == (1, 1)
    stages = {(await held(office, one.device)).stage.value for one in (mine, theirs)}
    assert stages == {"issued", "in_stock"}, "the slower bundle goes out as a whole or not at all"


async def test_the_same_form_twice_at_once(office: Office):
    pieces = await three(office)
    by = msgspec.structs.replace(office.brandt, once=uuid4().hex)

    done, noes = await at_once(*(hand_over(pieces, office.weber, Handing(), by=by, on=TODAY) for _ in range(MANY)))

    assert len(done) == 1
    assert {type(no) for no in noes} <= {Repeated, Stale}
    assert await count("protocol_item", "device", pieces[0].device.id) == 1


async def test_one_confirmation_counts(office: Office):
    id = await hand_over(await three(office), office.weber, Handing(), by=office.brandt, on=TODAY)
    found = await protocol(id, seen_by=office.weber)

    done, noes = await at_once(*(confirm(found, by=office.weber) for _ in range(MANY)))

    assert (len(done), {type(no) for no in noes}) == (1, {Refused})
    assert await value("SELECT count(*) FROM signature WHERE protocol = {} AND party = 'person'", id) == 1


async def test_what_comes_back_comes_back_once(office: Office):
    pieces = await three(office)
    await hand_over(pieces, office.weber, Handing(), by=office.brandt, on=TODAY)
    out = [Piece(await held(office, piece.device)) for piece in pieces]

    done, noes = await at_once(
        *(take_in(out, Step.TAKE_BACK, Given(), by=office.brandt, on=TODAY) for _ in range(MANY))
    )

    assert (len(done), {type(no) for no in noes}) == (1, {Stale})
    assert await count("handover", "device", pieces[0].device.id) == 1


async def test_a_device_goes_into_one_kit(office: Office):
    one = await a_device(office, f"NB {uuid4().hex[:8]}")

    done, noes = await at_once(
        *(form_kit(f"Set {n}", [one], unit=office.unit, by=office.brandt, on=TODAY) for n in range(MANY))
    )

    assert (len(done), {type(no) for no in noes}) == (1, {Refused})
    assert await count("kit_member", "device", one.id) == 1


async def test_an_answer_is_given_once(office: Office):
    (piece, *_) = await three(office)
    await hand_over([piece], office.kaya, Handing(), by=office.brandt, on=TODAY)
    ends = TODAY + timedelta(days=3)
    id = await start_rollout("Runde", unit=office.unit, ends_on=ends, by=office.brandt, on=TODAY)
    asked = await asks(id, office.kaya.id)
    said = {ask.id: Said(Answer.HAVE) for ask in asked}
    found = await rollout(id, seen_by=office.kaya)

    done, noes = await at_once(*(answer_rollout(found, asked, said, by=office.kaya, on=TODAY) for _ in range(MANY)))

    assert (len(done), {type(no) for no in noes}) == (1, {Stale})
    assert await count("handover_protocol", "rollout", id) == 1


async def test_a_right_that_is_gone_meanwhile_stops_the_whole_bundle(office: Office):
    """The form was opened with the right; when it arrives, the roles of today count."""
    pieces = await three(office)
    without = msgspec.structs.replace(await actor(office.brandt.id, on=TODAY), held=office.weber.held)

    done, noes = await at_once(hand_over(pieces, office.weber, Handing(), by=without, on=TODAY))

    assert (done, [type(no) for no in noes]) == ([], [Forbidden])
    for piece in pieces:
        assert await count("handover", "device", piece.device.id) == 0
        assert await count("protocol_item", "device", piece.device.id) == 0
