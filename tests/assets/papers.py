"""Papers about devices to test with: what Kaya got, what she says of it, a kit, a round, a loss."""

from assets.commands.handovers import object_to
from assets.commands.kits import form_kit
from assets.commands.rollouts import start_rollout
from assets.commands.steps import Given, take
from assets.queries.devices import DeviceDetail
from assets.queries.protocols import protocol, protocols_of
from assets.rules.lifecycle import Step
from tests.assets.things import a_device, held
from tests.office import TODAY, Office


async def papers_of(office: Office, laptop: DeviceDetail) -> None:
    """Everything that handing the laptop to Kaya can lead to, each with „Zander“ in its text."""
    await form_kit("Zanderset", [await held(office, laptop)], unit=office.unit, by=office.brandt, on=TODAY)
    (paper,) = await protocols_of(office.kaya.id, seen_by=office.kaya)
    signed = await protocol(paper.id, seen_by=office.kaya)
    await object_to(signed, laptop.id, "Zanderkabel fehlt", by=office.kaya)
    await start_rollout("Zanderrunde", unit=office.unit, ends_on=TODAY, by=office.brandt, on=TODAY)
    phone = await a_device(office, "ZANDER-9", name="Zandertelefon")
    await take(phone, Step.REPORT_LOST, Given(reason="im Zanderbus"), by=office.brandt, on=TODAY)
