"""Dossiers of the office, brought to where a test begins."""

from assets.commands.disposal import (
    confirm_mediumless,
    decide_disposal,
    remove_labels,
    request_disposal,
    state_mediumless,
)
from assets.commands.erasing import Checked, Decision, Done, check_erasure, plan_erasure, record_erasure
from assets.commands.steps import retire
from assets.queries.devices import DeviceDetail
from assets.queries.dossiers import Subject, dossier_of, dossier_of_medium
from assets.queries.media import MediumRow, medium
from assets.rules.dossier import DisposalWay, Verdict
from assets.rules.erasure import ErasureLevel, Extent, Method
from assets.rules.media import MediumKind
from assets.rules.protection import ProtectionNeed
from tests.assets.things import a_device, a_medium, held
from tests.office import TODAY, Office

HIGH_PURGE = Decision(ProtectionNeed.HIGH, ErasureLevel.PURGE, need_reason="Termine und Adressen")
TO_PROVIDER = Decision(ProtectionNeed.VERY_HIGH, ErasureLevel.DESTROY, by_provider=True, need_reason="Gesundheitsdaten")
SANITIZED = Done(Method.SANITIZE, "hdparm", "9.65")
LOOKED = Checked(Extent.FULL, passed=True, note="alle Sektoren null")


async def a_retired_device(office: Office, number: str = "NB-0001", **facts) -> DeviceDetail:
    found = await a_device(office, number, **facts)
    await retire(found, reason="Alter", by=office.brandt, on=TODAY)
    return await held(office, found)


async def a_disk(office: Office, device: DeviceDetail | None, serial: str = "S4EV-1", **facts) -> MediumRow:
    return await a_medium(office, device, MediumKind.SSD, serial=serial, **facts)


async def again(office: Office, thing: DeviceDetail | MediumRow) -> Subject:
    """The dossier as it is now."""
    if isinstance(thing, DeviceDetail):
        return await dossier_of(await held(office, thing))
    return await dossier_of_medium(await medium(thing.id, seen_by=office.brandt))


async def erased_and_checked(office: Office, disk: MediumRow) -> None:
    await plan_erasure(disk, HIGH_PURGE, by=office.brandt, on=TODAY)
    await record_erasure(disk, SANITIZED, by=office.brandt, on=TODAY)
    await check_erasure(disk, LOOKED, by=office.yildiz, on=TODAY)


async def requested(office: Office, thing: DeviceDetail | MediumRow, way=DisposalWay.RECYCLING) -> Subject:
    """Labels off and the disposal asked for."""
    await remove_labels(await again(office, thing), note="", by=office.brandt, on=TODAY)
    subject = await again(office, thing)
    await request_disposal(subject, way, recipient="Wertstoff Nord", note="", by=office.brandt, on=TODAY)
    return await again(office, thing)


async def approved(office: Office, thing: DeviceDetail | MediumRow, way=DisposalWay.RECYCLING) -> Subject:
    subject = await requested(office, thing, way)
    await decide(office, subject, Verdict.APPROVED)
    return await again(office, thing)


async def decide(office: Office, subject: Subject, verdict: Verdict, *, by=None, reason: str = "geprüft") -> None:
    who = by or office.albrecht
    await decide_disposal(subject, verdict, reason=reason, seen=subject.as_read, by=who, on=TODAY)


async def a_finished_device(office: Office, number: str = "NB-0001", serial: str = "S4EV-1") -> DeviceDetail:
    """Erased, checked, approved: it may leave."""
    found = await a_retired_device(office, number)
    await erased_and_checked(office, await a_disk(office, found, serial))
    await approved(office, found)
    return await held(office, found)


async def free_to_leave(office: Office, device: DeviceDetail, way=DisposalWay.RECYCLING) -> None:
    """A device without a medium: two people say so, and its disposal is approved."""
    await state_mediumless(await again(office, device), reason="hat keinen", by=office.brandt, on=TODAY)
    await confirm_mediumless(await again(office, device), by=office.yildiz, on=TODAY)
    await approved(office, device, way)
