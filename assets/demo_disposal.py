"""What the demo office erased and let go: one notebook gone with a whole file, one waiting for approval, a pallet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assets.commands.consignments import Waybill, hand_over
from assets.commands.disposal import decide_disposal, remove_labels, request_disposal
from assets.commands.erasing import Checked, Decision, Done, check_erasure, plan_erasure, record_erasure
from assets.commands.media import add_medium, take_out
from assets.commands.steps import Given, take
from assets.queries.devices import DeviceDetail, device_numbered
from assets.queries.dossiers import Subject, dossier_of, dossier_of_medium, fresh
from assets.queries.media import MediumRow, medium
from assets.rules.dossier import DisposalWay, Verdict
from assets.rules.erasure import ErasureLevel, Extent, Method
from assets.rules.lifecycle import Step
from assets.rules.media import GIGABYTE, MediumFacts, MediumKind
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from isms.area import DemoOffice
from isms.people import Actor, unit

HDD, SSD, NVME = MediumKind.HDD, MediumKind.SSD, MediumKind.NVME
DISKS: Mapping[str, MediumFacts] = {
    "NB-0001": MediumFacts(NVME, "SP7-20410", "Nordwind", "Spur 7", 512 * GIGABYTE, encrypted=True),
    "NB-0002": MediumFacts(NVME, "SP7-20411", "Nordwind", "Spur 7", 512 * GIGABYTE, encrypted=True),
    "NB-0005": MediumFacts(NVME, "SP8-31007", "Nordwind", "Spur 8", 1000 * GIGABYTE, encrypted=True),
    "NB-0008": MediumFacts(SSD, "SP5-11802", "Nordwind", "Spur 5", 256 * GIGABYTE),
    "NB-0009": MediumFacts(SSD, "SP4-10077", "Nordwind", "Spur 4", 256 * GIGABYTE, encrypted=True),
    "PC-0015": MediumFacts(HDD, "TR2-55310", "Tiefsee", "Truhe 2", 1000 * GIGABYTE),
    "PC-0016": MediumFacts(HDD, "TR2-55311", "Tiefsee", "Truhe 2", 1000 * GIGABYTE),
    "SV-0031": MediumFacts(SSD, "SP9-70001", "Nordwind", "Spur 9", 1920 * GIGABYTE),
}
FORMS = "Terminlisten und Schreiben; laut IT-Leitung keine Befunde."
RECORDS = "Bilder und Befunde aus der Sprechstunde lagen örtlich auf der Platte."
WAYBILL = Waybill(
    "Aktenmühle Nordmark",
    container="SB-240-117",
    seal="P 004711",
    contract="AV 12/2025",
    transport="Kastenwagen SEE-AM 240",
    received_by="T. Vossen",
)


@dataclass(frozen=True)
class Crew:
    """Who erases, who looks, who approves, and the day."""

    it: Actor
    isb: Actor
    head: Actor
    on: date

    def ago(self, days: int) -> date:
        return self.on - timedelta(days=days)

    async def device(self, number: str) -> DeviceDetail:
        found = await device_numbered(number, self.it.institution)
        if found is None:
            raise LookupError(number)
        return found

    async def dossier(self, number: str) -> Subject:
        return await dossier_of(await self.device(number))

    async def disk(self, number: str) -> MediumRow:
        (file,) = (await self.dossier(number)).media
        return file.medium


async def demo_disposal(office: DemoOffice) -> None:
    people = office.people
    crew = Crew(people["it"], people["isb"], people.get("leitung", people["isb"]), office.on)
    for number, facts in DISKS.items():
        await add_medium(facts, device=await crew.device(number), by=crew.it, on=crew.ago(70))
    await _gone(crew)
    await _waiting(crew)
    await _pallet(crew, office.units["amt"])


async def _gone(crew: Crew) -> None:
    """A notebook that left with everything proven."""
    disk = await crew.disk("NB-0009")
    need, level = ProtectionNeed.VERY_HIGH, ErasureLevel.PURGE
    decision = Decision(need, level, need_reason="Krisentagebuch, zwischengespeichert")
    await plan_erasure(disk, decision, by=crew.it, on=crew.ago(58))
    done = Done(Method.CRYPTO_ERASE, "nvme-cli", "2.8", note="Schlüssel neu erzeugt, Rückmeldung 0x0")
    await record_erasure(disk, done, by=crew.it, on=crew.ago(57))
    looked = Checked(Extent.SAMPLE, passed=True, note="400 zufällige Blöcke gelesen, nichts Lesbares")
    await check_erasure(disk, looked, by=crew.isb, on=crew.ago(56))
    asked = await _asked(await crew.dossier("NB-0009"), DisposalWay.RECYCLING, crew, 54)
    await _approved(asked, crew, 52)
    given = Given(reason="Wertstoffhof Seestadt")
    await take(await crew.device("NB-0009"), Step.DISPOSE, given, by=crew.it, on=crew.ago(50))


async def _waiting(crew: Crew) -> None:
    """A notebook that only waits for the second person."""
    disk = await crew.disk("NB-0008")
    decision = Decision(ProtectionNeed.HIGH, ErasureLevel.PURGE, need_reason=FORMS)
    await plan_erasure(disk, decision, by=crew.it, on=crew.ago(6))
    await record_erasure(disk, Done(Method.SANITIZE, "hdparm", "9.65"), by=crew.it, on=crew.ago(5))
    await check_erasure(disk, Checked(Extent.FULL, passed=True, note="Alles Nullen"), by=crew.isb, on=crew.ago(4))
    await _asked(await crew.dossier("NB-0008"), DisposalWay.RECYCLING, crew, 3)


async def _pallet(crew: Crew, office: int) -> None:
    """Two old computers and a swapped disk of a server, handed over under one seal; the certificate is due."""
    loose = await crew.disk("SV-0031")
    await take_out(loose, reason="Meldete Fehler, ersetzt", by=crew.it, on=crew.ago(40))
    alone = await medium(loose.id, seen_by=crew.it)
    destroy = Decision(ProtectionNeed.VERY_HIGH, ErasureLevel.DESTROY, by_provider=True, need_reason=RECORDS)
    disks = [await crew.disk("PC-0015"), await crew.disk("PC-0016"), alone]
    for disk in disks:
        await plan_erasure(disk, destroy, by=crew.it, on=crew.ago(36))
    things = [await crew.dossier("PC-0015"), await crew.dossier("PC-0016"), await dossier_of_medium(alone)]
    going = [await _asked(thing, DisposalWay.DESTRUCTION, crew, 35) for thing in things]
    for subject in going:
        await _approved(subject, crew, 33)
    place = await unit(office, seen_by=crew.it, asks=May.ERASE)
    await hand_over(going, WAYBILL, unit=place, witness=crew.isb, by=crew.it, on=crew.ago(32))


async def _asked(subject: Subject, way: DisposalWay, crew: Crew, days: int) -> Subject:
    """Labels off, and the question put to a second person, so many days ago; answers with the file as it is then."""
    await remove_labels(subject, note="Aufkleber und Gerätename", by=crew.it, on=crew.ago(days + 1))
    recipient = "Wertstoffhof Seestadt" if way is DisposalWay.RECYCLING else WAYBILL.provider
    await request_disposal(subject, way, recipient=recipient, note="", by=crew.it, on=crew.ago(days))
    return await fresh(subject)


async def _approved(subject: Subject, crew: Crew, days: int) -> None:
    seen = subject.as_read
    await decide_disposal(subject, Verdict.APPROVED, reason="", seen=seen, by=crew.head, on=crew.ago(days))
