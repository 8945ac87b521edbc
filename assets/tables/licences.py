"""Licences and who or what has a seat of them. Keys are not kept here: they belong into a safe."""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.licences import LicenceKind
from assets.tables.devices import Device
from assets.tables.structure import TargetObject
from isms.tables import ImportRun, Person, Record, Unit


class Licence(Record):
    """The right to use a product, with so many `seats`, until a day where it ends."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    name = Varchar(length=120)
    vendor = Varchar(length=120, default="")
    kind = Varchar(length=12, choices=LicenceKind)
    seats = Integer(default=1)
    starts_on = Date(null=True, default=None)
    ends_on = Date(null=True, default=None)
    notice_until = Date(null=True, default=None)
    cost_cents = BigInt(null=True, default=None)
    order_number = Varchar(length=80, default="")
    supplier = Varchar(length=120, default="")
    application = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    notes = Text(default="")
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()


class Seat(Record):
    """One seat in use by a person or on a device, until the day on which it is free again."""

    licence = ForeignKey(Licence, on_delete=OnDelete.restrict, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    starts_on = Date()
    given_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    ended_on = Date(null=True, default=None)
    ended_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    end_recorded_at = Timestamptz(null=True, default=None)
