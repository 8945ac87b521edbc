"""Maintenance, contracts and service lives. What was done is never rewritten: a correction replaces it."""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.upkeep import Condition, ContractKind, MaintenanceKind
from assets.tables.devices import Device
from isms.tables import Person, Record, Unit


class MaintenancePlan(Record):
    """A device is to be maintained every so many months, counted from `starts_on`, until the plan ends.

    `due_on` follows from the last maintenance; `assets.commands.maintenance` alone writes it, for lists by urgency.
    """

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    title = Varchar(length=120)
    months = Integer()
    starts_on = Date()
    due_on = Date()
    ended_on = Date(null=True, default=None)
    planned_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Maintenance(Record):
    """A maintenance with the six facts of Grundschutz++ ASST.5.7. One that names `replaces` corrects that one."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    plan = ForeignKey(MaintenancePlan, on_delete=OnDelete.restrict, null=True, default=None)
    kind = Varchar(length=16, choices=MaintenanceKind)
    occasion = Text()
    started_on = Date()
    done_on = Date()
    involved = Text()
    actions = Text()
    condition = Varchar(length=12, choices=Condition)
    findings = Text()
    external = Boolean(default=False)
    cost_cents = BigInt(null=True, default=None)
    replaces = Integer(null=True, default=None)
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Contract(Record):
    """What an office agreed with somebody about devices. `cost_cents` recurs every `per_months`, 0 means once."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=16, choices=ContractKind)
    title = Varchar(length=120)
    partner = Varchar(length=120, default="")
    number = Varchar(length=80, default="")
    starts_on = Date()
    ends_on = Date(null=True, default=None)
    notice_until = Date(null=True, default=None)
    cost_cents = BigInt(null=True, default=None)
    per_months = Integer(default=0)
    notes = Text(default="")
    version = Integer(default=1)
    recorded_at = Timestamptz()


class ContractDevice(Record):
    """A device that a contract covers, from a day until a day on which it no longer does."""

    contract = ForeignKey(Contract, on_delete=OnDelete.restrict, null=False)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    starts_on = Date()
    ended_on = Date(null=True, default=None)
    recorded_at = Timestamptz()


class ServiceLife(Record):
    """For how many months an office plans with devices of a category. A newer row supersedes it."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    category = Varchar(length=80, default="")
    months = Integer()
    set_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
