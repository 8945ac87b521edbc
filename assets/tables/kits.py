"""Kits: devices that go out and come back together. Who was in a kit stays on record."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.tables.devices import Device
from isms.tables import Person, Record, Unit


class Kit(Record):
    """A named bundle of devices, e.g. „Außendienst-Set 1“."""

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    name = Varchar(length=120)
    note = Text(default="")
    made_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    ended_on = Date(null=True, default=None)
    version = Integer(default=1)


class KitMember(Record):
    """A device in a kit, from a day until a day. A device is in one kit at a time."""

    kit = ForeignKey(Kit, on_delete=OnDelete.restrict, null=False, index=True)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    since = Date()
    added_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    until = Date(null=True, default=None)
    removed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
