"""How something leaves the house: labels off, asked for, approved, handed over, certified. Rows are final."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.dossier import Clearance, DisposalWay, Verdict
from assets.tables.devices import Device
from assets.tables.media import StorageMedium
from isms.tables import Person, Record, StoredFile, Unit


class LabelRemoval(Record):
    """Everything that names the office was taken off a device or off a medium on its own; one of both is set."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    medium = ForeignKey(StorageMedium, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    removed_on = Date()
    removed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    note = Text(default="")
    recorded_at = Timestamptz()


class DisposalRequest(Record):
    """Somebody asks to let a device, or a medium on its own, go. `sha256` is that of the dossier as it was asked about:
    an approval holds for exactly that."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    medium = ForeignKey(StorageMedium, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    way = Varchar(length=16, choices=DisposalWay)
    recipient = Varchar(length=120, default="")
    note = Text(default="")
    sha256 = Varchar(length=64)
    requested_on = Date()
    requested_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class DisposalVerdict(Record):
    """What a second person decided about a request; the latest counts, so that an approval can be withdrawn."""

    request = ForeignKey(DisposalRequest, on_delete=OnDelete.restrict, null=False, index=True)
    verdict = Varchar(length=12, choices=Verdict)
    reason = Text(default="")
    decided_on = Date()
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Consignment(Record):
    """A container or pallet that was handed to a provider under one seal."""

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    provider = Varchar(length=120)
    contract = Varchar(length=120, default="")
    container = Varchar(length=60)
    seal = Varchar(length=60)
    transport = Varchar(length=120, default="")
    received_by = Varchar(length=120, default="")
    handed_over_on = Date()
    handed_over_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    witness = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    note = Text(default="")
    recorded_at = Timestamptz()


class ConsignmentLine(Record):
    """One device or medium of a consignment. `mark` is what a certificate names it by: its serial number, or without
    one what is written on it; `title` is what it was called that day."""

    consignment = ForeignKey(Consignment, on_delete=OnDelete.restrict, null=False, index=True)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    medium = ForeignKey(StorageMedium, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    mark = Varchar(length=120)
    title = Varchar(length=250)
    protection_class = Integer(null=True, default=None)
    security_level = Integer(null=True, default=None)
    recorded_at = Timestamptz()


class DestructionCertificate(Record):
    """What a provider confirms about a consignment. `marks` are the serial numbers on it, one a line."""

    consignment = ForeignKey(Consignment, on_delete=OnDelete.restrict, null=False, index=True)
    file = ForeignKey(StoredFile, on_delete=OnDelete.restrict, null=False)
    number = Varchar(length=80, default="")
    certified_on = Date()
    protection_class = Integer()
    security_level = Integer()
    marks = Text()
    note = Text(default="")
    received_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class RepairClearance(Record):
    """What was decided about the data in a device before it goes to somebody else for repair."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    clearance = Varchar(length=12, choices=Clearance)
    provider = Varchar(length=120, default="")
    reason = Text(default="")
    decided_on = Date()
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
