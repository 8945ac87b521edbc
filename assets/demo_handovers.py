"""What the demo office shows at the counter: a kit, signatures of each kind, a private phone, a round under way."""

from __future__ import annotations

from datetime import timedelta

from assets.commands.devices import add_device
from assets.commands.handovers import Handing, confirm, hand_over, object_to
from assets.commands.kits import form_kit
from assets.commands.private_devices import register_private
from assets.commands.protocols import Piece
from assets.commands.rollouts import start_rollout
from assets.queries.devices import DeviceDetail, device
from assets.queries.protocols import protocol, protocols_of
from assets.rules.facts import DeviceFacts
from assets.rules.lifecycle import Ownership, Stage
from assets.rules.permissions import May
from assets.rules.protocols import Method, Signed
from isms.area import DemoOffice
from isms.people import Actor, UnitRow, unit

DRAWN = (
    "M62 128L70 96L80 70L92 58L102 66L104 88L96 112L88 130L92 140L108 128L124 104L134 92L138 104L136 122L142 130"
    "L156 118L170 98L178 94L180 108L178 122L186 128L204 116L224 92L240 64L246 52L240 66L230 100L226 124L234 130"
    "L252 120L272 100L284 96L284 110L282 124L294 128L320 116L350 110L392 108L440 112"
)
KIT = (
    ("NB-0051", "Notebook Rufbereitschaft", "Notebook", "Reise 15"),
    ("MH-0051", "Telefon Rufbereitschaft", "Mobiltelefon", "Taschenboje 3"),
    ("DK-0051", "Dockingstation Rufbereitschaft", "Zubehör", "Kai 2"),
)
RECENT = timedelta(days=45)


async def demo_handovers(office: DemoOffice) -> None:
    it, worker = office.people["it"], office.people.get("mitarbeit")
    if worker is None:
        return
    await _sign_what_is_old(office)
    kit = [await _new(office, it, *told) for told in KIT]
    await form_kit("Rufbereitschaft 1", kit, unit=await _home(office, it), by=it, on=office.on - timedelta(days=20))
    await _loan_with_signatures(office, it)
    await _waiting(office, it, worker)
    await _private(office, it, worker)
    until = office.on + timedelta(days=18)
    home = await _home(office, it)
    await start_rollout("Bestätigung der Geräte, Herbst", unit=home, ends_on=until, by=it, on=office.on)


async def _sign_what_is_old(office: DemoOffice) -> None:
    for person in {person.id: person for person in office.people.values()}.values():
        for paper in await protocols_of(person.id, seen_by=person):
            found = await protocol(paper.id, seen_by=person)
            if found.waits and found.made_on < office.on - RECENT:
                await confirm(found, by=person)


async def _loan_with_signatures(office: DemoOffice, it: Actor) -> None:
    """A loan signed on the screen, which is due back next week."""
    to = office.people.get("fachdienst") or it
    one = await _new(office, it, "TB-0061", "Tablet Begehungen", "Tablet", "Reling 10")
    handing = Handing(
        due_back_on=office.on + timedelta(days=7),
        note="Begehung der Gemeinschaftsunterkünfte",
        person=Signed(Method.DRAWN, drawing=DRAWN),
    )
    await hand_over([Piece(one, "wie neu", "Netzteil, Hülle")], to, handing, by=it, on=office.on - timedelta(days=7))


async def _waiting(office: DemoOffice, it: Actor, worker: Actor) -> None:
    """A handover that waits for the own login, with something that is not right."""
    one = await _new(office, it, "KS-0071", "Headset", "Zubehör", "Möwe 1")
    id = await hand_over([Piece(one, "gut", "Ladeschale")], worker, Handing(), by=it, on=office.on)
    found = await protocol(id, seen_by=worker)
    await object_to(found, one.id, "Die Ladeschale war nicht dabei.", by=worker)


async def _private(office: DemoOffice, it: Actor, worker: Actor) -> None:
    facts = DeviceFacts("", "Smartphone", model="Eigenes Modell")
    handing = Handing(note="Kalender in der Rufbereitschaft")
    place = await unit(office.units["hygiene"], seen_by=it, asks=May.ISSUE)
    id = await register_private(facts, worker, handing, unit=place, by=it, on=office.on - timedelta(days=3))
    found = await protocol(id, seen_by=worker)
    await confirm(found, by=worker)


async def _new(office: DemoOffice, it: Actor, number: str, name: str, *more: str) -> DeviceDetail:
    category, model = more
    facts = DeviceFacts(
        number, name, category=category, model=model, maker="Nordwind", serial=f"NW{number.replace('-', '')}"
    )
    began = office.on - timedelta(days=30)
    id = await add_device(
        facts,
        unit=await _home(office, it),
        stage=Stage.IN_STOCK,
        place="Lager IT",
        ownership=Ownership.LEASED if category == "Tablet" else Ownership.OFFICE,
        by=it,
        on=began,
    )
    return await device(id, seen_by=it)


async def _home(office: DemoOffice, it: Actor) -> UnitRow:
    return await unit(office.units["verwaltung"], seen_by=it, asks=May.KEEP)
