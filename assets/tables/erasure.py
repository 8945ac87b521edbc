"""What was decided about each medium, done to it and checked. Every row is final; a newer one supersedes it."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.destruction import Carrier
from assets.rules.erasure import ErasureLevel, Extent, Method
from assets.rules.protection import ProtectionNeed
from assets.tables.devices import Device
from assets.tables.media import StorageMedium
from assets.tables.structure import TargetObject
from isms.tables import Person, Record, Unit


class DestructionRule(Record):
    """How finely an institution has a kind of carrier destroyed for a need (DIN 66399). A newer row supersedes it."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    carrier = Varchar(length=1, choices=Carrier)
    need = Integer(choices=ProtectionNeed)
    protection_class = Integer()
    security_level = Integer()
    reason = Text(default="")
    set_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class ErasurePlan(Record):
    """What was on a medium and how it is removed. `derived` is the need that the register knew, from `derived_from`;
    `need` the one that was assumed; `proposed` the level that followed, `level` the one decided."""

    medium = ForeignKey(StorageMedium, on_delete=OnDelete.restrict, null=False, index=True)
    derived = Integer(choices=ProtectionNeed, null=True, default=None)
    derived_from = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=True, default=None)
    need = Integer(choices=ProtectionNeed)
    need_reason = Text(default="")
    encrypted = Boolean(null=True, default=None)
    proposed = Integer(choices=ErasureLevel)
    level = Integer(choices=ErasureLevel)
    by_provider = Boolean(default=False)
    reason = Text(default="")
    protection_class = Integer(null=True, default=None)
    security_level = Integer(null=True, default=None)
    planned_on = Date()
    planned_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Erasure(Record):
    """Somebody erased or destroyed a medium with a tool; `level` is what the method reaches on it."""

    medium = ForeignKey(StorageMedium, on_delete=OnDelete.restrict, null=False, index=True)
    plan = ForeignKey(ErasurePlan, on_delete=OnDelete.restrict, null=False)
    method = Varchar(length=16, choices=Method)
    level = Integer(choices=ErasureLevel)
    tool = Varchar(length=120)
    tool_version = Varchar(length=40, default="")
    operator = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    done_on = Date()
    succeeded = Boolean()
    note = Text(default="")
    recorded_at = Timestamptz()


class ErasureCheck(Record):
    """Somebody else looked whether the data is gone."""

    erasure = ForeignKey(Erasure, on_delete=OnDelete.restrict, null=False)
    verifier = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    checked_on = Date()
    extent = Varchar(length=8, choices=Extent)
    passed = Boolean()
    note = Text(default="")
    recorded_at = Timestamptz()


class MediumlessStatement(Record):
    """Somebody states that a device holds no data; with `confirms`, a second person states the same."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    reason = Text()
    stated_on = Date()
    stated_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    confirms: ForeignKey["MediumlessStatement"] = ForeignKey(
        "self", on_delete=OnDelete.restrict, null=True, default=None
    )
    recorded_at = Timestamptz()
