"""Storage media and the devices that they were in. A medium stays on record after it left its device."""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.media import MediumKind, MediumSource
from assets.tables.devices import Device
from isms.tables import ImportRun, Person, Record, Unit


class StorageMedium(Record):
    """Something that holds data. `unit` answers for it while it is in no device; `encrypted_on` is the day from which
    it is known to be encrypted or not. Where nobody knows, both are empty."""

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=12, choices=MediumKind)
    serial = Varchar(length=80, default="")
    maker = Varchar(length=120, default="")
    model = Varchar(length=250, default="")
    capacity_bytes = BigInt(null=True, default=None)
    encrypted = Boolean(null=True, default=None)
    encrypted_on = Date(null=True, default=None)
    source = Varchar(length=12, choices=MediumSource, default=MediumSource.TYPED)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()


class MediumPlacement(Record):
    """A medium within a device, from a day until the day on which somebody took it out."""

    medium = ForeignKey(StorageMedium, on_delete=OnDelete.restrict, null=False, index=True)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    starts_on = Date()
    placed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    ended_on = Date(null=True, default=None)
    ended_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    end_reason = Text(default="")
    end_recorded_at = Timestamptz(null=True, default=None)
