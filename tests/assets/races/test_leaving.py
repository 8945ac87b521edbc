"""At the door: two approvers, an approval withdrawn while the device goes, one disk on two pallets."""

from typing import Any
from uuid import uuid4

from assets.commands.consignments import Waybill, hand_over
from assets.commands.disposal import decide_disposal
from assets.commands.erasing import plan_erasure
from assets.commands.media import add_medium
from assets.commands.steps import Given, take
from assets.queries.dossiers import Subject
from assets.rules.dossier import DisposalWay, Verdict
from assets.rules.lifecycle import Stage, Step
from assets.rules.media import MediumFacts, MediumKind
from isms.db.reading import value
from isms.rules.errors import Refused, Stale
from tests.assets.dossiers import (
    TO_PROVIDER,
    a_disk,
    a_retired_device,
    again,
    approved,
    erased_and_checked,
    requested,
)
from tests.assets.races.test_at_once import at_once, fresh
from tests.assets.things import held
from tests.office import TODAY, Office

ROUNDS = 4


async def a_waiting_device(office: Office) -> Subject:
    device = await a_retired_device(office, fresh("NB"))
    await erased_and_checked(office, await a_disk(office, device, uuid4().hex))
    return await requested(office, device)


async def test_of_two_approvers_one_decides(office: Office):
    subject = await a_waiting_device(office)
    told: dict[str, Any] = {"reason": "geprüft", "seen": subject.as_read, "on": TODAY}

    done, noes = await at_once(
        decide_disposal(subject, Verdict.APPROVED, **told, by=office.albrecht),
        decide_disposal(subject, Verdict.REFUSED, **told, by=office.yildiz),
    )

    assert (len(done), {type(no) for no in noes}) == (1, {Stale})
    request = subject.request
    assert request
    assert await value("SELECT count(*) FROM disposal_verdict WHERE request = {}", request.id) == 1


async def test_a_device_leaves_or_its_approval_is_withdrawn_but_not_both(office: Office):
    for _ in range(ROUNDS):
        waiting = await a_waiting_device(office)
        seen = waiting.as_read
        told: dict[str, Any] = {"reason": "geprüft", "seen": seen, "on": TODAY}
        await decide_disposal(waiting, Verdict.APPROVED, **told, by=office.albrecht)
        subject = await again(office, await held(office, waiting.thing.id))
        assert subject.device

        done, noes = await at_once(
            take(subject.device, Step.DISPOSE, Given(reason="Wertstoff"), by=office.brandt, on=TODAY),
            decide_disposal(subject, Verdict.WITHDRAWN, **told, by=office.albrecht),
        )

        assert (len(done), {type(no) for no in noes}) == (1, {Refused})
        after = await again(office, subject.device)
        assert after.device
        assert (after.device.stage is Stage.DISPOSED) is after.is_approved


async def test_a_disk_that_turns_up_meanwhile_stops_the_device_or_comes_too_late(office: Office):
    for _ in range(ROUNDS):
        waiting = await a_waiting_device(office)
        told: dict[str, Any] = {"reason": "geprüft", "seen": waiting.as_read, "on": TODAY}
        await decide_disposal(waiting, Verdict.APPROVED, **told, by=office.albrecht)
        device = await held(office, waiting.thing.id)
        found = MediumFacts(MediumKind.SSD, uuid4().hex)

        await at_once(
            take(device, Step.DISPOSE, Given(reason="Wertstoff"), by=office.brandt, on=TODAY),
            add_medium(found, device=device, by=office.brandt, on=TODAY),
        )

        after = await again(office, device)
        assert after.device
        assert after.device.stage is not Stage.DISPOSED or len(after.media) == 1


async def test_nothing_stands_on_two_pallets(office: Office):
    device = await a_retired_device(office, fresh("NB"))
    await plan_erasure(await a_disk(office, device, uuid4().hex), TO_PROVIDER, by=office.brandt, on=TODAY)
    subject = await approved(office, device, DisposalWay.DESTRUCTION)
    waybill = Waybill("Aktenmühle", container="BX", seal="P")
    who: dict[str, Any] = {"unit": office.unit, "witness": None, "by": office.brandt, "on": TODAY}

    done, noes = await at_once(*(hand_over([subject], waybill, **who) for _ in range(ROUNDS)))

    assert len(done) == 1
    assert all(isinstance(no, Refused) for no in noes)
    assert await value("SELECT count(*) FROM consignment_line WHERE device = {}", device.id) == 1
