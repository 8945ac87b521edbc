"""Devices with their stages, their holders and who saw them. Nothing here is ever deleted."""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.lifecycle import Ownership, Stage, Step
from assets.tables.structure import TargetObject
from isms.tables import ImportRun, Person, Record, Unit


class Device(Record):
    """A piece of hardware that the office answers for. `it_system` is the grouped target object that it belongs to."""

    inventory_number = Varchar(length=40)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=120)
    serial = Varchar(length=80, default="", index=True)
    maker = Varchar(length=120, default="")
    model = Varchar(length=250, default="")
    category = Varchar(length=80, default="")
    stage = Varchar(length=16, choices=Stage, default=Stage.ORDERED)
    ownership = Varchar(length=16, choices=Ownership, default=Ownership.OFFICE)
    place = Varchar(length=120, default="")
    supplier = Varchar(length=120, default="")
    order_number = Varchar(length=80, default="")
    purchased_on = Date(null=True, default=None)
    price_cents = BigInt(null=True, default=None)
    warranty_until = Date(null=True, default=None)
    end_of_life_on = Date(null=True, default=None)
    notes = Text(default="")
    it_system = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()

    device_inventory_number_uq = Unique([institution, inventory_number])


class StageChange(Record):
    """A step that a device has taken; `step` is empty for its first stage. `place` is where it stood from then on."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    step = Varchar(length=16, choices=Step, null=True, default=None)
    stage = Varchar(length=16, choices=Stage)
    place = Varchar(length=120, default="")
    reason = Text(default="")
    taken_on = Date()
    taken_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Handover(Record):
    """A device in someone's hands. Open while `returned_on` is empty."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    issued_on = Date()
    issued_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    due_back_on = Date(null=True, default=None)
    note = Text(default="")
    recorded_at = Timestamptz()
    returned_on = Date(null=True, default=None)
    taken_back_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    return_recorded_at = Timestamptz(null=True, default=None)


class Sighting(Record):
    """Somebody had a device before their eyes: at a step, or when they looked after it. Withdrawn where they mistook
    it for another."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False)
    seen_on = Date()
    place = Varchar(length=120, default="")
    seen_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)
