"""Stocktakes: what had to be there, what was scanned by whom, and what was decided about the rest."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.lifecycle import Stage
from assets.rules.stocktakes import Decision, Finding
from assets.tables.devices import Device, Sighting
from isms.tables import Person, Record, Unit


class Stocktake(Record):
    """A count of what is there in a unit and all below it; open while `closed_on` is empty.

    `place` and `category` narrow it, empty where they do not; `expected` is how many devices had to be there when it
    was opened.
    """

    name = Varchar(length=120)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    place = Varchar(length=120, default="")
    category = Varchar(length=80, default="")
    expected = Integer(default=0)
    planned_until = Date(null=True, default=None)
    opened_on = Date()
    opened_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    closed_on = Date(null=True, default=None)
    closed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    closing_note = Text(default="")
    closing_recorded_at = Timestamptz(null=True, default=None)


class ExpectedDevice(Record):
    """A device that has to be there, as it stood when the stocktake was opened."""

    stocktake = ForeignKey(Stocktake, on_delete=OnDelete.restrict, null=False)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    inventory_number = Varchar(length=40)
    stage = Varchar(length=16, choices=Stage)
    place = Varchar(length=120, default="")
    holder = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)

    expected_device_uq = Unique([stocktake, device])


class Scan(Record):
    """Something was before somebody's eyes. `device` is empty for a code that nobody knows; a mistake is taken back,
    never removed, and takes its sighting along."""

    stocktake = ForeignKey(Stocktake, on_delete=OnDelete.restrict, null=False)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    code = Varchar(length=200)
    finding = Varchar(length=16, choices=Finding)
    place = Varchar(length=120, default="")
    sighting = ForeignKey(Sighting, on_delete=OnDelete.restrict, null=True, default=None)
    scanned_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    undone_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    undone_at = Timestamptz(null=True, default=None)


class StocktakeHelper(Record):
    """Somebody who counts along in one stocktake, without any other right over devices."""

    stocktake = ForeignKey(Stocktake, on_delete=OnDelete.restrict, null=False)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    added_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    ended_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class StocktakeDecision(Record):
    """What happens about a missing device, or about an unexpected scan. A newer one supersedes it."""

    stocktake = ForeignKey(Stocktake, on_delete=OnDelete.restrict, null=False)
    expected_device = ForeignKey(ExpectedDevice, on_delete=OnDelete.restrict, null=True, default=None)
    scan = ForeignKey(Scan, on_delete=OnDelete.restrict, null=True, default=None)
    decision = Varchar(length=16, choices=Decision)
    note = Text(default="")
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class StocktakePlan(Record):
    """How often a unit takes stock, in months; 0 ends the plan. A newer one supersedes it."""

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    every_months = Integer(default=12)
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
